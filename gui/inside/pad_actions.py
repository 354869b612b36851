"""Undo, redo and clear on the page, by the same keys as on the drawing page."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from gui.pad.document import PadDocument
from gui.widgets.icons import icon
from gui.widgets.theme import follow_theme


class PadActions(QObject):
    """The actions of the page, which is their parent; while it is hidden, none can be used: keys mean other things."""

    def __init__(self, document: PadDocument, page: QWidget) -> None:
        super().__init__(page)
        self._document = document
        stack = document.undo_stack
        self.by_name = {
            "undo": _action(page, self.tr("Undo"), ["Ctrl+Z"], stack.undo),
            "redo": _action(page, self.tr("Redo"), ["Ctrl+Shift+Z", "Ctrl+Y"], stack.redo),
            "clear": _action(page, self.tr("Clear"), ["Del"], document.clear),
        }
        self.by_name["clear"].setAutoRepeat(False)  # a key held down would clear again and again
        self.by_name["clear"].setToolTip(self.tr("Clear (Del, Esc)"))
        stack.canUndoChanged.connect(self.update)
        stack.canRedoChanged.connect(self.update)
        document.changed.connect(self.update)
        follow_theme(self._draw_icons)

    def update(self) -> None:
        """Disable what cannot be done."""
        page, document = self.parent(), self._document
        shown = isinstance(page, QWidget) and page.isVisible()
        stack = document.undo_stack
        self.by_name["undo"].setEnabled(shown and (stack.canUndo() or document.is_drawing))
        self.by_name["redo"].setEnabled(shown and stack.canRedo())
        self.by_name["clear"].setEnabled(shown and not document.is_blank)

    def _draw_icons(self) -> None:
        for name, action in self.by_name.items():
            action.setIcon(icon(name))


def _action(page: QWidget, text: str, keys: Sequence[str], slot: Callable[[], object]) -> QAction:
    action = QAction(text, page)
    action.setShortcuts([QKeySequence(key) for key in keys])
    action.setToolTip(f"{text} ({', '.join(key.toString() for key in action.shortcuts())})")
    action.triggered.connect(slot)
    page.addAction(action)
    return action
