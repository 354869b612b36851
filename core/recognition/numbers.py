"""What is read of a number: its digits, each with its own answer and place, and what was left out."""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

from core.digits.normalize import NormalizedDigit
from core.recognition.recognizer import BLANK, Recognition, Verdict
from core.recognition.rows import Box

Place = Callable[[Box], Box]
"""Takes a box from one unit to another."""


def moved(left: float, top: float, unit: float = 1.0) -> Place:
    """The place of boxes whose origin is at `(left, top)` and whose unit is as long as `unit` there."""
    return lambda box: (left + box[0] * unit, top + box[1] * unit, left + box[2] * unit, top + box[3] * unit)


@dataclass(frozen=True, slots=True, eq=False)
class ReadDigit:
    """A digit of a number.

    Attributes
    ----------
    recognition
        The network's answer for it.
    normalized
        The network's input for it.
    box
        `(left, top, right, bottom)` of its ink, in the units of the drawing or the pixels of the picture.
    row
        The row that it stands in, from 0.
    strokes
        Which strokes of the drawing it is made of; () in a picture.
    """

    recognition: Recognition
    normalized: NormalizedDigit
    box: Box
    row: int = 0
    strokes: tuple[int, ...] = ()

    def placed(self, place: Place) -> "ReadDigit":
        """The digit with its boxes in the units to which `place` leads."""
        x, y, side = self.normalized.box
        left, top, right, _ = place((x, y, x + side, y + side))
        return replace(self, box=place(self.box), normalized=replace(self.normalized, box=(left, top, right - left)))


def refused(digit: ReadDigit) -> ReadDigit:
    """What was read, as something that is no digit."""
    return replace(digit, recognition=replace(digit.recognition, verdict=Verdict.NOT_A_DIGIT))


def doubted(digit: ReadDigit) -> ReadDigit:
    """What was read, said only with doubt."""
    if digit.recognition.verdict != Verdict.DIGIT:
        return digit
    return replace(digit, recognition=replace(digit.recognition, verdict=Verdict.UNSURE))


@dataclass(frozen=True, slots=True, eq=False)
class NumberReading:
    """What was read.

    Attributes
    ----------
    digits
        In reading order: rows from top to bottom, each from left to right. A single mark that is no digit is here, too.
    unread
        Boxes of the ink that was left out: points, minus signs, and whatever is no digit beside digits.
    """

    digits: tuple[ReadDigit, ...] = ()
    unread: tuple[Box, ...] = ()

    @property
    def text(self) -> str:
        """The number, with a line for each row; "" for nothing that is a digit."""
        rows: dict[int, str] = {}
        for digit in self.digits:
            if digit.recognition.verdict in (Verdict.DIGIT, Verdict.UNSURE):
                rows[digit.row] = rows.get(digit.row, "") + str(digit.recognition.digit)
        return "\n".join(rows.values())

    @property
    def confidence(self) -> float:
        """The probability that all digits are right: the product of their confidences; 0.0 for nothing."""
        return math.prod(digit.recognition.confidence for digit in self.digits) if self.digits else 0.0

    @property
    def verdict(self) -> Verdict:
        """The weakest of the digits' verdicts; blank for nothing."""
        verdicts = [digit.recognition.verdict for digit in self.digits]
        order = (Verdict.NOT_A_DIGIT, Verdict.UNSURE, Verdict.DIGIT)
        return next((verdict for verdict in order if verdict in verdicts), Verdict.BLANK)

    def placed(self, place: Place) -> "NumberReading":
        """The reading with all boxes in the units to which `place` leads."""
        return NumberReading(tuple(digit.placed(place) for digit in self.digits), tuple(map(place, self.unread)))

    @property
    def is_single(self) -> bool:
        """Whether this is one digit, or one mark that is none."""
        return len(self.digits) <= 1

    @property
    def whole(self) -> Recognition:
        """The answer for one digit; for several, one without a digit, with the verdict of the whole."""
        if self.is_single:
            return self.digits[0].recognition if self.digits else BLANK
        return Recognition(None, (0.0,) * 10, self.verdict)


BLANK_READING = NumberReading()


def refused_number(reading: NumberReading) -> NumberReading:
    """What was read, as something that is no digit."""
    return NumberReading(tuple(map(refused, reading.digits[:1])), reading.unread)


def doubted_number(reading: NumberReading) -> NumberReading:
    """What was read, said only with doubt."""
    return NumberReading(tuple(map(doubted, reading.digits)), reading.unread)


def with_rows_in_turn(digits: list[ReadDigit]) -> tuple[ReadDigit, ...]:
    """`digits` with their rows numbered without a gap."""
    numbers = {row: number for number, row in enumerate(dict.fromkeys(digit.row for digit in digits))}
    return tuple(replace(digit, row=numbers[digit.row]) for digit in digits)
