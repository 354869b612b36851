"""Keep what is on the pad with one key or click, in the real window with real events."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QSpinBox, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from core.digits.files import write_png
from core.errors import StorageError
from core.ink.drawing import Drawing
from core.ink.samples import read_sample
from core.pad.content import PictureInk
from core.pad.rendering import normalize_content
from core.samples.sample import NO_DIGIT, NewSample, Sample
from core.samples.store import SampleStore
from core.system.safe_files import write_file
from core.wording.storage_problems import StorageProblem
from gui.draw.draw_page import AnswerColumn
from gui.draw.kept_text import ordinal_text
from gui.main_window import MainWindow
from gui.pad.page_view import PageView
from gui.self_test.hand import at, drag
from gui.widgets.theme import use_text_scale
from tests.gui.conftest import SEVEN, Points
from tests.gui.draw.test_numbers import strokes
from tests.gui.fitting import faults
from tests.gui.pad.test_page_view import make_page

Key = Qt.Key
NO_KEYS, LEFT = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier
SCRIBBLE: Points = [(100.0 + 8 * i, 100.0 if i % 2 else 900.0) for i in range(100)]


class Desk:
    """The window, what is pressed in it, and what it keeps."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.canvas = window.draw_tab.canvas
        self.row = window.draw_tab.result.labels

    def draw(self, *drawn: Points) -> None:
        for points in drawn:
            drag(self.canvas, points, move_ms=0)
        self.window.recognition.answer_now()

    def press(self, *keys: Qt.Key, modifiers: Qt.KeyboardModifier = NO_KEYS) -> None:
        for key in keys:
            QTest.keyClick(QApplication.focusWidget() or self.canvas, key, modifiers)

    def click(self, name: str) -> None:
        button = self.window.findChild(QToolButton, name)
        assert button is not None
        QTest.mouseClick(button, LEFT)

    @property
    def kept(self) -> list[Sample]:
        return self.window.my_digits.store.samples()

    @property
    def labels(self) -> list[int]:
        return [sample.label for sample in self.kept]

    @property
    def line(self) -> str:
        return self.row.line.text()

    @property
    def is_blank(self) -> bool:
        return self.window.document.is_blank


@pytest.fixture
def desk(window: MainWindow, qtbot: QtBot) -> Desk:
    window.activateWindow()
    qtbot.waitActive(window)
    return Desk(window)


# --- one digit --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("modifiers", [NO_KEYS, Qt.KeyboardModifier.KeypadModifier])
@pytest.mark.parametrize("digit", [0, 7, 9])
def test_a_key_keeps_the_drawing_and_frees_the_pad(desk: Desk, digit: int, modifiers: Qt.KeyboardModifier) -> None:
    desk.draw(SEVEN)
    image = desk.window.recognition.digit
    assert image is not None
    desk.press(Key(Key.Key_0 + digit), modifiers=modifiers)
    assert desk.is_blank
    assert desk.line == f"Kept as {digit} (your 1st)."
    [sample] = desk.kept
    bundle = desk.window.model.bundle
    assert bundle is not None
    assert (sample.label, sample.answered, sample.model, sample.source) == (digit, 7, bundle.slug, "pad")
    assert (sample.image == image.image).all()
    content = desk.window.my_digits.store.content(sample.id)
    assert isinstance(content, Drawing)
    assert content.strokes[0].times is not None, "the ink itself"


def test_enter_keeps_what_was_answered_and_n_keeps_no_digit(desk: Desk) -> None:
    desk.draw(SEVEN)
    desk.press(Key.Key_Return)
    desk.draw(SEVEN)
    desk.press(Key.Key_Enter, modifiers=Qt.KeyboardModifier.KeypadModifier)
    desk.draw(SEVEN)
    desk.press(Key.Key_N)
    assert desk.line == "Kept as no digit (your 1st)."
    assert desk.labels == [7, 7, NO_DIGIT]


def test_a_refusal_is_answered_as_no_digit_and_may_be_a_digit_all_the_same(desk: Desk) -> None:
    desk.draw(SCRIBBLE)
    desk.press(Key.Key_Return)
    desk.draw(SCRIBBLE)
    desk.press(Key.Key_8)
    assert [(sample.label, sample.answered) for sample in desk.kept] == [(NO_DIGIT, NO_DIGIT), (8, NO_DIGIT)]


