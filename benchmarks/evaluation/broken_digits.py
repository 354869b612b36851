"""Real digits made unreadable for judging: half-drawn, crossed out, overdrawn, or two where one is expected.

Half-drawn means cut off after a share of the ink, in the order in which it was drawn. Where a person would still read
a digit the fragment is not used:

- 1 never: half a 1 is a shorter 1. 7 never: its bar and half its stem are a smaller 7.
- 0 and 6 are cut where they are a bow open to the right, before a 0 closes and a 6 has its loop.
- 2 and 3 are cut early in their first bow: later, with part of the stem, they are a 7 or (the 2) a whole curve of a 3.
- 4 and 5 are cut within their first stroke, before the upright of a 4 or the bar of a 5 makes them what they are, and
  a 5 before its belly: a 5 without a bar is a 5, or a bad 6.
- 8 is cut before it is an S, which people read as 5; where it begins with a loop, that loop is a 0 and not used.
- 9 is cut before its head closes to a 0.
- Whatever the digit: a nearly straight upright line is a 1, and a closed curve is a 0.
"""

from collections.abc import Callable, Sequence

import cv2
import numpy as np

from benchmarks.evaluation.hand import PAD_SIDE, draw_on_pad, hand_line, hand_path, turned
from benchmarks.evaluation.scribbles import coil
from benchmarks.processes import BenchmarkError
from core.datasets.real_ink import LabelledDrawing
from core.digits.arrays import Images
from core.digits.normalize import normalize_drawing
from core.ink.arrays import Points
from core.ink.drawing import Drawing, Stroke

CUTS = {0: (0.40, 0.58), 2: (0.22, 0.34), 3: (0.20, 0.30), 4: (0.32, 0.50), 5: (0.28, 0.42), 6: (0.33, 0.46),
        8: (0.20, 0.34), 9: (0.25, 0.40)}  # fmt: skip
"""Between which shares of its ink each digit is cut; what is not here is not cut."""
WITHIN_FIRST_STROKE = (4, 5)
LIKE_ONE_DIGIT = frozenset(
    map(frozenset, [(3, 8), (5, 8), (6, 8), (8, 9), (3, 5), (3, 9), (5, 9), (4, 9), (2, 3), (2, 5), (2, 8)])
)

_STRAIGHT = 0.2  # a line whose ink spreads less across than along, by this factor, is straight but for a hook
_UPRIGHT = np.deg2rad(60)  # leaning less than that, a straight line is a 1
_CLOSED = 0.42  # of its size: an end that comes closer to the other half of the line closes a curve
_REACH = 0.12  # of the digit's size: ink that lies further from all other ink is extra
_LEAST_EXTRA = 0.4
_CANVAS = 100
_TRIES = 1000  # ink of all digits needs a few


def strokes_in_unit(drawing: Drawing) -> list[Points]:
    """A drawing's strokes, moved and scaled so that the longer side is 1 and the middle at the origin."""
    left, top, right, bottom = drawing.bounds()
    middle, side = np.array([left + right, top + bottom]) / 2, max(right - left, bottom - top) or 1.0
    return [(stroke.points.astype(np.float64) - middle) / side for stroke in drawing.strokes]


def cut_ink(strokes: Sequence[Points], share: float) -> list[Points]:
    """The first `share`, in (0, 1], of the ink by its length; the last point is where the pen was at that moment."""
    steps = [np.hypot(*np.diff(points, axis=0).T) for points in strokes]
    left = share * sum(float(lengths.sum()) for lengths in steps)
    kept = []
    for points, lengths in zip(strokes, steps, strict=True):
        total = float(lengths.sum())
        if left >= total:
            kept.append(points)
            left -= total
            continue
        if left > 0:
            along = np.concatenate([[0.0], np.cumsum(lengths)])
            whole = int(np.searchsorted(along, left, side="right"))
            rest = (left - along[whole - 1]) / lengths[whole - 1]
            end = points[whole - 1] + rest * (points[whole] - points[whole - 1])
            kept.append(np.concatenate([points[:whole], end[np.newaxis]]))
        break
    return kept


def half_drawn(digits: Sequence[LabelledDrawing], rng: np.random.Generator) -> Drawing:
    """The beginning of a digit, cut where a person reads none. Raises BenchmarkError when the ink has none."""
    for _ in range(_TRIES):
        digit = digits[int(rng.integers(len(digits)))]
        if digit.label not in CUTS:
            continue
        strokes = strokes_in_unit(digit.drawing)
        part = cut_ink(strokes, rng.uniform(*CUTS[digit.label]))
        if digit.label in WITHIN_FIRST_STROKE:
            part = part[:1]
        if not is_like_one(part) and not is_closed(part):
            return _on_pad(part, rng)
    raise BenchmarkError("No digit in this ink can be shown half-drawn: that takes other digits than 1 and 7.")


def is_like_one(strokes: Sequence[Points]) -> bool:
    """Whether strokes are one nearly straight line that is more upright than level."""
    points = _evenly(strokes)
    spreads, axes = np.linalg.eigh(np.cov(points.T))
    across, down = np.abs(axes[:, 1])
    return bool(spreads[0] < _STRAIGHT**2 * spreads[1] and np.arctan2(across, down) < _UPRIGHT)


def is_closed(strokes: Sequence[Points]) -> bool:
    """Whether either end of the line comes back to its other half, or nearly."""
    points = _evenly(strokes)
    half = len(points) // 2
    gaps = [np.hypot(*(points[:half] - points[-1]).T).min(), np.hypot(*(points[half:] - points[0]).T).min()]
    return bool(min(gaps) < _CLOSED * np.ptp(points, axis=0).max())


