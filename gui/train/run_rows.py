"""Earlier runs as the rows of a table."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QLocale, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QWidget

from core.training.past_runs import PastRun
from core.training.presets import PRESETS
from core.wording.percentages import accuracy_text, counted_accuracy_text
from gui.train.run_book import RunBook
from gui.widgets.plain_text import plain_tool_tip
from gui.widgets.quantities import clock_text, duration_text

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
NAME, DIGITS, EPOCHS, BATCH, RATE, VALIDATION, TEST, TIME = range(8)
NOTHING = "–"


class RunRows(QAbstractTableModel):
    """One row for each run; the check box before its name shows it behind the curves.

    Signals
    -------
    replaced
        There are other rows.
    """

    replaced = Signal()

    def __init__(self, book: RunBook, parent: QWidget) -> None:
        super().__init__(parent)
        self._book = book
        self._runs: list[PastRun] = []
        self._shown: set[str] = set()
        self._titles = (
            (self.tr("Run"), self.tr("Ticked runs are shown behind the curves")),
            (self.tr("Digits"), self.tr("What it learned from")),
            (self.tr("Epochs"), self.tr("Finished epochs")),
            (self.tr("Batch"), self.tr("Images between two updates of the weights")),
            (self.tr("Rate"), self.tr("Learning rate; * where it was changed while the run went on")),
            (self.tr("Val."), self.tr("Accuracy on the validation digits after the last epoch")),
            (self.tr("Test"), self.tr("Accuracy on the test digits")),
            (self.tr("Time"), self.tr("How long its epochs took")),
        )
        self.read()
        book.changed.connect(self.read)

    def read(self) -> None:
        """Take the runs from the book."""
        runs, shown = self._book.runs, {run.key for run in self._book.shown}
        if runs != self._runs:
            self.beginResetModel()
            self._runs, self._shown = runs, shown
            self.endResetModel()
            self.replaced.emit()
        elif shown != self._shown:
            self._shown = shown
            self.dataChanged.emit(self.index(0, NAME), self.index(len(runs) - 1, NAME), [Role.CheckStateRole])

    def run_at(self, row: int) -> PastRun:
        """The run in that row."""
        return self._runs[row]

    def row_of(self, run: PastRun | None) -> int:
        """The row of that run; -1 when there is none."""
        keys = [row.key for row in self._runs]
        return keys.index(run.key) if run is not None and run.key in keys else -1

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._runs)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._titles)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        can_be_shown = index.column() == NAME and bool(self._runs[index.row()].epochs)
        return flags | Qt.ItemFlag.ItemIsUserCheckable if can_be_shown else flags

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        run = self._runs[index.row()]
        if role == Role.DisplayRole:
            return run_texts(run)[index.column()]
        if role == Role.ToolTipRole:
            return plain_tool_tip(run_text(run))
        if role == Role.CheckStateRole and index.column() == NAME and run.epochs:
            return Qt.CheckState.Checked if run.key in self._shown else Qt.CheckState.Unchecked
        if role == Role.TextAlignmentRole:
            return _alignment(index.column())
        return None

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        if role != Role.CheckStateRole:
            return False
        self._book.show(self._runs[index.row()], Qt.CheckState(value) == Qt.CheckState.Checked)
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Role.DisplayRole:
            return self._titles[section][0]
        if role == Role.ToolTipRole:
            return plain_tool_tip(self._titles[section][1])
        return _alignment(section) if role == Role.TextAlignmentRole else None


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignLeft if column in (NAME, DIGITS) else Qt.AlignmentFlag.AlignRight
    return side | Qt.AlignmentFlag.AlignVCenter


def rate_text(run: PastRun) -> str:
    """ "0.001", or "0.001 *" where it was changed."""
    rate = QLocale().toString(run.spec.completed().learning_rate, "g", 6)
    return f"{rate} *" if run.rate_changes else rate


def run_texts(run: PastRun) -> tuple[str, ...]:
    """The cells of one row."""
    validation = run.validation_accuracy
    return (
        run.name,
        run.data,
        f"{len(run.epochs):,}",
        f"{run.spec.batch_size:,}",
        rate_text(run),
        NOTHING if validation is None else accuracy_text(validation),
        run.state if run.test is None else accuracy_text(run.test.accuracy),
        clock_text(run.seconds),
    )


def run_text(run: PastRun) -> str:
    """All settings and results in one paragraph."""
    spec = run.spec.completed()
    parts = [
        run.name,
        f"{PRESETS[spec.preset.name].title} on {run.data}",
        f"{len(run.epochs):,} of {spec.epochs:,} epochs",
        f"batches of {spec.batch_size:,}, learning rate {rate_text(run)}",
        f"validation {spec.validation_share * 100:.0f} %, seed {spec.seed}"
        + (", digits varied" if spec.augment else "")
        + (", with synthesised handwriting" if spec.synthesize else ""),
        run.state,
        counted_accuracy_text(run.test.accuracy, run.test.images) + " on the test set" if run.test else "",
        f"its epochs took {duration_text(run.seconds)}",
    ]
    return " · ".join(filter(None, parts))
