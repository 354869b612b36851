"""Paint a page of digits: the picture, a box around each digit, and the digit that was read above it."""

import math
from statistics import median

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen
from PySide6.QtWidgets import QWidget

from core.digits.arrays import Image
from core.pictures.scaling import shrink
from core.recognition.numbers import ReadDigit
from core.recognition.recognizer import Verdict
from core.recognition.rows import Box
from gui.pad.page import Page
from gui.pad.page_zoom import PageZoom
from gui.widgets.theme import DARK, LIGHT, sized_font, text_scale

LEAST_HEIGHT = 12.0
"""Where digits are lower, in pixels of the view, they get no labels: these would cover more than they say."""
SMALLEST_LABEL, LARGEST_LABEL = 8, 14
LABEL_SHARE, LEAST_GAP = 0.5, 0.9
"""The size of all labels' type, in heights of a usual digit, and the least gap between rows, in sizes of that type."""
STRIDE, MIDDLE = 8, 128
"""Every so many pixels show whether the paper is bright: brighter than this, of 255."""
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


class PageMarks:
    """Paints what was read on a page: a box around each digit, and above it the digit, where there is room for labels.

    The colours are those for bright or dark paper, whatever scheme the window has.
    """

    def __init__(self, page: Page) -> None:
        self._reading = page.reading
        self._colours = DARK if page.pixels[::STRIDE, ::STRIDE].mean() < MIDDLE else LIGHT
        self._height, self._gap = _usual_height(page), _usual_gap(page)

    def paint(self, painter: QPainter, view: QWidget, zoom: PageZoom, *, selected: int | None, has_focus: bool) -> None:
        """Paint all marks; of the `selected` digit those that show it, and whether the keyboard is there."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(self._colours.bad), 1.0, Qt.PenStyle.DotLine))
        for box in self._reading.unread:
            painter.drawRect(_in_view(box, zoom))
        label = self.label_size(zoom)
        for index, digit in enumerate(self._reading.digits):
            width = 1.0 if index != selected else 2.5 if has_focus else 1.5
            self._paint_digit(painter, view, digit, zoom, label, width)

    def label_size(self, zoom: PageZoom) -> int:
        """The size of the type in which all digits are labelled; 0 where labels would cover more than they say."""
        height, gap = (length * zoom.scale / text_scale() for length in (self._height, self._gap))  # labels grow, too
        size = min(max(int(height * LABEL_SHARE), SMALLEST_LABEL), LARGEST_LABEL)
        return size if height >= LEAST_HEIGHT and gap >= LEAST_GAP * size else 0

    def _paint_digit(
        self, painter: QPainter, view: QWidget, digit: ReadDigit, zoom: PageZoom, label: int, width: float
    ) -> None:
        """Paint the box around a digit, dashed for an unsure one, in lines of `width`, and its `label` in that size."""
        box, is_selected = _in_view(digit.box, zoom), width > 1
        is_unsure = digit.recognition.verdict == Verdict.UNSURE
        colours = self._colours
        colour = QColor(colours.accent if is_selected else colours.doubtful if is_unsure else colours.good)
        tint = QColor(colour)
        tint.setAlpha(TINT)
        painter.setBrush(tint if is_selected else Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, width, Qt.PenStyle.DashLine if is_unsure else Qt.PenStyle.SolidLine))
        painter.drawRect(box)
        if label:
            self._paint_label(painter, view, f"{digit.recognition.digit}{'?' * is_unsure}", label, box, colour)

    def _paint_label(self, painter: QPainter, view: QWidget, text: str, size: int, box: QRectF, colour: QColor) -> None:
        """Paint `text` on a small ground at the upper left corner of a box."""
        painter.setFont(sized_font(view, size, bold=True))
        metrics = painter.fontMetrics()
        ground = place_label(box, metrics.horizontalAdvance(text) + 3, metrics.capHeight() + 4)
        paper = QColor(self._colours.card)
        paper.setAlpha(GROUND)
        painter.fillRect(ground, paper)
        painter.setPen(colour)
        painter.drawText(QPointF(ground.left() + 1.5, ground.bottom() - 2), text)


def place_label(box: QRectF, width: float, height: float) -> QRectF:
    """The ground of a label: above the left corner of a box, or in it at the upper edge of the view.

    Below the box it would cover the label of a digit in the next row.
    """
    top = min(max(box.top() - height, 0.0), box.bottom() - height)
    return QRectF(box.left() - 0.5, top, width, height)


def _usual_height(page: Page) -> float:
    """The height of a usual digit, in pixels of the file."""
    return median(digit.box[3] - digit.box[1] for digit in page.reading.digits)


def _usual_gap(page: Page) -> float:
    """How far apart rows usually are, in pixels of the file."""
    digits = page.reading.digits
    tops = [median(digits[index].box[1] for index in row) for row in page.rows]
    bottoms = [median(digits[index].box[3] for index in row) for row in page.rows]
    return median(top - bottom for bottom, top in zip(bottoms, tops[1:], strict=False)) if len(tops) > 1 else math.inf


def _in_view(box: Box, zoom: PageZoom) -> QRectF:
    left, top = zoom.to_view(box[0], box[1])
    right, bottom = zoom.to_view(box[2], box[3])
    return QRectF(left, top, right - left, bottom - top).adjusted(-1.5, -1.5, 1.5, 1.5)


def _image_of(pixels: Image) -> QImage:
    """Grey pixels, uint8 `(h, w)`, as an image that owns them."""
    height, width = pixels.shape
    return QImage(pixels.tobytes(), width, height, width, QImage.Format.Format_Grayscale8).copy()
