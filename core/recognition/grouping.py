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
from core.recognition.marks import (
    APART,
    are_points,
    find_clusters,
    is_clearly_none,
    is_small,
    is_tall,
    may_be_sign,
    room_over_lines,
    smallness,
)
from core.recognition.numbers import NumberReading, ReadDigit, refused, with_rows_in_turn
from core.recognition.recognizer import Recognition, Verdict
from core.recognition.rows import Box, Boxes, box_around, digit_height, find_rows

_MANY = 12  # pieces in a row: with more, digits that are sure by themselves are not tried in groups
_MOST_PIECES = 6  # of a digit
_MOST_OF_ONE = 24  # with more pieces in all, they are hardly one digit; only where nothing else is read, they may be
_WIDEST = 1.7  # times the height of a row: no digit is wider
_WIDEST_GAP = 0.45  # of the height of a row, between neighbouring pieces of a digit
_LEAST_SCORE = -12.0
_LEFT_OUT = -7.0  # the score of a piece that is not read
_SMALL_LEFT_OUT = -2.5  # of one that is too small for a digit
_MARK_LEFT_OUT = -0.3  # of an underline, a point, or something else too small for a digit that stands apart
_SIGN_LEFT_OUT, _TALL_SIGN_LEFT_OUT = -0.5, -2.0  # of a sign that stands apart: a plus; a percent sign
_CLOSE_SIGN_LEFT_OUT = -1.5  # of a sign that is hardly apart
_WITH_MARK = -1.0  # for reading a mark as part of a digit
_BELOW, _CLEARLY_BELOW = 0.03, 0.1  # heights: how far underlines are below digits; clearly not the foot of a 1
_TOO_SMALL = -6.0  # for reading a small mark as a digit
_ONE_DIGIT = 1.5  # in favour of reading all ink as one digit
_TOUCHING = 0.13  # of the height of all rows: between the loops of an 8 that are drawn apart
_ONE_OF_ROWS = -2.0  # the same where its pieces stand in rows
_ROWS_OF_COLUMN = 3
_TALL, _LONG = 0.45, 1.0  # of the height of a digit: points and minus signs are lower, and shorter
_MOST_STRANGERS = 0.5  # for each digit: with more marks that are none, this is no number
_MOST_ON_PAGES = 0.35  # the same for many digits
_AS_A_LOW_SIGN, _AS_A_PERCENT_SIGN = 0.6, 0.5  # strangers: how much a sign counts, low or of three or four pieces
_CLEARLY_ONE = 0.9  # confidence from which ink of a digit's shape is read as one digit at once
_ONE_DIGITS_SHAPE, _WIDEST_ONE = 1.3, 3.0  # width by height


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
    whole = _read_whole(pieces, rows) if _may_be_whole(pieces.boxes, rows) else None
    if whole and len(rows) == 1 and _is_clearly_one(whole):
        return NumberReading((whole,))
    total, digits, unread, strangers = 0.0, list[ReadDigit](), list[Box](), list[tuple[Box, float]]()
    for number, row in enumerate(rows):
        for arc in _best_in_row(pieces, row):
            total += arc.score
            if arc.read is None or arc.read.recognition.verdict == Verdict.NOT_A_DIGIT:
                left_out = [pieces.boxes[piece] for piece in row[arc.start : arc.stop]]
                unread.append(box_around(left_out))
                strangers += _strangers(arc, left_out)
            else:
                digits.append(replace(arc.read, row=number))
    if not _are_digits(digits, strangers) or (whole and _is_one(whole, pieces, rows, total)):
        return NumberReading((whole or _read_whole(pieces, rows),))
    return NumberReading(with_rows_in_turn(digits), tuple(unread))


def _read_whole(pieces: Pieces, rows: list[list[int]]) -> ReadDigit:
    """All ink read as one digit; words over each other look like a 1, and are none."""
    whole = pieces.digit(range(len(pieces.boxes)))
    boxes = np.array([box_around([pieces.boxes[piece] for piece in row]) for row in rows])
    wide = np.count_nonzero(boxes[:, 2] - boxes[:, 0] > boxes[:, 3] - boxes[:, 1])
    is_column = whole.recognition.digit == 1 and len(rows) >= _ROWS_OF_COLUMN and 2 * wide > len(rows)
    return refused(whole) if is_column else whole


