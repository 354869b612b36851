"""What is no digit, for judging: drawn by other generators than those that training learns refusals from.

    python -m benchmarks.evaluation.non_digits OUT.png [--ink FILE]

shows some of each kind, as the network sees them. Crossed out, half-drawn, overdrawn and doubled digits are made from
the ink of writers who are kept out of training; letters come from vector fonts, where training has hand-drawn strokes;
everything else from other formulas. The generators differ, but what they draw overlaps: training has scribbles, stars,
hearts and the letter A as well. Shapes that training has in no form are a kind of their own, `NEVER_TRAINED`. There are
no such letters: those that training has none of are the ones that look like digits.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from benchmarks.command_line import add_ink, command_parser, run
from benchmarks.evaluation.broken_digits import BROKEN, images_of
from benchmarks.evaluation.kept_out_ink import read_kept_out_ink
from benchmarks.evaluation.painting import paint_rows
from benchmarks.evaluation.scribbles import scribble
from benchmarks.evaluation.shapes import dots, line, shape
from benchmarks.evaluation.untrained_shapes import untrained_shape
from benchmarks.evaluation.vector_letters import letter
from core.datasets.real_ink import LabelledDrawing
from core.digits.arrays import Images
from core.digits.normalize import normalize_ink_image
from core.ink.drawing import Drawing

SEED = 20

_DRAWN: dict[str, Callable[[np.random.Generator], Drawing]] = {
    "scribbles": scribble, "shapes": shape, "dots": dots, "lines that are no 1": line,
}  # fmt: skip
LETTERS = "letters"
NEVER_TRAINED = "shapes never trained"
KINDS = (*_DRAWN, *BROKEN, LETTERS, NEVER_TRAINED)
INK_KINDS = tuple(BROKEN)
"""Those that are made from real digits."""


def judging_images(kind: str, count: int, digits: Sequence[LabelledDrawing] = ()) -> Images:
    """`count` normalised images of one kind, uint8 `(count, 28, 28)`; always the same ones.

    `digits` are needed for `INK_KINDS` alone. Raises BenchmarkError when they are too few or too alike for one of them.
    """
    rng = np.random.default_rng([SEED, KINDS.index(kind)])
    if kind == LETTERS:
        return np.stack([_letter_image(rng) for _ in range(count)])
    if kind in BROKEN:
        return images_of([BROKEN[kind](digits, rng) for _ in range(count)])
    draw = untrained_shape if kind == NEVER_TRAINED else _DRAWN[kind]
    return images_of([draw(rng) for _ in range(count)])


def _letter_image(rng: np.random.Generator) -> Images:
    digit = normalize_ink_image(letter(rng)[1])
    assert digit is not None, "every letter has ink"
    return digit.image


def main(argv: Sequence[str]) -> int:
    """Show twenty of each kind."""
    parser = command_parser("evaluation.non_digits", "Show non-digits.")
    parser.add_argument("out", type=Path, metavar="OUT.png")
    add_ink(parser)
    return run(parser, argv, _show)


def _show(options: argparse.Namespace) -> None:
    ink = read_kept_out_ink(options.ink) if options.ink else []
    kinds = [kind for kind in KINDS if ink or kind not in INK_KINDS]
    paint_rows({kind: judging_images(kind, 20, ink) for kind in kinds}).save(options.out)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
