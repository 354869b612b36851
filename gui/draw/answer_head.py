"""The answer's upper part: the digit or number in large type, and how sure it is, beside or below it."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from core.recognition.answer_text import confidence_text, digit_text, saying_of, unread_text, verdict_text
from core.recognition.answers import Answer
from core.recognition.numbers import NumberReading
from core.recognition.recognizer import BLANK, Recognition
from core.wording.answer_phrases import AnswerPhrase
from gui.draw.number_label import NumberLabel
from gui.draw.number_painting import other_digits
from gui.widgets.theme import SPACING, set_look, set_text, sized_font, text_pixels, text_scale

LARGE_DIGIT, SMALL_DIGIT = 84, 44
WORDS, NUMBERS, SMALLEST_WORDS = 22, 15, 11
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
LINE, LINE_GAP = 1.35, 2
"""The height of a line in sizes of its type, and pixels between lines."""
CLEARLY_LARGER = 1.1
"""So much larger must a number be above the words, or it stands beside them as a digit does."""
BETWEEN = 10
"""Between words in one line."""


class AnswerHead(QWidget):
    """Shows the announced answer. Its height never changes with what it says, and its labels are in no layout."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.digit = NumberLabel(self)
        self.verdict = _label("verdict", self)
        self.confidence = _label("confidence", self)
        self.unread = _label("unread", self)
        for label in (self.confidence, self.unread):
            label.setProperty("faint", True)
        self._type = SMALL_DIGIT
        self._marks = 0
        self._placed: tuple[object, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_answer(
        self, answer: Recognition, announcement: Answer | None, said: Answer | None, selected: int | None
    ) -> None:
        """Show the `announcement` in large type, and what is `said` of it in words; None: nothing is certain.

        `answer` is the model's own answer now, and `selected` the digit of a number that is looked at.
        """
        number = announcement if isinstance(announcement, NumberReading) else None
        self.digit.show_text(digit_text(announcement), number, is_in_doubt=said is None, selected=selected)
        is_prompt_over = announcement == BLANK and answer.digit is not None
        self.verdict.setText("" if is_prompt_over else verdict_text(said))
        self.confidence.setText(confidence_text(said, answer))
        set_look(self.verdict, "tone", TONES.get(saying_of(said), "faint"))

    def show_unread(self, marks: int) -> None:
        """Say how many marks were not read."""
        self._marks = marks
        self.unread.setToolTip(unread_text(marks))

    def fit(self, size: int) -> None:
        """Show digits in type of `size`, in pixels at texts' actual size, and numbers in the height that this takes."""
        self._type = size
        set_text(self.digit, size, bold=True)
        self.setFixedHeight(QFontMetrics(sized_font(self, size, bold=True)).lineSpacing() + 2)
        self._placed = ()
        self.place()

    def place(self) -> None:
        """Give all labels the places that fit what they say."""
        number = self.digit.number
        shape = tuple(digit.row for digit in number.digits) if number else ()
        unsure = [bool(other_digits(digit.recognition)) for digit in number.digits] if number else []
        looks = (shape, any(unsure), self._marks, self.size(), number is not None and self.verdict.text())
        if looks == self._placed:
            return
        self._placed = looks
        width, height = self.width() / text_scale(), self.height() / text_scale()
        words = self._width_of(WIDEST, WORDS, bold=True)
        if number is None:
            self._place_beside(self._type * 0.9, words)
            return
        beside = self.digit.measure(width - SPACING - min(words, width / 2), height, self._type)
        line = self._share_below() * WORDS * LINE
        below = self.digit.measure(width, height - line, self._type)
        if below.type_size > CLEARLY_LARGER * beside.type_size:
            self.digit.take(below)
            self._place_above(line)
        else:
            self.digit.take(beside)
            self._place_beside(beside.width, words)

    def _place_beside(self, width: float, words: float) -> None:
        """The words beside the digits, which are `width` wide: in two lines, or three."""
        left = text_pixels(width)
        self.digit.setGeometry(0, 0, left, self.height())
        left += SPACING
        room = max(self.width() - left, 0)
        self._set_type(min(room / text_pixels(words), 1.0))
        lines: list[QLabel] = [self.verdict, self.confidence]
        if self._marks and self._height_of([*lines, self.unread]) <= self.height():
            lines.append(self.unread)
            self.unread.setText(unread_text(self._marks))
        top = (self.height() - self._height_of(lines)) // 2
        for label in lines:
            label.setGeometry(left, top, room, label.minimumHeight())
            top += label.height() + LINE_GAP
        self.unread.setVisible(self._marks > 0)
        if self._marks and self.unread not in lines:
            self._share_line(self.confidence, left)

    def _place_above(self, line: float) -> None:
        """The words in one line below the digits."""
        top = self.height() - text_pixels(line)
        self.digit.setGeometry(0, 0, self.width(), top)
        self._set_type(self._share_below())
        used = self.verdict.fontMetrics().horizontalAdvance(self.verdict.text()) + 2
        self.verdict.setGeometry(0, top, used, self.verdict.minimumHeight())
        left = used + text_pixels(BETWEEN) if used > 2 else 0
        lower = self.verdict.fontMetrics().ascent() - self.confidence.fontMetrics().ascent()
        room = max(self.width() - left, 0)
        self.confidence.setGeometry(left, top + lower, room, self.confidence.minimumHeight())
        self.unread.setVisible(self._marks > 0)
        if self._marks:
            self._share_line(self.confidence, left)

    def _share_line(self, label: QLabel, left: int) -> None:
        """Say shortly what was not read in the line of `label`, at its right end."""
        self.unread.setText(self.tr("{0} not read").format(self._marks))
        needed = self.unread.fontMetrics().horizontalAdvance(self.unread.text()) + 2
        place = QRect(label.geometry())
        place.setLeft(max(self.width() - needed, left))
        self.unread.setGeometry(place)
        label.setGeometry(left, label.y(), max(place.left() - left - 2, 0), label.height())

    def _set_type(self, share: float) -> None:
        set_text(self.verdict, max(int(WORDS * share), SMALLEST_WORDS), bold=True, lines=1)
        for label in (self.confidence, self.unread):
            set_text(label, max(int(NUMBERS * share), SMALLEST_WORDS), lines=1)

    def _share_below(self) -> float:
        """How much smaller words are when all of them are in one line."""
        needed = self._width_of(WIDEST, WORDS, bold=True) + BETWEEN + self._width_of((WIDEST_SHARES,), NUMBERS)
        if self._marks:
            needed += BETWEEN + self._width_of((self.tr("{0} not read").format(self._marks),), NUMBERS)
        return min(self.width() / text_scale() / needed, 1.0)

    def _width_of(self, texts: tuple[str, ...], size: int, *, bold: bool = False) -> float:
        """The width of the widest of `texts` in type of `size`, at texts' actual size."""
        metrics = QFontMetrics(sized_font(self, size, bold=bold))
        return (max(map(metrics.horizontalAdvance, texts)) + 2) / text_scale()

    def _height_of(self, labels: list[QLabel]) -> int:
        return sum(label.minimumHeight() for label in labels) + LINE_GAP * (len(labels) - 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.place()
        super().resizeEvent(event)


def _label(name: str, parent: QWidget) -> QLabel:
    label = QLabel(parent)  # without an accessible name: it would be read aloud instead of the text
    label.setObjectName(name)
    return label
