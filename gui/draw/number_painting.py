"""Paint a digit of a number: its figure, how sure it is, and what else it may be."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QWidget

from core.recognition.answers import named_digits
from core.recognition.recognizer import Recognition, Verdict
from gui.draw.number_layout import CAP_HEIGHT, CAPTION, CAPTION_LINE, GAP, Caption, Cell, NumberLayout
from gui.widgets.theme import current_colours, sized_font, text_scale

SIGN = 0.3
"""The size of the question mark at an unsure digit, in sizes of type."""
SMALLEST_SIGN, CORNER = 9, 6.0


def paint_digit(
    painter: QPainter, widget: QWidget, layout: NumberLayout, cell: Cell, answer: Recognition, *, is_in_doubt: bool
) -> None:
    """Paint the digit of `answer`; of what `is_in_doubt` nothing but the digit."""
    is_unsure = answer.verdict == Verdict.UNSURE and not is_in_doubt
    colour = QColor(current_colours().doubtful if is_unsure else current_colours().text)
    middle = cell.left + cell.width / 2
    digit = _Text(str(answer.digit), layout.type_size, colour, is_bold=True)
    digit.paint(painter, widget, middle, cell.top + layout.baseline)
    if is_unsure:
        sign = _Text("?", max(layout.type_size * SIGN, SMALLEST_SIGN), colour, is_bold=True)
        edge = cell.left + cell.width - sign.width(widget) / 2
        sign.paint(painter, widget, edge, cell.top + layout.pad + sign.size * CAP_HEIGHT)
    if is_in_doubt:
        return
    beneath = cell.top + layout.baseline + GAP
    if layout.caption is Caption.BAR:
        bar = colour if is_unsure else QColor(current_colours().faint_text)  # or it would underline the number
        _paint_bar(painter, QRectF(cell.left, beneath, cell.width, layout.caption.height), answer, bar)
        return
    sign_text = "" if layout.caption is Caption.FIGURES else " %"
    lines = [f"{short_percent(answer.confidence)}{sign_text}", *(f"or {other}" for other in other_digits(answer))]
    faint = QColor(current_colours().faint_text)
    for number, line in enumerate(lines):
        caption = _Text(line, CAPTION, colour if number else faint)
        caption.paint(painter, widget, middle, beneath + (number + 0.8) * CAPTION_LINE)


def paint_ellipsis(painter: QPainter, widget: QWidget, layout: NumberLayout, cell: Cell) -> None:
    """Paint that there are more digits than there is room for."""
    text = _Text("…", layout.type_size, QColor(current_colours().faint_text))
    text.paint(painter, widget, cell.left + cell.width / 2, cell.top + layout.baseline)


def paint_selection(painter: QPainter, cell: Cell, *, has_focus: bool) -> None:
    """Paint what marks the digit that is looked at: a ground and a line below it, and a frame for the keyboard's."""
    colours, box = current_colours(), _box(cell)
    painter.setPen(QPen(QColor(colours.accent), 1.5) if has_focus else Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.hover))
    painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), CORNER, CORNER)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.accent))
    painter.drawRoundedRect(QRectF(box.left() + 3, box.bottom() - 2.5, box.width() - 6, 2.5), 1, 1)


def short_percent(probability: float) -> int:
    """A probability in whole percent that is never rounded up to certainty."""
    return min(round(probability * 100), 99) if probability < 1 else 100


def other_digits(answer: Recognition) -> tuple[int, ...]:
    """What an unsure digit may be instead."""
    return named_digits(answer)[1:] if answer.verdict == Verdict.UNSURE else ()


def _paint_bar(painter: QPainter, room: QRectF, answer: Recognition, colour: QColor) -> None:
    """A line as long as the digit is sure."""
    scale = text_scale()
    left, width = room.left() + room.width() * 0.12, room.width() * 0.76
    for share, paint in ((1.0, QColor(current_colours().track)), (answer.confidence, colour)):
        place = QRectF(left * scale, room.top() * scale, width * share * scale, room.height() * scale)
        painter.fillRect(place, paint)


def _box(cell: Cell) -> QRectF:
    scale = text_scale()
    return QRectF(cell.left * scale, cell.top * scale, cell.width * scale, cell.height * scale)


class _Text:
    """A short text in a size at texts' actual size."""

    def __init__(self, text: str, size: float, colour: QColor, *, is_bold: bool = False) -> None:
        self.text = text
        self.size = size
        self._colour = colour
        self._is_bold = is_bold

    def width(self, widget: QWidget) -> float:
        metrics = QFontMetricsF(sized_font(widget, max(int(self.size), 1), bold=self._is_bold))
        return metrics.horizontalAdvance(self.text) / text_scale()

    def paint(self, painter: QPainter, widget: QWidget, middle: float, baseline: float) -> None:
        """Centre it around `middle`, on `baseline`."""
        scale = text_scale()
        painter.setFont(sized_font(widget, max(int(self.size), 1), bold=self._is_bold))
        painter.setPen(self._colour)
        left = middle - self.width(widget) / 2
        painter.drawText(QPointF(left * scale, baseline * scale), self.text)
