"""Background work: a thread that runs one plain function, and that Qt destroys after its end, never before."""

import atexit
import logging
import os
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from PySide6.QtCore import QDeadlineTimer, QThread, Signal

from core.errors import DigitPadError
from core.system.log_file import details_clause

log = logging.getLogger(__name__)

JOIN_MS = 10_000
HAND_OVER_SECONDS = 0.0005
NICENESS = 5
"""With more, a thread that holds the GIL, which the window waits for, might get no core beside other work."""
_alive: set["Background"] = set()
_is_joined_at_exit = False

Checkpoint = Callable[[], None]
"""Long work calls it now and then; it raises Cancelled once the work was cancelled."""


class Cancelled(Exception):
    """Raised by a checkpoint once the work was cancelled."""


class Background(QThread):
    """Runs one function. Connect its signals only to bound methods of objects that live in the window's thread.

    Signals
    -------
    done
        What the function returned.
    failed
        A sentence for the user, instead of `done`; an error that is no `DigitPadError` was logged with its traceback.
    finished
        The last one, whatever came before; alone where the work was cancelled.
    """

    done = Signal(object)
    failed = Signal(str)

    def __init__(self, work: Callable[[Checkpoint], Any], what: str, *, can_be_left: bool = False) -> None:
        """`what` begins the sentence about an unexpected error: "The training", "The export".

        Work that `can_be_left` does not delay the end of the process: nothing is lost with it.
        """
        super().__init__()  # without a parent, which could be destroyed before the work is over
        self.can_be_left = can_be_left
        self._work = work
        self._what = what
        self._is_over = False
        self._cancelled = threading.Event()
        self.finished.connect(self._retire)

    def begin(self) -> None:
        """Start the work; from here on the object keeps itself alive until it is over.

        Then Qt destroys it. After that only `is_over` and `cancel`, which then has no effect, may be called.
        """
        _settle_at_exit()
        # by default a waiting thread waits ten times as long for the GIL, and the window's thread waits often
        sys.setswitchinterval(HAND_OVER_SECONDS)
        _alive.add(self)
        self.start()

    def cancel(self) -> None:
        """End the work at its next checkpoint. What it has answered by then may still arrive."""
        self._cancelled.set()

    def is_over(self) -> bool:
        """Whether the work has ended, in whatever way."""
        return self._is_over

    def run(self) -> None:
        _give_way()
        try:
            result = self._work(self._checkpoint)
        except Cancelled:
            log.info("%s was cancelled", self._what)
        except DigitPadError as error:
            log.info("told the user: %s", error)
            self.failed.emit(str(error))
        except Exception as error:
            log.exception("%s failed", self._what)
            self.failed.emit(
                f"{self._what} failed because of an error inside DigitPad ({type(error).__name__}); {details_clause()}."
            )
        else:
            self.done.emit(result)
        finally:
            self._is_over = True

    def _checkpoint(self) -> None:
        if self._cancelled.is_set():
            raise Cancelled

    def _retire(self) -> None:
        self.wait()
        del self._work  # it may reference this object, or other QObjects
        # Not left to Python: whoever began the work may be part of a reference cycle, and the garbage collector would
        # then destroy this object in whichever thread it runs.
        self.deleteLater()
        _alive.discard(self)

    def __str__(self) -> str:
        return self._what


def _give_way() -> None:
    """Let this thread, and all that it will start, leave the cores to the window whenever that has something to do.

    Only on Linux, where threads have a niceness of their own and Qt's priorities change nothing.
    """
    if sys.platform == "linux":
        thread = threading.get_native_id()
        with suppress(OSError):  # a sandbox forbids it
            os.setpriority(os.PRIO_PROCESS, thread, max(NICENESS, os.getpriority(os.PRIO_PROCESS, thread)))


def join_background(timeout_ms: int = JOIN_MS, *, leave: bool = False) -> bool:
    """Cancel all background work and wait for its end; with `leave`, not for what can be left behind.

    Returns whether what was waited for is over.
    """
    threads = tuple(_alive)
    for thread in threads:
        thread.cancel()
    deadline = QDeadlineTimer(timeout_ms)
    ended = [thread.wait(deadline) for thread in threads if not (leave and thread.can_be_left)]
    return all(ended)


def settle(exit_code: int, timeout_ms: int = JOIN_MS, *, leave: bool = False) -> int:
    """End all background work before the process ends, and return `exit_code`.

    Work that does not end in time, because it hangs in a library or a file system, is left behind, and so is, with
    `leave`, what can be: the process ends here and now with `exit_code`. Qt would abort it for destroying a thread that
    runs. No file suffers: all are written aside and renamed.
    """
    join_background(timeout_ms, leave=leave)
    running = [thread for thread in _alive if thread.isRunning()]
    if not running:
        return exit_code
    is_expected = all(thread.can_be_left for thread in running)
    log.log(logging.INFO if is_expected else logging.ERROR, "left behind: %s", ", ".join(map(str, running)))
    logging.shutdown()
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()
    os._exit(exit_code)


def _settle_at_exit() -> None:
    """End background work at exit also where the application is not run, as in scripts.

    Python ignores exit handlers that are registered while exit handlers run, and HDF5 crashes without its own. So an
    import under way is waited for before that, when Python waits for its own threads.
    """
    global _is_joined_at_exit
    atexit.unregister(settle)
    atexit.register(settle, 1)
    if not _is_joined_at_exit:
        _is_joined_at_exit = True
        threading._register_atexit(join_background)  # type: ignore[attr-defined]
