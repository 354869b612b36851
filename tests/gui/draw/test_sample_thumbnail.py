"""The answer says that one of the user's own digits decided, and shows which: in the real window."""

import sys
from datetime import datetime

import pytest
from PySide6.QtCore import QLocale, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from core.digits.normalize import normalize_drawing
from core.ink.samples import read_sample
from core.samples.sample import NO_DIGIT, NewSample, Sample
from gui.draw.sample_thumbnail import SampleThumbnail
from gui.main_window import MainWindow
from gui.recognition.instant_corrections import ENGINE
from gui.self_test.hand import drag
from gui.widgets.theme import use_text_scale
from tests.gui.conftest import SEVEN
from tests.gui.draw.test_numbers import strokes

THIRD = datetime(2024, 11, 3, 12).timestamp()


@pytest.fixture
def desk(window: MainWindow, qtbot: QtBot) -> MainWindow:
    qtbot.waitUntil(lambda: ENGINE in sys.modules, timeout=20_000)
    QLocale.setDefault(QLocale.Language.English)
    return window


def keep(window: MainWindow, digit: int, label: int, writer: str = "") -> Sample:
    seen = normalize_drawing(read_sample(digit))
    assert seen is not None
    new = NewSample(label, read_sample(digit), seen.image, writer=writer, kept_at=THIRD)
    kept = window.my_digits.keep(new)
    assert kept is not None
    return kept


def draw_seven(window: MainWindow) -> None:
    window.document.clear()
    drag(window.draw_tab.canvas, SEVEN, move_ms=0)
    window.recognition.answer_now()


def thumbnail(window: MainWindow) -> SampleThumbnail:
    return window.draw_tab.result.head.thumbnail


def said(window: MainWindow) -> tuple[str, str]:
    head = window.draw_tab.result.head
    return head.digit.text(), head.words.confidence.text()


def test_the_sample_that_decided_is_named_and_shown(desk: MainWindow) -> None:
    draw_seven(desk)
    assert said(desk)[1].endswith("%")
    assert not thumbnail(desk).isVisible()
    kept = keep(desk, 7, 1, writer="Ana")
    draw_seven(desk)
    assert said(desk) == ("1", "like one of yours")
    shown = thumbnail(desk)
    assert shown.isVisible()
    assert shown.sample is not None
    assert shown.sample.id == kept.id
    assert shown.toolTip() == "Kept as 1 on 3 November 2024, by Ana"
    assert shown.accessibleName() == "Like one of yours: Kept as 1 on 3 November 2024, by Ana"
    middle = shown.grab().toImage().pixelColor(shown.width() // 2, shown.height() // 3)
    assert middle != shown.grab().toImage().pixelColor(2, 2)  # ink on paper
    desk.document.clear()
    desk.recognition.answer_now()
    assert not shown.isVisible()


def test_a_refusal_by_a_sample_says_so_too(desk: MainWindow) -> None:
    keep(desk, 7, NO_DIGIT)
    draw_seven(desk)
    desk.recognition.answer_now()
    assert said(desk) == ("?", "like one of yours")
    assert thumbnail(desk).toolTip() == "Kept as no digit on 3 November 2024"


def test_it_follows_the_sample(desk: MainWindow) -> None:
    kept = keep(desk, 7, 1)
    draw_seven(desk)
    desk.my_digits.relabel([kept.id], 4)
    desk.recognition.answer_now()
    assert said(desk)[0] == "4"
    assert thumbnail(desk).toolTip() == "Kept as 4 on 3 November 2024"
    desk.my_digits.remove([kept.id])
    desk.recognition.answer_now()
    assert said(desk)[0] == "7"
    assert not thumbnail(desk).isVisible()


def test_a_click_shows_it_among_the_others(desk: MainWindow, qtbot: QtBot) -> None:
    keep(desk, 3, 3)
    kept = keep(desk, 7, 1)
    draw_seven(desk)
    QTest.mouseClick(thumbnail(desk), Qt.MouseButton.LeftButton)
    assert desk.tabs.currentWidget() is desk.digits_tab
    assert [sample.id for sample in desk.digits_tab.view.selected()] == [kept.id]


def test_a_key_does_too(desk: MainWindow) -> None:
    keep(desk, 7, 1)
    draw_seven(desk)
    thumbnail(desk).setFocus()
    QTest.keyClick(thumbnail(desk), Qt.Key.Key_Space)
    assert desk.tabs.currentWidget() is desk.digits_tab


def test_of_a_number_it_is_about_the_digit_that_is_looked_at(desk: MainWindow) -> None:
    keep(desk, 7, 1)
    for place, digit in enumerate((0, 7, 2)):
        for stroke in strokes(digit, 80 + 300 * place):
            drag(desk.draw_tab.canvas, stroke, move_ms=0)
    desk.recognition.answer_now()
    assert said(desk)[0] == "012"
    selection = desk.recognition.selection
    for index, is_shown in ((0, False), (1, True), (2, False)):
        selection.choose(index)
        assert thumbnail(desk).isVisible() is is_shown
    selection.choose(1)
    assert "1, like one of yours" in desk.draw_tab.result.head.digit.accessibleDescription()


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("size", [(800, 560), (1180, 800)])
def test_nothing_moves_and_nothing_is_covered(desk: MainWindow, size: tuple[int, int], scale: float) -> None:
    use_text_scale(scale)
    desk.resize(*size)
    head = desk.draw_tab.result.head
    draw_seven(desk)
    before = places(desk)
    keep(desk, 7, 1)
    draw_seven(desk)
    assert places(desk) == before
    shown = thumbnail(desk)
    assert shown.isVisible()
    assert head.rect().contains(shown.geometry())
    for label in (head.digit, head.words.verdict, head.words.confidence):
        width = label.fontMetrics().horizontalAdvance(label.text())
        assert (
            not QRect(label.pos(), label.size()).adjusted(0, 0, width - label.width(), 0).intersects(shown.geometry())
        )


def places(window: MainWindow) -> list[QRect]:
    result = window.draw_tab.result
    parts: list[QWidget] = [result.head.digit, result.verdict, result.head.words.confidence, result.labels, result.bars]
    return [part.geometry() for part in parts]
