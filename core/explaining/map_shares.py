"""How much each feature map says for an answer, and where in the last maps it is said.

With global average pooling and a dense layer, a logit is the sum of the last maps' cells, each times the dense weight
of its map. Source: Zhou et al., "Learning Deep Features for Discriminative Localization" (2016).

In every other layer, a map says as much as its values times the derivatives by them: to a first approximation what the
logit would lose without it. For the last maps of such a network this is the same sum. Source: Shrikumar, Greenside and
Kundaje, "Learning Important Features Through Propagating Activation Differences" (2017), on gradient times input.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.explaining.layers import Dense, GlobalAverage
from core.explaining.network import LayeredNetwork
from core.explaining.stages import Stage
from core.ink.arrays import FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class ClassMap:
    """Where in the last maps a digit is seen.

    Attributes
    ----------
    digit
        The digit.
    cells
        float32 `(height, width)`: what each cell of the last maps adds to its logit.
    bias
        What the dense layer adds, whatever is drawn.
    """

    digit: int
    cells: FloatArray
    bias: float

    @property
    def total(self) -> float:
        """The sum of the cells and the bias: the logit."""
        return float(self.cells.sum(dtype=np.float64)) + self.bias


def class_map(network: LayeredNetwork, activations: Sequence[FloatArray], digit: int) -> ClassMap | None:
    """The class activation map for one image, from its `activations`; None for a network that has no such sum."""
    *_, average, dense = (None, *network.layers)
    if not isinstance(average, GlobalAverage) or not isinstance(dense, Dense):
        return None
    maps = activations[len(network.layers) - 2][0]
    cells = maps @ dense.kernel[:, digit] / np.float32(maps.shape[0] * maps.shape[1])
    return ClassMap(digit, np.asarray(cells, np.float32), float(dense.bias[digit]))


def map_shares(
    network: LayeredNetwork, activations: Sequence[FloatArray], stages: Sequence[Stage], digit: int
) -> list[FloatArray]:
    """What each map, or each number of a vector, says for `digit`: float32 `(channels,)` for every stage.

    `activations` are those of one image.
    """
    weights = np.zeros((1, network.classes), np.float32)
    weights[0, digit] = 1
    gradients = network.gradients(activations, weights)
    return [_share(activations[stage.end][0], gradients[stage.end][0]) for stage in stages]


def _share(values: FloatArray, gradient: FloatArray) -> FloatArray:
    said = values * gradient
    return np.asarray(said.reshape(-1, said.shape[-1]).sum(axis=0), np.float32)
