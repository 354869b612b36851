"""Build the presets' networks. Import only after `core.learning.backend.load_tensorflow`.

Every network takes float32 `(n, 28, 28, 1)` in [0, 1]; if a preset needs another input (0-255, normalised columns), its
first layers convert it. A saved network only has built-in layers and operations of Keras, so that it opens in safe
mode.

Names of layers are fixed: convolutions `conv_1`, `conv_2` ..., the last hidden representation `embedding`, the answer
`probabilities`; a network with the class “no digit” has eleven, computed from `logits`.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import keras
from keras import layers

from core.digits.arrays import CLASSES, INPUT_SHAPE
from core.learning.fused_layers import FusedAdadelta, FusedAdam, FusedAdamW, FusedBatchNormalization
from core.learning.learning_rates import ScaledSchedule
from core.training.engines import DEFAULT_ENGINE, ENGINES, Engine
from core.training.presets import Preset

NORM_MOMENTUM = 0.9
"""Keras's default, 0.99, lags hundreds of batches behind: too slow for short runs."""

SHORTEST_COLUMN = 1e-6

_WIDTHS_AND_STRIDES = ((32, 1), (48, 2), (64, 1), (96, 2), (128, 1), (128, 1))
_NOT_NORMALIZED = 3
_FUSED = {"adadelta": FusedAdadelta, "adam": FusedAdam, "adamw": FusedAdamW}

WARM_UP_SHARE = 0.15
"""Share of a scheduled run in which the learning rate rises to its peak; then it falls along half a cosine."""


def build_network(
    preset: Preset,
    learning_rate: float,
    engine: Engine = ENGINES[DEFAULT_ENGINE],
    *,
    steps: int = 1,
    kind: type = keras.Model,
) -> Any:
    """The preset's network in its form for training, compiled with its loss and optimiser.

    Parameters
    ----------
    learning_rate
        The optimiser's learning rate, or its peak if the preset has a schedule.
    engine
        How to compute its steps.
    steps
        Batches in the whole run, for a schedule.
    kind
        keras.Model, or a subclass with its own training step.

    Returns
    -------
    keras.Model
        Functional, from float32 `(n, 28, 28, 1)` to float32 `(n, 10)`, or `(n, 11)` with “no digit” last.
    """
    with _precision(engine.precision):
        network = _assemble(preset, kind, in_training=True)
    network.compile(
        optimizer=_optimizer(preset, learning_rate, steps),
        loss=loss_function(preset),
        jit_compile=engine.xla,
    )
    network.optimizer.build(network.trainable_variables)  # in the first step, TensorFlow would trace that twice
    return network


def plain_network(preset: Preset, trained: Any) -> Any:
    """The preset's network in its form for saving: float32, built-in layers only, with the weights of `trained`."""
    with _precision("float32"):
        network = _assemble(preset, keras.Model, in_training=False)
    network.set_weights(trained.get_weights())
    return network


def _assemble(preset: Preset, kind: type, *, in_training: bool) -> Any:
    image = keras.Input(INPUT_SHAPE, name="image")
    match preset.name:
        case "digitpad":
            answer = _digitpad(image, preset, in_training)
        case "quick":
            answer = _quick(image, in_training)
        case _:
            answer = _TUTORIALS[preset.name](image)
    return kind(image, answer, name=preset.name.replace("-", "_"))


@contextmanager
def _precision(policy: str) -> Iterator[None]:
    """Set the dtype policy of new layers in the block; Keras has one for each thread."""
    before = keras.config.dtype_policy()
    keras.config.set_dtype_policy(policy)
    try:
        yield
    finally:
        keras.config.set_dtype_policy(before)


def loss_function(preset: Preset, *, smoothed: bool = True) -> Any:
    """The preset's loss as a Keras object; `smoothed=False` is without label smoothing, to compare results."""
    settings = {"label_smoothing": preset.label_smoothing} if smoothed and preset.label_smoothing else {}
    return _LOSSES[preset.loss](**settings)


