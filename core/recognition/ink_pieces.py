"""Pieces of ink that digits in pictures are made of: connected parts, and the digits in those that touch."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from core.digits.arrays import Image
from core.pictures.parts import FAINTEST
from core.pictures.stroke_graph import stroke_graph
from core.pictures.thinning import Mask
from core.recognition.ink_digits import read_ink_as_one
from core.recognition.numbers import ReadDigit, moved
from core.recognition.recognizer import BLANK, Recognition, Verdict
from core.recognition.rows import Box, digit_height
from core.recognition.sheets import spread
from core.recognition.straight_cuts import ReadPart, cut_apart
from core.recognition.stroke_numbers import Recognize
from core.recognition.touching import separate

_SPECK = 0.03  # of the ink of the largest part: smaller ones are dirt
_CUT_FROM = 0.55  # width by height: narrower parts are one digit
_NO_DIGIT_TOGETHER = 0.9
_SURE_APART, _SURE_APART_WITH_ONES = (0.97, 0.42), (0.98, 0.47)  # with the least width of a digit by height
_SURE_TOGETHER = 0.95  # of all digits in each of several pieces
_LIKELY_APART = 0.2  # where there are other digits
_MOST_TOLD_APART = 40  # parts: on a page, digits rarely touch
_MOST_IN_VAIN = 250  # answers to cuts of parts that stay whole: then this is no page of digits that touch
_LONGEST_CUT = 12.0  # width by height: what is longer is a line
_LOWEST_CUT = 8  # pixels of height: what is lower is not cut
_LOWEST_SHARE = 0.5  # of a digit's height
_PARTED_WELL = -0.25  # a score: with less, straight cuts are tried, too
_RATHER_PARTED = 0.1  # how much better these have to be
_NOTHING = replace(BLANK, no_digit=1.0)


@dataclass(frozen=True, slots=True, eq=False)
class _Piece:
    """A piece of ink: its box in pixels, and uint8 `(h, w)` within it, bright on 0."""

    box: tuple[int, int, int, int]
    ink: Image


@dataclass(frozen=True, slots=True, eq=False)
class _Parted:
    """The pieces that a piece is cut into, each read as a digit, and how many answers that took."""

    pieces: list[_Piece]
    digits: list[Recognition]
    answers: int

    @property
    def probability(self) -> float:
        """That all of them are digits; 0.0 for a piece that stays whole."""
        return math.prod(digit.probability for digit in self.digits) if len(self.digits) > 1 else 0.0

    def is_clear_alone(self, whole: _Piece, said: Recognition) -> bool:
        """Whether the digits are clear where there are no others beside the whole piece, which the network `said`."""
        ones = sum(digit.digit == 1 for digit in self.digits)
        if said.no_digit < _NO_DIGIT_TOGETHER or 2 * ones > len(self.digits):  # as in an H, an n or a W
            return False
        least, narrowest = _SURE_APART_WITH_ONES if ones else _SURE_APART
        height, width = whole.ink.shape
        return self.probability > least and width > narrowest * len(self.digits) * height


class InkPieces:
    """Connected parts of ink; those that may be several digits that touch are told apart."""

    def __init__(self, ink: Image, recognize: Recognize) -> None:
        self._recognize = recognize
        self._known: dict[tuple[int, ...], ReadDigit] = {}
        self._in_vain = 0
        self._use(_connected_parts(ink))

    @property
    def boxes(self) -> list[Box]:
        return self._boxes

    def digit(self, pieces: Sequence[int]) -> ReadDigit:
        order = tuple(sorted(pieces))
        if order not in self._known:
            self._known[order] = self._read([self._pieces[piece] for piece in order])
        return self._known[order]

    @property
    def may_touch(self) -> bool:
        """Whether any part is no digit, and may be several."""
        return bool(self._unclear())

    def share_of_digits(self) -> float:
        """The share of digits among pieces of their height, in a sample."""
        boxes = np.array(self.boxes)
        heights = boxes[:, 3] - boxes[:, 1]
        sample = spread(np.flatnonzero(heights >= _LOWEST_SHARE * digit_height(boxes)).tolist())
        digits = sum(self.digit([piece]).recognition.verdict == Verdict.DIGIT for piece in sample)
        return digits / len(sample)

    def tell_apart(self) -> None:
        """Replace parts that are no digit, and wide, by the digits that they are made of, where these are clear."""
        height = digit_height(np.array(self.boxes))
        ways: dict[int, _Parted] = {}
        for number in self._unclear()[:_MOST_TOLD_APART]:
            if self._in_vain < _MOST_IN_VAIN:
                ways[number] = self._parted(self._pieces[number], height)
                self._in_vain += 0 if ways[number].probability > _LIKELY_APART else ways[number].answers
        clear = {number: way.pieces for number, way in ways.items() if self._is_clear(number, ways)}
        if clear:
            self._use([part for number, piece in enumerate(self._pieces) for part in clear.get(number, [piece])])

    def _use(self, pieces: list[_Piece]) -> None:
        self._pieces = pieces
        self._boxes = [_as_floats(piece.box) for piece in pieces]  # once: each is asked for many times
        self._known.clear()

    def _unclear(self) -> list[int]:
        """Pieces that are no digit, and may be several that touch."""
        height = digit_height(np.array(self.boxes))
        wide = [number for number, piece in enumerate(self._pieces) if _may_be_several(piece, height)]
        return [number for number in wide if self.digit([number]).recognition.verdict != Verdict.DIGIT]

    def _is_clear(self, number: int, ways: dict[int, "_Parted"]) -> bool:
        """Whether a piece was rightly told apart: a letter, cut, can look like several digits.

        Where there are digits beside it, or other pieces that are told apart as well, it is less likely a letter than
        where it is alone.
        """
        way = ways[number]
        beside = [other for other in range(len(self._pieces)) if self._are_level(number, other)]
        if any(self.digit([other]).recognition.verdict == Verdict.DIGIT for other in beside):
            return way.probability > _LIKELY_APART
        if way.probability > _SURE_TOGETHER and any(
            ways[other].probability > _SURE_TOGETHER for other in beside if other in ways
        ):
            return True
        return way.is_clear_alone(self._pieces[number], self.digit([number]).recognition)

    def _are_level(self, number: int, other: int) -> bool:
        """Whether a piece is another one than `number`, and not much lower or higher."""
        height, of_other = len(self._pieces[number].ink), len(self._pieces[other].ink)
        return other != number and _LOWEST_SHARE * height <= of_other <= height / _LOWEST_SHARE

    def _parted(self, piece: _Piece, height: float) -> "_Parted":
        """The likeliest digits in a `piece` that touch."""
        answers: dict[bytes, Recognition] = {}

        def read(mask: Mask) -> Recognition:
            key = np.packbits(mask).tobytes()
            if key not in answers:
                answers[key] = self._read([_part_of(piece, mask)]).recognition if mask.any() else _NOTHING
            return answers[key]

        found = _likelier(piece.ink > FAINTEST, read, min(height, float(len(piece.ink))))
        digits = [read(mask) for mask in found]
        return _Parted([_part_of(piece, mask) for mask in found], digits, len(answers))

    def _read(self, pieces: Sequence[_Piece]) -> ReadDigit:
        lefts, tops, rights, bottoms = zip(*(piece.box for piece in pieces), strict=True)
        left, top = min(lefts), min(tops)
        ink = np.zeros((max(bottoms) - top, max(rights) - left), np.uint8)
        for piece in pieces:
            x, y = piece.box[0] - left, piece.box[1] - top
            window = ink[y : y + piece.ink.shape[0], x : x + piece.ink.shape[1]]
            np.maximum(window, piece.ink, out=window)
        return read_ink_as_one(ink, self._recognize).placed(moved(left, top))


def _likelier(ink: Mask, read: ReadPart, height: float) -> tuple[Mask, ...]:
    """The digits in `ink`, bool `(h, w)`, cut apart straight, or at the strokes where they meet."""
    graph = stroke_graph(ink)
    parted = separate(graph, lambda edges: read(graph.ink_of(edges)), height)
    if len(parted.digits) == 1 or parted.score < _PARTED_WELL:
        cut = cut_apart(ink, read, height)
        if cut.score > parted.score + _RATHER_PARTED:
            return cut.digits
    return tuple(map(graph.ink_of, parted.digits))


def _as_floats(box: tuple[int, int, int, int]) -> Box:
    left, top, right, bottom = box
    return float(left), float(top), float(right), float(bottom)


def _may_be_several(piece: _Piece, height: float) -> bool:
    """Whether a piece may be several digits side by side in a row of `height`."""
    left, top, right, bottom = piece.box
    is_wide = _CUT_FROM * (bottom - top) <= right - left <= _LONGEST_CUT * (bottom - top)
    return is_wide and bottom - top >= max(_LOWEST_CUT, _LOWEST_SHARE * height)


def _part_of(piece: _Piece, mask: Mask) -> _Piece:
    """The part of a piece in `mask`, bool `(h, w)` as large as its ink."""
    x, y, width, height = cv2.boundingRect(mask.astype(np.uint8))
    ink = np.where(mask, piece.ink, np.uint8(0))[y : y + height, x : x + width]
    left, top = piece.box[0] + x, piece.box[1] + y
    return _Piece((left, top, left + width, top + height), ink)


def _connected_parts(ink: Image) -> list[_Piece]:
    count, labels, stats, _ = cv2.connectedComponentsWithStats((ink > FAINTEST).astype(np.uint8), connectivity=8)
    weights = np.bincount(labels.ravel(), ink.ravel(), minlength=count)
    weights[0] = 0
    pieces = []
    for number in np.flatnonzero(weights >= _SPECK * max(weights.max(), 1)).tolist():
        left, top, width, height = stats[number, :4].tolist()
        place = slice(top, top + height), slice(left, left + width)
        inked = np.where(labels[place] == number, ink[place], np.uint8(0))
        pieces.append(_Piece((left, top, left + width, top + height), inked))
    return pieces
