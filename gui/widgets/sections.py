"""Where thumbnails are in a grid with headings: geometry without a window."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize


@dataclass(frozen=True, slots=True)
class Section:
    """Rows of a list that belong together, under a heading.

    Attributes
    ----------
    title
        What the heading says.
    count
        How many rows there are, at least one.
    """

    title: str
    count: int


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a section is: its first row, the number of its rows, and its top, in pixels of the whole grid."""

    first: int
    count: int
    top: int


class SectionedGrid:
    """Cells of one size, as many beside each other as there is room for; each section begins below a heading.

    The place of a cell is computed, not stored: a grid of ten thousand costs no more than one of ten.
    """

    def __init__(self, sections: Sequence[Section], width: int, cell: QSize, heading: int) -> None:
        """`heading` is the height of one, in pixels as `width` and `cell` are."""
        self.cell = cell
        self.columns = max(width // cell.width(), 1)
        self._heading = heading
        self._width = width
        self._places: list[_Place] = []
        first = top = 0
        for section in sections:
            self._places.append(_Place(first, section.count, top))
            first += section.count
            top += heading + self._lines(section.count) * cell.height()
        self.rows = first
        self.height = top
        self._firsts = [place.first for place in self._places]
        self._tops = [place.top for place in self._places]

    def rect(self, row: int) -> QRect:
        """The cell of a row."""
        place = self._place_of(row)
        line, column = divmod(row - place.first, self.columns)
        top = place.top + self._heading + line * self.cell.height()
        return QRect(QPoint(column * self.cell.width(), top), self.cell)

    def heading_rect(self, section: int) -> QRect:
        return QRect(0, self._places[section].top, self._width, self._heading)

    def row_at(self, point: QPoint) -> int | None:
        """The row whose cell has this point; None beside all cells."""
        for place, line in self._lines_in(point.y(), point.y()):
            column = point.x() // self.cell.width()
            offset = line * self.columns + column
            if 0 <= column < self.columns and offset < place.count:
                return place.first + offset
        return None

    def section_at(self, point: QPoint) -> int | None:
        """The section whose heading has this point."""
        section = bisect_right(self._tops, point.y()) - 1
        return section if section >= 0 and point.y() - self._tops[section] < self._heading else None

    def sections_in(self, top: int, bottom: int) -> range:
        """The sections of which something may be seen between these two lines."""
        return range(max(bisect_right(self._tops, top) - 1, 0), bisect_right(self._tops, bottom))

    def rows_of(self, section: int) -> range:
        place = self._places[section]
        return range(place.first, place.first + place.count)

    def rows_in(self, rect: QRect) -> Iterator[int]:
        """The rows whose cells share pixels with `rect`."""
        first, last = rect.left() // self.cell.width(), rect.right() // self.cell.width()
        columns = range(max(first, 0), min(last + 1, self.columns))
        for place, line in self._lines_in(rect.top(), rect.bottom()):
            for column in columns:
                offset = line * self.columns + column
                if offset < place.count:
                    yield place.first + offset

    def row_beside(self, row: int, lines: int) -> int:
        """The row in the same column `lines` further down, or up; the nearest there is."""
        column = self._column(row)
        step = 1 if lines > 0 else -1
        for _ in range(abs(lines)):
            place = self._place_of(row)
            line = (row - place.first) // self.columns + step
            if not 0 <= line < self._lines(place.count):
                section = self._places.index(place) + step
                if not 0 <= section < len(self._places):
                    break
                place = self._places[section]
                line = 0 if step > 0 else self._lines(place.count) - 1
            row = place.first + min(line * self.columns + column, place.count - 1)
        return row

    def _column(self, row: int) -> int:
        return (row - self._place_of(row).first) % self.columns

    def _place_of(self, row: int) -> _Place:
        return self._places[bisect_right(self._firsts, row) - 1]

    def _lines(self, count: int) -> int:
        return -(-count // self.columns)

    def _lines_in(self, top: int, bottom: int) -> Iterator[tuple[_Place, int]]:
        for section in self.sections_in(top, bottom):
            place = self._places[section]
            inside = place.top + self._heading
            first = max((top - inside) // self.cell.height(), 0)
            last = min((bottom - inside) // self.cell.height(), self._lines(place.count) - 1)
            for line in range(first, last + 1):
                yield place, line
