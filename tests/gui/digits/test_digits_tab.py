"""The page of the user's own digits, with real keys and a real mouse."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from core.pad.content import PictureInk
from core.samples.sample import NO_DIGIT
from core.samples.store import SampleStore
from gui.digits.digits_tab import DigitsTab
from gui.digits.sample_texts import caption_text
from gui.main_window import MainWindow
from gui.widgets.theme import use_text_scale
from tests.gui.digits.conftest import LEFT, NONE, Keep, click, labels, place, selected, shown
from tests.gui.window_training import answer_box

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key


def text(page: QWidget, name: str) -> str:
    found = page.findChild(QLabel, name)
    assert found is not None
    return found.text()


def test_while_nothing_is_kept_it_says_how_to_begin(window: MainWindow, page: DigitsTab) -> None:
    assert text(page, "samplesEmpty") == "Draw a digit, press its key, and it is kept here."
    assert text(page, "teachStatus") == "Keep at least one digit first."
    assert not page.view.isVisible() and not page.teach.teach.isEnabled()
    begin = page.findChild(QPushButton, "samplesDraw")
    assert begin is not None
    begin.click()
    assert window.tabs.currentWidget() is window.draw_tab


def test_digits_are_in_order_the_newest_first(page: DigitsTab, keep: Keep) -> None:
    old_7, zero, new_7, none = keep([7, 0, 7, 3], labels=[7, 0, 7, NO_DIGIT])
    assert shown(page) == [zero, new_7, old_7, none]
    assert [(section.title, section.count) for section in page.samples.sections] == [
        ("0", 1),
        ("7", 2),
        ("No digit", 1),
    ]
    assert text(page, "samplesStatus") == "4 digits. No 1, 2, 3, 4, 5, 6, 8 or 9 yet."
    assert [button.accessibleName() for button in page.filter.labels.buttons()][:3] == [
        "4 digits",
        "0: 1 digit",
        "1: none yet",
    ]


def test_what_another_window_keeps_is_shown_when_the_page_is(
    window: MainWindow, page: DigitsTab, keep: Keep, qtbot: QtBot
) -> None:
    keep([1])
    window.tabs.setCurrentWidget(window.draw_tab)
    keep([2, 3])
    assert page.samples.rowCount() == 1, "a hidden page reads nothing"
    window.tabs.setCurrentWidget(page)
    assert page.samples.rowCount() == 3
    other = SampleStore(window.my_digits.path)
    other.remove(shown(page)[:1])
    other.close()
    window.my_digits.look()
    assert page.samples.rowCount() == 2


def test_keys_relabel_what_is_selected_and_undo_takes_it_back(window: MainWindow, page: DigitsTab, keep: Keep) -> None:
    ids = keep([7, 7, 1, 4])
    click(page, ids[0])
    click(page, ids[2], CONTROL)
    QTest.keyClick(page.view, Key.Key_9)
    assert labels(window) == dict(zip(ids, [9, 7, 9, 4], strict=True))
    assert sorted(selected(page)) == [ids[0], ids[2]], "they stay selected"
    QTest.keyClick(page.view, Key.Key_N)
    assert labels(window) == dict(zip(ids, [NO_DIGIT, 7, NO_DIGIT, 4], strict=True))
    QTest.keyClick(window, Key.Key_Z, CONTROL)
    assert labels(window) == dict(zip(ids, [9, 7, 9, 4], strict=True))
    QTest.keyClick(window, Key.Key_Z, CONTROL)
    assert labels(window) == dict(zip(ids, [7, 7, 1, 4], strict=True))
    QTest.keyClick(window, Key.Key_Z, CONTROL | SHIFT)
    assert labels(window)[ids[0]] == 9


def test_deleted_ones_come_back_whole(window: MainWindow, page: DigitsTab, keep: Keep) -> None:
    ids = keep([5, 6, 7], writer="Ana")
    store = window.my_digits.store
    before = [(s.id, s.label, s.writer, s.kept_at, s.image.tobytes()) for s in store.samples()]
    ink = store.content(ids[1])
    QTest.keyClick(page.view, Key.Key_A, CONTROL)
    QTest.keyClick(window, Key.Key_Delete)
    assert store.samples() == [] and not page.view.isVisible()
    QTest.keyClick(window, Key.Key_Z, CONTROL)
    assert [(s.id, s.label, s.writer, s.kept_at, s.image.tobytes()) for s in store.samples()] == before
    after = store.content(ids[1])
    assert isinstance(ink, PictureInk) and isinstance(after, PictureInk)
    assert np.array_equal(after.ink, ink.ink)


def test_after_all_were_deleted_undo_stays_in_sight(page: DigitsTab, keep: Keep) -> None:
    ids = keep([5, 6, 7])
    undo = page.findChild(QToolButton, "samplesUndoDeletion")
    assert undo is not None and not undo.isVisible()
    for _ in range(2):
        page.view.setFocus()
        QTest.keyClick(page.view, Key.Key_A, CONTROL)
        QTest.keyClick(page.view, Key.Key_Delete)
        assert text(page, "samplesEmpty") == "3 digits deleted."
        assert page.filter.isVisible() and page.keys.undo.isEnabled()
        QTest.mouseClick(undo, LEFT)
        assert sorted(shown(page)) == ids and not undo.isVisible()


def test_what_another_window_deleted_is_not_offered_back(window: MainWindow, page: DigitsTab, keep: Keep) -> None:
    ids = keep([5])
    window.my_digits.remove(ids)
    assert text(page, "samplesEmpty") == "Draw a digit, press its key, and it is kept here."
    assert not page.filter.isVisible()


def test_del_and_undo_leave_the_pad_alone(drawn: MainWindow, keep: Keep, page: DigitsTab) -> None:
    [one] = keep([8])
    click(page, one)
    QTest.keyClick(drawn, Key.Key_Delete)
    QTest.keyClick(drawn, Key.Key_Z, CONTROL)
    assert not drawn.document.is_blank
    assert shown(page) == [one]


def test_a_mouse_selects_as_in_a_file_manager(page: DigitsTab, keep: Keep) -> None:
    ids = keep([0, 0, 0, 1, 1, 2])
    in_order = shown(page)
    click(page, in_order[1])
    click(page, in_order[4], SHIFT)
    assert selected(page) == in_order[1:5]
    click(page, in_order[2], CONTROL)
    assert selected(page) == [in_order[1], *in_order[3:5]]
    heading = QPoint(20, page.view.visualRect(page.samples.index(3)).top() - 12)
    QTest.mouseClick(page.view.viewport(), LEFT, NONE, heading)
    assert selected(page) == in_order[3:5], "a heading selects what is below it"
    start, end = place(page, in_order[0]), place(page, in_order[1])
    viewport = page.view.viewport()
    QTest.mousePress(viewport, LEFT, NONE, start + QPoint(0, 60))
    for step in (QPoint(20, 0), QPoint(10, 0), QPoint(0, 0)):
        QTest.mouseMove(viewport, end + step)
    QTest.mouseRelease(viewport, LEFT, NONE, end)
    assert selected(page) == in_order[:2], "a rubber band selects what it touches"
    assert len(ids) == 6


def test_arrow_keys_go_through_the_grid(page: DigitsTab, keep: Keep) -> None:
    keep([0] * 3 + [1])
    click(page, shown(page)[0])
    for key, row in ((Key.Key_Right, 1), (Key.Key_Down, 3), (Key.Key_Up, 0), (Key.Key_End, 3), (Key.Key_Left, 2)):
        QTest.keyClick(page.view, key)
        assert page.view.currentIndex().row() == row, key
    QTest.keyClick(page.view, Key.Key_Home, SHIFT)
    assert selected(page) == shown(page)[:3]


@pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)
@pytest.mark.parametrize("way", ["double click", "enter", "menu"])
def test_one_is_put_back_on_the_pad_and_that_can_be_undone(
    drawn: MainWindow, keep: Keep, page: DigitsTab, qtbot: QtBot, way: str
) -> None:
    before = drawn.document.content
    [one] = keep([6])
    if way == "double click":
        click(page, one)
        QTest.mouseDClick(page.view.viewport(), LEFT, NONE, place(page, one))
    elif way == "enter":
        click(page, one)
        QTest.keyClick(page.view, Key.Key_Return)
    else:
        choose(page, one, "Put back on the pad")
    assert drawn.tabs.currentWidget() is drawn.draw_tab
    assert isinstance(drawn.document.content, PictureInk)
    assert drawn.document.undo_stack.count() == 2, "once, although a double click is also a click"
    drawn.document.undo_stack.undo()
    assert drawn.document.content is before


def choose(page: DigitsTab, id_: int, *titles: str) -> None:
    """Open the menu over a sample with the keyboard's own event, and choose from it."""
    click(page, id_)
    page.view.customContextMenuRequested.emit(place(page, id_))
    menu = page.menu.menu
    assert menu is not None
    for title in titles:
        [action] = [one for one in menu.actions() if one.text().split("\t")[0] == title]
        if action.menu() is None:
            action.trigger()
            continue
        inner = action.menu()
        assert isinstance(inner, QMenu)
        menu = inner
    page.menu.menu.close()  # type: ignore[union-attr]


@pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)
def test_the_menu_relabels_and_says_who_wrote_it(window: MainWindow, page: DigitsTab, keep: Keep) -> None:
    ids = keep([2, 3], writer="Ana")
    keep([4], writer="Ben & Co")
    choose(page, ids[0], "It is a …", "No digit")
    assert labels(window)[ids[0]] == NO_DIGIT
    choose(page, ids[1], "Written by", "Ben && Co")
    assert window.my_digits.store.writers() == {"Ana": 1, "Ben & Co": 2}
    QTest.keyClick(window, Key.Key_Z, CONTROL)
    assert window.my_digits.store.writers() == {"Ana": 2, "Ben & Co": 1}


def test_digits_and_writers_are_filtered(page: DigitsTab, keep: Keep) -> None:
    ana, ben = keep([1, 2], writer="Ana"), keep([2, 3], writer="Ben", nth=5)
    QTest.mouseClick(page.filter.labels.button(2), LEFT)
    assert sorted(shown(page)) == [ana[1], ben[0]]
    page.filter.writer.setCurrentIndex(page.filter.writer.findData("Ben"))
    page.filter.writer.activated.emit(page.filter.writer.currentIndex())
    assert shown(page) == [ben[0]]
    assert text(page, "samplesStatus") == "2 digits. No 0, 1, 4, 5, 6, 7, 8 or 9 yet."
    QTest.mouseClick(page.filter.labels.button(1), LEFT)
    assert text(page, "samplesEmpty") == "No 1 by Ben yet."
    assert page.teach.status.text().startswith("The model in use learns your 2 digits (Ben)")
    page.select([ana[0]])
    assert selected(page) == [ana[0]], "whatever was chosen before"


