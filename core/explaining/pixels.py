"""The very computation that made one value of a feature map: what was multiplied, added, compared and cut off."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.explaining.layers import Convolution, Layer, MaxPooling, Normalization
from core.explaining.network import LayeredNetwork
from core.explaining.stages import Stage
from core.ink.arrays import FloatArray

MOST_PARTS = 3
"""Of what is added up, so many are told one by one."""


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """What one map that goes in adds to a value: the sum of `inputs` times `weights`, both `(height, width)`."""

    channel: int
    inputs: FloatArray
    weights: FloatArray
    total: float


@dataclass(frozen=True, slots=True)
class AfterStep:
    """What follows the sum: a batch normalisation, times `scale` plus `shift`, or a ReLU, and its result."""

    layer: str
    value: float
    scale: float | None = None
    shift: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class PixelSum:
    """How a convolution made a value.

    Attributes
    ----------
    parts
        The maps that add most, up or down, the largest first.
    others, rest
        How many other maps there are, and what they add together.
    bias
        What is added, whatever is drawn.
    total
        The sum of all these.
    after
        What is done to it, in order.
    """

    parts: tuple[Part, ...]
    others: int
    rest: float
    bias: float
    total: float
    after: tuple[AfterStep, ...]

    @property
    def value(self) -> float:
        """What is on the map."""
        return self.after[-1].value if self.after else self.total


@dataclass(frozen=True, slots=True, eq=False)
class PixelChoice:
    """How pooling made a value: the largest of `inputs`, `(size, size)`, and what is done to it."""

    inputs: FloatArray
    total: float
    after: tuple[AfterStep, ...]

    @property
    def value(self) -> float:
        """What is on the map."""
        return self.after[-1].value if self.after else self.total


def explain_pixel(
    network: LayeredNetwork, stage: Stage, activations: Sequence[FloatArray], channel: int, row: int, column: int
) -> PixelSum | PixelChoice | None:
    """How `stage` made a value of its map `channel`, for one image; None where it neither convolves nor pools."""
    layer = network.layers[stage.start]
    if not isinstance(layer, MaxPooling | Convolution):
        return None
    after = _after(network.layers[stage.start + 1 : stage.end], stage, activations, channel, row, column)
    taken, total = activations[stage.start], float(activations[stage.start + 1][0, row, column, channel])
    if isinstance(layer, Convolution):
        return _sum(layer, layer.windows(taken)[0, row, column], channel, total, after)
    rows = slice(layer.size * row, layer.size * (row + 1))
    columns = slice(layer.size * column, layer.size * (column + 1))
    return PixelChoice(taken[0, rows, columns, channel], total, after)


def _sum(layer: Convolution, window: FloatArray, channel: int, total: float, after: tuple[AfterStep, ...]) -> PixelSum:
    weights, bias = layer.kernel[..., channel], float(layer.bias[channel])
    sums = (window * weights).sum(axis=(0, 1))
    largest = np.argsort(-np.abs(sums), kind="stable")[:MOST_PARTS].tolist()
    parts = tuple(Part(place, window[..., place], weights[..., place], float(sums[place])) for place in largest)
    rest = total - bias - sum(part.total for part in parts)
    others = len(sums) - len(parts)
    return PixelSum(parts, others, rest if others else 0.0, bias, total, after)


def _after(
    layers: Sequence[Layer], stage: Stage, activations: Sequence[FloatArray], channel: int, row: int, column: int
) -> tuple[AfterStep, ...]:
    steps = []
    for place, layer in enumerate(layers, start=stage.start + 2):
        value = float(activations[place][0, row, column, channel])
        if isinstance(layer, Normalization):
            steps.append(AfterStep(layer.name, value, float(layer.scale[channel]), float(layer.shift[channel])))
        else:
            steps.append(AfterStep(layer.name, value))
    return tuple(steps)
