"""Read numbers of several digits: which pieces of ink belong to which digit, and which digits they are.

The network judges: every plausible group of neighbouring pieces is read as one digit, and the best way through the
lattice of groups wins (`core.recognition.lattice`). One digit stays one digit, unless it is better read as several.
"""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from core.recognition.lattice import Arc, best_path
from core.recognition.marks import (
    APART,
    are_points,
    find_clusters,
    is_clearly_none,
    is_long,
    is_small,
    is_tall,
    may_be_sign,
    overlaps,
    room_over_lines,
    smallness,
)
from core.recognition.numbers import NumberReading, ReadDigit, refused, with_rows_in_turn
from core.recognition.pieces import Pieces, Some, find_giants
from core.recognition.recognizer import Recognition, Verdict
from core.recognition.rows import Box, Boxes, Row, box_around, layouts
from core.recognition.strangers import Stranger, are_digits, doubt_beside, is_face

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
_OVERLAPPING = -0.2  # for parting pieces of which one lies over or under the other with all its width
_HARDLY_APART = 0.04
_TOO_SMALL = -6.0  # for reading a small mark as a digit
_ONE_DIGIT = 1.5  # in favour of reading all ink as one digit
_TOUCHING = 0.13  # of the height of all rows: between the loops of an 8 that are drawn apart
_ONE_OF_ROWS = -2.0  # the same where its pieces stand in rows
_ROWS_OF_COLUMN = 3
_FEWER_ROWS = 0.1  # in favour of fewer rows, of digits that are twice as high
_CLEARLY_ONE = 0.9  # confidence from which ink of a digit's shape is read as one digit at once
_ONE_DIGITS_SHAPE, _WIDEST_ONE = 1.3, 3.0  # width by height


def read_pieces(pieces: Pieces, most_pieces: int, crosses: Collection[int] = ()) -> NumberReading:
    """Group `pieces`, at least one, into digits, and read them.

    More than `most_pieces` are read as one: that many are a scribble or a texture. `crosses` are pieces that are known
    to be straight strokes across each other: as high as a digit, they may still be signs.
    """
    everything = range(len(pieces.boxes))
    if len(everything) == 1 or len(everything) > most_pieces:
        return NumberReading((pieces.digit(everything),))
    if giants := find_giants(pieces):
        return _read_beside(pieces, giants, crosses)
    return _read_in_rows(pieces, crosses)


def _read_beside(pieces: Pieces, giants: Sequence[int], crosses: Collection[int]) -> NumberReading:
    """What is beside `giants`, which are not read themselves."""
    kept = [piece for piece in range(len(pieces.boxes)) if piece not in giants]
    reading = _read_in_rows(Some(pieces, kept), {number for number, piece in enumerate(kept) if piece in crosses})
    boxes = [pieces.boxes[giant] for giant in giants]
    digits = doubt_beside(reading.digits, [Stranger(box) for box in boxes])
    return NumberReading(tuple(digits), (*reading.unread, *boxes))


def _read_in_rows(pieces: Pieces, crosses: Collection[int]) -> NumberReading:
    first, *others = layouts(pieces.boxes)
    rows = [_in_order(pieces.boxes, row) for row in first]
    whole = _read_whole(pieces, rows) if _may_be_whole(pieces.boxes, rows) else None
    if whole and len(rows) == 1 and _is_clearly_one(whole):
        return NumberReading((whole,))
    found = _found_in(pieces, rows, crosses)
    for layout in others:
        other = _found_in(pieces, [_in_order(pieces.boxes, row) for row in layout], crosses)
        if other.score + _FEWER_ROWS >= found.score:
            found = other
    is_number = are_digits(found.digits, found.strangers) and not is_face(found.digits, found.unread)
    if not is_number or (whole and _is_one(whole, pieces, rows, found.score)):
        return NumberReading((whole or _read_whole(pieces, rows),))
    digits = doubt_beside(found.digits, found.strangers)
    return NumberReading(with_rows_in_turn(digits), tuple(found.unread))


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    """What was found in rows of pieces, and the score of all of it."""

    score: float
    digits: list[ReadDigit]
    unread: list[Box]
    strangers: list[Stranger]


