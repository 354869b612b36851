"""The earlier runs: a table with their settings and results, from which one can be started again."""

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStackedWidget, QTableView, QVBoxLayout, QWidget

from core.training.past_runs import PastRun
from gui.train.run_book import RunBook
from gui.train.run_rows import DIGITS, NAME, RunRows
from gui.widgets.button_row import make_button, make_button_row
from gui.widgets.labels import make_note
from gui.widgets.plain_text import plain_tool_tip
from gui.widgets.theme import MARGIN, SPACING, follow_text_scale, set_text, text_pixels

PIXELS = 12
ROW, LEAST_WIDTH, LEAST_HEIGHT = 26, 260, 110
NAME_WIDTH, DIGITS_WIDTH = 150, 150
CELL_PADDING = "QTableView::item { padding: 0 5px; }"


class RunsPage(QWidget):
    """Shows a `RunBook`.

    Signals
    -------
    again_requested
        A `PastRun` is to be started again.
    selected
        Another `PastRun` is looked at; None when none is.
    """

    again_requested = Signal(object)
    selected = Signal(object)

    def __init__(self, book: RunBook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = RunRows(book, self)
        self._selected: PastRun | None = None
        self._is_allowed = True
        self.view = self._make_view()
        self.again = make_button("trainAgain", self.tr("Start again with these settings"))
        self.again.clicked.connect(self._start_again)
        self.nothing = make_note("trainNoRuns", lines=2)
        self.nothing.setText(self.tr("The networks that you have trained will be listed here, with their curves."))
        self._stack = QStackedWidget()
        self._lay_out()
        self._rows.replaced.connect(self._show_rows)
        self.view.selectionModel().currentRowChanged.connect(self._take_row)
        follow_text_scale(self._fit_rows)
        self._show_rows()

    def allow_start(self, is_allowed: bool) -> None:
        """Say whether a run can be started now: not while one is under way."""
        self._is_allowed = is_allowed
        self._update_button()

    def _show_rows(self) -> None:
        self._stack.setCurrentIndex(0 if self._rows.rowCount() else 1)
        row = self._rows.row_of(self._selected)
        if row >= 0:
            self.view.selectRow(row)
        elif self._selected is not None:
            self._select(None)
        self.view.share_room()
        self._update_button()

    def _take_row(self, current: QModelIndex, previous: QModelIndex) -> None:
        self._select(self._rows.run_at(current.row()) if current.isValid() else None)

    def _select(self, run: PastRun | None) -> None:
        is_other = run != self._selected
        self._selected = run
        self._update_button()
        if is_other:  # the table selects it again when its rows are replaced
            self.selected.emit(run)

    def _update_button(self) -> None:
        run = self._selected
        self.again.setEnabled(run is not None and not run.not_again and self._is_allowed)
        self.again.setToolTip(plain_tool_tip(run.not_again) if run is not None else self.tr("Choose a run first"))

    def _start_again(self) -> None:
        if self._selected is not None:
            self.again_requested.emit(self._selected)

    def _make_view(self) -> "RunsView":
        view = RunsView()
        view.setObjectName("trainRuns")
        view.setAccessibleName(self.tr("Earlier runs"))
        view.setModel(self._rows)
        set_text(view, PIXELS)
        set_text(view.horizontalHeader(), PIXELS)
        view.setStyleSheet(CELL_PADDING)
        view.setShowGrid(False)
        view.setWordWrap(False)
        view.setTabKeyNavigation(False)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.verticalHeader().hide()
        header = view.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        for column in (NAME, DIGITS):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
        return view

    def _fit_rows(self) -> None:
        self.view.verticalHeader().setDefaultSectionSize(text_pixels(ROW))
        self.view.horizontalHeader().setMinimumSectionSize(text_pixels(46))
        self.view.setColumnWidth(DIGITS, text_pixels(DIGITS_WIDTH))
        self.view.share_room()

    def _lay_out(self) -> None:
        table = QWidget()
        column = QVBoxLayout(table)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view, 1)
        row = make_button_row(self.again)
        foot = QVBoxLayout()
        foot.setContentsMargins(SPACING, 4, SPACING, 4)
        foot.addWidget(row)
        column.addLayout(foot)
        empty = QWidget()
        note = QVBoxLayout(empty)
        note.setContentsMargins(MARGIN, MARGIN, MARGIN, 0)
        note.addWidget(self.nothing)
        note.addStretch()
        for page in (table, empty):
            self._stack.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.addWidget(self._stack)


class RunsView(QTableView):
    """Gives the names all the room that the other columns leave, and scrolls sideways where that is too little."""

    def share_room(self) -> None:
        """Fit the names to the width."""
        header = self.horizontalHeader()
        others = sum(header.sectionSize(column) for column in range(header.count()) if column != NAME)
        header.resizeSection(NAME, max(self.viewport().width() - others, text_pixels(NAME_WIDTH)))

    def minimumSizeHint(self) -> QSize:
        return QSize(text_pixels(LEAST_WIDTH), text_pixels(LEAST_HEIGHT))

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.share_room()
