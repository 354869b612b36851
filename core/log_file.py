"""The log: a file that begins anew before it grows too long, with the one before it kept."""

import logging
from contextlib import suppress
from pathlib import Path

LONGEST = 1_000_000
"""Bytes after which another file begins."""


class LogFile(logging.FileHandler):
    """Appends records to `path`, which becomes `path` + ".1" once it is full.

    The standard library's rotating handler brings sockets, queues and pickles, which would delay every start.
    """

    def __init__(self, path: Path, longest: int = LONGEST) -> None:
        """Open `path`. Raises OSError when that is impossible."""
        super().__init__(path, encoding="utf-8")
        self._path = path
        self._longest = longest

    def emit(self, record: logging.LogRecord) -> None:
        if self.stream and self.stream.tell() >= self._longest:
            self.stream.close()
            self._begin_anew()
        super().emit(record)

    def _begin_anew(self) -> None:
        with suppress(OSError):  # Windows renames no file that another window writes to
            self._path.replace(self._path.with_name(f"{self._path.name}.1"))
        self.stream = self._open()
