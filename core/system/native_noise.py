"""Keep messages of native libraries off the terminal.

TensorFlow and LiteRT write straight to file descriptor 2, bypassing Python, and have no switch for all of their
messages. They would end up between the lines of a command's output.
"""

import os
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO

_STDERR = 2


@contextmanager
def quiet_native_stderr() -> Iterator[None]:
    """Discard what any thread writes to file descriptor 2 inside the block.

    Blocks may nest and overlap between threads: the last to end restores the terminal. When a block fails, its output
    is passed on after all, because it may explain why. Does nothing without a terminal (no `sys.stderr`, or a closed
    descriptor).
    """
    _silence.enter()
    try:
        yield
    except BaseException:
        _silence.leave(pass_on=True)
        raise
    else:
        _silence.leave(pass_on=False)


class _Silence:
    """Redirects descriptor 2 to a temporary file while any block is running."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._inside = 0
        self._pass_on = False
        self._terminal: int | None = None
        self._swallowed: BinaryIO | None = None

    def enter(self) -> None:
        with self._lock:
            self._inside += 1
            if self._inside == 1:
                self._pass_on = False
                self._redirect()

    def leave(self, *, pass_on: bool) -> None:
        with self._lock:
            self._inside -= 1
            self._pass_on |= pass_on
            if self._inside == 0:
                self._restore()

    def _redirect(self) -> None:
        _flush_python()
        try:
            self._terminal = os.dup(_STDERR)
        except OSError:  # descriptor 2 is closed: its output is lost already
            return
        try:
            self._swallowed = tempfile.TemporaryFile()  # noqa: SIM115 - closed by _restore
        except OSError:  # a full disk is no reason to fail
            return
        os.dup2(self._swallowed.fileno(), _STDERR)

    def _restore(self) -> None:
        if self._terminal is None:
            return
        _flush_python()
        os.dup2(self._terminal, _STDERR)
        os.close(self._terminal)
        self._terminal = None
        if self._swallowed is None:
            return
        with self._swallowed as swallowed:
            if self._pass_on:
                swallowed.seek(0)
                with suppress(OSError):
                    os.write(_STDERR, swallowed.read())
        self._swallowed = None


_silence = _Silence()


def _flush_python() -> None:
    """Python's own buffered lines belong before the redirection, or after it."""
    if sys.stderr is not None:
        with suppress(OSError, ValueError):
            sys.stderr.flush()
