"""The page of tests: choose, test, stop, see every mistake, put one on the pad, and all that can go wrong."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from core.digits.arrays import CLASSES
from core.models.library import COMPILED_FILE, ModelBundle, ModelLibrary
from core.models.thresholds import save_threshold
from core.pad.content import PictureInk
from core.recognition.recognizer import Recognizer
from core.samples.sample import NewSample
from core.wording.percentages import counted_accuracy_text
from gui.main_window import MainWindow
from gui.recognition.my_digits import MyDigits
from gui.test.answer_list import Which
from gui.test.data_choice import MINE, OWN
from tests.gui.test.conftest import COUNT, PATIENCE_MS, Page, press, run, said
from tests.gui.train.test_data_drops import drop

LEFT = Qt.MouseButton.LeftButton


def right_answers(bundle: ModelBundle, mnist: dict[str, Any]) -> np.ndarray:
    """Which of the digits of the test the model reads right, asked without the page."""
    guesses = Recognizer(bundle).probabilities(mnist["x_test"][:COUNT]).argmax(axis=1)
    return np.asarray(guesses == mnist["y_test"][:COUNT])


def click_row(page: Page, row: int, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    view = page.page.gallery.view
    place: QPoint = view.visualRect(page.page.gallery.answers.index(row)).center()
    QTest.mouseClick(view.viewport(), LEFT, keys, place)


# --- the result ---------------------------------------------------------------------------------------------


def test_the_result_is_what_the_model_answers(tested: Page, mine: ModelBundle, mnist: dict[str, Any]) -> None:
    right = right_answers(mine, mnist)
    assert 0 < right.sum() < COUNT
    expected = counted_accuracy_text(right.mean(), COUNT).partition(" of ")[0]
    assert (said(tested, "testAccuracy"), said(tested, "testCount")) == (expected, f"of {COUNT} right")
    assert said(tested, "testMistakes") == f"{COUNT - right.sum()} mistakes"
    assert said(tested, "testInterval").startswith("95 % interval ")
    cells = tested.page.confusion.table.cells
    counts = [[int(cells.index(row, column).data()) for column in range(CLASSES)] for row in range(CLASSES)]
    assert np.trace(counts) == right.sum() and np.sum(counts) == COUNT
    assert np.sum(counts, axis=1).tolist() == np.bincount(mnist["y_test"][:COUNT]).tolist()
    assert said(tested, "testComparison").startswith("Beside Mine (")
    assert said(tested, "testComparison").endswith("): both read the same digits right.")


def test_the_gallery_has_all_mistakes_the_surest_first(tested: Page, mine: ModelBundle, mnist: dict[str, Any]) -> None:
    gallery = tested.page.gallery
    places = [gallery.answers.place(row) for row in range(gallery.answers.rowCount())]
    assert sorted(places) == np.flatnonzero(~right_answers(mine, mnist)).tolist()
    assert tested.test is not None
    sure = tested.test.model.answers.confidences[places]
    assert (np.diff(sure) <= 0).all()
    for row, place in enumerate(places):
        assert np.array_equal(gallery.answers.thumbnail(row).image, mnist["x_test"][place])
        assert f"Digit {place + 1}: a {mnist['y_test'][place]}, read as" in gallery.answers.sentence(row)


def test_a_click_on_a_cell_shows_its_digits(tested: Page, mnist: dict[str, Any]) -> None:
    table, gallery = tested.page.confusion.table, tested.page.gallery
    for row, column in ((7, 7), (4, 9), (0, 1), (3, CLASSES)):
        index = table.cells.index(row, column)
        QTest.mouseClick(table.viewport(), LEFT, pos=table.visualRect(index).center())
        guess = row if column == CLASSES else column
        assert gallery.which.currentText() == f"{row} read as {guess}"
        assert gallery.answers.rowCount() == int(table.cells.index(row, guess).data())
        shown = [gallery.answers.place(line) for line in range(gallery.answers.rowCount())]
        assert all(mnist["y_test"][place] == row for place in shown)
        if not shown:
            assert said(tested, "mistakesEmpty") == f"No {row} is read as {guess}."
    gallery.which.setCurrentIndex(0)
    gallery.which.activated.emit(0)
    assert gallery.answers.shown.which is Which.MISTAKES


def test_the_arrow_keys_go_through_the_cells(tested: Page) -> None:
    table = tested.page.confusion.table
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Right)
    row, column = table.currentIndex().row(), table.currentIndex().column()
    assert tested.page.gallery.which.currentText() == f"{row} read as {column}"


def test_a_click_puts_a_digit_on_the_pad(tested: Page, qtbot: QtBot, mnist: dict[str, Any]) -> None:
    answers = tested.page.gallery.answers
    with qtbot.waitSignal(tested.put_on_pad) as caught:
        click_row(tested, 0)
    content, digit = caught.args
    place = answers.place(0)
    assert isinstance(content, PictureInk) and np.array_equal(content.ink, mnist["x_test"][place])
    assert digit.label == mnist["y_test"][place] != digit.guess
    assert digit.name.endswith(f", digit {place + 1}")
    assert 0 < digit.confidence <= 1


def test_keys_put_a_digit_on_the_pad_and_ctrl_only_selects(tested: Page, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(tested.put_on_pad):
        click_row(tested, 1, Qt.KeyboardModifier.ControlModifier)
    assert said(tested, "mistakeSentence") == tested.page.gallery.answers.sentence(1)
    with qtbot.waitSignal(tested.put_on_pad) as by_key:
        QTest.keyClick(tested.page.gallery.view, Qt.Key.Key_Return)
    with qtbot.waitSignal(tested.put_on_pad) as by_button:
        press(tested, "mistakePut")
    assert by_key.args[1].name == by_button.args[1].name


def test_disputed_labels_have_a_second_score(tested: Page, new_page: Callable[[], Page], qtbot: QtBot) -> None:
    assert tested.test is not None
    wrong = tested.test.score.mistakes
    click_row(tested, 0, Qt.KeyboardModifier.ControlModifier)
    press(tested, "mistakeDispute")
    assert said(tested, "testUndisputed").startswith("Without 1 label that you dispute: ")
    assert f"({wrong - 1} mistake" in said(tested, "testUndisputed")
    assert "?" in tested.page.gallery.answers.thumbnail(0).caption
    button = tested.findChild(QPushButton, "mistakeDispute")
    assert button is not None and button.text() == "Label is right"
    other = new_page()
    qtbot.waitUntil(lambda: other.test is not None, timeout=PATIENCE_MS)
    assert said(other, "testUndisputed") == said(tested, "testUndisputed")
    press(tested, "mistakeDispute")
    assert not tested.page.result.undisputed.isVisible()


def test_a_mark_that_cannot_be_kept_is_a_sentence(tested: Page, qtbot: QtBot, tests: Path) -> None:
    shutil.rmtree(tests)
    tests.write_text("no folder")
    click_row(tested, 0, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(tested.problem) as caught:
        press(tested, "mistakeDispute")
    assert caught.args[0].startswith("Cannot save ")


def test_two_models_show_what_only_one_reads(page: Page, qtbot: QtBot, library: ModelLibrary) -> None:
    """Beside DigitPad's own model, which reads more than the small one."""
    from core.system.paths import assets_folder

    good = ModelLibrary(library.folder, assets_folder() / "models")
    save_threshold(good, good.shipped_bundle(), 0.5)
    page.hide()
    page.show()
    box = page.page.choice.other
    qtbot.waitUntil(lambda: box.findText("DigitPad 2") >= 0, timeout=10_000)
    box.setCurrentIndex(box.findText("DigitPad 2"))
    run(page, qtbot)
    assert page.test is not None and page.test.comparison is not None
    found = page.test.comparison
    assert said(page, "testComparison").endswith(
        f"{len(found.better)} better, {len(found.worse)} worse: very likely worse."
    )
    which = page.page.gallery.which
    assert [which.itemText(row) for row in range(which.count())] == [
        *("All mistakes", "Only DigitPad is right", "Only DigitPad 2 is right", "Disputed labels"),
    ]
    which.setCurrentIndex(2)
    which.activated.emit(2)
    answers = page.page.gallery.answers
    assert answers.rowCount() == len(found.worse) > 0
    assert "DigitPad 2 reads it as" in answers.sentence(0)


