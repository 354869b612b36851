"""Where the parts of the page of one's own digits are."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from gui.widgets.column import Column
from gui.widgets.scroll_area import ScrollArea
from gui.widgets.tab_order import set_tab_order
from gui.widgets.theme import MARGIN, SPACING, text_pixels

SIDE_WIDTH = 268
GRID_WIDTH = 330
"""The narrowest grid that has a column of cards beside it: four thumbnails."""


class DigitsLayout(ScrollArea):
    """The grid with what is above it, and cards: in a column beside it, or below it where there is no room."""

    def __init__(self, main: QWidget, cards: Sequence[QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._main = main
        page = QWidget()
        self.setWidget(page)
        self._layout = QGridLayout(page)
        self._layout.setContentsMargins(MARGIN, SPACING, MARGIN, MARGIN)
        self._layout.setSpacing(SPACING)
        self._layout.setColumnStretch(0, 1)
        self._layout.setRowStretch(0, 1)
        self._column = Column(SIDE_WIDTH, page)
        self._cards = QWidget()
        column = QVBoxLayout(self._cards)
        column.setContentsMargins(0, 0, 4, 0)  # apart from the scroll bar
        column.setSpacing(SPACING)
        for card in cards:
            column.addWidget(card)
        column.addStretch()
        self._is_beside = True
        self._layout.addWidget(main, 0, 0)
        self._arrange_in(True)
        page.installEventFilter(self)

    def reveal_card(self, card: QWidget) -> None:
        """Scroll to one of the cards."""
        (self._column if self._is_beside else self).reveal(card)

    def _arrange(self) -> None:
        room = self.viewport().width() - 2 * MARGIN - SPACING
        bar = self._column.verticalScrollBar().sizeHint().width()
        side = max(text_pixels(SIDE_WIDTH), self._cards.minimumSizeHint().width() + bar)
        needed = max(text_pixels(GRID_WIDTH), self._main.minimumSizeHint().width())
        is_beside = room - side >= needed
        if is_beside != self._is_beside:
            self._is_beside = is_beside
            self._arrange_in(is_beside)

    def _arrange_in(self, is_beside: bool) -> None:
        if is_beside:
            self._layout.removeWidget(self._cards)
            self._column.setWidget(self._cards)
            self._layout.addWidget(self._column, 0, 1)
        else:
            self._column.takeWidget()
            self._layout.removeWidget(self._column)
            self._layout.addWidget(self._cards, 1, 0)
        self._column.setVisible(is_beside)
        self._cards.show()
        set_tab_order(self._main, self._cards)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and watched is self.widget():
            self._arrange()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()
        super().resizeEvent(event)
