"""What the drawing page says of a training, and where that leads."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from core.system.paths import app_paths
from gui.main_window import MainWindow
from gui.self_test.hand import drag
from gui.train.phase import Phase
from gui.widgets.elided_label import ElidedLabel
from tests.gui.conftest import SEVEN
from tests.gui.window_training import sign_of, start_training


def test_the_drawing_page_says_that_a_training_runs(window: MainWindow, qtbot: QtBot) -> None:
    start_training(window, qtbot)
    sign, buttons = sign_of(window), window.train_tab.run.buttons
    assert not sign.isVisible(), "the page says it all"
    height = window.statusBar().height()
    window.tabs.setCurrentIndex(0)
    assert sign.isVisible()
    assert window.statusBar().height() == height
    qtbot.waitUntil(lambda: sign.text().startswith("Training: epoch ") and sign.text().endswith(" left"))
    buttons.pause.click()
    assert sign.text() == "Training paused"
    buttons.pause.click()
    assert sign.text().startswith("Training: epoch ")
    sign.setFocus()
    QTest.keyClick(sign, Qt.Key.Key_Space)
    assert window.tabs.currentWidget() is window.train_tab
    assert not sign.isVisible()
    assert buttons.pause.hasFocus() or not window.isActiveWindow()


def test_the_drawing_page_says_how_a_training_ended_until_that_is_looked_at(window: MainWindow, qtbot: QtBot) -> None:
    start_training(window, qtbot, epochs=1, data="mnist:2000")
    window.tabs.setCurrentIndex(0)
    qtbot.waitUntil(lambda: not window.train_tab.is_running(), timeout=60_000)
    sign = sign_of(window)
    accuracy = window.train_tab.run.status.text().removeprefix("Done: ").split(" on the test set")[0]
    assert sign.text() == f"Training done: {accuracy}"
    drag(window.draw_tab.canvas, SEVEN)
    assert sign.isVisible(), "a stroke does not wipe it away"
    assert not window.notice.isVisible()
    sign.click()
    assert window.train_tab.result.use.hasFocus() or not window.isActiveWindow()
    window.tabs.setCurrentIndex(0)
    assert not sign.isVisible()


def test_the_drawing_page_says_that_a_training_failed(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    start_training(window, qtbot)
    window.train_tab.run.buttons.stop.click()
    qtbot.waitUntil(lambda: not window.train_tab.is_running() or window.train_tab.run.phase is Phase.CHOOSING)
    window.train_tab.run.buttons.discard.click()
    qtbot.waitUntil(lambda: not window.train_tab.is_running(), timeout=60_000)
    models = app_paths().models
    models.rmdir()
    models.write_text("in the way")
    window.train_tab.start()
    window.tabs.setCurrentIndex(0)
    qtbot.waitUntil(lambda: not window.train_tab.is_running(), timeout=60_000)
    assert sign_of(window).text() == "Training failed"
    assert window.notice.text.text().startswith("Cannot ")
    models.unlink()


def test_the_drawing_page_says_what_a_training_asks(window: MainWindow, qtbot: QtBot) -> None:
    start_training(window, qtbot)
    window.tabs.setCurrentIndex(0)
    run = window.train_tab.run
    qtbot.waitUntil(lambda: run.status.text().startswith("Epoch 2"), timeout=120_000)
    run.buttons.stop.click()
    qtbot.waitUntil(lambda: run.phase is Phase.CHOOSING, timeout=60_000)
    assert sign_of(window).text() == "Training: waiting for your answer"
    assert window.notice.text.text().startswith("Keep the network as it was after epoch ")
    assert window.notice.text.text().endswith(" Answer on the Train tab.")
    run.buttons.discard.click()
    assert not window.notice.isVisible(), "it is answered"
    qtbot.waitUntil(lambda: not window.train_tab.is_running(), timeout=60_000)
    assert sign_of(window).text() == "Training stopped"


def test_a_long_name_of_a_model_leaves_room_for_the_sign(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(800, 560)
    label = window.findChild(QLabel, "modelInUse")
    assert label is not None
    assert isinstance(label, ElidedLabel)
    label.show_name("W" * 60, before="Model: ", after="  ·  99.66 % of 10,000 (MNIST's test set)  ·  0.6 ms")
    start_training(window, qtbot)
    window.tabs.setCurrentIndex(0)
    sign = sign_of(window)
    qtbot.waitUntil(lambda: sign.text().endswith(" left"))
    qtbot.waitUntil(lambda: sign.width() >= sign.sizeHint().width())
    assert label.geometry().right() < sign.geometry().left()
    assert sign.geometry().right() <= window.statusBar().width()
