"""How the app reads pictures of digits in every form, and refuses pictures of anything else.

    python -m benchmarks.pictures [--ink FILE] [--digits N] [--seed N] [--offset N] [--keep FOLDER] [--model NAME|DIR]

Without ink of real writers, what is made from strokes is made from synthesised ones, of the kind that training knows.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path

from benchmarks.command_line import add_ink, command_parser, run
from benchmarks.evaluation.kept_out_ink import read_kept_out_ink
from benchmarks.evaluation.measuring import RefusalScore
from benchmarks.models import add_model, find_model
from benchmarks.pictures.digits import drawn_digits, mnist_digits
from benchmarks.pictures.measuring import FormScore, score_forms, score_kinds
from core.recognition.recognizer import Recognizer

DIGITS = 300
SEED = 50
FORMS_MEAN, FORM_LEAST = 0.99, 0.97
KINDS_MEAN, KIND_LEAST = 0.97, 0.90


def table_text(forms: Sequence[FormScore], kinds: Sequence[RefusalScore]) -> str:
    """The scores for people, and whether they reach the bars."""
    names = [form.name for form in forms] + [kind.name for kind in kinds]
    width = max(map(len, names)) + 2
    shares = "".join(f"{column:>10}" for column in ("right", "wrong", "refused", "unsure", "direct"))
    lines = [f"{'forms of a digit':<{width}}{'count':>7}{shares}"]
    for form in forms:
        row = (form.right, form.wrong, form.refused, form.unsure, form.direct)
        lines.append(_line(form.name, width, form.count, row))
    lines += ["", f"{'no digits':<{width}}{'count':>7}{'refused':>10}{'unsure':>10}{'taken':>10}"]
    lines += [_line(kind.name, width, kind.count, (kind.refused, kind.unsure, kind.taken)) for kind in kinds]
    right, refused = [form.right for form in forms], [kind.refused for kind in kinds]
    lines += [
        "",
        _bar("forms, on average", sum(right) / len(right), FORMS_MEAN),
        _bar("the worst form", min(right), FORM_LEAST),
        _bar("no digits, on average", sum(refused) / len(refused), KINDS_MEAN),
        _bar("the worst kind", min(refused), KIND_LEAST),
        "",
        "Right: the best guess is the digit, and it is not refused. Refused: “not a digit”, or no ink found.",
        "Unsure: two digits are named; the first one counts. Direct: right where the network sees the digits with no",
        f"picture to be read, which is what can be expected: {sum(form.direct for form in forms) / len(forms):.2%}.",
    ]
    return "\n".join(lines)


def _line(name: str, width: int, count: int, shares: Sequence[float]) -> str:
    return f"{name:<{width}}{count:>7}" + "".join(f"{share:>10.1%}" for share in shares)


def _bar(name: str, share: float, bar: float) -> str:
    return f"{name:<24}{share:>7.2%}  {'reaches' if share >= bar else 'MISSES'} {bar:.0%}"


def main(argv: Sequence[str] | None = None) -> int:
    """Measure a model and print the table."""
    parser = command_parser("pictures", "Measure how pictures are read.")
    add_ink(parser)
    add_model(parser)
    parser.add_argument("--digits", type=int, default=DIGITS, metavar="N", help=f"of each form (default: {DIGITS})")
    parser.add_argument("--seed", type=int, default=SEED, metavar="N", help=f"of all chance (default: {SEED})")
    parser.add_argument("--offset", type=int, default=0, metavar="N", help="of the first digit (default: 0)")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="leave the pictures there")
    return run(parser, argv, _measured)


def _measured(options: argparse.Namespace) -> str:
    recognizer = Recognizer(find_model(options.model))
    ink = read_kept_out_ink(options.ink) if options.ink else []
    from_mnist = mnist_digits(options.digits, options.offset)
    drawn = drawn_digits(options.digits, options.offset, ink)
    with nullcontext(options.keep) if options.keep else tempfile.TemporaryDirectory() as folder:
        forms = score_forms(recognizer, Path(folder), from_mnist, drawn, options.seed, _tell)
        kinds = score_kinds(recognizer, Path(folder), drawn, options.seed, _tell)
    return table_text(forms, kinds)


def _tell(what: str) -> None:
    if sys.stderr.isatty():
        print(f"measuring {what} …", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
