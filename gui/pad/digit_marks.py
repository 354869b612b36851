"""Marks on the pad: which ink is which digit of a number, and which was not read."""

from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from core.recognition.numbers import BLANK_READING, NumberReading
from core.recognition.recognizer import Verdict
from core.recognition.rows import Box
from gui.pad.document import PAD_SIDE
from gui.widgets.theme import current_colours, sized_font

BELOW, TICK = 8.0, 5.0
"""From ink to its bracket, and how far that bends up at its ends, in pixels."""
BETWEEN, NARROWEST = 5.0, 10.0
"""Between the brackets of neighbours, however close these are, unless one became narrower than that; in pixels."""
REACH = 22.0
"""Pad units around a digit's ink, or half the pen's width and a little more, in which the pointer is on it."""
SIGN, AFTER = 13, 4.0
"""Size of a sign beside a bracket, and the gap before and after it."""
UNSURE_SIGN, KEPT_SIGN = "?", "\N{CHECK MARK}"


class DigitMarks:
    """Brackets under the digits of a number, and dotted frames around what was not read; nothing for a single digit.

    It does not reference the widget that owns it: a reference cycle would leave both to the garbage collector.
    """

    def __init__(self) -> None:
        self._reading = BLANK_READING
        self._unread: tuple[Box, ...] = ()
        self._selected: int | None = None
        self._kept: tuple[int, ...] = ()

    def show(
        self, reading: NumberReading, selected: int | None, *, with_unread: bool, kept: tuple[int, ...] = ()
    ) -> bool:
        """Mark the digits of `reading`, boxes in pad units, with a tick those that are `kept`.

        Returns whether that looks different.
        """
        before = self._looks()
        self._reading = BLANK_READING if reading.is_single else reading
        self._unread = reading.unread if with_unread else ()
        self._selected, self._kept = selected, kept
        return self._looks() != before

    def digit_at(self, x: float, y: float) -> int | None:
        """The place, in reading order, of the digit of a number at this point of the pad."""
        found = [
            (abs((box[0] + box[2]) / 2 - x), index)
            for index, box in enumerate(digit.box for digit in self._reading.digits)
            if box[0] - REACH <= x <= box[2] + REACH and box[1] - REACH <= y <= box[3] + 2 * REACH
        ]
        return min(found)[1] if found else None

    def paint(self, painter: QPainter, pad: QWidget, pen_width: float) -> None:
        """Paint the marks on `pad`; `pen_width`, of the ink, is in pixels."""
        scale = pad.width() / PAD_SIDE
        painter.setBrush(Qt.BrushStyle.NoBrush)
        rooms = _parted([_grown(digit.box, scale, pen_width / 2) for digit in self._reading.digits])
        for index, (digit, room) in enumerate(zip(self._reading.digits, rooms, strict=True)):
            is_kept = index in self._kept
            is_unsure = digit.recognition.verdict == Verdict.UNSURE and not is_kept
            beside = min((other.left() for other in rooms[index + 1 :] if _is_beside(room, other)), default=pad.width())
            self._set_pen(painter, is_kept=is_kept, is_unsure=is_unsure, is_selected=index == self._selected)
            _paint_bracket(painter, room, pad.height())
            if is_unsure or is_kept:
                _paint_sign(painter, pad, room, beside, KEPT_SIGN if is_kept else UNSURE_SIGN)
        for box in self._unread:
            painter.setPen(QPen(QColor(current_colours().faint_text), 1.5, Qt.PenStyle.DotLine))
            painter.drawRoundedRect(_grown(box, scale, pen_width / 2 + 4), 4, 4)

    def _looks(self) -> tuple[object, ...]:
        digits = tuple((digit.box, digit.recognition.verdict) for digit in self._reading.digits)
        return digits, self._unread, self._selected if digits else None, self._kept

    def _set_pen(self, painter: QPainter, *, is_kept: bool, is_unsure: bool, is_selected: bool) -> None:
        colours = current_colours()
        colour = colours.accent if is_selected else colours.faint_text
        if is_kept or is_unsure:
            colour = colours.good if is_kept else colours.doubtful
        painter.setPen(QPen(QColor(colour), 3.0 if is_selected else 1.5))


def _paint_bracket(painter: QPainter, room: QRectF, height: int) -> None:
    floor = _floor(room, height)
    painter.drawPolyline(QPolygonF([QPointF(x, floor - up) for x, up in _corners(room)]))


def _floor(room: QRectF, height: int) -> float:
    """How far down the bracket of a digit with this room reaches on a pad of this height."""
    return min(room.bottom() + BELOW, height - 3)


def _paint_sign(painter: QPainter, pad: QWidget, room: QRectF, beside: float, sign: str) -> None:
    """Paint a `sign` at the end of a bracket; below it where another begins `beside`, too near."""
    painter.setFont(sized_font(pad, SIGN, bold=True))
    metrics = painter.fontMetrics()
    width, floor = metrics.horizontalAdvance(sign), _floor(room, pad.height())
    left, lower = room.right() + AFTER, floor + metrics.ascent()
    if left + width + AFTER > beside and lower < pad.height():
        painter.drawText(QPointF(room.center().x() - width / 2, lower), sign)
    else:
        painter.drawText(QPointF(min(left, pad.width() - width - 3), floor), sign)


def _is_beside(before: QRectF, after: QRectF) -> bool:
    """Whether a digit stands right of another one, at the same height."""
    is_level = after.top() < before.bottom() and before.top() < after.bottom()
    return is_level and after.right() > before.right()


def _parted(rooms: list[QRectF]) -> list[QRectF]:
    """The same rooms, in reading order, with neighbours that overlap or nearly touch cut back to leave a gap."""
    parted = [QRectF(room) for room in rooms]
    for before, after in pairwise(parted):
        left, right = (before.right() + after.left() - BETWEEN) / 2, (before.right() + after.left() + BETWEEN) / 2
        are_wide = left - before.left() >= NARROWEST and after.right() - right >= NARROWEST
        if _is_beside(before, after) and are_wide and after.left() - before.right() < BETWEEN:
            before.setRight(left)
            after.setLeft(right)
    return parted


def _corners(room: QRectF) -> list[tuple[float, float]]:
    """The corners of a bracket: where across, and how far above its floor."""
    return [(room.left(), TICK), (room.left(), 0.0), (room.right(), 0.0), (room.right(), TICK)]


def _grown(box: Box, scale: float, by: float) -> QRectF:
    """A box in pad units as pixels, larger by half the width of the line whose middle it bounds."""
    left, top, right, bottom = (edge * scale for edge in box)
    return QRectF(left - by, top - by, right - left + 2 * by, bottom - top + 2 * by)
