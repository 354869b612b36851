"""How a process ended that did not end as it should: what is known of it lies in a file of its own, beside the log.

That is Python's own trace of all threads where a library crashed, the traceback of an error that nobody caught, and
nothing where the process was killed. A lock beside each file tells a process that still runs from one that is gone.
"""

import faulthandler
import logging
import os
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from core.errors import StorageError
from core.system.file_lock import FileLock
from core.system.log_file import written_log
from core.system.program import program_line
from core.system.safe_files import make_folder

log = logging.getLogger(__name__)

WINDOW = "window"
LONGEST = 100_000
"""Bytes of a trace that are taken over; a stack that overflowed has a long one."""

_NAME = "DigitPad"
_PREFIX = "crash-"
_CLOSING = "From here on it was about to end.\n"


class CrashLog:
    """While it is open, an end of this process that nobody wanted leaves a file in a folder.

    Where that is impossible, and where somebody has turned on `faulthandler` already, it does nothing.
    """

    def __init__(self, folder: Path, what: str) -> None:
        """`what` runs in this process: `WINDOW`, or a command's name."""
        self._what = what
        self._path = folder / f"{_PREFIX}{what}-{os.urandom(8).hex()}.log"
        self._lock = FileLock(self._path.with_suffix(".lock"))
        self._file: BinaryIO | None = None
        self._is_expected = False
        self._is_kept = False

    def open(self) -> None:
        """Begin to watch over this process."""
        if faulthandler.is_enabled():
            return
        try:
            make_folder(self._path.parent)
            if not self._lock.try_lock():  # first: a file whose lock is free is one of a process that is gone
                log.info("a crash could not be recorded: nothing can be locked in %s", self._path.parent)
                return
            self._file = self._path.open("ab", buffering=0)
            faulthandler.enable(self._file)
        except (OSError, StorageError) as error:
            log.info("a crash could not be recorded: %s", error)
            self._lock.release()
            return
        self._write(f"{program_line()}: {self._what}, begun at {_time(time.time())}\n")

    def expect_end(self) -> None:
        """From here on the process may end in any way, as when the session ends; only a crash is still recorded."""
        if self._file is None or self._is_expected:
            return
        self._is_expected = True
        if not self._write(_CLOSING):
            _remove(self._path)  # a file that does not say so tells of an end that nobody wanted

    def record(self, error: BaseException) -> None:
        """The process ends by an `error` that nobody caught: keep its traceback for the next start."""
        import traceback  # as nearly never

        self._is_kept = True
        self._write("".join(traceback.format_exception(error))[:LONGEST])

    def close(self) -> None:
        """The process ends as it should; what was recorded all the same, as Windows does now and then, is logged.

        After `record` the file stays, for the next start to take over.
        """
        if self._file is None:
            return
        faulthandler.disable()
        if not self._is_kept:
            self._log_harmless()
            self.expect_end()
        self._file.close()
        self._file = None
        if not self._is_kept:
            _remove(self._path)
        with suppress(OSError):
            self._lock.release()

    def _log_harmless(self) -> None:
        with suppress(OSError):  # it may be gone with its folder
            record = _read(self._path)
            if record.text:
                log.warning("recorded without a crash:\n%s", record.text)

    def _write(self, text: str) -> bool:
        """Returns whether all of it is in the file; a full disk stops nobody."""
        if self._file is None:
            return False
        content = text.encode(errors="backslashreplace")
        try:
            return self._file.write(content) == len(content)
        except OSError:
            return False


@dataclass(frozen=True, slots=True)
class Crash:
    """An end of the window that nobody wanted.

    Attributes
    ----------
    details
        The file that says what happened: the log, or the crash's own where there is no log. None where nothing was
        left: the process was killed, or the computer was switched off, or the disk was full.
    """

    details: Path | None


def take_over_crashes(folder: Path) -> Crash | None:
    """Move what processes left in `folder` that did not end as they should into the log.

    Returns
    -------
    Crash | None
        The latest crash of the window since the last call, one with details before one without; None where there was
        none. What a command left is logged, and nothing more: whoever ran it has seen it end.
    """
    found = [crash for path in _crash_files(folder) if (crash := _take_over(path)) is not None]
    _remove_free_locks(folder)
    with_details = [crash for crash in found if crash.details is not None]
    return (with_details or found)[-1] if found else None


@dataclass(frozen=True, slots=True)
class _Record:
    """What a process left: which one it was, and what was written before and after it was about to end."""

    process: str
    before: str
    is_expected: bool
    after: str

    @property
    def text(self) -> str:
        """All that was recorded."""
        return (self.before + self.after).strip()

    @property
    def trace(self) -> str:
        """What is recorded of the end: a process that came to the point of ending did not crash before."""
        return (self.after if self.is_expected else self.before).strip()


def _crash_files(folder: Path) -> list[Path]:
    """The oldest first."""
    with suppress(OSError):
        return sorted(folder.glob(f"{_PREFIX}*.log"), key=_changed_at)
    return []


def _remove_free_locks(folder: Path) -> None:
    """Those of processes that are gone and have left nothing else, as where the disk was full."""
    with suppress(OSError):
        for path in folder.glob(f"{_PREFIX}*.lock"):
            lock = FileLock(path)
            if not path.with_suffix(".log").exists() and lock.try_lock():
                with suppress(OSError):
                    lock.release()


def _changed_at(path: Path) -> float:
    """When the file was written last, in seconds since 1970; 0 where nobody knows."""
    with suppress(OSError):
        return path.stat().st_mtime
    return 0.0


def _take_over(path: Path) -> Crash | None:
    """Move the record at `path` into the log, unless its process still runs or it cannot be read."""
    lock = FileLock(path.with_suffix(".lock"))
    if not lock.try_lock():
        return None
    try:
        return _move_to_log(path)
    except OSError as error:  # another window may have been faster
        log.info("cannot take over %s: %s", path, error)
        return None
    finally:
        with suppress(OSError):
            lock.release()


def _move_to_log(path: Path) -> Crash | None:
    ended_at, record = _changed_at(path), _read(path)
    if record.is_expected and not record.trace:
        _remove(path)
        return None
    if record.trace:
        log.error("%s, ended unexpectedly at %s:\n%s", record.process, _time(ended_at), record.trace)
    else:
        log.warning("%s, did not end as it should and left no trace of why", record.process)
    details = (written_log() or path) if record.trace else None
    if details != path:
        _remove(path)
    return Crash(details) if path.name.startswith(f"{_PREFIX}{WINDOW}-") else None


def _read(path: Path) -> _Record:
    """Raises OSError."""
    with path.open("rb") as file:
        text = file.read(LONGEST).decode(errors="replace").replace("\r\n", "\n")
    process, _, rest = text.partition("\n") if text.startswith(_NAME) else (_NAME, "", text)  # the disk was full
    before, closing, after = rest.partition(_CLOSING)
    return _Record(process, before, bool(closing), after)


def _time(seconds: float) -> str:
    return time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(seconds))


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink()
