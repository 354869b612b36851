"""Pause, resume, slow down and stop a training run from another thread."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from core.datasets.source import TestDigits
from core.digits.arrays import Image
from core.training.snapshots import Snapshots

SLOWEST, FASTEST = 0.1, 20.0
"""Batches a second in slow motion."""


class RunStopped(Exception):
    """Raised inside the run by `TrainingControl.checkpoint` once a stop was asked for."""


class TrainingControl:
    """Pause, resume, slow down and stop a run from another thread; the run polls it between batches.

    Also carries the digit on the pad and another learning rate into the run, and the user's choice when it needs one.

    Attributes
    ----------
    tests
        The digits that the run's model is tested on, from the moment when they are read: other models can be tested on
        the very same, while those in a file or store change.
    snapshots
        Gets a snapshot after each epoch; None where nobody looks back.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._paused = False
        self._stopped = False
        self._steps = 0
        self._in_step = False
        self._speed: float | None = None
        self._batch_ended: float | None = None
        self._rate: float | None = None
        self._choice: bool | None = None
        self._canvas: Image | None = None
        self._is_digit_new = False
        self._look: Callable[[], None] = _look_at_nothing
        self.tests: TestDigits | None = None
        self.snapshots: Snapshots | None = None

    # called by the window

    def pause(self) -> None:
        with self._changed:
            self._paused = True

    def resume(self) -> None:
        with self._changed:
            self._paused = self._in_step = False
            self._steps = 0
            self._changed.notify_all()

    def step(self) -> None:
        """Go on for one batch, and pause again after it."""
        with self._changed:
            self._paused = True
            self._steps += 1
            self._changed.notify_all()

    def set_speed(self, batches_per_second: float | None) -> None:
        """Go on in slow motion, in [`SLOWEST`, `FASTEST`]; None: as fast as possible."""
        with self._changed:
            limited = batches_per_second and min(max(batches_per_second, SLOWEST), FASTEST)
            self._speed = limited or None
            self._changed.notify_all()

    def set_learning_rate(self, rate: float) -> None:
        """Learn at `rate` from the next batch on; with a schedule, as if that had been its peak."""
        with self._changed:
            self._rate = rate

    def stop(self, *, keep: bool | None = None) -> None:
        """Stop the run within a batch. `keep` answers in advance whether to keep the best epoch so far."""
        with self._changed:
            self._stopped = True
            if keep is not None:
                self._choice = keep
            self._changed.notify_all()

    def choose(self, keep: bool) -> None:
        """Answer a `ChoiceNeeded`."""
        with self._changed:
            self._choice = keep
            self._changed.notify_all()

    def show_digit(self, image: Image | None) -> None:
        """Pass the digit on the pad, uint8 `(28, 28)`, to the run; None for a blank pad."""
        with self._changed:
            self._canvas = image
            self._is_digit_new = image is not None
            self._changed.notify_all()

    # called by the run

    @property
    def is_paused(self) -> bool:
        with self._changed:
            return self._paused

    @property
    def is_slow(self) -> bool:
        """Whether single batches are looked at: in a pause, step by step, or in slow motion."""
        with self._changed:
            return self._paused or self._speed is not None

    def digit_on_pad(self) -> Image | None:
        with self._changed:
            return self._canvas

    def take_learning_rate(self) -> float | None:
        """The learning rate that was asked for since the last call; None for no other."""
        with self._changed:
            rate, self._rate = self._rate, None
            return rate

    @contextmanager
    def looking(self, look: Callable[[], None]) -> Iterator[None]:
        """In the block, call `look`, in the run's thread, when the digit on the pad changes while the run waits.

        Not longer: it may lead back to whoever owns this control.
        """
        self._look = look
        try:
            yield
        finally:
            self._look = _look_at_nothing

    def batch_done(self) -> None:
        """Another batch is learned: a single step ends, and slow motion begins to wait for the next one."""
        with self._changed:
            self._in_step = False
            self._batch_ended = time.monotonic()

    def checkpoint(self) -> None:
        """Wait while paused or slowed down; raise `RunStopped` after a stop."""
        while self._wait():
            self._look()

    def wait_for_choice(self) -> bool:
        """Wait for the answer to a `ChoiceNeeded`, and consume it."""
        with self._changed:
            self._changed.wait_for(lambda: self._choice is not None)
            choice, self._choice = self._choice, None
            return bool(choice)

    def _wait(self) -> bool:
        """Wait until the run may go on, which returns False, or there is a digit to look at meanwhile."""
        with self._changed:
            while not self._stopped and self._must_wait():
                if self._is_digit_new:
                    self._is_digit_new = False
                    return True
                self._changed.wait(None if self._paused else self._seconds_left())
            if self._stopped:
                raise RunStopped
            return False

    def _must_wait(self) -> bool:
        if not self._paused:
            return self._seconds_left() > 0
        if self._steps and not self._in_step:
            self._steps -= 1
            self._in_step = True
        return not self._in_step

    def _seconds_left(self) -> float:
        """Until the next batch may begin in slow motion."""
        if self._speed is None or self._batch_ended is None:
            return 0.0
        return self._batch_ended + 1 / self._speed - time.monotonic()


def _look_at_nothing() -> None:
    """Before a run begins, nobody can answer."""
