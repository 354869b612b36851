"""Read numbers in ink from pictures: the pieces are connected parts, cut where digits may touch."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import cv2
import numpy as np

from core.digits.arrays import Image
from core.digits.normalize import normalize_ink_image
from core.pictures.grids import find_grid
from core.pictures.ink_search import cut_digit
from core.pictures.stroke_graph import stroke_graph
from core.pictures.thinning import Mask
from core.recognition.brackets import without_brackets
from core.recognition.numbers import BLANK_READING, NumberReading, ReadDigit, read_pieces, with_rows_in_turn
from core.recognition.recognizer import BLANK, Recognition, Verdict
from core.recognition.rows import Box, digit_height
from core.recognition.stroke_numbers import Recognize
from core.recognition.touching import separate

MAX_PARTS = 6000
"""With more, ink is read as one: it is a texture."""

_FAINTEST = 24  # of 255: fainter rims hold nothing together
_SPECK = 0.03  # of the ink of the largest part: smaller ones are dirt
_CUT_FROM = 0.55  # width by height: narrower parts are one digit
_NO_DIGIT_TOGETHER = 0.9
_SURE_APART, _SURE_APART_WITH_ONES = (0.92, 0.85), (0.98, 0.95)  # with the least width by height
_LIKELY_APART = 0.2  # where there are other digits
_MOST_TOLD_APART = 40  # parts: on a page, digits rarely touch
_LONGEST_CUT = 12.0  # width by height: what is longer is a line
_LOWEST_CUT = 8  # pixels of height: what is lower is not cut
_LOWEST_SHARE = 0.5  # of a digit's height
_MANY = 24  # pieces: from here on, a sample shows first whether they are digits
_SAMPLE = 40
_FEW_DIGITS, _MANY_DIGITS = 0.55, 0.8  # of the sample: with fewer it is something else; with fewer some may touch
_CELLS_WITH_DIGITS = 0.85
Sampled = TypeVar("Sampled")
_NOTHING = replace(BLANK, no_digit=1.0)


OnParts = Callable[[int], object]
"""Called with the number of parts of ink before they are read; it may raise."""


def ignore_parts(parts: int) -> None:
    """For who does not want to know how far the reading is."""


def read_ink(ink: Image, recognize: Recognize, on_parts: OnParts = ignore_parts) -> NumberReading:
    """Read the number in `ink`, uint8 `(h, w)`, bright on 0. Boxes are in its pixels."""
    pieces = InkPieces(ink, recognize)
    if not pieces.boxes:
        return BLANK_READING
    on_parts(len(pieces.boxes))
    if len(pieces.boxes) > _MANY:
        share = pieces.share_of_digits()
        if share < _MANY_DIGITS:
            cells = read_cells(ink, recognize, on_parts)
            if cells is not None:
                return cells
        if share < _FEW_DIGITS:
            return NumberReading((read_ink_as_one(ink, recognize),))
        if share < _MANY_DIGITS:
            return without_brackets(read_pieces(pieces, MAX_PARTS))
    pieces.tell_apart()
    return without_brackets(read_pieces(pieces, MAX_PARTS))


def read_cells(ink: Image, recognize: Recognize, on_parts: OnParts = ignore_parts) -> NumberReading | None:
    """Read a sheet of cells with a digit in each, uint8 `(h, w)`, bright on 0; None where it is none.

    It is one when most of a sample of the cells are digits.
    """
    grid = find_grid(ink)
    if grid is None:
        return None
    inks = [
        (row, left, top, ink[top : top + grid.side, left : left + grid.side])
        for row, _, left, top in grid.cells(ink.shape)
    ]
    inked = [cell for cell in inks if (cell[3] > _FAINTEST).any()]
    sample = _spread(inked)
    digits = sum(read_ink_as_one(cell[3], recognize).recognition.verdict == Verdict.DIGIT for cell in sample)
    if len(inked) < _MANY or digits < _CELLS_WITH_DIGITS * len(sample):
        return None
    on_parts(len(inked))
    read = [_read_cell(*cell, recognize) for cell in inked]
    unread = tuple(digit.box for digit in read if digit.recognition.verdict == Verdict.NOT_A_DIGIT)
    return NumberReading(with_rows_in_turn([digit for digit in read if digit.box not in unread]), unread)


def _read_cell(row: int, left: int, top: int, ink: Image, recognize: Recognize) -> ReadDigit:
    read = read_ink_as_one(ink, recognize)
    return replace(
        read.placed(lambda box: (left + box[0], top + box[1], left + box[2], top + box[3])),
        row=row,
    )


def _spread(items: Sequence[Sampled]) -> Sequence[Sampled]:
    """Some of `items`, from all over."""
    return items[:: max(1, len(items) // _SAMPLE)]


def read_ink_as_one(ink: Image, recognize: Recognize) -> ReadDigit:
    """Read all of `ink`, uint8 `(h, w)`, bright on 0 and not blank, as one digit. Its box is in pixels of `ink`."""
    left, top, width, height = cv2.boundingRect(ink)
    found = cut_digit(ink[top : top + height, left : left + width].astype(np.float32))
    normalized = normalize_ink_image(found.ink)
    if normalized is None:
        raise ValueError("there is no ink")
    x, y, right, bottom = found.box
    box_x, box_y, side = (length / found.scale for length in normalized.box)
    cut = found.ink.shape[0] / found.scale  # pixels: the ink is in the middle of the square that was cut out
    to_left, to_top = left + (x + right - cut) / 2, top + (y + bottom - cut) / 2
    placed = replace(normalized, box=(to_left + box_x, to_top + box_y, side))
    return ReadDigit(recognize(normalized.image), placed, (left + x, top + y, left + right, top + bottom))


@dataclass(frozen=True, slots=True, eq=False)
class _Piece:
    """A piece of ink: its box in pixels, and uint8 `(h, w)` within it, bright on 0."""

    box: tuple[int, int, int, int]
    ink: Image


class InkPieces:
    """Connected parts of ink; those that may be several digits that touch are told apart."""

    def __init__(self, ink: Image, recognize: Recognize) -> None:
        self._recognize = recognize
        self._known: dict[tuple[int, ...], ReadDigit] = {}
        self._pieces = _connected_parts(ink)

    @property
    def boxes(self) -> list[Box]:
        return [(float(left), float(top), float(right), float(bottom)) for left, top, right, bottom in self._boxes()]

    def digit(self, pieces: Sequence[int]) -> ReadDigit:
        order = tuple(sorted(pieces))
        if order not in self._known:
            self._known[order] = self._read([self._pieces[piece] for piece in order])
        return self._known[order]

    def share_of_digits(self) -> float:
        """The share of digits among pieces of their height, in a sample."""
        boxes = np.array(self.boxes)
        heights = boxes[:, 3] - boxes[:, 1]
        sample = _spread(np.flatnonzero(heights >= _LOWEST_SHARE * digit_height(boxes)).tolist())
        digits = sum(self.digit([piece]).recognition.verdict == Verdict.DIGIT for piece in sample)
        return digits / len(sample)

    def tell_apart(self) -> None:
        """Replace parts that are no digit, and wide, by the digits that they are made of, where these are clear."""
        height = digit_height(np.array(self.boxes))
        whole: list[_Piece] = []
        tried = 0
        for number, piece in enumerate(self._pieces):
            if tried < _MOST_TOLD_APART and _may_be_several(piece, height):
                said = self.digit([number]).recognition
                if said.verdict != Verdict.DIGIT:
                    tried += 1
                    whole += self._digits_of(piece, said, height, is_alone=not self._has_company(number))
                    continue
            whole.append(piece)
        if len(whole) > len(self._pieces):
            self._pieces = whole
            self._known.clear()

    def _has_company(self, number: int) -> bool:
        """Whether another piece, not much lower or higher, is a digit."""
        height = len(self._pieces[number].ink)
        return any(
            other != number
            and _LOWEST_SHARE * height <= len(piece.ink) <= height / _LOWEST_SHARE
            and self.digit([other]).recognition.verdict == Verdict.DIGIT
            for other, piece in enumerate(self._pieces)
        )

    def _digits_of(self, piece: _Piece, said: Recognition, height: float, *, is_alone: bool) -> list[_Piece]:
        """The digits in `piece`, of which the network `said` that it is none; itself where they are not clear."""
        graph = stroke_graph(piece.ink > _FAINTEST)
        answers: dict[int, Recognition] = {}

        def read(edges: int) -> Recognition:
            mask = graph.ink_of(edges)
            answers[edges] = self._read([_part_of(piece, mask)]).recognition if mask.any() else _NOTHING
            return answers[edges]

        found = separate(graph, read, min(height, float(len(piece.ink)))).digits
        if len(found) == 1 or not _are_clear([answers[edges] for edges in found], said, piece, is_alone=is_alone):
            return [piece]
        return [_part_of(piece, graph.ink_of(edges)) for edges in found]

    def _read(self, pieces: Sequence[_Piece]) -> ReadDigit:
        lefts, tops, rights, bottoms = zip(*(piece.box for piece in pieces), strict=True)
        left, top = min(lefts), min(tops)
        ink = np.zeros((max(bottoms) - top, max(rights) - left), np.uint8)
        for piece in pieces:
            x, y = piece.box[0] - left, piece.box[1] - top
            window = ink[y : y + piece.ink.shape[0], x : x + piece.ink.shape[1]]
            np.maximum(window, piece.ink, out=window)
        return read_ink_as_one(ink, self._recognize).placed(
            lambda box: (left + box[0], top + box[1], left + box[2], top + box[3])
        )

    def _boxes(self) -> list[tuple[int, int, int, int]]:
        return [piece.box for piece in self._pieces]


def _may_be_several(piece: _Piece, height: float) -> bool:
    """Whether a piece may be several digits side by side in a row of `height`."""
    left, top, right, bottom = piece.box
    is_wide = _CUT_FROM * (bottom - top) <= right - left <= _LONGEST_CUT * (bottom - top)
    return is_wide and bottom - top >= max(_LOWEST_CUT, _LOWEST_SHARE * height)


def _are_clear(digits: Sequence[Recognition], whole: Recognition, piece: _Piece, *, is_alone: bool) -> bool:
    """Whether a piece, read as `whole`, was rightly told apart into `digits`: a letter, cut, can look like several.

    Where there are other digits beside it, it is less likely a letter than where it `is_alone`.
    """
    probability = math.prod((1 - digit.no_digit) * digit.confidence for digit in digits)
    if not is_alone:
        return probability > _LIKELY_APART
    ones = sum(digit.digit == 1 for digit in digits)
    if whole.no_digit < _NO_DIGIT_TOGETHER or 2 * ones > len(digits):  # as in an H, an n or a W
        return False
    least, narrowest = _SURE_APART_WITH_ONES if ones else _SURE_APART
    return probability > least and piece.ink.shape[1] > narrowest * piece.ink.shape[0]


def _part_of(piece: _Piece, mask: Mask) -> _Piece:
    """The part of a piece in `mask`, bool `(h, w)` as large as its ink."""
    x, y, width, height = cv2.boundingRect(mask.astype(np.uint8))
    ink = np.where(mask, piece.ink, np.uint8(0))[y : y + height, x : x + width]
    left, top = piece.box[0] + x, piece.box[1] + y
    return _Piece((left, top, left + width, top + height), ink)


def _connected_parts(ink: Image) -> list[_Piece]:
    count, labels, stats, _ = cv2.connectedComponentsWithStats((ink > _FAINTEST).astype(np.uint8), connectivity=8)
    weights = np.bincount(labels.ravel(), ink.ravel(), minlength=count)
    weights[0] = 0
    pieces = []
    for number in np.flatnonzero(weights >= _SPECK * max(weights.max(), 1)).tolist():
        left, top, width, height = stats[number, :4].tolist()
        place = slice(top, top + height), slice(left, left + width)
        inked = np.where(labels[place] == number, ink[place], np.uint8(0))
        pieces.append(_Piece((left, top, left + width, top + height), inked))
    return pieces
