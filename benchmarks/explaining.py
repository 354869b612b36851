"""Is evidence faithful? What happens when the ink that speaks for an answer is taken away, or is all there is.

    python -m benchmarks.explaining [--ink FILE] [--digits N] [--model NAME|DIR]

Deletion takes away the ink pixel by pixel, the one with the most evidence first; insertion begins with a blank image
and adds it in that order. The area under the probability of the answer is small for deletion, and large for insertion,
where evidence is faithful. Source: Petsiuk, Das and Saenko, "RISE: Randomized Input Sampling for Explanation of
Black-box Models" (2018). Beside it the same in random order, and in that of the ink's brightness. The digits are those
of the kept-out writers, with `--ink`, or else of MNIST's test set; only those that are read right.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from time import perf_counter

import numpy as np
import numpy.typing as npt

from benchmarks.command_line import add_ink, command_parser, run
from benchmarks.models import add_model, find_model
from benchmarks.timing import Spread, verdict_line
from core.datasets.mnist import load_mnist_test
from core.datasets.real_ink import read_ink_file, split_writers
from core.digits.arrays import Image, Images, Labels
from core.digits.normalize import normalize_drawing
from core.explaining.evidence import Evidence
from core.explaining.explainer import Explainer
from core.models.compiled import CompiledModel

DIGITS = 500
SEED = 3
STEPS = 20
"""Of equally many pixels, from all ink to none."""
SHARE = 0.15
TIMES_BAR, SUM_BAR, NEIGHBOURS_BAR = 2.0, 1e-3, 0.9

Order = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Areas:
    """Areas under the probability of the answer, in [0, 1], and how much of it the first pixels take away."""

    deletion: float
    insertion: float
    lost: float


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, and print the table."""
    parser = command_parser("explaining", "Measure how faithful evidence is.")
    add_ink(parser)
    add_model(parser)
    parser.add_argument("--digits", type=int, default=DIGITS, metavar="N", help=f"how many; default: {DIGITS}")
    return run(parser, argv, work)


def work(options: argparse.Namespace) -> None:
    explainer = Explainer(find_model(options.model))
    images, labels, source = _digits(options)
    answers = [explainer.recognize(image) for image in images]
    right = [place for place, answer in enumerate(answers) if answer.digit == labels[place]]
    print(f"{explainer.bundle.card.name}: {len(right)} digits that it reads right, of {len(images)} of {source}.\n")
    began = perf_counter()
    evidence = [explainer.evidence(images[place], int(labels[place])) for place in right]
    milliseconds = (perf_counter() - began) * 1000 / len(right)
    _print_areas(explainer, images[right], labels[right], evidence)
    _print_sums(evidence)
    print(f"Evidence of one digit ({evidence[0].method}): {milliseconds:.1f} ms\n")
    _print_neighbours(explainer, images[right], labels[right])


def _digits(options: argparse.Namespace) -> tuple[Images, Labels, str]:
    rng = np.random.default_rng(SEED)
    if options.ink is None:
        test = load_mnist_test().digits
        chosen = np.sort(rng.permutation(len(test))[: options.digits])
        return test.images[chosen], test.labels[chosen], "MNIST's test set"
    drawings = read_ink_file(options.ink)
    judging = split_writers(item.writer for item in drawings).judging
    written = [item for item in drawings if item.writer in judging]
    chosen = np.sort(rng.permutation(len(written))[: options.digits])
    normalized = [normalize_drawing(written[place].drawing) for place in chosen]
    images = np.stack([digit.image for digit in normalized if digit is not None])
    labels = np.array([written[place].label for place in chosen], np.uint8)
    return images, labels, "the kept-out writers"


# --- deletion and insertion ------------------------------------------------------------------------------------


