"""What is printed where nobody could read it: a window's program has no terminal on Windows."""

import io
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager


class LoggedOutput(io.TextIOBase):
    """Stands in for a standard stream that is not there, and logs what is printed, line by line.

    What is printed before there is a log is kept until there is one.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self._log = logging.getLogger(name)
        self._kept = ""

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self._kept += text
        if "\n" in text and self._log.hasHandlers():
            whole, _, self._kept = self._kept.rpartition("\n")
            self._log_lines(whole)
        return len(text)

    def flush(self) -> None:
        if self._log.hasHandlers():
            text, self._kept = self._kept, ""
            self._log_lines(text)

    def _log_lines(self, text: str) -> None:
        for line in text.splitlines():
            if line.strip():
                self._log.info("%s", line)


@contextmanager
def missing_streams_logged() -> Iterator[None]:
    """Inside the block, `sys.stdout` and `sys.stderr` are there, for libraries too: what is None is logged instead."""
    before = (sys.stdout, sys.stderr)
    if sys.stdout is None:
        sys.stdout = LoggedOutput("stdout")
    if sys.stderr is None:
        sys.stderr = LoggedOutput("stderr")
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


def flush_logged_output() -> None:
    """Log what has been printed so far and is not logged yet."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, LoggedOutput):
            stream.flush()


def is_output_logged() -> bool:
    """Whether nobody can read what is printed."""
    return isinstance(sys.stderr, LoggedOutput)
