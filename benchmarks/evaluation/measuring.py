"""Count what a recogniser gets right, what it refuses, and how honest its confidence is."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.digits.arrays import Image
from core.recognition.calibration import expected_calibration_error
from core.recognition.evaluation import wilson_interval
from core.recognition.recognizer import Recognition, Verdict

RecognizeImages = Callable[[Sequence[Image | None]], list[Recognition]]
"""One answer for each image, uint8 `(28, 28)`, or None where there is no ink: `Recognizer.recognize_many`."""


@dataclass(frozen=True, slots=True)
class DigitScore:
    """How digits of one set were read.

    Attributes
    ----------
    name
        What the set is called.
    count, mistakes
        How many there are, and of how many the best guess is wrong, whatever the verdict.
    right, interval
        Share that is right, and where it lies with 95 % confidence (Wilson).
    worst_digit, worst_right
        The digit with the smallest share right, and that share.
    refused, unsure
        Shares with the verdicts `not_a_digit` (or `blank`, or no ink found) and `unsure`.
    calibration_error
        Expected calibration error of the best guess.
    """

    name: str
    count: int
    mistakes: int
    right: float
    interval: tuple[float, float]
    worst_digit: int
    worst_right: float
    refused: float
    unsure: float
    calibration_error: float


@dataclass(frozen=True, slots=True)
class RefusalScore:
    """How often what is no digit was refused.

    Attributes
    ----------
    refused, unsure, taken
        Shares with the verdict `not_a_digit` (or `blank`), `unsure` and `digit`; they sum to 1.
    taken_for
        The digit that most of the taken were taken for, or None where none was.
    """

    name: str
    count: int
    refused: float
    unsure: float
    taken: float
    taken_for: int | None


def score_digits(name: str, answers: Sequence[Recognition], labels: npt.ArrayLike) -> DigitScore:
    """Score answers on digits with known labels, `(n,)`, n >= 1."""
    truth = np.asarray(labels, np.int64)
    guesses = np.array([-1 if answer.digit is None else answer.digit for answer in answers])
    hits = guesses == truth
    shares = {int(digit): float(hits[truth == digit].mean()) for digit in np.unique(truth)}
    worst = min(shares, key=lambda digit: shares[digit])
    right = int(hits.sum())
    return DigitScore(
        name=name,
        count=len(truth),
        mistakes=len(truth) - right,
        right=right / len(truth),
        interval=wilson_interval(right, len(truth)),
        worst_digit=worst,
        worst_right=shares[worst],
        refused=_share(answers, Verdict.NOT_A_DIGIT, Verdict.BLANK),
        unsure=_share(answers, Verdict.UNSURE),
        calibration_error=expected_calibration_error([answer.confidence for answer in answers], hits),
    )


def score_refusals(name: str, answers: Sequence[Recognition]) -> RefusalScore:
    """Score answers on what is no digit; at least one."""
    taken_for = Counter(answer.digit for answer in answers if answer.verdict is Verdict.DIGIT)
    return RefusalScore(
        name=name,
        count=len(answers),
        refused=_share(answers, Verdict.NOT_A_DIGIT, Verdict.BLANK),
        unsure=_share(answers, Verdict.UNSURE),
        taken=_share(answers, Verdict.DIGIT),
        taken_for=taken_for.most_common(1)[0][0] if taken_for else None,
    )


def recognize_distinct(recognize_many: RecognizeImages, images: Sequence[Image | None]) -> list[Recognition]:
    """Answers for all images, asking once about equal ones: the same ink elsewhere on the pad mostly is."""
    keys = [b"" if image is None else image.tobytes() for image in images]
    distinct = dict(zip(keys, images, strict=True))
    answers = dict(zip(distinct, recognize_many(list(distinct.values())), strict=True))
    return [answers[key] for key in keys]


def _share(answers: Sequence[Recognition], *verdicts: Verdict) -> float:
    return sum(answer.verdict in verdicts for answer in answers) / len(answers)
