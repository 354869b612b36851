"""One feature map, large, with a value that is looked at."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.ink.arrays import FloatArray
from gui.widgets.signed_colours import signed_image
from gui.widgets.theme import current_colours

SIDE = 210
EDGE = 2
Key = Qt.Key
STEPS = {Key.Key_Left: (0, -1), Key.Key_Right: (0, 1), Key.Key_Up: (-1, 0), Key.Key_Down: (1, 0)}


class BigMap(QWidget):
    """A map whose values are pointed at by the mouse, or by arrow keys.

    Signals
    -------
    pointed
        `(row, column)`: another value is looked at.
    """

    pointed = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bigMap")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._values: FloatArray | None = None
        self._scale = 1.0
        self.row = self.column = 0
        self.setFixedSize(SIDE + 2 * EDGE, SIDE + 2 * EDGE)

    @property
    def values(self) -> FloatArray | None:
        """What is shown, float32 `(height, width)`."""
        return self._values

    @property
    def zoom(self) -> int:
        """Pixels for each value."""
        return max(SIDE // max(self._values.shape), 1) if self._values is not None else 1

    def show_map(self, values: FloatArray, scale: float) -> None:
        """Show `values`, float32 `(height, width)`; of a map of another size, the middle is looked at."""
        is_other = self._values is None or self._values.shape != values.shape
        self._values, self._scale = values, scale
        height, width = values.shape
        if is_other:
            self.row, self.column = height // 2, width // 2
            self.setFixedSize(width * self.zoom + 2 * EDGE, height * self.zoom + 2 * EDGE)
        self.update()

    def point_at(self, row: int, column: int) -> None:
        """Look at a value; one beyond the edge is that at the edge."""
        if self._values is None:
            return
        height, width = self._values.shape
        row, column = min(max(row, 0), height - 1), min(max(column, 0), width - 1)
        if (row, column) != (self.row, self.column):
            self.row, self.column = row, column
            self.update()
            self.pointed.emit(row, column)

    def rect_of(self, row: int, column: int) -> QRect:
        """Where a value is."""
        return QRect(EDGE + column * self.zoom, EDGE + row * self.zoom, self.zoom, self.zoom)

    def sizeHint(self) -> QSize:
        return self.size()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._values is None:
            return
        painter = QPainter(self)
        painter.drawImage(self.rect().adjusted(EDGE, EDGE, -EDGE, -EDGE), signed_image(self._values, self._scale))
        colours = current_colours()
        for colour, grow in ((QColor("black"), 1.5), (QColor("white"), 0.5)):
            painter.setPen(QPen(colour, 1, j=Qt.PenJoinStyle.MiterJoin))
            painter.drawRect(QRectF(self.rect_of(self.row, self.column)).adjusted(-grow, -grow, grow, grow))
        if self.hasFocus():
            painter.setPen(QPen(QColor(colours.accent), 2, j=Qt.PenJoinStyle.MiterJoin))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        self.point_at((place.y() - EDGE) // self.zoom, (place.x() - EDGE) // self.zoom)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = STEPS.get(Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.point_at(self.row + step[0], self.column + step[1])

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()
        super().focusOutEvent(event)
