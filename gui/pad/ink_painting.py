"""Paint ink: strokes as smooth lines, and the digit of a picture.

A line runs through the midpoints between its points, bent towards each point in turn (quadratic Bézier curves): it is
smooth however fast the pen was, and adding a point never changes what is painted already.
"""

import math
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen

from core.digits.arrays import Image
from core.ink.drawing import Stroke, line_width
from core.pad.content import PictureInk

SHARP = 0.5
"""Cosine of the bend from which a curve is painted as short lines."""
LINES = 16
"""Of which that many make one curve."""


def paint_stroke(painter: QPainter, stroke: Stroke, *, scale: float, width: float, colour: QColor) -> None:
    """Paint a whole stroke. `scale` takes its units to pixels, `width` is in pixels."""
    points = [QPointF(x * scale, y * scale) for x, y in stroke.points.tolist()]
    if stroke.pressures is None:
        painter.setPen(_pen(colour, width))
        painter.drawPath(smooth_path(points))
        return
    for index, pressure in enumerate(stroke.pressures.tolist()):
        paint_step(painter, points[: index + 1][-3:], width=line_width(width, pressure), colour=colour)
    paint_tail(painter, points[-2:], width=line_width(width, float(stroke.pressures[-1])), colour=colour)


def paint_step(painter: QPainter, latest: list[QPointF], *, width: float, colour: QColor) -> None:
    """Paint what the newest of up to three `latest` points fixes: the curve up to the midpoint before it."""
    if len(latest) < 2:
        return
    path = QPainterPath(latest[0] if len(latest) == 2 else _middle(latest[0], latest[1]))
    if len(latest) == 2:
        path.lineTo(_middle(*latest))
    else:
        _bend(path, latest[1], _middle(latest[1], latest[2]))
    painter.setPen(_pen(colour, width))
    painter.drawPath(path)


def paint_tail(painter: QPainter, latest: list[QPointF], *, width: float, colour: QColor) -> None:
    """Paint the last half step, which the next point will bend; of a single point, a dot."""
    painter.setPen(_pen(colour, width))
    if len(latest) == 1:
        painter.drawPoint(latest[0])
    else:
        painter.drawLine(_middle(latest[-2], latest[-1]), latest[-1])


def smooth_path(points: list[QPointF]) -> QPainterPath:
    """The line through all `points`; a single point gives a dot under a round pen."""
    path = QPainterPath(points[0])
    if len(points) == 1:
        path.lineTo(points[0] + QPointF(0.01, 0))
        return path
    path.lineTo(_middle(points[0], points[1]))
    for bend, after in pairwise(points[1:]):
        _bend(path, bend, _middle(bend, after))
    path.lineTo(points[-1])
    return path


def paint_picture(painter: QPainter, picture: PictureInk, *, scale: float, colour: QColor) -> None:
    """Paint the ink of a picture, without the strokes on it. `scale` takes pad units to pixels."""
    from core.pictures.scaling import shrink  # here: the start of the window paints no picture

    left, top, width, height = (length * scale for length in picture.box)
    ratio = painter.device().devicePixelRatioF()
    # no more pixels than are shown: Qt would drop every other one, and take longer
    ink = shrink(picture.ink, max(1, math.ceil(max(width, height) * ratio)))
    painter.drawImage(QRectF(left, top, width, height), tinted(ink, colour))


def tinted(ink: Image, colour: QColor) -> QImage:
    """Ink of a picture, uint8 `(h, w)`, as an image in `colour`, transparent where there is none."""
    height, width = ink.shape
    alpha = QImage(ink.tobytes(), width, height, width, QImage.Format.Format_Alpha8)
    image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(colour)
    painter = QPainter(image)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationIn)
    painter.drawImage(0, 0, alpha)
    painter.end()
    return image


def _bend(path: QPainterPath, bend: QPointF, end: QPointF) -> None:
    """Continue `path` to `end` in a curve that is bent towards `bend`.

    Qt offsets a curve to both sides to paint it with a wide pen. Where it folds back within the pen's width, the offset
    turns inside out: slits open in the ink, and round ends become flat. Lines with round joins have no such points.
    """
    start = path.currentPosition()
    before, after = bend - start, end - bend
    lengths = math.hypot(before.x(), before.y()) * math.hypot(after.x(), after.y())
    if QPointF.dotProduct(before, after) >= SHARP * lengths:
        path.quadTo(bend, end)
        return
    for number in range(1, LINES + 1):
        share = number / LINES
        path.lineTo(start * (1 - share) ** 2 + bend * (2 * share * (1 - share)) + end * share**2)


def _middle(first: QPointF, second: QPointF) -> QPointF:
    return (first + second) / 2


def _pen(colour: QColor, width: float) -> QPen:
    return QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
