"""How well numbers of several digits are read, as ink and in pictures, in one table.

    python -m benchmarks.several_digits [--ink FILE] [--numbers N] [--seed S] [--writers dev|kept-out]

Without ink of real writers only MNIST's digits are read. What is developed against is `--writers dev`: the kept-out
writers judge.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence

from benchmarks.command_line import add_ink, command_parser, run
from benchmarks.evaluation.kept_out_ink import read_kept_out_ink
from benchmarks.models import add_model, find_model
from benchmarks.several_digits.ink_numbers import ink_of_writers
from benchmarks.several_digits.measuring import Bar, Score
from benchmarks.several_digits.reading import Reader
from benchmarks.several_digits.sets import (
    INK,
    PAGES,
    PHOTOS,
    SINGLES,
    SPLIT,
    score_ink,
    score_marks,
    score_pages,
    score_pictures,
    score_sheets,
    score_singles,
)
from core.datasets.real_ink import LabelledDrawing, read_ink_file, split_writers
from core.recognition.recognizer import Recognizer

NUMBERS, SEED = 500, 31
PARTS = ("ink", "pages", "singles", "pictures", "sheets", "marks")
BARS = ((INK, 0.97, False), (PHOTOS, 0.94, False), (PAGES, 0.98, False), (SINGLES, 0.985, False), (SPLIT, 0.003, True))


def main(argv: Sequence[str] | None = None) -> int:
    """Read all sets and print the table."""
    parser = command_parser("several_digits", "Measure how numbers of several digits are read.")
    add_ink(parser)
    add_model(parser)
    parser.add_argument("--numbers", type=int, default=NUMBERS, metavar="N", help=f"ink numbers; default: {NUMBERS}")
    parser.add_argument("--seed", type=int, default=SEED, metavar="S", help=f"default: {SEED}")
    parser.add_argument(
        "--writers", choices=("dev", "kept-out"), default="kept-out", help="whose ink; default: kept-out"
    )
    parser.add_argument("--only", choices=PARTS, nargs="+", default=PARTS, help="parts of the table; default: all")
    return run(parser, argv, _measured)


def _measured(options: argparse.Namespace) -> str:
    bundle = find_model(options.model)
    scores = list(_scores(Reader(Recognizer(bundle)), _ink(options), options))
    width = max(len(score.name) for score in scores) + 2
    shares = {score.name: score.share for score in scores}
    bars = [Bar(name.strip(), shares[name], limit, most) for name, limit, most in BARS if name in shares]
    return "\n".join([
        f"{bundle.card.name}, ink of {options.writers} writers, seed {options.seed}",
        "",
        f"{'':<{width}}{'count':>8}{'right':>10}  {'95 % interval':<16}{'alone':>10}",
        *(score.line(width) for score in scores),
        "",
        "Right: the whole number, to the last digit. Alone: all digits of it are right when each is read by itself.",
        "In order: digits and row breaks, less what has to be edited to make the text of what was read.",
        "",
        *(bar.line(width) for bar in bars),
    ])  # fmt: skip


def _ink(options: argparse.Namespace) -> list[LabelledDrawing]:
    """Drawings of the writers that are asked for; none without a file."""
    if options.ink is None:
        return []
    if options.writers == "kept-out":
        return read_kept_out_ink(options.ink)
    drawings = read_ink_file(options.ink)
    judging = split_writers(drawing.writer for drawing in drawings).judging
    return [drawing for drawing in drawings if drawing.writer not in judging]


def _scores(reader: Reader, ink: Sequence[LabelledDrawing], options: argparse.Namespace) -> Iterator[Score]:
    """The rows of the table, part by part; those that are made from ink only where there is some."""
    writers, count, seed = ink_of_writers(ink), options.numbers, options.seed
    fewer = max(count // 10, 1)
    if "ink" in options.only and writers:
        yield from score_ink(reader, writers, count, seed)
    if "pages" in options.only and writers:
        yield from score_pages(reader, writers, fewer, seed)
    if "singles" in options.only:
        yield from score_singles(reader, ink, count, seed)
    if "pictures" in options.only and writers:
        yield from score_pictures(reader, writers, max(count // 2, 3), seed)
    if "sheets" in options.only:
        yield from score_sheets(reader, writers, max(fewer // 10, 1) if writers else 0, seed)
    if "marks" in options.only and writers:
        yield from score_marks(reader, writers, fewer, seed)


if __name__ == "__main__":
    sys.exit(main())
