"""The answer: the digit or number in large type, how sure it is, and ten bars."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from core.recognition.answers import Answer
from core.recognition.numbers import NumberReading
from core.recognition.recognizer import BLANK, Recognition
from core.wording.answer_phrases import AnswerPhrase
from gui.draw.answer_head import LARGE_DIGIT, SMALL_DIGIT, AnswerHead
from gui.draw.probability_bars import ProbabilityBars
from gui.widgets.card import Card
from gui.widgets.theme import MARGIN, SPACING, text_pixels


class ResultPanel(Card):
    """Shows the model's own answer in bars, the announced one in words and large type. Nothing in it ever moves.

    Signals
    -------
    pointed, chosen
        The digit of a number that somebody wants to see, as `NumberLabel` says.
    """

    pointed = Signal(object)
    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head = AnswerHead()
        self.digit, self.verdict = self.head.digit, self.head.words.verdict
        self.head.digit.pointed.connect(self.pointed)
        self.head.digit.chosen.connect(self.chosen)
        self.bars = ProbabilityBars()
        layout = self.make_column(bottom=MARGIN)
        layout.setSpacing(SPACING)
        layout.addWidget(self.head)
        layout.addWidget(self.bars, 1)
        self.fit(0, 0)
        self.show_answer(BLANK, BLANK)

    def show_answer(
        self,
        answer: Recognition,
        announcement: Answer | None,
        is_in_doubt: bool = False,
        *,
        selected: int | None = None,
        unread: int = 0,
    ) -> None:
        """Show the model's `answer` in the bars, and the `announcement` in words; None: nothing is certain yet.

        Parameters
        ----------
        answer
            For the only digit, or the one of a number that is looked at.
        is_in_doubt
            Whether the announcement is in doubt: its digits stay, but no verdict.
        selected
            The place of the digit that is looked at.
        unread
            How many marks were not read.
        """
        said = None if is_in_doubt and announcement != BLANK else announcement
        self.head.show_answer(answer, announcement, said, selected=selected, unread=unread)
        self.bars.show_answer(answer, answer if isinstance(said, NumberReading) else said)

    def show_phrase(self, phrase: AnswerPhrase, **values: object) -> None:
        """Show no answer, but only a phrase and what it mentions."""
        self.head.show_phrase(phrase, **values)
        self.bars.show_answer(BLANK, BLANK)

    def least_width(self) -> int:
        """The width that the bars need; the words above them get smaller type instead."""
        return 2 * MARGIN + self.bars.minimumWidth()

    def fit(self, width: int, height: int) -> None:
        """Set the answer in the largest type that fits into `width` x `height` pixels."""
        around = self.bars.minimumHeight() + 2 * MARGIN + 2 * SPACING
        is_high = height >= text_pixels(LARGE_DIGIT * 1.25) + around
        self.head.fit(LARGE_DIGIT if is_high else SMALL_DIGIT)
