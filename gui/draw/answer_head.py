"""The answer's upper part: the digit or number in large type, and how sure it is, beside or below it."""

from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.recognition.answer_text import digit_text
from core.recognition.answers import Answer, named_digits
from core.recognition.numbers import NumberReading
from core.recognition.recognizer import BLANK, Recognition
from core.samples.sample import Sample
from core.wording.answer_phrases import AnswerPhrase
from gui.draw.answer_words import SMALLEST, WORDS, AnswerWords
from gui.draw.number_label import NumberLabel
from gui.draw.number_layout import Caption, NumberLayout
from gui.draw.sample_thumbnail import SampleThumbnail
from gui.widgets.theme import SPACING, set_text, sized_font, text_pixels, text_scale

LARGE_DIGIT, SMALL_DIGIT = 84, 44
SINGLE_WIDTH = 0.9
"""The width of the place of a single digit, in sizes of its type."""
LINE = 1.35
"""The height of the words' line, in sizes of its type."""
CLEARLY_LARGER = 1.1
"""So much larger must a number be above the words, or it stands beside them as a digit does."""


class AnswerHead(QWidget):
    """Shows the announced answer. Its height never changes with what it says, and its labels are in no layout."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.digit = NumberLabel(self)
        self.words = AnswerWords(self)
        self.thumbnail = SampleThumbnail(self)
        self._type = SMALL_DIGIT
        self._placed: tuple[object, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_answer(
        self,
        answer: Recognition,
        announcement: Answer | None,
        said: Answer | None,
        *,
        selected: int | None,
        unread: int,
        sample: Sample | None = None,
    ) -> None:
        """Show the `announcement` in large type, and what is `said` of it in words; None: nothing is certain.

        `answer` is the model's own answer now, `selected` the digit of a number that is looked at, `unread` counts
        marks that were not read, and `sample` is the one that decided.
        """
        self.thumbnail.show_sample(sample)
        number = announcement if isinstance(announcement, NumberReading) else None
        self.digit.show_text(digit_text(announcement), number, is_in_doubt=said is None, selected=selected)
        is_prompt_over = announcement == BLANK and answer.digit is not None
        self.words.say(said, answer, is_silent=is_prompt_over)
        self.words.say_unread(unread)
        self._place()

    def show_phrase(self, phrase: AnswerPhrase, **values: object) -> None:
        """Show no answer, but only a phrase."""
        self.thumbnail.show_sample(None)
        self.digit.show_text("", None, is_in_doubt=False, selected=None)
        self.words.say_phrase(phrase, **values)
        self.words.say_unread(0)
        self._place()

    def fit(self, size: int) -> None:
        """Show digits in type of `size`, in pixels at texts' actual size, and numbers in the height that this takes."""
        self._type = size
        set_text(self.digit, size, bold=True)
        self.setFixedHeight(QFontMetrics(sized_font(self, size, bold=True)).lineSpacing() + 2)
        self._placed = ()
        self._place()

    def _place(self) -> None:
        """Give all labels the places that fit what they say, where these differ from the ones they have."""
        looks = self._looks()
        if looks != self._placed:
            self._placed = looks
            if self.digit.number is None:
                self._place_beside(self._type * SINGLE_WIDTH)
            else:
                self._place_number()
        self.words.fit_confidence()
        self.thumbnail.place(self.words.room_beside(self.rect()))

    def _looks(self) -> tuple[object, ...]:
        """What the places depend on."""
        number = self.digit.number
        if number is None:
            return self.size(), self.words.marks
        rows = tuple(digit.row for digit in number.digits)
        doubts = tuple(named_digits(digit.recognition)[1:] for digit in number.digits)
        return self.size(), self.words.marks, rows, doubts, self.words.verdict.text()

    def _place_number(self) -> None:
        width, height = self.width() / text_scale(), self.height() / text_scale()
        words = max(min(self.words.width(), width / 2), self.words.width() * SMALLEST / WORDS + 2)
        beside = self.digit.measure(max(width - SPACING - words, 1.0), height, self._type)
        share = self.words.share_in_line(width)
        line = max(share * WORDS, SMALLEST) * LINE
        above = self.digit.measure(width, height - line, self._type)
        if self._is_better(above, beside) and (share * WORDS >= SMALLEST + 1 or self._needs_line(above, beside, width)):
            top = self.height() - text_pixels(line)
            self.digit.take(above)
            self.digit.setGeometry(0, 0, self.width(), top)
            self.words.place_in_line(top, self.rect(), share)
        else:
            self.digit.take(beside)
            self._place_beside(beside.width)

    def _is_better(self, above: NumberLayout, beside: NumberLayout) -> bool:
        """Whether a number is shown better above the words than beside them: more digits of it, or clearly larger."""
        if above.shown != beside.shown:
            return above.shown > beside.shown
        says_less = above.caption is Caption.BAR and beside.caption is not Caption.BAR
        return above.type_size > CLEARLY_LARGER * beside.type_size and not says_less

    def _needs_line(self, above: NumberLayout, beside: NumberLayout, width: float) -> bool:
        """Whether words in the smallest type, of which some may have no room, are the price of more digits."""
        return above.shown > beside.shown and self.words.fit_in_line(width)

    def _place_beside(self, width: float) -> None:
        """The words beside the digits, which are `width` wide at texts' actual size."""
        left = text_pixels(width)
        self.digit.setGeometry(0, 0, left, self.height())
        self.words.place_lines(left + SPACING, self.rect())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()
        super().resizeEvent(event)
