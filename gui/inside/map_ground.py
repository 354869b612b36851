"""The map as a picture: painted again only when it is moved, zoomed or resized, not with every drawing."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen, QPixmap

from core.digits.arrays import CLASSES
from gui.inside.digit_colours import digit_colour
from gui.inside.map_points import MapPoints, thumbnails
from gui.pad.page_zoom import PageZoom
from gui.widgets.theme import current_colours

DOT = 4.0
THUMBNAILS_FROM = 4.5
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
        """Copies of one dot for each digit: to draw 5,000 circles takes ten times as long."""
        ratio = painter.device().devicePixelRatioF()
        dots = [_dot(QColor(digit_colour(digit)), ratio) for digit in range(CLASSES)]
        shown = self._points.in_view(zoom, DOT)
        places = (self._points.on_screen(zoom)[shown] - DOT / 2).tolist()
        for (x, y), label in zip(places, self._points.labels[shown].tolist(), strict=True):
            painter.drawPixmap(QPointF(x, y), dots[label])

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
        """All are scaled at once, and then copied."""
        ratio = painter.device().devicePixelRatioF()
        side = round(zoom.factor * PIXELS_PER_ZOOM * ratio)
        places, shown = self._points.on_screen(zoom), self._points.in_view(zoom, side)
        if not len(shown):
            return
        colours = [QColor(digit_colour(digit)) for digit in range(CLASSES)]
        sheet = thumbnails(self._points.images[shown], self._points.labels[shown], colours)
        smooth = Qt.TransformationMode.SmoothTransformation
        scaled = QPixmap.fromImage(sheet.scaled(side, side * len(shown), mode=smooth))
        scaled.setDevicePixelRatio(ratio)
        for row, (x, y) in enumerate(places[shown].tolist()):
            corner = QPointF(x - side / ratio / 2, y - side / ratio / 2)
            painter.drawPixmap(corner, scaled, QRectF(0, row * side, side, side))


def _dot(colour: QColor, ratio: float) -> QPixmap:
    dot = QPixmap(QSize(round(DOT), round(DOT)) * ratio)
    dot.setDevicePixelRatio(ratio)
    dot.fill(Qt.GlobalColor.transparent)
    painter = QPainter(dot)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colour.setAlphaF(0.75)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(QRectF(0, 0, DOT, DOT))
    painter.end()
    return dot
