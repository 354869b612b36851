"""A grid of thumbnails: sections with headings, selected as files are in a file manager."""

from collections.abc import Iterable
from itertools import groupby

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
)
from PySide6.QtGui import (
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QWidget

from gui.widgets.section_painting import paint_band, paint_heading
from gui.widgets.sections import SectionedGrid
from gui.widgets.theme import follow_text_scale, follow_theme, text_pixels
from gui.widgets.thumbnail_delegate import ThumbnailDelegate
from gui.widgets.thumbnail_list import ThumbnailList

HEADING = 34
LEAST_LINES = 2
Index = QModelIndex | QPersistentModelIndex
Command = QItemSelectionModel.SelectionFlag
Move = QAbstractItemView.CursorAction
State = QStyle.StateFlag


class ThumbnailView(QListView):
    """Shows a `ThumbnailList`. Only the geometry and the painting are its own: the rest is Qt's list."""

    def __init__(self, name: str, thumbnails: ThumbnailList, parent: QWidget | None = None) -> None:
        """It is found as `name`."""
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._delegate = ThumbnailDelegate(thumbnails, self, self)
        self._band = QRect()
        self._pressed: int | None = None
        self._noted: tuple[set[int], int, int] = (set(), -1, -1)
        self._grid = SectionedGrid([], 1, self._delegate.cell(), 1)
        self.setObjectName(name)
        self.setProperty("thumbnails", True)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # else cells would move when it comes
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setItemDelegate(self._delegate)
        self.setModel(thumbnails)
        thumbnails.modelAboutToBeReset.connect(self._note_selection)
        thumbnails.modelReset.connect(self._restore_selection)
        follow_text_scale(self._lay_out)
        follow_theme(self._repaint)

    def selected_rows(self) -> list[int]:
        """The selected rows, in the order in which they are shown."""
        return [row for rows in self._selected_rows() for row in rows]

    def count_selected(self) -> int:
        """How many rows are selected."""
        return sum(map(len, self._selected_rows()))

    def select(self, ids: set[int]) -> None:
        """Select the thumbnails with these ids, and scroll to the first of them."""
        rows = self._thumbnails.rows_of_ids(ids)
        if rows:
            self.setCurrentIndex(self._thumbnails.index(rows[0]))
        self.selectionModel().select(self._selection(rows), Command.ClearAndSelect)

    def _selected_rows(self) -> list[range]:
        """The selected rows, in stretches: thousands of indexes take long to make."""
        chosen = self.selectionModel().selection()
        parts = [chosen.at(number) for number in range(chosen.count())]
        return sorted((range(part.top(), part.bottom() + 1) for part in parts), key=lambda rows: rows.start)

    def _selection(self, rows: Iterable[int]) -> QItemSelection:
        """A selection of rising `rows`, in as few stretches as possible."""
        chosen = QItemSelection()
        for _, stretch in groupby(enumerate(rows), lambda pair: pair[1] - pair[0]):
            numbers = [row for _, row in stretch]
            chosen.select(self._thumbnails.index(numbers[0]), self._thumbnails.index(numbers[-1]))
        return chosen

    def _lay_out(self) -> None:
        cell = self._delegate.cell()
        self._grid = SectionedGrid(self._thumbnails.sections, self.viewport().width(), cell, text_pixels(HEADING))
        self.setMinimumHeight(text_pixels(HEADING) + LEAST_LINES * cell.height())
        self.updateGeometries()
        self.viewport().update()

    def _note_selection(self) -> None:
        row = self.currentIndex().row()
        current = self._id(row) if row >= 0 else -1
        self._noted = {self._id(selected) for selected in self.selected_rows()}, current, row

    def _restore_selection(self) -> None:
        """Select what was selected before; of what is gone, the neighbour becomes the current one."""
        self._lay_out()
        selected, current, row = self._noted
        rows = self._thumbnails.rows_of_ids({current}) or [min(row, self._thumbnails.rowCount() - 1)]
        index = self._thumbnails.index(rows[0])
        self.selectionModel().setCurrentIndex(index, Command.NoUpdate)
        self.selectionModel().select(self._selection(self._thumbnails.rows_of_ids(selected)), Command.ClearAndSelect)

    def _id(self, row: int) -> int:
        return self._thumbnails.thumbnail(row).id

    def _repaint(self) -> None:
        self.viewport().update()

    def _offset(self) -> QPoint:
        return QPoint(0, self.verticalOffset())

    # --- geometry, for Qt ---------------------------------------------------------------------------------

    def visualRect(self, index: Index) -> QRect:
        if not index.isValid() or index.row() >= self._grid.rows:
            return QRect()
        return self._grid.rect(index.row()).translated(-self._offset())

    def indexAt(self, point: QPoint) -> QModelIndex:
        row = self._grid.row_at(point + self._offset())
        return QModelIndex() if row is None else self._thumbnails.index(row)

    def horizontalOffset(self) -> int:
        return 0

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def scrollTo(self, index: Index, hint: QAbstractItemView.ScrollHint = QListView.ScrollHint.EnsureVisible) -> None:
        if not index.isValid() or index.row() >= self._grid.rows:
            return
        bar, rect = self.verticalScrollBar(), self._grid.rect(index.row())
        top = rect.top() - text_pixels(HEADING)  # with the heading, where it is the first line of a section
        if top < bar.value():
            bar.setValue(top)
        elif rect.bottom() > bar.value() + self.viewport().height():
            bar.setValue(rect.bottom() - self.viewport().height())

    def moveCursor(self, action: Move, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        rows, row = self._grid.rows, self.currentIndex().row()
        if rows == 0:
            return QModelIndex()
        if row < 0:
            return self._thumbnails.index(0)
        page = max(self.viewport().height() // self._grid.cell.height() - 1, 1)
        match action:
            case Move.MoveLeft | Move.MovePrevious:
                row -= 1
            case Move.MoveRight | Move.MoveNext:
                row += 1
            case Move.MoveHome:
                row = 0
            case Move.MoveEnd:
                row = rows - 1
            case _:
                lines = {Move.MoveUp: -1, Move.MoveDown: 1, Move.MovePageUp: -page, Move.MovePageDown: page}[action]
                row = self._grid.row_beside(row, lines)
        return self._thumbnails.index(min(max(row, 0), rows - 1))

    def setSelection(self, rect: QRect, command: Command) -> None:
        """Select what a rubber band touches, or else, as with Shift, all from one sample to another."""
        offset = self._offset()
        if self.state() == QListView.State.DragSelectingState:
            self._band = rect.normalized()
            rows = sorted(self._grid.rows_in(self._band.translated(offset)))
            self.viewport().update()
        else:
            corners = [self._grid.row_at(corner + offset) for corner in (rect.topLeft(), rect.bottomRight())]
            ends = sorted(row for row in corners if row is not None)
            rows = list(range(ends[0], ends[-1] + 1)) if ends else []
        if rows or command & Command.Clear:
            self.selectionModel().select(self._selection(rows), command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        return QRegion(self.viewport().rect())  # to add up ten thousand cells takes longer than to paint what is seen

    def isIndexHidden(self, index: Index) -> bool:
        return False

    def updateGeometries(self) -> None:
        bar, room = self.verticalScrollBar(), self.viewport().height()
        bar.setSingleStep(self._grid.cell.height() // 2)
        bar.setPageStep(room)
        bar.setRange(0, max(self._grid.height - room, 0))

    def doItemsLayout(self) -> None:
        QAbstractItemView.doItemsLayout(self)

    # --- events -------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = self._heading_at(event)
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a heading selects its section; not before Qt has deselected all, for a click on nothing."""
        super().mouseReleaseEvent(event)
        self._band = QRect()
        self.viewport().update()
        section = self._heading_at(event)
        if section is not None and section == self._pressed:
            keeps = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
            command = Command.Select if keeps else Command.ClearAndSelect
            self.selectionModel().select(self._selection(self._grid.rows_of(section)), command)

    def _heading_at(self, event: QMouseEvent) -> int | None:
        is_left = event.button() == Qt.MouseButton.LeftButton
        return self._grid.section_at(event.position().toPoint() + self._offset()) if is_left else None

    def keyboardSearch(self, search: str) -> None:
        """Letters are no search here."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        seen = event.rect().translated(self._offset())
        painter.translate(-self._offset())
        self._paint_headings(painter, seen)
        self._paint_thumbnails(painter, seen)
        painter.resetTransform()
        paint_band(painter, self._band)
        painter.end()

    def _paint_headings(self, painter: QPainter, seen: QRect) -> None:
        for number in self._grid.sections_in(seen.top(), seen.bottom()):
            paint_heading(painter, self._grid.heading_rect(number), self._thumbnails.sections[number], self)

    def _paint_thumbnails(self, painter: QPainter, seen: QRect) -> None:
        chosen = self._selected_rows()
        current = self.currentIndex().row() if self.hasFocus() else -1
        for row in self._grid.rows_in(seen):
            state = State.State_Selected if any(row in rows for rows in chosen) else State.State_None
            if row == current:
                state |= State.State_HasFocus
            self._delegate.paint_thumbnail(painter, self._grid.rect(row), self._thumbnails.thumbnail(row), state)
