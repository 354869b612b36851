"""Painting a plot, layer by layer: its axes, the curves, the marks, and what is read out."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QByteArray, QDataStream, QLineF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from gui.train.curve_points import Numbers
from gui.train.plot_axes import Span
from gui.widgets.theme import current_colours

SPREAD_ALPHA, POINTER_ALPHA = 75, 130
WIDE_LINE_ALPHA = 0.35
MARK_RADIUS = 3.5
LINE_WIDTH = 2.0
TICK_GAP = 6.0
"""Between an axis and its numbers."""
READ_OUT_PADDING, READ_OUT_RADIUS, READ_OUT_GAP = 7.0, 6.0, 9.0
BOX_ALPHA, LARGEST_BOX = 235, 0.6
"""Opacity of the read-out box out of 255, and the share of the plot up to which it has room for names."""
SIGN_SIZE = QSizeF(18, 14)
WIDE_LINE = 5.0

PATH_ELEMENT = np.dtype([("kind", ">i4"), ("x", ">f8"), ("y", ">f8")])
PATH_END = bytes(8)
"""As Qt writes a path: its number of elements, these, where the last part of it begins, and how it is filled."""

Tick = tuple[float, str]


class Sign(Enum):
    """How something is drawn, for its explanation."""

    SPREAD = "spread"
    MEAN = "mean"
    MARK = "mark"
    EARLIER = "earlier"


class Row(NamedTuple):
    """A line that is read out."""

    sign: Sign
    name: str
    number: str


@dataclass(frozen=True, slots=True)
class Frame:
    """The area in which the curves are, in pixels, and what of the data it shows."""

    area: QRectF
    across: Span
    up: Span

    def x(self, value: float) -> float:
        return self.area.left() + self.across.share_of(value) * self.area.width()

    def y(self, value: float) -> float:
        return self.area.bottom() - self.up.share_of(value) * self.area.height()

    def value_at(self, x: float) -> float:
        """What of the horizontal axis is at the pixel `x`."""
        return self.across.value_at((x - self.area.left()) / self.area.width())

    def line(self, across: Numbers, up: Numbers) -> QPainterPath:
        """The line through such points, both `(n,)` and the first in order, as far as it can be seen."""
        first, last = np.searchsorted(across, self.across)
        seen = slice(max(int(first) - 1, 0), int(last) + 1)
        return path_through(self._xs(across[seen]), self._ys(up[seen]))

    def points(self, points: Sequence[tuple[float, float]]) -> list[QPointF]:
        across, up = np.array(points, float).reshape(-1, 2).T
        return list(map(QPointF, self._xs(across).tolist(), self._ys(up).tolist()))

    def _xs(self, values: Numbers) -> Numbers:
        return self.area.left() + (values - self.across.low) * (self.area.width() / self.across.size)

    def _ys(self, values: Numbers) -> Numbers:
        return self.area.bottom() - (values - self.up.low) * (self.area.height() / self.up.size)


def path_through(xs: Numbers, ys: Numbers) -> QPainterPath:
    """The line through such points, both `(n,)`.

    Written as Qt writes a path and read by Qt: ten times as fast as to make it of one point after the other.
    """
    path = QPainterPath()
    if len(xs):
        elements = np.zeros(len(xs), PATH_ELEMENT)
        elements["kind"][1:] = QPainterPath.ElementType.LineToElement.value
        elements["x"], elements["y"] = xs, ys
        content = len(xs).to_bytes(4) + elements.tobytes() + PATH_END
        QDataStream(QByteArray(content)) >> path
    return path


def paint_axes(painter: QPainter, frame: Frame, *, across: Sequence[Tick], up: Sequence[Tick], font: QFont) -> None:
    """Paint a line for every tick `up`, both axes, and their numbers."""
    colours, area = current_colours(), frame.area
    painter.setPen(QPen(QColor(colours.track), 1))
    painter.drawLines(
        [QLineF(area.left(), y, area.right(), y) for y in (round(frame.y(value)) + 0.5 for value, _ in up)]
    )
    painter.setPen(QPen(QColor(colours.border), 1))
    corner = QPointF(area.left() - 0.5, area.bottom() + 0.5)
    painter.drawLines(
        [QLineF(corner, QPointF(corner.x(), area.top())), QLineF(corner, QPointF(area.right(), corner.y()))]
    )
    painter.setPen(QColor(colours.faint_text))
    painter.setFont(font)
    height = QFontMetricsF(font).height()
    beside, below = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignHCenter
    for value, text in up:
        painter.drawText(QRectF(0, frame.y(value) - height / 2, area.left() - TICK_GAP, height), beside, text)
    for value, text in across:
        painter.drawText(QRectF(frame.x(value) - 50, area.bottom() + TICK_GAP / 2, 100, height), below, text)


def paint_spread(painter: QPainter, line: QPainterPath) -> None:
    """Paint every batch, lightly."""
    colour = QColor(current_colours().training)
    colour.setAlpha(SPREAD_ALPHA)
    painter.setPen(QPen(colour, 1))
    painter.drawPath(line)


def paint_mean(painter: QPainter, line: QPainterPath) -> None:
    """Paint the running mean."""
    painter.setPen(QPen(QColor(current_colours().training), LINE_WIDTH))
    painter.drawPath(line)


def paint_marks(painter: QPainter, points: Sequence[QPointF]) -> None:
    """Paint the validation: a dot for every epoch, and a thin line through them."""
    colours = current_colours()
    painter.setPen(QPen(QColor(colours.validation), 1))
    painter.drawPolyline(points)
    painter.setPen(QPen(QColor(colours.card), 1))
    painter.setBrush(QColor(colours.validation))
    for point in points:
        painter.drawEllipse(point, MARK_RADIUS, MARK_RADIUS)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def paint_sign(painter: QPainter, sign: Sign, place: QRectF) -> None:
    """Paint a piece of a line, or a mark, in the middle of `place`."""
    colours, middle = current_colours(), place.center()
    if sign is Sign.MARK:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.validation))
        painter.drawEllipse(middle, MARK_RADIUS, MARK_RADIUS)
        painter.setBrush(Qt.BrushStyle.NoBrush)
    elif sign is Sign.EARLIER:
        painter.setPen(QPen(QColor(colours.faint_text), 1.2, Qt.PenStyle.DashLine))
        painter.drawLine(QLineF(place.left() + 1, middle.y(), place.right() - 1, middle.y()))
    else:
        colour = QColor(colours.training)
        colour.setAlphaF(WIDE_LINE_ALPHA if sign is Sign.SPREAD else 1.0)
        painter.setPen(QPen(colour, WIDE_LINE if sign is Sign.SPREAD else LINE_WIDTH))
        painter.drawLine(QLineF(place.left() + 1, middle.y(), place.right() - 1, middle.y()))


def paint_pointer(painter: QPainter, frame: Frame, point: QPointF) -> None:
    """Paint a line through the `point` that is read out, and a dot on it."""
    colours = current_colours()
    colour = QColor(colours.faint_text)
    colour.setAlpha(POINTER_ALPHA)
    painter.setPen(QPen(colour, 1))
    x = round(point.x()) + 0.5
    painter.drawLine(QLineF(x, frame.area.top(), x, frame.area.bottom()))
    painter.setPen(QPen(QColor(colours.card), 1))
    painter.setBrush(QColor(colours.training))
    painter.drawEllipse(point, MARK_RADIUS, MARK_RADIUS)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def paint_moment(painter: QPainter, frame: Frame, epoch: float) -> None:
    """Paint a line where an epoch is looked back at."""
    painter.setPen(QPen(QColor(current_colours().accent), 1.5))
    painter.drawLine(QLineF(frame.x(epoch), frame.area.top(), frame.x(epoch), frame.area.bottom()))


def paint_read_out(
    painter: QPainter, title: str, rows: Sequence[Row], *, beside: QPointF, room: QRectF, font: QFont
) -> None:
    """Paint a small box of text next to the point `beside`, inside of `room`; without names where that is narrow."""
    colours, metrics = current_colours(), QFontMetricsF(font)
    numbers = max(metrics.horizontalAdvance(row.number) for row in rows)
    names = max(metrics.horizontalAdvance(row.name) for row in rows) + TICK_GAP + READ_OUT_GAP
    width = SIGN_SIZE.width() + TICK_GAP + numbers + 2 * READ_OUT_PADDING
    has_names = width + names <= room.width() * LARGEST_BOX
    width = max(width + names * has_names, metrics.horizontalAdvance(title) + 2 * READ_OUT_PADDING)
    line = metrics.height()
    box = _place(QRectF(0, 0, width, line * (len(rows) + 1) + 2 * READ_OUT_PADDING), beside, room)
    painter.setPen(QPen(QColor(colours.border), 1))
    background = QColor(colours.card)
    background.setAlpha(BOX_ALPHA)
    painter.setBrush(background)
    painter.drawRoundedRect(box, READ_OUT_RADIUS, READ_OUT_RADIUS)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setFont(font)
    inside = box.adjusted(READ_OUT_PADDING, READ_OUT_PADDING, -READ_OUT_PADDING, -READ_OUT_PADDING)
    painter.setPen(QColor(colours.faint_text))
    painter.drawText(inside, Qt.AlignmentFlag.AlignTop, title)
    for number, row in enumerate(rows, start=1):
        place = QRectF(inside.left(), inside.top() + number * line, inside.width(), line)
        _paint_row(painter, row if has_names else row._replace(name=""), place)


def _paint_row(painter: QPainter, row: Row, place: QRectF) -> None:
    sign = QRectF(place.topLeft(), QSizeF(SIGN_SIZE.width(), place.height()))
    paint_sign(painter, row.sign, sign)
    painter.setPen(QColor(current_colours().text))
    painter.drawText(place.adjusted(sign.width() + TICK_GAP, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, row.name)
    painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, row.number)


def _place(box: QRectF, beside: QPointF, room: QRectF) -> QRectF:
    """To the right of a point where there is room, else to its left; and whole, as far as that is possible."""
    right, left = beside.x() + READ_OUT_GAP, beside.x() - READ_OUT_GAP - box.width()
    x = right if right + box.width() <= room.right() or left < room.left() else left
    y = beside.y() - box.height() / 2
    box.moveTo(
        max(min(x, room.right() - box.width()), room.left()), max(min(y, room.bottom() - box.height()), room.top())
    )
    return box.translated(0.5, 0.5)
