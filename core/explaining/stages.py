"""A network as the stages in which people think of it: a convolution with its batch normalisation and ReLU is one."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.explaining.layers import (
    Convolution,
    Dense,
    Flattening,
    GlobalAverage,
    MaxPooling,
    Normalization,
    Relu,
)
from core.explaining.network import LayeredNetwork
from core.ink.arrays import FloatArray


class StageKind(StrEnum):
    """What a stage does; its first layer decides."""

    PREPARATION = "preparation"
    CONVOLUTION = "convolution"
    POOLING = "pooling"
    AVERAGE = "average"
    FLATTENING = "flattening"
    DENSE = "dense"
    LOGITS = "logits"


_KINDS: dict[type, StageKind] = {
    Convolution: StageKind.CONVOLUTION,
    MaxPooling: StageKind.POOLING,
    GlobalAverage: StageKind.AVERAGE,
    Flattening: StageKind.FLATTENING,
    Dense: StageKind.DENSE,
}


@dataclass(frozen=True, slots=True)
class Stage:
    """Some layers of a network in a row: those from `start` on, before `end`.

    Attributes
    ----------
    kind
        What the first of them does.
    number
        Which stage of its kind it is, from 1.
    relu
        The place of the last ReLU among the layers; None without one.
    """

    kind: StageKind
    number: int
    start: int
    end: int
    relu: int | None = None

    def takes(self, activations: Sequence[FloatArray]) -> FloatArray:
        """What goes into it, without the batch's axis, from the `activations` of one image."""
        values: FloatArray = activations[self.start][0]
        return values

    def gives(self, activations: Sequence[FloatArray], *, before_relu: bool = False) -> FloatArray:
        """What comes out of it, `(height, width, channels)` or `(width,)`; with `before_relu` what the ReLU takes."""
        at = self.relu if before_relu and self.relu is not None else self.end
        values: FloatArray = activations[at][0]
        return values


def stages_of(network: LayeredNetwork) -> tuple[Stage, ...]:
    """The stages in order; batch normalisation and ReLU belong to the one before them."""
    starts = [0]
    for place, layer in enumerate(network.layers[1:], start=1):
        if not isinstance(layer, Normalization | Relu):
            starts.append(place)
    ends = [*starts[1:], len(network.layers)]
    counts = dict.fromkeys(StageKind, 0)
    stages = []
    for start, end in zip(starts, ends, strict=True):
        is_last = end == len(network.layers) and isinstance(network.layers[start], Dense)
        kind = StageKind.LOGITS if is_last else _KINDS.get(type(network.layers[start]), StageKind.PREPARATION)
        counts[kind] += 1
        relus = [place for place in range(start, end) if isinstance(network.layers[place], Relu)]
        stages.append(Stage(kind, counts[kind], start, end, relus[-1] if relus else None))
    return tuple(stages)
