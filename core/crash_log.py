"""What is known of a crash that takes the whole process: Python's own trace of all threads, in a file of the process.

A lock beside each file tells a process that still runs from one that is gone.
"""

import faulthandler
import logging
import os
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from core.errors import StorageError
from core.file_lock import FileLock
from core.log_file import written_log
from core.safe_files import make_folder

log = logging.getLogger(__name__)

LONGEST = 100_000
"""Bytes of a trace that are taken over; a stack that overflowed has a long one."""


class CrashLog:
    """While it is open, a crash of this process leaves a file in a folder.

    Where that is impossible, and where somebody has turned on `faulthandler` already, it does nothing.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / f"crash-{os.urandom(8).hex()}.log"
        self._lock = FileLock(self._path.with_suffix(".lock"))
        self._file: BinaryIO | None = None

    def open(self) -> None:
        """Begin to watch over this process."""
        if faulthandler.is_enabled():
            return
        try:
            make_folder(self._path.parent)
            if self._lock.try_lock():  # first: a file whose lock is free is one of a process that is gone
                self._file = self._path.open("wb")
                faulthandler.enable(self._file)
        except (OSError, StorageError) as error:
            log.info("a crash could not be recorded: %s", error)
            self._lock.release()

    def close(self) -> None:
        """The process ends as it should; what was recorded all the same, as Windows does now and then, is logged."""
        if self._file is None:
            return
        faulthandler.disable()
        self._file.close()
        self._file = None
        text = _read(self._path)
        if text:
            log.warning("recorded without a crash:\n%s", text)
        _remove(self._path)
        self._lock.release()


def take_over_crashes(folder: Path) -> Path | None:
    """Move what crashed processes left in `folder` into the log.

    Returns
    -------
    Path | None
        Where the details of the latest crash are: the log, or the crash's own file where there is no log; None when
        nothing has crashed since the last call.
    """
    found = None
    with suppress(OSError):
        for path in sorted(folder.glob("crash-*.log"), key=lambda path: path.stat().st_mtime):
            lock = FileLock(path.with_suffix(".lock"))
            if lock.try_lock():
                found = _move_to_log(path) or found
                lock.release()
    return found


def _move_to_log(path: Path) -> Path | None:
    """Move the crash in the file at `path` into the log; return where it is now, None where there was none."""
    text = _read(path)
    if not text:
        _remove(path)
        return None
    log.error("DigitPad ended unexpectedly:\n%s", text)
    kept = written_log()
    if kept is None:
        return path
    _remove(path)
    return kept


def _read(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(LONGEST).decode(errors="replace").strip()
    except OSError:  # another window was faster
        return ""


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink()
