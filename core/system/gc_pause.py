"""Python's garbage collector, where it is in the way."""

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class _Blocks:
    """How many blocks are under way in all threads, and whether the collector was on before the first."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.count = 0
        self.was_enabled = False


_blocks = _Blocks()


@contextmanager
def nothing_collected() -> Iterator[None]:
    """Keep Python's garbage collector away from what is made in the block, for good; several threads may be in one.

    An import makes up to half a million objects that stay for ever. Each time the collector looked through all of them
    it would stop every thread, the window's too, for a tenth of a second.
    """
    with _blocks.lock:
        if not _blocks.count:
            _blocks.was_enabled = gc.isenabled()
            gc.disable()
        _blocks.count += 1
    try:
        yield
        gc.freeze()
    finally:
        with _blocks.lock:
            _blocks.count -= 1
            if not _blocks.count and _blocks.was_enabled:
                gc.enable()
