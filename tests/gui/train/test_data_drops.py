"""Data that is dropped on the training page or brought to the pad, and data that is remembered."""

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gui.main_window import MainWindow
from gui.self_test.hand import drag
from gui.train.train_tab import TrainTab
from tests.gui.conftest import SEVEN, digit

COPY, MOVE = Qt.DropAction.CopyAction, Qt.DropAction.MoveAction
NONE = Qt.KeyboardModifier.NoModifier


def drop(widget: QWidget, *paths: str | Path, action: Qt.DropAction = COPY) -> QDropEvent:
    """Drop files on the middle of a widget that takes them, as a file manager does."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    middle, left = widget.rect().center(), Qt.MouseButton.LeftButton
    entered = QDragEnterEvent(QPoint(middle), COPY | MOVE, data, left, NONE)
    QCoreApplication.sendEvent(widget, entered)
    assert entered.isAccepted()
    dropped = QDropEvent(QPointF(middle), COPY | MOVE, data, left, NONE)
    dropped.setDropAction(action)
    QCoreApplication.sendEvent(widget, dropped)
    assert dropped.isAccepted()
    return dropped


@pytest.fixture
def page(window: MainWindow) -> TrainTab:
    """The training page, looked at."""
    window.tabs.setCurrentWidget(window.train_tab)
    return window.train_tab


def test_what_is_dropped_is_never_moved(page: TrainTab, few_digits: str) -> None:
    """Whoever handed it over would delete it."""
    assert drop(page, few_digits, action=MOVE).dropAction() == COPY


def write_idx(folder: Path, name: str, values: np.ndarray) -> None:
    lengths = b"".join(length.to_bytes(4) for length in values.shape)
    (folder / name).write_bytes(bytes([0, 0, 8, values.ndim]) + lengths + values.tobytes())


@pytest.fixture
def idx_pair(tmp_path: Path) -> list[Path]:
    images = np.zeros((100, 28, 28), np.uint8)
    images[:, 8:20, 12:15] = 255
    write_idx(tmp_path, "my-labels.idx1", np.arange(100, dtype=np.uint8) % 10)
    write_idx(tmp_path, "my-images.idx3", images)
    return [tmp_path / "my-labels.idx1", tmp_path / "my-images.idx3"]


def test_data_dropped_anywhere_on_the_page_is_taken_and_checked(
    page: TrainTab, qtbot: QtBot, few_digits: str, idx_pair: list[Path]
) -> None:
    data, start = page.form.data, page.run.buttons.start
    for place in (page, page.form.name, page.form.epochs, page.table.view, data.path):
        page.choose_data("mnist")
        drop(place, few_digits)
        assert data.source() == few_digits
        assert page.form.name.text() == ""
    qtbot.waitUntil(start.isEnabled, timeout=20_000)
    assert data.sentence.text().startswith("400 digits to train with")
    drop(page, *idx_pair)
    qtbot.waitUntil(lambda: data.problem() == "", timeout=20_000)
    assert Path(data.source()) == idx_pair[1]
    assert data.sentence.text().startswith("86 digits to train with")


def test_a_drop_that_is_no_data_changes_nothing_and_says_why(window: MainWindow, page: TrainTab) -> None:
    before = page.form.data.source()
    drop(page, "/home/ann/7.png")
    assert window.notice.text.text() == "To train on pictures, drop the folder that holds them, in subfolders 0 to 9."
    assert page.form.data.source() == before


def test_while_a_network_is_trained_a_drop_is_answered(
    window: MainWindow, page: TrainTab, qtbot: QtBot, few_digits: str
) -> None:
    page.form.choose_preset("dense")
    page.choose_data("mnist:600")
    qtbot.waitUntil(page.run.buttons.start.isEnabled, timeout=20_000)
    page.start()
    for place in (page, page.form.name):
        window.notice.hide()
        drop(place if place.isEnabled() else page, few_digits)
        assert window.notice.text.text() == "A network is being trained. Drop the data again afterwards."
    assert page.form.data.source() == "mnist:600"
    page.run.buttons.stop.click()
    qtbot.waitUntil(lambda: not page.is_running(), timeout=120_000)


def question() -> QMessageBox | None:
    found = QApplication.activeModalWidget()
    return found if isinstance(found, QMessageBox) and found.objectName() == "trainOnData" else None


def press(text: str) -> None:
    box = question()
    assert box is not None
    [button] = [button for button in box.buttons() if button.text().replace("&", "") == text]
    button.click()


def test_a_folder_brought_to_the_pad_is_asked_about(
    drawn: MainWindow, qtbot: QtBot, tmp_path: Path, few_digits: str
) -> None:
    window = drawn
    folder = tmp_path / "my digits"
    folder.mkdir()
    before = window.train_tab.form.data.source()
    drop(window.draw_tab.canvas, folder)
    qtbot.waitUntil(lambda: question() is not None, timeout=20_000)
    box = question()
    assert box is not None and box.text() == "Train on this folder?"
    assert box.informativeText().startswith("“my digits” is not a drawing")
    press("Cancel")
    assert (window.tabs.currentWidget(), window.train_tab.form.data.source()) == (window.draw_tab, before)
    assert digit(window) == 7
    copied = QMimeData()
    copied.setUrls([QUrl.fromLocalFile(str(folder))])
    QGuiApplication.clipboard().setMimeData(copied)
    window.paste_on_pad()
    qtbot.waitUntil(lambda: question() is not None, timeout=20_000)
    press("Show on the Train tab")
    assert (window.tabs.currentWidget(), window.train_tab.form.data.source()) == (window.train_tab, str(folder))
    assert digit(window) == 7
    window.files.open_path(Path(few_digits))
    qtbot.waitUntil(lambda: question() is not None, timeout=20_000)
    press("Show on the Train tab")
    assert window.train_tab.form.data.source() == few_digits


def test_the_choice_of_data_is_there_again_after_a_restart(
    new_window: Callable[[], MainWindow], qtbot: QtBot, few_digits: str, tmp_path: Path
) -> None:
    own = shutil.copyfile(few_digits, tmp_path / "own.npz")
    first = new_window()
    first.tabs.setCurrentWidget(first.train_tab)
    first.train_tab.choose_data(str(own))
    qtbot.waitUntil(lambda: first.train_tab.form.problem() == "", timeout=20_000)
    first.train_tab.choose_data(str(tmp_path / "never.npz"))
    qtbot.waitUntil(lambda: "There is no file" in first.train_tab.form.problem(), timeout=20_000)
    first.close()
    assert new_window().train_tab.form.data.source() == str(own)
    own.unlink()
    third = new_window()
    third.tabs.setCurrentWidget(third.train_tab)
    data = third.train_tab.form.data
    qtbot.waitUntil(lambda: "There is no file or folder" in data.sentence.text(), timeout=20_000)
    instead = third.findChild(QPushButton, "trainDataInstead")
    assert instead.isVisible()
    instead.click()
    assert (data.source(), instead.isVisible(), third.train_tab.form.problem()) == ("mnist", False, "")
    qtbot.waitUntil(lambda: third._settings.values.data == "mnist", timeout=20_000)
    fourth = new_window().train_tab.form.data
    assert (fourth.source(), fourth.path.text()) == ("mnist", str(own)), "one's own is one choice away"


def test_what_is_drawn_is_still_opened(window: MainWindow, until_open: Callable[[], None], tmp_path: Path) -> None:
    drag(window.draw_tab.canvas, SEVEN)
    window.files.save_path(tmp_path / "seven.inkml")
    window.document.clear()
    drop(window.draw_tab.canvas, tmp_path / "seven.inkml")
    until_open()
    assert digit(window) == 7
