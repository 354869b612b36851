"""How good a model is, on everything it is for, in one table.

    python -m benchmarks.evaluation.accuracy [--ink FILE] [--model NAME|DIR] [--json]

Without ink of real writers the rows that are made from it are left out, and named.
"""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field

from benchmarks.command_line import add_ink, command_parser, run
from benchmarks.evaluation.digit_sets import (
    DRAWINGS_A_WAY,
    INK_SETS,
    PICTURES_A_CELL,
    score_ink,
    score_mnist,
    score_photos,
    score_pictures,
    score_turned,
    score_ways,
)
from benchmarks.evaluation.kept_out_ink import read_kept_out_ink
from benchmarks.evaluation.measuring import DigitScore, RecognizeImages, RefusalScore, score_refusals
from benchmarks.evaluation.non_digits import INK_KINDS, KINDS, LETTERS, judging_images
from benchmarks.evaluation.ways_to_draw import (
    ALL_WAYS,
    ANGLES,
    PEN_WIDTHS,
    PLACES,
    READABLE_PEN_WIDTHS,
    READABLE_SIZES,
    SIZES,
)
from benchmarks.models import add_model, find_model
from core.datasets.real_ink import LabelledDrawing
from core.recognition.recognizer import Recognition, Recognizer
from core.wording.percentages import accuracy_range_text, accuracy_text

NON_DIGITS_A_KIND = 250


@dataclass(slots=True)
class Table:
    """What was measured, with the ink of how many writers, and what could not be."""

    model: str
    parameters: int
    writers: int = 0
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
        table.writers = len({digit.writer for digit in ink})
        table.digits.append(score_ink(recognize_many, ink))
        table.digits.extend(score_turned(recognize_many, ink))
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
    return "\n".join([*lines, "", *_legend(table.writers)])


def _legend(writers: int) -> list[str]:
    """What the words above the columns mean, and how the sets were made from the ink of `writers`."""
    lines = [
        "Mistakes are wrong best guesses, whatever the verdict: a digit may be right and refused, or wrong and unsure.",
        "Refused: “not a digit”, or no ink found. Unsure: two digits are named. Taken: a digit is said, without doubt.",
        "ECE: expected calibration error, how far confidence is from the share that is right, on average over 15 bins.",
    ]
    if not writers:
        return lines
    return [
        *lines,
        f"Ink is that of {writers} writers who are kept out of training. Pens and digits in % of the pad’s side:",
        f"- drawn in {len(ALL_WAYS)} ways: pens {_range(PEN_WIDTHS)}, digits {_range(SIZES)} long, "
        f"at {len(PLACES)} places, level or turned by {max(ANGLES):g}° to either side;",
        f"  {DRAWINGS_A_WAY} digits, the same in each way;",
        f"- pictures of the pad: pens {_range(READABLE_PEN_WIDTHS)}, digits {_range(READABLE_SIZES)} long, "
        f"{PICTURES_A_CELL} digits a cell;",
        "  not the thickest pens, nor the smallest digits: in a picture such a line fills the holes of such a digit.",
    ]


def _range(shares: Sequence[float]) -> str:
    return f"{min(shares) * 100:g} to {max(shares) * 100:g} %"


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


def main(argv: Sequence[str]) -> int:
    """Measure a model and print the table."""
    parser = command_parser("evaluation.accuracy", "Measure a model.")
    add_ink(parser)
    add_model(parser)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    return run(parser, argv, _measured)


def _measured(options: argparse.Namespace) -> str:
    bundle = find_model(options.model)
    ink = read_kept_out_ink(options.ink) if options.ink else []
    table = Table(bundle.card.name, bundle.card.parameters)
    measure(Recognizer(bundle).recognize_many, table, ink, _tell)
    return json.dumps(asdict(table)) if options.json else table_text(table)


def _tell(what: str) -> None:
    if sys.stderr.isatty():
        print(f"measuring {what} …", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
