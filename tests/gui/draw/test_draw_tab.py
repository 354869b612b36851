"""The drawing page of the real window: draw, and read the answer."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QScrollArea, QToolButton
from pytestqt.qtbot import QtBot

from core.ink.samples import read_sample
from gui.draw.network_view import movement_text
from gui.main_window import MainWindow
from gui.self_test.hand import at, drag
from tests.gui.conftest import DASH, SEVEN

NO_KEYS = Qt.KeyboardModifier.NoModifier
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def text(window: MainWindow, name: str) -> str:
    label = window.findChild(QLabel, name)
    assert label is not None
    return label.text()


def test_a_blank_pad_is_no_answer(window: MainWindow) -> None:
    window.recognition.answer_now()
    assert (text(window, "digit"), text(window, "confidence"), text(window, "verdict")) == ("", "", "no digit yet")


@pytest.mark.parametrize("digit", range(10))
def test_a_drawn_digit_is_recognised(window: MainWindow, qtbot: QtBot, digit: int) -> None:
    for stroke in read_sample(digit).strokes:
        drag(window.draw_tab.canvas, [(float(x), float(y)) for x, y in stroke.points])

    def is_right() -> bool:
        return text(window, "digit") == str(digit) and text(window, "verdict") in ("sure", "fairly sure")

    qtbot.waitUntil(is_right, timeout=2000)  # the answer to the last point comes with the next frame
    assert text(window, "confidence").endswith(" %")


def test_the_answer_changes_while_the_stroke_is_drawn(window: MainWindow, qtbot: QtBot) -> None:
    """At most one frame behind: with the button still down, each few points bring another answer."""
    answers: list[tuple[float, ...]] = []
    window.recognition.answered.connect(lambda: answers.append(window.recognition.recognition.probabilities))
    canvas = window.draw_tab.canvas
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, NO_KEYS, at(canvas, *SEVEN[0]))
    for x, y in SEVEN[1:]:
        QTest.mouseMove(canvas, at(canvas, x, y))
        with qtbot.waitSignal(window.recognition.answered, timeout=1000):
            pass
    assert window.document.is_drawing
    assert len(set(answers)) >= len(SEVEN) - 1
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, NO_KEYS, at(canvas, *SEVEN[-1]))


def test_keys_undo_redo_and_clear(window: MainWindow, qtbot: QtBot) -> None:
    canvas = window.draw_tab.canvas
    window.activateWindow()
    drag(canvas, SEVEN)
    drag(canvas, DASH)
    stack = window.document.undo_stack

    def press(key: Qt.Key, keys: Qt.KeyboardModifier = NO_KEYS) -> int:
        QTest.keyClick(canvas, key, keys)
        return stack.index()

    assert press(Qt.Key.Key_Z, CONTROL) == 1
    assert press(Qt.Key.Key_Z, CONTROL | SHIFT) == 2
    assert press(Qt.Key.Key_Z, CONTROL) == 1
    assert press(Qt.Key.Key_Y, CONTROL) == 2
    assert press(Qt.Key.Key_Delete) == 3
    assert window.document.is_blank
    press(Qt.Key.Key_Z, CONTROL)
    assert not window.document.is_blank
    press(Qt.Key.Key_Escape)
    assert window.document.is_blank


@pytest.mark.parametrize("is_told", [True, False])
def test_an_esc_that_closed_a_dialog_does_not_clear_the_pad(window: MainWindow, qtbot: QtBot, is_told: bool) -> None:
    """The key is held: what repeats itself arrives at the page, on X11 also as if it were pressed anew."""
    canvas = window.draw_tab.canvas
    drag(canvas, SEVEN)
    window.show_about()
    about = window.findChild(QDialog, "about")
    qtbot.waitUntil(about.isVisible)
    QTest.keyPress(about, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not about.isVisible())
    for _ in range(5):
        for kind in (QEvent.Type.KeyRelease, QEvent.Type.KeyPress):
            QApplication.sendEvent(canvas, QKeyEvent(kind, Qt.Key.Key_Escape, NO_KEYS, "", is_told))
    QTest.keyRelease(canvas, Qt.Key.Key_Escape)
    QTest.keyClick(canvas, Qt.Key.Key_Escape)  # and again at once, as a quick hand does
    assert not window.document.is_blank


def test_the_buttons_do_the_same(window: MainWindow) -> None:
    drag(window.draw_tab.canvas, SEVEN)

    def click(name: str) -> None:
        button = window.findChild(QToolButton, name)
        assert button is not None
        assert button.isEnabled()
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    click("undo")
    assert window.document.is_blank
    click("redo")
    click("clear")
    assert window.document.is_blank


def test_keys_of_the_drawing_page_do_nothing_on_the_other_page(window: MainWindow) -> None:
    drag(window.draw_tab.canvas, SEVEN)
    window.tabs.setCurrentWidget(window.train_tab)
    QTest.keyClick(window, Qt.Key.Key_Delete)
    assert not window.document.is_blank


def test_e_switches_the_eraser(window: MainWindow) -> None:
    canvas = window.draw_tab.canvas
    drag(canvas, DASH)
    QTest.keyClick(canvas, Qt.Key.Key_E)
    drag(canvas, [(560, 515), (562, 517)])
    assert window.document.is_blank


def test_what_the_network_sees_is_shown_with_facts(window: MainWindow, qtbot: QtBot) -> None:
    drag(window.draw_tab.canvas, SEVEN)
    window.recognition.answer_now()
    facts = text(window, "facts")
    assert "redrawn at 2.7 px like MNIST" in facts
    assert "Moved" in facts


def test_nothing_moves_when_the_answer_changes(window: MainWindow) -> None:
    def geometries() -> list[object]:
        names = ("digit", "verdict", "confidence", "facts")
        labels = [window.findChild(QLabel, name) for name in names]
        return [label.mapTo(window, label.rect().topLeft()) for label in labels if label is not None]

    window.recognition.answer_now()
    before = geometries()
    drag(window.draw_tab.canvas, SEVEN)
    window.recognition.answer_now()
    assert geometries() == before


def test_nothing_is_cut_off_after_the_window_was_large(window: MainWindow, qtbot: QtBot) -> None:
    for width, height in ((1600, 1100), (1600, 700), (1024, 700)):
        window.resize(width, height)
        qtbot.wait(30)
        column = window.draw_tab.findChild(QScrollArea)
        assert column is not None
        shown, page = column.viewport().size(), column.widget().size()
        assert (page.width(), page.height()) == (shown.width(), shown.height()), (width, height)


def test_a_scribble_is_not_a_digit(window: MainWindow) -> None:
    zigzag = [(100.0 + 8 * i, 100.0 if i % 2 else 900.0) for i in range(100)]
    drag(window.draw_tab.canvas, zigzag)
    window.recognition.answer_now()
    assert text(window, "verdict") == "not a digit"
    assert text(window, "digit") == "?"


@pytest.mark.parametrize(
    ("shift", "said"),
    [
        ((0, 0), "Its centre of mass was already in the middle."),
        ((2, 0), "Moved 2 px right to centre its mass."),
        ((-1, 3), "Moved 1 px left and 3 px down to centre its mass."),
    ],
)
def test_movements_are_said(shift: tuple[int, int], said: str) -> None:
    assert movement_text(*shift) == said


def test_the_answer_is_what_a_screen_reader_reads(window: MainWindow) -> None:
    drag(window.draw_tab.canvas, SEVEN)
    window.recognition.answer_now()
    for name in ("digit", "verdict", "confidence"):
        label = window.findChild(QLabel, name)
        assert label is not None
        spoken = QAccessible.queryAccessibleInterface(label)
        assert spoken.text(QAccessible.Text.Name) == label.text() != ""
