"""Push buttons, and a row of them that starts at the left."""

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from gui.theme import set_look


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
    """`parts` side by side, as wide as they are; the room that is left stays empty."""
    page = QWidget()
    row = QHBoxLayout(page)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    for part in parts:
        row.addWidget(part)
    row.addStretch()
    return page