def test_undo_brings_the_drawing_back_and_removes_the_sample(desk: Desk) -> None:
    desk.draw(SEVEN)
    before = desk.window.document.content
    desk.press(Key.Key_4)
    [first] = desk.kept
    desk.press(Key.Key_Z, modifiers=CONTROL)
    assert desk.window.document.content is before
    assert desk.kept == []
    assert desk.line == "It is a …"
    desk.press(Key.Key_Y, modifiers=CONTROL)
    assert desk.is_blank
    assert [(sample.id, sample.label) for sample in desk.kept] == [(first.id, 4)]
    desk.click("keptUndo")
    assert not desk.is_blank
    assert desk.kept == []
    desk.press(Key.Key_7)
    assert desk.labels == [7]


def test_the_line_counts_and_goes_with_the_next_stroke(desk: Desk) -> None:
    for place in ("1st", "2nd", "3rd"):
        desk.draw(SEVEN)
        assert desk.line == "It is a …", "the next stroke is what undo takes back now"
        desk.press(Key.Key_7)
        assert desk.line == f"Kept as 7 (your {place})."
    desk.window.my_digits.set_writer("Ada")
    desk.draw(SEVEN)
    desk.press(Key.Key_7)
    assert desk.line == "Kept as 7 (Ada’s 1st)."
    assert [sample.writer for sample in desk.kept] == ["", "", "", "Ada"]


def test_a_blank_pad_keeps_nothing(desk: Desk) -> None:
    desk.press(Key.Key_7, Key.Key_Return, Key.Key_N)
    assert desk.kept == []
    assert not any(button.isEnabled() for button in desk.row.buttons.values())


def test_a_key_held_down_keeps_one(desk: Desk) -> None:
    for key, text in ((Key.Key_Return, "\r"), (Key.Key_3, "3"), (Key.Key_N, "n")):
        for is_repeated in (False, True, True):
            desk.draw(SEVEN)
            QApplication.sendEvent(desk.canvas, QKeyEvent(QEvent.Type.KeyPress, key, NO_KEYS, text, is_repeated))
        desk.window.document.clear()
    assert desk.labels == [7, 3, NO_DIGIT]


def test_a_stroke_under_way_is_ended_first(desk: Desk) -> None:
    canvas = desk.canvas
    QTest.mousePress(canvas, LEFT, NO_KEYS, at(canvas, *SEVEN[0]))
    for x, y in SEVEN[1:]:
        QTest.mouseMove(canvas, at(canvas, x, y))
    desk.press(Key.Key_7)
    QTest.mouseMove(canvas, at(canvas, 100, 100))
    QTest.mouseRelease(canvas, LEFT, NO_KEYS, at(canvas, 100, 100))
    assert desk.is_blank
    [sample] = desk.kept
    assert sample.answered == 7


def test_keys_typed_elsewhere_mean_what_they_always_mean(desk: Desk, qtbot: QtBot) -> None:
    desk.draw(SEVEN)
    epochs = desk.window.train_tab.form.findChild(QSpinBox, "trainEpochs")
    desk.window.tabs.setCurrentWidget(desk.window.train_tab)
    assert epochs is not None
    epochs.setFocus()
    epochs.selectAll()
    desk.press(Key.Key_7)
    assert epochs.value() == 7
    QTest.keyClick(desk.window, Key.Key_7)
    QTest.keyClick(desk.window, Key.Key_Return)
    assert desk.kept == []


def test_enter_on_a_button_presses_it_or_keeps_but_never_both(desk: Desk) -> None:
    desk.draw(SEVEN)
    button = desk.window.findChild(QToolButton, "eraser")
    assert button is not None
    button.setFocus(Qt.FocusReason.TabFocusReason)
    desk.press(Key.Key_Return)
    assert (len(desk.kept) == 1) != desk.canvas.eraser_is_on


