"""The smooth curve through a template's points, as matrices: a product gives the curve for any variation of them.

Centripetal Catmull-Rom splines: E. Catmull and R. Rom, "A class of local interpolating splines" (1974); P. J. Barry and
R. N. Goldman, "A recursive evaluation algorithm for a class of Catmull-Rom splines" (1988). With fixed knots, every
point of the curve is a weighted sum of the control points.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from core.ink.arrays import FloatArray, Points

Weights = npt.NDArray[np.float64]

_STEPS = 36
"""Points of the curve along the longer side of the template."""
_LONGEST = 100_000
"""The most points of a segment: protects against templates with absurd distances."""


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """The curve through the points of a template.

    Attributes
    ----------
    points
        float32 `(n, 2)`: the control points, corners only once; centred on 0, the longer side of their box is 1.
    stroke_of
        int64 `(n,)`: the stroke of each point.
    sharp, round
        float32 `(m, n)`: weights of the control points for each of the m points of the curve, with sharp corners and
        with rounded ones. Any mixture of the two is a curve as well.
    parts
        For each stroke, its rows in `sharp` and `round`.
    """

    points: FloatArray
    stroke_of: npt.NDArray[np.int64]
    sharp: FloatArray
    round: FloatArray
    parts: tuple[slice, ...]


def curve_through(strokes: Sequence[FloatArray]) -> Curve:
    """Prepare the curve through strokes of float32 `(n, 2)`, n >= 1; a point given twice in a row is a corner."""
    together = np.concatenate(strokes).astype(np.float64)
    low, high = together.min(axis=0), together.max(axis=0)
    side = float((high - low).max()) or 1.0
    merged = [_merge_corners((np.asarray(stroke, np.float64) - (low + high) / 2) / side) for stroke in strokes]
    sharp = [_weights(points, is_corner) for points, is_corner in merged]
    smooth = [
        _weights(points, np.zeros_like(is_corner)) if is_corner.any() else weights
        for (points, is_corner), weights in zip(merged, sharp, strict=True)
    ]
    ends = np.cumsum([0, *(len(rows) for rows in sharp)])
    return Curve(
        points=np.concatenate([points for points, _ in merged]).astype(np.float32),
        stroke_of=np.repeat(np.arange(len(merged)), [len(points) for points, _ in merged]),
        sharp=_block_diagonal(sharp),
        round=_block_diagonal(smooth),
        parts=tuple(slice(int(a), int(b)) for a, b in pairwise(ends)),
    )


def _merge_corners(points: Points) -> tuple[Points, npt.NDArray[np.bool_]]:
    """The points without repetitions, and whether each was repeated."""
    is_new = np.concatenate([[True], (np.diff(points, axis=0) != 0).any(axis=1)])
    times_given = np.bincount(np.cumsum(is_new) - 1)
    return points[is_new], times_given > 1


def _weights(points: Points, is_corner: npt.NDArray[np.bool_]) -> Weights:
    """Weights `(m, n)` of the control `points` `(n, 2)` for the m points of the curve."""
    count = len(points)
    identity = np.eye(count)
    if count == 1:
        return identity
    rows = []
    for i in range(count - 1):
        before = identity[i - 1] if i > 0 and not is_corner[i] else 2 * identity[i] - identity[i + 1]
        after = identity[i + 2] if i + 2 < count and not is_corner[i + 1] else 2 * identity[i + 1] - identity[i]
        frame = np.stack([before, identity[i], identity[i + 1], after])
        steps = int(min(2 + np.hypot(*(points[i + 1] - points[i])) * _STEPS, _LONGEST))
        rows.append(_segment(frame, frame @ points, np.linspace(0, 1, steps, endpoint=False)))
    return np.concatenate([*rows, identity[-1:]])


def _segment(frame: Weights, corners: Weights, at: Weights) -> Weights:
    """Barry and Goldman's pyramid for the segment between the middle two of four points, at shares `at` of it."""
    knots = np.concatenate([[0.0], np.cumsum(np.sqrt(np.hypot(*np.diff(corners, axis=0).T)))])
    t = (knots[1] + at * (knots[2] - knots[1]))[:, None]

    def between(a: Weights, b: Weights, start: float, end: float) -> Weights:
        weights: Weights = (a * (end - t) + b * (t - start)) / (end - start)
        return weights

    first = [between(frame[i], frame[i + 1], knots[i], knots[i + 1]) for i in range(3)]
    second = [between(first[i], first[i + 1], knots[i], knots[i + 2]) for i in range(2)]
    return between(second[0], second[1], knots[1], knots[2])


def _block_diagonal(blocks: Sequence[Weights]) -> FloatArray:
    whole = np.zeros((sum(len(block) for block in blocks), sum(block.shape[1] for block in blocks)), np.float32)
    row = column = 0
    for block in blocks:
        whole[row : row + len(block), column : column + block.shape[1]] = block
        row, column = row + len(block), column + block.shape[1]
    return whole
