"""Numbers of several digits, drawn in the real window with real mouse events."""

from collections.abc import Iterator
from itertools import permutations, product

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QAccessible, QImage, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from core.digits.normalize import normalize_drawing
from core.ink.samples import read_sample
from core.recognition.announcer import GRACE_SECONDS
from core.recognition.numbers import NumberReading, ReadDigit
from core.recognition.recognizer import Recognition, Verdict
from core.wording.percentages import probability_text
from gui.draw.number_label import NumberLabel
from gui.main_window import MainWindow
from gui.self_test.hand import at, drag
from gui.widgets.theme import current_colours, use_text_scale
from tests.gui.conftest import Points
from tests.gui.fitting import faults

RIGHT, NO_KEYS = Qt.MouseButton.RightButton, Qt.KeyboardModifier.NoModifier


def strokes(digit: int, left: float, top: float = 300, height: float = 360) -> list[Points]:
    """The strokes of the sample of `digit`, `height` pad units high."""
    drawing = read_sample(digit)
    first, upper, _, lower = drawing.bounds()
    scale = height / (lower - upper)
    return [
        [(left + (float(x) - first) * scale, top + (float(y) - upper) * scale) for x, y in stroke.points]
        for stroke in drawing.strokes
    ]


FOUR, TWO = strokes(4, 150), strokes(2, 580)


