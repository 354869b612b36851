"""Put pieces of ink into rows and into reading order, whatever the order in which they were written."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Box = tuple[float, float, float, float]
"""`(left, top, right, bottom)`, y downwards."""
Boxes = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.float64]

LOW_LINE, SHORTEST_LINE = 0.22, 0.4
"""Heights: an underline, or a fraction bar, is lower, and longer."""
STANDS_ON = 0.5
"""A piece stands on a line that is below as much of its width."""
THINNEST = 0.05
"""Heights: the least width in which pieces are compared."""

_TALL = 0.45  # of the height of a digit: lower pieces are bars, points and dots, which join a row but make none
_FEW = 0.1  # of the pieces
_SAME_ROW = 0.5  # of the height of a digit: the middles of neighbours in a row differ by less
_REACH = 4.0  # heights: neighbours in a row are closer
_ABOVE = 0.4  # of the narrower of two pieces: with as much above one another, they may belong together
_NEAR = 0.12  # heights: so close, one above the other
_HIGHEST = 1.7  # heights: of pieces that belong together
_HIGHEST_OF_HALVES = 2.6  # the same where most pieces are but half of a digit
_MOST_IN_HALVES = 60  # pieces: a page of digits is hardly written in halves
_LONGER_THAN_DIGITS = 1.3  # heights: a line as long is part of no digit
_FAR_BELOW = 0.6  # heights: an underline is closer
_SLOPES = np.tan(np.deg2rad([0.0, 3, -3, 6, -6, 9, -9, 12, -12]))
_COST_OF_SLOPE = 0.3


def box_around(boxes: Sequence[Box]) -> Box:
    """The box around all of `boxes`, at least one."""
    left, top, right, bottom = _around(np.asarray(boxes, np.float64)).tolist()
    return left, top, right, bottom


def digit_height(boxes: Boxes) -> float:
    """The typical height of a digit made of pieces with `boxes`, `(n, 4)`: the median of those that are not low.

    A stroke that is far higher than all others, as a line beside a row, does not count.
    """
    heights = np.sort(boxes[:, 3] - boxes[:, 1])
    tall = heights[heights >= _TALL * heights[-1]]
    lower = heights[: len(heights) - len(tall)]
    if len(tall) <= max(_FEW * len(heights), 1) and len(lower):
        as_tall = lower[lower >= _TALL * lower[-1]]
        tall = as_tall if as_tall.sum() >= tall.sum() else tall
    return float(np.median(tall))


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """A row of writing.

    Attributes
    ----------
    pieces
        From left to right.
    height
        Of a digit in the row.
    """

    pieces: list[int]
    height: float


def layouts(boxes: Sequence[Box]) -> list[list[Row]]:
    """The rows of pieces, from top to bottom; and, where they are fewer, those of digits written in two halves.

    Rows may slope, all by about the same angle: that at which they are the fewest and the straightest.
    """
    found = np.asarray(boxes, np.float64).reshape(-1, 4)
    rows = _find_rows(found, _HIGHEST)
    if len(rows) > 1 and len(found) <= _MOST_IN_HALVES:
        of_halves = _find_rows(found, _HIGHEST_OF_HALVES)
        if len(of_halves) < len(rows):
            return [rows, of_halves]
    return [rows]


def _find_rows(boxes: Boxes, highest: float) -> list[Row]:
    """Rows in which pieces that touch, one above the other, are together at most as high as `highest` pieces."""
    if len(boxes) <= 1:
        return [Row([index], _height(boxes)) for index in range(len(boxes))]
    columns = _columns(boxes, _height(boxes), highest)
    joined = np.array([_around(boxes[column]) for column in columns])
    height = _height(joined)
    tries = [_rows_at(joined, height, slope) for slope in _SLOPES]
    _, slope, rows = min(tries, key=lambda tried: tried[0])
    _add_low_ones(joined, height, slope, rows)
    middles = (boxes[:, 0] + boxes[:, 2]) / 2
    found = []
    for row in rows:
        pieces = [piece for column in row for piece in columns[column]]
        found.append(Row(sorted(pieces, key=lambda piece: middles[piece]), _height(joined[row])))
    return found


def _height(boxes: Boxes) -> float:
    return max(digit_height(boxes), 1e-9)


def _columns(boxes: Boxes, height: float, highest: float) -> list[list[int]]:
    """Pieces joined that stand above one another and touch, as the angle and the stem of a 4 do."""
    columns: list[list[int]] = []
    column_of = np.full(len(boxes), -1)
    is_long = _are_lines(boxes, height, _LONGER_THAN_DIGITS)
    for index in np.argsort(boxes[:, 1]).tolist():
        column = [index]
        near = (column_of >= 0) & _belong(boxes, boxes[index], height) & ~is_long[index]
        for number in dict.fromkeys(column_of[near].tolist()):
            around = _around(boxes[[*columns[number], *column]])
            if around[3] - around[1] <= highest * height:
                column = columns[number] + column
                columns[number] = []
        columns.append(column)
        if not is_long[index]:
            column_of[column] = len(columns) - 1
    return [column for column in columns if column]


def _are_lines(boxes: Boxes, height: float, shortest: float) -> npt.NDArray[np.bool_]:
    """Which pieces are lines across, of at least `shortest` heights."""
    width, own_height = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    return np.asarray((own_height <= LOW_LINE * height) & (width >= shortest * height), np.bool_)


def _belong(boxes: Boxes, box: Boxes, height: float) -> npt.NDArray[np.bool_]:
    """Which of `boxes` stand above or below `box`, and near it."""
    lefts, rights = _widened(boxes[:, 0], boxes[:, 2], THINNEST * height)
    left, right = _widened(box[0], box[2], THINNEST * height)
    shared = np.minimum(rights, right) - np.maximum(lefts, left)
    apart = np.maximum(boxes[:, 1], box[1]) - np.minimum(boxes[:, 3], box[3])
    return np.asarray(
        (shared >= _ABOVE * np.minimum(rights - lefts, right - left)) & (apart <= _NEAR * height), np.bool_
    )


def _widened(left: Numbers, right: Numbers, least: float) -> tuple[Numbers, Numbers]:
    """From `left` to `right`, made at least as wide as `least` on both sides: an upright line has hardly any width."""
    more = np.maximum(least - (right - left), 0) / 2
    return left - more, right + more


def _around(boxes: Boxes) -> Boxes:
    return np.concatenate([boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)])


def _rows_at(boxes: Boxes, height: float, slope: float) -> tuple[float, float, list[list[int]]]:
    """How little it fits that lines of writing rise by `slope`, the slope, and the rows of tall pieces at that."""
    level = _levelled(boxes, slope)
    middles = (level[:, 1] + level[:, 3]) / 2
    rows = _chain(level, middles, np.flatnonzero(_are_tall(boxes, height)), height)
    spread = sum(_spread(middles[row]) for row in rows) / height
    return len(rows) + 0.2 * spread + _COST_OF_SLOPE * abs(slope), slope, rows


def _spread(numbers: Numbers) -> float:
    """How far `numbers` are from their median, all together."""
    ordered, half = sorted(numbers.tolist()), len(numbers) // 2
    return float(sum(ordered[len(ordered) - half :]) - sum(ordered[:half]))


def _levelled(boxes: Boxes, slope: float) -> Boxes:
    """`boxes` moved so that lines that rise by `slope` are level."""
    level = boxes.copy()
    level[:, 1::2] -= (slope / 2 * (boxes[:, 0] + boxes[:, 2]))[:, np.newaxis]
    return level


def _are_tall(boxes: Boxes, height: float) -> npt.NDArray[np.bool_]:
    is_tall = boxes[:, 3] - boxes[:, 1] >= _TALL * height
    return np.asarray(is_tall | ~is_tall.any(), np.bool_)  # dots and dashes alone


def _add_low_ones(boxes: Boxes, height: float, slope: float, rows: list[list[int]]) -> None:
    """Put each low piece into the nearest of `rows`, and these in order from top to bottom."""
    level = _levelled(boxes, slope)
    for index in np.flatnonzero(~_are_tall(boxes, height)):
        (_underlined(level, rows, int(index), height) or _nearest(level, rows, int(index))).append(int(index))
    middles = (level[:, 1] + level[:, 3]) / 2
    rows.sort(key=lambda row: float(np.median(middles[row])))


def _chain(boxes: Boxes, middles: Numbers, tall: npt.NDArray[np.intp], height: float) -> list[list[int]]:
    """Rows of tall pieces: each piece, from the left, continues the row whose last pieces are nearest in height."""
    rows: list[list[int]] = []
    latest, ends = np.full((len(tall), 3), np.inf), np.empty(len(tall))  # of each row: middles of three, the last end
    for index in tall[np.argsort(boxes[tall, 0])].tolist():
        count = len(rows)
        apart = np.abs(latest[:count] - middles[index]).min(axis=1)
        apart[boxes[index, 0] - ends[:count] >= _REACH * height] = np.inf
        number = int(apart.argmin()) if count else 0
        if count and apart[number] < _SAME_ROW * height:
            rows[number].append(index)
        else:
            number = count
            rows.append([index])
        latest[number, (len(rows[number]) - 1) % 3], ends[number] = middles[index], boxes[index, 2]
    return rows


def _underlined(boxes: Boxes, rows: list[list[int]], index: int, height: float) -> list[int] | None:
    """The row that piece `index` is a line under, and near: a fraction bar belongs to the number above it."""
    if not _are_lines(boxes[index : index + 1], height, SHORTEST_LINE)[0]:
        return None
    left, top, right, _ = boxes[index]
    for row in rows:
        above = boxes[row]
        shared = np.minimum(above[:, 2], right) - np.maximum(above[:, 0], left)
        rooms = top - above[shared > STANDS_ON * (above[:, 2] - above[:, 0]), 3]
        if len(rooms) and 0 <= rooms.min() <= _FAR_BELOW * height:
            return row
    return None


def _nearest(boxes: Boxes, rows: list[list[int]], index: int) -> list[int]:
    """The row with the piece that is nearest to piece `index`."""

    def distance(row: list[int]) -> float:
        apart = np.maximum(boxes[row, :2] - boxes[index, 2:], boxes[index, :2] - boxes[row, 2:])
        return float(np.hypot(*np.maximum(apart, 0).T).min())

    return min(rows, key=distance)
