"""How the stages of a network are called, and what is said of them."""

from collections.abc import Iterator

from core.explaining.layers import Convolution, Layer, MaxPooling, Normalization, Relu
from core.explaining.network import LayeredNetwork
from core.explaining.stages import Stage, StageKind
from gui.inside.terms import Term

TITLES = {
    StageKind.PREPARATION: "Preparation",
    StageKind.CONVOLUTION: "Convolution {0}",
    StageKind.POOLING: "Pooling {0}",
    StageKind.AVERAGE: "Embedding",
    StageKind.FLATTENING: "Flattening",
    StageKind.DENSE: "Dense layer {0}",
    StageKind.LOGITS: "Answer",
}
TERMS: dict[StageKind, tuple[Term, ...]] = {
    StageKind.PREPARATION: (Term.PREPARATION,),
    StageKind.CONVOLUTION: (Term.CONVOLUTION,),
    StageKind.POOLING: (Term.POOLING,),
    StageKind.AVERAGE: (Term.AVERAGE, Term.EMBEDDING),
    StageKind.FLATTENING: (Term.FLATTENING,),
    StageKind.DENSE: (Term.DENSE,),
    StageKind.LOGITS: (Term.DENSE, Term.LOGIT),
}


def stage_title(stage: Stage) -> str:
    """ "Convolution 3"."""
    return TITLES[stage.kind].format(stage.number)


def stage_detail(network: LayeredNetwork, stage: Stage, shape: tuple[int, ...]) -> str:
    """What it makes, of `shape`, and how: "64 maps of 14×14, kernels 3×3, stride 2, ReLU"."""
    if len(shape) == 3:
        height, width, count = shape
        made = f"{count:,} map{'s' * (count != 1)} of {height}×{width}"
    else:
        made = f"{shape[0]:,} numbers"
    said = map(_said_of, network.layers[stage.start : stage.end])
    return ", ".join([made, *filter(None, said)])


def stage_terms(network: LayeredNetwork, stage: Stage, *, is_embedding: bool) -> list[Term]:
    """What explains its words."""
    terms = [*TERMS[stage.kind], *_terms_of(network.layers[stage.start : stage.end])]
    if is_embedding:
        terms.append(Term.EMBEDDING)
    return list(dict.fromkeys(terms))


def _said_of(layer: Layer) -> str:
    match layer:
        case Convolution():
            height, width = layer.kernel.shape[:2]
            return f"kernels {height}×{width}" + f", stride {layer.stride}" * (layer.stride > 1)
        case MaxPooling():
            return f"the largest of {layer.size}×{layer.size}"
        case Normalization():
            return "batch normalisation"
        case Relu():
            return "ReLU"
    return ""


def _terms_of(layers: tuple[Layer, ...]) -> Iterator[Term]:
    for layer in layers:
        if isinstance(layer, Convolution) and layer.stride > 1:
            yield Term.STRIDE
        elif isinstance(layer, Normalization):
            yield Term.NORMALIZATION
        elif isinstance(layer, Relu):
            yield Term.RELU
