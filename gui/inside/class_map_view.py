"""Where in the last maps the answer is seen: cells that add up to its logit."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.explaining.map_shares import ClassMap
from gui.inside.scales import number_text
from gui.widgets.signed_colours import signed_colour
from gui.widgets.theme import current_colours, follow_text_scale, sized_font, text_pixels

CELL = 36
NUMBERS = 11


class ClassMapView(QWidget):
    """The cells of a class activation map, with their numbers."""

    def __init__(self, height: int, width: int, parent: QWidget | None = None) -> None:
        """For last maps of `height` x `width` cells."""
        super().__init__(parent)
        self.setObjectName("classMap")
        self.setAccessibleName(self.tr("Where the answer is seen"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._shape = height, width
        self._map: ClassMap | None = None
        follow_text_scale(self._fit_text)

    @property
    def shown(self) -> ClassMap | None:
        """What is shown."""
        return self._map

    def show_map(self, found: ClassMap) -> None:
        """Show what each cell adds."""
        self._map = found
        row, column = divmod(int(found.cells.argmax()), found.cells.shape[1])
        text = self.tr("The cell that adds most: row {0}, column {1}, {2}.")
        self.setAccessibleDescription(text.format(row + 1, column + 1, number_text(float(found.cells[row, column]))))
        self.update()

    def sentence(self) -> str:
        """How the cells add up."""
        if self._map is None:
            return ""
        cells, bias = float(self._map.cells.sum()), self._map.bias
        text = self.tr("The {0} cells add up to {1}; with the bias {2} that is the logit of the {3}: {4}.")
        count, digit, total = self._map.cells.size, self._map.digit, self._map.total
        return text.format(count, number_text(cells), number_text(bias), digit, number_text(total))

    def _cell(self) -> int:
        return max(text_pixels(CELL) if max(self._shape) <= 10 else text_pixels(CELL) * 10 // max(self._shape), 4)

    def _fit_text(self) -> None:
        rows, columns = self._shape
        self.setFixedSize(columns * self._cell() + 1, rows * self._cell() + 1)

    def sizeHint(self) -> QSize:
        return self.size()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._map is None:
            return
        painter, cells, side = QPainter(self), self._map.cells, self._cell()
        scale = max(float(abs(cells).max()), 1e-6)
        painter.setFont(sized_font(self, NUMBERS))
        for row in range(cells.shape[0]):
            for column in range(cells.shape[1]):
                value = float(cells[row, column])
                ground, rect = signed_colour(value, scale), QRectF(column * side, row * side, side, side)
                painter.fillRect(rect, ground)
                if side >= text_pixels(CELL):
                    painter.setPen(QColor("black" if ground.lightness() > 110 else "white"))
                    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, number_text(value))
        painter.setPen(QColor(current_colours().border))
        painter.drawRect(0, 0, self.width() - 1, self.height() - 1)
        painter.end()
