"""The map as a picture: painted again only when it is moved, zoomed or resized, not with every drawing."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from core.digits.arrays import CLASSES, SIDE
from gui.inside.digit_colours import digit_colour
from gui.inside.map_points import MapPoints, square_at, thumbnails
from gui.pad.page_zoom import PageZoom
from gui.widgets.theme import current_colours

DOT = 4.0
THUMBNAILS_FROM = 3.5
"""From this zoom on digits are pictures, and no dots."""
PIXELS_PER_ZOOM = 4.0
HALO = 4.0


class MapGround:
    """Paints the digits of a map. It does not reference the widget that owns it."""

    def __init__(self, points: MapPoints) -> None:
        self._points = points
        self._picture = QPixmap()
        self._of: tuple[PageZoom, float] | None = None

    def forget(self) -> None:
        """Paint everything again the next time."""
        self._of = None

    def paint(self, painter: QPainter, zoom: PageZoom, font: QFont) -> None:
        """Paint the part of the map that is in view."""
        ratio = painter.device().devicePixelRatioF()
        if self._of != (zoom, ratio):
            self._of = zoom, ratio
            self._repaint(zoom, ratio, font)
        painter.drawPixmap(0, 0, self._picture)

    def _repaint(self, zoom: PageZoom, ratio: float, font: QFont) -> None:
        self._picture = QPixmap(QSize(round(zoom.room_width), round(zoom.room_height)) * ratio)
        self._picture.setDevicePixelRatio(ratio)
        self._picture.fill(QColor(current_colours().card))
        painter = QPainter(self._picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if zoom.factor >= THUMBNAILS_FROM:
            self._paint_thumbnails(painter, zoom)
        else:
            self._paint_dots(painter, zoom)
            self._paint_labels(painter, zoom, font)
        painter.end()

    def _paint_dots(self, painter: QPainter, zoom: PageZoom) -> None:
        places, shown = self._points.on_screen(zoom), self._points.in_view(zoom, DOT)
        labels = self._points.labels[shown]
        for digit in range(CLASSES):
            colour = QColor(digit_colour(digit))
            colour.setAlphaF(0.7)
            painter.setPen(QPen(colour, DOT, c=Qt.PenCapStyle.RoundCap))
            of_digit = places[shown[labels == digit]].tolist()
            painter.drawPoints(QPolygonF([QPointF(x, y) for x, y in of_digit]))

    def _paint_labels(self, painter: QPainter, zoom: PageZoom, font: QFont) -> None:
        for digit, middle in self._points.middles().items():
            path = QPainterPath()
            path.addText(QPointF(0, 0), font, str(digit))
            box, (x, y) = path.boundingRect(), zoom.to_view(*middle)
            path.translate(x - box.center().x(), y - box.center().y())
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(current_colours().card), HALO, j=Qt.PenJoinStyle.RoundJoin))
            painter.drawPath(path)
            painter.fillPath(path, QColor(current_colours().text))

    def _paint_thumbnails(self, painter: QPainter, zoom: PageZoom) -> None:
        side = zoom.factor * PIXELS_PER_ZOOM
        places, shown = self._points.on_screen(zoom), self._points.in_view(zoom, side)
        colours = [QColor(digit_colour(digit)) for digit in range(CLASSES)]
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        sheet = QPixmap.fromImage(thumbnails(self._points.images[shown], self._points.labels[shown], colours))
        for row, (x, y) in enumerate(places[shown].tolist()):
            painter.drawPixmap(square_at(x, y, side), sheet, QRectF(0, row * SIDE, SIDE, SIDE))
