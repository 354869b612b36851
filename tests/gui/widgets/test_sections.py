"""The geometry of the grid of thumbnails."""

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, QSize

from gui.widgets.sections import Section, SectionedGrid

counts = st.lists(st.integers(1, 30), max_size=6)


def make(counts: list[int], width: int = 100) -> SectionedGrid:
    return SectionedGrid([Section(str(count), count) for count in counts], width, QSize(20, 30), 10)


@given(counts, st.integers(1, 200))
def test_each_row_has_a_cell_of_its_own_and_is_found_there(counts: list[int], width: int) -> None:
    grid = make(counts, width)
    rects = [grid.rect(row) for row in range(grid.rows)]
    assert grid.rows == sum(counts)
    assert [grid.row_at(rect.center()) for rect in rects] == list(range(grid.rows))
    headings = [grid.heading_rect(section) for section in range(len(counts))]
    assert all(grid.section_at(heading.center()) == section for section, heading in enumerate(headings))
    assert all(not heading.intersects(rect) for heading in headings for rect in rects)
    assert grid.height == max((rect.bottom() + 1 for rect in rects), default=0)


@given(counts, st.tuples(st.integers(-50, 150), st.integers(-50, 900), st.integers(1, 200), st.integers(1, 400)))
def test_a_rectangle_has_the_rows_that_it_touches(counts: list[int], place: tuple[int, int, int, int]) -> None:
    grid, rect = make(counts), QRect(*place)
    assert set(grid.rows_in(rect)) == {row for row in range(grid.rows) if grid.rect(row).intersects(rect)}


def test_up_and_down_keep_the_column_and_go_over_headings() -> None:
    grid = make([7, 3, 5])  # five columns
    assert [grid.row_beside(1, 1), grid.row_beside(6, 1), grid.row_beside(4, 1)] == [6, 8, 6]
    assert [grid.row_beside(9, -1), grid.row_beside(7, -1), grid.row_beside(2, -1)] == [6, 5, 2]
    assert grid.row_beside(0, 99) == 10
    assert grid.row_beside(14, -99) == 4


def test_beside_the_cells_there_is_no_row() -> None:
    grid = make([2])
    assert grid.row_at(QPoint(50, 20)) is None
    assert grid.row_at(QPoint(5, 5)) is None
    assert grid.row_at(QPoint(5, 41)) is None
    assert make([]).row_at(QPoint(5, 5)) is None
    assert make([]).height == 0
