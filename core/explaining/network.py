"""A network as its layers in NumPy: every value between the image and the answer, and derivatives, without TensorFlow.

A digit takes a few milliseconds. The compiled network, which is faster, gives the answers; this one shows how they
come about.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from core.digits.arrays import CLASSES, INPUT_SHAPE, AnyArray, FloatImages, Probabilities
from core.explaining.layers import KINDS, Dense, Layer
from core.ink.arrays import FloatArray

LAYERS = "layers"
"""The array, uint8, that holds the list of the layers as JSON; the others hold their weights."""

MAX_LAYERS = 200
MAX_LIST_BYTES = 100_000


@dataclass(frozen=True, slots=True, eq=False)
class LayeredNetwork:
    """A network of layers, each of which takes what the one before it gives.

    The first takes images, float32 `(n, 28, 28, 1)` in [0, 1]; the last gives logits, `(n, 10)`, or `(n, 11)` with “no
    digit” last.
    """

    layers: tuple[Layer, ...]

    @property
    def classes(self) -> int:
        """10, or 11 with “no digit”."""
        return int(self._last.kernel.shape[1])

    @property
    def _last(self) -> Dense:
        last = self.layers[-1]
        assert isinstance(last, Dense)
        return last

    def activations(self, images: FloatImages) -> list[FloatArray]:
        """What every layer takes, in order, and at the end the logits."""
        values: list[FloatArray] = [images]
        for layer in self.layers:
            values.append(layer.forward(values[-1]))
        return values

    def logits(self, images: FloatImages) -> FloatArray:
        """`(n, 10)` or `(n, 11)`, before any temperature."""
        return self.activations(images)[-1]

    def gradient(self, images: FloatImages, weights: FloatArray) -> FloatImages:
        """The derivative of a weighted sum of the logits by the images, `(n, 28, 28, 1)`.

        `weights` are `(n, classes)`: a single 1 for one logit, 1 and -1 for the difference of two.
        """
        return self.gradients(self.activations(images), weights)[0]

    def gradients(self, activations: Sequence[FloatArray], weights: FloatArray) -> list[FloatArray]:
        """The derivatives of a weighted sum of the logits by each of the `activations`, in their order."""
        found = [weights]
        for layer, taken in zip(reversed(self.layers), reversed(activations[:-1]), strict=True):
            found.append(layer.backward(taken, found[-1]))
        return found[::-1]

    def probabilities(self, images: FloatImages) -> Probabilities:
        """`(n, 10)`, given that each image is a digit, and not calibrated: what the compiled network answers."""
        return softmax(self.logits(images)[:, :CLASSES])


def softmax(logits: FloatArray) -> FloatArray:
    """Probabilities from logits `(n, k)`; each row sums to 1."""
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), np.float32)


# --- in a file ------------------------------------------------------------------------------------------------


def to_arrays(network: LayeredNetwork) -> dict[str, AnyArray]:
    """The network as named arrays, for `from_arrays`."""
    kinds = {kind: name for name, kind in KINDS.items()}
    listed: list[dict[str, Any]] = []
    arrays: dict[str, AnyArray] = {}
    for layer in network.layers:
        entry: dict[str, Any] = {"kind": kinds[type(layer)]}
        for part in fields(type(layer)):  # type: ignore[arg-type]  # every kind of layer is a dataclass
            value = getattr(layer, part.name)
            if isinstance(value, np.ndarray):
                arrays[f"{layer.name}.{part.name}"] = value
            else:
                entry[part.name] = value
        listed.append(entry)
    arrays[LAYERS] = np.frombuffer(json.dumps(listed).encode(), np.uint8)
    return arrays


def from_arrays(arrays: Mapping[str, AnyArray]) -> LayeredNetwork:
    """The network in untrusted `arrays`.

    Raises
    ------
    ValueError, KeyError, TypeError
        When they are not those of a network that takes an image and gives ten or eleven finite logits.
    """
    listing = arrays[LAYERS]
    if listing.dtype != np.uint8 or listing.ndim != 1 or len(listing) > MAX_LIST_BYTES:
        raise ValueError("the list of layers is not a text")
    listed = json.loads(listing.tobytes())
    if not isinstance(listed, list) or not 0 < len(listed) <= MAX_LAYERS:
        raise ValueError("there are no layers, or too many")
    network = LayeredNetwork(tuple(_layer_from(entry, arrays) for entry in listed))
    _require_answers(network)
    return network


def _layer_from(entry: dict[str, Any], arrays: Mapping[str, AnyArray]) -> Layer:
    kind = KINDS[entry["kind"]]
    name = entry["name"]
    values: dict[str, Any] = {"name": name}
    for part in fields(kind):
        if part.name == "name":
            continue
        if part.type is FloatArray:
            values[part.name] = _finite(arrays[f"{name}.{part.name}"])
        else:
            values[part.name] = _option(entry[part.name], part.type)
    layer: Layer = kind(**values)
    return layer


def _option(value: Any, kind: Any) -> Any:
    if kind is int:
        if type(value) is not int or not 1 <= value <= 28:
            raise ValueError(f"{value} is no stride or size")
        return value
    if kind is bool:
        return bool(value)
    number = float(value)
    if not abs(number) <= 1e6:
        raise ValueError(f"{number} is no factor")
    return number


def _finite(array: AnyArray) -> FloatArray:
    weights = np.ascontiguousarray(array, np.float32)
    if array.dtype.kind != "f" or not np.isfinite(weights).all():
        raise ValueError("a weight is not a finite number")
    return weights


def _require_answers(network: LayeredNetwork) -> None:
    if not isinstance(network.layers[-1], Dense) or len({layer.name for layer in network.layers}) < len(network.layers):
        raise ValueError("the last layer is not dense, or two have the same name")
    for image in (np.zeros((1, *INPUT_SHAPE), np.float32), np.ones((1, *INPUT_SHAPE), np.float32)):
        logits = network.logits(image)
        if logits.shape not in ((1, CLASSES), (1, CLASSES + 1)) or not np.isfinite(logits).all():
            raise ValueError("these layers do not answer for a digit")
