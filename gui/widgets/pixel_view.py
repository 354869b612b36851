"""A small image with sharp pixels and edges, also where the screen has 1.25 or 1.5 pixels for one of Qt's."""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from core.digits.arrays import Image
from gui.widgets.theme import current_colours


class PixelView(QWidget):
    """An image: white ink on black, or coloured ink."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """`name` is what screen readers call it."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(name)
        self._pixels: Image | None = None

    def show_pixels(self, pixels: Image | None) -> None:
        """Show uint8 `(n, n)`, bright ink on 0, or `(n, n, 3)`, red first; None for nothing."""
        self._pixels = pixels
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = paint_ground(painter, self)
        if self._pixels is not None:
            height, width, *colours = self._pixels.shape
            kind = QImage.Format.Format_RGB888 if colours else QImage.Format.Format_Grayscale8
            image = QImage(self._pixels.tobytes(), width, height, width * (3 if colours else 1), kind)
            shrinks = width > self.width()
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, shrinks)
            painter.drawImage(rect, image)
        paint_frame(painter, rect, QColor(current_colours().border))
        painter.end()


def paint_ground(painter: QPainter, widget: QWidget) -> QRectF:
    """Fill `widget` with black, as far as it covers whole screen pixels, and return that rectangle.

    What is left of its last pixels gets the colour of the card around it.
    """
    rect = on_screen_pixels(painter, widget.rect())
    painter.fillRect(widget.rect().adjusted(-1, -1, 1, 1), QColor(current_colours().card))
    painter.fillRect(rect, Qt.GlobalColor.black)
    return rect


def paint_frame(painter: QPainter, rect: QRect | QRectF, colour: QColor) -> None:
    """Paint a thin border just inside `rect`, equally thick on all sides."""
    outer = on_screen_pixels(painter, rect)
    scale = painter.deviceTransform().m11()
    thickness = max(int(scale), 1) / scale
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    for side in (
        QRectF(outer.left(), outer.top(), outer.width(), thickness),
        QRectF(outer.left(), outer.bottom() - thickness, outer.width(), thickness),
        QRectF(outer.left(), outer.top(), thickness, outer.height()),
        QRectF(outer.right() - thickness, outer.top(), thickness, outer.height()),
    ):
        painter.fillRect(side, colour)


def on_screen_pixels(painter: QPainter, rect: QRect | QRectF) -> QRectF:
    """`rect` with its edges moved to the nearest edges of the screen's pixels."""
    to_screen = painter.deviceTransform()
    mapped = to_screen.mapRect(QRectF(rect))
    corners = [QPointF(round(corner.x()), round(corner.y())) for corner in (mapped.topLeft(), mapped.bottomRight())]
    return to_screen.inverted()[0].mapRect(QRectF(*corners))
