"""Find where digits that touch can be cut apart: seams from top to bottom that pass through as little ink as possible.

Sources: Avidan and Shamir, "Seam Carving for Content-Aware Image Resizing" (2007), for the seams; Congedo, Dimauro,
Impedovo and Pirlo, "Segmentation of Numeric Strings" (1995), for paths between touching digits.
"""

import cv2
import numpy as np
import numpy.typing as npt

Mask = npt.NDArray[np.bool_]
Seams = npt.NDArray[np.intp]

_HEIGHT = 48  # pixels in which seams are searched
_APART = 0.2  # of the height: between the middles of two seams, and from the sides
_MOST_SEAMS = 7
_MOST_INK = 0.4  # of the height: no seam passes through more
_FREE = 0.02  # the cost of a step beside ink, through ink it is 1: straight seams are better than winding ones
_ASIDE = 0.03  # the cost of a step aside


def find_seams(mask: Mask) -> Seams:
    """Seams through the ink in `mask`, bool `(h, w)`: the column at which each one crosses each row, `(n, h)`.

    They are in order from left to right and do not cross: each is right of the one before, or on it.
    """
    height, width = mask.shape
    scale = _HEIGHT / height
    across = max(3, round(width * scale))
    small = cv2.resize(mask.astype(np.float32), (across, _HEIGHT), interpolation=cv2.INTER_AREA)
    costs = np.where(small > 0.3, small, np.float32(_FREE)).astype(np.float64)
    middle = _HEIGHT // 2
    above, from_above = _arrive(costs[: middle + 1])
    below, from_below = _arrive(costs[middle:][::-1])
    totals = above + below - costs[middle]
    columns = sorted(_choose(totals))
    paths = [_trace(column, from_above)[::-1] + _trace(column, from_below)[1:] for column in columns]
    rows = np.minimum((np.arange(height) * scale).astype(int), _HEIGHT - 1)
    seams = np.array([np.rint(np.array(path)[rows] / scale) for path in paths], np.intp).reshape(-1, height)
    return np.maximum.accumulate(seams, axis=0) if len(seams) else seams


def _arrive(costs: npt.NDArray[np.float64]) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int8]]:
    """The least cost from the first row to each column of the last one, and for each row the step that led there."""
    total = costs[0]
    steps = np.zeros(costs.shape, np.int8)
    for row in range(1, len(costs)):
        wide = np.pad(total, 1, constant_values=np.inf)
        choices = np.stack([wide[1:-1], wide[:-2] + _ASIDE, wide[2:] + _ASIDE])
        best = choices.argmin(axis=0)
        steps[row] = np.array([0, -1, 1], np.int8)[best]
        total = choices.min(axis=0) + costs[row]
    return total, steps


def _trace(column: int, steps: npt.NDArray[np.int8]) -> list[int]:
    """The columns of the path that ends at `column` of the last row, from there to the first row."""
    path = [column]
    for row in range(len(steps) - 1, 0, -1):
        column += int(steps[row, column])
        path.append(column)
    return path


def _choose(totals: npt.NDArray[np.float64]) -> list[int]:
    """The columns with the cheapest seams, not too close to one another nor to the sides."""
    apart = max(2, round(_APART * _HEIGHT))
    chosen: list[int] = []
    for column in np.argsort(totals, kind="stable").tolist():
        if totals[column] > _MOST_INK * _HEIGHT or len(chosen) == _MOST_SEAMS:
            break
        is_inside = apart <= column < len(totals) - apart
        if is_inside and all(abs(column - other) >= apart for other in chosen):
            chosen.append(column)
    return chosen
