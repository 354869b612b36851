"""The layers of a Keras network in NumPy. Import only after `core.learning.backend.load_tensorflow`."""

from collections.abc import Callable, Iterator
from typing import Any

import keras
import numpy as np

from core.digits.arrays import Images
from core.explaining.layers import (
    ColumnLengths,
    Convolution,
    Dense,
    Flattening,
    GlobalAverage,
    Layer,
    MaxPooling,
    Normalization,
    Relu,
    Scaling,
)
from core.explaining.network import LayeredNetwork, softmax
from core.ink.arrays import FloatArray
from core.models.compiled import as_input

TOLERANCE = 1e-3
"""Largest difference between a probability of Keras's network and that of its layers in NumPy."""

_COLUMN_LENGTHS = ("Norm", "Maximum", "Divide")
"""The operations by which `dense` brings every column of pixels to length 1."""


class _Unknown(Exception):
    """A layer does something that no layer in NumPy does."""


def layers_of(network: Any, check_images: Images) -> LayeredNetwork | None:
    """The layers of `network`, a keras.Model; None when one of them is not known here.

    Parameters
    ----------
    check_images
        uint8 `(n, 28, 28)`: for these the layers must answer as the network does.
    """
    try:
        layered = LayeredNetwork(tuple(_layers(network)))
    except _Unknown:
        return None
    images = as_input(check_images)
    theirs = np.asarray(network(images, training=False))
    ours = softmax(layered.logits(images))
    if ours.shape != theirs.shape or not float(np.abs(ours - theirs).max()) <= TOLERANCE:
        return None
    return layered


def _layers(network: Any) -> Iterator[Layer]:
    """Raises _Unknown."""
    steps = [step for step in network.operations if not isinstance(step, _WITHOUT_EFFECT)]
    if tuple(type(step).__name__ for step in steps[:3]) == _COLUMN_LENGTHS:
        yield ColumnLengths("column_lengths")
        del steps[:3]
    for place, step in enumerate(steps, start=1):
        make = _MAKERS.get(type(step).__name__)
        is_last = place == len(steps)
        if make is None or len(step._inbound_nodes) != 1 or is_last != _answers(step):
            raise _Unknown
        yield from make(step)


def _answers(step: Any) -> bool:
    """Whether a step gives probabilities, as only the last does."""
    return isinstance(step, keras.layers.Softmax) or _activation_name(step) == "softmax"


def _convolution(layer: Any) -> Iterator[Layer]:
    stride, *others = layer.strides
    if layer.dilation_rate != (1, 1) or layer.groups != 1 or others != [stride]:
        raise _Unknown
    if layer.data_format != "channels_last":
        raise _Unknown
    bias = _weights(layer.bias) if layer.use_bias else np.zeros(layer.filters, np.float32)
    yield Convolution(layer.name, _weights(layer.kernel), bias, int(stride), layer.padding == "same")
    yield from _activation(layer)


def _normalization(layer: Any) -> Iterator[Layer]:
    axis = layer.axis if isinstance(layer.axis, int) else layer.axis[0]
    if axis not in (-1, 3):
        raise _Unknown
    scale = _weights(layer.gamma) / np.sqrt(_weights(layer.moving_variance) + np.float32(layer.epsilon))
    yield Normalization(layer.name, scale, _weights(layer.beta) - _weights(layer.moving_mean) * scale)


def _dense(layer: Any) -> Iterator[Layer]:
    bias = _weights(layer.bias) if layer.use_bias else np.zeros(layer.units, np.float32)
    yield Dense(layer.name, _weights(layer.kernel), bias)
    yield from _activation(layer)


def _relu(layer: Any) -> Iterator[Layer]:
    if layer.max_value is not None or layer.negative_slope or layer.threshold:
        raise _Unknown
    yield Relu(layer.name)


def _pooling(layer: Any) -> Iterator[Layer]:
    size, *others = layer.pool_size
    if others != [size] or tuple(layer.strides) != tuple(layer.pool_size) or layer.padding != "valid":
        raise _Unknown
    yield MaxPooling(layer.name, int(size))


def _scaling(layer: Any) -> Iterator[Layer]:
    yield Scaling(layer.name, float(layer.scale), float(layer.offset))


def _flattening(layer: Any) -> Iterator[Layer]:
    yield Flattening(layer.name)


def _average(layer: Any) -> Iterator[Layer]:
    yield GlobalAverage(layer.name)


def _activation(layer: Any) -> Iterator[Layer]:
    """What follows inside of a layer; the softmax of the last one is not a layer here."""
    name = _activation_name(layer)
    if name == "relu":
        yield Relu(f"{layer.name}_relu")
    elif name not in ("", "linear", "softmax"):
        raise _Unknown


def _activation_name(step: Any) -> str:
    return str(getattr(getattr(step, "activation", None), "__name__", ""))


def _only_answers(layer: Any) -> Iterator[Layer]:
    """A softmax as a layer: the answer's, not a value that leads to it."""
    return iter(())


def _weights(variable: Any) -> FloatArray:
    return np.asarray(variable, np.float32)


_WITHOUT_EFFECT = (keras.layers.InputLayer, keras.layers.Dropout)

_MAKERS: dict[str, Callable[[Any], Iterator[Layer]]] = {
    "Activation": _activation,
    "BatchNormalization": _normalization,
    "Conv2D": _convolution,
    "Dense": _dense,
    "Flatten": _flattening,
    "GlobalAveragePooling2D": _average,
    "MaxPooling2D": _pooling,
    "ReLU": _relu,
    "Rescaling": _scaling,
    "Softmax": _only_answers,
}
