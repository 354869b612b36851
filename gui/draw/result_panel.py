"""The answer: the digit in large type, how sure it is, and ten bars."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from core.recognition.answer_text import confidence_text, digit_text, saying_of, verdict_text
from core.recognition.answers import Answer, named_digits
from core.recognition.numbers import NumberReading
from core.recognition.recognizer import BLANK, Recognition
from core.wording.answer_phrases import AnswerPhrase
from core.wording.percentages import probability_text
from gui.widgets.card import Card
from gui.widgets.theme import (
    MARGIN,
    SPACING,
    current_colours,
    follow_text_scale,
    set_look,
    set_text,
    sized_font,
    text_pixels,
)

LARGE_DIGIT, SMALL_DIGIT = 84, 44
WORDS, NUMBERS, SMALLEST_WORDS = 22, 15, 11
WIDEST = (AnswerPhrase.DOUBTED.words.format(digit=3), AnswerPhrase.UNDECIDED.words)
"""Of what is said beside the digit."""
TONES = {
    AnswerPhrase.SURE: "good",
    AnswerPhrase.FAIRLY_SURE: "good",
    AnswerPhrase.TWO_DIGITS: "doubtful",
    AnswerPhrase.DOUBTED: "doubtful",
    AnswerPhrase.UNSURE_DIGITS: "doubtful",
    AnswerPhrase.DOUBTED_DIGITS: "doubtful",
    AnswerPhrase.NOT_A_DIGIT: "bad",
}
"""The colours in which it is said, as the style sheet names them; everything else is faint."""
ROW, TALLEST_ROW = 15, 46
DIGIT_WIDTH, PERCENT_WIDTH = 24, 64
SHORTEST_BAR = 30


class ResultPanel(Card):
    """Shows the model's own answer in bars, the announced one in words and large type. Nothing in it ever moves."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.digit = _label("digit")
        self.digit.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.verdict = _label("verdict")
        self.confidence = _label("confidence")
        self.confidence.setProperty("faint", True)
        for label in (self.verdict, self.confidence):
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)  # `fit` chooses a type that fits
        self.bars = ProbabilityBars()
        self._lay_out()
        self.fit(0, 0)
        self.show_answer(BLANK, BLANK)

    def show_answer(self, answer: Recognition, announcement: Answer | None, is_in_doubt: bool = False) -> None:
        """Show the model's `answer` in the bars, and the `announcement` in words; None: nothing is certain yet.

        While the announcement `is_in_doubt`, its digit stays, but no verdict.
        """
        said = None if is_in_doubt and announcement != BLANK else announcement
        self.digit.setText(digit_text(announcement))
        is_prompt_over = announcement == BLANK and answer.digit is not None
        self.verdict.setText("" if is_prompt_over else verdict_text(said))
        self.confidence.setText(confidence_text(said, answer))
        set_look(self.verdict, "tone", TONES.get(saying_of(said), "faint"))
        self.bars.show_answer(answer, answer if isinstance(said, NumberReading) else said)

    def least_width(self) -> int:
        """The width that the bars need; the words above them get smaller type instead."""
        return 2 * MARGIN + self.bars.minimumWidth()

    def fit(self, width: int, height: int) -> None:
        """Set the answer in the largest type that fits into `width` x `height` pixels."""
        around = self.bars.minimumHeight() + 2 * MARGIN + 2 * SPACING
        digit = LARGE_DIGIT if height >= text_pixels(LARGE_DIGIT * 1.25) + around else SMALL_DIGIT
        room = width - 2 * MARGIN - SPACING - self._digit_width(digit)
        share = min(max(room, 0) / self._widest_words(), 1.0)
        set_text(self.digit, digit, bold=True, lines=1)
        self.digit.setFixedWidth(self._digit_width(digit))
        set_text(self.verdict, max(int(WORDS * share), SMALLEST_WORDS), bold=True, lines=1)
        set_text(self.confidence, max(int(NUMBERS * share), SMALLEST_WORDS), lines=1)

    def _digit_width(self, pixels: int) -> int:
        return text_pixels(pixels * 0.9)

    def _widest_words(self) -> int:
        metrics = QFontMetrics(sized_font(self, WORDS, bold=True))
        return max(metrics.horizontalAdvance(words) for words in WIDEST) + 2

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
        layout = self.make_column(bottom=MARGIN)
        layout.setSpacing(SPACING)
        layout.addLayout(head)
        layout.addWidget(self.bars, 1)


