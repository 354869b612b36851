"""Who is drawing: several people may share a computer."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from core.samples.sample import MAX_WRITER_LENGTH
from gui.digits.sample_texts import writer_text, writer_title
from gui.widgets.button_row import make_button, make_button_row
from gui.widgets.card import GAP, Card
from gui.widgets.labels import make_heading
from gui.widgets.named_combo_box import NamedComboBox
from gui.widgets.theme import MARGIN


class WriterCard(Card):
    """Chooses, adds and renames. A name is typed in the place of the choice: Enter takes it, Esc does not.

    Signals
    -------
    chosen
        Who is drawing: a name, or "".
    renamed
        `(before, after)`: a writer is to have another name, in all that they wrote.
    """

    chosen = Signal(str)
    renamed = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.writer = NamedComboBox("writer", self.tr("Who is drawing"))
        self.writer.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.add = make_button("writerAdd", self.tr("Add…"))
        self.rename = make_button("writerRename", self.tr("Rename…"))
        self.name = NameField()
        self.take = make_button("writerTake", self.tr("Done"))
        self.leave = make_button("writerLeave", self.tr("Cancel"))
        self._renamed = ""
        self._lay_out()
        self._connect()

    def show_writers(self, writers: Sequence[str], current: str) -> None:
        """Offer these names, the `current` one chosen; "" is nobody in particular."""
        self.writer.clear()
        for name in dict.fromkeys(("", *writers, current)):
            self.writer.addItem(writer_title(name), name)
            self.writer.setItemData(self.writer.count() - 1, writer_text(name), Qt.ItemDataRole.ToolTipRole)
        self.writer.setCurrentIndex(self.writer.findData(current))
        self.rename.setEnabled(bool(current))

    def names(self) -> list[str]:
        """The names that are offered, "" among them."""
        return [self.writer.itemData(row) for row in range(self.writer.count())]

    def _lay_out(self) -> None:
        self._pages = QStackedWidget()
        for field, buttons in ((self.writer, (self.add, self.rename)), (self.name, (self.take, self.leave))):
            page = QWidget()
            column = QVBoxLayout(page)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(GAP)
            column.addWidget(field)
            column.addWidget(make_button_row(*buttons))
            self._pages.addWidget(page)
        self._pages.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        column = self.make_column(bottom=MARGIN)
        column.addWidget(make_heading(self.tr("Who is drawing")))
        column.addWidget(self._pages)

    def _connect(self) -> None:
        self.writer.activated.connect(self._choose)
        self.add.clicked.connect(self._begin_adding)
        self.rename.clicked.connect(self._begin_renaming)
        self.take.clicked.connect(self._take)
        self.leave.clicked.connect(self._leave)
        self.name.returnPressed.connect(self._take)
        self.name.left.connect(self._leave)

    def _choose(self) -> None:
        self.chosen.emit(self.writer.currentData())

    def _begin_adding(self) -> None:
        self._begin_typing("")

    def _begin_renaming(self) -> None:
        self._begin_typing(self.writer.currentData())

    def _begin_typing(self, renamed: str) -> None:
        self._renamed = renamed
        self.name.setText(renamed)
        self.name.selectAll()
        self._pages.setCurrentIndex(1)
        self.name.setFocus()

    def _take(self) -> None:
        name = " ".join(self.name.text().split())
        self._leave()
        if not name or name == self._renamed:
            return
        if self._renamed:
            self.renamed.emit(self._renamed, name)
        else:
            self.chosen.emit(name)

    def _leave(self) -> None:
        self._pages.setCurrentIndex(0)
        self.writer.setFocus()


class NameField(QLineEdit):
    """The field for a name.

    Signals
    -------
    left
        Esc was pressed.
    """

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("writerName")
        self.setAccessibleName(self.tr("Name"))
        self.setPlaceholderText(self.tr("Name"))
        self.setMaxLength(MAX_WRITER_LENGTH)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
