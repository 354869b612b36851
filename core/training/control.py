"""Pause, resume and stop a training run from outside."""

import threading

from core.digits.arrays import Image


class RunStopped(Exception):
    """Raised inside the run by `TrainingControl.checkpoint` once a stop was asked for."""


class TrainingControl:
    """Pause, resume and stop a run from another thread; the run polls it between batches.

    Also carries the digit on the pad into the run, and the user's choice when the run needs one.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._paused = False
        self._stopped = False
        self._choice: bool | None = None
        self._canvas: Image | None = None

    # called by the window

    def pause(self) -> None:
        with self._changed:
            self._paused = True

    def resume(self) -> None:
        with self._changed:
            self._paused = False
            self._changed.notify_all()

    def stop(self, *, keep: bool | None = None) -> None:
        """End the run within a batch. `keep` answers at once whether the best epoch so far is kept."""
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
        """Put the digit on the pad, uint8 `(28, 28)`, where the run finds it; None for a blank pad."""
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
        """Wait while paused; raise `RunStopped` once a stop was asked for."""
        with self._changed:
            self._changed.wait_for(lambda: self._stopped or not self._paused)
            if self._stopped:
                raise RunStopped

    def wait_for_choice(self) -> bool:
        """Wait for, and use up, the answer to a `ChoiceNeeded`."""
        with self._changed:
            self._changed.wait_for(lambda: self._choice is not None)
            choice, self._choice = self._choice, None
            return bool(choice)