def test_who_is_drawing_is_added_chosen_and_renamed(window: MainWindow, page: DigitsTab, keep: Keep) -> None:
    card = page.page.writer
    card.add.click()
    QTest.keyClicks(card.name, "  Ana  Lopez ")
    QTest.keyClick(card.name, Key.Key_Return)
    assert window.my_digits.writer == card.writer.currentText() == "Ana Lopez"
    keep([1, 2], writer="Ana Lopez")
    card.rename.click()
    QTest.keyClick(card.name, Key.Key_Escape)
    assert window.my_digits.writer == "Ana Lopez" and card.writer.isVisible()
    card.rename.click()
    QTest.keyClicks(card.name, "Anna")
    card.take.click()
    assert window.my_digits.writer == "Anna"
    assert window.my_digits.store.writers() == {"Anna": 2}
    assert card.writer.currentText() == "Anna"


def rename(page: DigitsTab, name: str) -> None:
    """Rename who is drawing, with the keyboard."""
    page.page.writer.rename.click()
    QTest.keyClicks(page.page.writer.name, name)
    QTest.keyClick(page.page.writer.name, Key.Key_Return)


def test_who_is_drawing_follows_undo_and_redo_of_a_new_name(window: MainWindow, page: DigitsTab, keep: Keep) -> None:
    window.my_digits.set_writer("Ana")
    keep([1, 2], writer="Ana")
    keep([3], writer="Ben")
    rename(page, "Anna")
    for key, name in ((CONTROL, "Ana"), (CONTROL | SHIFT, "Anna"), (CONTROL, "Ana")):
        QTest.keyClick(window, Key.Key_Z, key)
        assert window.my_digits.writer == page.page.writer.writer.currentText() == name
        assert window.my_digits.store.writers() == {name: 2, "Ben": 1}
    QTest.keyClick(window, Key.Key_Z, CONTROL | SHIFT)
    window.my_digits.set_writer("Ben")
    QTest.keyClick(window, Key.Key_Z, CONTROL)
    assert window.my_digits.writer == "Ben", "somebody else draws by now"
    assert window.my_digits.store.writers() == {"Ana": 2, "Ben": 1}


