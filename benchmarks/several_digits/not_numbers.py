"""What is drawn beside digits and is none: points, commas, the signs of sums, fraction bars; and scribbles."""

from collections.abc import Sequence

import numpy as np

from benchmarks.evaluation.hand import hand_line, tremble
from benchmarks.several_digits.ink_numbers import InkNumber, WriterInk, choose_digits, choose_pen, place_on_pad
from benchmarks.several_digits.lines import Strokes, extent, moved, write_line
from core.digits.arrays import CLASSES
from core.ink.arrays import Points
from core.ink.drawing import Drawing, Stroke
from core.pad.content import PAD_SIDE

MARKS = (
    "point", "comma", "colon", "minus between", "minus in front", "plus", "times", "equals", "percent",
    "fraction bar",
)  # fmt: skip
SCRIBBLE_STROKES = 200

_ROOM = {
    "point": (0.3, 0.6), "comma": (0.35, 0.6), "colon": (0.35, 0.6), "percent": (0.15, 0.4),
}  # fmt: skip
"""Between digits, for the mark; after the number for the last one."""
_USUAL_ROOM = (0.8, 1.1)
_ABOVE_BAR = (0.12, 0.35)  # free paper above and below a fraction bar
_BEYOND_BAR = (0.0, 0.25)  # how much longer the bar is than the numbers, at each end


def number_with_mark(mark: str, ink: WriterInk, rng: np.random.Generator) -> InkNumber:
    """A number of two to four digits with one of the `MARKS`; its text has the digits alone."""
    pen, length = min(choose_pen(rng), 0.12), int(rng.integers(2, 5))
    text = "".join(map(str, rng.integers(0, CLASSES, length)))
    after = {"minus in front": -1, "percent": length - 1}.get(mark)
    after = int(rng.integers(length - 1)) if after is None else after
    if mark == "fraction bar":
        return _fraction(text, after + 1, ink, pen, rng)
    gaps = list(rng.uniform(0.15, 0.35, length - 1))
    room = _ROOM.get(mark, _USUAL_ROOM)
    if 0 <= after < length - 1:
        gaps[after] = rng.uniform(*room)
    line = write_line(choose_digits(text, ink, rng), pen, rng, gaps=gaps)
    left = extent(line[after])[1, 0] if after >= 0 else extent(line[0])[0, 0] - rng.uniform(0.9, 1.1)
    if after == length - 1:
        strokes = _mark(mark, 0.0, rng)
        middle = left + pen + rng.uniform(*room) - extent(strokes)[0, 0]
        marked = moved(strokes, (middle, 0.0))
    else:
        marked = _mark(mark, (left + extent(line[after + 1])[0, 0]) / 2, rng)
    return _placed(text, [*line[: after + 1], None, *line[after + 1 :]], marked, pen, rng)


def _fraction(text: str, over: int, ink: WriterInk, pen: float, rng: np.random.Generator) -> InkNumber:
    """A number of the first `over` digits, a bar, and below it a number of the others."""
    rows = [
        write_line(choose_digits(row, ink, rng), pen, rng, gaps=rng.uniform(0.15, 0.35, len(row) - 1).tolist())
        for row in (text[:over], text[over:])
    ]
    boxes = [extent([points for digit in row for points in digit]) for row in rows]
    reach = max(float(high[0] - low[0]) for low, high in boxes) / 2 + rng.uniform(*_BEYOND_BAR)
    free = rng.uniform(*_ABOVE_BAR, 2) + pen
    upper, lower = (
        [moved(digit, (-(low[0] + high[0]) / 2, -level)) for digit in row]
        for row, (low, high), level in zip(
            rows, boxes, (boxes[0][1, 1] + free[0], boxes[1][0, 1] - free[1]), strict=True
        )
    )
    bar = [hand_line((-reach, 0.0), (reach, rng.normal(0, 0.03)), rng, bow=0.01)]
    written = f"{text[:over]}\n{text[over:]}"
    return _placed(written, [*upper, None, *lower], bar, pen, rng)


