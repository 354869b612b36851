"""Numbers of several digits as ink, each made from single digits of one writer."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

import numpy as np

from benchmarks.several_digits.lines import Strokes, distance, extent, slope_line, write_line
from core.datasets.real_ink import LabelledDrawing
from core.digits.arrays import CLASSES
from core.ink.arrays import Points
from core.ink.drawing import Drawing, Stroke
from core.pad.content import PAD_SIDE

LENGTHS = (2, 3, 4, 5, 6)
LONG_LENGTHS = (7, 8, 9, 10, 11, 12)
LARGEST_SLOPE = 10.0
SLOPED = 4.0
"""Degrees from which a number counts as sloped."""
PENS = (0.03, 0.18)
"""Width of the line, in heights of a digit."""

_SIZES = (0.08, 0.5)  # height of a digit as a share of the pad's side
_LATE_SHARE, _SHUFFLED_SHARE = 0.27, 0.05  # a number in four has no digit of several strokes

WriterInk = Mapping[int, Sequence[Drawing]]
"""What one writer wrote: drawings of each digit."""


class Order(StrEnum):
    """In which order strokes were drawn: digit by digit, with last strokes after all others, or anyhow."""

    NATURAL = "natural"
    LATE = "late"
    SHUFFLED = "shuffled"


@dataclass(frozen=True, slots=True, eq=False)
class InkNumber:
    """A number, or a page of them, as ink on the pad.

    Attributes
    ----------
    text
        What it says; rows are separated by line breaks.
    owners
        For each stroke of the drawing the place, in reading order, of the digit it belongs to; -1 for other marks.
    height
        Height of a digit in units of the pad, before it varies.
    slope
        Degrees by which the line goes down to the right.
    touching
        Whether two neighbours touch.
    """

    text: str
    drawing: Drawing
    owners: tuple[int, ...]
    height: float
    slope: float = 0.0
    order: Order = Order.NATURAL
    touching: bool = False

    def digits(self) -> list[Drawing]:
        """The digits by themselves, in reading order."""
        count = max(self.owners) + 1
        return [Drawing(tuple(self._strokes_of(place)), self.drawing.pad_side) for place in range(count)]

    def boxes(self) -> list[tuple[float, float, float, float]]:
        """`(left, top, right, bottom)` of each digit, in reading order."""
        return [digit.bounds() for digit in self.digits()]

    @property
    def pen(self) -> float:
        """Width of the line in heights of a digit."""
        return self.drawing.pen_width * PAD_SIDE / self.height

    def _strokes_of(self, place: int) -> Iterator[Stroke]:
        return (stroke for stroke, owner in zip(self.drawing.strokes, self.owners, strict=True) if owner == place)


def ink_of_writers(drawings: Sequence[LabelledDrawing]) -> list[WriterInk]:
    """What each writer wrote; only writers of whom there are all ten digits."""
    ink: dict[str, dict[int, list[Drawing]]] = defaultdict(lambda: defaultdict(list))
    for drawing in drawings:
        ink[drawing.writer][drawing.label].append(drawing.drawing)
    return [ink[writer] for writer in sorted(ink) if len(ink[writer]) == CLASSES]


def make_numbers(
    writers: Sequence[WriterInk], count: int, seed: int, lengths: Sequence[int] = LENGTHS
) -> Iterator[InkNumber]:
    """`count` numbers of random digits, taking turns at lengths and writers; always the same ones for a seed."""
    for number in range(count):
        rng = np.random.default_rng([seed, len(lengths), number])
        length = lengths[number % len(lengths)]
        text = "".join(map(str, rng.integers(0, CLASSES, length)))
        yield write_number(text, writers[number // len(lengths) % len(writers)], rng)


def make_ones(writers: Sequence[WriterInk], count: int, seed: int) -> Iterator[InkNumber]:
    """`count` numbers of one to four ones: upright lines that could also be parts of one digit."""
    for number in range(count):
        rng = np.random.default_rng([seed, 1, number])
        yield write_number("1" * (number % 4 + 1), writers[number // 4 % len(writers)], rng)


def write_number(
    text: str, ink: WriterInk, rng: np.random.Generator, *, slope: float | None = None, order: Order | None = None
) -> InkNumber:
    """The digits `text` in the hand of a writer, anywhere on the pad; what is not given is left to chance."""
    pen = choose_pen(rng)
    slope = choose_slope(rng) if slope is None else slope
    line = slope_line(write_line(choose_digits(text, ink, rng), pen, rng), slope, rng)
    order = choose_order(line, rng) if order is None else order
    strokes = order_strokes(line, order, rng)
    touching = any(distance(left, right) <= pen for left, right in pairwise(line))
    drawing, height = place_on_pad([points for _, points in strokes], pen, rng)
    return InkNumber(text, drawing, tuple(owner for owner, _ in strokes), height, slope, order, touching)


def choose_digits(text: str, ink: WriterInk, rng: np.random.Generator) -> list[Drawing]:
    """A drawing by the writer for each character of `text`."""
    return [ink[int(sign)][int(rng.integers(len(ink[int(sign)])))] for sign in text]


def choose_pen(rng: np.random.Generator) -> float:
    return float(np.exp(rng.uniform(*np.log(PENS))))


def choose_slope(rng: np.random.Generator) -> float:
    """Every other number is nearly level, and the others go up or down by up to ten degrees."""
    if rng.random() < 0.5:
        return float(np.clip(rng.normal(0, 1.5), -SLOPED, SLOPED))
    return float(rng.uniform(-LARGEST_SLOPE, LARGEST_SLOPE))


def choose_order(line: Sequence[Strokes], rng: np.random.Generator) -> Order:
    """Late strokes only where a digit has several."""
    chance = rng.random()
    if chance < _LATE_SHARE and any(len(digit) > 1 for digit in line):
        return Order.LATE
    return Order.SHUFFLED if chance > 1 - _SHUFFLED_SHARE else Order.NATURAL


def order_strokes(line: Sequence[Strokes], order: Order, rng: np.random.Generator) -> list[tuple[int, Points]]:
    """All strokes with the place of their digit, in the order in which they were drawn."""
    natural = [(place, points) for place, digit in enumerate(line) for points in digit]
    if order is Order.SHUFFLED:
        return [natural[index] for index in rng.permutation(len(natural))]
    several = [place for place, digit in enumerate(line) if len(digit) > 1]
    if order is Order.NATURAL or not several:
        return natural
    late = set(rng.permutation(several)[: rng.integers(1, len(several) + 1)].tolist())
    first = [(place, points) for place, digit in enumerate(line) for points in (digit[:-1] if place in late else digit)]
    return first + [(place, line[place][-1]) for place in sorted(late)]


def place_on_pad(strokes: Sequence[Points], pen: float, rng: np.random.Generator) -> tuple[Drawing, float]:
    """Strokes in heights of a digit, anywhere on the pad with all of their line, and the height they have there."""
    low, high = extent(strokes)
    largest = PAD_SIDE / float((high - low).max() + 1.5 * pen)
    height = min(PAD_SIDE * float(np.exp(rng.uniform(*np.log(_SIZES)))), largest)
    free = PAD_SIDE - (high - low + pen) * height
    corner = pen * height / 2 + rng.uniform(0, 1, 2) * free
    moved = tuple(Stroke(((points - low) * height + corner).astype(np.float32)) for points in strokes)
    return Drawing(moved, PAD_SIDE, pen * height / PAD_SIDE), height
