"""Cells of a sheet: found by the gaps between them, whatever their size and place; other ink has none."""

import numpy as np
import numpy.typing as npt
import pytest

from core.pictures.grids import Grid, find_grid

Gray = npt.NDArray[np.uint8]


def sheet(side: int, rows: int = 8, columns: int = 12, *, left: int = 0, top: int = 0, seed: int = 1) -> Gray:
    """Cells with a blot in the middle of each, some way from their edges."""
    rng = np.random.default_rng(seed)
    ink = np.zeros((top + rows * side, left + columns * side), np.uint8)
    for row in range(rows):
        for column in range(columns):
            height, width = (round(length) for length in side * rng.uniform(0.55, 0.8, 2))
            y, x = top + row * side + (side - height) // 2, left + column * side + (side - width) // 2
            ink[y : y + height, x : x + width] = 255
    return ink


@pytest.mark.parametrize("side", [12, 20, 28, 50, 80])
def test_cells_of_any_usual_size_are_found(side: int) -> None:
    assert find_grid(sheet(side)) == Grid(side, 0, 0)


@pytest.mark.parametrize(("left", "top"), [(9, 0), (0, 14), (7, 11)])
def test_cells_may_begin_inside_the_picture(left: int, top: int) -> None:
    grid = find_grid(sheet(28, left=left, top=top))
    assert grid is not None and grid.side == 28
    # where cells meet may be anywhere within the gap between blots
    assert abs(grid.left - left) <= 4 and abs(grid.top - top) <= 4


def test_faint_marks_are_no_ink() -> None:
    faint = sheet(28)
    faint[faint == 0] = 20
    assert find_grid(faint) == Grid(28, 0, 0)


@pytest.mark.parametrize(
    "ink",
    [
        np.zeros((200, 200), np.uint8),
        np.full((200, 200), 255, np.uint8),
        np.random.default_rng(1).integers(0, 256, (200, 300)).astype(np.uint8),
        np.zeros((40, 300), np.uint8) + np.uint8(255),
        sheet(28, rows=3),
        sheet(150),
    ],
    ids=["blank", "solid", "noise", "low", "three rows", "large cells"],
)
def test_other_ink_has_no_cells(ink: Gray) -> None:
    assert find_grid(ink) is None


def test_cells_come_row_by_row_and_cover_the_picture() -> None:
    assert list(Grid(20, 0, 0).cells((40, 60))) == [
        (0, 0, 0, 20, 20), (0, 20, 0, 40, 20), (0, 40, 0, 60, 20),
        (1, 0, 20, 20, 40), (1, 20, 20, 40, 40), (1, 40, 20, 60, 40),
    ]  # fmt: skip
    covered = np.zeros((50, 70), np.intp)
    cells = list(Grid(20, 5, 3).cells((50, 70)))
    for cell in cells:
        covered[cell.top : cell.bottom, cell.left : cell.right] += 1
    assert (covered == 1).all()
    assert [cell.shorter for cell in cells if cell.row == 1] == [5, 20, 20, 20, 5]
    assert [cell.row for cell in cells] == sorted(cell.row for cell in cells)
