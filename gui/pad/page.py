"""A page of digits: a picture with more of them than the pad shows well."""

from collections import Counter
from dataclasses import dataclass, replace

import numpy as np

from core.digits.arrays import Image
from core.digits.normalize import NormalizedDigit
from core.pad.content import PictureInk
from core.recognition.numbers import NumberReading, ReadDigit

MOST_ON_PAD, MOST_ROWS_ON_PAD = 12, 4
"""Digits and rows of a number that is shown on the pad; more of them are a page."""


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """A picture of many digits.

    Attributes
    ----------
    pixels
        uint8 `(h, w)`: the page as it was searched.
    reading
        What was read, with boxes in the file's pixels.
    size
        `(width, height)` of the file.
    name
        The file's name for people.
    """

    pixels: Image
    reading: NumberReading
    size: tuple[int, int]
    name: str = ""

    @property
    def rows(self) -> list[list[int]]:
        """The places of the digits of each row, in reading order."""
        rows: dict[int, list[int]] = {}
        for index, digit in enumerate(self.reading.digits):
            rows.setdefault(digit.row, []).append(index)
        return list(rows.values())

    def row_of(self, index: int) -> list[int]:
        """The places of the digits in the row of this one."""
        return next(row for row in self.rows if index in row)

    def ink_of(self, places: list[int]) -> PictureInk:
        """The ink of some digits, for the pad."""
        return PictureInk(joined_ink([self.reading.digits[index] for index in places]), self.name)

    def on_pad(self, index: int) -> tuple[PictureInk, NormalizedDigit]:
        """A digit as it would be on the pad, and its normalisation with the box there, in pad units."""
        content = self.ink_of([index])
        left, top, side, _ = content.box
        return content, replace(self.reading.digits[index].normalized, box=(left, top, side))


def is_page(reading: NumberReading) -> bool:
    """Whether these are more digits, or rows, than the pad shows well."""
    rows = Counter(digit.row for digit in reading.digits)
    return len(reading.digits) > MOST_ON_PAD or len(rows) > MOST_ROWS_ON_PAD


def joined_ink(digits: list[ReadDigit]) -> Image:
    """The ink of `digits`, at least one, where it is in the picture: uint8 `(h, w)`, bright on 0."""
    left = min(digit.normalized.box[0] for digit in digits)
    top = min(digit.normalized.box[1] for digit in digits)
    unit = digits[0].normalized.box[2] / len(digits[0].normalized.ink)  # all came from one picture
    places = [
        (round((digit.normalized.box[1] - top) / unit), round((digit.normalized.box[0] - left) / unit))
        for digit in digits
    ]
    sides = [len(digit.normalized.ink) for digit in digits]
    height = max(y + side for (y, _), side in zip(places, sides, strict=True))
    width = max(x + side for (_, x), side in zip(places, sides, strict=True))
    joined = np.zeros((height, width), np.uint8)
    for (y, x), side, digit in zip(places, sides, digits, strict=True):
        room = joined[y : y + side, x : x + side]
        np.maximum(room, digit.normalized.ink, out=room)
    return joined
