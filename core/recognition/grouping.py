"""Read numbers of several digits: which pieces of ink belong to which digit, and which digits they are.

The network judges: every plausible group of neighbouring pieces is read as one digit, and the best way through the
lattice of groups wins (`core.recognition.lattice`). One digit stays one digit, unless it is better read as several.
"""

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Protocol

import numpy as np
import numpy.typing as npt

from core.recognition.lattice import Arc, best_path
from core.recognition.numbers import NumberReading, ReadDigit, with_rows_in_turn
from core.recognition.recognizer import Recognition, Verdict
from core.recognition.rows import BELOW, Box, box_around, digit_height, find_rows, is_underline

_MANY = 12  # pieces in a row: with more, digits that are sure by themselves are not tried in groups
_MOST_PIECES = 6  # of a digit
_MOST_OF_ONE = 24  # with more pieces in all, they are hardly one digit; only where nothing else is read, they may be
_WIDEST = 1.7  # times the height of a row: no digit is wider
_WIDEST_GAP = 0.45  # of the height of a row, between neighbouring pieces of a digit
_SMALLEST = 0.4  # of the height of a row: lower marks are points, commas and minus signs
_LEAST_SCORE = -12.0
_LEFT_OUT = -7.0  # the score of a piece that is not read
_SMALL_LEFT_OUT = -2.5  # of one that is too small for a digit
_MARK_LEFT_OUT = -0.3  # of an underline, or a point
_WITH_POINT = -1.0  # for reading a point as part of a digit
_POINT, _POINT_APART = 0.22, 0.06  # heights: how large it is at most, and how far from all else at least
_CLEARLY_BELOW = 0.1  # heights: an underline as far below a digit is not the foot of a 1
_TOO_SMALL = -6.0  # for reading a small mark as a digit
_ONE_DIGIT = 1.5  # in favour of reading all ink as one digit
_TOUCHING = 0.13  # of the height of all rows: between the loops of an 8 that are drawn apart
_ONE_OF_ROWS = -2.0  # the same where its pieces stand in rows
_TALL, _LONG = 0.45, 1.0  # of the height of a digit: points and minus signs are lower, and shorter
_MOST_STRANGERS = 0.5  # for each digit: with more marks that are none, this is no number
_MOST_ON_PAGES = 0.35  # the same for many digits
_CLEARLY_ONE = 0.9  # confidence from which ink of a digit's shape is read as one digit at once
_ONE_DIGITS_SHAPE, _WIDEST_ONE = 1.3, 3.0  # width by height
_APART = 0.08  # of the height of a row: digits that are sure and as far from one another are not read as one


class Pieces(Protocol):
    """Pieces of ink that digits are made of."""

    @property
    def boxes(self) -> Sequence[Box]:
        """The box of each piece."""

    def digit(self, pieces: Sequence[int]) -> ReadDigit:
        """Some of the pieces, in any order, read as one digit."""


def read_pieces(pieces: Pieces, most_pieces: int) -> NumberReading:
    """Group `pieces`, at least one, into digits, and read them.

    More than `most_pieces` are read as one: that many are a scribble or a texture.
    """
    everything = range(len(pieces.boxes))
    if len(everything) == 1 or len(everything) > most_pieces:
        return NumberReading((pieces.digit(everything),))
    rows = [_in_order(pieces.boxes, row) for row in find_rows(pieces.boxes)]
    whole = pieces.digit(everything) if _may_be_whole(pieces.boxes, len(rows)) else None
    if whole and len(rows) == 1 and _is_clearly_one(whole):
        return NumberReading((whole,))
    total, digits, unread, strangers = 0.0, list[ReadDigit](), list[Box](), list[Box]()
    for number, row in enumerate(rows):
        for arc in _best_in_row(pieces, row):
            total += arc.score
            if arc.read is None or arc.read.recognition.verdict == Verdict.NOT_A_DIGIT:
                left_out = [pieces.boxes[piece] for piece in row[arc.start : arc.stop]]
                unread.append(box_around(left_out))
                strangers += left_out if arc.score < _MARK_LEFT_OUT else []
            else:
                digits.append(replace(arc.read, row=number))
    if not _are_digits(digits, strangers) or (whole and _is_one(whole, pieces, rows, total)):
        return NumberReading((whole or pieces.digit(everything),))
    return NumberReading(with_rows_in_turn(digits), tuple(unread))


def _underlines(boxes: npt.NDArray[np.float64], gap: float = BELOW) -> list[int]:
    """Which of the pieces with `boxes`, `(n, 4)`, of one row, are lines at least `gap` heights under others."""
    height = max(digit_height(boxes), 1e-9)
    return [piece for piece in range(len(boxes)) if is_underline(boxes, piece, height, gap=gap)]


def _may_be_whole(boxes: Sequence[Box], rows: int) -> bool:
    """Whether pieces with `boxes`, in so many `rows`, may all be one digit; otherwise it is not asked for."""
    left, top, right, bottom = box_around(boxes)
    if len(boxes) > _MOST_OF_ONE or right - left > _WIDEST_ONE * (bottom - top):
        return False
    return rows > 1 or not _underlines(np.array(boxes), _CLEARLY_BELOW)


def _is_one(whole: ReadDigit, pieces: Pieces, rows: list[list[int]], total: float) -> bool:
    """Whether all ink is better read as one digit than as several, of which the scores are `total`."""
    is_digit = whole.recognition.verdict != Verdict.NOT_A_DIGIT
    return is_digit and _score(whole.recognition) + _favour(whole, pieces, rows) >= total


