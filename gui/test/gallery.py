"""The gallery: the digits that are read wrongly, or those in a cell of the confusion matrix."""

from PySide6.QtCore import QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLabel, QMenu, QSizePolicy, QStackedWidget, QWidget

from core.errors import StorageError
from core.judging.disputed import DisputedLabels
from core.judging.model_tests import ModelTest
from gui.test.answer_list import AnswerList, Shown, Which
from gui.widgets.button_row import make_button, make_button_row
from gui.widgets.card import Card
from gui.widgets.labels import make_note
from gui.widgets.named_combo_box import NamedComboBox
from gui.widgets.theme import MARGIN, follow_text_scale, text_pixels
from gui.widgets.thumbnail_view import ThumbnailView

LEAST_HEIGHT = 340
LEAST_WIDTH = 300


class AnswerView(ThumbnailView):
    """The grid. A click, or Enter, puts a digit on the pad; with Ctrl or Shift, or by the arrows, it is only selected.

    Signals
    -------
    chosen
        The row that is to be put on the pad.
    """

    chosen = Signal(int)

    def __init__(self, answers: AnswerList, parent: QWidget | None = None) -> None:
        super().__init__("mistakes", answers, parent)
        self.setAccessibleName(self.tr("Digits"))
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        self._row = -1

    def mousePressEvent(self, event: QMouseEvent) -> None:
        is_plain = event.button() == Qt.MouseButton.LeftButton and not event.modifiers()
        self._row = self.indexAt(event.position().toPoint()).row() if is_plain else -1
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        row, self._row = self._row, -1
        if row >= 0 and self.indexAt(event.position().toPoint()).row() == row:
            self.chosen.emit(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.chosen.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)


class Gallery(Card):
    """The grid with a choice above it and buttons below.

    Signals
    -------
    chosen
        Where in the test the digit is that is to be put on the pad.
    disputed
        Labels are disputed, or no longer.
    problem
        A sentence: why a mark cannot be kept.
    """

    chosen = Signal(int)
    disputed = Signal()
    problem = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.answers = AnswerList(self)
        self.view = AnswerView(self.answers)
        self.which = NamedComboBox("mistakesShown", self.tr("Digits shown"))
        self.which.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.put = make_button("mistakePut", self.tr("Put on the pad"))
        self.dispute = make_button("mistakeDispute", "")
        self.dispute.setToolTip(self.tr("People disagree on what this digit is. The score is shown without it, too."))
        self.said = make_note("mistakeSentence", lines=2)
        self.empty = QLabel()
        self._lay_out()
        self.view.chosen.connect(self._choose)
        self.view.selectionModel().selectionChanged.connect(self._show_selected)
        self.view.customContextMenuRequested.connect(self._open_menu)
        self.answers.modelReset.connect(self._show_selected)
        self.which.activated.connect(self._take_which)
        self.put.clicked.connect(self._put_current)
        self.dispute.clicked.connect(self._dispute_selected)
        follow_text_scale(self._fit)

    def show_test(self, test: ModelTest | None, disputed: DisputedLabels | None) -> None:
        """Show the mistakes of a test; nothing for None."""
        self.answers.show_test(test, disputed)
        self._offer(is_compared=test is not None and test.other is not None)
        self._show_selected()

    def show_cell(self, truth: int, guess: int) -> None:
        """Show the digits in a cell of the confusion matrix."""
        self.answers.show_only(Shown(Which.CELL, truth, guess))
        self._offer(is_compared=self.which.findData(Which.BETTER) >= 0)

    def _offer(self, *, is_compared: bool) -> None:
        kinds = [Which.MISTAKES, *([Which.BETTER, Which.WORSE] if is_compared else []), Which.DISPUTED]
        shown = self.answers.shown
        with QSignalBlocker(self.which):
            self.which.clear()
            for kind in (*kinds, *([Which.CELL] if shown.which is Which.CELL else [])):
                self.which.addItem(self.answers.title(shown if kind is Which.CELL else Shown(kind)), kind)
            self.which.setCurrentIndex(self.which.findData(shown.which))

    def _take_which(self) -> None:
        which = self.which.currentData()
        if which is not Which.CELL:
            self.answers.show_only(Shown(which))

    # --- the selected digits --------------------------------------------------------------------------------

    def _show_selected(self) -> None:
        rows = self.view.selected_rows()
        has_rows = bool(self.answers.rowCount())
        self._pages.setCurrentIndex(0 if has_rows else 1)
        self.empty.setText(self._empty_text())
        self.put.setEnabled(len(rows) == 1)
        self.dispute.setEnabled(bool(rows))
        self.dispute.setText(self._dispute_text())
        many = self.tr("{0:,} selected.").format(len(rows))
        self.said.setText(self.answers.sentence(rows[0]) if len(rows) == 1 else many if rows else "")

    def make_menu(self) -> QMenu:
        """The menu for the selected digits."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.put.text(), self._put_current).setEnabled(self.put.isEnabled())
        menu.addAction(self.dispute.text(), self._dispute_selected)
        return menu

    def _empty_text(self) -> str:
        shown = self.answers.shown
        if shown.which is Which.CELL:
            return self.tr("No {0} is read as {1}.").format(shown.truth, shown.guess)
        if shown.which is Which.MISTAKES:
            return self.tr("No mistakes.")
        return self.tr("None.")

    def _are_disputed(self) -> bool:
        """Whether all selected labels are disputed."""
        marks, rows = self.answers.disputed, self.view.selected_rows()
        return marks is not None and bool(rows) and all(self.answers.place(row) in marks for row in rows)

    def _dispute_text(self) -> str:
        return self.tr("Label is right") if self._are_disputed() else self.tr("Dispute label")

    def _dispute_selected(self) -> None:
        marks, is_disputed = self.answers.disputed, not self._are_disputed()
        if marks is None:
            return
        try:
            marks.mark([self.answers.place(row) for row in self.view.selected_rows()], is_disputed=is_disputed)
        except StorageError as error:
            self.problem.emit(str(error))
            return
        self.answers.refresh()
        self.disputed.emit()

    def _put_current(self) -> None:
        rows = self.view.selected_rows()
        if rows:
            self._choose(rows[0])

    def _choose(self, row: int) -> None:
        self.chosen.emit(self.answers.place(row))

    def _open_menu(self, place: QPoint) -> None:
        if self.view.indexAt(place).isValid():
            self.make_menu().popup(self.view.viewport().mapToGlobal(place))

    def _lay_out(self) -> None:
        self.empty.setObjectName("mistakesEmpty")
        self.empty.setProperty("faint", True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self._pages = QStackedWidget()
        for page in (self.view, self.empty):
            self._pages.addWidget(page)
        column = self.make_column(bottom=MARGIN)
        column.addWidget(self.which)
        column.addWidget(self._pages, 1)
        column.addWidget(self.said)
        column.addWidget(make_button_row(self.put, self.dispute))

    def _fit(self) -> None:
        self._pages.setMinimumSize(text_pixels(LEAST_WIDTH), LEAST_HEIGHT)
