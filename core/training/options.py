"""The options of a training, each described once: for the parser of the command line, and for the test of the form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from core.training.engines import ENGINES
from core.training.presets import DEFAULT_PRESET, PRESETS
from core.training.spec import TrainingSpec


class Kind(Enum):
    """The kind of value that an option takes."""

    CHOICE = auto()
    WHOLE_NUMBER = auto()
    NUMBER = auto()
    SWITCH = auto()
    """Yes or no; left open, the preset decides."""
    DATA = auto()
    """A source, as `core.datasets.sources.find_source` takes it."""
    TEXT = auto()
    TEXTS = auto()
    """May be given several times."""
    WITHOUT = auto()
    """A flag that only turns something off."""


@dataclass(frozen=True, slots=True)
class Option:
    """One option.

    Attributes
    ----------
    field
        The field of `TrainingSpec` that it sets.
    flag
        Its name on the command line.
    kind
        The kind of its value.
    help
        Its description in the command line's help.
    widget
        Object name of its widget in the form; empty for an option of the command line alone.
    metavar
        The placeholder for the value in the help.
    choices
        The values of a `CHOICE`.
    """

    field: str
    flag: str
    kind: Kind
    help: str
    widget: str = ""
    metavar: str | None = None
    choices: Sequence[str] = ()


OPTIONS: tuple[Option, ...] = (
    Option(
        "preset",
        "--preset",
        Kind.CHOICE,
        f"which network (default: {DEFAULT_PRESET})",
        widget="trainPreset",
        choices=sorted(PRESETS),
    ),
    Option(
        "data",
        "--data",
        Kind.DATA,
        "what to train on: mnist, mnist:N (the first N digits), digits (your own), digits:WRITER, digits+mnist:20 "
        "(MNIST is 20 percent of them), digits,unseen (test on writers who were never seen), digits:WRITER,unseen "
        "(test on this one), a Keras-style .npz, an IDX file, or a folder with subfolders 0 to 9 of pictures "
        "(default: mnist)",
        widget="trainData",
        metavar="NAME",
    ),
    Option(
        "epochs",
        "--epochs",
        Kind.WHOLE_NUMBER,
        "times through the data (default: the preset's)",
        widget="trainEpochs",
        metavar="N",
    ),
    Option(
        "batch_size",
        "--batch-size",
        Kind.WHOLE_NUMBER,
        "images at a time (default: the preset's)",
        widget="trainBatchSize",
        metavar="N",
    ),
    Option(
        "learning_rate",
        "--learning-rate",
        Kind.NUMBER,
        "how strongly the network corrects itself each time, such as 0.001 or 1e-3 (default: the preset's)",
        widget="trainLearningRate",
        metavar="X",
    ),
    Option(
        "validation_share",
        "--validation",
        Kind.NUMBER,
        "share of the training digits to keep out and measure after each epoch, such as 0.1 or 10%% "
        "(default: the preset's; 0: none)",
        widget="trainValidation",
        metavar="SHARE",
    ),
    Option(
        "augment",
        "--augment",
        Kind.SWITCH,
        "vary the digits while training, or learn from them as they are (default: the preset's)",
        widget="trainAugment",
    ),
    Option("seed", "--seed", Kind.WHOLE_NUMBER, "same seed, same run (default: 1)", widget="trainSeed", metavar="N"),
    Option(
        "ink",
        "--ink",
        Kind.TEXT,
        "also learn from real handwriting: a JSON file of labelled strokes, or .gz; needs --ink-source",
        metavar="FILE",
    ),
    Option(
        "ink_source",
        "--ink-source",
        Kind.TEXT,
        "who made that file, and its licence, for the model's card",
        metavar="TEXT",
    ),
    Option(
        "start",
        "--start",
        Kind.TEXT,
        "continue this model of the same preset, at a quarter of the learning rate unless --learning-rate is given",
        widget="trainGoOn",
        metavar="NAME|DIR",
    ),
    Option(
        "teachers",
        "--teacher",
        Kind.TEXTS,
        "also learn from the answers of this model; may be given several times",
        metavar="NAME|DIR",
    ),
    Option(
        "synthesize",
        "--no-synthesis",
        Kind.WITHOUT,
        "do not add synthesised digits to the data (preset digitpad)",
        widget="trainSynthesize",
    ),
    Option(
        "engine",
        "--engine",
        Kind.CHOICE,
        "how to compute (default: the fastest on this machine, measured and remembered)",
        widget="trainEngine",
        choices=list(ENGINES),
    ),
    Option(
        "name",
        "--name",
        Kind.TEXT,
        "the model's name, unlike any other's (default: made from time, preset and data)",
        widget="trainName",
        metavar="NAME",
    ),
)
"""In the order of the help. Real ink, its source and teachers are not in the form: they are for people who make models
for others."""


def spec_from(values: Mapping[str, Any]) -> TrainingSpec:
    """The specification with the given `values` of its fields; None keeps the default.

    Raises TrainingError or ModelError for a value out of bounds.
    """
    given = {option.field: values[option.field] for option in OPTIONS if values[option.field] is not None}
    if "teachers" in given:
        given["teachers"] = tuple(given["teachers"])
    return TrainingSpec(**given)
