"""What is computed for the page, in any thread, as a plain function."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from core.digits.arrays import CLASSES, Image
from core.explaining.distortion import RANGES, UNCHANGED, Distortion, distorted
from core.explaining.explainer import Curve, Explainer
from core.explaining.map_shares import ClassMap, class_map, map_shares
from core.explaining.neighbours import Neighbour
from core.explaining.stages import stages_of
from core.ink.arrays import FloatArray
from core.recognition.recognizer import Recognition
from core.system.checkpoints import Checkpoint, no_checkpoint

CURVE_POINTS = 41


class Panel(StrEnum):
    """A part of the page that opens and closes; the value is its object name."""

    LAYERS = "layers"
    NEIGHBOURS = "neighbours"
    MAP = "map"
    TRY_IT = "tryIt"


@dataclass(frozen=True, slots=True)
class Damage:
    """How a drawing is damaged.

    Attributes
    ----------
    kind
        The kind whose curve is wanted.
    amounts
        How much of each kind; one that is not named is left out.
    """

    kind: Distortion = Distortion.ROTATE
    amounts: Mapping[Distortion, float] = field(default_factory=dict)

    def amount(self, kind: Distortion) -> float:
        """How much of `kind`."""
        return self.amounts.get(kind, UNCHANGED[kind])


@dataclass(frozen=True, slots=True, eq=False)
class Request:
    """What is wanted: an image uint8 `(28, 28)`, with some ink, and what the open panels show of it."""

    image: Image
    panels: frozenset[Panel]
    damage: Damage = field(default_factory=Damage)


@dataclass(frozen=True, slots=True, eq=False)
class LayersSeen:
    """An image on its way through the network.

    Attributes
    ----------
    activations
        What every layer takes, and at the end the logits, as `LayeredNetwork.activations` gives them.
    shares
        What the maps of each stage say for `digit`.
    digit
        The digit with the highest logit.
    class_map
        Where in the last maps it is seen; None for a network that has no such sum.
    answer
        The network's own answer.
    """

    activations: list[FloatArray]
    shares: list[FloatArray]
    digit: int
    class_map: ClassMap | None
    answer: Recognition


@dataclass(frozen=True, slots=True, eq=False)
class Tried:
    """A damaged image, what is answered to it and without damage, and the curve over one kind of damage."""

    image: Image
    answer: Recognition
    undamaged: Recognition
    curve: Curve


@dataclass(frozen=True, slots=True, eq=False)
class Insight:
    """What was found for a request; only what it wanted, and the model has, is there."""

    request: Request
    layers: LayersSeen | None = None
    neighbours: list[Neighbour] | None = None
    place: tuple[float, float] | None = None
    tried: Tried | None = None


def look_inside(explainer: Explainer, request: Request, checkpoint: Checkpoint = no_checkpoint) -> Insight:
    """Compute what `request` wants, in some 30 ms if that is everything; `checkpoint` is called between the parts."""
    image, panels = request.image, request.panels
    layers = _see_layers(explainer, image) if Panel.LAYERS in panels else None
    checkpoint()
    neighbours = explainer.neighbours(image) if Panel.NEIGHBOURS in panels else None
    place = explainer.place_on_map(image) if Panel.MAP in panels else None
    checkpoint()
    tried = _try_damage(explainer, image, request.damage) if Panel.TRY_IT in panels else None
    return Insight(request, layers, neighbours, place, tried)


def _see_layers(explainer: Explainer, image: Image) -> LayersSeen | None:
    network = explainer.explanation.network
    if network is None:
        return None
    activations = explainer.activations(image)
    digit = int(activations[-1][0, :CLASSES].argmax())
    shares = map_shares(network, activations, stages_of(network), digit)
    return LayersSeen(activations, shares, digit, class_map(network, activations, digit), explainer.recognize(image))


def _try_damage(explainer: Explainer, image: Image, damage: Damage) -> Tried:
    """The other kinds of damage come first, in their order, so that the curve runs over all that is left."""
    before = image
    for kind in Distortion:
        if kind != damage.kind and damage.amount(kind) != UNCHANGED[kind]:
            before = distorted(before, kind, np.array([damage.amount(kind)], np.float32))[0]
    least, most = RANGES[damage.kind]
    curve = explainer.curve(before, damage.kind, np.linspace(least, most, CURVE_POINTS, dtype=np.float32))
    damaged = distorted(before, damage.kind, np.array([damage.amount(damage.kind)], np.float32))[0]
    return Tried(damaged, explainer.recognize(damaged), explainer.recognize(image), curve)