def _found_in(pieces: Pieces, rows: list[Row], crosses: Collection[int]) -> _Found:
    score, digits, unread, strangers = 0.0, list[ReadDigit](), list[Box](), list[Stranger]()
    for number, row in enumerate(rows):
        for arc in _best_in_row(pieces, row, crosses):
            score += arc.score
            if arc.read is None or arc.read.recognition.verdict == Verdict.NOT_A_DIGIT:
                left_out = [pieces.boxes[piece] for piece in row.pieces[arc.start : arc.stop]]
                unread.append(box_around(left_out))
                strangers += _strangers(arc, left_out)
            else:
                digits.append(replace(arc.read, row=number))
    return _Found(score, digits, unread, strangers)


def _read_whole(pieces: Pieces, rows: list[Row]) -> ReadDigit:
    """All ink read as one digit; words over each other look like a 1, and are none."""
    whole = pieces.digit(range(len(pieces.boxes)))
    boxes = np.array([box_around([pieces.boxes[piece] for piece in row.pieces]) for row in rows])
    wide = np.count_nonzero(boxes[:, 2] - boxes[:, 0] > boxes[:, 3] - boxes[:, 1])
    is_column = whole.recognition.digit == 1 and len(rows) >= _ROWS_OF_COLUMN and 2 * wide > len(rows)
    return refused(whole) if is_column else whole


def _may_be_whole(boxes: Sequence[Box], rows: list[Row]) -> bool:
    """Whether pieces with `boxes`, in `rows`, may all be one digit; otherwise it is not asked for."""
    left, top, right, bottom = box_around(boxes)
    if len(boxes) > _MOST_OF_ONE or right - left > _WIDEST_ONE * (bottom - top):
        return False
    rooms = [room_over_lines(np.array([boxes[piece] for piece in row.pieces]), row.height) for row in rows]
    return not any((room >= _CLEARLY_BELOW).any() for room in rooms)


def _is_one(whole: ReadDigit, pieces: Pieces, rows: list[Row], total: float) -> bool:
    """Whether all ink is better read as one digit than as several, of which the scores are `total`."""
    is_digit = whole.recognition.verdict != Verdict.NOT_A_DIGIT
    return is_digit and _score(whole.recognition) + _favour(whole, pieces, rows) >= total


def _favour(whole: ReadDigit, pieces: Pieces, rows: list[Row]) -> float:
    """What speaks for one digit beside its own score: rows speak against it, unless they touch as the loops of an 8."""
    boxes = [box_around([pieces.boxes[piece] for piece in row.pieces]) for row in rows]
    gaps = [below[1] - above[3] for above, below in pairwise(boxes)]
    height = whole.box[3] - whole.box[1]
    touching = _TOUCHING if len(rows) == 2 else 0.0
    if any(gap > touching * height for gap in gaps):
        return _ONE_OF_ROWS
    return _ONE_DIGIT if whole.recognition.verdict == Verdict.DIGIT else 0.0


def _in_order(boxes: Sequence[Box], row: Row) -> Row:
    """A `row` from left to right, with underlines behind all that stands on them, so that they part no digit."""
    found = np.array([boxes[piece] for piece in row.pieces])
    places = (found[:, 0] + found[:, 2]) / 2
    places = np.where(room_over_lines(found, row.height) >= _BELOW, found[:, 2], places)
    return replace(row, pieces=[row.pieces[piece] for piece in np.argsort(places, kind="stable")])


