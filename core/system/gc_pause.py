"""Keep Python's garbage collector from pausing the window during imports."""

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class _Blocks:
    """The number of blocks that are running in all threads, and whether the collector was on before the first."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.count = 0
        self.was_enabled = False


_blocks = _Blocks()


@contextmanager
def nothing_collected() -> Iterator[None]:
    """Turn the garbage collector off in the block, and freeze the objects made there. Threads may overlap.

    An import creates up to half a million objects that stay for ever. Every full collection would stop all threads,
    including the window's, for a tenth of a second.
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
