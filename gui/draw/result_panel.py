"""The answer: the digit or number in large type, how sure it is, ten bars, and what it really is."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from core.recognition.answers import Answer
from core.recognition.numbers import NumberReading
from core.recognition.recognizer import BLANK, Recognition, Verdict
from core.samples.sample import NO_DIGIT, Sample
from core.wording.answer_phrases import AnswerPhrase
from gui.draw.answer_head import LARGE_DIGIT, SMALL_DIGIT, AnswerHead
from gui.draw.label_row import LabelRow
from gui.draw.probability_bars import ProbabilityBars
from gui.widgets.card import Card
from gui.widgets.theme import MARGIN, SPACING, text_pixels

TIGHT = 7, 8, 5
"""Margins above and below the parts, and the space between them, where there is little room."""


class ResultPanel(Card):
    """Shows the model's own answer in bars, the announced one in words and large type. Nothing in it ever moves.

    Signals
    -------
    pointed, chosen
        The digit of a number that somebody wants to see, as `NumberLabel` says.
    sample_chosen
        The number of the user's own sample that decided: somebody wants to see it.
    """

    pointed = Signal(object)
    chosen = Signal(int)
    sample_chosen = Signal(int)

    def __init__(
        self,
        label_actions: Mapping[int, QAction],
        find_sample: Callable[[int], Sample | None],
        parent: QWidget | None = None,
    ) -> None:
        """`label_actions` keep the digit that is looked at, by label; `find_sample` finds one of the user's own."""
        super().__init__(parent)
        self._find_sample = find_sample
        self.head = AnswerHead()
        self.head.thumbnail.chosen.connect(self.sample_chosen)
        self.digit, self.verdict = self.head.digit, self.head.words.verdict
        self.head.digit.pointed.connect(self.pointed)
        self.head.digit.chosen.connect(self.chosen)
        self.bars = ProbabilityBars()
        self.labels = LabelRow(label_actions)
        self._layout = layout = self.make_column(bottom=MARGIN)
        layout.setSpacing(SPACING)
        layout.addWidget(self.head)
        layout.addWidget(self.labels)  # above the bars: it is in sight where these are scrolled to
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
        said_of_one = answer if isinstance(said, NumberReading) else said
        decider = said_of_one.sample if said_of_one is not None else None
        sample = self._find_sample(decider) if decider is not None else None
        self.head.show_answer(answer, announcement, said, selected=selected, unread=unread, sample=sample)
        self.bars.show_answer(answer, said_of_one)
        self._mark_label(said_of_one)

    def show_phrase(self, phrase: AnswerPhrase, **values: object) -> None:
        """Show no answer, but only a phrase and what it mentions."""
        self.head.show_phrase(phrase, **values)
        self.bars.show_answer(BLANK, BLANK)
        self._mark_label(None)

    def _mark_label(self, said: Recognition | None) -> None:
        """Mark the label that `said` gives, and ask for another where it is in doubt."""
        if said is None or said.digit is None:
            self.labels.show_answer(None, is_asked=False)
        else:
            label = NO_DIGIT if said.verdict == Verdict.NOT_A_DIGIT else said.digit
            self.labels.show_answer(label, is_asked=said.verdict != Verdict.DIGIT)

    def least_width(self) -> int:
        """The width that the bars and labels need; the words above them get smaller type instead."""
        return 2 * MARGIN + max(self.bars.minimumWidth(), self.labels.least_width())

    def set_tight(self, is_tight: bool) -> None:
        """Leave as little room as possible between the parts, or the usual one."""
        top, bottom, spacing = TIGHT if is_tight else (SPACING, MARGIN, SPACING)
        self._layout.setContentsMargins(MARGIN, top, MARGIN, bottom)
        self._layout.setSpacing(spacing)
        self.bars.set_tight(is_tight)

    def fit(self, width: int, height: int) -> None:
        """Set the answer in the largest type that fits into `width` x `height` pixels."""
        around = self.bars.minimumHeight() + self.labels.minimumHeight() + 2 * MARGIN + 3 * SPACING
        is_high = height >= text_pixels(LARGE_DIGIT * 1.25) + around
        self.head.fit(LARGE_DIGIT if is_high else SMALL_DIGIT)
