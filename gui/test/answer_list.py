"""Which digits of a test the gallery shows, and what is said of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

import numpy as np
from PySide6.QtCore import QModelIndex, QObject, Qt

from core.judging.disputed import DisputedLabels
from core.judging.model_tests import ModelTest
from core.wording.percentages import probability_text
from gui.widgets.plain_text import plain_tool_tip
from gui.widgets.sections import Section
from gui.widgets.thumbnail_list import Index, Thumbnail, ThumbnailList

Role = Qt.ItemDataRole


class Which(Enum):
    """What is shown: all mistakes, what only one of two models reads right, disputed labels, or one cell."""

    MISTAKES = "mistakes"
    BETTER = "better"
    WORSE = "worse"
    DISPUTED = "disputed"
    CELL = "cell"


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown; of a cell of the confusion matrix, what the digits are and what they are read as."""

    which: Which = Which.MISTAKES
    truth: int = 0
    guess: int = 0


class AnswerList(ThumbnailList):
    """The digits that are shown, those of which the network was most sure first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.shown = Shown()
        self.disputed: DisputedLabels | None = None
        self._test: ModelTest | None = None
        self._places: Sequence[int] = ()
        self._row_of: dict[int, int] = {}

    def show_test(self, test: ModelTest | None, disputed: DisputedLabels | None) -> None:
        """Show the mistakes of a test, or nothing."""
        self._test, self.disputed, self.shown = test, disputed, Shown()
        self._arrange()

    def show_only(self, shown: Shown) -> None:
        """Show other digits of the test."""
        self.shown = shown
        self._arrange()

    def refresh(self) -> None:
        """Labels are disputed, or no longer."""
        self._arrange()

    def place(self, row: int) -> int:
        """Where in the test the digit in a row is."""
        return self._places[row]

    def title(self, shown: Shown) -> str:
        """ "Mistakes", "Only DigitPad reads them right", "3 read as 8"."""
        test = self._test
        names = (test.model.title, test.other.title if test is not None and test.other else "") if test else ("", "")
        match shown.which:
            case Which.BETTER:
                return self.tr("Only {0} is right").format(names[0])
            case Which.WORSE:
                return self.tr("Only {0} is right").format(names[1])
            case Which.DISPUTED:
                return self.tr("Disputed labels")
            case Which.CELL:
                return self.tr("{0} read as {1}").format(shown.truth, shown.guess)
            case _:
                return self.tr("All mistakes")

    def count(self, shown: Shown) -> int:
        """How many digits there are to show."""
        return len(self._find(shown))

    def sentence(self, row: int) -> str:
        """ "Digit 341: a 7, read as 1, 99.8 % sure." """
        test, place = self._test, self._places[row]
        assert test is not None
        answers = test.model.answers
        sure = probability_text(float(answers.confidences[place]))
        label, guess = int(answers.labels[place]), int(answers.guesses[place])
        said = [self.tr("Digit {0:,}: a {1}, read as {2}, {3} sure.").format(place + 1, label, guess, sure)]
        if test.other is not None:
            other = int(test.other.answers.guesses[place])
            said.append(self.tr("{0} reads it as {1}.").format(test.other.title, other))
        if self._is_disputed(place):
            said.append(self.tr("Its label is disputed."))
        return " ".join(said)

    # --- for the view ---------------------------------------------------------------------------------------

    def thumbnail(self, row: int) -> Thumbnail:
        test, place = self._test, self._places[row]
        assert test is not None
        answers = test.model.answers
        label, guess = int(answers.labels[place]), int(answers.guesses[place])
        mark = "?" if self._is_disputed(place) else ""
        read = str(label) + mark if label == guess else self.tr("{0}{1}, read {2}").format(label, mark, guess)
        sure = probability_text(float(answers.confidences[place]))
        return Thumbnail(place, test.digits.images[place], f"{read}\n{sure}")

    @property
    def has_long_captions(self) -> bool:
        return True

    def rows_of_ids(self, ids: set[int]) -> list[int]:
        return sorted(self._row_of[one] for one in ids if one in self._row_of)

    def data(self, index: QModelIndex | Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role in (Role.DisplayRole, Role.AccessibleTextRole):
            return self.sentence(index.row())
        return plain_tool_tip(self.sentence(index.row())) if role == Role.ToolTipRole else None

    def _is_disputed(self, place: int) -> bool:
        return self.disputed is not None and place in self.disputed

    def _arrange(self) -> None:
        self.beginResetModel()
        self._places = self._find(self.shown)
        self._row_of = {place: row for row, place in enumerate(self._places)}
        self.sections = [Section(self.title(self.shown), len(self._places))] if self._places else []
        self.endResetModel()

    def _find(self, shown: Shown) -> list[int]:
        test = self._test
        if test is None:
            return []
        answers, compared = test.model.answers, test.comparison
        match shown.which:
            case Which.CELL:
                found = answers.read_as(shown.truth, shown.guess)
            case Which.DISPUTED:
                marked = np.zeros(0, bool) if self.disputed is None else ~self.disputed.undisputed()
                found = answers.surest_first(np.flatnonzero(marked))
            case Which.BETTER if compared is not None:
                found = compared.better
            case Which.WORSE if compared is not None:
                found = compared.worse
            case _:
                found = answers.mistakes()
        return [int(place) for place in found]
