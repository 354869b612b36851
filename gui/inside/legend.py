"""What the colours of maps mean: the scale with its numbers."""

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.inside.scales import number_text
from gui.widgets.signed_colours import signed_image
from gui.widgets.theme import current_colours, follow_text_scale, sized_font, text_pixels

STRIP, NUMBERS = 120, 11
SHADES = 120


class Legend(QWidget):
    """A strip from the lowest colour to the highest; from zero on where nothing is below zero."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("legend")
        self.setAccessibleName(self.tr("Colours"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._scale, self._is_signed = 1.0, False
        follow_text_scale(self._fit_text)
        self.show_scale(1.0, is_signed=False)

    @property
    def scale(self) -> float:
        """The number at the end."""
        return self._scale

    def show_scale(self, scale: float, *, is_signed: bool) -> None:
        """Show a scale that ends at `scale`; where it `is_signed`, it begins at minus that."""
        self._scale, self._is_signed = scale, is_signed
        text = self.tr("from {0} to {1}; orange is above zero, blue below")
        self.setAccessibleDescription(text.format(*self._ends()))
        self.update()

    def _ends(self) -> tuple[str, str]:
        return number_text(-self._scale) if self._is_signed else "0", number_text(self._scale)

    def _number(self) -> int:
        return QFontMetrics(sized_font(self, NUMBERS)).horizontalAdvance("−0.00") + 6

    def _fit_text(self) -> None:
        self.setFixedSize(text_pixels(STRIP) + 2 * self._number(), text_pixels(18))

    def sizeHint(self) -> QSize:
        return self.size()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, number = QPainter(self), self._number()
        values = np.linspace(-1.0 if self._is_signed else 0.0, 1.0, SHADES, dtype=np.float32)
        strip = QRectF(number, 3, self.width() - 2 * number, self.height() - 6)
        painter.drawImage(strip, signed_image(values[np.newaxis], 1.0))
        painter.setFont(sized_font(self, NUMBERS))
        painter.setPen(QColor(current_colours().faint_text))
        low, high = self._ends()
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(0, 0, number - 4, self.height()), middle | Qt.AlignmentFlag.AlignRight, low)
        painter.drawText(QRectF(self.width() - number + 4, 0, number, self.height()), middle, high)
        painter.end()
