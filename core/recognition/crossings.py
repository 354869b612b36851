"""Find strokes that cross in their middles, as the two of a plus sign: they are one sign, or belong to one digit."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from core.ink.arrays import FloatArray
from core.ink.drawing import Stroke

_STRAIGHT = 0.12  # of its length: how far a straight stroke is off the line through its ends at most
_OFF_ENDS = 0.2  # of its length: how far from both ends a stroke is crossed; digits that touch overlap less

_MOST_STROKES = 3


def crossed(strokes: Sequence[Stroke]) -> list[list[int]]:
    """The strokes in groups: two or three straight ones that cross in their middles together, each other one alone.

    More that cross one another are no sign, but a scribble.
    """
    straight = [number for number, stroke in enumerate(strokes) if len(strokes) > 1 and _is_straight(stroke.points)]
    if len(straight) < 2:
        return [[number] for number in range(len(strokes))]
    ends = np.array([strokes[number].points[[0, -1]] for number in straight], np.float64)
    group_of = np.arange(len(strokes))
    for one, other in np.argwhere(np.triu(_cross(ends))).tolist():
        group_of[group_of == group_of[straight[other]]] = group_of[straight[one]]
    sizes = np.bincount(group_of, minlength=len(strokes))
    group_of = np.where(sizes[group_of] <= _MOST_STROKES, group_of, np.arange(len(strokes)))
    return [np.flatnonzero(group_of == group).tolist() for group in dict.fromkeys(group_of.tolist())]


def _is_straight(points: FloatArray) -> bool:
    along = points[-1] - points[0]
    length = float(np.hypot(*along))
    off = np.abs((points - points[0]) @ np.array([-along[1], along[0]])).max()
    return length > 0 and bool(off <= _STRAIGHT * length**2)


def _cross(ends: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    """Which lines from end to end, `(n, 2, 2)`, cross which in their middles, bool `(n, n)`."""
    starts, ways = ends[:, 0], ends[:, 1] - ends[:, 0]
    apart = starts[np.newaxis] - starts[:, np.newaxis]
    area = _product(ways[:, np.newaxis], ways[np.newaxis])
    with np.errstate(divide="ignore", invalid="ignore"):  # parallel lines never cross
        place = _product(apart, ways[np.newaxis]) / area  # where the other crosses the one, from 0 to 1
    is_inner = (place >= _OFF_ENDS) & (place <= 1 - _OFF_ENDS)
    return np.asarray(is_inner & is_inner.T, np.bool_)


def _product(one: npt.NDArray[np.float64], other: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.asarray(one[..., 0] * other[..., 1] - one[..., 1] * other[..., 0], np.float64)