class Pad:
    """The window's pad, and what is said of it."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.canvas = window.draw_tab.canvas
        self.bars = window.draw_tab.result.bars

    def draw(self, *drawn: Points) -> None:
        for points in drawn:
            drag(self.canvas, points, move_ms=0)
        self.window.recognition.answer_now()

    def text(self, name: str = "digit") -> str:
        label = self.window.findChild(QLabel, name)
        assert label is not None
        return label.text()

    @property
    def number(self) -> NumberLabel:
        label = self.window.findChild(NumberLabel, "digit")
        assert label is not None
        return label

    def hover(self, x: float, y: float) -> None:
        """Move the mouse to a point of the pad without a button."""
        place = QPointF(at(self.canvas, x, y))
        none = Qt.MouseButton.NoButton
        event = QMouseEvent(QEvent.Type.MouseMove, place, self.canvas.mapToGlobal(place), none, none, NO_KEYS)
        QApplication.sendEvent(self.canvas, event)

    def best(self) -> int:
        """The digit of the longest bar."""
        return int(np.argmax(self.bars.probabilities))

    def accent_pixels(self) -> int:
        """How many pixels of the pad have a colour of marks."""
        image = self.canvas.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)[..., 2::-1]
        colours = current_colours()
        marks = [[int(code[place : place + 2], 16) for place in (1, 3, 5)] for code in (colours.accent,)]
        return int(sum((np.abs(rows[5:-5, 5:-5].astype(int) - mark).max(axis=2) < 12).sum() for mark in marks))


@pytest.fixture
def pad(window: MainWindow) -> Iterator[Pad]:
    window.activateWindow()
    return Pad(window)


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a_number_is_read_in_any_order_of_strokes(pad: Pad, order: tuple[int, ...]) -> None:
    parts = [*FOUR, *TWO]
    assert len(parts) == 3
    pad.draw(*(parts[index] for index in order))
    assert pad.text() == "42"
    assert pad.text("verdict") in ("sure", "fairly sure")
    assert pad.text("confidence") == probability_text(pad.window.recognition.reading.confidence)


def test_erasing_a_digit_leaves_the_other(pad: Pad) -> None:
    pad.draw(*FOUR, *TWO)
    drag(pad.canvas, TWO[0][:1], button=RIGHT)
    pad.window.recognition.answer_now()
    assert pad.text() == "4"
    pad.window.document.undo_stack.undo()
    pad.window.recognition.answer_now()
    assert pad.text() == "42"


def test_rows_are_lines(pad: Pad) -> None:
    pad.draw(*strokes(4, 150, 100, 250), *strokes(2, 580, 100, 250), *strokes(7, 200, 600, 250))
    assert pad.text() == "42\n7"


def test_pointing_at_a_digit_shows_its_bars_and_its_stages(pad: Pad) -> None:
    pad.draw(*FOUR, *TWO)
    for digit, x in ((2, 680), (4, 270), (2, 680)):
        pad.hover(x, 480)
        assert pad.best() == digit
        read = next(each for each in pad.window.recognition.reading.digits if each.recognition.digit == digit)
        assert pad.window.recognition.digit is read.normalized
        assert pad.window.draw_tab.network.image._pixels is read.normalized.image


def test_a_digit_is_looked_at_without_pointing_and_again_after_it(pad: Pad) -> None:
    """The first that is least sure."""
    pad.draw(*FOUR, *TWO)
    digits = pad.window.recognition.reading.digits
    least = min(digits, key=lambda digit: digit.recognition.confidence).recognition.digit
    assert pad.best() == least
    pad.hover(680 if least == 4 else 270, 480)
    assert pad.best() != least
    pad.hover(500, 950)
    assert pad.best() == least


def test_the_keyboard_reaches_each_digit(pad: Pad) -> None:
    pad.draw(*FOUR, *TWO)
    pad.canvas.setFocus()
    for _ in range(12):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        if QApplication.focusWidget() is pad.number:
            break
    assert pad.number.hasFocus()
    seen = []
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_End):
        QTest.keyClick(pad.number, key)
        spoken = QAccessible.queryAccessibleInterface(pad.number).text(QAccessible.Text.Description)
        seen.append((pad.best(), spoken.split(",")[0]))
    four, two = (4, "Digit 1 of 2: 4"), (2, "Digit 2 of 2: 2")
    assert seen == [four, two, four, two]
    assert not pad.window.document.is_blank


def test_a_single_digit_is_no_stop_for_the_keyboard(pad: Pad) -> None:
    pad.draw(*strokes(7, 300))
    assert pad.number.focusPolicy() == Qt.FocusPolicy.NoFocus
    assert pad.number.accessibleDescription() == ""


def test_a_click_on_a_digit_of_the_answer_keeps_it(pad: Pad) -> None:
    pad.draw(*FOUR, *TWO)
    cells = pad.number._layout.cells
    for index, digit in ((1, 2), (0, 4)):
        middle = QPointF(cells[index].left + cells[index].width / 2, cells[index].top + 10).toPoint()
        QTest.mouseClick(pad.number, Qt.MouseButton.LeftButton, NO_KEYS, middle)
        pad.hover(500, 950)
        assert pad.best() == digit


def test_brackets_show_the_digits_of_a_number_and_nothing_marks_a_single_one(pad: Pad) -> None:
    pad.draw(*strokes(7, 300))
    assert pad.accent_pixels() == 0
    pad.window.document.clear()
    pad.draw(*FOUR)
    assert pad.accent_pixels() == 0
    pad.draw(*TWO)
    pad.canvas.clearFocus()
    first = pad.accent_pixels()
    assert first > 50
    pad.hover(680, 480)
    assert pad.window.recognition.selection.index == 1
    assert pad.accent_pixels() > 50
    pad.window.document.clear()
    pad.window.recognition.answer_now()
    assert pad.accent_pixels() == 0


def test_what_was_not_read_is_said_and_framed_once_the_pen_rests(pad: Pad, qtbot: QtBot) -> None:
    pad.draw(*strokes(3, 60), *strokes(7, 700))
    assert pad.text() == "37"
    drag(pad.canvas, [(500, 655), (503, 657), (505, 655)])
    assert pad.window.recognition.unread == 0
    qtbot.waitUntil(lambda: pad.window.recognition.unread == 1, timeout=round(GRACE_SECONDS * 1000) + 3000)
    assert pad.text("unread") in ("1 mark was not read", "1 not read")
    assert pad.text() == "37"
    pad.window.document.undo_stack.undo()
    pad.window.recognition.answer_now()
    unread = pad.window.findChild(QLabel, "unread")
    assert unread is not None
    assert not unread.isVisible()


def test_nothing_moves_while_a_number_is_drawn(pad: Pad, qtbot: QtBot) -> None:
    result = pad.window.draw_tab.result
    pad.draw(*strokes(3, 40, 400, 180))
    places = (result.head.geometry(), result.bars.geometry(), pad.window.draw_tab.network.geometry())
    for index, digit in enumerate((1, 4, 1, 5)):
        pad.draw(*strokes(digit, 230 + 190 * index, 400, 180))
        assert (result.head.geometry(), result.bars.geometry(), pad.window.draw_tab.network.geometry()) == places
    assert pad.text() == "31415"


def unsure_number(*candidates: tuple[int, int | None], row_length: int = 99) -> NumberReading:
    """Digits in rows of `row_length`; each is sure without another candidate."""
    normalized = normalize_drawing(read_sample(2))
    assert normalized is not None
    digits = []
    for place, (digit, other) in enumerate(candidates):
        shares = [0.0] * 10
        shares[digit] = 0.997 if other is None else 0.62
        if other is not None:
            shares[other] = 0.35
        answer = Recognition(digit, tuple(shares), Verdict.DIGIT if other is None else Verdict.UNSURE)
        digits.append(ReadDigit(answer, normalized, (0.0, 0.0, 1.0, 1.0), place // row_length))
    return NumberReading(tuple(digits))


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_numbers_fit_the_answer(pad: Pad, scale: float) -> None:
    numbers = [
        unsure_number((4, None), (2, 7)),
        unsure_number((2, None), (0, None), (2, 7), (6, None)),
        unsure_number(*[(1, None), (2, 7), (3, None)] * 4),
        unsure_number(*[(1, None), (2, 7), (3, None)] * 4, row_length=3),
        unsure_number(*[(1, None)] * 24),
    ]
    result = pad.window.draw_tab.result
    use_text_scale(scale)
    for size in ((1280, 840), (800, 560), (683, 344), (420, 640)):
        pad.window.resize(*size)
        heights = set()
        for number, unread in product(numbers, (0, 2)):
            result.show_answer(number.digits[0].recognition, number, selected=1, unread=unread)
            assert faults(result) == [], (size, number.text, unread)
            assert pad.text() == number.text
            heights.add(result.head.height())
        assert len(heights) == 1


@pytest.mark.parametrize("unread", [0, 1])
@pytest.mark.parametrize("row_length", [3, 4, 6, 12])
def test_all_of_twelve_digits_are_shown_in_the_largest_texts_on_a_small_screen(
    pad: Pad, row_length: int, unread: int
) -> None:
    number = unsure_number(*[(1, None), (4, None), (3, None)] * 4, row_length=row_length)
    result = pad.window.draw_tab.result
    use_text_scale(2.0)
    pad.window.resize(800, 560)
    QApplication.processEvents()
    result.show_answer(number.digits[0].recognition, number, selected=1, unread=unread)
    assert faults(result) == []
    assert pad.number.shown_digits == 12
    assert pad.text("verdict") == "sure"


def test_an_unsure_digit_is_told_with_its_other_candidate(pad: Pad) -> None:
    number = unsure_number((4, None), (2, 7))
    pad.window.draw_tab.result.show_answer(number.digits[1].recognition, number, selected=1)
    assert (pad.text("verdict"), pad.text("confidence")) == ("42 or 47?", "61.8 % and 34.9 %")
    assert pad.number.accessibleDescription() == "Digit 2 of 2: 2, 62.0 %, or 7, 35.0 %"
