"""All digits of MNIST's test set that a model reads wrong, on one page.

python -m benchmarks.evaluation.mistakes OUT.png [--model NAME|DIR]
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt

from benchmarks.command_line import command_parser, run
from benchmarks.evaluation.painting import BAD, FAINT, INK, Page
from benchmarks.models import add_model, find_model
from core.datasets.digit_sets import DigitSet
from core.datasets.mnist import load_mnist
from core.digits.arrays import Image
from core.recognition.evaluation import mistakes_text
from core.recognition.recognizer import Recognition, Recognizer, Verdict
from core.wording.percentages import accuracy_text, probability_text

_COLUMNS = 10
_SIDE = 84
_GAP = 16
_CAPTION = 34
_MARGIN = 28
_HEAD = 84
_VERDICTS = {Verdict.DIGIT: "", Verdict.UNSURE: "unsure", Verdict.NOT_A_DIGIT: "refused", Verdict.BLANK: "blank"}


@dataclass(frozen=True, slots=True, eq=False)
class Mistake:
    """A digit that was read wrong: its place in the set, its image, what it is, and what was answered."""

    index: int
    image: Image
    truth: int
    answer: Recognition


def find_mistakes(answers: Sequence[Recognition], digits: DigitSet) -> list[Mistake]:
    """All wrong best guesses, by truth, and the surest first."""
    mistakes = [
        Mistake(index, digits.images[index], int(digits.labels[index]), answer)
        for index, answer in enumerate(answers)
        if answer.digit != digits.labels[index]
    ]
    return sorted(mistakes, key=lambda mistake: (mistake.truth, -mistake.answer.confidence))


def paint_mistakes(mistakes: Sequence[Mistake], name: str, total: int) -> Page:
    """A page with every mistake: the image, its truth, what was read, and how sure the model was."""
    rows = max(1, -(-len(mistakes) // _COLUMNS))
    step_x, step_y = _SIDE + _GAP, _SIDE + _CAPTION + _GAP
    page = Page(2 * _MARGIN + _COLUMNS * step_x - _GAP, _HEAD + rows * step_y - _GAP + _MARGIN)
    wide = page.width - 2 * _MARGIN
    page.text((_MARGIN, 20, wide, 26), f"{name}: {mistakes_text(len(mistakes))} in {total:,}", size=19, bold=True)
    page.text(
        (_MARGIN, 46, wide, 20),
        f"{accuracy_text(1 - len(mistakes) / total)} of MNIST’s test set are right. "
        "Under each: truth → answer, how sure the model was, and the number in the set.",
        colour=FAINT,
    )
    for number, mistake in enumerate(mistakes):
        row, column = divmod(number, _COLUMNS)
        _paint_one(page, mistake, _MARGIN + column * step_x, _HEAD + row * step_y)
    return page


def _paint_one(page: Page, mistake: Mistake, left: float, top: float) -> None:
    page.pixels((left, top, _SIDE, _SIDE), mistake.image)
    below = top + _SIDE + 3
    page.text((left, below, 30, 17), f"{mistake.truth} →", bold=True)
    page.text((left + 27, below, 20, 17), str(mistake.answer.digit), bold=True, colour=BAD)
    right = Qt.AlignmentFlag.AlignRight
    page.text((left, below, _SIDE, 17), probability_text(mistake.answer.confidence), size=12, colour=INK, align=right)
    page.text((left, below + 16, _SIDE, 14), _VERDICTS[mistake.answer.verdict], size=10, colour=FAINT)
    page.text((left, below + 16, _SIDE, 14), f"{mistake.index:,}", size=10, colour=FAINT, align=right)


def main(argv: Sequence[str]) -> int:
    """Paint the page for one model."""
    parser = command_parser("evaluation.mistakes", "Show a model's mistakes.")
    parser.add_argument("out", type=Path, metavar="OUT.png")
    add_model(parser)
    return run(parser, argv, _show)


def _show(options: argparse.Namespace) -> str:
    bundle = find_model(options.model)
    test = load_mnist().test
    mistakes = find_mistakes(Recognizer(bundle).recognize_many(list(test.images)), test)
    paint_mistakes(mistakes, bundle.card.name, len(test)).save(options.out)
    return f"{mistakes_text(len(mistakes))} shown in {options.out}."


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
