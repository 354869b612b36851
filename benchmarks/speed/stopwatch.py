"""Time the epochs of a bare script's training."""

import time
from typing import Any

import keras


class EpochStopwatch(keras.callbacks.Callback):  # type: ignore[misc]  # Keras has no types
    """Takes the time of each epoch.

    Attributes
    ----------
    epochs
        Seconds of each.
    """

    def __init__(self) -> None:
        super().__init__()
        self.epochs: list[float] = []

    def on_epoch_begin(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        self._began = time.perf_counter()

    def on_epoch_end(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        self.epochs.append(time.perf_counter() - self._began)
