"""Build the presets' networks. Import only after `core.learning.backend.load_tensorflow`.

Every network takes float32 `(n, 28, 28, 1)` in [0, 1]; what a preset wants instead (0-255, normalised columns) its
own first layers make of it. Only Keras's built-in layers and operations, so that a saved model opens in safe mode.

Layers have names to rely on: convolutions `conv_1`, `conv_2` ..., the feature maps worth looking at `feature_1` ...,
the last hidden representation `embedding`, the answer `probabilities`.
"""

from collections.abc import Callable
from typing import Any

import keras
from keras import layers

from core.datasets.digit_sets import CLASSES
from core.presets import Preset

INPUT_SHAPE = (28, 28, 1)

NORM_MOMENTUM = 0.9
"""Keras's 0.99 lags hundreds of batches behind: short runs would be judged by stale averages."""

SHORTEST_COLUMN = 1e-6

WARM_UP_SHARE = 0.15
"""Share of a scheduled run in which the learning rate climbs to its peak; then it falls along half a cosine."""


def build_network(preset: Preset, learning_rate: float, *, steps: int = 1, kind: type = keras.Model) -> Any:
    """The preset's network, compiled with its loss and optimiser.

    Parameters
    ----------
    learning_rate
        The optimiser's learning rate; the peak where the preset schedules it.
    steps
        Batches in the whole run; only a schedule needs it.
    kind
        keras.Model, or a subclass of it that trains in its own way.

    Returns
    -------
    keras.Model
        Functional, from float32 `(n, 28, 28, 1)` to float32 `(n, 10)`.
    """
    image = keras.Input(INPUT_SHAPE, name="image")
    network = kind(image, _BODIES[preset.name](image), name=preset.name.replace("-", "_"))
    # XLA, Keras's own choice, halves the speed of small convolutions on a CPU.
    network.compile(
        optimizer=_optimizer(preset, learning_rate, steps),
        loss=loss_function(preset),
        jit_compile=False,
    )
    return network


def loss_function(preset: Preset, *, smoothed: bool = True) -> Any:
    """The preset's loss as a Keras object; `smoothed=False` leaves its label smoothing out, to compare results."""
    settings = {"label_smoothing": preset.label_smoothing} if smoothed and preset.label_smoothing else {}
    return _LOSSES[preset.loss](**settings)


def _optimizer(preset: Preset, learning_rate: float, steps: int) -> Any:
    rate: Any = learning_rate
    if preset.one_cycle:
        warm_up = max(1, round(WARM_UP_SHARE * steps))
        rate = keras.optimizers.schedules.CosineDecay(
            initial_learning_rate=learning_rate / 25,
            decay_steps=max(1, steps - warm_up),
            alpha=0.001,
            warmup_target=learning_rate,
            warmup_steps=warm_up,
        )
    return keras.optimizers.get({"class_name": preset.optimizer, "config": {"learning_rate": rate}})


def _channels(image: Any) -> Any:
    """Images come with channels last; move them where Keras is set to expect them."""
    if keras.config.image_data_format() == "channels_first":
        return layers.Permute((3, 1, 2), name="channels_first")(image)
    return image


def _two_convolutions(image: Any, first: int, second: int) -> Any:
    x = layers.Conv2D(first, 3, activation="relu", name="conv_1")(_channels(image))
    x = layers.Conv2D(second, 3, activation="relu", name="conv_2")(x)
    x = layers.MaxPooling2D(2, name="pool")(x)
    x = layers.Dropout(0.25, name="dropout_1")(x)
    x = layers.Flatten(name="flatten")(x)
    x = layers.Dense(128, activation="relu", name="embedding")(x)
    x = layers.Dropout(0.5, name="dropout_2")(x)
    return layers.Dense(CLASSES, activation="softmax", name="probabilities")(x)


def _keras_cnn(image: Any) -> Any:
    return _two_convolutions(image, 32, 64)


def _tf2_cnn(image: Any) -> Any:
    return _two_convolutions(layers.Rescaling(255.0, name="brightness")(image), 32, 64)


def _starter_cnn(image: Any) -> Any:
    return _two_convolutions(image, 32, 32)


def _dense(image: Any) -> Any:
    # keras.utils.normalize(images, axis=1): every column of pixels gets length 1, an empty one stays empty. The layer
    # UnitNormalization would do the same, but LiteRT makes NaN of its reciprocal root of an empty column.
    lengths = keras.ops.norm(image, axis=1, keepdims=True)
    columns = keras.ops.divide(image, keras.ops.maximum(lengths, SHORTEST_COLUMN))
    x = layers.Flatten(name="flatten")(columns)
    x = layers.Dense(128, activation="relu", name="dense_1")(x)
    x = layers.Dense(128, activation="relu", name="embedding")(x)
    return layers.Dense(CLASSES, activation="softmax", name="probabilities")(x)


def _digitpad(image: Any) -> Any:
    x = _channels(image)
    widths_and_strides = ((24, 1), (32, 2), (48, 1), (64, 2), (96, 1))
    for number, (width, stride) in enumerate(widths_and_strides, start=1):
        x = layers.Conv2D(width, 3, strides=stride, padding="same", use_bias=False, name=f"conv_{number}")(x)
        x = layers.BatchNormalization(axis=_channel_axis(), momentum=NORM_MOMENTUM, name=f"norm_{number}")(x)
        x = layers.ReLU(name=f"relu_{number}")(x)
    x = layers.GlobalAveragePooling2D(name="embedding")(x)
    return layers.Dense(CLASSES, activation="softmax", name="probabilities")(x)


def _channel_axis() -> int:
    return 1 if keras.config.image_data_format() == "channels_first" else -1


_LOSSES: dict[str, Callable[..., Any]] = {
    "categorical_crossentropy": keras.losses.CategoricalCrossentropy,
    "sparse_categorical_crossentropy": keras.losses.SparseCategoricalCrossentropy,
    "binary_crossentropy": keras.losses.BinaryCrossentropy,
}

_BODIES: dict[str, Callable[[Any], Any]] = {
    "digitpad": _digitpad,
    "keras-cnn": _keras_cnn,
    "tf2-cnn": _tf2_cnn,
    "dense": _dense,
    "starter-cnn": _starter_cnn,
}
