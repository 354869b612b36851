"""Pause, resume and stop a training run from another thread."""

import threading

from core.datasets.source import TestDigits
from core.digits.arrays import Image


class RunStopped(Exception):
    """Raised inside the run by `TrainingControl.checkpoint` once a stop was asked for."""


class TrainingControl:
    """Pause, resume and stop a run from another thread; the run polls it between batches.

    Also carries the digit on the pad into the run, and the user's choice when the run needs one.

    Attributes
    ----------
    tests
        The digits that the run's model is tested on, from the moment when they are read: other models can be tested on
        the very same, while those in a file or store change.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._paused = False
        self._stopped = False
        self._choice: bool | None = None
        self._canvas: Image | None = None
        self.tests: TestDigits | None = None

    # called by the window

    def pause(self) -> None:
        with self._changed:
            self._paused = True

    def resume(self) -> None:
        with self._changed:
            self._paused = False
            self._changed.notify_all()

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

    # called by the run

    @property
    def is_paused(self) -> bool:
        with self._changed:
            return self._paused

    def digit_on_pad(self) -> Image | None:
        with self._changed:
            return self._canvas

    def checkpoint(self) -> None:
        """Wait while paused; raise `RunStopped` after a stop."""
        with self._changed:
            self._changed.wait_for(lambda: self._stopped or not self._paused)
            if self._stopped:
                raise RunStopped

    def wait_for_choice(self) -> bool:
        """Wait for the answer to a `ChoiceNeeded`, and consume it."""
        with self._changed:
            self._changed.wait_for(lambda: self._choice is not None)
            choice, self._choice = self._choice, None
            return bool(choice)
