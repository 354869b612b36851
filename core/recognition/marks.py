"""Tell marks from digits in a row: points, underlines, and the signs that stand apart between digits.

Boxes are `(n, 4)`, heights are those of a digit in the row.
"""

import math
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from core.recognition.recognizer import Recognition
from core.recognition.rows import LOW_LINE, SHORTEST_LINE, STANDS_ON, THINNEST, Boxes

APART = 0.08
"""Heights of free paper across the line of writing. Parts of one digit are hardly ever as far from one another, unless
each of them looks like a digit: of 1,283 strokes that are none, in 5,495 digits, none was."""

_USUAL_OVERLAP = 0.5  # of the narrower of two neighbours: digits that touch may overlap as much
_POINT, _POINT_APART = 0.22, 0.06  # heights: how large a point is at most, and how far from all else at least
_MOST_STROKES = 4  # of a sign; a percent sign has three
_HIGHEST_SIGN, _WIDEST_SIGN = 1.4, 1.7  # heights
_AS_TALL_AS_DIGITS = 0.75  # heights: signs between numbers are lower
_NO_DIGIT = 0.8  # the network's probability from which it is sure
_SMALLEST_DIGIT, _USUAL_DIGIT = 0.4, 0.55  # heights: lower is hardly any digit; from here on, size says nothing


def room_over_lines(boxes: Boxes, height: float) -> npt.NDArray[np.float64]:
    """For each piece the free paper between it and the lowest of what stands on it, `(n,)`, in heights.

    It is negative infinity for what is no line, or has nothing above it.
    """
    room = np.full(len(boxes), -np.inf)
    is_line = (boxes[:, 3] - boxes[:, 1] <= LOW_LINE * height) & (boxes[:, 2] - boxes[:, 0] >= SHORTEST_LINE * height)
    neighbours = _Neighbours(boxes)
    for line in np.flatnonzero(is_line).tolist():
        left, top, right, _ = boxes[line]
        others = boxes[neighbours.of(line, 0.0)]
        shared = np.minimum(others[:, 2], right) - np.maximum(others[:, 0], left)
        over = others[shared > STANDS_ON * (others[:, 2] - others[:, 0])]
        if len(over):
            room[line] = (top - over[:, 3].max()) / height
    return room


def are_points(boxes: Boxes, height: float) -> npt.NDArray[np.bool_]:
    """Which pieces are small and apart from all others, bool `(n,)`."""
    points = np.asarray((boxes[:, 2:] - boxes[:, :2]).max(axis=1) <= _POINT * height, np.bool_)
    neighbours = _Neighbours(boxes)
    for point in np.flatnonzero(points).tolist():
        own, others = boxes[point], boxes[neighbours.of(point, _POINT_APART * height)]
        apart = np.maximum(others[:, :2] - own[2:], own[:2] - others[:, 2:]).max(axis=1)
        points[point] = len(boxes) > 1 and bool((apart >= _POINT_APART * height).all())
    return points


class _Neighbours:
    """Finds what is near a piece along the line of writing without looking at all of a long row."""

    def __init__(self, boxes: Boxes) -> None:
        self._boxes = boxes
        widths = boxes[:, 2] - boxes[:, 0]
        by_width = np.argsort(widths)
        usual = by_width[: len(boxes) - math.isqrt(len(boxes))]
        self._wide = by_width[len(usual) :]  # these few, as an underline, are near to much of the row
        self._widest = float(widths[usual].max(initial=0.0))
        self._order = usual[np.argsort(boxes[usual, 0])]
        self._lefts = boxes[self._order, 0]

    def of(self, piece: int, reach: float) -> npt.NDArray[np.intp]:
        """Other pieces, among them all that are at most `reach` before or behind it."""
        left, _, right, _ = self._boxes[piece]
        begin, end = np.searchsorted(self._lefts, [left - reach - self._widest, np.nextafter(right + reach, np.inf)])
        near = np.concatenate([self._order[begin:end], self._wide])
        return np.asarray(near[near != piece], np.intp)


def overlaps(boxes: Boxes, height: float, is_mark: npt.NDArray[np.bool_], most_pieces: int) -> npt.NDArray[np.float64]:
    """How much pieces before each place of a row, `(n + 1,)`, lie over or under pieces behind it, in [0, 1].

    Marks do not count, and pieces `most_pieces` apart belong to no digit together.
    """
    lefts, widths = boxes[:, 0], np.maximum(boxes[:, 2] - boxes[:, 0], THINNEST * height)
    rights = lefts + widths
    found = np.zeros(len(boxes) + 1)
    for apart in range(1, most_pieces):
        shared = np.minimum(rights[:-apart], rights[apart:]) - np.maximum(lefts[:-apart], lefts[apart:])
        shared = np.where(is_mark[:-apart] | is_mark[apart:], 0, shared / np.minimum(widths[:-apart], widths[apart:]))
        for place in range(apart):  # each place between the two
            between = found[1 + place : 1 + place + len(shared)]
            np.maximum(between, shared, out=between)
    return np.clip((found - _USUAL_OVERLAP) / (1 - _USUAL_OVERLAP), 0, 1)


def find_clusters(boxes: Boxes, gap: float, is_line: npt.NDArray[np.bool_]) -> list[tuple[int, int]]:
    """The runs `(start, stop)` of pieces between which there is free paper of `gap`, from left to right.

    Underlines, `is_line`, lie below several of them and join none.
    """
    lefts, rights = np.where(is_line, np.inf, boxes[:, 0]), np.where(is_line, -np.inf, boxes[:, 2])
    reached, ahead = np.maximum.accumulate(rights), np.minimum.accumulate(lefts[::-1])[::-1]
    inner = np.flatnonzero(ahead[1:] - reached[:-1] >= gap) + 1
    edges = [0, *inner.tolist(), len(boxes)]
    return list(pairwise(edges))


def may_be_sign(boxes: Boxes, height: float) -> bool:
    """Whether pieces that stand apart may be one sign by their size."""
    width = float(boxes[:, 2].max() - boxes[:, 0].min())
    return len(boxes) <= _MOST_STROKES and width <= _WIDEST_SIGN * height and _extent(boxes) <= _HIGHEST_SIGN * height


def is_small(boxes: Boxes, height: float) -> bool:
    """Whether pieces are lower, all together, than any digit of the row: a point, a comma, a minus sign."""
    return _extent(boxes) < _SMALLEST_DIGIT * height


def is_long(boxes: Boxes, height: float) -> bool:
    """Whether pieces are together longer than a digit in a row of `height` is high, as no minus sign is."""
    return float(boxes[:, 2].max() - boxes[:, 0].min()) > height


def is_tall(boxes: Boxes, height: float) -> bool:
    """Whether pieces are, all together, about as tall as a digit."""
    return _extent(boxes) >= _AS_TALL_AS_DIGITS * height


def smallness(boxes: Boxes, height: float) -> float:
    """How much the size of pieces, all together, speaks against a digit, in [0, 1]."""
    too_low = (_USUAL_DIGIT - _extent(boxes) / height) / (_USUAL_DIGIT - _SMALLEST_DIGIT)
    return min(max(too_low, 0.0), 1.0)


def _extent(boxes: Boxes) -> float:
    return float(boxes[:, 3].max() - boxes[:, 1].min())


def is_clearly_none(said: Recognition) -> bool:
    """Whether the network is sure that this is no digit."""
    return said.no_digit >= _NO_DIGIT
