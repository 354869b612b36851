"""The answer: the digit in large type, how sure it is, and ten bars."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from core.calm import is_sure, name_candidates, named_digits
from core.percentages import probability_text
from core.recognizer import BLANK, Recognition, Verdict
from gui.theme import MARGIN, SPACING, current_colours, follow_text_scale, set_look, set_text, sized_font, text_pixels

DIGIT_PIXELS = 84
ROW, TALLEST_ROW = 17, 46
DIGIT_WIDTH, PERCENT_WIDTH = 24, 64


class ResultPanel(QFrame):
    """Shows an answer: live in the bars, calm in words and large type. Nothing in it moves when the answer changes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.digit = _label("digit")
        set_text(self.digit, DIGIT_PIXELS, bold=True)
        self.digit.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.verdict = _label("verdict")
        set_text(self.verdict, 22, bold=True, lines=1)  # or an empty one would be lower
        self.confidence = _label("confidence")
        set_text(self.confidence, 15, lines=1)
        self.confidence.setProperty("faint", True)
        self.bars = ProbabilityBars()
        self._lay_out()
        follow_text_scale(self._fit_text)
        self.show_answer(BLANK, BLANK)

    def show_answer(self, answer: Recognition, announcement: Recognition | None, is_in_doubt: bool = False) -> None:
        """Show the model's `answer` in the bars, and say the `announcement`; None: it is not clear yet.

        While the announcement `is_in_doubt` its digit stays, and nothing is claimed of it.
        """
        said = None if is_in_doubt and announcement != BLANK else announcement
        self.digit.setText(digit_text(announcement))
        is_prompt_over = announcement == BLANK and answer.digit is not None
        self.verdict.setText("" if is_prompt_over else verdict_text(said))
        self.confidence.setText(confidence_text(said, answer))
        set_look(self.verdict, "tone", _tone(said))
        self.bars.show_answer(answer, said)

    def _fit_text(self) -> None:
        self.digit.setFixedSize(text_pixels(76), text_pixels(DIGIT_PIXELS + 8))

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
        self._may_be_none = False
        self._marked: tuple[int, ...] = ()
        follow_text_scale(self._fit_text)

    def show_answer(self, answer: Recognition, announcement: Recognition | None) -> None:
        """Show the probabilities of `answer`, and mark the digit, or both candidates, of the `announcement`."""
        before = self._looks()
        self.probabilities = answer.probabilities
        self._is_blank = answer.digit is None
        self._may_be_none = _may_be_none(announcement)
        self._marked = named_digits(announcement)
        spoken = ", ".join(f"{digit}: {probability_text(p)}" for digit, p in enumerate(self.probabilities))
        self.setAccessibleDescription("" if self._is_blank or self._may_be_none else spoken)
        for digit, (old, new) in enumerate(zip(before, self._looks(), strict=True)):
            if new != old:
                self.update(self._row(digit).toAlignedRect())

    def _fit_text(self) -> None:
        self.setMinimumSize(text_pixels(220), 10 * text_pixels(ROW))

    def _looks(self) -> list[tuple[object, ...]]:
        """For each row something that changes whenever what is painted in it does."""
        manner = (self._is_blank, self._may_be_none)
        return [
            (probability_text(probability), digit in self._marked, *manner)
            for digit, probability in enumerate(self.probabilities)
        ]

    def _row(self, digit: int) -> QRectF:
        height = min(self.height() / 10, text_pixels(TALLEST_ROW))
        return QRectF(0, digit * height, self.width(), height)

    def sizeHint(self) -> QSize:
        # no more than the least: in a low window nothing shall have to be scrolled
        return QSize(text_pixels(300), 10 * text_pixels(ROW))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(event.rect(), QColor(current_colours().card))
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
        if self._may_be_none:  # “> 99.9 %” beside “not a digit”, or “or no digit?”, would be a contradiction
            return
        painter.setPen(text)
        place = QRectF(row.right() - right, row.top(), right, row.height())
        painter.drawText(
            place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, probability_text(probability)
        )

    def _bar_colour(self, *, is_marked: bool) -> QColor:
        colours = current_colours()
        colour = QColor(colours.accent if is_marked else colours.faint_text)
        if self._may_be_none:
            colour.setAlphaF(0.45)
        return colour


def digit_text(announcement: Recognition | None) -> str:
    """The digit, "?" where there is none to be seen, and nothing for a blank pad or while it is not clear yet."""
    if announcement is None or announcement.verdict == Verdict.BLANK:
        return ""
    return "?" if announcement.verdict == Verdict.NOT_A_DIGIT else str(announcement.digit)


def verdict_text(announcement: Recognition | None) -> str:
    """One short sentence for how sure an answer is."""
    if announcement is None:
        return "not sure yet"
    if announcement.verdict == Verdict.BLANK:
        return "draw a digit"
    if announcement.verdict == Verdict.NOT_A_DIGIT:
        return "not a digit"
    if announcement.verdict == Verdict.UNSURE:
        digits = name_candidates(announcement)
        return f"{digits[0]} or {digits[1]}?" if len(digits) > 1 else f"{digits[0]} or no digit?"
    return "sure" if is_sure(announcement) else "fairly sure"


def confidence_text(announcement: Recognition | None, answer: Recognition | None = None) -> str:
    """How sure the model is of what is announced: of both candidates where there are two.

    The numbers are those of `answer`, the model's own answer now. No number where it may be no digit at all.
    """
    if announcement is None or announcement.digit is None:
        return ""
    if announcement.verdict == Verdict.NOT_A_DIGIT:
        return f"nearest: {announcement.digit}"
    digits = named_digits(announcement)
    if _may_be_none(announcement):
        return f"{digits[0]} if it is one"
    probabilities = (answer or announcement).probabilities
    return " and ".join(probability_text(probabilities[digit]) for digit in digits)


def _may_be_none(announcement: Recognition | None) -> bool:
    """Whether it is said that there may be no digit at all."""
    if announcement is None:
        return False
    is_doubted = announcement.verdict == Verdict.UNSURE and len(name_candidates(announcement)) == 1
    return announcement.verdict == Verdict.NOT_A_DIGIT or is_doubted


def _tone(announcement: Recognition | None) -> str:
    """The style sheet's name for the colour in which it is said."""
    tones = {Verdict.DIGIT: "good", Verdict.UNSURE: "doubtful", Verdict.NOT_A_DIGIT: "bad"}
    return tones.get(announcement.verdict, "faint") if announcement is not None else "faint"


def _label(name: str) -> QLabel:
    label = QLabel()  # without an accessible name: it would be read aloud instead of the text
    label.setObjectName(name)
    return label
