"""How long work can be held or ended by whoever waits for it."""

from collections.abc import Callable

Checkpoint = Callable[[], None]
"""Called over and over while something long goes on: it may wait, or raise what ends the work."""


def nothing() -> None:
    """The checkpoint of work that nobody wants to end early."""
