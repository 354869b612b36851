"""Where the digits of a number are painted, and how large: geometry without a window.

Lengths are in pixels at texts' actual size.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

CAP_HEIGHT, CELL_WIDTH, SIGN_WIDTH = 0.73, 0.72, 0.2
"""Of a digit of the typeface, of its cell, and of a question mark beside it, in sizes of type."""
PAD, GAP = 3.0, 3.0
"""Above and below a digit and what stands beneath it, and between the two."""
CAPTION, CAPTION_LINE = 11, 13.0
SMALLEST_OVER_CAPTION = 18.0
"""Smaller digits get a bar beneath them: a caption would be as large as they are."""
LEAST_CELL, LEAST_ROW = 10.0, 13.0
"""What has no room for that is left out."""


class Caption(Enum):
    """What stands beneath a digit, with the width and the height of its first line."""

    PERCENT = (32.0, CAPTION_LINE)
    FIGURES = (20.0, CAPTION_LINE)
    BAR = (0.0, 2.0)

    def __init__(self, width: float, height: float) -> None:
        self.width = width
        self.height = height


@dataclass(frozen=True, slots=True)
class Cell:
    """The place of one digit: `index` in reading order; None for an ellipsis in the place of those left out."""

    index: int | None
    left: float
    top: float
    width: float
    height: float

    def contains(self, x: float, y: float) -> bool:
        return self.left <= x < self.left + self.width and self.top <= y < self.top + self.height


@dataclass(frozen=True, slots=True)
class NumberLayout:
    """The type of the digits, what stands beneath them, the margin above them, and their cells from the left on."""

    type_size: float
    caption: Caption
    pad: float
    cells: tuple[Cell, ...]

    @property
    def baseline(self) -> float:
        """Of the digits, below the top of a cell."""
        return self.pad + self.type_size * CAP_HEIGHT

    @property
    def shown(self) -> int:
        """How many digits there is room for."""
        return sum(cell.index is not None for cell in self.cells)

    @property
    def width(self) -> float:
        return max((cell.left + cell.width for cell in self.cells), default=0.0)


@dataclass(frozen=True, slots=True)
class Doubts:
    """What unsure digits need: question marks beside them, and a second line beneath for what else they may be."""

    has_signs: bool = False
    has_candidates: bool = False


def lay_out_number(rows: Sequence[int], width: float, height: float, *, largest: float, doubts: Doubts) -> NumberLayout:
    """Fit a number into `width` x `height`.

    Parameters
    ----------
    rows
        How many digits each row has.
    largest
        The largest size of type.
    doubts
        What unsure digits need.
    """
    most, most_rows = max(int(width // LEAST_CELL), 1), max(int(height // LEAST_ROW), 1)
    shown = [min(count, most) for count in rows[:most_rows]]
    columns, row_height = max(shown), height / len(shown)
    second = CAPTION_LINE if doubts.has_candidates else 0.0
    cell_width = CELL_WIDTH + (SIGN_WIDTH if doubts.has_signs else 0.0)
    for caption in Caption:
        is_bar = caption is Caption.BAR
        beneath = GAP + caption.height + (0.0 if is_bar else second)
        pad = min(PAD, row_height * 0.06) if is_bar else PAD
        room = (row_height - beneath - 2 * pad) / CAP_HEIGHT
        size = min(largest, room, width / columns / cell_width)
        if is_bar or (size >= SMALLEST_OVER_CAPTION and width / columns >= caption.width):
            break
    size = max(size, 1.0)
    cell = max(size * cell_width, caption.width), 2 * pad + size * CAP_HEIGHT + beneath
    return NumberLayout(
        size, caption, pad, tuple(_cells(rows, shown, cell, max(height - len(shown) * cell[1], 0.0) / 2))
    )


def _cells(rows: Sequence[int], shown: Sequence[int], size: tuple[float, float], top: float) -> list[Cell]:
    cells, first = [], 0
    for number, (count, seen) in enumerate(zip(rows, shown, strict=False)):
        for place in range(seen):
            is_cut = place == seen - 1 and (seen < count or (number == len(shown) - 1 < len(rows) - 1))
            index = None if is_cut else first + place
            cells.append(Cell(index, place * size[0], top + number * size[1], *size))
        first += count
    return cells
