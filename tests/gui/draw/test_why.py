"""Why a drawing is read as it is: its ink in two colours, compared with another digit, and what would change it."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.explaining.evidence import Evidence
from core.explaining.explainer import Explainer
from core.models.bundles import EXPLANATION_FILE
from core.pad.content import PictureInk
from gui.main_window import MainWindow
from gui.pad.document import PAD_SIDE
from gui.pad.page_view import PageView
from gui.recognition.live_evidence import Explained
from gui.self_test.hand import drag
from gui.test import tested_digit
from tests.gui.conftest import SEVEN
from tests.gui.pad.test_page_view import make_page, write_picture

CLEARLY = 45
ONE = [(500, 150), (500, 850)]
ORANGE_SPEAKS = "Orange speaks for 7, blue against it."


def caption(window: MainWindow) -> str:
    return window.draw_tab.canvas.accessibleDescription()


def until_explained(window: MainWindow, qtbot: QtBot, beginning: str = ORANGE_SPEAKS) -> None:
    """Waits for evidence, and for what would change the answer."""
    qtbot.waitUntil(lambda: caption(window).startswith(beginning) and "\n" in caption(window), timeout=20_000)


@pytest.fixture
def asked(drawn: MainWindow, qtbot: QtBot) -> MainWindow:
    """The window with a 7, once it has said why."""
    QTest.keyClick(drawn.draw_tab.canvas, Qt.Key.Key_W)
    until_explained(drawn, qtbot)
    return drawn


def colours_on(window: MainWindow) -> set[str]:
    """The colours along the middle of the strokes of a seven: "orange", "blue"."""
    image = window.draw_tab.canvas.grab().toImage()
    found = set()
    for (x, y), (next_x, next_y) in pairwise(SEVEN):
        for share in np.linspace(0, 1, 60):
            across, down = (
                round((a + (b - a) * share) * image.width() / PAD_SIDE) for a, b in ((x, next_x), (y, next_y))
            )
            pixel = image.pixelColor(across, down)
            if abs(pixel.red() - pixel.blue()) > CLEARLY:
                found.add("orange" if pixel.red() > pixel.blue() else "blue")
    return found


def is_coloured(window: MainWindow) -> bool:
    """Whether the network's input is shown in colours."""
    image = window.draw_tab.network.image.grab().toImage()
    middle = [image.pixelColor(x, y) for x in range(3, image.width() - 3) for y in range(3, image.height() - 3)]
    return any(abs(pixel.red() - pixel.blue()) > CLEARLY for pixel in middle)


