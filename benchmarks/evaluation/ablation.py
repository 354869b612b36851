"""What each kind of training material is worth: the shipped network trained on MNIST alone, then with more and more.

    python -m benchmarks.evaluation.ablation --ink FILE [--row NAME ...] [--epochs N] [--seed N]

Every row is trained from scratch with the same settings and judged by MNIST's test set and by real ink: that of “all
writers” where none of them was learned from, and that of the “kept-out writers”. This is for quoting when all is
decided: nothing may be chosen by what it prints. Takes ten minutes or more a row on two cores.

“+ synthesised ink” adds two things at once, as the preset does: synthesised digits, and the eleventh class “no digit”
with its drawings. All rows train for equally many epochs, so those with more material take more steps; how many images
each was shown is printed with it.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from benchmarks.command_line import add_ink, command_parser, run
from benchmarks.evaluation.digit_sets import score_ink, score_mnist
from benchmarks.evaluation.measuring import DigitScore, RecognizeImages
from core.datasets.real_ink import LabelledDrawing, read_ink_file, split_writers
from core.datasets.sources import find_source
from core.digits.arrays import Image
from core.models.compiled import CompiledModel
from core.models.library import COMPILED_FILE, ModelLibrary
from core.recognition.recognizer import Recognition, Verdict
from core.training.context import RunContext
from core.training.control import TrainingControl
from core.training.events import EpochDone, Event
from core.training.material import gather_material
from core.training.plan import TrainingPlan
from core.training.spec import CompleteSpec, TrainingSpec
from core.wording.percentages import accuracy_text


@dataclass(frozen=True, slots=True)
class Row:
    """What is learned from, beside MNIST."""

    name: str
    augmented: bool = True
    synthesized: bool = True
    real_ink: bool = False


ROWS = (
    Row("MNIST alone", augmented=False, synthesized=False),
    Row("+ augmentation", synthesized=False),
    Row("+ synthesised ink"),
    Row("+ real ink", real_ink=True),
)


LEGEND = (
    "“+ synthesised ink” adds synthesised digits and the class “no digit” with its drawings. "
    "All rows have equally many epochs; images shown are epochs times the images of one."
)


@dataclass(frozen=True, slots=True, eq=False)
class Trained:
    """A model, and how many images it was shown in all epochs together."""

    model: CompiledModel
    images_shown: int


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark with the command line `arguments` and return its exit code."""
    parser = command_parser("evaluation.ablation", __doc__.splitlines()[0])
    add_ink(parser, required=True)
    parser.add_argument("--row", nargs="+", choices=[row.name for row in ROWS], help="only these rows")
    parser.add_argument("--epochs", type=int, metavar="N", help="default: the preset's")
    parser.add_argument("--seed", type=int, metavar="N", default=1)
    return run(parser, arguments, _print_rows)


def _print_rows(options: argparse.Namespace) -> str:
    ink = read_ink_file(options.ink)
    for row in ROWS:
        if options.row is None or row.name in options.row:
            trained = train(specification(row, options.ink, options.epochs, options.seed))
            for score in judge(row, recognizer_of(trained.model), ink):
                print(f"{row.name:<18} {trained.images_shown:>10,} images shown  {score_text(score)}", flush=True)
    return LEGEND


def specification(row: Row, ink: Path, epochs: int | None, seed: int) -> CompleteSpec:
    """What to train for `row`: the shipped model's preset, without what the row does without."""
    file, source = (str(ink), ink.name) if row.real_ink else ("", "")
    wanted = TrainingSpec("digitpad", epochs=epochs, seed=seed, augment=row.augmented, ink=file, ink_source=source)
    spec = wanted.completed()
    if row.synthesized:
        return spec
    return replace(spec, preset=replace(spec.preset, synthesized_share=0.0, no_digit_share=0.0))


def train(spec: CompleteSpec) -> Trained:
    """Train as `spec` says, telling of each epoch on stderr."""
    from core.learning.backend import load_tensorflow

    source = find_source("mnist")
    data = source.load()
    material = gather_material(spec, data)
    load_tensorflow()
    from core.learning.compiling import write_model_files
    from core.learning.networks import plain_network
    from core.learning.training import prepare_training

    context = RunContext(TrainingControl(), _tell, ModelLibrary(Path(), Path()))  # nothing is saved there
    training = prepare_training(TrainingPlan(spec, source, data, material), context)
    training.run()
    with tempfile.TemporaryDirectory() as folder:
        write_model_files(plain_network(spec.preset, training.network), Path(folder), material.images[:1000])
        return Trained(CompiledModel(Path(folder) / COMPILED_FILE), spec.epochs * len(material))


def recognizer_of(model: CompiledModel) -> RecognizeImages:
    """Best guesses alone: without thresholds every answer is a digit."""

    def recognize_many(images: Sequence[Image | None]) -> list[Recognition]:
        inked = [image for image in images if image is not None]
        assert len(inked) == len(images), "every digit has ink"
        rows = model.probabilities(np.stack(inked))
        return [Recognition(int(row.argmax()), tuple(map(float, row)), Verdict.DIGIT) for row in rows]

    return recognize_many


def judge(row: Row, recognize_many: RecognizeImages, ink: Sequence[LabelledDrawing]) -> list[DigitScore]:
    """How a model does on MNIST's test set and on the ink that it has not learned from."""
    kept_out = split_writers(item.writer for item in ink).judging
    sets = {"kept-out writers": [item for item in ink if item.writer in kept_out]}
    if not row.real_ink:
        sets["all writers"] = list(ink)
    return [score_mnist(recognize_many), *(score_ink(recognize_many, own, name) for name, own in sets.items())]


def score_text(score: DigitScore) -> str:
    """`score` in one line."""
    return (
        f"{score.name:<18} {score.count:>6,} {score.mistakes:>5,} mistakes  {accuracy_text(score.right):>8}  "
        f"worst digit {score.worst_digit}: {accuracy_text(score.worst_right)}"
    )


def _tell(event: Event) -> None:
    if isinstance(event, EpochDone):
        print(f"epoch {event.epoch}: loss {event.loss:.4f}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
