"""All answers of a test as CSV: one row for each digit."""

import csv
import io
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from core.digits.arrays import CLASSES
from core.ink.arrays import FloatArray
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
    rows.writerows(_rows(test, disputed))
    return text.getvalue().encode()


def _rows(test: ModelTest, disputed: DisputedLabels | None) -> Iterator[list[object]]:
    answers, other = test.model.answers, None if test.other is None else test.other.answers
    shares = _rounded(answers.probabilities).tolist()
    facts = [answers.labels.tolist(), answers.guesses.tolist(), answers.right.tolist()]
    sure, none = _rounded(answers.confidences).tolist(), _rounded(answers.no_digit).tolist()
    others: list[list[object]] = [[] for _ in shares]
    if other is not None:
        guesses, confidences = other.guesses.tolist(), _rounded(other.confidences).tolist()
        others = [list(row) for row in zip(guesses, map(int, other.right.tolist()), confidences, strict=True)]
    for place, (label, guess, is_right) in enumerate(zip(*facts, strict=True)):
        marks = [] if disputed is None else [int(place in disputed)]
        first = [place + 1, label, guess, int(is_right), sure[place], none[place]]
        yield [*first, *shares[place], *others[place], *marks]


def _rounded(shares: FloatArray) -> npt.NDArray[np.float64]:
    return np.asarray(np.round(shares.astype(np.float64), _DECIMALS), np.float64)
