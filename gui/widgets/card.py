"""The white boxes that pages are made of."""

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from gui.widgets.labels import make_heading
from gui.widgets.theme import MARGIN, SPACING

GAP = 8
"""Between the parts of a card."""


class Card(QFrame):
    """A frame that the style sheet draws as a card."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)

    def make_column(self, *, top: int = SPACING, bottom: int = SPACING) -> QVBoxLayout:
        """The card's layout: its parts in a column, with the usual margins at the sides."""
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, top, MARGIN, bottom)
        column.setSpacing(GAP)
        return column

    def fill_with(self, table: QWidget) -> None:
        """Let a `table` fill the card. It has a border of its own, which is seen while it has the focus."""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(5, 5, 5, SPACING - 1)
        layout.addWidget(table)


def make_titled_card(title: str, *parts: QWidget) -> Card:
    """`parts` in a column under a heading."""
    card = Card()
    column = card.make_column(bottom=MARGIN)
    column.addWidget(make_heading(title))
    for part in parts:
        column.addWidget(part)
    return card
