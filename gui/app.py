"""Composition root: makes the objects, wires them, runs the event loop."""

import gc
import logging
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtWidgets import QApplication

from core import __version__
from core.models.library import ModelLibrary
from core.settings import SettingsFile
from core.system.crash_log import WINDOW, Crash, CrashLog, take_over_crashes
from core.system.environment import give_environment_back
from core.system.paths import AppPaths, assets_folder
from gui.main_window import MainWindow
from gui.system.background import settle
from gui.system.display import check_display
from gui.system.errors import UnexpectedErrors, log_qt_messages
from gui.widgets.icons import app_icon
from gui.widgets.theme import Theme

log = logging.getLogger(__name__)

SIGNAL_CHECK_MS = 250


def run_app(paths: AppPaths, crashes: CrashLog | None = None) -> int:
    """Show the window until it is closed. Raises DisplayError when there is no screen.

    `crashes` watches over this process; it is told when the window is about to end, or the session.
    """
    crashes = crashes or CrashLog(paths.log.parent, WINDOW)  # one that is not open does nothing
    with _asked_to_close() as asked:
        exit_code = _run_window(paths, crashes, asked)
    return settle(exit_code, leave=True)


def _run_window(paths: AppPaths, crashes: CrashLog, asked: threading.Event) -> int:
    check_display()
    log_qt_messages(crashes.expect_end)  # first: Qt has something to say of some systems as soon as it starts
    application = make_application()
    application.aboutToQuit.connect(crashes.expect_end)  # on Windows the last there is when the session ends
    window = make_window(paths, take_over_crashes(paths.log.parent))
    errors = UnexpectedErrors()
    errors.told.connect(window.notice.show_problem)
    errors.install()
    window.show()
    gc.freeze()  # what is there by now stays: a collection need not look at it every time
    gc.enable()
    try:
        with _closes_when(asked, window, crashes):
            return application.exec()
    finally:
        errors.uninstall()
        destroy_window(window)
        log.info("closed")


def destroy_window(window: MainWindow) -> None:
    """Destroy a closed window now, as a whole and in Qt's own order, instead of leaving that to Python's collector."""
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def make_application() -> QApplication:
    """The application object with its theme; the one that exists already where there is one."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    # every point of a fast hand counts
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_CompressHighFrequencyEvents, False)
    # like this rather than by setStyle, which makes Python classes of everything that a style can draw
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

    `crash` is how DigitPad ended before, where that was not as it should.
    """
    library = ModelLibrary(paths.models, assets_folder() / "models")
    return MainWindow(paths, library, SettingsFile(paths.settings), crash)


@contextmanager
def _asked_to_close() -> Iterator[threading.Event]:
    """Yield what is set by Ctrl+C in the terminal, its end, or a polite kill; also while the window is being made."""
    asked = threading.Event()

    def ask(signum: int, frame: FrameType | None) -> None:
        asked.set()  # nothing more: this runs between any two instructions of the window's

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
            crashes.expect_end()  # whoever asks may not wait until all is closed
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
    # Windows has none; nohup ignores it, and the window goes on then
    hang_up = getattr(signal, "SIGHUP", None)
    if hang_up is not None and signal.getsignal(hang_up) is not signal.SIG_IGN:
        signals.append(hang_up)
    return signals
