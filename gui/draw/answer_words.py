"""How sure the answer is, in words: labels that are placed by hand, in lines or in one line, and always fit."""

from PySide6.QtCore import QCoreApplication, QRect
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel, QWidget

from core.recognition.answer_text import confidence_text, saying_of, unread_text, verdict_text
from core.recognition.answers import Answer
from core.recognition.recognizer import Recognition
from core.wording.answer_phrases import AnswerPhrase
from gui.widgets.theme import set_look, set_text, sized_font, text_pixels, text_scale

WORDS, NUMBERS, SMALLEST = 22, 15, 11
"""Sizes of type of the verdict and of what else is said, and the smallest of both."""
WIDEST = (
    AnswerPhrase.DOUBTED.words.format(digit=3),
    AnswerPhrase.UNDECIDED.words,
    AnswerPhrase.TWO_DIGITS.words.format(digit=2026, other=2026),
)
"""Of what is said beside the digit or number."""
WIDEST_SHARES = "99.9 % and 99.9 %"
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
LINE_GAP, BETWEEN = 2, 10
"""Between lines, and between words in one line, in pixels."""


class AnswerWords:
    """The labels of the verdict, of its confidence, and of what was not read, on a `board`."""

    def __init__(self, board: QWidget) -> None:
        self.verdict, self.confidence, self.unread = (
            _label(name, board) for name in ("verdict", "confidence", "unread")
        )
        for label in (self.confidence, self.unread):
            label.setProperty("faint", True)
        self.marks = 0
        self._confidence = ""

    def say(self, said: Answer | None, answer: Recognition, *, is_silent: bool) -> None:
        """Say how sure `said` is, with the probabilities of `answer`; nothing of the verdict if `is_silent`."""
        self.verdict.setText("" if is_silent else verdict_text(said))
        self._confidence = confidence_text(said, answer)
        set_look(self.verdict, "tone", TONES.get(saying_of(said), "faint"))

    def say_phrase(self, phrase: AnswerPhrase, **values: object) -> None:
        """Say a phrase that is about no answer."""
        self.verdict.setText(phrase.words.format(**values))
        self._confidence = phrase.remark.format(**values)
        set_look(self.verdict, "tone", "faint")

    def say_unread(self, marks: int) -> None:
        """Say how many marks were not read."""
        self.marks = marks
        self.unread.setToolTip(unread_text(marks))

    def fit_confidence(self) -> None:
        """Say as much of the confidence as there is room for, and never half a word."""
        metrics, room = self.confidence.fontMetrics(), self.confidence.width()
        texts = (self._confidence, self._confidence.split(" and ")[0])
        fitting = (text for text in texts if metrics.horizontalAdvance(text) <= room)
        text = next(fitting, "")
        if text != self.confidence.text():
            self.confidence.setText(text)

    def room_beside(self, room: QRect) -> QRect:
        """What is free in `room` to the right of all words, or of those in the upper line if others reach its end."""
        shares_line = not self.unread.isHidden() and self.unread.y() == self.confidence.y()
        said = [self.verdict] if shares_line else [self.verdict, self.confidence, self.unread]
        ends = [label.x() + _advance(label, label.text()) for label in said if label.text() and not label.isHidden()]
        free = QRect(room)
        if self.verdict.y() + self.verdict.height() > self.confidence.y() > self.verdict.y():  # all in one line
            ends += [self.confidence.x() + _advance(self.confidence, self.confidence.text())]
            free.setTop(self.verdict.y())
            free.setRight(self.unread.x() - BETWEEN if shares_line else room.right())
        elif shares_line:
            free.setBottom(self.confidence.y() - LINE_GAP)
        free.setLeft(max(ends, default=room.left()) + text_pixels(BETWEEN))
        return free

    def width(self) -> float:
        """The width of the widest verdict, at texts' actual size."""
        return self._width_of(WIDEST, WORDS, bold=True)

    def share_in_line(self, width: float) -> float:
        """How much smaller type must be for all words to be in one line of `width`, at texts' actual size."""
        needed = self.width() + BETWEEN + self._width_of((WIDEST_SHARES,), NUMBERS)
        if self.marks:
            needed += BETWEEN + self._width_of((self._short_unread(),), NUMBERS)
        return min(width / needed, 1.0)

    def fit_in_line(self, width: float) -> bool:
        """Whether the verdict and what was not read fit one line of `width` in the smallest type."""
        needed = self._width_of((self.verdict.text(),), SMALLEST, bold=True)
        if self.marks:
            needed += BETWEEN + self._width_of((self._short_unread(),), SMALLEST)
        return needed <= width

    def place_lines(self, left: int, room: QRect) -> None:
        """Place the words one below the other, from `left` on, in the middle of `room`."""
        width = max(room.width() - left, 0)
        self._set_type(min(width / text_pixels(self.width()), 1.0))
        lines = [self.verdict, self.confidence]
        whole = unread_text(self.marks)
        has_line = self.marks > 0 and _height_of([*lines, self.unread]) <= room.height()
        if has_line:
            self.unread.setText(whole if _advance(self.unread, whole) <= width else self._short_unread())
            lines.append(self.unread)
        top = (room.height() - _height_of(lines)) // 2
        for label in lines:
            label.setGeometry(left, top, width, label.minimumHeight())
            top += label.height() + LINE_GAP
        self._share_line(left, room.width(), needed=self.marks > 0 and not has_line)

    def place_in_line(self, top: int, room: QRect, share: float) -> None:
        """Place the words in one line, `top` pixels below the upper edge of `room`, in smaller type."""
        self._set_type(share)
        used = _advance(self.verdict, self.verdict.text()) if self.verdict.text() else 0
        self.verdict.setGeometry(0, top, used, self.verdict.minimumHeight())
        left = used + text_pixels(BETWEEN) if used else 0
        lower = self.verdict.fontMetrics().ascent() - self.confidence.fontMetrics().ascent()
        self.confidence.setGeometry(left, top + lower, room.width() - left, self.confidence.minimumHeight())
        self._share_line(left, room.width(), needed=self.marks > 0)

    def _share_line(self, left: int, end: int, *, needed: bool) -> None:
        """Say shortly what was not read in the line of the confidence, at its `end`, if that is `needed`."""
        self.unread.setVisible(self.marks > 0)
        if needed:
            self.unread.setText(self._short_unread())
            start = max(end - _advance(self.unread, self.unread.text()), left)
            line = self.confidence.geometry()
            self.unread.setGeometry(start, line.top(), end - start, line.height())
            self.confidence.setGeometry(left, line.top(), max(start - left - BETWEEN, 0), line.height())

    def _short_unread(self) -> str:
        return QCoreApplication.translate("AnswerWords", "{0} not read").format(self.marks)

    def _set_type(self, share: float) -> None:
        set_text(self.verdict, max(int(WORDS * share), SMALLEST), bold=True, lines=1)
        for label in (self.confidence, self.unread):
            set_text(label, max(int(NUMBERS * share), SMALLEST), lines=1)

    def _width_of(self, texts: tuple[str, ...], size: int, *, bold: bool = False) -> float:
        metrics = QFontMetrics(sized_font(self.verdict, size, bold=bold))
        return (max(map(metrics.horizontalAdvance, texts)) + 2) / text_scale()


def _advance(label: QLabel, text: str) -> int:
    return label.fontMetrics().horizontalAdvance(text) + 2


def _height_of(labels: list[QLabel]) -> int:
    return sum(label.minimumHeight() for label in labels) + LINE_GAP * (len(labels) - 1)


def _label(name: str, board: QWidget) -> QLabel:
    label = QLabel(board)  # without an accessible name: it would be read aloud instead of the text
    label.setObjectName(name)
    return label
