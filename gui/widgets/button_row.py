"""Push buttons, and rows of them that wrap where there is no room."""

from PySide6.QtWidgets import QMenu, QPushButton, QToolButton, QWidget

from gui.widgets.flow_row import FlowRow
from gui.widgets.theme import set_look

GAP = 8


def make_button(name: str, text: str, *, is_primary: bool = False) -> QPushButton:
    """A button with the object name `name`; the primary one is the main button of a page."""
    button = QPushButton(text)
    button.setObjectName(name)
    button.setProperty("primary", is_primary)
    button.setAutoDefault(False)  # in a dialog, Enter belongs to the focused widget
    return button


def make_menu_button(name: str, text: str) -> tuple[QToolButton, QMenu]:
    """A button that opens a menu, and the menu, which is empty."""
    button = QToolButton()
    button.setObjectName(name)
    button.setText(text)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    menu = QMenu(button)
    button.setMenu(menu)
    return button, menu


def set_primary(button: QPushButton, is_primary: bool) -> None:
    """Make `button` the main button of its page, or one like the others."""
    set_look(button, "primary", is_primary)


def make_button_row(*parts: QWidget) -> QWidget:
    """`parts` side by side in their own widths, in as many rows as they need."""
    return FlowRow(*parts, spacing=GAP)
