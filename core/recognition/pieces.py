"""Pieces of ink that digits are made of, wherever they come from; and some that are far too high for digits."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from core.recognition.numbers import ReadDigit
from core.recognition.recognizer import Verdict
from core.recognition.rows import Box

_MOST_GIANTS = 8
_FAR_HIGHER = 2.2  # times all others: digits of a number differ by a factor of two
_AS_HIGH = 0.45  # of the highest of the others
_CLEARLY = 0.9  # confidence
_PARTS_OF_SIGNS = (0, 1)  # a percent sign is a stroke between rings
_ENOUGH = 4  # clear digits beside it, of which those that can be parts of signs count half


class Pieces(Protocol):
    """Pieces of ink that digits are made of."""

    @property
    def boxes(self) -> Sequence[Box]:
        """The box of each piece."""

    def digit(self, pieces: Sequence[int]) -> ReadDigit:
        """Some of the pieces, in any order, read as one digit."""


class Some:
    """Those of some `pieces` that are `kept`, numbered anew."""

    def __init__(self, pieces: Pieces, kept: Sequence[int]) -> None:
        self._pieces = pieces
        self._kept = kept
        self.boxes: Sequence[Box] = [pieces.boxes[piece] for piece in kept]

    def digit(self, pieces: Sequence[int]) -> ReadDigit:
        return self._pieces.digit([self._kept[piece] for piece in pieces])


def find_giants(pieces: Pieces) -> list[int]:
    """The pieces that are far higher than digits beside them, as margin lines or a brace."""
    boxes = np.asarray(pieces.boxes)
    heights = boxes[:, 3] - boxes[:, 1]
    order = np.argsort(-heights, kind="stable")
    steps = heights[order][:-1] / np.maximum(heights[order][1:], 1e-9)
    for count in (np.flatnonzero(steps[:_MOST_GIANTS] >= _FAR_HIGHER) + 1).tolist():
        giants, others = order[:count].tolist(), order[count:]
        if _are_digits(pieces, others[heights[others] >= _AS_HIGH * heights[others].max()].tolist()):
            return [] if any(_is_clear(pieces.digit([giant]), but=(1,)) for giant in giants) else giants
    return []


def _are_digits(pieces: Pieces, high: Sequence[int]) -> bool:
    clear = [read for piece in high[:_ENOUGH] if _is_clear(read := pieces.digit([piece]))]
    return len(high) > 1 and sum(1 if read.recognition.digit in _PARTS_OF_SIGNS else 2 for read in clear) >= _ENOUGH


def _is_clear(read: ReadDigit, but: Sequence[int] = ()) -> bool:
    said = read.recognition
    return said.verdict == Verdict.DIGIT and said.confidence >= _CLEARLY and said.digit not in but
