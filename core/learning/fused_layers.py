"""Parts of Keras with one fused operation instead of several: several times faster on a CPU.

The mathematics are the same; only rounding differs. Import only after `core.learning.backend.load_tensorflow`.
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


class _FusedAdamStep:
    """The step of Adam, without weight decay. Source: Kingma and Ba, "Adam" (2015), as at the end of its section 2."""

    def update_step(self: Any, gradient: Any, variable: Any, learning_rate: Any) -> None:
        index = self._get_variable_index(variable)
        step = tf.cast(self.iterations + 1, variable.dtype)
        first, second = tf.cast(self.beta_1, variable.dtype), tf.cast(self.beta_2, variable.dtype)
        tf.raw_ops.ResourceApplyAdam(
            var=variable.handle,
            m=self._momentums[index].value.handle,
            v=self._velocities[index].value.handle,
            beta1_power=tf.pow(first, step),
            beta2_power=tf.pow(second, step),
            lr=tf.cast(learning_rate, variable.dtype),
            beta1=first,
            beta2=second,
            epsilon=tf.cast(self.epsilon, variable.dtype),
            grad=tf.cast(gradient, variable.dtype),
        )


class FusedAdam(_FusedAdamStep, keras.optimizers.Adam):  # type: ignore[misc]  # Keras has no types
    """Keras's Adam."""


class FusedAdamW(_FusedAdamStep, keras.optimizers.AdamW):  # type: ignore[misc]  # Keras has no types
    """Keras's AdamW, which lets weights decay before each step."""


class FusedBatchNormalization(keras.layers.BatchNormalization):  # type: ignore[misc]  # Keras has no types
    """Keras's own layer with one fused operation in training.

    For training only: a saved network has its weights in a `keras.layers.BatchNormalization` of the same shape.
    Channels last, without masks. The operation computes the unbiased variance, which is larger than Keras's by a factor
    of n / (n - 1) for n values of a channel in the batch.
    """

    def call(self, inputs: Any, training: bool | None = None, mask: Any = None) -> Any:
        if not (training and self.trainable):
            return super().call(inputs, training=False, mask=mask)
        scale, offset = tf.convert_to_tensor(self.gamma), tf.convert_to_tensor(self.beta)
        normalized, mean, variance, *_ = tf.compat.v1.nn.fused_batch_norm(
            inputs, tf.cast(scale, tf.float32), tf.cast(offset, tf.float32), epsilon=self.epsilon, is_training=True
        )
        self._follow(self.moving_mean, mean)
        self._follow(self.moving_variance, variance)
        return normalized

    def _follow(self, average: Any, of_batch: Any) -> None:
        average.assign(average * self.momentum + tf.cast(of_batch, tf.float32) * (1.0 - self.momentum))
