"""What is drawn beside digits and is none: decimal points, commas, minus signs; and scribbles."""

import numpy as np

from benchmarks.evaluation.hand import hand_line
from benchmarks.several_digits.ink_numbers import InkNumber, WriterInk, choose_digits, choose_pen, place_on_pad
from benchmarks.several_digits.lines import extent, write_line
from core.digits.arrays import CLASSES
from core.ink.arrays import Points
from core.ink.drawing import Drawing, Stroke
from core.pad.content import PAD_SIDE

MARKS = ("point", "comma", "minus between", "minus in front")
SCRIBBLE_STROKES = 200

_ROOM = {"point": (0.3, 0.6), "comma": (0.35, 0.6), "minus between": (0.8, 1.1)}  # between digits, for the mark


def number_with_mark(mark: str, ink: WriterInk, rng: np.random.Generator) -> InkNumber:
    """A number of two to four digits with one of the `MARKS`; its text has the digits alone."""
    pen, length = min(choose_pen(rng), 0.12), int(rng.integers(2, 5))
    text = "".join(map(str, rng.integers(0, CLASSES, length)))
    after = -1 if mark == "minus in front" else int(rng.integers(length - 1))
    gaps = list(rng.uniform(0.15, 0.35, length - 1))
    if after >= 0:
        gaps[after] = rng.uniform(*_ROOM[mark])
    line = write_line(choose_digits(text, ink, rng), pen, rng, gaps=gaps)
    left = extent(line[after])[1, 0] if after >= 0 else extent(line[0])[0, 0] - rng.uniform(0.9, 1.1)
    right = extent(line[after + 1])[0, 0]
    digits = [(place, points) for place, digit in enumerate(line) for points in digit]
    drawn_after = sum(len(digit) for digit in line[: after + 1])
    strokes = [*digits[:drawn_after], (-1, _mark(mark, (left + right) / 2, rng)), *digits[drawn_after:]]
    drawing, height = place_on_pad([points for _, points in strokes], pen, rng)
    return InkNumber(text, drawing, tuple(place for place, _ in strokes), height)


def scribble_of_strokes(rng: np.random.Generator) -> Drawing:
    """Two hundred strokes across each other, until nothing can be read."""
    strokes = []
    for _ in range(SCRIBBLE_STROKES):
        middle, reach = rng.uniform(0.25, 0.75, 2), rng.normal(0, 0.15, 2)
        points = np.clip(hand_line(middle - reach, middle + reach, rng, bow=0.2), 0.02, 0.98)
        strokes.append(Stroke((points * PAD_SIDE).astype(np.float32)))
    return Drawing(tuple(strokes), PAD_SIDE)


def _mark(mark: str, middle: float, rng: np.random.Generator) -> Points:
    """The stroke of a mark in heights of a digit, at that place on the line."""
    if mark == "point":
        return np.array([[middle, rng.uniform(-0.06, 0.0)]]) + rng.uniform(0, 0.03, (int(rng.integers(1, 4)), 2))
    if mark == "comma":
        start, end = (middle + 0.04, rng.uniform(-0.1, 0.0)), (middle - 0.05, rng.uniform(0.12, 0.22))
        return hand_line(start, end, rng, bow=0.15)
    reach, level = rng.uniform(0.18, 0.3), -0.5 + rng.normal(0, 0.05)
    return hand_line((middle - reach, level), (middle + reach, level + rng.normal(0, 0.03)), rng)
