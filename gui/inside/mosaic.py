"""Feature maps side by side in one picture, and where each of them is in it: geometry and pixels, without a window."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage

from core.ink.arrays import FloatArray
from gui.widgets.signed_colours import colour_places, colour_table

USUAL_SIDE = 38
"""Pixels of a tile, roughly; those of large maps are larger."""
MOST_TILES = 256
MOST_ROWS = 4
"""Where there is room, tiles grow until they need so many rows."""
LARGEST = 2
"""How many times as large as usual they get at most."""
_GAP = 0  # the place among the colours that no value has


@dataclass(frozen=True, slots=True)
class TileGrid:
    """Tiles in rows.

    Attributes
    ----------
    count, height, width
        How many maps, and their size in cells.
    columns
        How many are in a row.
    zoom
        Pixels for each cell; the gap between tiles is as wide as a cell.
    """

    count: int
    height: int
    width: int
    columns: int
    zoom: int

    @property
    def rows(self) -> int:
        return -(-self.count // self.columns)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of all of it, in pixels."""
        return (self.columns * (self.width + 1) - 1) * self.zoom, (self.rows * (self.height + 1) - 1) * self.zoom

    def rect(self, index: int) -> QRect:
        """Where a tile is."""
        row, column = divmod(index, self.columns)
        left, top = column * (self.width + 1) * self.zoom, row * (self.height + 1) * self.zoom
        return QRect(left, top, self.width * self.zoom, self.height * self.zoom)

    def tile_at(self, x: int, y: int) -> int | None:
        """The tile at a point; None beside all tiles."""
        column, row = x // ((self.width + 1) * self.zoom), y // ((self.height + 1) * self.zoom)
        index = row * self.columns + column
        is_inside = x >= 0 and y >= 0 and column < self.columns and index < self.count
        return index if is_inside and self.rect(index).contains(x, y) else None


def fit_tiles(count: int, height: int, width: int, room: int, side: int = USUAL_SIDE) -> TileGrid:
    """The arrangement for `room` pixels across: tiles larger than `side` where there is much room."""
    count = min(count, MOST_TILES)
    usual = max(round(side / max(height, width)), 2 if max(height, width) <= 2 * side else 1)
    for zoom in range(LARGEST * usual, 0, -1):
        columns = max((room // zoom + 1) // (width + 1), 1)
        fits = width * zoom <= room
        if fits and (columns * MOST_ROWS >= count or zoom <= usual):
            return TileGrid(count, height, width, min(columns, count), zoom)
    return TileGrid(count, height, width, 1, 1)


def mosaic_image(values: FloatArray, grid: TileGrid, scale: float) -> QImage:
    """The maps `values`, float32 `(height, width, channels)`, as one image with a pixel for each cell and gap."""
    places = np.full((grid.rows * grid.columns, grid.height + 1, grid.width + 1), _GAP, np.uint8)
    shown = values[:, :, : grid.count].transpose(2, 0, 1)
    places[: grid.count, :-1, :-1] = colour_places(shown, scale)
    tiled = places.reshape(grid.rows, grid.columns, grid.height + 1, grid.width + 1).transpose(0, 2, 1, 3)
    whole = np.ascontiguousarray(tiled.reshape(grid.rows * (grid.height + 1), -1)[:-1, :-1])
    height, width = whole.shape
    image = QImage(whole.tobytes(), width, height, width, QImage.Format.Format_Indexed8).copy()
    image.setColorTable([0, *colour_table()[1:]])
    return image