def _may_be_whole(boxes: Sequence[Box], rows: list[list[int]]) -> bool:
    """Whether pieces with `boxes`, in `rows`, may all be one digit; otherwise it is not asked for."""
    left, top, right, bottom = box_around(boxes)
    if len(boxes) > _MOST_OF_ONE or right - left > _WIDEST_ONE * (bottom - top):
        return False
    found = [np.array([boxes[piece] for piece in row]) for row in rows]
    return not any((room_over_lines(row, _height(row)) >= _CLEARLY_BELOW).any() for row in found)


def _is_one(whole: ReadDigit, pieces: Pieces, rows: list[list[int]], total: float) -> bool:
    """Whether all ink is better read as one digit than as several, of which the scores are `total`."""
    is_digit = whole.recognition.verdict != Verdict.NOT_A_DIGIT
    return is_digit and _score(whole.recognition) + _favour(whole, pieces, rows) >= total


def _favour(whole: ReadDigit, pieces: Pieces, rows: list[list[int]]) -> float:
    """What speaks for one digit beside its own score: rows speak against it, unless they touch as the loops of an 8."""
    boxes = [box_around([pieces.boxes[piece] for piece in row]) for row in rows]
    gaps = [below[1] - above[3] for above, below in pairwise(boxes)]
    height = whole.box[3] - whole.box[1]
    touching = _TOUCHING if len(rows) == 2 else 0.0
    if any(gap > touching * height for gap in gaps):
        return _ONE_OF_ROWS
    return _ONE_DIGIT if whole.recognition.verdict == Verdict.DIGIT else 0.0


def _in_order(boxes: Sequence[Box], row: list[int]) -> list[int]:
    """A `row` from left to right, with underlines behind all that stands on them, so that they part no digit."""
    found = np.array([boxes[piece] for piece in row])
    places = (found[:, 0] + found[:, 2]) / 2
    places = np.where(room_over_lines(found, _height(found)) >= _BELOW, found[:, 2], places)
    return [row[piece] for piece in np.argsort(places, kind="stable")]


def _best_in_row(pieces: Pieces, row: list[int]) -> list[Arc[ReadDigit]]:
    """The best way through the pieces of a `row`, which are in order."""
    boxes = np.array([pieces.boxes[piece] for piece in row])
    height = _height(boxes)
    is_digit = [_is_sure(pieces.digit([piece])) for piece in row]
    room = room_over_lines(boxes, height)
    is_mark, clear_ones = (room >= _BELOW) | are_points(boxes, height), room >= _CLEARLY_BELOW
    left_out = [
        _MARK_LEFT_OUT if is_mark[piece] else _left_out(boxes[piece : piece + 1], height) for piece in range(len(row))
    ]
    arcs: list[Arc[ReadDigit]] = [Arc(piece, piece + 1, score, None) for piece, score in enumerate(left_out)]
    signs = _signs(pieces, row, boxes, height, is_line=room >= _BELOW)
    arcs += signs
    sign_of = np.zeros(len(row), np.intp)
    for number, sign in enumerate(signs, 1):
        sign_of[sign.start : sign.stop] = number
    for start in range(len(row)):
        for stop in range(start + 1, min(start + _MOST_PIECES, len(row)) + 1):
            group = boxes[start:stop]
            if stop - start > 1 and (not _may_be_one(group, height) or clear_ones[stop - 1] or clear_ones[start]):
                break
            if stop - start > 1 and all(is_digit[start:stop]) and (len(row) > _MANY or _are_apart(group, height)):
                continue
            read = pieces.digit(row[start:stop])
            score = _score(read.recognition) + _TOO_SMALL * smallness(group, height)
            score += _WITH_MARK if stop - start > 1 and _has_mark(is_mark[start:stop], sign_of[start:stop]) else 0.0
            if read.recognition.verdict == Verdict.NOT_A_DIGIT:  # its pieces are not read, either
                score = min(score, sum(left_out[start:stop]))
            arcs.append(Arc(start, stop, score, read))
    return best_path(len(row), arcs)


