"""Edges that lie on the screen's own pixels, also where there are 1.25 or 1.5 of them in one of Qt's."""

from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QColor, QPainter


def on_screen_pixels(painter: QPainter, rect: QRect | QRectF) -> QRectF:
    """`rect` with its edges moved to the nearest edges of the screen's pixels."""
    to_screen = painter.deviceTransform()
    place = to_screen.mapRect(QRectF(rect))
    corners = [QPointF(round(corner.x()), round(corner.y())) for corner in (place.topLeft(), place.bottomRight())]
    return to_screen.inverted()[0].mapRect(QRectF(*corners))


def paint_frame(painter: QPainter, rect: QRect | QRectF, colour: QColor) -> None:
    """Paint a thin frame just inside `rect`, equally thick on all sides."""
    outer = on_screen_pixels(painter, rect)
    scale = painter.deviceTransform().m11()
    thick = max(int(scale), 1) / scale
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    for side in (
        QRectF(outer.left(), outer.top(), outer.width(), thick),
        QRectF(outer.left(), outer.bottom() - thick, outer.width(), thick),
        QRectF(outer.left(), outer.top(), thick, outer.height()),
        QRectF(outer.right() - thick, outer.top(), thick, outer.height()),
    ):
        painter.fillRect(side, colour)
