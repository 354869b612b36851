"""How honest confidences are, and what it brings to refuse the low ones."""

from dataclasses import dataclass

import numpy as np

from core.judging.answers import ModelAnswers
from core.models.card import Thresholds
from core.recognition.calibration import confidence_bin, expected_calibration_error
from core.wording.judging_messages import ThresholdNote
from core.wording.percentages import counted_accuracy_text

BINS = 10


@dataclass(frozen=True, slots=True)
class ReliabilityBin:
    """The answers whose confidence is in one range.

    Attributes
    ----------
    low, high
        The range, the upper end included.
    count
        How many answers there are, at least one.
    confidence
        Their mean confidence, in [0, 1].
    accuracy
        The share of them that is right.
    """

    low: float
    high: float
    count: int
    confidence: float
    accuracy: float


def reliability(answers: ModelAnswers, bins: int = BINS) -> list[ReliabilityBin]:
    """The answers by their confidence, in `bins` ranges of equal width; ranges without answers are left out.

    Source: DeGroot and Fienberg, "The Comparison and Evaluation of Forecasters" (1983).
    """
    confidences, right = answers.confidences.astype(np.float64), answers.right
    of_bin = confidence_bin(confidences, bins)
    return [
        ReliabilityBin(
            number / bins,
            (number + 1) / bins,
            int((of_bin == number).sum()),
            float(confidences[of_bin == number].mean()),
            float(right[of_bin == number].mean()),
        )
        for number in np.unique(of_bin).tolist()
    ]


def calibration_error(answers: ModelAnswers) -> float:
    """The mean gap between confidence and accuracy, in [0, 1]; 0 is perfect."""
    return expected_calibration_error(answers.confidences, answers.right)


@dataclass(frozen=True, slots=True)
class Selection:
    """What is left of a test when answers of low confidence are refused.

    Attributes
    ----------
    total
        All digits.
    answered, right
        How many are answered, and how many of those are right.
    refused_right
        How many are refused although they would be right.
    """

    total: int
    answered: int
    right: int
    refused_right: int

    @property
    def refused(self) -> int:
        """How many are refused."""
        return self.total - self.answered

    @property
    def sentence(self) -> str:
        """ "9,990 of 10,000 answered, 99.71 % of them right. 10 refused, 4 of them read right." """
        if not self.answered:
            return str(ThresholdNote.NONE_ANSWERED(total=self.total))
        accuracy, _, _ = counted_accuracy_text(self.right / self.answered, self.answered).partition(" of ")
        return str(
            ThresholdNote.ANSWERED(
                answered=self.answered, total=self.total, accuracy=accuracy, refused=self._refused_text()
            )
        )

    def _refused_text(self) -> str:
        if not self.refused:
            return str(ThresholdNote.NONE_REFUSED())
        return str(ThresholdNote.REFUSED(refused=self.refused, right=self.refused_right))


def select(answers: ModelAnswers, limits: Thresholds, refuse_below: float) -> Selection:
    """Refuse what `limits` refuse for other reasons than confidence, and answers less sure than `refuse_below`.

    It is the rule by which `core.recognition.recognizer` says “not a digit”.
    """
    answered = ~answers.refused_anyway(limits) & (answers.confidences >= refuse_below)
    right = answers.right
    return Selection(len(answers), int(answered.sum()), int((answered & right).sum()), int((~answered & right).sum()))
