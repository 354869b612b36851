"""Checkpoints, at which long work can be paused or ended."""

from collections.abc import Callable

Checkpoint = Callable[[], None]
"""Called repeatedly during long work: it may wait, or raise an exception that ends the work."""


def no_checkpoint() -> None:
    """The checkpoint of work that cannot be paused or ended."""
