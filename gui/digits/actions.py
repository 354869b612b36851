"""What keys and buttons do on the page: undo, redo, delete, select all."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from gui.digits.history import SampleHistory
from gui.digits.sample_view import SampleView
from gui.widgets.icons import icon
from gui.widgets.theme import follow_theme


class SampleActions(QObject):
    """The actions of the page, which is their parent.

    Signals
    -------
    stepped
        Something else would be undone or redone now.
    """

    stepped = Signal()

    def __init__(self, history: SampleHistory, view: SampleView, delete: Callable[[], None], page: QWidget) -> None:
        super().__init__(page)
        self._history, self._view, self._page = history, view, page
        history.setParent(self)  # its end is a change, too: it has to come after this object listens no more
        self.undo = self._action(self.tr("Undo"), ["Ctrl+Z"], history.undo)
        self.redo = self._action(self.tr("Redo"), ["Ctrl+Shift+Z", "Ctrl+Y"], history.redo)
        self.delete = self._action(self.tr("Delete"), ["Del", "Backspace"], delete)
        self.select_all = self._action(self.tr("Select all"), ["Ctrl+A"], view.selectAll)
        history.indexChanged.connect(self.update)
        history.indexChanged.connect(self.stepped)
        view.selectionModel().selectionChanged.connect(self.update)
        follow_theme(self._draw_icons)

    def update(self) -> None:
        """Disable what cannot be done, and everything while the page is hidden: keys mean other things there."""
        shown, history = self._page.isVisible(), self._history
        self.undo.setEnabled(shown and history.canUndo())
        self.redo.setEnabled(shown and history.canRedo())
        self.delete.setEnabled(shown and self._view.selectionModel().hasSelection())
        self.select_all.setEnabled(shown)
        self._explain(self.undo, history.undoText())
        self._explain(self.redo, history.redoText())

    def _explain(self, action: QAction, what: str) -> None:
        keys = ", ".join(key.toString(QKeySequence.SequenceFormat.NativeText) for key in action.shortcuts())
        action.setToolTip(f"{action.text()}: {what} ({keys})" if what else f"{action.text()} ({keys})")

    def _action(self, text: str, keys: Sequence[str], slot: Callable[[], None]) -> QAction:
        action = QAction(text, self._page)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.triggered.connect(slot)
        self._explain(action, "")
        self._page.addAction(action)
        return action

    def _draw_icons(self) -> None:
        for name, action in (("undo", self.undo), ("redo", self.redo), ("clear", self.delete)):
            action.setIcon(icon(name))