# --- what was measured before -------------------------------------------------------------------------------


def test_what_was_measured_is_shown_at_once_next_time(tested: Page, new_page: Callable[[], Page], qtbot: QtBot) -> None:
    again = new_page()
    with qtbot.assertNotEmitted(again.runs.problem):
        qtbot.waitUntil(lambda: again.test is not None, timeout=PATIENCE_MS)
    assert again.page.result.isVisible() and not again.runs.is_busy
    assert said(again, "testAccuracy") == said(tested, "testAccuracy")


def test_another_choice_hides_the_result_of_the_one_before(tested: Page, qtbot: QtBot) -> None:
    tested.page.choice.data.count.setValue(50)
    qtbot.waitUntil(lambda: tested.test is None, timeout=PATIENCE_MS)
    assert not tested.page.result.isVisible()
    tested.page.choice.data.count.setValue(COUNT)
    qtbot.waitUntil(lambda: tested.test is not None, timeout=PATIENCE_MS)
    assert said(tested, "testCount") == f"of {COUNT} right"


def test_a_test_can_be_stopped(page: Page, qtbot: QtBot, tests: Path) -> None:
    page.page.choice.data.count.setValue(10_000)
    press(page, "testStart")
    assert said(page, "testStatus") == "Testing…"
    press(page, "testStop")
    assert said(page, "testStatus") == "Stopped."
    assert not page.runs.is_busy and page.test is None
    qtbot.wait(300)
    assert page.test is None and not tests.exists()
    page.page.choice.data.count.setValue(COUNT)
    run(page, qtbot)
    assert page.test is not None


