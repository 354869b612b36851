"""Esc closes what is open, and clears the pad: the same press, or the next one of a quick hand, must not do both."""

from collections.abc import Callable
from time import monotonic

QUIET_SECONDS = 0.5
"""After something else was closed with Esc, or may have been."""


class EscapeKey:
    """Tells an Esc that is meant for the page from one that was meant for what covered it.

    A key that is held repeats itself, on X11 now and then as if it were pressed anew; and where a menu or dialog closes
    as it is pressed, its repetitions and its release arrive at the page. So a press counts only after some quiet, which
    is broken by whatever the page did not see the beginning of.
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

    def wait(self) -> None:
        """Something else has just had the keyboard."""
        self._counts_from = self._clock() + QUIET_SECONDS
