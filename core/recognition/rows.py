"""Put pieces of ink into rows and into reading order, whatever the order in which they were written."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Box = tuple[float, float, float, float]
"""`(left, top, right, bottom)`, y downwards."""
Boxes = npt.NDArray[np.float64]

BELOW = 0.03
"""Heights: how far an underline is below what stands on it, at least."""

_TALL = 0.45  # of the height of a digit: lower pieces are bars, points and dots, which join a row but make none
_SAME_ROW = 0.5  # of the height of a digit: the middles of neighbours in a row differ by less
_REACH = 4.0  # heights: neighbours in a row are closer
_ABOVE = 0.4  # of the narrower of two pieces: with as much above one another, they may belong together
_NEAR = 0.12  # heights: so close, one above the other
_HIGHEST = 1.7  # heights: of pieces that belong together
_LOW_LINE, _SHORTEST_LINE = 0.22, 0.4  # heights: an underline is lower, and longer
_SLOPES = np.tan(np.deg2rad([0.0, 3, -3, 6, -6, 9, -9, 12, -12]))
_COST_OF_SLOPE = 0.3


def box_around(boxes: Sequence[Box]) -> Box:
    """The box around all of `boxes`, at least one."""
    left, top, right, bottom = _around(np.asarray(boxes, np.float64)).tolist()
    return left, top, right, bottom


def digit_height(boxes: Boxes) -> float:
    """The typical height of a digit made of pieces with `boxes`, `(n, 4)`: the median of those that are not low."""
    heights = boxes[:, 3] - boxes[:, 1]
    return float(np.median(heights[heights >= _TALL * heights.max()]))


def is_underline(boxes: Boxes, piece: int, height: float, *, gap: float = BELOW) -> bool:
    """Whether a `piece` of those with `boxes`, `(n, 4)`, is a line under others, in a row with digits of `height`.

    `gap`, in heights, is how far it is below them at least.
    """
    left, top, right, bottom = boxes[piece]
    if bottom - top > _LOW_LINE * height or right - left < _SHORTEST_LINE * height:
        return False
    others = np.delete(boxes, piece, axis=0)
    shared = np.minimum(others[:, 2], right) - np.maximum(others[:, 0], left)
    over = others[shared > 0.5 * (others[:, 2] - others[:, 0])]
    return bool(len(over) and (over[:, 3] + gap * height <= top).all())


def find_rows(boxes: Sequence[Box]) -> list[list[int]]:
    """The pieces of each row from left to right, rows from top to bottom.

    Rows may slope, all by about the same angle: that at which they are the fewest and the straightest.
    """
    found = np.asarray(boxes, np.float64).reshape(-1, 4)
    if len(found) <= 1:
        return [[index] for index in range(len(found))]
    height = max(digit_height(found), 1e-9)
    columns = _columns(found, height)
    joined = np.array([_around(found[column]) for column in columns])
    height = max(digit_height(joined), 1e-9)
    tries = [_rows_at(joined, height, slope) for slope in _SLOPES]
    _, slope, rows = min(tries, key=lambda tried: tried[0])
    _add_low_ones(joined, height, slope, rows)
    middles = (found[:, 0] + found[:, 2]) / 2
    pieces = [[piece for column in row for piece in columns[column]] for row in rows]
    return [sorted(row, key=lambda piece: middles[piece]) for row in pieces]


def _columns(boxes: Boxes, height: float) -> list[list[int]]:
    """Pieces joined that stand above one another and touch, as the angle and the stem of a 4 do."""
    columns: list[list[int]] = []
    column_of = np.full(len(boxes), -1)
    for index in np.argsort(boxes[:, 1]).tolist():
        for piece in np.flatnonzero((column_of >= 0) & _belong(boxes, boxes[index], height)).tolist():
            column = columns[column_of[piece]]
            around = _around(boxes[[*column, index]])
            if around[3] - around[1] <= _HIGHEST * height:
                column.append(index)
                column_of[index] = column_of[piece]
                break
        else:
            column_of[index] = len(columns)
            columns.append([index])
    return columns


def _belong(boxes: Boxes, box: Boxes, height: float) -> npt.NDArray[np.bool_]:
    """Which of `boxes` stand above or below `box`, and near it."""
    widths = np.minimum(boxes[:, 2] - boxes[:, 0], box[2] - box[0])
    shared = np.minimum(boxes[:, 2], box[2]) - np.maximum(boxes[:, 0], box[0])
    apart = np.maximum(boxes[:, 1], box[1]) - np.minimum(boxes[:, 3], box[3])
    return np.asarray((shared >= _ABOVE * np.maximum(widths, 0.05 * height)) & (apart <= _NEAR * height), np.bool_)


def _around(boxes: Boxes) -> Boxes:
    return np.concatenate([boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)])


def _rows_at(boxes: Boxes, height: float, slope: float) -> tuple[float, float, list[list[int]]]:
    """How little it fits that lines of writing rise by `slope`, the slope, and the rows of tall pieces at that."""
    level, is_tall = _levelled(boxes, height, slope)
    rows = _chain(level, np.flatnonzero(is_tall), height)
    middles = (level[:, 1] + level[:, 3]) / 2
    spread = sum(float(np.abs(middles[row] - np.median(middles[row])).sum()) for row in rows) / height
    return len(rows) + 0.2 * spread + _COST_OF_SLOPE * abs(slope), slope, rows


def _levelled(boxes: Boxes, height: float, slope: float) -> tuple[Boxes, npt.NDArray[np.bool_]]:
    """`boxes` moved so that lines that rise by `slope` are level, and which are tall."""
    rise = slope * (boxes[:, 0] + boxes[:, 2]) / 2
    level = boxes - np.stack([np.zeros_like(rise), rise, np.zeros_like(rise), rise], axis=1)
    is_tall = level[:, 3] - level[:, 1] >= _TALL * height
    return level, is_tall | ~is_tall.any()  # dots and dashes alone


def _add_low_ones(boxes: Boxes, height: float, slope: float, rows: list[list[int]]) -> None:
    """Put each low piece into the nearest of `rows`, and these in order from top to bottom."""
    level, is_tall = _levelled(boxes, height, slope)
    for index in np.flatnonzero(~is_tall):
        _nearest(level, rows, int(index)).append(int(index))
    middles = (level[:, 1] + level[:, 3]) / 2
    rows.sort(key=lambda row: float(np.median(middles[row])))


def _chain(boxes: Boxes, tall: npt.NDArray[np.intp], height: float) -> list[list[int]]:
    """Rows of tall pieces: each piece, from the left, continues the row whose last pieces are nearest in height."""
    rows: list[list[int]] = []
    middles = (boxes[:, 1] + boxes[:, 3]) / 2
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


def _nearest(boxes: Boxes, rows: list[list[int]], index: int) -> list[int]:
    """The row with the piece that is nearest to piece `index`."""

    def distance(row: list[int]) -> float:
        apart = np.maximum(boxes[row, :2] - boxes[index, 2:], boxes[index, :2] - boxes[row, 2:])
        return float(np.hypot(*np.maximum(apart, 0).T).min())

    return min(rows, key=distance)