# --- the row ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "label"), [("label0", 0), ("label9", 9), ("labelNone", NO_DIGIT)])
def test_a_click_does_the_same_and_leaves_the_keyboard_on_the_pad(desk: Desk, name: str, label: int) -> None:
    desk.draw(SEVEN)
    desk.click(name)
    assert desk.labels == [label]
    assert desk.is_blank
    assert desk.canvas.hasFocus()


def test_the_row_marks_the_answer_and_asks_only_if_it_is_needed(desk: Desk) -> None:
    desk.draw(SEVEN)
    buttons = desk.row.buttons
    assert [label for label, button in buttons.items() if button.is_answered] == [7]
    assert not any(button.is_asked for button in buttons.values())
    desk.window.document.clear()
    desk.draw(SCRIBBLE)
    assert [label for label, button in buttons.items() if button.is_answered] == [NO_DIGIT]
    assert all(button.is_asked for button in buttons.values())


def test_the_row_tells_screen_readers_and_tool_tips_what_it_does(desk: Desk) -> None:
    for label, button in desk.row.buttons.items():
        name = QAccessible.queryAccessibleInterface(button).text(QAccessible.Text.Name)
        assert name == ("Keep as no digit" if label == NO_DIGIT else f"Keep as {label}")
        assert f"({'N' if label == NO_DIGIT else label}; Enter: as answered)" in button.toolTip()


def test_nothing_moves_whatever_is_said(desk: Desk) -> None:
    def places() -> list[object]:
        parts: list[QWidget] = [desk.row, *desk.row.buttons.values(), desk.window.draw_tab.result.bars]
        return [part.geometry() for part in parts]

    before = places()
    desk.draw(SEVEN)
    assert places() == before
    desk.press(Key.Key_7)
    assert places() == before
    desk.draw(SCRIBBLE)
    assert places() == before


@pytest.mark.parametrize(("scale", "width", "height"), [(1.0, 800, 560), (1.0, 1180, 800), (2.0, 800, 560)])
def test_the_row_fits_and_can_be_seen_without_scrolling(desk: Desk, scale: float, width: int, height: int) -> None:
    desk.window.my_digits.set_writer("Somebody with a long name, of whom there are many in a school")
    use_text_scale(scale)
    desk.window.resize(width, height)
    steps = (lambda: None, lambda: desk.draw(SEVEN), lambda: desk.press(Key.Key_7), lambda: draw_number(desk))
    for change in (*steps, lambda: desk.press(Key.Key_4)):
        change()
        assert faults(desk.window.draw_tab, elided=("keptLine", "pageDigit")) == []
        for part in (desk.row.line, *desk.row.buttons.values()):
            assert part.visibleRegion().boundingRect() == part.rect(), part.objectName()


def test_in_the_smallest_window_the_answer_needs_no_scrolling(desk: Desk) -> None:
    desk.window.resize(800, 560)
    QApplication.processEvents()
    column = desk.window.draw_tab.findChild(AnswerColumn)
    assert column is not None
    assert column.verticalScrollBar().maximum() == 0


def test_tab_goes_through_the_row(desk: Desk) -> None:
    desk.draw(SEVEN)
    desk.canvas.setFocus()
    seen = []
    for _ in range(30):
        QTest.keyClick(QApplication.focusWidget(), Key.Key_Tab)
        seen.append(QApplication.focusWidget().objectName())
    first = seen.index("label0")
    assert seen[first : first + 11] == [*(f"label{digit}" for digit in range(10)), "labelNone"]
    desk.row.buttons[3].setFocus()
    QTest.keyClick(desk.row.buttons[3], Key.Key_Space)
    assert desk.labels == [3]


