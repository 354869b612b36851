"""All answers of a test as CSV: one row for each digit."""

import csv
import io

from core.digits.arrays import CLASSES
from core.judging.disputed import DisputedLabels
from core.judging.model_tests import ModelTest

COLUMNS = ("number", "label", "read", "right", "confidence", "no digit")
OTHER_COLUMNS = ("other read", "other right", "other confidence")
_DECIMALS = 6


def answer_table(test: ModelTest, disputed: DisputedLabels | None = None) -> bytes:
    """The answers in UTF-8: digits are numbered from 1, confidences in [0, 1].

    There are a column for the probability of each digit and, where there is one, three for the other model. `disputed`
    adds which labels are disputed.
    """
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    probabilities = [f"p{digit}" for digit in range(CLASSES)]
    others = OTHER_COLUMNS if test.other else ()
    rows.writerow([*COLUMNS, *probabilities, *others, *(["disputed"] if disputed is not None else [])])
    for place in range(len(test.digits)):
        marks = [] if disputed is None else [int(place in disputed)]
        rows.writerow([*_answer(test, place), *_other_answer(test, place), *marks])
    return text.getvalue().encode()


def _answer(test: ModelTest, place: int) -> list[object]:
    answers = test.model.answers
    probabilities = [round(float(share), _DECIMALS) for share in answers.probabilities[place]]
    guess, label = int(answers.probabilities[place].argmax()), int(answers.labels[place])
    none = round(float(answers.no_digit[place]), _DECIMALS)
    return [place + 1, label, guess, int(guess == label), max(probabilities), none, *probabilities]


def _other_answer(test: ModelTest, place: int) -> list[object]:
    if test.other is None:
        return []
    probabilities = test.other.answers.probabilities[place]
    guess = int(probabilities.argmax())
    return [guess, int(guess == test.digits.labels[place]), round(float(probabilities.max()), _DECIMALS)]