def _best_in_row(pieces: Pieces, row: Row, crosses: Collection[int]) -> list[Arc[ReadDigit]]:
    """The best way through the pieces of a `row`, which are in order."""
    boxes = np.array([pieces.boxes[piece] for piece in row.pieces])
    height, count = row.height, len(row.pieces)
    is_digit = [
        smallness(boxes[place : place + 1], height) == 0 and _is_sure(pieces.digit([piece]))
        for place, piece in enumerate(row.pieces)
    ]
    room = room_over_lines(boxes, height)
    is_mark, clear_ones = (room >= _BELOW) | are_points(boxes, height), room >= _CLEARLY_BELOW
    parted = overlaps(boxes, height, is_mark, _MOST_PIECES)
    left_out = [
        _MARK_LEFT_OUT if is_mark[piece] else _left_out(boxes[piece : piece + 1], height) for piece in range(count)
    ]
    arcs: list[Arc[ReadDigit]] = [Arc(piece, piece + 1, score, None) for piece, score in enumerate(left_out)]
    signs = _signs(pieces, row.pieces, boxes, height, is_line=room >= _BELOW, crosses=crosses, is_digit=is_digit)
    arcs += signs
    least_apart = (APART if count <= _MANY else _HARDLY_APART) * height
    sign_of = np.zeros(count, np.intp)
    for number, sign in enumerate(signs, 1):
        sign_of[sign.start : sign.stop] = number
    for start in range(count):
        for stop in range(start + 1, min(start + _MOST_PIECES, count) + 1):
            group = boxes[start:stop]
            if stop - start > 1 and (not _may_be_one(group, height) or clear_ones[stop - 1] or clear_ones[start]):
                break
            if stop - start > 1 and all(is_digit[start:stop]) and _are_apart(group, least_apart):
                continue
            read = pieces.digit(row.pieces[start:stop])
            score = _score(read.recognition) + _TOO_SMALL * smallness(group, height) + _OVERLAPPING * parted[stop]
            score += _WITH_MARK if stop - start > 1 and _has_mark(is_mark[start:stop], sign_of[start:stop]) else 0.0
            if read.recognition.verdict == Verdict.NOT_A_DIGIT:  # its pieces are not read, either
                score = min(score, sum(left_out[start:stop]))
            arcs.append(Arc(start, stop, score, read))
    return best_path(count, arcs)


def _has_mark(is_mark: npt.NDArray[np.bool_], sign_of: npt.NDArray[np.intp]) -> bool:
    """Whether a group has a mark in it: a piece that is one, or one of a sign (0: of none) with others."""
    return bool(is_mark.any() or (sign_of != sign_of[0]).any())


def _signs(
    pieces: Pieces,
    row: list[int],
    boxes: Boxes,
    height: float,
    *,
    is_line: npt.NDArray[np.bool_],
    crosses: Collection[int],
    is_digit: Sequence[bool],
) -> list[Arc[ReadDigit]]:
    """Signs in a `row`, left out: what stands apart from others, and is too small for a digit or surely none."""
    signs: dict[tuple[int, int], Arc[ReadDigit]] = {}
    for gap, costs in (APART, (_SIGN_LEFT_OUT, _TALL_SIGN_LEFT_OUT)), (0.0, (_CLOSE_SIGN_LEFT_OUT, None)):
        clusters = find_clusters(boxes, gap * height, is_line)
        for start, stop in clusters if len(clusters) > 1 else []:
            own = boxes[start:stop]
            if (start, stop) in signs or (stop - start == 1 and is_digit[start]):
                continue
            if is_line[start:stop].any() or not may_be_sign(own, height):
                continue
            is_cross = stop - start == 1 and row[start] in crosses
            cost = costs[is_tall(own, height) and not is_cross]
            if is_small(own, height) and not is_long(own, height):
                signs[start, stop] = Arc(start, stop, _MARK_LEFT_OUT, None)
            elif cost is not None and is_clearly_none(pieces.digit(row[start:stop]).recognition):
                signs[start, stop] = Arc(start, stop, cost, None)
    return list(signs.values())


def _left_out(box: Boxes, height: float) -> float:
    """The score of not reading the piece with that `box`, `(1, 4)`, in a row of `height`."""
    return _SMALL_LEFT_OUT if is_small(box, height) else _LEFT_OUT


def _strangers(arc: Arc[ReadDigit], left_out: list[Box]) -> list[Stranger]:
    """What of the pieces that are `left_out` is no mark beside a number."""
    if arc.score >= _MARK_LEFT_OUT:
        return []
    stands_apart = arc.read is None and arc.score > _SMALL_LEFT_OUT
    if stands_apart and len(left_out) > 2:
        return [Stranger(box_around(left_out), is_sign=True)]
    return [Stranger(box, is_sign=stands_apart and arc.score > _TALL_SIGN_LEFT_OUT) for box in left_out]


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


def _are_apart(group: Boxes, least: float) -> bool:
    """Whether there is free paper of `least` between pieces with boxes `group`, `(n, 4)`, from left to right."""
    reached = np.maximum.accumulate(group[:, 2])[:-1]
    return bool((group[1:, 0] - reached >= least).all())
