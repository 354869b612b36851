"""Count batches and tell about them: not too often, and with pauses taken out of every time."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from core.training.events import BatchDone, Emit

EVENT_INTERVAL = 0.2
"""Seconds between two `BatchDone` events at least: as fast as numbers can be read, and too little work to slow the
training."""

_SMOOTHING_SECONDS = 3.0


class WorkClock:
    """A clock that stands still while the work is paused."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._lost = 0.0

    def __call__(self) -> float:
        """Seconds of work since some fixed moment."""
        return self._now() - self._lost

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """What happens in the block takes no time."""
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
        Where events go.
    clock
        Counts working seconds.
    images, batch_size, epochs
        Of the run; the last batch of an epoch holds what is left.
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
        self._batch_began: float | None = None  # None where the next batch's time would mislead
        self._overhead = 0.0

    def epoch_began(self, epoch: int) -> None:
        """`epoch` counts from 1."""
        self._epoch, self._batch = epoch, 0
        self._batch_began = None if epoch == 1 else self._clock()  # the first batch of all builds the graph

    def batch_done(self, loss: float, accuracy: float) -> int:
        """One more batch is over, with its own loss and accuracy. Returns the number of images in it."""
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
        """The epoch's validation took `seconds_beside_batches`; every epoch to come will pay that too."""
        self._overhead = seconds_beside_batches

    def flush(self) -> None:
        """Emit what has not been told yet."""
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
        """Follow the rate of the last few seconds."""
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
