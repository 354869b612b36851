"""Closing the window while it trains: what it asks, what it waits for, and what it leaves."""

import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from core.system.paths import app_paths
from core.wording.run_messages import Stage
from gui.main_window import MainWindow
from tests.gui.conftest import HoldRun
from tests.gui.window_training import answer_box, start_training


def test_closing_while_training_asks_and_going_on_goes_on(window: MainWindow, qtbot: QtBot) -> None:
    start_training(window, qtbot)
    answer_box("Keep training")
    assert not window.close()
    assert window.isVisible()
    assert window.train_tab.is_running()


@pytest.mark.slow
def test_closing_while_nothing_is_learned_yet_does_not_speak_of_a_loss(
    window: MainWindow, qtbot: QtBot, hold_run: HoldRun
) -> None:
    may_go_on = hold_run(Stage.LOADING_TENSORFLOW)
    start_training(window, qtbot, until="Loading TensorFlow")
    said = answer_box("Keep training")
    assert not window.close()
    assert said == ["Closing DigitPad stops the training."]
    may_go_on.set()
    qtbot.waitUntil(lambda: window.train_tab.run.status.text().startswith("Epoch"), timeout=180_000)
    said = answer_box("Stop and close")
    assert window.close()
    assert said == ["Closing DigitPad stops the training. What the network has learned so far is lost."]


@pytest.mark.slow
def test_closing_while_the_model_is_made_waits_for_it(window: MainWindow, qtbot: QtBot, hold_run: HoldRun) -> None:
    may_go_on = hold_run(Stage.TESTING)
    start_training(window, qtbot, epochs=1, until="Testing")  # a single epoch may be over before it is seen
    QTimer.singleShot(200, may_go_on.set)
    said = answer_box("Save and close")
    assert window.close()
    assert said == ["DigitPad closes in a moment, when the model is tested and saved."]
    [model] = app_paths().models.iterdir()
    assert (model / "card.json").is_file()


@pytest.mark.slow
def test_closing_before_a_trained_network_is_kept_says_so(window: MainWindow, qtbot: QtBot) -> None:
    start_training(window, qtbot)
    status, stop = window.findChild(QLabel, "trainStatus"), window.findChild(QPushButton, "trainStop")
    assert status is not None and stop is not None
    qtbot.waitUntil(lambda: status.text().startswith("Epoch 2"), timeout=120_000)
    stop.click()
    qtbot.waitUntil(lambda: status.text().startswith("Keep the network"), timeout=60_000)
    answer_box("Go back")
    assert not window.close()
    assert window.train_tab.is_running()
    answer_box("Discard and close")
    assert window.close()


@pytest.mark.slow
def test_the_question_follows_the_run_and_goes_away_with_it(window: MainWindow, qtbot: QtBot) -> None:
    page = window.train_tab
    start_training(window, qtbot, epochs=2, data="mnist:2000")
    page.run.buttons.pause.click()
    said: list[str] = []

    def listen() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox) and box.informativeText() not in said:
            said.append(box.informativeText())

    def resume() -> None:
        if isinstance(QApplication.activeModalWidget(), QMessageBox):
            listen()
            page.run.buttons.pause.click()
        else:
            QTimer.singleShot(20, resume)

    page.shown.connect(listen)
    QTimer.singleShot(20, resume)
    assert not window.close(), "nobody said that it may close"
    assert said[0] == "Closing DigitPad stops the training. What the network has learned so far is lost."
    assert said[1:] == ["DigitPad closes in a moment, when the model is tested and saved."]
    qtbot.waitUntil(lambda: not page.is_running(), timeout=60_000)
    assert page.run.status.text().startswith("Done: ")
    assert window.isVisible()
    assert window.close(), "there is nothing to ask any more"


@pytest.mark.slow
def test_the_next_window_trains_what_this_one_trained(new_window: Callable[[], MainWindow], qtbot: QtBot) -> None:
    first = new_window()
    assert first.train_tab.form.preset.currentData() == "digitpad"
    start_training(first, qtbot)
    answer_box("Stop and close")
    assert first.close()
    form = new_window().train_tab.form
    assert form.preset.currentData() == "dense"
    assert form.epochs.value() == 4
    form.choose_preset("of tomorrow")
    assert form.preset.currentData() == "dense"


@pytest.mark.slow
def test_closing_while_training_stops_and_leaves_no_half_model(window: MainWindow, qtbot: QtBot) -> None:
    start_training(window, qtbot)
    answer_box("Stop and close")
    assert window.close()
    assert not window.train_tab.is_running()
    models = app_paths().models
    assert not models.exists() or list(models.iterdir()) == []


@pytest.mark.slow
def test_a_polite_kill_closes_without_asking_and_keeps_the_drawing(isolated_folders: Path) -> None:
    """In a process of its own, in the middle of a training."""
    script = """
        import os, signal, sys, threading
        from PySide6.QtCore import QTimer
        from PySide6.QtWidgets import QApplication
        from core.system.paths import app_paths
        from gui import app
        from gui.main_window import MainWindow

        def begin():
            [window] = [w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow)]
            window.document.begin_stroke(100, 100)
            window.document.extend_stroke(400, 800)
            window.document.end_stroke()
            window.train_tab.choose_data("mnist:2000")
            window.train_tab.start()
            QTimer.singleShot(1500, lambda: os.kill(os.getpid(), signal.SIGTERM))

        application = app.make_application()
        QTimer.singleShot(1500, begin)
        sys.exit(app.run_app(app_paths()))
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr, done.stderr
    assert "QThread" not in done.stderr
    assert (app_paths().recovery / "last.inkml").exists()


@pytest.mark.slow
def test_closing_while_tensorflow_is_loaded_does_not_wait_for_it(isolated_folders: Path) -> None:
    """In a process of its own, whose end comes in the middle of the loading."""
    script = """
        import logging, sys
        from PySide6.QtCore import QTimer
        from PySide6.QtWidgets import QApplication
        from core.system.paths import app_paths
        from gui import app
        from gui.main_window import MainWindow

        def look():
            [window] = [w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow)]
            window.tabs.setCurrentWidget(window.train_tab)
            close_when_loading(window)

        def close_when_loading(window):
            if window.train_tab.loading.stage == "importing it":
                window.close()
            else:
                QTimer.singleShot(1, lambda: close_when_loading(window))

        logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stdout)
        application = app.make_application()
        QTimer.singleShot(100, look)
        sys.exit(app.run_app(app_paths()))
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-2:] == ["closed", "left behind: Loading TensorFlow"]
    assert "Traceback" not in done.stderr
