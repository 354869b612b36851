"""Where an unexpected error becomes a log entry and one sentence in the window."""

import logging
import re
import sys
import threading
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QObject, Qt, QtMsgType, Signal, qInstallMessageHandler

from core.errors import DigitPadError
from core.system.log_file import details_clause

log = logging.getLogger(__name__)


class UnexpectedErrors(QObject):
    """Catches unhandled exceptions in any thread, and lets the app continue.

    Signals
    -------
    problem
        A sentence for the user, in the window's own thread; the same one only once.
    """

    problem = Signal(str)
    _caught = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reported: set[str] = set()
        self._previous = (sys.excepthook, threading.excepthook)
        # the hooks run in the thread that failed; the queue carries the sentence over
        self._caught.connect(self._report, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        sys.excepthook = self._on_error
        threading.excepthook = self._on_thread_error

    def uninstall(self) -> None:
        sys.excepthook, threading.excepthook = self._previous

    def _on_error(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._previous[0](kind, error, trace)
            return
        log.error("unexpected error", exc_info=(kind, error, trace))
        if isinstance(error, DigitPadError):
            self._caught.emit(str(error))
        else:
            self._caught.emit(
                f"Something went wrong inside DigitPad ({kind.__name__}), but you can continue; {details_clause()}."
            )

    def _on_thread_error(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._on_error(args.exc_type, args.exc_value, args.exc_traceback)

    def _report(self, sentence: str) -> None:
        if sentence not in self._reported:
            self._reported.add(sentence)
            self.problem.emit(sentence)


def log_qt_messages(screen_lost: Callable[[], None] = lambda: None) -> None:
    """Send Qt's messages to the log instead of the terminal.

    `screen_lost` is called, in any thread, when the screen is gone, for example at the end of the session: on some
    systems Qt then ends the process at once, without running any more Python.
    """

    def handle(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        _log_qt_message(kind, message)
        if _SCREEN_LOST.match(message):
            screen_lost()

    qInstallMessageHandler(handle)


_SCREEN_LOST = re.compile("The (X11|Wayland) connection (broke|experienced a fatal error)")


def _log_qt_message(kind: QtMsgType, message: str) -> None:
    level = logging.INFO if kind in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg) else logging.WARNING
    logging.getLogger("qt").log(level, message)


def report_problems(report: Callable[[str], None], work: Callable[[], None]) -> bool:
    """Do `work`; `report` the sentence of a `DigitPadError` instead of raising it. Returns whether it was done."""
    try:
        work()
    except DigitPadError as error:
        log.info("told the user: %s", error)
        report(str(error))
        return False
    return True
