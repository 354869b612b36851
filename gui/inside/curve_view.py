"""How an answer changes with damage: a curve over its amount."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.explaining.explainer import Curve
from core.recognition.recognizer import Recognition, Verdict
from gui.widgets.theme import current_colours, follow_text_scale, sized_font, text_pixels

PLOT, BAND = 110, 22
AXIS = 44
LINE, THIN = 3, 1.5
NONE = "–"
"""Stands in the band for what is no digit."""
Align = Qt.AlignmentFlag


class CurveView(QWidget):
    """The confidence in the undamaged answer, the best of the others, and below what is read, over the damage."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("curve")
        self.setAccessibleName(self.tr("The answer over the damage"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._curve: Curve | None = None
        self._digit: int | None = None
        self._amount = 0.0
        follow_text_scale(self._fit_text)

    @property
    def curve(self) -> Curve | None:
        """What is shown."""
        return self._curve

    def show_curve(self, curve: Curve, digit: int | None, amount: float) -> None:
        """Show a curve; `digit` is read without damage, and `amount` is the damage now."""
        self._curve, self._digit, self._amount = curve, digit, amount
        parts = [f"{text}: {share:.0%}" for text, share in self.stretches()]
        self.setAccessibleDescription(self.tr("Read over the range: {0}").format(", ".join(parts)))
        self.update()

    def stretches(self) -> list[tuple[str, float]]:
        """What is read, from the least damage to the most, each with the share of the range."""
        if self._curve is None:
            return []
        found: list[tuple[str, float]] = []
        for text in map(read_as, self._curve.answers):
            share = 1 / len(self._curve.answers)
            if found and found[-1][0] == text:
                share += found.pop()[1]
            found.append((text, share))
        return found

    def _confidences(self, curve: Curve) -> tuple[list[float], list[float]]:
        """Of the undamaged answer, and of the best other one, at each amount."""
        own = [answer.probabilities[self._digit] if self._digit is not None else 0.0 for answer in curve.answers]
        others = [
            max(share for digit, share in enumerate(answer.probabilities) if digit != self._digit)
            for answer in curve.answers
        ]
        return own, others

    def _plot(self) -> QRectF:
        left, top = text_pixels(AXIS), text_pixels(8)
        return QRectF(left, top, self.width() - left - 6, text_pixels(PLOT) - 2 * top)

    def _fit_text(self) -> None:
        self.setFixedHeight(text_pixels(PLOT + BAND))

    def sizeHint(self) -> QSize:
        return QSize(320, self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(text_pixels(AXIS) + 140, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_axes(painter)
        if self._curve is not None:
            own, others = self._confidences(self._curve)
            colours = current_colours()
            self._paint_line(painter, others, colours.validation, THIN)
            self._paint_line(painter, own, colours.training, LINE)
            self._paint_band(painter)
            self._paint_amount(painter, self._curve)
        painter.end()

    def _paint_axes(self, painter: QPainter) -> None:
        plot, colours = self._plot(), current_colours()
        painter.setFont(sized_font(self, 11))
        for share in (0.0, 0.5, 1.0):
            y = plot.bottom() - share * plot.height()
            painter.setPen(QColor(colours.border))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            painter.setPen(QColor(colours.faint_text))
            room = QRectF(0, y - text_pixels(8), plot.left() - 6, text_pixels(16))
            painter.drawText(room, Align.AlignRight | Align.AlignVCenter, f"{share:.0%}".replace("%", " %"))

    def _paint_line(self, painter: QPainter, shares: list[float], colour: str, width: float) -> None:
        plot, steps = self._plot(), max(len(shares) - 1, 1)
        points = [
            QPointF(plot.left() + plot.width() * place / steps, plot.bottom() - share * plot.height())
            for place, share in enumerate(shares)
        ]
        painter.setPen(QPen(QColor(colour), width, j=Qt.PenJoinStyle.RoundJoin))
        painter.drawPolyline(QPolygonF(points))

    def _paint_band(self, painter: QPainter) -> None:
        """What is read, in boxes as wide as their stretch of the range."""
        plot, colours, left = self._plot(), current_colours(), self._plot().left()
        painter.setFont(sized_font(self, 13, bold=True))
        for text, share in self.stretches():
            width = share * plot.width()
            box = QRectF(left, self.height() - text_pixels(BAND) + 3, max(width - 2, 1), text_pixels(BAND) - 4)
            is_own = text == str(self._digit)
            painter.fillRect(box, QColor(colours.training if is_own else colours.track))
            if width >= text_pixels(12):
                painter.setPen(QColor(colours.card if is_own else colours.text))
                painter.drawText(box, Align.AlignCenter, text)
            left += width

    def _paint_amount(self, painter: QPainter, curve: Curve) -> None:
        plot = self._plot()
        first, last = float(curve.amounts[0]), float(curve.amounts[-1])
        x = plot.left() + plot.width() * (self._amount - first) / (last - first)
        painter.setPen(QPen(QColor(current_colours().text), 1.5, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(x, 0), QPointF(x, self.height()))


def read_as(answer: Recognition) -> str:
    """What is read, in one character."""
    return NONE if answer.digit is None or answer.verdict == Verdict.NOT_A_DIGIT else str(answer.digit)
