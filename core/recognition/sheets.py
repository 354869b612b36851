"""Read sheets of cells with a digit in each, as those of training data."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from core.digits.arrays import Image
from core.pictures.grids import find_grid
from core.pictures.parts import FAINTEST
from core.recognition.ink_digits import read_ink_as_one
from core.recognition.numbers import NumberReading, ReadDigit, moved, with_rows_in_turn
from core.recognition.recognizer import Verdict
from core.recognition.stroke_numbers import Recognize

MANY = 24
"""Pieces of ink: from here on, a sample shows first whether they are digits."""

_SAMPLE = 40
_CELLS_WITH_DIGITS = 0.85  # of the sample

OnParts = Callable[[int], object]
"""Called with the number of parts of ink before they are read; it may raise."""
Sampled = TypeVar("Sampled")


def ignore_parts(parts: int) -> None:
    """For who does not want to know how far the reading is."""


def spread(items: Sequence[Sampled]) -> Sequence[Sampled]:
    """Some of `items`, from all over."""
    return items[:: max(1, len(items) // _SAMPLE)]


def read_cells(ink: Image, recognize: Recognize, on_parts: OnParts = ignore_parts) -> NumberReading | None:
    """Read a sheet of cells with a digit in each, uint8 `(h, w)`, bright on 0; None where it is none.

    It is one when most of a sample of the cells are digits.
    """
    grid = find_grid(ink)
    if grid is None:
        return None
    inks = [
        (row, left, top, ink[top : top + grid.side, left : left + grid.side])
        for row, _, left, top in grid.cells(ink.shape)
    ]
    inked = [cell for cell in inks if (cell[3] > FAINTEST).any()]
    sample = spread(inked)
    sure = sum(read_ink_as_one(cell[3], recognize).recognition.verdict == Verdict.DIGIT for cell in sample)
    if len(inked) < MANY or sure < _CELLS_WITH_DIGITS * len(sample):
        return None
    on_parts(len(inked))
    read = [_read_cell(*cell, recognize) for cell in inked]
    digits = [digit for digit in read if digit.recognition.verdict != Verdict.NOT_A_DIGIT]
    unread = [digit.box for digit in read if digit.recognition.verdict == Verdict.NOT_A_DIGIT]
    return NumberReading(with_rows_in_turn(digits), tuple(unread))


def _read_cell(row: int, left: int, top: int, ink: Image, recognize: Recognize) -> ReadDigit:
    return replace(read_ink_as_one(ink, recognize).placed(moved(left, top)), row=row)
