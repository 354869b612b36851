"""How good a model is, on everything it is for, in one table.

    python -m benchmarks.accuracy [--ink FILE] [--model NAME|DIR] [--json]

Without ink of real writers the rows that are made from it are left out, and named.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from benchmarks.digit_sets import score_ink, score_mnist, score_photos, score_pictures, score_ways
from benchmarks.judging_non_digits import INK_KINDS, KINDS, LETTERS, judging_images
from benchmarks.kept_out_ink import read_kept_out_ink
from benchmarks.measuring import DigitScore, RecognizeImages, RefusalScore, score_refusals
from benchmarks.models import add_model, find_model
from core.errors import DigitPadError
from core.percentages import accuracy_range_text, accuracy_text
from core.real_ink import LabelledDrawing
from core.recognizer import Recognition, Recognizer

NON_DIGITS_A_KIND = 250
INK_SETS = ("ink of kept-out writers", "ways to draw", "pictures of the pad", "photographs")


@dataclass(slots=True)
class Table:
    """What was measured, and what could not be."""

    model: str
    parameters: int
    digits: list[DigitScore] = field(default_factory=list)
    non_digits: list[RefusalScore] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def measure(
    recognize_many: RecognizeImages, table: Table, ink: Sequence[LabelledDrawing], tell: Callable[[str], None]
) -> None:
    """Fill `table`; without `ink` only with what needs none. `tell` is told what comes next."""
    tell("MNIST")
    table.digits.append(score_mnist(recognize_many))
    if ink:
        tell("ink")
        table.digits.append(score_ink(recognize_many, ink))
        tell("ways to draw")
        table.digits.extend(score_ways(recognize_many, ink))
        tell("pictures of the pad")
        table.digits.extend(score_pictures(recognize_many, ink))
        tell("photographs")
        table.digits.extend(score_photos(recognize_many, ink))
    tell("what is no digit")
    table.non_digits.extend(score_non_digits(recognize_many, ink, count=NON_DIGITS_A_KIND))
    if not ink:
        table.left_out.extend((*INK_SETS, *INK_KINDS))


def score_non_digits(
    recognize_many: RecognizeImages, ink: Sequence[LabelledDrawing], *, count: int
) -> list[RefusalScore]:
    """Every kind, then all of them but letters together: those, no digit resembles, and the rest are told apart."""
    scores: list[RefusalScore] = []
    everything: list[Recognition] = []
    for kind in KINDS:
        if kind in INK_KINDS and not ink:
            continue
        answers = recognize_many(list(judging_images(kind, count, ink)))
        scores.append(score_refusals(kind, answers))
        everything += answers if kind != LETTERS else []
    return [*scores, score_refusals("all but letters", everything)]


def table_text(table: Table) -> str:
    """`table` for people."""
    names = [score.name for score in table.digits] + [score.name for score in table.non_digits]
    name_width = max(map(len, names)) + 2
    lines = [
        f"{table.model} ({table.parameters:,} parameters)",
        "",
        f"{'digits':<{name_width}}{'count':>9}{'mistakes':>10}{'right':>10}  {'95 % interval':<16}"
        f"{'worst digit':>13}{'refused':>10}{'unsure':>10}{'ECE':>9}",
    ]
    lines += [_digit_line(score, name_width) for score in table.digits]
    lines += ["", f"{'no digits':<{name_width}}{'count':>9}{'refused':>10}{'unsure':>10}{'taken':>10}  most often for"]
    lines += [_refusal_line(score, name_width) for score in table.non_digits]
    if table.left_out:
        left_out = ", ".join(table.left_out)
        lines += ["", f"Left out, because they are made from real ink and --ink was not given: {left_out}."]
    return "\n".join(lines)


def _digit_line(score: DigitScore, name_width: int) -> str:
    worst = f"{score.worst_digit}: {accuracy_text(score.worst_right)}"
    return (
        f"{score.name:<{name_width}}{score.count:>9,}{score.mistakes:>10,}{accuracy_text(score.right):>10}"
        f"  {accuracy_range_text(*score.interval):<16}{worst:>13}{accuracy_text(score.refused):>10}"
        f"{accuracy_text(score.unsure):>10}{accuracy_text(score.calibration_error):>9}"
    )


def _refusal_line(score: RefusalScore, name_width: int) -> str:
    taken_for = "" if score.taken_for is None else str(score.taken_for)
    shares = "".join(f"{accuracy_text(share):>10}" for share in (score.refused, score.unsure, score.taken))
    return f"{score.name:<{name_width}}{score.count:>9,}{shares}  {taken_for}".rstrip()


def main(argv: Iterable[str]) -> int:
    """Measure a model and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accuracy", description="Measure a model.")
    parser.add_argument("--ink", type=Path, metavar="FILE", help="labelled ink of real writers as JSON, maybe gzipped")
    add_model(parser)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    arguments = parser.parse_args([*argv])
    try:
        bundle = find_model(arguments.model)
        ink = read_kept_out_ink(arguments.ink) if arguments.ink else []
        table = Table(bundle.card.name, bundle.card.parameters)
        measure(Recognizer(bundle).recognize_many, table, ink, _tell)
    except DigitPadError as error:
        print(error, file=sys.stderr)
        return 1
    print(json.dumps(asdict(table)) if arguments.json else table_text(table))
    return 0


def _tell(what: str) -> None:
    if sys.stderr.isatty():
        print(f"measuring {what} …", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
