"""The reliability diagram: how often answers are right, over how sure the network was."""

from PySide6.QtCore import QLineF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.judging.model_tests import ModelTest
from core.judging.reliability import BINS, ReliabilityBin, reliability
from core.wording.percentages import accuracy_text
from gui.train.plot_axes import Span
from gui.train.plot_painting import Frame, paint_axes
from gui.widgets.theme import current_colours, follow_text_scale, follow_theme, sized_font, text_pixels

NUMBERS, COUNTS = 12, 11
"""Pixels of the numbers beside the axes, and above the bars."""
LEFT, RIGHT, TOP, BOTTOM = 48, 26, 22, 24
BAR_SHARE = 0.8
BAR_ALPHA = 150
LEAST_HEIGHT, WIDEST = 220, 720
LEAST_WIDTH = 260


class ReliabilityPlot(QWidget):
    """A bar for each tenth of confidence, as high as its answers are right, with their number above it.

    Of honest confidences, each bar ends at the dashed line. The answers left of the upright line are refused.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reliability")
        self.bins: list[ReliabilityBin] = []
        self.refuse_below = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        follow_theme(self.update)
        follow_text_scale(self.updateGeometry)

    def show_test(self, test: ModelTest) -> None:
        """Show the answers of the model that was tested."""
        self.bins = reliability(test.model.answers)
        said = [self.tr("Accuracy over confidence")]
        for one in self.bins:
            text = self.tr("{0:.0f} to {1:.0f} % sure: {2} of {3:,} right")
            said.append(text.format(100 * one.low, 100 * one.high, accuracy_text(one.accuracy), one.count))
        self.setAccessibleName(". ".join(said))
        self.update()

    def show_threshold(self, refuse_below: float) -> None:
        """Show from which confidence on answers are given, in [0, 1]."""
        self.refuse_below = refuse_below
        self.update()

    def _frame(self) -> Frame:
        left, right, top, bottom = map(text_pixels, (LEFT, RIGHT, TOP, BOTTOM))
        area = QRectF(self.rect()).adjusted(left, top, -right, -bottom)
        return Frame(area, Span(0, 1), Span(0, 1))

    def _paint_bars(self, painter: QPainter, frame: Frame, font: QFont) -> None:
        colours, width = current_colours(), frame.area.width() / BINS * BAR_SHARE
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        for one in self.bins:
            middle, top = frame.x((one.low + one.high) / 2), frame.y(one.accuracy)
            bar = QRectF(middle - width / 2, top, width, frame.area.bottom() - top)
            colour = QColor(colours.training)
            colour.setAlpha(BAR_ALPHA)
            painter.fillRect(bar, colour)
            painter.setPen(QColor(colours.text))
            room = QRectF(middle - width, top - metrics.height(), 2 * width, metrics.height())
            painter.drawText(room, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom, f"{one.count:,}")

    def _paint_lines(self, painter: QPainter, frame: Frame) -> None:
        colours = current_colours()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colours.faint_text), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QLineF(frame.x(0), frame.y(0), frame.x(1), frame.y(1)))
        painter.setPen(QPen(QColor(colours.validation), 2))
        at = frame.x(self.refuse_below)
        painter.drawLine(QLineF(at, frame.area.top(), at, frame.area.bottom()))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, frame = QPainter(self), self._frame()
        steps = (0, 0.2, 0.4, 0.6, 0.8, 1)
        texts = [(step, f"{100 * step:.0f} %") for step in steps]
        paint_axes(painter, frame, across=texts, up=texts, font=sized_font(self, NUMBERS))
        self._paint_bars(painter, frame, sized_font(self, COUNTS))
        self._paint_lines(painter, frame)
        painter.end()

    def sizeHint(self) -> QSize:
        return QSize(text_pixels(WIDEST), text_pixels(LEAST_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(text_pixels(LEAST_WIDTH), text_pixels(LEAST_HEIGHT))
