"""Esc closes what is open, and clears the pad: one press, or two quick ones, must not do both."""

from collections.abc import Callable
from time import monotonic

QUIET_SECONDS = 0.5
"""How long Esc is ignored after it closed something else, or may have."""


class EscapeKey:
    """Tells an Esc meant for the page from one meant for what covered it.

    A key held down repeats, on X11 sometimes as if it were pressed again; and when a menu or dialog closes on the
    press, the repeats and the release arrive at the page. So a press counts only after some time without Esc, which
    starts again with every repeat or release whose press the page did not see.
    """

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        """`clock` tells the time in seconds."""
        self._clock = clock
        self._counts_from = clock()
        self._is_down = False

    def press(self, *, is_repeated: bool) -> bool:
        """The key was pressed. Returns whether that is meant for the page."""
        self._is_down = not is_repeated and self._clock() >= self._counts_from
        return self._is_down

    def release(self) -> None:
        """The key was released, on the page at least."""
        if not self._is_down:
            self.wait()
        self._is_down = False

    def spend(self) -> None:
        """The press closed something on the page: until the key has rested, it does nothing else."""
        self._is_down = False
        self.wait()

    def wait(self) -> None:
        """Something else has just had the keyboard."""
        self._counts_from = self._clock() + QUIET_SECONDS
