"""Which of MNIST's training digits are hard: those that teaching rehearses, so that nothing is forgotten.

    python -m benchmarks.evaluation.hard_digits [--write]

They are the ones to whose label the shipped model gives the least probability. Digits that validate a run are left
out. `--write` replaces the list in assets/.
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
from core.training.rehearsal import HARD_DIGITS, HARD_DIGITS_FILE, may_be_rehearsed


def main(argv: Sequence[str] | None = None) -> int:
    """Rank the digits, and say how hard they are."""
    parser = command_parser("evaluation.hard_digits", "Find the digits of MNIST that teaching rehearses.")
    parser.add_argument("--write", action="store_true", help="replace the list in assets/")
    return run(parser, argv, _ranked)


def _ranked(options: argparse.Namespace) -> str:
    train = load_mnist().train
    chances = _chances(train.images, train.labels)
    allowed = np.flatnonzero(may_be_rehearsed(train))
    hardest = allowed[np.argsort(chances[allowed], kind="stable")[:HARD_DIGITS]]
    if options.write:
        content = json.dumps(sorted(hardest.tolist()), separators=(",", ":"))
        (assets_folder() / HARD_DIGITS_FILE).write_text(f"{content}\n")
    return (
        f"The {HARD_DIGITS:,} hardest of {len(allowed):,} digits: their labels get at most "
        f"{100 * chances[hardest].max():.1f} %, half of all digits get more than {100 * np.median(chances):.1f} %."
    )


def _chances(images: Images, labels: Labels) -> np.ndarray:
    """The probability that the shipped model gives each label, `(n,)`, as the network says it."""
    said = CompiledModel(find_model(None).compiled_path, threads=core_count()).answer(images)
    chances: np.ndarray = said.probabilities[np.arange(len(labels)), labels]
    return chances if said.no_digit is None else chances * (1 - said.no_digit)


if __name__ == "__main__":
    sys.exit(main())
