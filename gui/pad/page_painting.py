"""Paint a page of digits: the picture, a box around each digit, and the digit that was read above it.

The colours are those of the light scheme: a page is paper in either.
"""

import math
from collections.abc import Sequence
from statistics import median

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen
from PySide6.QtWidgets import QWidget

from core.digits.arrays import Image
from core.pictures.scaling import shrink
from core.recognition.numbers import ReadDigit
from core.recognition.recognizer import Verdict
from core.recognition.rows import Box
from gui.pad.page_zoom import PageZoom
from gui.widgets.theme import LIGHT, sized_font, text_scale

LEAST_HEIGHT = 12.0
"""Where digits are lower, in pixels of the view, they get no labels: these would cover more than they say."""
SMALLEST_LABEL, LARGEST_LABEL = 8, 14
LABEL_SHARE = 0.5
"""The size of all labels' type, in heights of a usual digit."""
TINT, GROUND = 40, 215
"""How opaque the colour on the digit that is pointed at is, and the ground of a label, of 255."""


class PagePicture:
    """The page's picture, and a copy in the size at which it was painted last."""

    def __init__(self, pixels: Image) -> None:
        self._pixels = pixels
        self._side = 0
        self._image = QImage()

    def paint(self, painter: QPainter, zoom: PageZoom) -> None:
        """Paint the page."""
        shown = QRectF(zoom.left, zoom.top, zoom.width * zoom.scale, zoom.height * zoom.scale)
        ratio = painter.device().devicePixelRatioF()
        # no more pixels than are shown: Qt would drop every other one
        side = min(math.ceil(max(shown.width(), shown.height()) * ratio), max(self._pixels.shape))
        if side != self._side:
            self._side, self._image = side, _image_of(shrink(self._pixels, max(side, 1)))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(shown, self._image)


def paint_unread(painter: QPainter, box: Box, zoom: PageZoom) -> None:
    """Paint a dotted frame around what was not read."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(LIGHT.bad), 1.0, Qt.PenStyle.DotLine))
    painter.drawRect(_in_view(box, zoom))


def label_size(digits: Sequence[ReadDigit], zoom: PageZoom) -> int:
    """The size of the type in which all digits of a page are labelled; 0 where they are too small for labels."""
    height = median(digit.box[3] - digit.box[1] for digit in digits) if digits else 0.0
    height *= zoom.scale / text_scale()  # labels grow with all texts
    return min(max(int(height * LABEL_SHARE), SMALLEST_LABEL), LARGEST_LABEL) if height >= LEAST_HEIGHT else 0


def paint_digit(
    painter: QPainter,
    view: QWidget,
    digit: ReadDigit,
    zoom: PageZoom,
    *,
    label: int,
    is_selected: bool,
    has_focus: bool,
) -> None:
    """Paint the box around a digit, dashed for an unsure one, and what was read in type of size `label`."""
    box = _in_view(digit.box, zoom)
    is_unsure = digit.recognition.verdict == Verdict.UNSURE
    colour = QColor(LIGHT.accent if is_selected else LIGHT.doubtful if is_unsure else LIGHT.good)
    tint = QColor(colour)
    tint.setAlpha(TINT)
    painter.setBrush(tint if is_selected else Qt.BrushStyle.NoBrush)
    style = Qt.PenStyle.DashLine if is_unsure else Qt.PenStyle.SolidLine
    painter.setPen(QPen(colour, 2.5 if is_selected and has_focus else 1.5 if is_selected else 1.0, style))
    painter.drawRect(box)
    if label:
        _paint_label(painter, view, f"{digit.recognition.digit}{'?' * is_unsure}", label, box, colour)


def _paint_label(painter: QPainter, view: QWidget, text: str, size: int, box: QRectF, colour: QColor) -> None:
    """Paint `text` on a small ground above the left corner of a box, or below it at the upper edge."""
    painter.setFont(sized_font(view, size, bold=True))
    metrics = painter.fontMetrics()
    width, height = metrics.horizontalAdvance(text) + 3, metrics.capHeight() + 4
    top = box.top() - height if box.top() >= height else box.bottom()
    ground = QRectF(box.left() - 0.5, top, width, height)
    paper = QColor(LIGHT.card)
    paper.setAlpha(GROUND)
    painter.fillRect(ground, paper)
    painter.setPen(colour)
    painter.drawText(QPointF(ground.left() + 1.5, ground.bottom() - 2), text)


def _in_view(box: Box, zoom: PageZoom) -> QRectF:
    left, top = zoom.to_view(box[0], box[1])
    right, bottom = zoom.to_view(box[2], box[3])
    return QRectF(left, top, right - left, bottom - top).adjusted(-1.5, -1.5, 1.5, 1.5)


def _image_of(pixels: Image) -> QImage:
    """Grey pixels, uint8 `(h, w)`, as an image that owns them."""
    height, width = pixels.shape
    return QImage(pixels.tobytes(), width, height, width, QImage.Format.Format_Grayscale8).copy()
