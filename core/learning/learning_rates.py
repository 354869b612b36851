"""Learning rates that can be changed while a network learns.

Import only after `core.learning.backend.load_tensorflow`.
"""

from typing import Any

import keras
import tensorflow as tf


class ScaledSchedule(keras.optimizers.schedules.LearningRateSchedule):  # type: ignore[misc]  # Keras has no types
    """Another schedule, multiplied by a factor, which compiled steps read anew each time.

    Attributes
    ----------
    factor
        tf.Variable, float32: 1 until somebody changes it.
    """

    def __init__(self, schedule: Any) -> None:
        self.schedule = schedule
        self.factor = tf.Variable(1.0, trainable=False, name="learning_rate_factor")

    def __call__(self, step: Any) -> Any:
        return self.schedule(step) * self.factor

    def get_config(self) -> dict[str, Any]:
        return {"schedule": keras.optimizers.schedules.serialize(self.schedule)}


def change_learning_rate(optimizer: Any, rate: float, *, planned: float) -> None:
    """Let `optimizer` go on at `rate`; where it follows a schedule, at the share of it that `rate` is of `planned`."""
    schedule = optimizer._learning_rate  # its property would be the rate of this moment
    if isinstance(schedule, ScaledSchedule):
        schedule.factor.assign(rate / planned)
    else:
        optimizer.learning_rate = rate
