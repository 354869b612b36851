"""The page in the real window, and models whose explanations are of many kinds."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from core.explaining.explanation import Explanation, explanation_bytes
from core.models.bundles import EXPLANATION_FILE, MODEL_FILES
from core.models.library import ModelBundle
from gui.inside.inside_tab import InsideTab
from gui.inside.looking import Panel
from gui.main_window import MainWindow
from gui.self_test.hand import drag
from tests.gui.conftest import SEVEN

Explain = Callable[[Explanation | bytes | None], ModelBundle]


@pytest.fixture
def page(window: MainWindow) -> InsideTab:
    """The page, shown, with a blank pad and only the layers open."""
    window.tabs.setCurrentWidget(window.inside_tab)
    return window.inside_tab


@pytest.fixture
def settle(page: InsideTab, window: MainWindow, qtbot: QtBot) -> Callable[[], None]:
    """Waits until the page shows what is on the pad."""

    def wait() -> None:
        window.recognition.answer_now()
        qtbot.waitUntil(lambda: page.is_settled, timeout=20_000)

    return wait


@pytest.fixture
def seven(page: InsideTab, settle: Callable[[], None]) -> InsideTab:
    """The page with a 7 drawn on its own pad."""
    drag(page.pad.canvas, SEVEN)
    settle()
    return page


@pytest.fixture
def open_all(page: InsideTab) -> None:
    """All panels are open."""
    for kind in Panel:
        page.section(kind).button.setChecked(True)


@pytest.fixture
def explain(window: MainWindow) -> Explain:
    """Uses a copy of DigitPad's model with another explanation: None for none, or the bytes of a file."""
    shipped = window.model.bundle
    assert shipped is not None

    def use(explanation: Explanation | bytes | None) -> ModelBundle:
        def write(folder: Path) -> None:
            for name in MODEL_FILES:
                shutil.copyfile(shipped.folder / name, folder / name)
            if explanation is not None:
                content = explanation if isinstance(explanation, bytes) else explanation_bytes(explanation)
                (folder / EXPLANATION_FILE).write_bytes(content)

        bundle = window.library.save(shipped.card, write)
        window.model.use(bundle)
        return bundle

    return use
