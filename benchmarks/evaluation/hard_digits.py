"""Which of MNIST's training digits are hard: those that teaching rehearses, and those that show what it forgets.

    python -m benchmarks.evaluation.hard_digits [--write]

They are the ones to whose label the shipped model gives the least probability. Those that validate a run are never
rehearsed; the hardest of them guard the others. `--write` replaces the lists in assets/.
"""

import argparse
import json
import sys
from collections.abc import Sequence

import numpy as np

from benchmarks.command_line import command_parser, run
from benchmarks.models import find_model
from core.datasets.mnist import load_mnist
from core.digits.arrays import Images, Labels
from core.models.compiled import CompiledModel
from core.system.paths import assets_folder
from core.system.processor import core_count
from core.training.rehearsal import GUARDING_DIGITS, HARD_DIGITS, HARD_DIGITS_FILE, may_be_rehearsed


def main(argv: Sequence[str] | None = None) -> int:
    """Rank the digits, and say how hard they are."""
    parser = command_parser("evaluation.hard_digits", "Find the digits of MNIST that teaching rehearses.")
    parser.add_argument("--write", action="store_true", help="replace the lists in assets/")
    return run(parser, argv, _ranked)


def _ranked(options: argparse.Namespace) -> str:
    train = load_mnist().train
    chances = _chances(train.images, train.labels)
    allowed = may_be_rehearsed(train)
    hardest = {
        "rehearsed": _hardest(chances, allowed, HARD_DIGITS),
        "guarding": _hardest(chances, ~allowed, GUARDING_DIGITS),
    }
    if options.write:
        content = json.dumps({use: sorted(places.tolist()) for use, places in hardest.items()}, separators=(",", ":"))
        (assets_folder() / HARD_DIGITS_FILE).write_text(f"{content}\n")
    lines = [
        f"{use}: the {len(places):,} hardest of {among.sum():,} digits; their labels get at most "
        f"{100 * chances[places].max():.1f} %, half of all get more than {100 * np.median(chances[among]):.1f} %."
        for (use, places), among in zip(hardest.items(), (allowed, ~allowed), strict=True)
    ]
    return "\n".join(lines)


def _hardest(chances: np.ndarray, among: np.ndarray, count: int) -> np.ndarray:
    """The places of the `count` least chances among those that a mask shows."""
    places = np.flatnonzero(among)
    return places[np.argsort(chances[places], kind="stable")[:count]]


def _chances(images: Images, labels: Labels) -> np.ndarray:
    """The probability that the shipped model gives each label, `(n,)`, as the network says it."""
    said = CompiledModel(find_model(None).compiled_path, threads=core_count()).answer(images)
    chances: np.ndarray = said.probabilities[np.arange(len(labels)), labels]
    return chances if said.no_digit is None else chances * (1 - said.no_digit)


if __name__ == "__main__":
    sys.exit(main())
