"""Small pictures of digits; a click shows others."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from core.digits.arrays import SIDE, Image
from gui.widgets.plain_text import plain_tool_tip
from gui.widgets.theme import current_colours, set_text

DIGIT_SIDE = SIDE * 3 // 2
"""One and a half screen pixels for each of the image's."""
GAP = 4
DISABLED_OPACITY = 0.45


class DigitGrid(QAbstractButton):
    """A button of digits, for subclasses to paint."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        set_text(self, 12)

    def describe(self, accessible_name: str, tip: str) -> None:
        """Say what it shows, to screen readers and in a tool tip."""
        self.setAccessibleName(accessible_name)
        self.setToolTip(plain_tool_tip(tip))

    def paint_digits(self, painter: QPainter) -> None:
        """Paint the digits and what is written beside them."""
        raise NotImplementedError

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setOpacity(1.0 if self.isEnabled() else DISABLED_OPACITY)
        self.paint_digits(painter)
        if self.hasFocus():
            painter.setPen(QPen(QColor(current_colours().accent), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()


def paint_digit(painter: QPainter, rect: QRect, pixels: Image | None) -> None:
    """Paint a digit, uint8 `(28, 28)`, bright on black; None is all black."""
    painter.fillRect(rect, Qt.GlobalColor.black)
    if pixels is not None:
        painter.drawImage(rect, QImage(pixels.tobytes(), SIDE, SIDE, SIDE, QImage.Format.Format_Grayscale8))