def _evenly(strokes: Sequence[Points]) -> Points:
    """60 points along the ink at even distances."""
    points = np.concatenate(list(strokes))
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
    places = np.linspace(0, along[-1], 60)
    return np.stack([np.interp(places, along, points[:, axis]) for axis in (0, 1)], axis=1)


def crossed_out(digits: Sequence[LabelledDrawing], rng: np.random.Generator) -> Drawing:
    """A digit with a big X, three or more lines, a zigzag or a coil over all of it.

    A single line would not do: crossed 7s and slashed 0s are digits.
    """
    strokes = strokes_in_unit(digits[int(rng.integers(len(digits)))].drawing)
    half = np.abs(np.concatenate(strokes)).max(axis=0).clip(0.35) * rng.uniform(1.0, 1.25)
    cross = (_big_cross, _lines, _zigzag, _coil)[rng.integers(4)]
    return draw_on_pad([*strokes, *(line * half for line in cross(rng))], rng)


def overdrawn(digits: Sequence[LabelledDrawing], rng: np.random.Generator) -> Drawing:
    """Two different digits on top of one another, both with much ink that the other has not.

    Left out is what a person could still read: with a 0 the other digit is a circled one, with a 1 a slashed one, and
    the pairs of `LIKE_ONE_DIGIT` make something like an 8 or a 9. Raises BenchmarkError when there is no other pair.
    """
    for _ in range(_TRIES):
        one, other = (digits[int(index)] for index in rng.integers(len(digits), size=2))
        pair = frozenset((one.label, other.label))
        if len(pair) == 1 or pair & {0, 1} or pair in LIKE_ONE_DIGIT:
            continue
        first = strokes_in_unit(one.drawing)
        second = [points * rng.uniform(0.8, 1.0) + rng.normal(0, 0.04) for points in strokes_in_unit(other.drawing)]
        if min(_extra_ink(first, second), _extra_ink(second, first)) >= _LEAST_EXTRA:
            return _on_pad([*first, *second], rng)
    raise BenchmarkError("No two digits in this ink can be drawn over each other: that takes two that differ much.")


def side_by_side(digits: Sequence[LabelledDrawing], rng: np.random.Generator) -> Drawing:
    """Two digits of one writer beside each other, of about one height."""
    one = digits[int(rng.integers(len(digits)))]
    others = [digit for digit in digits if digit.writer == one.writer]
    other = others[int(rng.integers(len(others)))]
    first, second = strokes_in_unit(one.drawing), strokes_in_unit(other.drawing)
    second = [points * rng.uniform(0.85, 1.15) + (0, rng.normal(0, 0.06)) for points in second]
    right, left = max(points[:, 0].max() for points in first), min(points[:, 0].min() for points in second)
    apart = np.array([right - left + rng.uniform(0.1, 0.4), 0])
    return _on_pad([*first, *(points + apart for points in second)], rng)


def _extra_ink(strokes: Sequence[Points], others: Sequence[Points]) -> float:
    """Share of the ink of `strokes` that is not near ink of `others`."""
    own, near = (np.zeros((2 * _CANVAS, 2 * _CANVAS), np.uint8) for _ in range(2))
    for canvas, lines, width in ((own, strokes, 3), (near, others, round(2 * _REACH * _CANVAS))):
        for points in lines:
            cv2.polylines(canvas, [np.rint((points + 1) * _CANVAS).astype(np.int32)], False, 255, width)
    return float(((own > 0) & (near == 0)).sum() / max((own > 0).sum(), 1))


def _on_pad(strokes: Sequence[Points], rng: np.random.Generator) -> Drawing:
    """As they were drawn, somewhere on the pad."""
    everything = np.concatenate(list(strokes))
    low, high = everything.min(axis=0), everything.max(axis=0)
    scale = rng.uniform(0.3, 0.8) / max(float((high - low).max()), 1e-6)
    corner = rng.uniform(0.02, 0.98 - scale * (high - low))
    return Drawing(tuple(Stroke(((points - low) * scale + corner).astype(np.float32)) for points in strokes), PAD_SIDE)


def _big_cross(rng: np.random.Generator) -> list[Points]:
    return [hand_line((-1, -1), (1, 1), rng), hand_line((1, -1), (-1, 1), rng)]


def _lines(rng: np.random.Generator) -> list[Points]:
    count, angle = int(rng.integers(3, 6)), rng.uniform(-35, 10)
    return [turned(hand_line((-1.1, y), (1.1, y), rng), angle) for y in np.linspace(-0.7, 0.7, count)]


def _zigzag(rng: np.random.Generator) -> list[Points]:
    passes = int(rng.integers(6, 11))
    y = np.linspace(-1, 1, passes) + rng.normal(0, 0.05, passes)
    x = np.where(np.arange(passes) % 2, 1, -1) * rng.uniform(0.8, 1.15, passes)
    return [turned(hand_path(np.stack([x, y], axis=1), rng), rng.choice([0, 90]) + rng.normal(0, 10))]


def _coil(rng: np.random.Generator) -> list[Points]:
    points = coil(rng)
    middle = (points.min(axis=0) + points.max(axis=0)) / 2
    return [(points - middle) / np.ptp(points, axis=0) * 2]


Maker = Callable[[Sequence[LabelledDrawing], np.random.Generator], Drawing]
BROKEN: dict[str, Maker] = {
    "crossed out": crossed_out, "half-drawn": half_drawn, "overdrawn": overdrawn, "two side by side": side_by_side,
}  # fmt: skip


def images_of(drawings: Sequence[Drawing]) -> Images:
    """What the network sees of each, uint8 `(n, 28, 28)`; none may be blank."""
    return np.stack([_image_of(drawing) for drawing in drawings])


def _image_of(drawing: Drawing) -> Images:
    digit = normalize_drawing(drawing)
    assert digit is not None, "everything drawn here has ink"
    return digit.image
