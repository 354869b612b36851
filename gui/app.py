"""Composition root: makes the objects, wires them, runs the event loop."""

import gc
import logging
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtWidgets import QApplication

from core import __version__
from core.models.library import ModelLibrary
from core.settings import SettingsFile
from core.system.crash_log import WINDOW, Crash, CrashLog, take_over_crashes
from core.system.environment import give_environment_back
from core.system.paths import AppPaths, assets_folder
from gui.main_window import MainWindow
from gui.system.background import settle
from gui.system.destroying import destroy
from gui.system.display import check_display
from gui.system.errors import UnexpectedErrors, log_qt_messages
from gui.widgets.icons import app_icon
from gui.widgets.theme import Theme

log = logging.getLogger(__name__)

SIGNAL_CHECK_MS = 250


def run_app(paths: AppPaths, crashes: CrashLog | None = None) -> int:
    """Show the window until it is closed. Raises DisplayError when there is no screen.

    `crashes` records how this process ends; it is told when the window or the session is about to end.
    """
    crashes = crashes or CrashLog(paths.log.parent, WINDOW)  # one that is not open does nothing
    with _asked_to_close() as asked:
        exit_code = _run_window(paths, crashes, asked)
    return settle(exit_code, leave=True)


def _run_window(paths: AppPaths, crashes: CrashLog, asked: threading.Event) -> int:
    check_display()
    log_qt_messages(crashes.expect_end)  # first: on some systems Qt has something to log as soon as it starts
    application = make_application()
    application.aboutToQuit.connect(crashes.expect_end)  # on Windows nothing comes after it when the session ends
    window = make_window(paths, take_over_crashes(paths.log.parent))
    errors = UnexpectedErrors()
    errors.problem.connect(window.notice.show_problem)
    errors.install()
    window.show()
    gc.freeze()  # what exists by now stays: no collection needs to look at it again
    gc.enable()
    try:
        with _closes_when(asked, window, crashes):
            return application.exec()
    finally:
        errors.uninstall()
        destroy(window)
        log.info("closed")


def make_application() -> QApplication:
    """The application object with its theme; the one that exists already where there is one."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    # every point of a fast stroke counts
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_CompressHighFrequencyEvents, False)
    # not by setStyle, which makes Python classes of everything that a style can draw
    application = QApplication([*sys.argv[:1], "-style", "fusion"])
    give_environment_back()
    application.setApplicationName("DigitPad")
    application.setApplicationDisplayName("DigitPad")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("digitpad")
    application.setWindowIcon(app_icon())
    Theme(application)
    return application


def make_window(paths: AppPaths, crash: Crash | None = None) -> MainWindow:
    """The main window on the user's own library and settings, not shown yet.

    `crash` is how DigitPad ended last time, if it crashed.
    """
    library = ModelLibrary(paths.models, assets_folder() / "models")
    return MainWindow(paths, library, SettingsFile(paths.settings), crash)


@contextmanager
def _asked_to_close() -> Iterator[threading.Event]:
    """Yield an event that Ctrl+C, the end of the terminal or a polite kill sets, also before there is a window."""
    asked = threading.Event()

    def ask(signum: int, frame: FrameType | None) -> None:
        asked.set()  # nothing more: this may run between any two instructions

    previous = {number: signal.signal(number, ask) for number in _closing_signals()}
    try:
        yield asked
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)


@contextmanager
def _closes_when(asked: threading.Event, window: MainWindow, crashes: CrashLog) -> Iterator[None]:
    """Close the window like its own button, but without a question, once `asked` is set."""

    def close_if_asked() -> None:
        if asked.is_set():
            asked.clear()
            crashes.expect_end()  # the process may be killed before everything is closed
            window.close_quietly()

    timer = QTimer(window)  # also lets Python's signal handlers run while Qt waits for events
    timer.timeout.connect(close_if_asked)
    timer.start(SIGNAL_CHECK_MS)
    try:
        yield
    finally:
        timer.stop()


def _closing_signals() -> list[int]:
    signals: list[int] = [signal.SIGINT, signal.SIGTERM]
    # Windows has none; under nohup it is ignored, and the window stays open
    hang_up = getattr(signal, "SIGHUP", None)
    if hang_up is not None and signal.getsignal(hang_up) is not signal.SIG_IGN:
        signals.append(hang_up)
    return signals