class ProbabilityBars(QWidget):
    """Ten bars, one for each digit, with percentages."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("probabilities")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # spares Qt painting the card below with each answer
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Probabilities"))
        self.probabilities: tuple[float, ...] = (0.0,) * 10
        self._is_blank = True
        self._may_be_no_digit = False
        self._marked: tuple[int, ...] = ()
        follow_text_scale(self._fit_text)

    def show_answer(self, answer: Recognition, announcement: Recognition | None) -> None:
        """Show the probabilities of `answer`, and mark the digit, or both candidates, of the `announcement`."""
        before = self._looks()
        self.probabilities = answer.probabilities
        self._is_blank = answer.digit is None
        self._may_be_no_digit = saying_of(announcement).may_be_no_digit
        self._marked = named_digits(announcement)
        spoken = ", ".join(f"{digit}: {probability_text(p)}" for digit, p in enumerate(self.probabilities))
        self.setAccessibleDescription("" if self._is_blank or self._may_be_no_digit else spoken)
        for digit, (old, new) in enumerate(zip(before, self._looks(), strict=True)):
            if new != old:
                self.update(self._row(digit).toAlignedRect())

    def _fit_text(self) -> None:
        self.setMinimumSize(text_pixels(DIGIT_WIDTH + PERCENT_WIDTH) + SHORTEST_BAR, 10 * text_pixels(ROW))

    def _looks(self) -> list[tuple[object, ...]]:
        """For each row, a value that changes whenever what is painted in it does."""
        common = (self._is_blank, self._may_be_no_digit)
        return [
            (probability_text(probability), digit in self._marked, *common)
            for digit, probability in enumerate(self.probabilities)
        ]

    def _row(self, digit: int) -> QRectF:
        height = min(self.height() / 10, text_pixels(TALLEST_ROW))
        return QRectF(0, digit * height, self.width(), height)

    def sizeHint(self) -> QSize:
        # no more than the least: in a low window nothing should need scrolling
        return QSize(text_pixels(300), 10 * text_pixels(ROW))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        # beyond the edge, where no other widget paints the part of a screen pixel that is left at 125 % or 150 %
        painter.fillRect(self.rect().adjusted(-1, -1, 1, 1), QColor(current_colours().card))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fonts = {is_bold: sized_font(self, 14, bold=is_bold) for is_bold in (False, True)}
        for digit in range(10):
            row = self._row(digit)
            if event.region().intersects(row.toAlignedRect()):
                painter.setFont(fonts[digit in self._marked])
                self._paint_row(painter, digit, row)
        painter.end()

    def _paint_row(self, painter: QPainter, digit: int, row: QRectF) -> None:
        colours, probability = current_colours(), self.probabilities[digit]
        is_marked = digit in self._marked
        text = QColor(colours.text if is_marked else colours.faint_text)
        painter.setPen(text)
        left, right = text_pixels(DIGIT_WIDTH), text_pixels(PERCENT_WIDTH)
        painter.drawText(QRectF(row.left(), row.top(), left, row.height()), Qt.AlignmentFlag.AlignVCenter, str(digit))
        thick = max(8.0, row.height() * 0.3)
        track = QRectF(row.left() + left, row.center().y() - thick / 2, row.width() - left - right - 10, thick)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.track))
        painter.drawRoundedRect(track, thick / 2, thick / 2)
        if self._is_blank:
            return
        bar = QRectF(track)
        bar.setWidth(max(track.width() * probability, thick if probability >= 0.0005 else 0.0))
        painter.setBrush(self._bar_colour(is_marked=is_marked))
        painter.drawRoundedRect(bar, thick / 2, thick / 2)
        if self._may_be_no_digit:  # “> 99.9 %” beside “not a digit”, or “or no digit?”, would be a contradiction
            return
        painter.setPen(text)
        place = QRectF(row.right() - right, row.top(), right, row.height())
        painter.drawText(
            place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, probability_text(probability)
        )

    def _bar_colour(self, *, is_marked: bool) -> QColor:
        colours = current_colours()
        colour = QColor(colours.accent if is_marked else colours.faint_text)
        if self._may_be_no_digit:
            colour.setAlphaF(0.45)
        return colour


def _label(name: str) -> QLabel:
    label = QLabel()  # without an accessible name: it would be read aloud instead of the text
    label.setObjectName(name)
    return label
