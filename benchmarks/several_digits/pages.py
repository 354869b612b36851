"""Pages of several rows as ink."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from benchmarks.several_digits.ink_numbers import (
    InkNumber,
    Order,
    WriterInk,
    choose_digits,
    choose_order,
    choose_pen,
    order_strokes,
    place_on_pad,
)
from benchmarks.several_digits.lines import Strokes, distance, extent, moved, slope_line, write_line
from core.digits.arrays import CLASSES
from core.ink.arrays import Points

ROWS = 4
LENGTHS = (3, 4, 5, 6)
LARGEST_SLOPE = 4.0

_ROW_SLOPE = 0.6  # a row departs that much from the page's slope, in degrees
_FREE = (0.25, 1.0)  # between rows, in heights of a digit
_INDENT = 0.5


def make_pages(writers: Sequence[WriterInk], count: int, seed: int) -> Iterator[InkNumber]:
    """`count` pages of four rows of three to six digits, taking turns at writers; the same ones for a seed."""
    for number in range(count):
        rng = np.random.default_rng([seed, 2, number])
        texts = ["".join(map(str, rng.integers(0, CLASSES, rng.choice(LENGTHS)))) for _ in range(ROWS)]
        yield write_page(texts, writers[number % len(writers)], rng)


def write_page(texts: Sequence[str], ink: WriterInk, rng: np.random.Generator) -> InkNumber:
    """Rows below each other in one hand, drawn row after row; each has its own slope, much like the page's."""
    pen, slope = choose_pen(rng), float(rng.uniform(-LARGEST_SLOPE, LARGEST_SLOPE))
    strokes: list[tuple[int, Points]] = []
    rows: list[list[Strokes]] = []
    orders = []
    for text in texts:
        own = float(np.clip(slope + rng.normal(0, _ROW_SLOPE), -LARGEST_SLOPE, LARGEST_SLOPE))
        row = slope_line(write_line(choose_digits(text, ink, rng), pen, rng), own, rng)
        row = _below(rows[-1], row, pen, rng) if rows else row
        orders.append(choose_order(row, rng))
        before = sum(map(len, rows))
        strokes += [(before + place, points) for place, points in order_strokes(row, orders[-1], rng)]
        rows.append(row)
    drawing, height = place_on_pad([points for _, points in strokes], pen, rng)
    touching = any(distance(left, right) <= pen for row in rows for left, right in pairwise(row))
    order = max(orders, key=list(Order).index)
    return InkNumber("\n".join(texts), drawing, tuple(place for place, _ in strokes), height, slope, order, touching)


def _below(upper: Sequence[Strokes], row: Sequence[Strokes], pen: float, rng: np.random.Generator) -> list[Strokes]:
    """`row` moved below the row above it: nowhere closer to what is above than the free paper between rows."""
    indent = float(rng.normal(0, _INDENT)) - _left(row) + _left(upper)
    shifted = [moved(digit, (indent, 0.0)) for digit in row]
    boxes = [extent(digit) for digit in upper]
    needed = []
    for digit in shifted:
        low, high = extent(digit)
        above = [box[1, 1] for box in boxes if box[0, 0] - 0.5 < high[0] and box[1, 0] + 0.5 > low[0]]
        needed += [float(bottom - low[1]) for bottom in above]
    down = max(needed, default=0.0) + pen + float(rng.uniform(*_FREE))
    return [moved(digit, (0.0, down)) for digit in shifted]


def _left(row: Sequence[Strokes]) -> float:
    return min(float(extent(digit)[0, 0]) for digit in row)
