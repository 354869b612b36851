"""Make batches of digits for a network. Import only after `core.learning.backend.load_tensorflow`.

The order of the digits and their augmentation only depend on the seed, the epoch and the batch, never on the
scheduling of threads.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import tensorflow as tf

from core.datasets.image_parts import ImageParts
from core.digits.arrays import CLASSES, SIDE, Images, Labels
from core.digits.augment import augment

VALIDATION_BATCH = 256
RESIDENT_BYTES = 250_000_000
"""The most bytes of images in one tensor; of more, each batch is fetched from the array."""
_unconverted = tf.autograph.experimental.do_not_convert  # there is no control flow; converting would take seconds
_BATCHES_AHEAD = 4
_THREADS = 2


def training_batches(
    images: Images | ImageParts,
    labels: Labels,
    *,
    batch_size: int,
    seed: int,
    one_hot: bool,
    varied_share: float,
    classes: int = CLASSES,
) -> Any:
    """Endless batches of shuffled training digits; every epoch has each digit once, in a new order.

    Parameters
    ----------
    images, labels
        uint8 `(n, 28, 28)`, n >= 1, possibly larger than memory, and uint8 `(n,)`.
    varied_share
        Share of the digits that augmentation varies, chosen again in every epoch; 0 for none.
    classes
        The number of classes: the length of a one-hot row.

    Returns
    -------
    tf.data.Dataset
        Pairs of float32 `(b, 28, 28, 1)` in [0, 1] and labels, int32 `(b,)` or one-hot float32 `(b, classes)`. The last
        batch of an epoch may be smaller.
    """
    pixels_of, truth = _pixels(images), tf.constant(labels)

    @_unconverted  # type: ignore[untyped-decorator]  # TensorFlow has no types
    def batches_of_epoch(epoch: Any) -> Any:
        order = tf.random.experimental.stateless_shuffle(tf.range(len(images)), seed=tf.stack([seed, epoch]))
        return tf.data.Dataset.from_tensor_slices(order).batch(batch_size)

    @_unconverted  # type: ignore[untyped-decorator]  # TensorFlow has no types
    def take(number: Any, chosen: Any) -> tuple[Any, Any]:
        batch = pixels_of(chosen)
        if varied_share:
            batch = _vary(batch, varied_share, seed, number)
        return _as_input(batch), _as_target(tf.gather(truth, chosen), one_hot, classes)

    epochs = tf.data.Dataset.counter(dtype=tf.int32)
    batches = epochs.flat_map(batches_of_epoch).enumerate()
    return without_autotuning(
        batches.map(take, num_parallel_calls=_THREADS, deterministic=True).prefetch(_BATCHES_AHEAD)
    )


def validation_batches(images: Images | ImageParts, labels: Labels, *, one_hot: bool, classes: int = CLASSES) -> Any:
    """Batches of digits for validation: in order, without augmentation, once."""

    pixels_of, truth = _pixels(images), tf.constant(labels)

    @_unconverted  # type: ignore[untyped-decorator]  # TensorFlow has no types
    def prepare(chosen: Any) -> tuple[Any, Any]:
        return _as_input(pixels_of(chosen)), _as_target(tf.gather(truth, chosen), one_hot, classes)

    return without_autotuning(tf.data.Dataset.range(len(images)).batch(VALIDATION_BATCH).map(prepare).prefetch(1))


def without_autotuning(batches: Any) -> Any:
    """`batches` without TensorFlow's autotuner.

    The tuner runs after 10 ms, 20 ms, 40 ms and so on. Deleting a data set often waits for its next run, holding the
    GIL: for 10 seconds at the end of a training of 10.
    """
    options = tf.data.Options()
    options.autotune.enabled = False
    return batches.with_options(options)


def _pixels(images: Images | ImageParts) -> Callable[[Any], Any]:
    """A function in TensorFlow's graph from indices `(b,)` to their images, uint8 `(b, 28, 28)`."""
    if images.nbytes <= RESIDENT_BYTES:
        resident = tf.constant(np.asarray(images))
        return lambda chosen: tf.gather(resident, chosen)

    def fetch(chosen: npt.NDArray[np.integer[Any]]) -> Images:
        return images[chosen]

    return lambda chosen: tf.ensure_shape(tf.numpy_function(fetch, [chosen], tf.uint8), (None, SIDE, SIDE))


def _vary(batch: Any, share: float, seed: int, number: Any) -> Any:
    """Augment a share of a batch outside the graph, with a random generator for this batch."""

    def vary(digits: Images, batch_number: np.int64) -> Images:
        rng = np.random.default_rng((seed, int(batch_number)))
        chosen = rng.random(len(digits)) >= 1 - share
        varied = digits.copy()
        varied[chosen] = augment(digits[chosen], rng)
        return varied

    varied = tf.numpy_function(vary, [batch, number], tf.uint8)
    return tf.ensure_shape(varied, batch.shape)


def _as_input(batch: Any) -> Any:
    """Like `core.models.compiled.as_input`, in TensorFlow's graph."""
    return tf.cast(batch[..., tf.newaxis], tf.float32) / 255.0


def _as_target(labels: Any, one_hot: bool, classes: int) -> Any:
    return tf.one_hot(labels, classes) if one_hot else tf.cast(labels, tf.int32)
