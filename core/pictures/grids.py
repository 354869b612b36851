"""Find the cells of a sheet on which digits stand close in rows and columns, as on sheets of training data."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from core.ink.arrays import GrayImage
from core.pictures.parts import FAINTEST

_SMALLEST, _LARGEST = 12, 120  # pixels: sides of a cell
_FEWEST = 5  # rows, and columns
_CLEAR = 0.6  # of the usual ink: there is less where cells meet
_AS_CLEAR = 1.1  # times as much ink as at the best: cells that hold several have no clearer edges
_NEXT_TO_NONE = 0.02  # of the usual ink
_EDGE_OF_SHEET = 1.3  # times as much ink as at the best place: cells begin at the edge of the picture
_HARDLY_MORE = 0.1  # of the usual ink: so much more than at the best place does not matter, either


class Cell(NamedTuple):
    """A cell of a sheet: the row that it is in, from 0, and its edges in pixels."""

    row: int
    left: int
    top: int
    right: int
    bottom: int

    @property
    def shorter(self) -> int:
        """Its shorter side."""
        return min(self.right - self.left, self.bottom - self.top)


@dataclass(frozen=True, slots=True)
class Grid:
    """Square cells: the side of each, and where the first one begins, in pixels."""

    side: int
    left: int
    top: int

    def cells(self, shape: tuple[int, int]) -> Iterator[Cell]:
        """All cells in a picture of `shape`, `(h, w)`, row by row; the picture's edges may cut the outer ones."""
        for row, (top, bottom) in enumerate(self._spans(self.top, shape[0])):
            for left, right in self._spans(self.left, shape[1]):
                yield Cell(row, left, top, right, bottom)

    def _spans(self, first: int, length: int) -> Iterator[tuple[int, int]]:
        """Begin and end of each cell across a picture of that length; `first` is where one begins."""
        for begin in range(first - self.side if first else 0, length, self.side):
            yield max(begin, 0), min(begin + self.side, length)


def find_grid(ink: GrayImage) -> Grid | None:
    """The smallest cells between which there is clearly less ink in `ink`, uint8 `(h, w)`, than elsewhere."""
    inked = ink > FAINTEST
    rows, columns = inked.mean(axis=1), inked.mean(axis=0)
    usual = float(inked.mean())
    sides = range(_SMALLEST, min(_LARGEST, min(ink.shape) // _FEWEST) + 1)
    if not usual or not sides:
        return None
    found = [(side, *_clearest(rows, side), *_clearest(columns, side)) for side in sides]
    amounts = [(in_rows + in_columns) / 2 / usual for _, in_rows, _, in_columns, _ in found]
    if min(amounts) > _CLEAR:
        return None
    number = next(
        number for number, amount in enumerate(amounts) if amount <= max(_AS_CLEAR * min(amounts), _NEXT_TO_NONE)
    )
    side, _, top, _, left = found[number]
    return Grid(side, left, top)


def _clearest(profile: npt.NDArray[np.float64], side: int) -> tuple[float, int]:
    """The mean ink where cells of a `side` meet, at the best of their places; and the first of these."""
    whole = profile[: len(profile) // side * side].reshape(-1, side).mean(axis=0)
    meeting = (whole + np.roll(whole, 1)) / 2
    least = float(meeting.min())
    is_at_edge = meeting[0] <= max(_EDGE_OF_SHEET * least, least + _HARDLY_MORE * profile.mean())
    first = 0 if is_at_edge else int(meeting.argmin())
    return float(meeting[first]), first
