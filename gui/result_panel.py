"""The answer: the digit in large type, how sure it is, and ten bars."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from core.percentages import probability_text
from core.recognizer import BLANK, Recognition, Verdict
from gui.theme import MARGIN, SPACING, current_colours, sized_font

DIGIT_PIXELS = 84
TALLEST_ROW = 46.0
PERCENT_WIDTH = 64


class ResultPanel(QFrame):
    """Shows a `Recognition`. Nothing in it moves when the answer changes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.digit = _label("digit")
        self.digit.setFont(sized_font(self, DIGIT_PIXELS, bold=True))
        self.digit.setFixedWidth(76)
        self.digit.setFixedHeight(DIGIT_PIXELS + 8)
        self.digit.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.verdict = _label("verdict")
        self.verdict.setFont(sized_font(self, 22, bold=True))
        self.confidence = _label("confidence")
        self.confidence.setFont(sized_font(self, 15))
        self.confidence.setProperty("faint", True)
        for label in (self.verdict, self.confidence):
            label.setFixedHeight(label.fontMetrics().lineSpacing() + 2)  # or an empty one would be lower
        self.bars = ProbabilityBars()
        self._lay_out()
        self._shown = BLANK
        self.show_recognition(BLANK)

    def show_recognition(self, recognition: Recognition) -> None:
        """Show an answer."""
        self._shown = recognition
        self.digit.setText(digit_text(recognition))
        self.verdict.setText(verdict_text(recognition))
        self.confidence.setText(confidence_text(recognition))
        _colour(self.verdict, _verdict_colour(recognition.verdict))
        self.bars.show_recognition(recognition)

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch()
        words.addWidget(self.verdict)
        words.addWidget(self.confidence)
        words.addStretch()
        head = QHBoxLayout()
        head.setSpacing(SPACING)
        head.addWidget(self.digit)
        head.addLayout(words, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, SPACING, MARGIN, MARGIN)
        layout.setSpacing(SPACING)
        layout.addLayout(head)
        layout.addWidget(self.bars, 1)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            _colour(self.verdict, _verdict_colour(self._shown.verdict))
        super().changeEvent(event)


class ProbabilityBars(QWidget):
    """Ten bars, one for each digit, with percentages."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("probabilities")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(220, 10 * 17)
        self.probabilities: tuple[float, ...] = (0.0,) * 10
        self._is_blank = True
        self._is_trusted = False

    def show_recognition(self, recognition: Recognition) -> None:
        self.probabilities = recognition.probabilities
        self._is_blank = recognition.digit is None
        self._is_trusted = recognition.verdict in (Verdict.DIGIT, Verdict.UNSURE)
        spoken = ", ".join(f"{digit}: {probability_text(p)}" for digit, p in enumerate(self.probabilities))
        self.setAccessibleName(self.tr("Probabilities"))
        self.setAccessibleDescription("" if self._is_blank else spoken)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, 10 * 17)  # no more than the least: in a low window nothing shall have to be scrolled

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row = min(self.height() / 10, TALLEST_ROW)
        for digit, probability in enumerate(self.probabilities):
            self._paint_row(painter, digit, probability, QRectF(0, digit * row, self.width(), row))
        painter.end()

    def _paint_row(self, painter: QPainter, digit: int, probability: float, row: QRectF) -> None:
        colours = current_colours()
        best = not self._is_blank and probability == max(self.probabilities)
        painter.setFont(sized_font(self, 14, bold=best))
        painter.setPen(QColor(colours.text if best else colours.faint_text))
        painter.drawText(QRectF(row.left(), row.top(), 16, row.height()), Qt.AlignmentFlag.AlignVCenter, str(digit))
        thick = max(8.0, row.height() * 0.3)
        track = QRectF(row.left() + 24, row.center().y() - thick / 2, row.width() - 24 - PERCENT_WIDTH - 10, thick)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.track))
        painter.drawRoundedRect(track, thick / 2, thick / 2)
        if self._is_blank:
            return
        bar = QRectF(track)
        bar.setWidth(max(track.width() * probability, thick if probability >= 0.0005 else 0.0))
        painter.setBrush(QColor(colours.accent if best and self._is_trusted else colours.faint_text))
        painter.drawRoundedRect(bar, thick / 2, thick / 2)
        painter.setPen(QColor(colours.text if best else colours.faint_text))
        place = QRectF(row.right() - PERCENT_WIDTH, row.top(), PERCENT_WIDTH, row.height())
        painter.drawText(
            place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, probability_text(probability)
        )


def digit_text(recognition: Recognition) -> str:
    """The digit, "?" where there is none to be seen, and nothing for a blank pad."""
    if recognition.verdict == Verdict.BLANK:
        return ""
    return "?" if recognition.verdict == Verdict.NOT_A_DIGIT else str(recognition.digit)


def verdict_text(recognition: Recognition) -> str:
    """One short sentence for how sure an answer is."""
    if recognition.verdict == Verdict.BLANK:
        return "draw a digit"
    if recognition.verdict == Verdict.NOT_A_DIGIT:
        return "not a digit"
    if recognition.verdict == Verdict.UNSURE:
        first, second = recognition.candidates
        return f"{first} or {second}?"
    return "sure" if recognition.confidence >= 0.95 else "fairly sure"


def confidence_text(recognition: Recognition) -> str:
    """The confidence; for what is no digit, what the network would have said."""
    if recognition.digit is None:
        return ""
    if recognition.verdict == Verdict.NOT_A_DIGIT:
        return f"nearest: {recognition.digit}, {probability_text(recognition.confidence)}"
    return probability_text(recognition.confidence)


def _verdict_colour(verdict: Verdict) -> str:
    colours = current_colours()
    return {
        Verdict.DIGIT: colours.good,
        Verdict.UNSURE: colours.doubtful,
        Verdict.NOT_A_DIGIT: colours.bad,
        Verdict.BLANK: colours.faint_text,
    }[verdict]


def _colour(label: QLabel, colour: str) -> None:
    """Set a label's colour, only when it changes: a style sheet is not free."""
    sheet = f"color: {colour}"
    if label.styleSheet() != sheet:
        label.setStyleSheet(sheet)


def _label(name: str) -> QLabel:
    label = QLabel()  # without an accessible name: it would be read aloud instead of the text
    label.setObjectName(name)
    return label
