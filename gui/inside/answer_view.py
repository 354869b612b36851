"""The end of the network: a logit and a probability for each answer."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.digits.arrays import CLASSES
from core.recognition.recognizer import Recognition
from core.wording.percentages import probability_text
from gui.inside.scales import number_text, steady_scale
from gui.widgets.theme import current_colours, follow_text_scale, sized_font, text_pixels

ROW = 20
NAME, NUMBER, PERCENT = 64, 48, 60
SHORTEST_BAR = 40
Align = Qt.AlignmentFlag


class AnswerView(QWidget):
    """A row for each digit, and one for “no digit” of a network that knows it: its logit, then its probability."""

    def __init__(self, classes: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("answers")
        self.setAccessibleName(self.tr("Logits and probabilities"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._classes = classes
        self._logits: list[float] = []
        self._answer: Recognition | None = None
        self._scale = 1.0
        follow_text_scale(self._fit_text)

    @property
    def logits(self) -> list[float]:
        """What is shown, in the order of the rows."""
        return self._logits

    @property
    def answer(self) -> Recognition | None:
        """Whose probabilities are shown."""
        return self._answer

    def show_answer(self, logits: list[float], answer: Recognition) -> None:
        """Show the `logits` of ten or eleven classes, and the network's own `answer`."""
        self._logits, self._answer = logits, answer
        self._scale = steady_scale(self._scale, max(map(abs, logits)))
        rows = [
            self.tr("{0}: logit {1}, {2}").format(self._name(row), number_text(logit), self._percent(row))
            for row, logit in enumerate(logits)
        ]
        self.setAccessibleDescription("; ".join(rows))
        self.update()

    def halves(self) -> tuple[int, int, int]:
        """Where names end, and where the logits and the probabilities begin and end, in pixels from the left."""
        names = text_pixels(NAME)
        middle = names + (self.width() - names) // 2
        return names, middle, self.width()

    def _name(self, row: int) -> str:
        return str(row) if row < CLASSES else self.tr("no digit")

    def _probability(self, row: int) -> float:
        if self._answer is None:
            return 0.0
        return self._answer.probabilities[row] if row < CLASSES else self._answer.no_digit

    def _percent(self, row: int) -> str:
        return probability_text(self._probability(row))

    def _fit_text(self) -> None:
        self.setFixedHeight(self._classes * text_pixels(ROW))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(max(self.minimumSizeHint().width(), 440), self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(text_pixels(NAME + NUMBER + PERCENT) + 2 * SHORTEST_BAR, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._answer is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        names, middle, end = self.halves()
        height = text_pixels(ROW)
        for row, logit in enumerate(self._logits):
            is_answer = row == self._answer.digit
            top = row * height
            painter.setFont(sized_font(self, 13, bold=is_answer))
            painter.setPen(QColor(current_colours().text if is_answer else current_colours().faint_text))
            painter.drawText(QRectF(0, top, names, height), Align.AlignVCenter, self._name(row))
            self._paint_logit(painter, QRectF(names, top, middle - names, height), logit)
            self._paint_probability(painter, QRectF(middle, top, end - middle, height), row, is_answer=is_answer)
        painter.end()

    def _paint_logit(self, painter: QPainter, room: QRectF, logit: float) -> None:
        colours, number = current_colours(), text_pixels(NUMBER)
        painter.drawText(room.adjusted(0, 0, -14, 0), Align.AlignVCenter | Align.AlignRight, number_text(logit))
        track = room.adjusted(0, 0, -number - 14, 0)
        zero, reach = track.center().x(), track.width() / 2
        length = min(abs(logit) / self._scale, 1.0) * reach
        left = zero if logit >= 0 else zero - length
        colour = colours.validation if logit >= 0 else colours.training
        painter.fillRect(QRectF(left, track.top() + 4, length, track.height() - 8), QColor(colour))
        painter.fillRect(QRectF(zero - 0.5, track.top() + 1, 1, track.height() - 2), QColor(colours.border))

    def _paint_probability(self, painter: QPainter, room: QRectF, row: int, *, is_answer: bool) -> None:
        colours, percent = current_colours(), text_pixels(PERCENT)
        painter.drawText(room, Align.AlignVCenter | Align.AlignRight, self._percent(row))
        track = room.adjusted(0, 5, -percent - 8, -5)
        painter.fillRect(track, QColor(colours.track))
        bar = QRectF(track)
        bar.setWidth(track.width() * self._probability(row))
        painter.fillRect(bar, QColor(colours.accent if is_answer else colours.faint_text))
