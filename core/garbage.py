"""Python's garbage collector, where it is in the way."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def nothing_collected() -> Iterator[None]:
    """Keep Python's garbage collector away from what is made in the block, for good.

    An import makes up to half a million objects that stay for ever. Each time the collector looked through all of them
    it would stop every thread, the window's too, for a tenth of a second.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        if was_enabled:
            gc.enable()
