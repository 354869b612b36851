"""The phrases that describe an answer, one for each kind."""

from enum import Enum

LIKE_YOURS = "like one of yours"
"""Stands beside the words, in place of the remark, where one of the user's own digits decided."""


class AnswerPhrase(Enum):
    """The words of an answer, and what stands beside them: a probability, or a remark.

    Both are templates. `digit` and `other` are the two likeliest digits or numbers, `share` and `other_share` their
    probabilities as text; `doubts` says how many digits of a number are unsure, `count` how many are on a page.
    """

    UNDECIDED = ("not sure yet", "")
    BLANK = ("no digit yet", "")
    SURE = ("sure", "{share}")
    FAIRLY_SURE = ("fairly sure", "{share}")
    TWO_DIGITS = ("{digit} or {other}?", "{share} and {other_share}")
    DOUBTED = ("{digit} or no digit?", "{digit} if it is one")
    UNSURE_DIGITS = ("{doubts} unsure", "{share}")
    DOUBTED_DIGITS = ("{doubts} unsure", "if all are digits")
    NOT_A_DIGIT = ("not a digit", "nearest: {digit}")
    PAGE = ("{count:,} digits", "point at one")

    def __init__(self, words: str, remark: str) -> None:
        self.words = words
        self.remark = remark

    @property
    def may_be_no_digit(self) -> bool:
        """Whether it says that the drawing may be no digit at all: then no probability stands beside it."""
        return self in (AnswerPhrase.DOUBTED, AnswerPhrase.DOUBTED_DIGITS, AnswerPhrase.NOT_A_DIGIT)
