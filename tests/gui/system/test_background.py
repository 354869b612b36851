"""Work beside the window leaves nothing behind that Python's collector could destroy in the wrong thread."""

import gc
import os
import subprocess
import sys
import threading
import weakref

import pytest
import shiboken6
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.training.control import TrainingControl
from core.training.events import StageBegan
from core.wording.run_messages import Stage
from gui.main_window import MainWindow
from gui.system.background import Background, Checkpoint, join_background
from gui.train.stop_question import StopQuestion
from gui.train.training_thread import TrainingThread
from tests.conftest import REPOSITORY
from tests.gui.conftest import no_collector


class OwnWork(Background):
    """Carries a function of its own, and so holds itself."""

    def __init__(self) -> None:
        super().__init__(self._work_hard, "The work")

    def _work_hard(self, checkpoint: Checkpoint) -> None:
        checkpoint()


def make_training() -> Background:
    return TrainingThread(lambda emit: emit(StageBegan(Stage.READING_DIGITS)), TrainingControl())


@pytest.mark.parametrize("make", [OwnWork, make_training])
def test_a_thread_that_is_over_goes_at_once(qtbot: QtBot, make: type[Background]) -> None:
    with no_collector():
        thread = make()
        left = weakref.ref(thread)
        with qtbot.waitSignal(thread.finished):
            thread.begin()
        del thread
        qtbot.waitUntil(lambda: left() is None, timeout=2000)


def test_a_thread_that_is_over_is_not_destroyed_in_another(qtbot: QtBot) -> None:
    """Not even where whoever began it is part of a cycle of references, which only the collector undoes."""
    destroyed_in: list[int] = []
    with no_collector():
        thread = Background(lambda checkpoint: None, "The work")
        thread.destroyed.connect(lambda: destroyed_in.append(threading.get_ident()), Qt.ConnectionType.DirectConnection)
        owner: list[object] = [thread]
        owner.append(owner)
        thread.begin()
        qtbot.waitUntil(thread.is_over)
        assert join_background()
        del thread, owner
        QApplication.sendPostedEvents(None, QEvent.Type.MetaCall.value)  # now only the owner holds it
        collector = threading.Thread(target=gc.collect)
        collector.start()
        collector.join()
        qtbot.waitUntil(lambda: bool(destroyed_in))
    assert destroyed_in == [threading.get_ident()]


ENDS_DURING_AN_IMPORT = """
import atexit
import time

from PySide6.QtCore import QCoreApplication

from gui.system.background import Background, Cancelled


def work(checkpoint):
    try:
        while True:
            checkpoint()
            time.sleep(0.01)
    except Cancelled:
        atexit.register(print, "the library is at peace")
        raise


application = QCoreApplication([])
Background(work, "The import").begin()
"""


def test_what_a_library_asks_for_at_exit_is_done_also_when_it_is_imported_last_of_all() -> None:
    done = subprocess.run([sys.executable, "-c", ENDS_DURING_AN_IMPORT], cwd=REPOSITORY, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "the library is at peace\n", "")


def close_dialog() -> None:
    dialog = QApplication.activeModalWidget()
    if dialog is None:
        QTimer.singleShot(20, close_dialog)
    else:
        dialog.close()


def test_the_window_leaves_nothing_of_qts_to_the_collector(window: MainWindow, qtbot: QtBot) -> None:
    with no_collector():
        for show in (window.show_about, StopQuestion(window.train_tab, window).is_confirmed):
            QTimer.singleShot(20, close_dialog)
            show()
        window.train_tab.show_models()
        window.choose_scheme("dark")
        window.choose_scheme("system")
        qtbot.wait(100)
        gc.set_debug(gc.DEBUG_SAVEALL)
        gc.collect()
        gc.set_debug(0)
        left = [item for item in gc.garbage if isinstance(item, shiboken6.Object) and shiboken6.isValid(item)]
        gc.garbage.clear()
    assert not [item for item in left if shiboken6.ownedByPython(item)]


@pytest.mark.skipif(sys.platform != "linux", reason="only there threads have a niceness of their own")
def test_work_and_the_threads_it_starts_give_way_to_the_window(qtbot: QtBot) -> None:
    before = niceness()
    found: list[int] = []

    def look(checkpoint: Checkpoint) -> None:
        found.append(niceness())
        thread = threading.Thread(target=lambda: found.append(niceness()))
        thread.start()
        thread.join()

    work = Background(look, "The work")
    with qtbot.waitSignal(work.finished):
        work.begin()
    assert found == [max(before, 5)] * 2
    assert niceness() == before


def niceness() -> int:
    return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
