"""Keras's optimisers with one fused operation for each variable, where Keras goes over it some ten times.

The mathematics are the same; only the rounding is not. Import only after `core.learning.backend.load_tensorflow`.
"""

from typing import Any

import keras
import tensorflow as tf


class FusedAdadelta(keras.optimizers.Adadelta):  # type: ignore[misc]  # Keras has no types
    """Keras's Adadelta. Source of the method: Zeiler, "ADADELTA: An Adaptive Learning Rate Method" (2012)."""

    def update_step(self, gradient: Any, variable: Any, learning_rate: Any) -> None:
        index = self._get_variable_index(variable)
        tf.raw_ops.ResourceApplyAdadelta(
            var=variable.handle,
            accum=self._accumulated_grads[index].value.handle,
            accum_update=self._accumulated_delta_vars[index].value.handle,
            lr=tf.cast(learning_rate, variable.dtype),
            rho=tf.cast(self.rho, variable.dtype),
            epsilon=tf.cast(self.epsilon, variable.dtype),
            grad=tf.cast(gradient, variable.dtype),
        )
