"""Parts in a row that wraps where there is no room."""

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QRect, QSize
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

WIDEST_GAP = 8
"""Between two rows."""

Row = list[tuple[QWidget, QSize]]


class FlowRow(QWidget):
    """Gives each part its preferred size, from left to right, and continues below where the width ends."""

    def __init__(self, *parts: QWidget, spacing: int, last_at_end: bool = False, parent: QWidget | None = None) -> None:
        """With `last_at_end`, the last part is at the right end of its row."""
        super().__init__(parent)
        self._parts = parts
        self._spacing = spacing
        self._gap = min(spacing, WIDEST_GAP)
        self._last_at_end = last_at_end
        for part in parts:
            part.setParent(self)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _shown(self) -> list[QWidget]:
        return [part for part in self._parts if not part.isHidden()]

    def _rows(self, width: int) -> Iterator[Row]:
        row: Row = []
        used = 0
        for part in self._shown():
            size = _size_in(part, width)
            if row and used + size.width() > width:
                yield row
                row, used = [], 0
            row.append((part, size))
            used += size.width() + self._spacing
        if row:
            yield row

    def _place_parts(self) -> None:
        top = 0
        for row in self._rows(self.width()):
            height = _row_height(row)
            self._place_row(row, QRect(0, top, self.width(), height))
            top += height + self._gap

    def _place_row(self, row: Row, room: QRect) -> None:
        left = room.left()
        for part, size in row:
            if self._last_at_end and part is self._parts[-1]:
                left = max(left, room.right() + 1 - size.width())
            part.setGeometry(left, room.top() + (room.height() - size.height()) // 2, size.width(), size.height())
            left += size.width() + self._spacing

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        heights = [_row_height(row) for row in self._rows(width)]
        return sum(heights) + max(len(heights) - 1, 0) * self._gap

    def sizeHint(self) -> QSize:
        sizes = [_wanted(part) for part in self._shown()]
        width = sum(size.width() for size in sizes) + max(len(sizes) - 1, 0) * self._spacing
        return QSize(width, max((size.height() for size in sizes), default=0))

    def minimumSizeHint(self) -> QSize:
        sizes = [_least(part) for part in self._shown()]
        return QSize(max((size.width() for size in sizes), default=0), max((s.height() for s in sizes), default=0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place_parts()
        super().resizeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        self._place_parts()  # while hidden, it gets no layout request when a part wants another size
        super().showEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # a part wants another size, came or went
            self.updateGeometry()
            self._place_parts()
        return super().event(event)


def _least(part: QWidget) -> QSize:
    return part.minimumSizeHint().expandedTo(part.minimumSize()).boundedTo(part.maximumSize())


def _wanted(part: QWidget) -> QSize:
    return part.sizeHint().expandedTo(_least(part)).boundedTo(part.maximumSize())


def _size_in(part: QWidget, width: int) -> QSize:
    wanted = _wanted(part)
    width = min(wanted.width(), max(width, _least(part).width()))
    return QSize(width, part.heightForWidth(width) if part.hasHeightForWidth() else wanted.height())


def _row_height(row: Row) -> int:
    return max(size.height() for _, size in row)
