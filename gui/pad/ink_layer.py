"""The ink on the pad as a cached picture, to which each movement adds only what is new."""

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from core.ink.drawing import Drawing, line_width
from gui.pad.document import PAD_SIDE, PadDocument, PictureInk
from gui.pad.evidence_mark import Tint
from gui.pad.ink_painting import paint_picture, paint_step, paint_stroke, paint_tail
from gui.widgets.theme import current_colours


class InkLayer:
    """Paints the ink of a `PadDocument` on a square widget.

    It does not reference the widget that owns it: a reference cycle would leave both to the garbage collector.
    """

    def __init__(self, document: PadDocument) -> None:
        self._document = document
        self._side = 1
        self._settled = QPixmap()  # everything that no further point can change
        self._tint: Tint | None = None
        self._tinted = QPixmap()

    @property
    def scale(self) -> float:
        """Pixels in one pad unit, when the ink was last painted."""
        return self._side / PAD_SIDE

    def forget(self) -> None:
        """Paint everything again the next time."""
        self._settled = QPixmap()
        self._tinted = QPixmap()

    def tint(self, tint: Tint | None) -> None:
        """Show the ink in these colours; None for its own."""
        self._tint, self._tinted = tint, QPixmap()

    def add_newest_step(self) -> QRect:
        """Add what the newest point settled. Returns where the pad has to be painted again."""
        if not self._document.is_drawing or self._settled.isNull():
            self.forget()
            return QRect(0, 0, self._side, self._side)
        points, pressure = self._document.newest_points(3)
        pixels = [QPointF(x, y) * self.scale for x, y in points]
        self._tinted = QPixmap()
        painter = self._painter()
        paint_step(painter, pixels, width=line_width(self._current_width(), pressure), colour=_colour())
        painter.end()
        dirty = QRectF(pixels[0], pixels[0])
        for point in pixels[1:]:
            dirty |= QRectF(point, QPointF(point.x() + 0.1, point.y() + 0.1)).normalized()
        reach = line_width(self._current_width(), 1.0) / 2 + 2
        return dirty.adjusted(-reach, -reach, reach, reach).toAlignedRect()

    def paint(self, painter: QPainter, side: int) -> None:
        """Paint all of it, the stroke under way included, on a pad of `side` pixels."""
        if self._settled.isNull() or side != self._side:
            self._side = side
            self._repaint(painter.device().devicePixelRatioF())
        painter.drawPixmap(0, 0, self._settled if self._tint is None else self._in_colours(self._tint))
        if self._document.is_drawing:
            points, pressure = self._document.newest_points(2)
            pixels = [QPointF(x, y) * self.scale for x, y in points]
            paint_tail(painter, pixels, width=line_width(self._current_width(), pressure), colour=_colour())

    def _in_colours(self, tint: Tint) -> QPixmap:
        if self._tinted.isNull():
            self._tinted = QPixmap(self._settled)
            painter = QPainter(self._tinted)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceAtop)
            place = tint.place
            painter.scale(self.scale, self.scale)
            painter.drawImage(place, tint.image)
            painter.end()
        return self._tinted

    def _current_width(self) -> float:
        return self._document.stroke_width * self._side

    def _painter(self) -> QPainter:
        painter = QPainter(self._settled)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        return painter

    def _repaint(self, ratio: float) -> None:
        self._settled = QPixmap(QSize(self._side, self._side) * ratio)
        self._settled.setDevicePixelRatio(ratio)
        self._settled.fill(Qt.GlobalColor.transparent)
        painter = self._painter()
        content = self._document.snapshot()
        if isinstance(content, PictureInk):
            paint_picture(painter, content, scale=self.scale, colour=_colour())
            content = content.drawing()
        self._paint_strokes(painter, content)
        painter.end()

    def _paint_strokes(self, painter: QPainter, drawing: Drawing) -> None:
        for stroke in drawing.strokes:
            width = drawing.width_of(stroke) * self._side
            paint_stroke(painter, stroke, scale=self.scale, width=width, colour=_colour())


def _colour() -> QColor:
    return QColor(current_colours().ink)
