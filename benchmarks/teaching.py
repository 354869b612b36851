"""What a few digits of a hand bring: corrected at once, and taught, for writers whom no model has met.

    python -m benchmarks.teaching --ink FILE [--of-each N ...] [--writers W ...] [--dev] [--seed S] [--model NAME|DIR]

For each writer, N drawings of each digit are kept, and all others are read: by the model alone, by the model corrected
at once by what was kept, and by the model that was taught it. Others' digits are MNIST's test set and the ink of all
other kept-out writers. What is developed against is `--dev`, the two writers that validate the shipped model.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.command_line import add_ink, command_parser, run
from benchmarks.models import add_model, find_model
from core.datasets.mnist import load_mnist
from core.datasets.real_ink import LabelledDrawing, read_ink_file, split_writers
from core.digits.arrays import CLASSES, Images, Labels
from core.digits.normalize import normalize_drawing
from core.learning.backend import load_tensorflow
from core.models.compiled import CompiledModel
from core.models.library import ModelBundle, ModelLibrary
from core.recognition.calibration import calibrated
from core.recognition.instant import InstantHead
from core.recognition.own_samples import make_head
from core.recognition.recognizer import Recognizer
from core.samples.sample import NewSample
from core.samples.store import SampleStore
from core.system.paths import assets_folder
from core.system.processor import core_count
from core.training.control import TrainingControl
from core.training.teaching import Taught, TeachingRequest

OF_EACH = (1, 2, 5, 10)
SEED = 1
BARS = {2: 0.95, 10: 0.985}
"""What the hardest writer is to reach, by the number of drawings of each digit."""
MOST_FORGOTTEN = 0.0006
MOST_CORRECTED = 0.0005
MOST_SECONDS = 20.0


@dataclass(frozen=True, slots=True, eq=False)
class Digits:
    """Digits to read: their images, uint8 `(n, 28, 28)`, and labels, `(n,)`."""

    images: Images
    labels: Labels

    def __len__(self) -> int:
        return len(self.labels)


class Answered:
    """What a network answers for digits; samples can correct that without asking it again."""

    def __init__(self, bundle: ModelBundle, digits: Digits) -> None:
        said = CompiledModel(bundle.compiled_path, threads=core_count()).answer(digits.images, with_embeddings=True)
        assert said.embeddings is not None
        self._labels = digits.labels
        self._probabilities = calibrated(said.probabilities, bundle.card.temperature)
        self._no_digit = np.zeros(len(digits), np.float32) if said.no_digit is None else said.no_digit
        self._embeddings = said.embeddings

    def right(self, head: InstantHead | None = None) -> float:
        """The share that is read, corrected by `head` if there is one."""
        answers = self._probabilities
        if head is not None:
            answers = head.correct(answers, self._no_digit, self._embeddings).probabilities
        return float((answers.argmax(axis=1) == self._labels).mean())


@dataclass(frozen=True, slots=True)
class Row:
    """What was measured with one writer and so many drawings of each digit: shares, and seconds of teaching.

    `is_recommended`: whether the user was told to use the taught model.
    """

    writer: str
    of_each: int
    alone: float
    instant: float
    instant_lost: dict[str, float]
    taught: float
    taught_lost: dict[str, float]
    is_recommended: bool
    seconds: float


def main(argv: Sequence[str] | None = None) -> int:
    """Measure all writers, and print the table."""
    parser = command_parser("teaching", "Measure what a few digits of a hand bring.")
    add_ink(parser, required=True)
    add_model(parser)
    parser.add_argument("--of-each", type=int, nargs="+", default=OF_EACH, metavar="N", help="default: 1 2 5 10")
    parser.add_argument("--writers", nargs="+", metavar="W", help="only these of the writers")
    parser.add_argument("--dev", action="store_true", help="the writers to develop against, not those kept out")
    parser.add_argument("--seed", type=int, default=SEED, metavar="S", help=f"which drawings are kept; default: {SEED}")
    return run(parser, argv, _measured)


def _measured(options: argparse.Namespace) -> str:
    bundle = find_model(options.model)
    drawings = read_ink_file(options.ink)
    split = split_writers(item.writer for item in drawings)
    group = sorted(split.validation if options.dev else split.judging)
    ink = [item for item in drawings if item.writer in group]
    test = load_mnist().test
    mnist = Digits(test.images, test.labels)
    mnist_answered = Answered(bundle, mnist)
    print(f"{bundle.card.name}, seed {options.seed}. Digits read, in percent; lost: of others' digits, in points.\n")
    print(HEADING)
    rows = []
    for writer in options.writers or group:
        own = [item for item in ink if item.writer == writer]
        others = _digits([item for item in ink if item.writer != writer])
        answered = {"MNIST": mnist_answered, "ink": Answered(bundle, others)}
        for of_each in options.of_each:
            rows.append(_measure(bundle, own, of_each, options.seed, answered, others))
            print(_line(rows[-1]), flush=True)
    return "\n".join(["", *_summary(rows)])


def _measure(
    bundle: ModelBundle,
    own: list[LabelledDrawing],
    of_each: int,
    seed: int,
    answered: dict[str, Answered],
    others: Digits,
) -> Row:
    kept, rest = _split(own, of_each, seed)
    tested = _digits(rest)
    alone = Answered(bundle, tested)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "digits.sqlite"
        with SampleStore(path) as store:
            images = _digits(kept).images
            store.keep(*(NewSample(one.label, one.drawing, image) for one, image in zip(kept, images, strict=True)))
            head = make_head(store, Recognizer(bundle))
        library = ModelLibrary(Path(folder) / "models", assets_folder() / "models")
        taught = _teach(bundle, library, path)
        after = library.bundle(taught.model)
        ink_lost = answered["ink"].right() - Answered(after, others).right()
        taught_right = Answered(after, tested).right()
    mnist_lost = (taught.others.right_before - taught.others.right_after) / taught.others.images
    return Row(
        writer=own[0].writer,
        of_each=of_each,
        alone=alone.right(),
        instant=alone.right(head),
        instant_lost={name: each.right() - each.right(head) for name, each in answered.items()},
        taught=taught_right,
        taught_lost={"MNIST": mnist_lost, "ink": ink_lost},
        is_recommended=taught.recommendation.is_given,
        seconds=taught.seconds,
    )


def _split(own: list[LabelledDrawing], of_each: int, seed: int) -> tuple[list[LabelledDrawing], list[LabelledDrawing]]:
    """So many drawings of each digit, chosen at random, and the rest."""
    rng = np.random.default_rng(seed)
    labels = np.array([item.label for item in own])
    chosen = {
        int(place) for digit in range(CLASSES) for place in rng.permutation(np.flatnonzero(labels == digit))[:of_each]
    }
    return [own[place] for place in sorted(chosen)], [own[i] for i in range(len(own)) if i not in chosen]


def _teach(bundle: ModelBundle, library: ModelLibrary, store: Path) -> Taught:
    from core.learning.teach import teach

    load_tensorflow()  # so that its loading is in no row's seconds
    request = TeachingRequest(start=str(bundle.folder))
    taught = teach(request, TrainingControl(), lambda event: None, library, store)
    assert taught is not None
    return taught


def _digits(items: Sequence[LabelledDrawing]) -> Digits:
    digits = [normalize_drawing(item.drawing) for item in items]
    images = np.stack([digit.image for digit in digits if digit is not None])  # the ink of a file is never blank
    return Digits(images, np.array([item.label for item in items], np.uint8))


HEADING = (
    f"{'writer':<8}{'of each':>8}{'alone':>9}{'at once':>9}{'lost MNIST':>12}{'ink':>7}"
    f"{'taught':>9}{'lost MNIST':>12}{'ink':>7}{'use it?':>9}{'seconds':>9}"
)


def _line(row: Row) -> str:
    def lost(losses: dict[str, float]) -> str:
        return f"{100 * losses['MNIST']:>12.2f}{100 * losses['ink']:>7.2f}"

    return (
        f"{row.writer:<8}{row.of_each:>8}{100 * row.alone:>9.2f}{100 * row.instant:>9.2f}{lost(row.instant_lost)}"
        f"{100 * row.taught:>9.2f}{lost(row.taught_lost)}{'yes' if row.is_recommended else 'no':>9}{row.seconds:>9.1f}"
    )


def _summary(rows: Sequence[Row]) -> Iterator[str]:
    """The mean of all writers for each number of drawings, and the bars."""
    for of_each in sorted({row.of_each for row in rows}):
        same = [row for row in rows if row.of_each == of_each]

        def mean(read: Callable[[Row], float], same: list[Row] = same) -> float:
            return 100 * sum(map(read, same)) / len(same)

        yield (
            f"{of_each} of each, mean: alone {mean(lambda row: row.alone):.2f}, "
            f"at once {mean(lambda row: row.instant):.2f}, taught {mean(lambda row: row.taught):.2f}; "
            f"MNIST lost at once {mean(lambda row: row.instant_lost['MNIST']):.3f}, "
            f"taught {mean(lambda row: row.taught_lost['MNIST']):.3f}"
        )
        if of_each in BARS:
            hardest = min(same, key=lambda row: row.alone)
            yield _bar(f"hardest writer ({hardest.writer}), taught", 100 * hardest.taught, 100 * BARS[of_each], "%")
    forgotten = max(row.taught_lost["MNIST"] for row in rows)
    yield _bar("most lost on MNIST, taught", -100 * forgotten, -100 * MOST_FORGOTTEN, "points")
    corrected = max(max(row.instant_lost.values()) for row in rows if row.of_each == min(row.of_each for row in rows))
    yield _bar("most lost on others, at once", -100 * corrected, -100 * MOST_CORRECTED, "points")
    worse = [f"{row.writer} with {row.of_each}" for row in rows if row.is_recommended and row.taught < row.alone]
    yield f"worse than before, and yet recommended: {', '.join(worse) or 'none'}"
    yield _bar("most seconds, with TensorFlow loaded", -max(row.seconds for row in rows), -MOST_SECONDS, "s")


def _bar(name: str, reached: float, wanted: float, unit: str) -> str:
    return f"{name}: {abs(reached):.2f} {unit}, bar {abs(wanted):g}: {'reached' if reached >= wanted else 'MISSED'}"


if __name__ == "__main__":
    sys.exit(main())
