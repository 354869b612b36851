"""Where the parts of the training page are."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QVBoxLayout, QWidget

from gui.train.parts import TrainParts
from gui.widgets.column import Column
from gui.widgets.scroll_area import ScrollArea
from gui.widgets.side_by_side import SideBySide
from gui.widgets.tab_order import set_tab_order
from gui.widgets.theme import MARGIN, SPACING, text_pixels

FORM_WIDTH = 336


class TrainLayout(ScrollArea):
    """The run, which is always visible, and around it what scrolls: the settings, and the results of the run.

    If there is room for two columns, the settings have their own, and the run is above one or both. On a narrower page,
    or with larger text, everything is in one column below the run. A page too small even for that scrolls as a whole.
    """

    def __init__(self, parts: TrainParts, result: QWidget, details: QWidget, parent: QWidget | None = None) -> None:
        """The `result` of a run, while there is one, is beside the `details`; both are below the digit and the curves.

        Parts are added from the outside in: a widget with a new parent is styled again, with all its children.
        """
        super().__init__(parent)
        self._form, self._run = parts.form, parts.run
        self._looks = (True, True)
        page = QWidget()
        self.setWidget(page)
        self._grid = QGridLayout(page)
        self._grid.setContentsMargins(MARGIN, SPACING, MARGIN, MARGIN)
        self._grid.setSpacing(SPACING)
        self._grid.setColumnStretch(1, 1)
        self._grid.setRowStretch(1, 1)
        # shown before it is in the layout, it must not be a window of its own
        self._form_column = Column(FORM_WIDTH, page)
        self._results = ScrollArea()
        shown = QWidget()
        self._results.setWidget(shown)
        self._column = QVBoxLayout(shown)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACING)
        self._upper = SideBySide(parts.guess, parts.curves, shares=(2, 3), spacing=SPACING)
        self._lower = SideBySide(result, details, shares=(2, 3), spacing=SPACING)
        for part, share in ((self._upper, 3), (self._lower, 2)):
            self._column.addWidget(part, share)
        self._arrange_in(True, True)
        page.installEventFilter(self)

    def reveal_results(self, part: QWidget) -> None:
        """Scroll to `part` of the results."""
        self._results.reveal(part)

    def _arrange(self) -> None:
        """Choose between one and two columns, and whether the run fits above the right one."""
        room = self.viewport().width() - 2 * MARGIN
        bar = self._results.verticalScrollBar().sizeHint().width()
        beside_form = room - SPACING - max(text_pixels(FORM_WIDTH), self._form.minimumSizeHint().width() + bar)
        needed = max(part.minimumSizeHint().width() for part in (self._upper, self._lower)) + bar
        has_columns = beside_form >= needed
        looks = has_columns, has_columns and beside_form >= self._run.sizeHint().width()
        if looks != self._looks:
            self._looks = looks
            self._arrange_in(*looks)

    def _arrange_in(self, has_columns: bool, is_run_beside: bool) -> None:
        focused = QApplication.focusWidget()
        for part in (self._form_column, self._run, self._results):
            self._grid.removeWidget(part)
        self._put_form(has_columns)
        self._grid.addWidget(self._form_column, *((0, 0, 2, 1) if is_run_beside else (1, 0)))
        self._grid.addWidget(self._run, *((0, 1) if is_run_beside else (0, 0, 1, 2)))
        self._grid.addWidget(self._results, *((1, 1) if has_columns else (1, 0, 1, 2)))
        parts = (self._form, self._run) if is_run_beside else (self._run, self._form)
        set_tab_order(*parts, self._upper, self._lower)
        if focused is not None and self.isAncestorOf(focused):
            focused.setFocus()

    def _put_form(self, has_columns: bool) -> None:
        if has_columns:
            self._column.removeWidget(self._form)
            self._form_column.setWidget(self._form)
        else:
            self._form_column.takeWidget()
            self._column.insertWidget(0, self._form)
        self._form_column.setVisible(has_columns)
        self._form.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and watched is self.widget():
            self._arrange()  # the text size may have changed
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()
        super().resizeEvent(event)
