"""Count batches and report progress: not too often, and without the time of pauses."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from core.training.events import BatchDone, Emit

EVENT_INTERVAL = 0.2
"""Least seconds between two `BatchDone` events: fast enough to read, and too seldom to slow down the training."""

_SMOOTHING_SECONDS = 3.0


class WorkClock:
    """A clock that stops while the run is paused."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._lost = 0.0

    def __call__(self) -> float:
        """Seconds of work since some fixed moment."""
        return self._now() - self._lost

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """Stop the clock in the block."""
        began = self._now()
        try:
            yield
        finally:
            self._lost += self._now() - began


class Progress:
    """Turns batches into `BatchDone` events with a rate and the time left.

    Parameters
    ----------
    emit
        Receives the events.
    clock
        Counts seconds of work.
    images, batch_size, epochs
        Of the run; the last batch of an epoch may be smaller.
    """

    def __init__(self, emit: Emit, clock: WorkClock, *, images: int, batch_size: int, epochs: int) -> None:
        self.batches_per_epoch = -(-images // batch_size)
        self._emit = emit
        self._clock = clock
        self._images = images
        self._batch_size = batch_size
        self._epochs = epochs
        self._epoch = 1
        self._batch = 0
        self._losses: list[float] = []
        self._accuracies: list[float] = []
        self._emitted_at = -EVENT_INTERVAL
        self._rate: float | None = None
        self._batch_began: float | None = None  # None when the time of the next batch is not typical
        self._overhead = 0.0

    def epoch_began(self, epoch: int) -> None:
        """`epoch` counts from 1."""
        self._epoch, self._batch = epoch, 0
        self._batch_began = None if epoch == 1 else self._clock()  # the first batch of all builds the graph

    def batch_done(self, loss: float, accuracy: float) -> int:
        """Another batch is done, with its own loss and accuracy. Returns its number of images."""
        self._batch += 1
        images = min(self._batch_size, self._images - (self._batch - 1) * self._batch_size)
        self._losses.append(loss)
        self._accuracies.append(accuracy)
        now = self._clock()
        self._measure(images, now)
        if now - self._emitted_at >= EVENT_INTERVAL or self._batch == self.batches_per_epoch:
            self.flush()
        return images

    def epoch_done(self, seconds_beside_batches: float) -> None:
        """The epoch's validation took `seconds_beside_batches`; every further epoch will take them, too."""
        self._overhead = seconds_beside_batches

    def flush(self) -> None:
        """Emit everything that has not been reported yet."""
        if not self._losses:
            return
        self._emitted_at = self._clock()
        done = BatchDone(
            epoch=self._epoch,
            batch=self._batch,
            losses=tuple(self._losses),
            accuracies=tuple(self._accuracies),
            images_per_second=self._rate or 0.0,
            seconds_left=self._seconds_left(),
        )
        self._losses, self._accuracies = [], []
        self._emit(done)

    def _measure(self, images: int, now: float) -> None:
        """Update the rate of the last few seconds."""
        began, self._batch_began = self._batch_began, now
        if began is None:
            return
        seconds = max(now - began, 1e-6)
        if self._rate is None:
            self._rate = images / seconds
            return
        weight = min(seconds / _SMOOTHING_SECONDS, 1.0)
        self._rate = 1 / ((1 - weight) / self._rate + weight * seconds / images)

    def _seconds_left(self) -> float:
        if not self._rate:
            return 0.0
        this_epoch = self._images - min(self._batch * self._batch_size, self._images)
        epochs_to_come = self._epochs - self._epoch
        images = this_epoch + epochs_to_come * self._images
        return images / self._rate + (epochs_to_come + 1) * self._overhead