def test_ordinals() -> None:
    assert [ordinal_text(number) for number in (1, 2, 3, 4, 11, 12, 13, 21, 102, 111, 1003)] == [
        *("1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "102nd", "111th", "1,003rd")
    ]


# --- a number ---------------------------------------------------------------------------------------------


def draw_number(desk: Desk) -> None:
    desk.draw(*strokes(4, 150), *strokes(2, 580))
    assert desk.window.recognition.reading.text == "42"
    desk.window.recognition.selection.choose(0)


def test_each_digit_of_a_number_is_kept_with_its_own_strokes(desk: Desk) -> None:
    draw_number(desk)
    assert desk.line == "Digit 1 of 2 is a …"
    content = desk.window.document.content
    desk.press(Key.Key_4)
    assert desk.window.document.content is content
    assert desk.line == "Kept as 4 (your 1st)."
    assert desk.window.keeping.kept_places() == (0,)
    assert desk.window.recognition.selection.index == 1, "the next one is looked at"
    desk.press(Key.Key_Return)
    assert desk.is_blank, "all are kept"
    inks = [desk.window.my_digits.store.content(sample.id) for sample in desk.kept]
    assert [(sample.label, sample.answered) for sample in desk.kept] == [(4, 4), (2, 2)]
    assert [len(ink.strokes) for ink in inks] == [2, 1]


def test_a_digit_is_not_kept_twice(desk: Desk) -> None:
    draw_number(desk)
    desk.press(Key.Key_4)
    desk.window.recognition.selection.choose(0)
    assert not any(button.isEnabled() for button in desk.row.buttons.values())
    desk.press(Key.Key_7, Key.Key_Return)
    assert desk.labels == [4]
    drag(desk.canvas, [(900, 900), (905, 905)])
    desk.window.recognition.answer_now()
    desk.window.recognition.selection.choose(0)
    assert desk.line == "Kept as 4 (your 1st)."
    assert desk.row.undo.isHidden(), "undo takes back the stroke"


def test_undo_looks_at_the_digit_that_it_took_back(desk: Desk) -> None:
    draw_number(desk)
    desk.press(Key.Key_4, Key.Key_2)
    for index, labels in ((1, [4]), (0, [])):
        desk.press(Key.Key_Z, modifiers=CONTROL)
        assert desk.labels == labels
        assert desk.window.recognition.selection.index == index
    assert desk.window.keeping.kept_places() == ()
    for labels in ([4], [4, 2]):
        desk.press(Key.Key_Y, modifiers=CONTROL)
        assert desk.labels == labels
    assert desk.is_blank


def test_a_kept_digit_is_ticked_on_the_pad(desk: Desk) -> None:
    draw_number(desk)
    before = desk.canvas.grab().toImage()
    desk.press(Key.Key_4)
    desk.window.recognition.answer_now()
    assert desk.canvas._marks._kept == (0,)
    assert desk.canvas.grab().toImage() != before


@pytest.mark.parametrize("way", ["key", "click"])
def test_one_digit_that_was_taken_for_several_is_kept_as_one(desk: Desk, way: str) -> None:
    draw_number(desk)
    content = desk.window.document.content
    assert desk.row.whole.isVisible()
    if way == "key":
        desk.press(Key.Key_A, modifiers=CONTROL)
    else:
        desk.click("keepWhole")
    assert desk.line == "All of it is a …"
    assert desk.canvas._marks._reading.digits == ()
    assert not any(button.is_answered for button in desk.row.buttons.values())
    desk.press(Key.Key_Return)
    assert desk.kept == [], "nothing was answered for all of it"
    desk.press(Key.Key_8)
    assert desk.is_blank
    [sample] = desk.kept
    assert (sample.label, sample.answered) == (8, None)
    ink = desk.window.my_digits.store.content(sample.id)
    assert len(ink.strokes) == len(content.strokes)
    whole = normalize_content(content)
    assert whole is not None
    assert (sample.image == whole.image).all()
    desk.press(Key.Key_Z, modifiers=CONTROL)
    assert desk.line == "Digit 1 of 2 is a …", "each alone again"


def test_as_one_is_offered_only_for_several_of_which_none_is_kept(desk: Desk) -> None:
    desk.draw(SEVEN)
    assert desk.row.whole.isHidden()
    desk.window.document.clear()
    draw_number(desk)
    desk.click("keepWhole")
    desk.click("keepWhole")
    assert desk.line == "Digit 1 of 2 is a …"
    desk.press(Key.Key_4)
    assert desk.row.whole.isHidden()
    desk.press(Key.Key_A, modifiers=CONTROL)
    desk.press(Key.Key_2)
    assert desk.labels == [4, 2]


# --- pictures and pages -----------------------------------------------------------------------------------


def test_the_digit_of_a_picture_is_kept_with_its_name(
    desk: Desk, until_open: Callable[[], None], tmp_path: Path
) -> None:
    file = tmp_path / "four.png"
    write_file(file, write_png(read_sample(4)))
    desk.window.files.open_path(file)
    until_open()
    desk.press(Key.Key_Return)
    [sample] = desk.kept
    assert (sample.label, sample.answered, sample.source) == (4, 4, "four.png")
    assert isinstance(desk.window.my_digits.store.content(sample.id), PictureInk)
    assert desk.is_blank
    desk.press(Key.Key_Z, modifiers=CONTROL)
    assert isinstance(desk.window.document.content, PictureInk)


def test_the_digit_of_a_page_that_is_looked_at_is_kept(desk: Desk) -> None:
    page = make_page()
    desk.draw(SEVEN)
    desk.window.files.page_found.emit(page)
    view = desk.canvas.findChild(PageView)
    assert view is not None
    desk.press(Key.Key_5)
    assert desk.kept == [], "no digit of the page is looked at, and the pad is covered"
    view.sheet.select(3)
    desk.press(Key.Key_0)
    assert view.sheet.selected == 4, "the next one is looked at"
    [sample] = desk.kept
    assert (sample.label, sample.answered, sample.source) == (0, 3, "page.png")
    assert (sample.image == page.reading.digits[3].normalized.image).all()
    view.sheet.select(3)
    desk.press(Key.Key_1)
    assert desk.labels == [0], "not twice"
    desk.press(Key.Key_Z, modifiers=CONTROL)
    assert desk.kept == []
    assert not desk.is_blank, "what is on the pad below stays"


# --- what goes wrong --------------------------------------------------------------------------------------


def fail(*arguments: object) -> None:
    raise StorageError(StorageProblem.CANNOT_SAVE, place="digits.sqlite", reason="no space left on device")


def test_with_a_full_disk_the_drawing_stays(desk: Desk, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    desk.draw(SEVEN)
    monkeypatch.setattr(SampleStore, "keep", fail)
    desk.press(Key.Key_4)
    QApplication.processEvents()
    notice = desk.window.findChild(QLabel, "noticeText")
    assert notice is not None
    assert notice.isVisible()
    assert "no space left" in notice.text()
    assert not desk.is_blank
    assert desk.line == "It is a …"


def test_what_cannot_be_taken_out_or_put_back_is_told_and_nothing_is_lost(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    desk.draw(SEVEN)
    desk.press(Key.Key_4)
    notice = desk.window.notice
    with monkeypatch.context() as broken:
        broken.setattr(SampleStore, "take_out", fail)
        desk.press(Key.Key_Z, modifiers=CONTROL)
        qtbot.waitUntil(notice.isVisible)
    assert not desk.is_blank
    assert desk.labels == [4]
    desk.press(Key.Key_Y, modifiers=CONTROL)
    assert desk.labels == [4], "not twice"
    desk.press(Key.Key_Z, modifiers=CONTROL)
    assert desk.labels == []
    with monkeypatch.context() as broken:
        broken.setattr(SampleStore, "put_back", fail)
        desk.press(Key.Key_Y, modifiers=CONTROL)
        qtbot.waitUntil(notice.isVisible)
    assert not desk.is_blank
    desk.press(Key.Key_4)
    assert desk.labels == [4]


def test_a_sample_that_was_removed_elsewhere_does_not_come_back(desk: Desk) -> None:
    desk.draw(SEVEN)
    desk.press(Key.Key_4)
    desk.window.my_digits.remove([desk.kept[0].id])
    desk.press(Key.Key_Z, modifiers=CONTROL)
    assert not desk.is_blank
    desk.press(Key.Key_Y, modifiers=CONTROL)
    assert desk.kept == []
    assert not desk.is_blank


def test_what_the_window_keeps_is_there_in_the_next(desk: Desk, new_window: Callable[[], MainWindow]) -> None:
    desk.draw(SEVEN)
    desk.press(Key.Key_7)
    desk.window.close()
    second = new_window()
    kept = second.my_digits.store.samples()
    assert [sample.label for sample in kept] == [7]
    assert isinstance(second.my_digits.keep(NewSample(7, read_sample(7), kept[0].image)), Sample)
