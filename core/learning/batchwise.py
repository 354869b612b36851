"""Train and validate with results for each batch, and sum them up for an epoch.

Import only after `core.learning.backend.load_tensorflow`.
"""

from collections.abc import Callable
from typing import Any

import keras
import numpy as np
import numpy.typing as npt
import tensorflow as tf

from core.digits.arrays import CLASSES

Teaching = Callable[[Any, Any], Any]
"""From a batch of images and one-hot labels to the targets, float32 `(b, classes)`."""


class BatchwiseModel(keras.Model):  # type: ignore[misc]  # Keras has no types
    """A model whose steps report loss and accuracy of their own batch.

    Keras reports the running mean of the epoch, from which single batches cannot be recovered.

    Attributes
    ----------
    teaching
        Makes the targets of a batch from teachers (`core.learning.distillation`); None for its labels. Accuracy is
        always that on the labels.
    confusion
        Counts which digits are mistaken for which in validation; None: nobody wants to know.
    """

    teaching: Teaching | None = None
    confusion: "ConfusionCount | None" = None

    def train_step(self, data: tuple[Any, Any]) -> dict[str, Any]:
        images, truth = data
        goal = truth if self.teaching is None else self.teaching(images, truth)
        with tf.GradientTape() as tape:
            answers = self(images, training=True)
            loss = self.compute_loss(images, goal, answers, training=True)
        weights = self.trainable_variables
        self.optimizer.apply_gradients(zip(tape.gradient(loss, weights), weights, strict=True))
        return {"batch_loss": loss, "batch_accuracy": _share_right(truth, answers)}

    def test_step(self, data: tuple[Any, Any]) -> dict[str, Any]:
        images, truth = data
        answers = self(images, training=False)
        loss = self.compute_loss(images, truth, answers, training=False)
        # validation digits are all digits: ignore “no digit”
        if self.confusion is not None:
            self.confusion.add(truth, answers[:, :CLASSES])
        return {"batch_loss": loss, "batch_accuracy": _share_right(truth, answers[:, :CLASSES])}


class ConfusionCount:
    """Counts right and wrong answers by digit, inside compiled steps."""

    def __init__(self) -> None:
        self._counts = tf.Variable(tf.zeros((CLASSES, CLASSES), tf.int32), trainable=False)

    def add(self, truth: Any, answers: Any) -> None:
        """Count a batch: `truth` as in `_share_right`, `answers` `(n, 10)`."""
        digits = truth if truth.shape.rank == 1 else tf.argmax(truth, axis=-1, output_type=tf.int32)
        rows = tf.one_hot(digits, CLASSES, dtype=tf.int32)
        columns = tf.one_hot(tf.argmax(answers, axis=-1), CLASSES, dtype=tf.int32)
        self._counts.assign_add(tf.reduce_sum(rows[:, :, tf.newaxis] * columns[:, tf.newaxis, :], axis=0))

    def take(self) -> npt.NDArray[np.int64]:
        """The counts since the last call, `[truth, guess]`, `(10, 10)`."""
        counts = self._counts.numpy().astype(np.int64)
        self._counts.assign(tf.zeros_like(self._counts))
        return np.asarray(counts)


class Tally:
    """Mean loss and accuracy over batches of different sizes."""

    def __init__(self) -> None:
        self._images = 0
        self._loss = 0.0
        self._right = 0

    def add(self, logs: dict[str, float], images: int) -> None:
        self._images += images
        self._loss += logs["batch_loss"] * images
        self._right += round(logs["batch_accuracy"] * images)

    @property
    def is_empty(self) -> bool:
        return not self._images

    @property
    def loss(self) -> float:
        return self._loss / self._images

    @property
    def accuracy(self) -> float:
        return self._right / self._images


def _share_right(truth: Any, answers: Any) -> Any:
    """`truth`: labels `(n,)` or one-hot rows `(n, classes)`; `answers`: probabilities `(n, classes)`."""
    digits = truth if truth.shape.rank == 1 else tf.argmax(truth, axis=-1, output_type=tf.int32)
    right = tf.equal(tf.argmax(answers, axis=-1, output_type=tf.int32), digits)
    return tf.reduce_mean(tf.cast(right, tf.float32))
