"""A combo box with a name for screen readers.

On Unix Qt tells them what is chosen in the place of the name, and leaves the name to a label that stands beside it: a
combo box under a heading has none.
"""

import sys

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QComboBox, QWidget

SHOW_MENU = "ShowMenu"


class NamedComboBox(QComboBox):
    """Is called `name`, and what is chosen is its value."""

    def __init__(self, object_name: str, name: str, parent: QWidget | None = None) -> None:
        _install_once()
        super().__init__(parent)
        self.setObjectName(object_name)
        self.setAccessibleName(name)


class SpokenComboBox(QAccessibleWidget):
    """What a screen reader sees of one: its name, what is chosen, and the list to choose from."""

    def __init__(self, box: NamedComboBox) -> None:
        super().__init__(box, QAccessible.Role.ComboBox)

    def _box(self) -> QComboBox:
        box = self.object()
        assert isinstance(box, QComboBox)
        return box

    def text(self, kind: QAccessible.Text) -> str:
        if kind in (QAccessible.Text.Value, QAccessible.Text.Description):
            return self._box().currentText()
        return super().text(kind)

    def childCount(self) -> int:
        return 1

    def child(self, index: int) -> QAccessibleInterface:
        return QAccessible.queryAccessibleInterface(self._box().view())

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return 0 if child.object() is self._box().view() else -1

    def actionNames(self) -> list[str]:
        return [SHOW_MENU, *super().actionNames()]

    def doAction(self, name: str) -> None:
        if name == SHOW_MENU:
            self._box().showPopup()
        else:
            super().doAction(name)


def _make_interface(class_name: str, item: QObject) -> QAccessibleInterface | None:
    return SpokenComboBox(item) if isinstance(item, NamedComboBox) and class_name == NamedComboBox.__name__ else None


_is_installed = False


def _install_once() -> None:
    """Elsewhere than on Unix, Qt tells the name by itself."""
    global _is_installed
    if not _is_installed and sys.platform not in ("win32", "darwin"):
        _is_installed = True
        QAccessible.installFactory(_make_interface)
