"""Damaged digits: how many a model reads of each kind of damage at each strength, and what they look like."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from core.judging.damage import PUBLISHED, STRENGTHS, Damage, damaged
from core.judging.model_tests import JudgedModel, ModelTest
from core.judging.robustness import MOST_DIGITS, Robustness, damage_rng, sample_digits
from core.wording.judging_messages import damage_title
from core.wording.percentages import accuracy_text, counted_accuracy_text
from gui.test.digit_strip import DigitStrip
from gui.test.heat_table import HeatCell, HeatTable
from gui.widgets.button_row import make_button, make_button_row
from gui.widgets.card import Card
from gui.widgets.labels import make_heading, make_note
from gui.widgets.plain_text import breakable
from gui.widgets.side_by_side import SideBySide
from gui.widgets.theme import MARGIN, SPACING

Found = Sequence[tuple[JudgedModel, Robustness]]


class DamageTable(QWidget):
    """What one model reads: a row for each kind of damage, a column for each strength.

    Signals
    -------
    cell_chosen
        `(kind, strength)`: the number of a kind, and a strength from 1.
    """

    cell_chosen = Signal(int, int)

    def __init__(self, object_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = QLabel()
        self.title.setProperty("heading", True)
        self.title.setWordWrap(True)
        self.table = HeatTable(object_name, self.tr("Accuracy on damaged digits"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.title)
        column.addWidget(self.table)
        column.addStretch()
        self.table.selectionModel().selectionChanged.connect(self._choose)

    def show_found(self, tested: JudgedModel, found: Robustness) -> None:
        """Show what a model reads."""
        self.title.setText(breakable(tested.title))
        cells = [[self._cell(found, kind, strength) for strength in range(1, STRENGTHS + 1)] for kind in Damage]
        self.table.cells.show_cells(cells, list(map(str, range(1, STRENGTHS + 1))), [damage_title(k) for k in Damage])

    def _cell(self, found: Robustness, kind: Damage, strength: int) -> HeatCell:
        share, is_published = found.accuracy(kind, strength), PUBLISHED[kind] == strength
        accuracy = counted_accuracy_text(share, found.digits)
        tip = self.tr("{0}, strength {1}: {2} right").format(damage_title(kind), strength, accuracy)
        if is_published:
            tip = self.tr("{0}, as in MNIST-C").format(tip)
        return HeatCell(accuracy.partition(" ")[0], share, tip, is_bold=is_published)

    def _choose(self) -> None:
        index = self.table.currentIndex()
        if index.isValid():
            self.cell_chosen.emit(index.row(), index.column() + 1)


class DamagePage(QWidget):
    """A button that begins the measurement, a table for each model, and some of the digits in the chosen cell.

    Signals
    -------
    wanted
        The digits are to be damaged and read.
    """

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._test: ModelTest | None = None
        self.note = make_note("damageNote", lines=1)
        self.start = make_button("damageStart", self.tr("Damage the digits"))
        self.mean = make_note("damageMean", lines=1)
        self.strip = DigitStrip("damageExamples")
        self.tables = [DamageTable("damage"), DamageTable("damageOther")]
        self._lay_out()
        self.start.clicked.connect(self.wanted)
        for table in self.tables:
            table.cell_chosen.connect(self._show_examples)

    def show_test(self, test: ModelTest) -> None:
        """Another test: nothing of it is damaged yet."""
        self._test = test
        count = min(len(test.digits), MOST_DIGITS)
        self.note.setText(
            self.tr(
                "Reads {0:,} of the digits, damaged in 15 ways at 5 strengths each. In bold: the strength of MNIST-C, "
                "a published test."
            ).format(count)
        )
        self._show_tables(())
        self._show_examples(0, PUBLISHED[Damage.SHOT_NOISE])

    def show_found(self, found: Found) -> None:
        """Show what each model reads."""
        self._show_tables(found)

    def _show_tables(self, found: Found) -> None:
        self._side_by_side.setVisible(bool(found))
        self.start.setVisible(not found)
        for number, table in enumerate(self.tables):
            table.setVisible(number < len(found))
            if number < len(found):
                table.show_found(*found[number])
        said = [self.tr("{0}: {1}").format(tested.title, _published_mean(one)) for tested, one in found]
        self.mean.setText(self.tr("Mean at the strengths of MNIST-C: {0}.").format(", ".join(said)) if said else "")
        self.mean.setVisible(bool(said))

    def _show_examples(self, kind: int, strength: int) -> None:
        if self._test is None:
            return
        damage = list(Damage)[kind]
        digits = sample_digits(self._test.digits).take(slice(DigitStrip.MOST))
        images = damaged(digits.images, damage, strength, damage_rng(damage, strength))
        self.strip.show_images(images, self.tr("{0}, strength {1}").format(damage_title(damage), strength))

    def _lay_out(self) -> None:
        card = Card()
        self._side_by_side = SideBySide(*self.tables, shares=(1, 1), spacing=SPACING, needs_hints=True)
        column = card.make_column(bottom=MARGIN)
        for part in (make_heading(self.tr("Damaged digits")), self.note, make_button_row(self.start)):
            column.addWidget(part)
        column.addWidget(self.strip)
        column.addWidget(self.mean)
        column.addWidget(self._side_by_side)
        column.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card)


def _published_mean(found: Robustness) -> str:
    shares = [found.accuracy(kind, strength) for kind, strength in PUBLISHED.items()]
    return accuracy_text(sum(shares) / len(shares))
