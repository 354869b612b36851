"""The log file, with one backup when it gets too large."""

import logging
import sys
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from core.wording.system_messages import LogMessage

LONGEST = 1_000_000
"""Bytes after which a new file begins."""


class LogFile(logging.FileHandler):
    """Appends records to `path`, which is renamed to `path` + ".1" when it is full. Logging never raises.

    The standard library's rotating handler imports sockets, queues and pickle, which would delay every start.

    Attributes
    ----------
    is_failing
        Whether the last record could not be written.
    """

    def __init__(self, path: Path, longest: int = LONGEST) -> None:
        """Open `path`. Raises OSError when it cannot be opened."""
        super().__init__(path, encoding="utf-8")
        self._path = path
        self._longest = longest
        self._has_said_so = False
        self.is_failing = False

    def _begin_anew(self, full: TextIO) -> None:
        self.stream = None  # if no new file can be opened, the next record tries again
        with suppress(OSError):
            full.close()
        with suppress(OSError):  # Windows cannot rename a file that another window is writing to
            self._path.replace(self._path.with_name(f"{self._path.name}.1"))
        self.stream = self._open()

    def _say_once(self, problem: str | None) -> None:
        is_said, self._has_said_so = self._has_said_so, True  # first: printing may be logged
        if not is_said and sys.stderr is not None:
            sys.stderr.write(f"{LogMessage.UNWRITABLE(reason=problem)}\n")

    def emit(self, record: logging.LogRecord) -> None:
        self.is_failing = False
        try:
            if self.stream is not None and self.stream.tell() >= self._longest:
                self._begin_anew(self.stream)
            super().emit(record)
        except Exception:
            self.handleError(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        self.is_failing = True
        error = sys.exception()
        with suppress(OSError, ValueError):  # standard error may be closed
            if not isinstance(error, OSError):
                super().handleError(record)
            elif record.levelno >= logging.WARNING:  # the rest is not important
                self._say_once(error.strerror)

    def close(self) -> None:
        with suppress(OSError):  # the disk may be full
            super().close()


def written_log() -> Path | None:
    """The path of the log; None when there is none, or its last record could not be written."""
    for handler in reversed(logging.getLogger().handlers):
        if isinstance(handler, LogFile):
            return None if handler.is_failing else Path(handler.baseFilename)
    return None


def details_clause() -> str:
    """Where the details of the error just logged are, for a sentence: "details are in FILE"."""
    written = written_log()
    if written is not None:
        return str(LogMessage.DETAILS_IN_FILE(path=written))
    if any(type(handler) is logging.StreamHandler for handler in logging.getLogger().handlers):
        return str(LogMessage.DETAILS_IN_TERMINAL())
    return str(LogMessage.DETAILS_LOST())
