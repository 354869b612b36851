"""Read sheets of cells with a digit in each, as those of training data."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

import cv2
import numpy as np

from core.digits.arrays import Image
from core.pictures.grids import Cell, find_grid
from core.pictures.parts import FAINTEST
from core.recognition.ink_digits import read_ink_as_one
from core.recognition.numbers import NumberReading, ReadDigit, moved, with_rows_in_turn
from core.recognition.recognizer import Verdict
from core.recognition.rows import Box
from core.recognition.stroke_numbers import Recognize

MANY = 24
"""Pieces of ink: from here on, a sample shows first whether they are digits."""

_SAMPLE = 40
_LEAST_OF_CELL = 0.8  # of its side: of a cell at the edge of the picture, so that a digit in it is hardly cut
_CELLS_WITH_DIGITS = 0.85  # of the sample

OnParts = Callable[[int], object]
"""Called with the number of parts of ink before they are read; it may raise."""
Sampled = TypeVar("Sampled")


def ignore_parts(parts: int) -> None:
    """For who does not want to know how far the reading is."""


def spread(items: Sequence[Sampled]) -> Sequence[Sampled]:
    """At most 40 of `items`, from all over them, in order; all when there are no more."""
    if len(items) <= _SAMPLE:
        return items
    return [items[place * len(items) // _SAMPLE] for place in range(_SAMPLE)]


def read_cells(ink: Image, recognize: Recognize, on_parts: OnParts = ignore_parts) -> NumberReading | None:
    """Read a sheet of cells with a digit in each, uint8 `(h, w)`, bright on 0; None where it is none.

    It is one when most of a sample of the cells are digits. Cells that the picture cuts off are not read, nor lost.
    """
    grid = find_grid(ink)
    if grid is None:
        return None
    inked = [cell for cell in grid.cells(ink.shape) if (_ink_of(cell, ink) > FAINTEST).any()]
    least = _LEAST_OF_CELL * grid.side
    whole = [cell for cell in inked if cell.shorter >= least]
    cut = [cell for cell in inked if cell.shorter < least]
    sample = spread(whole)
    sure = sum(_read_cell(cell, ink, recognize).recognition.verdict == Verdict.DIGIT for cell in sample)
    if len(whole) < MANY or sure < _CELLS_WITH_DIGITS * len(sample):
        return None
    on_parts(len(whole))
    read = [_read_cell(cell, ink, recognize) for cell in whole]
    digits = [digit for digit in read if digit.recognition.verdict != Verdict.NOT_A_DIGIT]
    unread = [digit.box for digit in read if digit.recognition.verdict == Verdict.NOT_A_DIGIT]
    unread += [_box_of(cell, ink) for cell in cut]
    return NumberReading(with_rows_in_turn(digits), tuple(unread))


def _ink_of(cell: Cell, ink: Image) -> Image:
    return ink[cell.top : cell.bottom, cell.left : cell.right]


def _read_cell(cell: Cell, ink: Image, recognize: Recognize) -> ReadDigit:
    return replace(read_ink_as_one(_ink_of(cell, ink), recognize).placed(moved(cell.left, cell.top)), row=cell.row)


def _box_of(cell: Cell, ink: Image) -> Box:
    """The box of the ink in a cell."""
    x, y, width, height = cv2.boundingRect((_ink_of(cell, ink) > FAINTEST).astype(np.uint8))
    left, top = float(cell.left + x), float(cell.top + y)
    return left, top, left + width, top + height
