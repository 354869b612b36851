"""What an answer costs more when the user's own digits correct it: none and 10,000 of them, in turn.

All of them have a say, as if the network had read each wrongly: the most that it can cost.
"""

import argparse
import sys
from collections.abc import Sequence
from time import perf_counter

import numpy as np

from benchmarks.command_line import command_parser, run
from benchmarks.models import add_model, find_model
from benchmarks.timing import RUNS, Spread, machine_line, ratios, verdict_line
from core.datasets.mnist import load_mnist
from core.models.library import ModelBundle
from core.recognition.instant import InstantHead, unit_vectors
from core.recognition.own_samples import reach_of
from core.recognition.recognizer import Recognizer

SAMPLES, ANSWERS = 10_000, 300
MORE_BAR = 0.2


def corrected(recognizer: Recognizer, samples: int) -> InstantHead:
    """A head of so many training digits of MNIST, all of which have a say."""
    digits = load_mnist().train.take(np.arange(samples))
    _, embeddings = recognizer.recognize_and_embed(digits.images)
    return InstantHead(
        np.arange(samples), digits.labels.astype(np.int64), unit_vectors(embeddings), reach_of(recognizer)
    )


def time_answers(bundle: ModelBundle, samples: int, answers: int, runs: int) -> tuple[Spread, Spread]:
    """The milliseconds of an answer without and with so many samples: medians of pairs taken in turn, run by run."""
    alone, with_samples = Recognizer(bundle), Recognizer(bundle)
    with_samples.head = corrected(alone, samples)
    images = load_mnist().test.images[:answers]
    medians = []
    for _ in range(runs):
        pairs = [[_milliseconds(recognizer, image) for recognizer in (alone, with_samples)] for image in images]
        medians.append(np.median(pairs, axis=0).tolist())
    return Spread(tuple(pair[0] for pair in medians)), Spread(tuple(pair[1] for pair in medians))


def _milliseconds(recognizer: Recognizer, image: np.ndarray) -> float:
    began = perf_counter()
    recognizer.recognize(image)
    return (perf_counter() - began) * 1000


def told(samples: int, alone: Spread, with_samples: Spread) -> list[str]:
    """Lines that compare both."""
    more = Spread(tuple(two - one for one, two in zip(alone.values, with_samples.values, strict=True)))
    return [
        f"An answer of the network alone: {alone.text('{:.3f}', 'ms')}",
        f"With {samples:,} of one's own digits: {with_samples.text('{:.3f}', 'ms')}",
        f"  as many times as long: {ratios(with_samples.values, alone.values).text()}",
        "  " + verdict_line("more, in ms", more.median, MORE_BAR, pattern="{:.3f}"),
    ]


def work(arguments: argparse.Namespace) -> None:
    print(machine_line())
    alone, with_samples = time_answers(find_model(arguments.model), arguments.samples, ANSWERS, arguments.runs)
    print(*told(arguments.samples, alone, with_samples), sep="\n")


def main(argv: Sequence[str] | None = None) -> int:
    parser = command_parser("speed.own_digits", "What an answer costs more with the user's own digits.")
    add_model(parser)
    parser.add_argument("--samples", type=int, default=SAMPLES, metavar="N", help=f"default: {SAMPLES}")
    parser.add_argument("--runs", type=int, default=RUNS, metavar="N", help=f"default: {RUNS}")
    return run(parser, argv, work)


if __name__ == "__main__":
    sys.exit(main())
