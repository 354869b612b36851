"""Push buttons, and a row of them that starts at the left and goes on below where it must."""

from PySide6.QtWidgets import QPushButton, QWidget

from gui.widgets.flow_row import FlowRow
from gui.widgets.theme import set_look

GAP = 8


def make_button(name: str, text: str, *, is_primary: bool = False) -> QPushButton:
    """A button that scripts find as `name`; a primary one is what the page is for."""
    button = QPushButton(text)
    button.setObjectName(name)
    button.setProperty("primary", is_primary)
    button.setAutoDefault(False)  # in a dialog, Enter belongs to what has the focus
    return button


def set_primary(button: QPushButton, is_primary: bool) -> None:
    """Let `button` be what the page is for, or one like the others."""
    set_look(button, "primary", is_primary)


def make_button_row(*parts: QWidget) -> QWidget:
    """`parts` side by side, as wide as they are, in as many rows as they need."""
    return FlowRow(*parts, spacing=GAP)
