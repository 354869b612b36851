"""The confusion matrix as a heat map with numbers, and the accuracy of each digit."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from core.digits.arrays import CLASSES
from core.judging.model_tests import ModelTest
from core.wording.percentages import counted_accuracy_text
from gui.test.heat_table import HeatCell, HeatTable
from gui.widgets.card import Card
from gui.widgets.labels import make_heading, make_note
from gui.widgets.theme import MARGIN

RIGHT_WIDTH = 62
FEW = 100
"""Digits up to which an accuracy is said as a fraction: a percentage would promise too much."""


class ConfusionCard(Card):
    """Rows are what the digits are, columns what they are read as.

    Signals
    -------
    cell_chosen
        `(truth, guess)`: a cell was clicked, or the arrow keys came to it.
    """

    cell_chosen = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = HeatTable("confusion", self.tr("Confusion matrix"), last_column=RIGHT_WIDTH)
        note = make_note("confusionNote", lines=1)
        note.setText(
            self.tr("A row for each digit, a column for what it is read as. Click a number to see its digits.")
        )
        column = self.make_column(bottom=MARGIN)
        column.addWidget(make_heading(self.tr("Confusion matrix")))
        column.addWidget(note)
        column.addWidget(self.table)
        column.addStretch()
        self.table.selectionModel().selectionChanged.connect(self._choose)
        self.table.clicked.connect(self._choose)

    def show_test(self, test: ModelTest) -> None:
        """Show the matrix of a test."""
        confusion = test.score.confusion
        across = [*map(str, range(CLASSES)), self.tr("Right")]
        cells = [[*self._row(truth, row), self._right(truth, row)] for truth, row in enumerate(confusion)]
        self.table.cells.show_cells(cells, across, list(map(str, range(CLASSES))))

    def _row(self, truth: int, counts: Sequence[int]) -> list[HeatCell]:
        most = max((count for guess, count in enumerate(counts) if guess != truth), default=0)
        return [self._cell(truth, guess, count, counts, most) for guess, count in enumerate(counts)]

    def _cell(self, truth: int, guess: int, count: int, counts: Sequence[int], most: int) -> HeatCell:
        is_right = truth == guess
        share = count / (sum(counts) if is_right else most) if count else 0.0
        tip = self.tr("{0:,} of {1:,} digits {2} are read as {3}").format(count, sum(counts), truth, guess)
        return HeatCell(f"{count:,}", share, tip, is_good=is_right, is_bold=is_right)

    def _right(self, truth: int, counts: Sequence[int]) -> HeatCell:
        total, right = sum(counts), counts[truth]
        if not total:
            return HeatCell("–", 0, self.tr("There is no {0}").format(truth))
        accuracy, _, _ = counted_accuracy_text(right / total, total).partition(" of ")
        text = accuracy if total >= FEW else f"{right}/{total}"
        return HeatCell(text, 0, self.tr("{0:,} of {1:,} digits {2} are read right").format(right, total, truth))

    def _choose(self) -> None:
        index = self.table.currentIndex()
        if index.isValid() and self.table.selectionModel().hasSelection():
            truth, guess = index.row(), index.column()
            self.cell_chosen.emit(truth, truth if guess == CLASSES else guess)
