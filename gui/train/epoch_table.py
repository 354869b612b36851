"""The epochs of a run as a table."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from core.training.events import EpochDone, Event, RunStarted
from core.wording.percentages import accuracy_text
from gui.widgets.card import Card
from gui.widgets.plain_text import plain_tool_tip
from gui.widgets.quantities import clock_text
from gui.widgets.theme import follow_text_scale, set_text, text_pixels

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole

PIXELS = 12
PADDING = 2
HEADER_PADDING = 12
LEAST_WIDTH, LEAST_ROWS = 305, 4
"""For the widest numbers, beside a scroll bar."""
INDENT = 8
"""Before the first column, which is then aligned with other cards, if there is room."""

_COLUMNS = (
    ("Epoch", "Epoch"),
    ("Loss", "Mean loss on the training digits during the epoch"),
    ("Acc.", "Share of the training digits that were right during the epoch"),
    ("Val. loss", "Loss on the validation digits after the epoch"),
    ("Val. acc.", "Share of the validation digits that were right after the epoch"),
    ("Time", "How long the epoch took, including validation: 1:40 is a minute and 40 seconds"),
)
ACCURACY, VALIDATION_ACCURACY = 2, 4


class EpochModel(QAbstractTableModel):
    """One row for each `EpochDone`."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows: list[EpochDone] = []
        self._counts: dict[int, int] = {}

    def clear(self) -> None:
        self.beginResetModel()
        self._rows.clear()
        self.endResetModel()
        self._count({})

    def begin(self, run: RunStarted) -> None:
        """Show how many images the accuracies are of."""
        self._count({ACCURACY: run.train_images, VALIDATION_ACCURACY: run.validation_images})

    def _count(self, counts: dict[int, int]) -> None:
        self._counts = counts
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(_COLUMNS) - 1)

    def append(self, epoch: EpochDone) -> None:
        self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows))
        self._rows.append(epoch)
        self.endInsertRows()

    def title(self, column: int) -> str:
        """The header of a column: "Acc.", and below it the number of images."""
        count = self._counts.get(column)
        return f"{_COLUMNS[column][0]}\nof {count:,}" if count else _COLUMNS[column][0]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(_COLUMNS)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if role == Role.DisplayRole:
            return epoch_texts(self._rows[index.row()])[index.column()]
        if role == Role.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Role.DisplayRole:
            return self.title(section)
        if role == Role.ToolTipRole:
            return plain_tool_tip(_COLUMNS[section][1])
        if role == Role.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None


class EpochView(QTableView):
    """Columns as wide as their contents, with equal gaps between them."""

    def share_room(self) -> None:
        """Let the columns fill the width."""
        header, widths = self.horizontalHeader(), self._widths()
        room = max(self.viewport().width() - sum(widths), 0)
        indent = min(room, INDENT)
        gap, rest = divmod(room - indent, len(widths) - 1)
        for column, width in enumerate(widths):
            before = indent if column == 0 else gap + (column <= rest)
            header.resizeSection(column, width + before)

    def _widths(self) -> list[int]:
        metrics, model = self.fontMetrics(), self.model()
        titles = [str(model.headerData(column, Qt.Orientation.Horizontal)) for column in range(len(_COLUMNS))]
        needed = [max(map(metrics.horizontalAdvance, title.splitlines())) + 2 * PADDING for title in titles]
        return [max(title, self.sizeHintForColumn(column)) for column, title in enumerate(needed)]

    def minimumSizeHint(self) -> QSize:
        rows = self.horizontalHeader().sizeHint().height() + LEAST_ROWS * self.verticalHeader().defaultSectionSize()
        return QSize(text_pixels(LEAST_WIDTH), rows)

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()  # it takes what there is

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.share_room()


class EpochTable(Card):
    """Shows the finished epochs, and keeps the newest in view."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = EpochModel(self)
        self.view = EpochView()
        self.view.setObjectName("trainTable")
        self.view.setAccessibleName(self.tr("Epochs"))
        self.view.setModel(self._model)
        set_text(self.view, PIXELS)
        self.view.setShowGrid(False)
        self.view.setWordWrap(False)
        self.view.setTabKeyNavigation(False)
        self.view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.verticalHeader().hide()
        header = self.view.horizontalHeader()
        set_text(header, PIXELS)
        header.setStyleSheet(f"QHeaderView::section {{ padding: 5px {PADDING}px; }}")
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setMinimumSectionSize(0)
        header.setHighlightSections(False)
        self.fill_with(self.view)
        follow_text_scale(self._fit_rows)

    def _fit_rows(self) -> None:
        self.view.horizontalHeader().setFixedHeight(2 * self.view.fontMetrics().lineSpacing() + HEADER_PADDING)
        self.view.verticalHeader().setDefaultSectionSize(text_pixels(26))
        self.view.share_room()

    def clear(self) -> None:
        """Forget the run before."""
        self._model.clear()

    def show_event(self, event: Event) -> None:
        """Take what a run emits."""
        if isinstance(event, RunStarted):
            self._model.begin(event)
            self.view.share_room()
        elif isinstance(event, EpochDone):
            self._model.append(event)
            self.view.scrollToBottom()
            self.view.share_room()


def epoch_texts(epoch: EpochDone) -> tuple[str, ...]:
    """The cells of one row, under the counts; a dash where there was no validation."""
    validation = ("–", "–")
    if epoch.validation_loss is not None and epoch.validation_accuracy is not None:
        validation = (f"{epoch.validation_loss:.4f}", accuracy_text(epoch.validation_accuracy))
    return (
        f"{epoch.epoch:,}",
        f"{epoch.loss:.4f}",
        accuracy_text(epoch.accuracy),
        *validation,
        clock_text(epoch.seconds),
    )
