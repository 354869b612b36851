"""The thread that carries a run: what comes through, in which thread, and that it outlives its owner."""

import gc
import logging
import threading
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, QThread
from pytestqt.qtbot import QtBot

from core.errors import TrainingError
from core.runs import Emit, StageBegan
from gui.background import Background, join_background
from gui.training_thread import TrainingThread


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
    stages = [StageBegan(str(number)) for number in range(200)]
    carried_by: list[QThread] = []

    def work(emit: Emit) -> str:
        carried_by.append(QThread.currentThread())
        for stage in stages:
            emit(stage)
        return "the result"

    thread = TrainingThread(work)
    listen(thread, listener)
    with qtbot.waitSignal(thread.finished):
        thread.begin()
    assert listener.heard == [*stages, "the result"]
    assert listener.threads == {QThread.currentThread()}
    assert carried_by[0] != QThread.currentThread()


def test_a_problem_of_the_users_is_told_as_it_is(qtbot: QtBot, listener: Listener) -> None:
    def work(emit: Emit) -> None:
        emit(StageBegan("first"))
        raise TrainingError("There is something to do.")

    thread = TrainingThread(work)
    listen(thread, listener)
    with qtbot.waitSignal(thread.finished):
        thread.begin()
    assert listener.heard == [StageBegan("first"), "There is something to do."]


def test_a_bug_is_logged_and_the_sentence_names_the_log(
    qtbot: QtBot, listener: Listener, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def work(emit: Emit) -> None:
        raise ZeroDivisionError("seven by nothing")

    handler = logging.FileHandler(tmp_path / "digitpad.log")
    logging.getLogger().addHandler(handler)
    try:
        thread = TrainingThread(work)
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
    Background(go_on.wait, "The test").begin()
    gc.collect()  # destroying a running QThread would abort the process here
    assert not join_background(20)
    go_on.set()
    assert join_background()


def test_waiting_for_nothing_is_over_at_once(qapp: object) -> None:
    assert join_background(0)
