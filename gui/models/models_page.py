"""The widgets of the list of models; what they do is in `models_dialog`."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QStackedWidget,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui.models.model_exports import EXPORTS
from gui.models.model_table import NAME, ModelTable
from gui.widgets.button_row import GAP, make_button, make_button_row, make_menu_button
from gui.widgets.card import Card
from gui.widgets.dialog import Dialog
from gui.widgets.elided_label import ElidedLabel
from gui.widgets.flow_row import FlowRow
from gui.widgets.labels import make_note
from gui.widgets.plain_text import plain_tool_tip
from gui.widgets.theme import follow_text_scale, set_look, text_pixels

LONGEST_NAME = 300
"""Pixels of a name that push other columns out of sight."""
LEAST_ROWS = 3
MEASURED_ROWS = 30
"""Rows that are measured to find the width of a column; the others are alike."""


class ModelView(QTableView):
    """The name takes what the other columns leave, but always what a name needs; the rest is scrolled to."""

    def share_room(self) -> None:
        """Let the names fill the width."""
        header = self.horizontalHeader()
        others = header.length() - header.sectionSize(NAME)
        longest = max(self.sizeHintForColumn(NAME), header.sectionSizeHint(NAME))
        least = min(longest, text_pixels(LONGEST_NAME))
        header.resizeSection(NAME, max(self.viewport().width() - others, least))

    def minimumSizeHint(self) -> QSize:
        rows = self.horizontalHeader().sizeHint().height() + LEAST_ROWS * self.verticalHeader().defaultSectionSize()
        return QSize(super().minimumSizeHint().width(), rows + self.horizontalScrollBar().sizeHint().height())

    def updateGeometries(self) -> None:
        self.share_room()  # whatever changed: the width, the texts or their size
        super().updateGeometries()


class ModelsPage(QWidget):
    """The table, what is known about the selected model, and the buttons for it.

    Signals
    -------
    export_chosen
        A key of `EXPORTS` was chosen in the menu.
    confirmed
        The latest question was answered with yes. For a no there is no signal.
    """

    export_chosen = Signal(str)
    confirmed = Signal()

    def __init__(self, table: ModelTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = self._make_view(table)
        self.facts = _text("modelFacts", lines=4)
        self.message = _text("modelMessage", lines=1)
        self.question = ElidedLabel()
        self.question.setObjectName("modelQuestion")
        self.question.setTextFormat(Qt.TextFormat.PlainText)
        self.use = make_button("modelUse", self.tr("Use"), is_primary=True)
        self.rename = make_button("modelRename", self.tr("Rename"))
        self.rename.setToolTip(self.tr("Edit the name in the list (F2)"))
        self.delete = make_button("modelDelete", self.tr("Delete"))
        self.folder = make_button("modelFolder", self.tr("Open folder"))
        self.export = self._make_export()
        self.confirm = make_button("modelConfirm", "")
        self.cancel = make_button("modelCancel", "")
        self.confirm.clicked.connect(self._confirm)
        self.cancel.clicked.connect(self.stop_asking)
        self.close_button = make_button("modelsClose", self.tr("Close"))
        self._buttons = self._make_buttons()
        self._lay_out()
        follow_text_scale(self._fit_rows)

    def lay_out_in(self, dialog: Dialog) -> None:
        """Fill `dialog`."""
        buttons = FlowRow(self._buttons, self.close_button, spacing=GAP, last_at_end=True)
        dialog.fill(self, buttons, self.message)

    def ask(self, yes: str, no: str) -> None:
        """Show the `question` instead of the buttons, with two buttons for the answer."""
        self.confirm.setText(yes)
        self.cancel.setText(no)
        self._buttons.setCurrentIndex(1)
        self.cancel.setFocus()

    def stop_asking(self) -> None:
        """Show the buttons again."""
        if self._buttons.currentIndex() == 1:
            self._buttons.setCurrentIndex(0)
            self.view.setFocus()

    def show_facts(self, facts: str, *, is_problem: bool) -> None:
        """Show what is known about the selected model, or what is wrong with it."""
        self.facts.setText(facts)
        self.facts.setToolTip(plain_tool_tip(facts))
        set_look(self.facts, "problem", is_problem)

    def say(self, sentence: str, *, is_problem: bool = False) -> None:
        """Say what was done or what went wrong."""
        self.message.setText(sentence)
        self.message.setToolTip(plain_tool_tip(sentence))
        set_look(self.message, "problem", is_problem)

    def _make_view(self, table: ModelTable) -> QTableView:
        view = ModelView()
        view.setObjectName("modelList")
        view.setAccessibleName(self.tr("Models"))
        view.setModel(table)
        view.setStyleSheet("QTableView::item { padding: 0 8px; }")  # under its header
        view.setShowGrid(False)
        view.setWordWrap(False)
        view.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # names of one kind begin alike
        view.setTabKeyNavigation(False)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        view.verticalHeader().hide()
        header = view.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Fixed)
        header.setResizeContentsPrecision(MEASURED_ROWS)
        return view

    def _fit_rows(self) -> None:
        self.view.verticalHeader().setDefaultSectionSize(text_pixels(34))

    def _make_export(self) -> QToolButton:
        button, menu = make_menu_button("modelExport", self.tr("Export"))
        menu.triggered.connect(self._choose_export)
        for kind, export in EXPORTS.items():
            menu.addAction(export.title).setData(kind)
        return button

    def _confirm(self) -> None:
        self.stop_asking()
        self.confirmed.emit()

    def _choose_export(self, action: QAction) -> None:
        self.export_chosen.emit(action.data())

    def _make_buttons(self) -> QStackedWidget:
        stack = QStackedWidget()
        for_model = (self.use, self.rename, self.delete, self.folder, self.export)
        for parts in (for_model, (self.question, self.confirm, self.cancel)):
            stack.addWidget(make_button_row(*parts))
        return stack

    def _lay_out(self) -> None:
        card = Card()
        card.fill_with(self.view)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(card, 1)
        layout.addWidget(self.facts)


def _text(name: str, *, lines: int) -> QLabel:
    label = make_note(name, lines=lines)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
