"""What is no digit, for judging: drawn by other generators than those that training learns refusals from.

    python -m benchmarks.judging_non_digits OUT.png [--ink FILE]

shows some of each kind, as the network sees them. Crossed out, half-drawn, overdrawn and doubled digits are made from
the ink of writers who are kept out of training; letters come from vector fonts, where training has hand-drawn strokes.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from benchmarks.broken_digits import BROKEN, images_of
from benchmarks.kept_out_ink import read_kept_out_ink
from benchmarks.painting import paint_rows
from benchmarks.scribbles import scribble
from benchmarks.shapes import dots, line, shape
from benchmarks.vector_letters import letter
from core.datasets.digit_sets import Images
from core.errors import DigitPadError
from core.ink import Drawing
from core.normalize import normalize_ink_image
from core.real_ink import LabelledDrawing

SEED = 20

_DRAWN: dict[str, Callable[[np.random.Generator], Drawing]] = {
    "scribbles": scribble, "shapes": shape, "dots": dots, "lines that are no 1": line,
}  # fmt: skip
LETTERS = "letters"
KINDS = (*_DRAWN, *BROKEN, LETTERS)
INK_KINDS = tuple(BROKEN)
"""Those that are made from real digits."""


def judging_images(kind: str, count: int, digits: Sequence[LabelledDrawing] = ()) -> Images:
    """`count` normalised images of one kind, uint8 `(count, 28, 28)`; always the same ones.

    `digits` are needed for `INK_KINDS` alone.
    """
    rng = np.random.default_rng([SEED, KINDS.index(kind)])
    if kind == LETTERS:
        return np.stack([_letter_image(rng) for _ in range(count)])
    if kind in BROKEN:
        return images_of([BROKEN[kind](digits, rng) for _ in range(count)])
    return images_of([_DRAWN[kind](rng) for _ in range(count)])


def _letter_image(rng: np.random.Generator) -> Images:
    digit = normalize_ink_image(letter(rng)[1])
    assert digit is not None, "every letter has ink"
    return digit.image


def main(argv: Sequence[str]) -> int:
    """Show twenty of each kind."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.judging_non_digits", description="Show non-digits.")
    parser.add_argument("out", type=Path, metavar="OUT.png")
    parser.add_argument("--ink", type=Path, metavar="FILE", help="labelled ink of real writers as JSON, maybe gzipped")
    arguments = parser.parse_args([*argv])
    try:
        ink = read_kept_out_ink(arguments.ink) if arguments.ink else []
        kinds = [kind for kind in KINDS if ink or kind not in INK_KINDS]
        paint_rows({kind: judging_images(kind, 20, ink) for kind in kinds}).save(arguments.out)
    except DigitPadError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