def test_two_writers_become_one_only_when_that_is_wanted(
    window: MainWindow, page: DigitsTab, keep: Keep, qtbot: QtBot
) -> None:
    window.my_digits.set_writer("Ana")
    keep([1, 2], writer="Ana")
    keep([3], writer="Ben")
    said = answer_box("Cancel")
    rename(page, "Ben")
    assert said == ["If you rename Ana to Ben, the digits of both are kept under one name."]
    assert window.my_digits.store.writers() == {"Ana": 2, "Ben": 1} and window.my_digits.writer == "Ana"
    answer_box("Put together")
    rename(page, "Ben")
    assert window.my_digits.store.writers() == {"Ben": 3} and window.my_digits.writer == "Ben"
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window, Key.Key_Z, CONTROL)
    assert window.my_digits.store.writers() == {"Ana": 2, "Ben": 1} and window.my_digits.writer == "Ana"


def test_wrong_ones_first_asks_the_model_in_use(window: MainWindow, page: DigitsTab, keep: Keep, qtbot: QtBot) -> None:
    ids = keep([7, 1, 4, 0], labels=[7, 3, 4, 0])
    page.filter.wrong_first.click()
    assert "DigitPad is reading them…" in text(page, "samplesStatus")
    qtbot.waitUntil(lambda: page.check.result is not None, timeout=20_000)
    assert shown(page)[0] == ids[1]
    assert page.samples.sections[0].title == "Misread"
    assert text(page, "samplesStatus").endswith("DigitPad reads 3 of 4.")
    name = QAccessible.Text.Name
    cell = QAccessible.queryAccessibleInterface(page.view).child(0)
    assert cell.text(name) == "3, 1 January, read as 1"
    click(page, ids[1])
    QTest.keyClick(page.view, Key.Key_1)
    assert text(page, "samplesStatus").endswith("DigitPad reads 4 of 4."), "what was read does not change with a label"
    keep([5], labels=[6])
    qtbot.waitUntil(lambda: text(page, "samplesStatus").endswith("DigitPad reads 4 of 5."), timeout=20_000)


def test_no_digit_has_one_name(page: DigitsTab, keep: Keep, qtbot: QtBot) -> None:
    [one] = keep([3], labels=[NO_DIGIT])
    button = page.filter.labels.button(NO_DIGIT)
    assert button.text() == page.samples.sections[0].title == "No digit"
    assert caption_text(page.samples.samples[0], None) == "no digit"
    before = page.view.visualRect(page.samples.index(0)).height()
    page.filter.wrong_first.click()
    qtbot.waitUntil(lambda: page.check.result is not None, timeout=20_000)
    sample = page.samples.samples[0]
    assert sample.id == one and caption_text(sample, page.samples.read(sample)) == "no digit, read 3"
    assert page.view.visualRect(page.samples.index(0)).height() >= before + 12, "there is room for a second line"
    page.view.select({one})
    page.relabel(3)
    assert page.view.visualRect(page.samples.index(0)).height() == before


def test_another_model_forgets_what_was_read_and_another_name_does_not(
    window: MainWindow, page: DigitsTab, keep: Keep, qtbot: QtBot, copy_model: Callable[..., object]
) -> None:
    keep([7, 1])
    page.filter.wrong_first.click()
    qtbot.waitUntil(lambda: page.check.result is not None, timeout=20_000)
    window.model.refresh()
    window.model.changed.emit()
    assert page.check.result is not None
    page.filter.wrong_first.click()
    window.model.use(copy_model(window.library, "Mine"))  # type: ignore[arg-type]
    assert page.check.result is None
    assert "reads" not in text(page, "samplesStatus")


def test_two_that_disagree_are_shown_until_they_agree(
    window: MainWindow, page: DigitsTab, keep: Keep, qtbot: QtBot
) -> None:
    keep([0, 1])
    one, other = [*keep([7]), *keep([7], labels=[2])]
    page.filter.wrong_first.click()
    qtbot.waitUntil(lambda: page.check.result is not None, timeout=20_000)
    card = page.page.disagreements
    assert card.isVisible() and card.heading.text() == "These two disagree"
    assert card.buttons[0].accessibleName() == "Two that look alike, kept as 7 and as 2"
    QTest.mouseClick(card.buttons[0], LEFT)
    assert sorted(selected(page)) == [one, other]
    QTest.keyClick(page.view, Key.Key_7)
    assert not card.isVisible()


def test_a_changed_text_size_keeps_the_grid_in_order(page: DigitsTab, keep: Keep) -> None:
    keep([0, 1, 2, 3])
    before = page.view.visualRect(page.samples.index(0)).width()
    use_text_scale(2.0)
    QApplication.processEvents()
    assert page.view.visualRect(page.samples.index(0)).width() > 1.6 * before
