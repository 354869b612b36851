"""The page can be seen whole, or scrolled to, in small windows and with large texts."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from pytestqt.qtbot import QtBot

from core.ink.samples import read_sample
from core.models.library import ModelLibrary
from core.settings import SettingsFile
from core.system.paths import assets_folder
from gui.inside.inside_tab import InsideTab
from gui.pad.document import PadDocument
from gui.recognition.active_model import ActiveModel
from gui.recognition.live_recognition import LiveRecognition
from gui.self_test.hand import drag
from gui.system.background import join_background
from gui.widgets.theme import use_text_scale
from tests.gui.fitting import faults, tab_faults
from tests.gui.test_fitting import ROOMS


@pytest.fixture
def lone_page(qtbot: QtBot, qapp: object, tmp_path: Path) -> Iterator[InsideTab]:
    """The page in a window of its own, with DigitPad's own model and all panels open."""
    model = ActiveModel(ModelLibrary(tmp_path, assets_folder() / "models"), SettingsFile(tmp_path / "settings.json"))
    model.load()
    document = PadDocument()
    page = InsideTab(document, model, LiveRecognition(document, model))
    for section in page.sections:
        section.button.setChecked(True)
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    yield page
    page.hide()
    assert join_background(60_000)


@pytest.mark.slow
@pytest.mark.parametrize(("scale", "width", "height"), ROOMS)
def test_the_page_fits(lone_page: InsideTab, qtbot: QtBot, scale: float, width: int, height: int) -> None:
    """Blank, with a drawing, with a map large, and with few panels."""
    page = lone_page
    use_text_scale(scale)
    page.resize(width, height)
    assert faults(page) == []

    def settle() -> None:
        page._recognition.answer_now()
        qtbot.waitUntil(lambda: page.is_settled, timeout=20_000)

    def draw() -> None:
        for stroke in read_sample(7).strokes:
            drag(page.pad.canvas, stroke.points.tolist())
        settle()

    def open_map() -> None:
        page.layers.open_map(page.layers.stages[3], 5)

    def close_layers() -> None:
        page.layers.close_map()
        page.sections[0].button.setChecked(False)

    for change in (draw, open_map, close_layers):
        change()
        assert faults(page) == []
        assert page.size() == QSize(width, height)
    first = page.sections[0].button
    assert tab_faults(page, first) == []
