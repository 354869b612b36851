"""Pieces of ink that digits are made of, wherever they come from; and one that is far too high for a digit."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from core.recognition.numbers import ReadDigit
from core.recognition.recognizer import Verdict
from core.recognition.rows import Box

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


def find_giant(pieces: Pieces) -> int | None:
    """The piece that is far higher than digits beside it, as a margin line or a brace; None where there is none."""
    boxes = np.asarray(pieces.boxes)
    heights = boxes[:, 3] - boxes[:, 1]
    giant = int(heights.argmax())
    others = np.delete(np.arange(len(boxes)), giant)
    high = others[heights[others] >= _AS_HIGH * heights[others].max(initial=0.0)]
    if (
        len(high) < 2
        or heights[giant] < _FAR_HIGHER * heights[high].max()
        or _is_clear(pieces.digit([giant]), but=(1,))
    ):
        return None
    clear = [read for piece in high[:_ENOUGH].tolist() if _is_clear(read := pieces.digit([piece]))]
    enough = sum(1 if read.recognition.digit in _PARTS_OF_SIGNS else 2 for read in clear) >= _ENOUGH
    return giant if enough else None


def _is_clear(read: ReadDigit, but: Sequence[int] = ()) -> bool:
    said = read.recognition
    return said.verdict == Verdict.DIGIT and said.confidence >= _CLEARLY and said.digit not in but