def _has_mark(is_mark: npt.NDArray[np.bool_], sign_of: npt.NDArray[np.intp]) -> bool:
    """Whether a group has a mark in it: a piece that is one, or one of a sign (0: of none) with others."""
    return bool(is_mark.any() or (sign_of != sign_of[0]).any())


def _signs(
    pieces: Pieces, row: list[int], boxes: Boxes, height: float, *, is_line: npt.NDArray[np.bool_]
) -> list[Arc[ReadDigit]]:
    """Signs in a `row`, left out: what stands apart from others, and is too small for a digit or surely none."""
    signs: dict[tuple[int, int], Arc[ReadDigit]] = {}
    for gap, costs in (APART, (_SIGN_LEFT_OUT, _TALL_SIGN_LEFT_OUT)), (0.0, (_CLOSE_SIGN_LEFT_OUT, None)):
        clusters = find_clusters(boxes, gap * height, is_line)
        for start, stop in clusters if len(clusters) > 1 else []:
            own = boxes[start:stop]
            if (start, stop) in signs or is_line[start:stop].any() or not may_be_sign(own, height):
                continue
            cost = costs[is_tall(own, height)]
            if is_small(own, height):
                signs[start, stop] = Arc(start, stop, _MARK_LEFT_OUT, None)
            elif cost is not None and is_clearly_none(pieces.digit(row[start:stop]).recognition):
                signs[start, stop] = Arc(start, stop, cost, None)
    return list(signs.values())


def _height(boxes: Boxes) -> float:
    return max(digit_height(boxes), 1e-9)


def _left_out(box: Boxes, height: float) -> float:
    """The score of not reading the piece with that `box`, `(1, 4)`, in a row of `height`."""
    return _SMALL_LEFT_OUT if is_small(box, height) else _LEFT_OUT


def _strangers(arc: Arc[ReadDigit], left_out: list[Box]) -> list[tuple[Box, float]]:
    """What of the pieces that are `left_out` is no mark beside a number, and how much that counts."""
    if arc.score >= _MARK_LEFT_OUT:
        return []
    is_sign = arc.read is None and arc.score > _SMALL_LEFT_OUT
    if is_sign and len(left_out) > 2:
        return [(box_around(left_out), _AS_A_PERCENT_SIGN)]
    is_low_sign = is_sign and arc.score > _TALL_SIGN_LEFT_OUT
    return [(box, _AS_A_LOW_SIGN if is_low_sign else 1.0) for box in left_out]


def _are_digits(digits: list[ReadDigit], strangers: list[tuple[Box, float]]) -> bool:
    """Whether most of what is as large as a digit was read as one; `strangers` were not, and how much each counts."""
    if not digits:
        return False
    height = float(np.median([digit.box[3] - digit.box[1] for digit in digits]))
    large = sum(
        weight
        for (left, top, right, bottom), weight in strangers
        if bottom - top >= _TALL * height or right - left >= _LONG * height
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


def _may_be_one(group: Boxes, height: float) -> bool:
    """Whether pieces with boxes `group`, `(n, 4)`, are close enough to be one digit in a row of `height`."""
    if group[:, 2].max() - group[:, 0].min() > _WIDEST * height:
        return False
    reached = np.maximum.accumulate(group[:, 2])[:-1]
    return bool((group[1:, 0] - reached <= _WIDEST_GAP * height).all())


def _are_apart(group: Boxes, height: float) -> bool:
    """Whether there is room between pieces with boxes `group`, `(n, 4)`, from left to right, in a row of `height`."""
    reached = np.maximum.accumulate(group[:, 2])[:-1]
    return bool((group[1:, 0] - reached >= APART * height).all())
