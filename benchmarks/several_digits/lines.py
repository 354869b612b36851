"""Digits written beside each other on a line, as one hand does it; everything in heights of a digit, y down.

A line is a sequence of digits from left to right, and each digit a sequence of strokes.
"""

from collections.abc import Sequence

import numpy as np

from benchmarks.evaluation.broken_digits import strokes_in_unit
from benchmarks.evaluation.hand import turned
from core.ink.arrays import Points
from core.ink.drawing import Drawing

Strokes = list[Points]
"""The strokes of one digit."""

GAPS = (0.05, 0.8)
"""Free paper between neighbours that do not touch."""
TOUCHING_SHARE = 0.15
"""How many neighbours touch, or overlap a little."""
LARGEST_RATIO = 2.0
"""Of the highest digit of a number to the lowest."""

_UNEVEN_SHARE = 0.2  # of the numbers: heights from the lowest to the highest allowed, and not about the same
_JITTER = 0.15  # of the height, in all other numbers
_BASELINE_JITTER = 0.05
_MOST_OVERLAP = 0.35  # of the narrower neighbour
_CROSSING_SHARE = 0.3  # of touching neighbours; the lines of the others only meet
_CROSSING = 0.2  # how far lines cross at most, in widths of the narrower neighbour
_STEP = 0.02  # between the points that distances are measured at
_ROW = 0.05


def write_line(
    drawings: Sequence[Drawing], pen: float, rng: np.random.Generator, *, gaps: Sequence[float] | None = None
) -> list[Strokes]:
    """The digits `drawings` on a level line that begins at the origin; `pen` is the width of its line.

    `gaps`: free paper after each digit but the last, where chance should not choose it.
    """
    heights = choose_heights(len(drawings), rng)
    chosen = choose_gaps(len(drawings) - 1, rng) if gaps is None else gaps
    line: list[Strokes] = []
    for number, (drawing, height) in enumerate(zip(drawings, heights, strict=True)):
        lift = height * float(np.clip(rng.normal(0, _BASELINE_JITTER), -0.12, 0.12))
        digit = _on_baseline(drawing, height, lift)
        if line:
            digit = _beside(line[-1], digit, chosen[number - 1], pen, rng)
        line.append(digit)
    return line


def choose_heights(count: int, rng: np.random.Generator) -> list[float]:
    """Heights about 1: mostly within 15 %, some up to a factor of two apart."""
    if rng.random() < _UNEVEN_SHARE:
        reach = np.log(LARGEST_RATIO) / 2
        return [float(height) for height in np.exp(rng.uniform(-reach, reach, count))]
    return [float(height) for height in rng.uniform(1 - _JITTER, 1 + _JITTER, count)]


def choose_gaps(count: int, rng: np.random.Generator) -> list[float]:
    """Free paper between neighbours: a hand that writes wide does so all along; minus one where they touch."""
    usual = np.exp(rng.uniform(*np.log(GAPS)))
    wide = np.clip(usual * np.exp(rng.normal(0, 0.35, count)), *GAPS)
    touching = rng.random(count) < TOUCHING_SHARE
    return [-1.0 if touches else float(gap) for gap, touches in zip(wide, touching, strict=True)]


def slope_line(line: Sequence[Strokes], degrees: float, rng: np.random.Generator) -> list[Strokes]:
    """The line going down by `degrees` to the right: turned as a whole, or with digits that stay upright."""
    if rng.random() < 0.5:
        return [[turned(points, degrees) for points in digit] for digit in line]
    fall = float(np.tan(np.deg2rad(degrees)))
    return [moved(digit, (0.0, fall * float(np.mean(extent(digit), axis=0)[0]))) for digit in line]


def moved(digit: Sequence[Points], by: Sequence[float]) -> Strokes:
    return [points + np.asarray(by) for points in digit]


def extent(digit: Sequence[Points]) -> Points:
    """The lowest and the highest x and y, `(2, 2)`."""
    everything = np.concatenate(digit)
    return np.asarray([everything.min(axis=0), everything.max(axis=0)], np.float64)


def distance(one: Sequence[Points], other: Sequence[Points], step: float = _STEP) -> float:
    """How far the middle lines of two digits are from each other where they are closest."""
    first, second = _dense(one, step), _dense(other, step)
    return float(np.sqrt(((first[:, np.newaxis] - second) ** 2).sum(axis=2).min()))


def _on_baseline(drawing: Drawing, height: float, lift: float) -> Strokes:
    """The digit in that height, its left edge at 0, its lower one at `-lift`."""
    strokes = strokes_in_unit(drawing)
    low, high = extent(strokes)
    scale = height / max(float(high[1] - low[1]), 1e-3)
    return [(points - (low[0], high[1])) * scale - (0.0, lift) for points in strokes]


def _beside(left: Strokes, digit: Strokes, gap: float, pen: float, rng: np.random.Generator) -> Strokes:
    """`digit`, whose left edge is at 0, to the right of `left`; touching where `gap` is negative."""
    edge = float(extent(left)[1, 0])
    if gap >= 0:
        return moved(digit, (edge + pen + gap, 0.0))
    width = min(float(np.diff(extent(strokes), axis=0)[0, 0]) for strokes in (left, digit))
    wanted = pen * rng.uniform(0.3, 0.9)
    if rng.random() < _CROSSING_SHARE:
        wanted -= pen + rng.uniform(0, _CROSSING) * width
    return moved(digit, (max(wanted - _clearance(left, digit), edge - _MOST_OVERLAP * width), 0.0))


def _clearance(left: Strokes, right: Strokes) -> float:
    """How far `right` would have to move to the left until ink meets ink at the same height."""
    first, second = _dense(left), _dense(right)
    free = []
    for row in np.arange(first[:, 1].min(), first[:, 1].max() + _ROW, _ROW):
        ends, begins = (points[np.abs(points[:, 1] - row) <= _ROW, 0] for points in (first, second))
        if len(ends) and len(begins):
            free.append(float(begins.min() - ends.max()))
    return min(free, default=float(second[:, 0].min() - first[:, 0].max()))


def _dense(digit: Sequence[Points], step: float = _STEP) -> Points:
    """Points along all strokes, at most `step` apart."""
    parts = []
    for points in digit:
        lengths = np.hypot(*np.diff(points, axis=0).T) if len(points) > 1 else np.zeros(0)
        along = np.concatenate([[0.0], np.cumsum(lengths)])
        places = np.linspace(0, along[-1], max(2, int(along[-1] / step) + 1))
        parts.append(np.stack([np.interp(places, along, points[:, axis]) for axis in (0, 1)], axis=1))
    return np.concatenate(parts)