def _favour(whole: ReadDigit, pieces: Pieces, rows: list[list[int]]) -> float:
    """What speaks for one digit beside its own score: rows speak against it, unless they touch as the loops of an 8."""
    if whole.recognition.verdict != Verdict.DIGIT:
        return 0.0
    boxes = [box_around([pieces.boxes[piece] for piece in row]) for row in rows]
    gaps = [below[1] - above[3] for above, below in pairwise(boxes)]
    height = whole.box[3] - whole.box[1]
    touching = _TOUCHING if len(rows) == 2 else 0.0
    return _ONE_DIGIT if all(gap <= touching * height for gap in gaps) else _ONE_OF_ROWS


def _in_order(boxes: Sequence[Box], row: list[int]) -> list[int]:
    """A `row` from left to right, with underlines behind all that stands on them, so that they part no digit."""
    found = np.array([boxes[piece] for piece in row])
    places = (found[:, 0] + found[:, 2]) / 2
    lines = _underlines(found)
    places[lines] = found[lines, 2]
    return [row[piece] for piece in np.argsort(places, kind="stable")]


def _best_in_row(pieces: Pieces, row: list[int]) -> list[Arc[ReadDigit]]:
    """The best way through the pieces of a `row`, which are in order."""
    boxes = np.array([pieces.boxes[piece] for piece in row])
    height = max(digit_height(boxes), 1e-9)
    is_digit = [_is_sure(pieces.digit([piece])) for piece in row]
    underlines, clear_ones = _underlines(boxes), _underlines(boxes, _CLEARLY_BELOW)
    points = [_is_point(boxes, piece, height) for piece in range(len(row))]
    left_out = [
        _MARK_LEFT_OUT if piece in underlines or points[piece] else _left_out(boxes[piece : piece + 1], height)
        for piece in range(len(row))
    ]
    arcs: list[Arc[ReadDigit]] = []
    for start in range(len(row)):
        arcs.append(Arc(start, start + 1, left_out[start], None))
        for stop in range(start + 1, min(start + _MOST_PIECES, len(row)) + 1):
            group = boxes[start:stop]
            if stop - start > 1 and (not _may_be_one(group, height) or stop - 1 in clear_ones or start in clear_ones):
                break
            if stop - start > 1 and all(is_digit[start:stop]) and (len(row) > _MANY or _are_apart(group, height)):
                continue
            read = pieces.digit(row[start:stop])
            score = _score(read.recognition) + (_TOO_SMALL if _extent(group) < _SMALLEST * height else 0.0)
            score += _WITH_POINT if stop - start > 1 and any(points[start:stop]) else 0.0
            if read.recognition.verdict == Verdict.NOT_A_DIGIT:  # its pieces are not read, either
                score = min(score, sum(left_out[start:stop]))
            arcs.append(Arc(start, stop, score, read))
    return best_path(len(row), arcs)


def _is_point(boxes: npt.NDArray[np.float64], piece: int, height: float) -> bool:
    """Whether a `piece` of those with `boxes`, `(n, 4)`, is small and apart from all others, in a row of `height`."""
    own, others = boxes[piece], np.delete(boxes, piece, axis=0)
    if max(own[2] - own[0], own[3] - own[1]) > _POINT * height or not len(others):
        return False
    apart = np.maximum(others[:, :2] - own[2:], own[:2] - others[:, 2:]).max(axis=1)
    return bool((apart >= _POINT_APART * height).all())


def _left_out(box: npt.NDArray[np.float64], height: float) -> float:
    """The score of not reading the piece with that `box`, `(1, 4)`, in a row of `height`."""
    return _SMALL_LEFT_OUT if _extent(box) < _SMALLEST * height else _LEFT_OUT


def _are_digits(digits: list[ReadDigit], strangers: list[Box]) -> bool:
    """Whether most of the pieces that are as large as a digit were read as one, not left out as `strangers`."""
    if not digits:
        return False
    height = float(np.median([digit.box[3] - digit.box[1] for digit in digits]))
    large = sum(
        bottom - top >= _TALL * height or right - left >= _LONG * height for left, top, right, bottom in strangers
    )
    return large <= (_MOST_STRANGERS if len(digits) <= _MANY else _MOST_ON_PAGES) * len(digits)


def _is_clearly_one(whole: ReadDigit) -> bool:
    left, top, right, bottom = whole.box
    return _is_sure(whole) and right - left <= _ONE_DIGITS_SHAPE * (bottom - top)


def _is_sure(read: ReadDigit) -> bool:
    return read.recognition.verdict == Verdict.DIGIT and read.recognition.confidence >= _CLEARLY_ONE


def _score(recognition: Recognition) -> float:
    """The logarithm of the probability that this is the digit that it is read as."""
    return max(math.log(max(recognition.probability, 1e-9)), _LEAST_SCORE)


def _may_be_one(group: npt.NDArray[np.float64], height: float) -> bool:
    """Whether pieces with boxes `group`, `(n, 4)`, are close enough to be one digit in a row of `height`."""
    if group[:, 2].max() - group[:, 0].min() > _WIDEST * height:
        return False
    reached = np.maximum.accumulate(group[:, 2])[:-1]
    return bool((group[1:, 0] - reached <= _WIDEST_GAP * height).all())


def _are_apart(group: npt.NDArray[np.float64], height: float) -> bool:
    """Whether there is room between pieces with boxes `group`, `(n, 4)`, from left to right, in a row of `height`."""
    reached = np.maximum.accumulate(group[:, 2])[:-1]
    return bool((group[1:, 0] - reached >= _APART * height).all())


def _extent(group: npt.NDArray[np.float64]) -> float:
    """The height of pieces with boxes `group`, `(n, 4)`."""
    return float(group[:, 3].max() - group[:, 1].min())
