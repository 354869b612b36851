"""The thread that carries a run: what comes through, in which thread, and that it outlives its owner."""

import gc
import logging
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, QThread
from pytestqt.qtbot import QtBot

from core.errors import TrainingError
from core.system.log_file import LogFile
from core.training.control import RunStopped, TrainingControl
from core.training.events import Emit, StageBegan
from core.wording.run_messages import Stage
from core.wording.training_problems import TrainingProblem
from gui.system.background import Background, Checkpoint, join_background
from gui.train.training_thread import TrainingThread
from tests.conftest import REPOSITORY


class Listener(QObject):
    """Notes what it is told, and in which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[Any] = []
        self.threads: set[QThread] = set()

    def hear(self, what: object) -> None:
        self.heard.append(what)
        self.threads.add(QThread.currentThread())


@pytest.fixture
def listener(qapp: object) -> Listener:
    return Listener()


def listen(thread: TrainingThread, listener: Listener) -> None:
    for signal in (thread.emitted, thread.done, thread.failed):
        signal.connect(listener.hear)


def test_events_arrive_in_their_order_in_the_windows_thread(qtbot: QtBot, listener: Listener) -> None:
    stages = [StageBegan(Stage.TESTING, number) for number in range(200)]
    carried_by: list[QThread] = []

    def work(emit: Emit) -> str:
        carried_by.append(QThread.currentThread())
        for stage in stages:
            emit(stage)
        return "the result"

    thread = TrainingThread(work, TrainingControl())
    listen(thread, listener)
    with qtbot.waitSignal(thread.finished):
        thread.begin()
    assert listener.heard == [*stages, "the result"]
    assert listener.threads == {QThread.currentThread()}
    assert carried_by[0] != QThread.currentThread()


def test_a_problem_of_the_users_is_told_as_it_is(qtbot: QtBot, listener: Listener) -> None:
    def work(emit: Emit) -> None:
        emit(StageBegan(Stage.READING_DIGITS))
        raise TrainingError(TrainingProblem.INK_MISSING)

    thread = TrainingThread(work, TrainingControl())
    listen(thread, listener)
    with qtbot.waitSignal(thread.finished):
        thread.begin()
    sentence = "There is a source of real ink, but no file of it."
    assert listener.heard == [StageBegan(Stage.READING_DIGITS), sentence]


def test_a_bug_is_logged_and_the_sentence_names_the_log(
    qtbot: QtBot, listener: Listener, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def work(emit: Emit) -> None:
        raise ZeroDivisionError("seven by nothing")

    handler = LogFile(tmp_path / "digitpad.log")
    logging.getLogger().addHandler(handler)
    try:
        thread = TrainingThread(work, TrainingControl())
        listen(thread, listener)
        with qtbot.waitSignal(thread.finished):
            thread.begin()
    finally:
        logging.getLogger().removeHandler(handler)
        handler.close()
    [sentence] = listener.heard
    assert "ZeroDivisionError" in sentence
    assert str(tmp_path / "digitpad.log") in sentence
    assert "seven by nothing" not in sentence
    written = (tmp_path / "digitpad.log").read_text()
    assert "Traceback" in written
    assert "seven by nothing" in written


def test_it_outlives_whoever_began_it(qtbot: QtBot, listener: Listener) -> None:
    go_on = threading.Event()
    Background(lambda checkpoint: go_on.wait(), "The test").begin()
    gc.collect()  # destroying a running QThread would abort the process here
    assert not join_background(20)
    go_on.set()
    assert join_background()


def work_for_ever(checkpoint: Checkpoint) -> None:
    while True:
        checkpoint()
        time.sleep(0.001)


def test_cancelled_work_ends_at_its_next_checkpoint_and_says_nothing(qtbot: QtBot, listener: Listener) -> None:
    thread = Background(work_for_ever, "The test")
    thread.done.connect(listener.hear)
    thread.failed.connect(listener.hear)
    with qtbot.waitSignal(thread.finished):
        thread.begin()
        thread.cancel()
    assert listener.heard == []


def test_joining_cancels(qapp: object) -> None:
    Background(work_for_ever, "The test").begin()
    assert join_background(30_000)


def test_joining_stops_a_training(qapp: object) -> None:
    control = TrainingControl()
    kept: list[bool] = []

    def train(emit: Emit) -> None:
        try:
            while True:
                control.checkpoint()
                time.sleep(0.001)
        except RunStopped:
            kept.append(control.wait_for_choice())

    TrainingThread(train, control).begin()
    assert join_background(30_000)
    assert kept == [False]


def test_waiting_for_nothing_is_over_at_once(qapp: object) -> None:
    assert join_background(0)


HANGING = """
import logging, sys, threading
from PySide6.QtCore import QCoreApplication, QTimer
from gui.system.background import Background, settle

logging.basicConfig(filename=sys.argv[1], level=logging.INFO)
application = QCoreApplication([])
Background(lambda checkpoint: threading.Event().wait(), "The hanging work", can_be_left={1}).begin()
QTimer.singleShot(50, application.quit)
exit_code = application.exec()
print("the window is closed")
{0}
"""


@pytest.mark.parametrize(
    ("end", "can_be_left", "code", "level"),
    [
        ("sys.exit(settle(exit_code, 100))", False, 0, "ERROR"),
        ("sys.exit(settle(3, 100))", False, 3, "ERROR"),
        ("sys.exit(settle(3, 100, leave=True))", False, 3, "ERROR"),
        # nobody settled: as at any exit
        ("import gui.system.background; gui.system.background.settle.__defaults__ = (100,)", False, 1, "ERROR"),
        # as long as this, nobody would wait for the end of a process
        ("sys.exit(settle(3, 3_600_000, leave=True))", True, 3, "INFO"),
    ],
)
def test_work_that_never_ends_does_not_abort_the_process(
    tmp_path: Path, end: str, can_be_left: bool, code: int, level: str
) -> None:
    command = [sys.executable, "-c", HANGING.format(end, can_be_left), str(tmp_path / "log")]
    ended = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, timeout=60, check=False)
    assert (ended.returncode, ended.stderr) == (code, "")
    assert ended.stdout == "the window is closed\n"
    assert f"{level}:gui.system.background:left behind: The hanging work" in (tmp_path / "log").read_text()