def _optimizer(preset: Preset, learning_rate: float, steps: int) -> Any:
    rate: Any = learning_rate
    if preset.one_cycle:
        warm_up = max(1, round(WARM_UP_SHARE * steps))
        cycle = keras.optimizers.schedules.CosineDecay(
            initial_learning_rate=learning_rate / 25,
            decay_steps=max(1, steps - warm_up),
            alpha=0.001,
            warmup_target=learning_rate,
            warmup_steps=warm_up,
        )
        rate = ScaledSchedule(cycle)
    if preset.optimizer in _FUSED:
        return _FUSED[preset.optimizer](rate)
    return keras.optimizers.get({"class_name": preset.optimizer, "config": {"learning_rate": rate}})


def _channels(image: Any) -> Any:
    """Images have channels last; move them to where Keras is set to expect them."""
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
    return _probabilities(x)


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
    return _probabilities(x)


def _probabilities(hidden: Any) -> Any:
    # always float32: bfloat16 only has about three decimal digits
    return layers.Dense(CLASSES, activation="softmax", name="probabilities", dtype="float32")(hidden)


def _digitpad(image: Any, preset: Preset, in_training: bool) -> Any:
    """Only the last convolutions, on 7x7 pixels, have batch normalisation: on larger maps it takes too much time."""
    x = _channels(image)
    for number, (width, stride) in enumerate(_WIDTHS_AND_STRIDES, start=1):
        x = _convolution(x, number, width, stride, normalized=number > _NOT_NORMALIZED, in_training=in_training)
    x = layers.GlobalAveragePooling2D(name="embedding")(x)
    x = layers.Dense(CLASSES + preset.learns_no_digit, name="logits")(x)
    return layers.Softmax(name="probabilities", dtype="float32")(x)


def _quick(image: Any, in_training: bool) -> Any:
    """No feature map has 28x28 pixels, which take most of the time of small networks."""
    x = _convolution(_channels(image), 1, 32, 2, size=5, normalized=False, in_training=in_training)
    x = _convolution(x, 2, 48, 2, normalized=True, in_training=in_training)
    x = _convolution(x, 3, 96, 1, normalized=True, in_training=in_training)
    x = _convolution(x, 4, 96, 1, normalized=True, in_training=in_training)
    x = layers.GlobalAveragePooling2D(name="embedding")(x)
    return _probabilities(x)


def _convolution(
    x: Any, number: int, width: int, stride: int, *, size: int = 3, normalized: bool, in_training: bool
) -> Any:
    convolution = layers.Conv2D(
        width,
        size,
        strides=stride,
        padding="same",
        use_bias=not normalized,
        kernel_initializer="he_normal",
        name=f"conv_{number}",
    )
    x = convolution(x)
    if normalized:
        x = _normalization(in_training)(axis=_channel_axis(), momentum=NORM_MOMENTUM, name=f"norm_{number}")(x)
    return layers.ReLU(name=f"relu_{number}")(x)


def _normalization(in_training: bool) -> type:
    fused = in_training and keras.config.image_data_format() == "channels_last"
    return FusedBatchNormalization if fused else layers.BatchNormalization


def _channel_axis() -> int:
    return 1 if keras.config.image_data_format() == "channels_first" else -1


_LOSSES: dict[str, Callable[..., Any]] = {
    "categorical_crossentropy": keras.losses.CategoricalCrossentropy,
    "sparse_categorical_crossentropy": keras.losses.SparseCategoricalCrossentropy,
    "binary_crossentropy": keras.losses.BinaryCrossentropy,
}

_TUTORIALS: dict[str, Callable[[Any], Any]] = {
    "keras-cnn": _keras_cnn,
    "tf2-cnn": _tf2_cnn,
    "dense": _dense,
    "starter-cnn": _starter_cnn,
}
