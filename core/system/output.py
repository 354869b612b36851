"""Standard output and error: logged when they do not exist, as for a windowed program on Windows."""

import io
import logging
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TextIO, cast


class OutputError(OSError):
    """A standard stream cannot be written to: its reader is gone, or its disk is full."""


class LoggedOutput(io.TextIOBase):
    """Stands in for a missing standard stream and logs what is printed, line by line.

    Several threads may print at the same time: their lines are kept apart. What is printed before logging is set up is
    kept until then.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self._log = logging.getLogger(name)
        self._lock = threading.RLock()  # never held while logging, which may print
        self._kept: dict[int, str] = {}  # by thread

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        thread, whole = threading.get_ident(), ""
        with self._lock:
            kept = self._kept.pop(thread, "") + text
            if "\n" in text and self._log.hasHandlers():
                whole, _, kept = kept.rpartition("\n")
            if kept:
                self._kept[thread] = kept
        self._log_lines(whole)
        return len(text)

    def flush(self) -> None:
        """Log what this thread has printed."""
        if self._log.hasHandlers():
            with self._lock:
                text = self._kept.pop(threading.get_ident(), "")
            self._log_lines(text)

    def flush_all(self) -> None:
        """Log what any thread has printed."""
        if self._log.hasHandlers():
            with self._lock:
                texts, self._kept = [*self._kept.values()], {}
            for text in texts:
                self._log_lines(text)

    def _log_lines(self, text: str) -> None:
        for line in text.splitlines():
            if line.strip():
                self._log.info("%s", line)


class _WatchedOutput:
    """A standard stream whose errors differ from those of other files."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        with _output_errors():
            return self._stream.write(text)

    def flush(self) -> None:
        with _output_errors():
            self._stream.flush()


@contextmanager
def _output_errors() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutputError(error.errno, error.strerror) from error


@contextmanager
def usable_output() -> Iterator[None]:
    """Make `sys.stdout` and `sys.stderr` usable in the block, for libraries too: one that is None is logged instead.

    Failing writes raise `OutputError`.
    """
    before = (sys.stdout, sys.stderr)
    sys.stdout, sys.stderr = _usable(sys.stdout, "stdout"), _usable(sys.stderr, "stderr")
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


def _usable(stream: TextIO | None, name: str) -> TextIO:
    return cast(TextIO, LoggedOutput(name) if stream is None else _WatchedOutput(stream))


def flush_logged_output() -> None:
    """Log what has been printed and not been logged yet."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, LoggedOutput):
            stream.flush_all()


def is_logged(stream: TextIO | None) -> bool:
    """Whether `stream` stands in for a missing one and logs what is printed."""
    return isinstance(stream, LoggedOutput)
