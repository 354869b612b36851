"""A table of numbers whose cells are the more coloured the larger the number is: a heat map that can be read."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from gui.widgets.plain_text import plain_tool_tip
from gui.widgets.theme import current_colours, follow_text_scale, follow_theme, sized_font, text_pixels

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
ROW, LEAST_COLUMN, TEXT_PIXELS = 30, 42, 13
LEAST_COLUMNS = 3
"""In sight in the narrowest window; the others are scrolled to."""
WEAKEST, STRONGEST = 0.10, 0.55
"""Opacity of the colour in cells with the smallest share that is above 0, and with the largest."""


@dataclass(frozen=True, slots=True)
class HeatCell:
    """One cell.

    Attributes
    ----------
    text
        What is in it.
    share
        How much of its colour it has, in [0, 1]; 0 for none.
    tip
        What it means, as a tool tip and for screen readers.
    is_good
        Whether much of it is good; else it has the other colour.
    is_bold
        Whether its text stands out.
    """

    text: str
    share: float
    tip: str
    is_good: bool = True
    is_bold: bool = False


class HeatModel(QAbstractTableModel):
    """Cells, and what is above and beside them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cells: Sequence[Sequence[HeatCell]] = ()
        self._across: Sequence[str] = ()
        self._down: Sequence[str] = ()

    def show_cells(self, cells: Sequence[Sequence[HeatCell]], across: Sequence[str], down: Sequence[str]) -> None:
        """Show `cells`, row by row, with a title for each column, `across`, and for each row, `down`."""
        self.beginResetModel()
        self._cells, self._across, self._down = cells, across, down
        self.endResetModel()

    def cell(self, index: Index) -> HeatCell:
        return self._cells[index.row()][index.column()]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._cells)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._across)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        cell = self.cell(index)
        if role == Role.DisplayRole:
            return cell.text
        if role == Role.AccessibleTextRole:
            return cell.tip
        return plain_tool_tip(cell.tip) if role == Role.ToolTipRole else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        is_across = orientation == Qt.Orientation.Horizontal
        if role == Role.DisplayRole:
            return (self._across if is_across else self._down)[section]
        if role == Role.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignHCenter if is_across else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None


class HeatTable(QTableView):
    """Shows a `HeatModel`, as high as it needs to be. Its columns share the width; in a narrow window they scroll."""

    def __init__(
        self, object_name: str, name: str, *, last_column: int = LEAST_COLUMN, parent: QWidget | None = None
    ) -> None:
        """`last_column` is the least width of the last one: pixels at texts' actual size."""
        super().__init__(parent)
        self._last_column = last_column
        self.cells = HeatModel(self)
        self.setObjectName(object_name)
        self.setAccessibleName(name)
        self.setModel(self.cells)
        self.setItemDelegate(HeatDelegate(self))
        self.setProperty("heat", True)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setCornerButtonEnabled(False)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setHighlightSections(False)
            header.setSectionsClickable(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.cells.modelReset.connect(self._fit)
        follow_text_scale(self._fit)
        follow_theme(self._repaint)

    def _fit(self) -> None:
        self.verticalHeader().setDefaultSectionSize(text_pixels(ROW))
        self.horizontalHeader().setMinimumSectionSize(text_pixels(LEAST_COLUMN))
        if self._last_column > LEAST_COLUMN and self.cells.columnCount():
            last = self.cells.columnCount() - 1
            self.horizontalHeader().setSectionResizeMode(last, QHeaderView.ResizeMode.Fixed)
            self.horizontalHeader().resizeSection(last, text_pixels(self._last_column))
        self._fit_height()
        self.updateGeometry()

    def _fit_height(self) -> None:
        self.setFixedHeight(self._height())

    def _height(self) -> int:
        header = self.horizontalHeader().sizeHint().height()
        scrolls = self.width() < self._width(self.cells.columnCount())
        bar = self.horizontalScrollBar().sizeHint().height() if scrolls else 0
        return header + self.cells.rowCount() * text_pixels(ROW) + bar + 2 * self.frameWidth()

    def _width(self, columns: int) -> int:
        """What so many columns need, with the titles of the rows."""
        titles = self.verticalHeader().sizeHint().width()
        wider = text_pixels(self._last_column - LEAST_COLUMN)
        return titles + columns * text_pixels(LEAST_COLUMN) + wider + 2 * self.frameWidth() + 2

    def _repaint(self) -> None:
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit_height()

    def sizeHint(self) -> QSize:
        return QSize(self._width(self.cells.columnCount()), self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._width(min(self.cells.columnCount(), LEAST_COLUMNS)), self._height())


class HeatDelegate(QStyledItemDelegate):
    """Paints a cell: its colour, its text, and a frame while it is chosen."""

    def __init__(self, table: HeatTable) -> None:
        super().__init__(table)
        self._table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        cell, colours = self._table.cells.cell(index), current_colours()
        area = option.rect.adjusted(1, 1, -1, -1)
        if cell.share > 0:
            colour = QColor(colours.training if cell.is_good else colours.validation)
            colour.setAlphaF(WEAKEST + (STRONGEST - WEAKEST) * cell.share)
            painter.fillRect(area, colour)
        painter.setPen(QColor(colours.text if cell.share > 0 else colours.faint_text))
        painter.setFont(sized_font(self._table, TEXT_PIXELS, bold=cell.is_bold))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, cell.text)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(QColor(colours.accent), 2))
            painter.drawRect(area)
