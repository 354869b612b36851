"""Time the epochs of a bare script's training."""

import time
from collections.abc import Callable
from typing import Any

import keras


class EpochStopwatch(keras.callbacks.Callback):  # type: ignore[misc]  # Keras has no types
    """Takes the time of each epoch; what `test` takes after each is not counted.

    Attributes
    ----------
    epochs
        Seconds of each.
    reached
        Pairs of seconds since the start and accuracy on the test set, after each epoch; empty without a test.
    seconds_lost
        What the tests took.
    """

    def __init__(self, test: Callable[[], float | None]) -> None:
        super().__init__()
        self.epochs: list[float] = []
        self.reached: list[tuple[float, float]] = []
        self.seconds_lost = 0.0
        self._test = test

    def on_train_begin(self, logs: dict[str, Any] | None = None) -> None:
        self._began = time.perf_counter()

    def on_epoch_begin(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        self._epoch_began = time.perf_counter()

    def on_epoch_end(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        ended = time.perf_counter()
        self.epochs.append(ended - self._epoch_began)
        accuracy = self._test()
        if accuracy is not None:
            self.reached.append((ended - self._began - self.seconds_lost, accuracy))
        self.seconds_lost += time.perf_counter() - ended
