"""Record how a process ended unexpectedly, in a file of its own beside the log.

The file gets faulthandler's trace of all threads when a library crashes, or the traceback of an uncaught error; it is
empty when the process was killed. A lock beside each file tells a running process from one that has ended.
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
"""The most bytes of a trace that are moved to the log; that of a stack overflow is long."""

_NAME = "DigitPad"
_PREFIX = "crash-"
_CLOSING = "From here on it was about to end.\n"


class CrashLog:
    """While it is open, an unexpected end of this process leaves a file in a folder.

    Does nothing when no file can be written, or `faulthandler` is already enabled.
    """

    def __init__(self, folder: Path, what: str) -> None:
        """`what` is running in this process: `WINDOW`, or the name of a command."""
        self._what = what
        self._path = folder / f"{_PREFIX}{what}-{os.urandom(8).hex()}.log"
        self._lock = FileLock(self._path.with_suffix(".lock"))
        self._file: BinaryIO | None = None
        self._is_expected = False
        self._is_kept = False

    def open(self) -> None:
        """Start recording."""
        if faulthandler.is_enabled():
            return
        try:
            make_folder(self._path.parent)
            if not self._lock.try_lock():  # first: a file whose lock is free belongs to a process that has ended
                log.info("a crash could not be recorded: no file can be locked in %s", self._path.parent)
                return
            self._file = self._path.open("ab", buffering=0)
            faulthandler.enable(self._file)
        except (OSError, StorageError) as error:
            log.info("a crash could not be recorded: %s", error)
            self._lock.release()
            return
        self._write(f"{program_line()}: {self._what}, begun at {_time(time.time())}\n")

    def expect_end(self) -> None:
        """From now on the process may be ended, as at the end of a session; only a crash is still recorded."""
        if self._file is None or self._is_expected:
            return
        self._is_expected = True
        if not self._write(_CLOSING):
            _remove(self._path)  # a file without that line would count as an unexpected end

    def record(self, error: BaseException) -> None:
        """The process ends with an uncaught `error`: keep its traceback for the next start."""
        import traceback  # here: hardly ever needed

        self._is_kept = True
        self._write("".join(traceback.format_exception(error))[:LONGEST])

    def close(self) -> None:
        """The process ends normally; anything recorded nevertheless, which happens on Windows, is logged.

        After `record`, the file stays for the next start.
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
        with suppress(OSError):  # it may have been deleted with its folder
            record = _read(self._path)
            if record.text:
                log.warning("recorded without a crash:\n%s", record.text)

    def _write(self, text: str) -> bool:
        """Write `text`, and return whether that worked; a full disk is no reason to stop."""
        if self._file is None:
            return False
        content = text.encode(errors="backslashreplace")
        try:
            return self._file.write(content) == len(content)
        except OSError:
            return False


@dataclass(frozen=True, slots=True)
class Crash:
    """An unexpected end of the window.

    Attributes
    ----------
    details
        The file with the details: the log, or the crash's own file when there is no log. None without details: the
        process was killed, the computer was switched off, or the disk was full.
    """

    details: Path | None


def take_over_crashes(folder: Path) -> Crash | None:
    """Move the records of crashed processes in `folder` to the log.

    Returns
    -------
    Crash | None
        The latest crash of the window since the last call, preferably one with details; None when there was none.
        Crashes of commands are only logged: their user has seen them.
    """
    found = [crash for path in _crash_files(folder) if (crash := _take_over(path)) is not None]
    _remove_free_locks(folder)
    with_details = [crash for crash in found if crash.details is not None]
    return (with_details or found)[-1] if found else None


@dataclass(frozen=True, slots=True)
class _Record:
    """The record of a process: its name, and the text before and after its expected end."""

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
        """The record of the end: a process that reached its expected end had not crashed before."""
        return (self.after if self.is_expected else self.before).strip()


def _crash_files(folder: Path) -> list[Path]:
    """The records in `folder`, the oldest first."""
    with suppress(OSError):
        return sorted(folder.glob(f"{_PREFIX}*.log"), key=_changed_at)
    return []


def _remove_free_locks(folder: Path) -> None:
    """Delete locks of ended processes that left no record, as on a full disk."""
    with suppress(OSError):
        for path in folder.glob(f"{_PREFIX}*.lock"):
            lock = FileLock(path)
            if not path.with_suffix(".log").exists() and lock.try_lock():
                with suppress(OSError):
                    lock.release()


def _changed_at(path: Path) -> float:
    """When the file was last written, in seconds since 1970; 0 when that is not known."""
    with suppress(OSError):
        return path.stat().st_mtime
    return 0.0


def _take_over(path: Path) -> Crash | None:
    """Move the record at `path` to the log, unless its process is still running or it cannot be read."""
    lock = FileLock(path.with_suffix(".lock"))
    if not lock.try_lock():
        return None
    try:
        return _move_to_log(path)
    except OSError as error:  # another window may have been faster
        log.info("the crash record %s cannot be moved: %s", path, error)
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
        log.warning("%s, ended unexpectedly; the reason is not known", record.process)
    details = (written_log() or path) if record.trace else None
    if details != path:
        _remove(path)
    return Crash(details) if path.name.startswith(f"{_PREFIX}{WINDOW}-") else None


def _read(path: Path) -> _Record:
    """Read the record at `path`. Raises OSError."""
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