def _placed(
    text: str, line: Sequence[Strokes | None], mark: Strokes, pen: float, rng: np.random.Generator
) -> InkNumber:
    """The digits in `line` on the pad, with `mark` where there is None."""
    strokes: list[tuple[int, Points]] = []
    place = 0
    for digit in line:
        strokes += [(-1 if digit is None else place, points) for points in (mark if digit is None else digit)]
        place += digit is not None
    drawing, height = place_on_pad([points for _, points in strokes], pen, rng)
    return InkNumber(text, drawing, tuple(owner for owner, _ in strokes), height)


def scribble_of_strokes(rng: np.random.Generator) -> Drawing:
    """Two hundred strokes across each other, until nothing can be read."""
    strokes = []
    for _ in range(SCRIBBLE_STROKES):
        middle, reach = rng.uniform(0.25, 0.75, 2), rng.normal(0, 0.15, 2)
        points = np.clip(hand_line(middle - reach, middle + reach, rng, bow=0.2), 0.02, 0.98)
        strokes.append(Stroke((points * PAD_SIDE).astype(np.float32)))
    return Drawing(tuple(strokes), PAD_SIDE)


def _mark(mark: str, middle: float, rng: np.random.Generator) -> Strokes:
    """The strokes of a mark in heights of a digit, at that place on the line."""
    if mark in ("point", "colon"):
        levels = (-0.03,) if mark == "point" else (-0.1 - rng.uniform(0.4, 0.6), -0.1)
        return [_dot(middle, level, rng) for level in levels]
    if mark == "comma":
        start, end = (middle + 0.04, rng.uniform(-0.1, 0.0)), (middle - 0.05, rng.uniform(0.12, 0.22))
        return [hand_line(start, end, rng, bow=0.15)]
    if mark == "percent":
        return _percent(middle, rng)
    level = -0.5 + rng.normal(0, 0.05)
    if mark in ("plus", "times"):
        return _cross(mark, (middle, level), rng)
    levels = (
        (level,) if mark.startswith("minus") else (level - rng.uniform(0.08, 0.16), level + rng.uniform(0.08, 0.16))
    )
    return [_dash(middle, level, rng) for level in levels]


def _dot(middle: float, level: float, rng: np.random.Generator) -> Points:
    return np.array([[middle, level + rng.uniform(-0.03, 0.03)]]) + rng.uniform(0, 0.03, (int(rng.integers(1, 4)), 2))


def _dash(middle: float, level: float, rng: np.random.Generator) -> Points:
    reach = rng.uniform(0.18, 0.3)
    return hand_line((middle - reach, level), (middle + reach, level + rng.normal(0, 0.03)), rng)


def _cross(mark: str, middle: tuple[float, float], rng: np.random.Generator) -> Strokes:
    """Two lines through about the same place; those of "times" lean."""
    angles = rng.normal(0, 6, 2) + ((0, 90) if mark == "plus" else (45, 135))
    strokes = []
    for angle in np.deg2rad(angles):
        reach = rng.uniform(0.2, 0.35) * np.array([np.cos(angle), np.sin(angle)])
        centre = np.asarray(middle) + rng.normal(0, 0.03, 2)
        strokes.append(hand_line(centre - reach, centre + reach, rng))
    return strokes[:: int(rng.choice([-1, 1]))]


def _percent(middle: float, rng: np.random.Generator) -> Strokes:
    """A small circle on either side of a leaning line."""
    around = np.linspace(0, 2 * np.pi, 24)[:, np.newaxis]
    lean = rng.uniform(0.25, 0.4)
    radii, away = rng.uniform(0.12, 0.2, 2), lean + rng.uniform(0.0, 0.08, 2)
    circle = np.concatenate([np.cos(around), np.sin(around)], axis=1)
    upper = circle * radii[0] + (middle - away[0], -0.95 + radii[0])
    lower = circle * radii[1] + (middle + away[1], -0.05 - radii[1])
    line = hand_line((middle + lean, -1.0), (middle - lean, rng.uniform(-0.05, 0.05)), rng)
    return [tremble(upper, rng), line, tremble(lower, rng)]
