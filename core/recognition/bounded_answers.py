"""Answers of the network within bounds: the same image is never asked for twice, and each picture has a budget.

The budget is counted in answers, not in seconds, so that a picture is read in the same way on every machine.
"""

from core.digits.arrays import Image
from core.recognition.recognizer import Recognition, Verdict
from core.recognition.stroke_numbers import Recognize

_A_MEGAPIXEL = 900  # answers; a smaller picture has as many
_AGAIN = 0.5  # of an answer: the time in which an image that is known is made again
_A_LAYER = 6  # answers that take as long as to find and to judge the ink of a small picture
_PIXELS = 5_500  # of a picture, in which ink is found in the time of another answer
_IN_VAIN = 1.5  # times the budget: answers that are no digit
_MORE = 0.5  # such answers for each one that is a digit
_TO_FINISH = 0.5  # times the budget: further ones after each refusal


class BudgetSpentError(Exception):
    """Too many answers were no digit. Some more are given, so that the reading can end in order."""


class BoundedAnswers:
    """The answers for one picture.

    What is a digit extends the budget: a page of thousands of digits is read to its end, a page of anything else is
    not.
    """

    def __init__(self, recognize: Recognize, pixels: int) -> None:
        """`pixels`: of the picture."""
        self._recognize = recognize
        self._budget = _A_MEGAPIXEL * max(pixels / 1e6, 1.0)
        self._spent = 0.0
        self._most_in_vain = _IN_VAIN * self._budget
        self._in_vain = 0
        self._known: dict[bytes, Recognition] = {}

    @property
    def is_spent(self) -> bool:
        """Whether no other way to see the picture should be tried."""
        return self._spent >= self._budget

    @property
    def is_half_spent(self) -> bool:
        """Whether what is left is for what has been seen."""
        return 2 * self._spent >= self._budget

    def count_layer(self, pixels: int) -> None:
        """Charge for having found ink in so many pixels."""
        self._spent += _A_LAYER + pixels / _PIXELS

    def __call__(self, image: Image) -> Recognition:
        """The answer for a normalised image, uint8 `(28, 28)`.

        Raises
        ------
        BudgetSpentError
            When far too many answers were no digit.
        """
        content = image.tobytes()
        if content in self._known:
            self._spent += _AGAIN
        else:
            self._known[content] = self._ask(image)
        return self._known[content]

    def _ask(self, image: Image) -> Recognition:
        if self._in_vain >= self._most_in_vain:
            self._most_in_vain += _TO_FINISH * self._budget
            raise BudgetSpentError
        answer = self._recognize(image)
        self._spent += 1
        if answer.verdict == Verdict.DIGIT:
            self._most_in_vain += _MORE
        else:
            self._in_vain += 1
        return answer
