"""Composition root: makes the objects, wires them, runs the event loop."""

import logging
import signal
import sys

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtWidgets import QApplication

from core import __version__
from core.models import ModelLibrary
from core.paths import AppPaths, assets_folder
from core.settings import SettingsFile
from gui.display import check_display
from gui.errors import UnexpectedErrors, log_qt_messages
from gui.icons import app_icon
from gui.main_window import MainWindow
from gui.theme import Theme

log = logging.getLogger(__name__)

SIGNAL_CHECK_MS = 250


def run_app(paths: AppPaths) -> int:
    """Show the window until it is closed. Raises DisplayError when there is no screen."""
    check_display()
    application = make_application()
    log_qt_messages()
    window = make_window(paths)
    errors = UnexpectedErrors(paths.log)
    errors.told.connect(window.notice.show_problem)
    errors.install()
    timer = _close_on_signals(window)
    window.show()
    try:
        return application.exec()
    finally:
        timer.stop()
        errors.uninstall()
        log.info("closed")


def make_application() -> QApplication:
    """The application object with its theme; the one that exists already where there is one."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    # every point of a fast hand counts
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_CompressHighFrequencyEvents, False)
    application = QApplication(sys.argv[:1])
    application.setApplicationName("DigitPad")
    application.setApplicationDisplayName("DigitPad")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("digitpad")
    application.setWindowIcon(app_icon())
    Theme(application)
    return application


def make_window(paths: AppPaths) -> MainWindow:
    """The main window on the user's own library and settings, not shown yet."""
    library = ModelLibrary(paths.models, assets_folder() / "models")
    return MainWindow(paths, library, SettingsFile(paths.settings))


def _close_on_signals(window: MainWindow) -> QTimer:
    """Ctrl+C in the terminal, or a polite kill, closes the window like its own button, without asking."""

    def close(signum: int, frame: object) -> None:
        window.train_tab.stop_and_wait(5000)
        window.close()

    signal.signal(signal.SIGINT, close)
    signal.signal(signal.SIGTERM, close)
    timer = QTimer(window)  # lets Python's signal handlers run while Qt waits for events
    timer.timeout.connect(_nothing)
    timer.start(SIGNAL_CHECK_MS)
    return timer


def _nothing() -> None:
    pass