def test_few_digits_are_no_percentage(page: Page, qtbot: QtBot, mnist: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "few.npz"
    np.savez(
        path,
        x_train=mnist["x_train"][:50],
        y_train=mnist["y_train"][:50],
        x_test=mnist["x_test"][:6],
        y_test=mnist["y_test"][:6],
    )
    page.page.choice.data.take(str(path))
    run(page, qtbot)
    assert page.test is not None
    assert said(page, "testAccuracy") == f"{6 - page.test.score.mistakes} of 6"
    assert said(page, "testCount") == "right"


def test_all_of_ones_own_digits_are_tested(page: Page, qtbot: QtBot, digits: MyDigits, mnist: dict[str, Any]) -> None:
    for image, label in zip(mnist["x_test"][:30], mnist["y_test"][:30], strict=True):
        digits.keep(NewSample(int(label), PictureInk(image), image))
    data = page.page.choice.data
    data.kind.setCurrentIndex(data.kind.findData(MINE))
    run(page, qtbot)
    assert said(page, "testCount") == "of 30 right"
    assert "a model that was taught them has seen them" in said(page, "testOrigin")


# --- what can be wrong ----------------------------------------------------------------------------------------


def test_digits_that_are_not_there_are_said_in_place(page: Page, qtbot: QtBot, tmp_path: Path) -> None:
    data = page.page.choice.data
    data.kind.setCurrentIndex(data.kind.findData(OWN))
    start = page.findChild(QPushButton, "testStart")
    assert start is not None and not start.isEnabled()
    assert said(page, "testStatus") == "Choose a file or folder with digits first."
    data.path.setText(str(tmp_path / "gone.npz"))
    run(page, qtbot)
    assert said(page, "testStatus").startswith("There is no file or folder “")
    assert page.page.run.status.property("tone") == "bad"
    data.kind.setCurrentIndex(data.kind.findData(MINE))
    run(page, qtbot)
    assert said(page, "testStatus").startswith("No digits kept yet.")


def test_digits_of_one_kind_are_said_in_place(page: Page, qtbot: QtBot, mnist: dict[str, Any], tmp_path: Path) -> None:
    ones = mnist["y_train"] == 1
    np.savez(tmp_path / "ones.npz", x_train=mnist["x_train"][ones][:40], y_train=mnist["y_train"][ones][:40])
    page.page.choice.data.take(str(tmp_path / "ones.npz"))
    run(page, qtbot)
    assert said(page, "testStatus") == "ones.npz: every label is 1; at least 2 different digits are needed."


def test_a_model_that_cannot_be_opened_is_said_in_place(page: Page, qtbot: QtBot, mine: ModelBundle) -> None:
    QTest.keyClick(page.page.choice.model, Qt.Key.Key_Down)
    assert page.page.choice.model.currentText() == "Mine"
    (mine.folder / COMPILED_FILE).write_bytes(b"no network")
    run(page, qtbot)
    assert "is damaged: model.tflite is not the file that was saved with it." in said(page, "testStatus")
    page.hide()
    page.show()
    qtbot.waitUntil(lambda: page.page.choice.model.problem() != "", timeout=10_000)
    start = page.findChild(QPushButton, "testStart")
    assert start is not None and not start.isEnabled()


def test_a_failed_test_leaves_no_result_of_another_choice(tested: Page, qtbot: QtBot, tmp_path: Path) -> None:
    tested.page.choice.data.take(str(tmp_path / "gone.npz"))
    run(tested, qtbot)
    assert tested.test is None and not tested.page.result.isVisible()


# --- menus, dropped data, and the window around the page --------------------------------------------------


def test_the_menu_of_a_digit_disputes_its_label(tested: Page) -> None:
    gallery = tested.page.gallery
    gallery.view.setCurrentIndex(gallery.answers.index(0))
    menu = gallery.make_menu()
    put, dispute = menu.actions()
    assert put.isEnabled() and dispute.text() == "Dispute label"
    dispute.trigger()
    gallery.which.setCurrentIndex(gallery.which.count() - 1)
    gallery.which.activated.emit(gallery.which.count() - 1)
    assert gallery.answers.shown.which is Which.DISPUTED and gallery.answers.rowCount() == 1
    assert gallery.answers.index(0).data().endswith("Its label is disputed.")
    assert "disputed" in gallery.answers.index(0).data(Qt.ItemDataRole.ToolTipRole)


def test_a_file_or_folder_is_browsed_for(page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = page.page.choice.data
    file, folder = data.browse.menu().actions()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *arguments: (str(tmp_path / "a.npz"), ""))
    file.trigger()
    assert data.path.text() == str(tmp_path / "a.npz")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *arguments: str(tmp_path))
    folder.trigger()
    assert data.path.text() == str(tmp_path)
    data.path.setText(QUrl.fromLocalFile(str(tmp_path / "b")).toString())
    assert data.path.text() == str(tmp_path / "b")


