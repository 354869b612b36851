"""The multiplication behind a value, painted with its numbers: inputs times weights."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.explaining.pixels import PixelChoice, PixelSum
from core.ink.arrays import FloatArray
from gui.inside.scales import number_text
from gui.widgets.signed_colours import signed_colour
from gui.widgets.theme import current_colours, follow_text_scale, sized_font, text_pixels

CELL, ROW, CAPTION, SIGN, RESULT, GAP = 38, 21, 18, 18, 56, 8
NUMBERS = 11
MOST_CELLS = 5
"""Of a kernel's side: of a larger one only the middle is painted."""
Align = Qt.AlignmentFlag


class SumView(QWidget):
    """A row of numbers for each map that adds much; for pooling, the values that it chose from."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sum")
        self.setAccessibleName(self.tr("Inputs times weights"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._found: PixelSum | PixelChoice | None = None
        self._from = ""
        follow_text_scale(self._fit)

    @property
    def found(self) -> PixelSum | PixelChoice | None:
        """What is shown."""
        return self._found

    def show_sum(self, found: PixelSum | PixelChoice | None, source: str) -> None:
        """Show a computation; `source` is what the inputs are called: "Map {0}", with the place of the map."""
        self._found, self._from = found, source
        self._fit()
        self.update()

    def _side(self) -> int:
        match self._found:
            case PixelSum():
                return min(max(map(int, self._found.parts[0].weights.shape)), MOST_CELLS)
            case PixelChoice():
                return min(max(map(int, self._found.inputs.shape)), MOST_CELLS)
        return 3

    def _fit(self) -> None:
        side = self._side()
        rows = len(self._found.parts) if isinstance(self._found, PixelSum) else 1
        grids = 2 if not isinstance(self._found, PixelChoice) else 1
        width = text_pixels(grids * side * CELL + grids * SIGN + RESULT)
        height = rows * (text_pixels(side * ROW + CAPTION) + GAP) - GAP + 1
        if self.size() != QSize(width, height):
            self.setFixedSize(width, height)

    def sizeHint(self) -> QSize:
        return self.size()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        match self._found:
            case PixelSum():
                for place, part in enumerate(self._found.parts):
                    top = place * (text_pixels(self._side() * ROW + CAPTION) + GAP)
                    self._caption(painter, 0, top, self._from.format(part.channel + 1))
                    left = self._grid(painter, 0, top, part.inputs)
                    left = self._sign(painter, left, top, "×")
                    self._caption(painter, left, top, self.tr("Kernel"))
                    left = self._grid(painter, left, top, part.weights)
                    left = self._sign(painter, left, top, "=")
                    self._result(painter, left, top, part.total)
            case PixelChoice():
                self._caption(painter, 0, 0, self._from)
                left = self._grid(painter, 0, 0, self._found.inputs, marked=self._found.total)
                left = self._sign(painter, left, 0, "→")
                self._result(painter, left, 0, self._found.total)
        painter.end()

    def _caption(self, painter: QPainter, left: int, top: int, text: str) -> None:
        painter.setFont(sized_font(self, NUMBERS))
        painter.setPen(QColor(current_colours().faint_text))
        painter.drawText(QRectF(left, top, self.width() - left, text_pixels(CAPTION)), Align.AlignVCenter, text)

    def _grid(self, painter: QPainter, left: int, top: int, values: FloatArray, marked: float | None = None) -> int:
        """Paint numbers on their colours; return where they end."""
        width, height, top = text_pixels(CELL), text_pixels(ROW), top + text_pixels(CAPTION)
        values = values[:MOST_CELLS, :MOST_CELLS]
        scale = max(float(abs(values).max()), 1e-6)
        painter.setFont(sized_font(self, NUMBERS))
        for row in range(values.shape[0]):
            for column in range(values.shape[1]):
                value = float(values[row, column])
                rect = QRectF(left + column * width, top + row * height, width - 1, height - 1)
                ground = signed_colour(value, scale)
                painter.fillRect(rect, ground)
                painter.setPen(QColor("black" if ground.lightness() > 110 else "white"))
                painter.drawText(rect, Align.AlignCenter, number_text(value))
                if marked is not None and value == marked:
                    painter.setPen(QPen(QColor(current_colours().accent), 2))
                    painter.drawRect(rect.adjusted(1, 1, -1, -1))
        return left + int(values.shape[1]) * width

    def _sign(self, painter: QPainter, left: int, top: int, sign: str) -> int:
        painter.setPen(QColor(current_colours().text))
        painter.setFont(sized_font(self, 14))
        painter.drawText(self._beside(left, top, text_pixels(SIGN)), Align.AlignCenter, sign)
        return left + text_pixels(SIGN)

    def _result(self, painter: QPainter, left: int, top: int, value: float) -> None:
        painter.setFont(sized_font(self, 13, bold=True))
        painter.drawText(self._beside(left, top, text_pixels(RESULT)), Align.AlignVCenter, number_text(value))

    def _beside(self, left: int, top: int, width: int) -> QRectF:
        return QRectF(left, top + text_pixels(CAPTION), width, text_pixels(self._side() * ROW))
