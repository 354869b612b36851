"""One digit of a test, for whoever shows it elsewhere."""

from dataclasses import dataclass

from core.digits.arrays import Image
from core.judging.model_tests import ModelTest


@dataclass(frozen=True, slots=True, eq=False)
class TestedDigit:
    """What a digit is, and what the model made of it.

    Attributes
    ----------
    image
        uint8 `(28, 28)`, bright ink on 0.
    label, guess
        What it is, and what it was read as: 0 to 9.
    confidence
        How sure the network was, in [0, 1].
    name
        Which digit of the test it is, for people.
    """

    image: Image
    label: int
    guess: int
    confidence: float
    name: str

    @classmethod
    def of(cls, test: ModelTest, place: int) -> "TestedDigit":
        """The digit at a `place` in a test."""
        answers = test.model.answers
        return cls(
            test.digits.images[place],
            int(answers.labels[place]),
            int(answers.guesses[place]),
            float(answers.confidences[place]),
            f"{test.origin}, digit {place + 1:,}",
        )
