"""What an answer costs more when the user's own digits correct it: none and 10,000 of them, in turn.

The digits are MNIST's test set: the network reads nearly all of them, and the others have to be corrected, as at home.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

import numpy as np

from benchmarks.command_line import command_parser, run
from benchmarks.models import add_model, find_model
from benchmarks.timing import RUNS, Spread, machine_line, ratios, verdict_line
from core.datasets.mnist import load_mnist
from core.models.library import ModelBundle
from core.pad.content import PictureInk
from core.recognition.instant import InstantHead
from core.recognition.own_samples import make_head
from core.recognition.recognizer import Recognizer
from core.samples.sample import NewSample
from core.samples.store import SampleStore

SAMPLES, ANSWERS = 10_000, 300
MORE_BAR = 0.2


def corrected(recognizer: Recognizer, samples: int) -> InstantHead | None:
    """The head that so many test digits of MNIST make; None where the network reads all of them with certainty."""
    digits = load_mnist().test.take(np.arange(samples))
    with tempfile.TemporaryDirectory() as folder, SampleStore(Path(folder) / "digits.sqlite") as store:
        store.keep(
            *(
                NewSample(label, PictureInk(image), image)
                for label, image in zip(digits.labels.tolist(), digits.images, strict=True)
            )
        )
        return make_head(store, recognizer)


def time_answers(bundle: ModelBundle, samples: int, answers: int, runs: int) -> tuple[Spread, Spread]:
    """The milliseconds of an answer without and with so many samples: medians of pairs taken in turn, run by run."""
    alone, with_samples = Recognizer(bundle), Recognizer(bundle)
    with_samples.head = corrected(alone, samples)
    images = load_mnist().train.images[:answers]
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
