"""A combo box with a name for screen readers.

On Unix, Qt gives them the current item instead of the name, and takes the name from a label beside the box: a combo box
under a heading has none.
"""

import sys

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QComboBox, QWidget

SHOW_MENU = "ShowMenu"


class NamedComboBox(QComboBox):
    """Has the accessible name `name`, and the current item as its value."""

    def __init__(self, object_name: str, name: str, parent: QWidget | None = None) -> None:
        _install_once()
        super().__init__(parent)
        self.setObjectName(object_name)
        self.setAccessibleName(name)


class SpokenComboBox(QAccessibleWidget):
    """What a screen reader sees of one: its name, the current item, and the list."""

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
    """Only on Unix: elsewhere Qt uses the name by itself."""
    global _is_installed
    if not _is_installed and sys.platform not in ("win32", "darwin"):
        _is_installed = True
        QAccessible.installFactory(_make_interface)