def _print_areas(explainer: Explainer, images: Images, labels: Labels, evidence: list[Evidence]) -> None:
    rng = np.random.default_rng(SEED)
    compiled = CompiledModel(explainer.bundle.compiled_path)
    orders = {
        "most evidence first": [
            _order(image, found.pixels, rng) for image, found in zip(images, evidence, strict=True)
        ],
        "random order": [_order(image, np.zeros(image.shape), rng) for image in images],
        "brightest first": [_order(image, image.astype(np.float32), rng) for image in images],
    }
    found = {name: _areas(compiled, images, labels, order) for name, order in orders.items()}
    print(f"{'':22}{'deletion':>10}{'insertion':>11}{f'lost with {SHARE:.0%}':>16}")
    for name, areas in found.items():
        print(f"{name:22}{areas.deletion:>10.3f}{areas.insertion:>11.3f}{100 * areas.lost:>14.1f} %")
    times = found["most evidence first"].lost / max(found["random order"].lost, 1e-9)
    print(verdict_line("times what random pixels take away", times, TIMES_BAR, at_least=True, pattern="{:.1f}"))
    print()


def _order(image: Image, worth: npt.NDArray[np.generic], rng: np.random.Generator) -> Order:
    """The ink's pixels, those of the most `worth` first, equal ones at random."""
    inked = rng.permutation(np.flatnonzero(image))
    by_worth: Order = inked[np.argsort(-worth.reshape(-1)[inked].astype(np.float64), kind="stable")]
    return by_worth


def _areas(compiled: CompiledModel, images: Images, labels: Labels, orders: list[Order]) -> Areas:
    deletion, insertion, lost = [], [], []
    for image, label, order in zip(images, labels, orders, strict=True):
        deleted, inserted = _steps(image, order)
        first = image.reshape(-1).copy()
        first[order[: round(SHARE * len(order))]] = 0
        stack = np.stack([*deleted, *inserted, first.reshape(image.shape)])
        said = compiled.probabilities(stack)[:, label]
        deletion.append(said[: STEPS + 1].mean())
        insertion.append(said[STEPS + 1 : -1].mean())
        lost.append(said[0] - said[-1])
    return Areas(*(float(np.mean(values)) for values in (deletion, insertion, lost)))


def _steps(image: Image, order: Order) -> tuple[list[Image], list[Image]]:
    deleted, inserted = [], []
    for step in range(STEPS + 1):
        gone = order[: round(step / STEPS * len(order))]
        rest, alone = image.reshape(-1).copy(), np.zeros(image.size, np.uint8)
        rest[gone] = 0
        alone[gone] = image.reshape(-1)[gone]
        deleted.append(rest.reshape(image.shape))
        inserted.append(alone.reshape(image.shape))
    return deleted, inserted


# --- sums and neighbours -----------------------------------------------------------------------------------------


def _print_sums(evidence: list[Evidence]) -> None:
    exact = [abs(float(found.pixels.sum()) - found.total) for found in evidence if found.is_exact]
    if exact:
        print(verdict_line("largest difference of a sum from its logit", max(exact), SUM_BAR, pattern="{:.1e}"))


def _print_neighbours(explainer: Explainer, images: Images, labels: Labels) -> None:
    shares = list(_same_labels(explainer, images, labels))
    if not shares:
        print("The model has no neighbours.")
        return
    mean = float(np.mean([share for share, _ in shares]))
    print(verdict_line("share of neighbours with the answer's label", mean, NEIGHBOURS_BAR, at_least=True))
    print(f"Neighbours of one digit: {Spread(tuple(ms for _, ms in shares)).median:.2f} ms, its embedding included")


def _same_labels(explainer: Explainer, images: Images, labels: Labels) -> Iterator[tuple[float, float]]:
    """For each digit, the share of its neighbours of the same label, and the milliseconds that finding them took."""
    for image, label in zip(images, labels, strict=True):
        began = perf_counter()
        neighbours = explainer.neighbours(image)
        elapsed = (perf_counter() - began) * 1000
        if neighbours:
            yield sum(neighbour.label == label for neighbour in neighbours) / len(neighbours), elapsed


if __name__ == "__main__":
    sys.exit(main())
