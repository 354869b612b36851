"""Recognise 28x28 images with the model of a bundle, and judge how far to trust the answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from core.digits.arrays import Image, Images, Probabilities
from core.ink.arrays import FloatArray
from core.models.compiled import Answers, CompiledModel
from core.models.library import ModelBundle
from core.recognition.calibration import calibrated
from core.recognition.instant import Corrected, InstantHead


class Verdict(StrEnum):
    """How far to trust an answer."""

    DIGIT = "digit"
    UNSURE = "unsure"
    NOT_A_DIGIT = "not_a_digit"
    BLANK = "blank"


@dataclass(frozen=True, slots=True)
class Recognition:
    """An answer.

    Attributes
    ----------
    digit
        The best guess, even when the verdict rejects it; None only for a blank pad.
    probabilities
        Ten calibrated numbers that sum to 1; all zero for a blank pad.
    verdict
        Whether to trust the guess.
    no_digit
        Probability that it is no digit at all, in [0, 1]; 0.0 from a network without that class.
    sample
        The number of the user's sample that decided; None where the network did.
    """

    digit: int | None
    probabilities: tuple[float, ...]
    verdict: Verdict
    no_digit: float = 0.0
    sample: int | None = None

    @property
    def confidence(self) -> float:
        """Probability of the best guess, in [0, 1]."""
        return max(self.probabilities)

    @property
    def probability(self) -> float:
        """Probability that this is a digit, and the best guess, in [0, 1]."""
        return (1 - self.no_digit) * self.confidence

    @property
    def candidates(self) -> tuple[int, int]:
        """The two most probable digits, the more probable first."""
        first, second = np.argsort(self.probabilities)[::-1][:2]
        return int(first), int(second)


BLANK = Recognition(None, (0.0,) * 10, Verdict.BLANK)


class Recognizer:
    """Classifies images with the model of a bundle.

    Attributes
    ----------
    bundle
        The bundle.
    head
        The user's samples, which correct the answers to images; None for the network's own answers.
    """

    def __init__(self, bundle: ModelBundle) -> None:
        """Load `bundle`'s compiled model. Raises ModelError."""
        self.bundle = bundle
        self.head: InstantHead | None = None
        self._model = CompiledModel(bundle.compiled_path)

    @property
    def knows_no_digit(self) -> bool:
        """Whether the network can say that something is no digit."""
        return "no_digit" in self._model.output_names

    @property
    def has_embeddings(self) -> bool:
        """Whether the model tells its embeddings, which samples need to correct it."""
        return "embedding" in self._model.output_names

    def recognize(self, image: Image | None) -> Recognition:
        """The answer for one normalised image, uint8 `(28, 28)`, or None for a blank pad."""
        if image is None or not image.any():
            return BLANK
        return self.recognize_many([image])[0]

    def recognize_many(self, images: Sequence[Image | None]) -> list[Recognition]:
        """The answers for many images at once; None for a blank one."""
        inked = [index for index, image in enumerate(images) if image is not None and image.any()]
        answers = [BLANK] * len(images)
        if inked:
            stack = np.stack([np.asarray(images[index]) for index in inked])
            said = self._model.answer(stack, with_embeddings=self.head is not None)
            for index, answer in zip(inked, self._judged(stack, said), strict=True):
                answers[index] = answer
        return answers

    def recognize_and_embed(self, images: Images) -> tuple[list[Recognition], FloatArray]:
        """The answers for images uint8 `(n, 28, 28)`, none of them blank, and their embeddings, float32 `(n, e)`."""
        said = self._model.answer(images, with_embeddings=True)
        assert said.embeddings is not None
        return self._judged(images, said), said.embeddings

    def probabilities(self, images: Images) -> Probabilities:
        """Calibrated probabilities, float32 `(n, 10)`, for images uint8 `(n, 28, 28)`."""
        return calibrated(self._model.probabilities(images), self.bundle.card.temperature)

    def _judged(self, images: Images, said: Answers) -> list[Recognition]:
        """Judge what the network `said` of images, after the samples had their say."""
        corrected = self._corrected(said)
        ink = images.mean(axis=(1, 2)).tolist()
        none = corrected.no_digit.tolist()
        return list(map(self._judge, corrected.probabilities, none, corrected.deciders, ink))

    def _corrected(self, said: Answers) -> Corrected:
        digits = calibrated(said.probabilities, self.bundle.card.temperature)
        none = np.zeros(len(digits), np.float32) if said.no_digit is None else said.no_digit
        if self.head is None or said.embeddings is None:
            return Corrected(digits, none, (None,) * len(digits))
        return self.head.correct(digits, none, said.embeddings)

    def _judge(self, probabilities: Probabilities, no_digit: float, sample: int | None, ink: float) -> Recognition:
        """`no_digit`: probability of “no digit”, in [0, 1]; `ink`: mean brightness of the image."""
        digit = int(probabilities.argmax())
        confidence = float(probabilities[digit])
        limits = self.bundle.card.thresholds
        least_ink, most_ink = limits.ink_range
        if no_digit > limits.no_digit_above or confidence < limits.reject_below or not least_ink <= ink <= most_ink:
            verdict = Verdict.NOT_A_DIGIT
        elif no_digit > limits.doubt_above or confidence < limits.unsure_below:
            verdict = Verdict.UNSURE
        else:
            verdict = Verdict.DIGIT
        return Recognition(digit, tuple(map(float, probabilities)), verdict, no_digit, sample)
