"""Every answer of a model to the digits of a test."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from core.datasets.digit_sets import DigitSet
from core.digits.arrays import Images, Labels, Probabilities
from core.ink.arrays import FloatArray
from core.models.bundles import ModelBundle
from core.models.card import Score, Thresholds
from core.models.compiled import Answers, CompiledModel
from core.recognition.calibration import calibrated
from core.recognition.evaluation import confusion_matrix
from core.system.processor import core_count

_BATCH = 256  # images between two looks whether the work was cancelled

Progress = Callable[[float], None]
"""Told the share that is done, in [0, 1]; what it raises ends the work."""

Mask = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int64]
"""Indices of digits in their test, `(n,)`."""


@dataclass(frozen=True, eq=False)  # without slots, where what is computed once could not be kept
class ModelAnswers:
    """What a model answered to n digits.

    Attributes
    ----------
    labels
        uint8 `(n,)`: what the digits are.
    probabilities
        float32 `(n, 10)`, calibrated: of each digit, given that it is one.
    no_digit
        float32 `(n,)` in [0, 1]: the probability that it is no digit; all 0 for a network that knows no such thing.
    ink
        float32 `(n,)`: the mean brightness of each image, 0 to 255.
    """

    labels: Labels
    probabilities: Probabilities
    no_digit: FloatArray
    ink: FloatArray

    def __len__(self) -> int:
        return len(self.labels)

    @cached_property
    def guesses(self) -> Places:
        """The most probable digit of each, `(n,)`."""
        return np.asarray(self.probabilities.argmax(axis=1), np.int64)

    @cached_property
    def confidences(self) -> FloatArray:
        """The probability of that digit, float32 `(n,)` in [0, 1]."""
        return np.asarray(self.probabilities.max(axis=1), np.float32)

    @cached_property
    def right(self) -> Mask:
        """Which guesses are right, `(n,)`."""
        return np.asarray(self.guesses == self.labels)

    def confusion(self) -> npt.NDArray[np.int64]:
        """`(10, 10)`: `[truth, guess]` counts digits."""
        return confusion_matrix(self.labels, self.guesses)

    def score(self, data: str, counted: Mask | None = None) -> Score | None:
        """The result, of those that are `counted` alone, or of all; None of no digits. `data` names the digits."""
        labels, guesses = self.labels, self.guesses
        if counted is not None:
            labels, guesses = labels[counted], guesses[counted]
        if not len(labels):
            return None
        matrix = confusion_matrix(labels, guesses)
        right = int(np.trace(matrix))
        return Score(data, len(labels), len(labels) - right, right / len(labels), matrix.tolist())

    def mistakes(self) -> Places:
        """The digits that are read wrongly, first those of which the network was most sure."""
        return self.surest_first(np.flatnonzero(~self.right))

    def read_as(self, truth: int, guess: int) -> Places:
        """The digits in a cell of the confusion matrix, in the same order."""
        return self.surest_first(np.flatnonzero((self.labels == truth) & (self.guesses == guess)))

    def surest_first(self, places: Places) -> Places:
        """`places` in the order of the network's confidence, the highest first."""
        return places[np.argsort(-self.confidences[places], kind="stable")]

    def refused_anyway(self, limits: Thresholds) -> Mask:
        """Which are refused whatever their confidence is, `(n,)`: for what is likely no digit, or too little ink."""
        least, most = limits.ink_range
        return np.asarray((self.no_digit > limits.no_digit_above) | (self.ink < least) | (self.ink > most))


def ask(bundle: ModelBundle, images: Images, progress: Progress = lambda share: None) -> Answers:
    """The network's own answers, not calibrated, to images uint8 `(n, 28, 28)`. Raises ModelError."""
    model = CompiledModel(bundle.compiled_path, threads=core_count())
    batches = []
    for start in range(0, len(images), _BATCH):
        progress(start / len(images))
        batches.append(model.answer(images[start : start + _BATCH]))
    progress(1.0)
    none = [batch.no_digit for batch in batches if batch.no_digit is not None]
    return Answers(np.concatenate([batch.probabilities for batch in batches]), np.concatenate(none) if none else None)


def judged(bundle: ModelBundle, digits: DigitSet, said: Answers) -> ModelAnswers:
    """What a network `said` of `digits`, calibrated as its card says."""
    none = np.zeros(len(digits), np.float32) if said.no_digit is None else said.no_digit
    ink = digits.images.mean(axis=(1, 2), dtype=np.float32)
    return ModelAnswers(digits.labels, calibrated(said.probabilities, bundle.card.temperature), none, ink)
