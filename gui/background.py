"""Work beside the window: a thread that carries one plain function, and is never destroyed while it runs."""

import atexit
import logging
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, QThread, Signal

from core.errors import DigitPadError

log = logging.getLogger(__name__)

JOIN_MS = 20_000
_alive: set["Background"] = set()


class Background(QThread):
    """Carries one function. Connect its signals only to bound methods of objects that live in the window's thread.

    Signals
    -------
    done
        What the function returned.
    failed
        A sentence for the user, instead of `done`; an error that is no `DigitPadError` was logged with its traceback.
    """

    done = Signal(object)
    failed = Signal(str)

    def __init__(self, work: Callable[[], Any], what: str) -> None:
        """`what` begins the sentence about an unexpected error: "The training", "The export"."""
        super().__init__()  # without a parent, which could be destroyed before the work is over
        self._work = work
        self._what = what
        self.finished.connect(self._retire)

    def begin(self) -> None:
        """Start the work; from here on the object keeps itself alive until it is over."""
        if not _alive:
            _join_before_quitting()
        _alive.add(self)
        self.start()

    def run(self) -> None:
        try:
            result = self._work()
        except DigitPadError as error:
            log.info("told the user: %s", error)
            self.failed.emit(str(error))
        except Exception as error:
            log.exception("%s failed", self._what)
            self.failed.emit(
                f"{self._what} ended by an error inside DigitPad ({type(error).__name__}); "
                f"details are in {log_place()}."
            )
        else:
            self.done.emit(result)

    def _retire(self) -> None:
        self.wait()
        _alive.discard(self)


def join_background(timeout_ms: int = JOIN_MS) -> bool:
    """Wait for all work beside the window. Returns whether it is over."""
    ended = [thread.wait(timeout_ms) for thread in tuple(_alive)]
    return all(ended)


def log_place() -> str:
    """Where the log is written to, for a sentence: the newest of the files that logging was told."""
    for handler in reversed(logging.getLogger().handlers):
        if isinstance(handler, logging.FileHandler):
            return handler.baseFilename
    return "the log"


def _join_before_quitting() -> None:
    application = QCoreApplication.instance()
    if application is not None and not application.property("joinsBackground"):
        application.setProperty("joinsBackground", True)
        application.aboutToQuit.connect(join_background)
        atexit.register(join_background)  # for whoever drives the window without running the application