def test_data_dropped_on_the_page_is_chosen(page: Page, few_digits: str, qtbot: QtBot) -> None:
    drop(page, few_digits)
    assert page.page.choice.data.source() == few_digits
    run(page, qtbot)
    assert said(page, "testCount") == "of 200 right"


def test_digits_that_are_kept_meanwhile_make_the_test_outdated(
    page: Page, qtbot: QtBot, digits: MyDigits, mnist: dict[str, Any]
) -> None:
    def keep(first: int, last: int) -> None:
        for image, label in zip(mnist["x_test"][first:last], mnist["y_test"][first:last], strict=True):
            digits.keep(NewSample(int(label), PictureInk(image), image))

    keep(0, 30)
    data = page.page.choice.data
    data.kind.setCurrentIndex(data.kind.findData(MINE))
    run(page, qtbot)
    keep(30, 31)
    qtbot.waitUntil(lambda: page.test is None, timeout=PATIENCE_MS)
    run(page, qtbot)
    assert said(page, "testCount") == "of 31 right"


def test_another_choice_ends_the_test_of_the_one_before(page: Page, qtbot: QtBot) -> None:
    page.page.choice.data.count.setValue(10_000)
    press(page, "testStart")
    page.page.choice.data.count.setValue(COUNT)
    assert not page.runs.is_busy
    run(page, qtbot)
    assert said(page, "testCount") == f"of {COUNT} right"


def test_a_click_shows_the_digit_on_the_pad_of_the_window(window: MainWindow, qtbot: QtBot) -> None:
    window.tabs.setCurrentWidget(window.test_tab)
    page = window.test_tab
    qtbot.waitUntil(lambda: page.page.choice.model.bundle() is not None, timeout=10_000)
    page.page.choice.data.count.setValue(1_000)
    page.page.choice.data.kind.setCurrentIndex(1)
    run(page, qtbot)
    assert page.test is not None and page.test.score.mistakes > 0
    place = page.page.gallery.answers.place(0)
    press(page, "testStart")  # it is kept: the result is there again at once
    qtbot.waitUntil(lambda: not page.runs.is_busy, timeout=PATIENCE_MS)
    QTest.keyClick(page.page.gallery.view, Qt.Key.Key_Home)
    QTest.keyClick(page.page.gallery.view, Qt.Key.Key_Return)
    assert window.tabs.currentWidget() is window.draw_tab
    content = window.document.content
    assert isinstance(content, PictureInk)
    assert np.array_equal(content.ink, page.test.digits.images[place])
    assert window.evidence.is_on
    with qtbot.waitSignal(window.evidence.explained, timeout=PATIENCE_MS):
        window.recognition.answer_now()
    answer = window.recognition.recognition.digit
    label = int(page.test.digits.labels[place])
    assert window.evidence.against == (None if answer == label else label)
    window.document.undo_stack.undo()
    assert window.document.is_blank
    assert window.tabs.tabText(window.tabs.count() - 1) == "Test"


def test_the_window_closes_while_a_model_is_tested(window: MainWindow, qtbot: QtBot) -> None:
    """Nothing asks, and nothing is waited for: the fixture destroys the window while the thread runs."""
    window.tabs.setCurrentWidget(window.test_tab)
    page = window.test_tab
    qtbot.waitUntil(lambda: page.page.choice.model.bundle() is not None, timeout=10_000)
    press(page, "testStart")
    assert window.close()
    assert page.runs.is_busy