def press_bar(window: MainWindow, digit: int) -> None:
    bars = window.draw_tab.result.bars
    row = bars.height() / 10
    qpoint = QPoint(bars.width() // 2, round((digit + 0.5) * min(row, bars._row(0).height())))
    QTest.mouseClick(bars, Qt.MouseButton.LeftButton, pos=qpoint)


def test_w_tints_the_ink_and_says_what_would_change_the_answer(asked: MainWindow) -> None:
    assert caption(asked) == f"{ORANGE_SPEAKS}\nWithout this piece it is a 1."
    assert "orange" in colours_on(asked) and is_coloured(asked)
    button = asked.draw_tab.tools.findChild(type(asked.draw_tab.tools._buttons["undo"]), "evidence")
    assert button is not None and button.isChecked()
    QTest.keyClick(asked.draw_tab.canvas, Qt.Key.Key_W)
    assert caption(asked) == "" and not colours_on(asked) and not button.isChecked() and not is_coloured(asked)


def test_a_bar_that_is_clicked_is_what_it_is_compared_with(asked: MainWindow, qtbot: QtBot) -> None:
    press_bar(asked, 1)
    until_explained(asked, qtbot, "Orange speaks for 7, blue for 1.")
    assert colours_on(asked) == {"orange", "blue"}
    press_bar(asked, 1)
    until_explained(asked, qtbot)
    press_bar(asked, 7)  # the answer itself
    assert asked.evidence.against is None


def test_a_click_on_a_bar_asks_why_not(drawn: MainWindow, qtbot: QtBot) -> None:
    press_bar(drawn, 2)
    until_explained(drawn, qtbot, "Orange speaks for 7, blue for 2.")
    assert drawn.draw_tab.actions_by_name["evidence"].isChecked()


def test_arrow_keys_go_from_bar_to_bar(asked: MainWindow, qtbot: QtBot) -> None:
    bars = asked.draw_tab.result.bars
    bars.setFocus()
    QTest.keyClick(bars, Qt.Key.Key_Up)
    until_explained(asked, qtbot, "Orange speaks for 7, blue for 6.")
    QTest.keyClick(bars, Qt.Key.Key_Down)
    until_explained(asked, qtbot)
    QTest.keyClick(bars, Qt.Key.Key_Down)
    until_explained(asked, qtbot, "Orange speaks for 7, blue for 8.")


def test_the_pad_shows_the_evidence_that_the_model_gives(asked: MainWindow, qtbot: QtBot) -> None:
    shown: list[Evidence] = []
    asked.evidence.explained.connect(lambda explained: shown.append(explained.evidence))
    press_bar(asked, 1)
    until_explained(asked, qtbot, "Orange speaks for 7, blue for 1.")
    bundle, digit = asked.model.bundle, asked.recognition.digit
    assert bundle is not None and digit is not None
    own = Explainer(bundle).evidence(digit.image, 7, 1)
    assert (shown[-1].pixels == own.pixels).all() and shown[-1].total == own.total


def test_it_follows_what_is_drawn(asked: MainWindow, qtbot: QtBot) -> None:
    asked.document.clear()
    qtbot.waitUntil(lambda: caption(asked).startswith("Draw a digit"))
    drag(asked.draw_tab.canvas, ONE)
    until_explained(asked, qtbot, "Orange speaks for 1, blue against it.")


def test_while_it_is_off_nothing_is_explained(drawn: MainWindow, qtbot: QtBot) -> None:
    explained: list[Explained | None] = []
    drawn.evidence.explained.connect(explained.append)
    drag(drawn.draw_tab.canvas, SEVEN)
    qtbot.wait(400)
    assert explained == [] and caption(drawn) == ""


def test_the_comparison_ends_when_the_answer_becomes_that_digit(asked: MainWindow, qtbot: QtBot) -> None:
    press_bar(asked, 1)
    until_explained(asked, qtbot, "Orange speaks for 7, blue for 1.")
    asked.document.clear()
    drag(asked.draw_tab.canvas, ONE)
    until_explained(asked, qtbot, "Orange speaks for 1, blue against it.")
    assert asked.evidence.against is None


def test_a_model_saved_by_an_earlier_digitpad_is_explained_too(asked: MainWindow, qtbot: QtBot) -> None:
    bundle = asked.model.bundle
    assert bundle is not None
    sha256 = {name: value for name, value in bundle.card.sha256.items() if name != EXPLANATION_FILE}
    old = replace(bundle, card=replace(bundle.card, sha256=sha256))
    asked.model._take(old)
    methods: list[str] = []
    asked.evidence.explained.connect(lambda explained: methods.append(explained.evidence.method))
    qtbot.waitUntil(lambda: "occlusion" in methods, timeout=20_000)


def test_what_cannot_be_explained_is_said_on_the_pad(
    drawn: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle = drawn.model.bundle
    assert bundle is not None
    drawn.model._recognizer.bundle = replace(bundle, folder=tmp_path / "gone")  # type: ignore[union-attr]
    QTest.keyClick(drawn.draw_tab.canvas, Qt.Key.Key_W)
    qtbot.waitUntil(lambda: "cannot be read" in caption(drawn), timeout=20_000)


def test_a_digit_of_a_page_is_explained_where_the_network_sees_it(
    asked: MainWindow, qtbot: QtBot, tmp_path: Path, until_open: Callable[[], None]
) -> None:
    write_picture(tmp_path / "page.png", make_page())
    asked.files.open_path(tmp_path / "page.png")
    until_open()
    view = asked.draw_tab.canvas.findChild(PageView)
    assert view is not None and not is_coloured(asked)
    asked.draw_tab.look_at_page(view.page, 3)
    qtbot.waitUntil(lambda: is_coloured(asked), timeout=20_000)
    asked.draw_tab.look_at_page(view.page, None)
    assert not is_coloured(asked)
    assert asked.draw_tab.canvas.close_cover()
    until_explained(asked, qtbot)


def test_a_mistake_of_a_test_is_compared_with_what_it_is(
    drawn: MainWindow, qtbot: QtBot, mnist: dict[str, npt.NDArray[np.uint8]]
) -> None:
    """On the pad was a 7 before: the comparison is with the answer for the new digit."""
    image = mnist["x_test"][2]  # a 1
    drawn.put_tested_on_pad(PictureInk(image), tested_digit.TestedDigit(image, 7, 1, 0.9, "digit 3"))
    until_explained(drawn, qtbot, "Orange speaks for 1, blue for 7.")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_follow_the_scheme(asked: MainWindow, scheme: str, qtbot: QtBot) -> None:
    asked.choose_scheme(scheme)
    press_bar(asked, 1)
    until_explained(asked, qtbot, "Orange speaks for 7, blue for 1.")
    assert colours_on(asked) == {"orange", "blue"}
