"""The answer and what the network sees, as large as there is room for."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QBoxLayout, QWidget

from gui.draw.network_view import NetworkView
from gui.draw.result_panel import ResultPanel
from gui.widgets.scroll_area import ScrollArea
from gui.widgets.theme import SPACING

Direction = QBoxLayout.Direction


class AnswerColumn(ScrollArea):
    """One below the other, or side by side; what does not fit is scrolled to."""

    def __init__(self, result: ResultPanel, network: NetworkView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("answerColumn")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._result = result
        self._network = network
        self._page = QWidget()
        self._layout = QBoxLayout(Direction.TopToBottom, self._page)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(SPACING)
        self._layout.addWidget(result, 1)
        self._layout.addWidget(network)
        self.setWidget(self._page)

    def least_width(self) -> int:
        """How wide it must be for the bars."""
        return self._result.least_width() + self.verticalScrollBar().sizeHint().width()

    def fit(self, size: QSize) -> None:
        """Show both in `size`: side by side where it is much wider than high."""
        width = size.width() - self.verticalScrollBar().sizeHint().width()
        self._network.fit(width, 0)
        is_wide = width >= self._result.least_width() + SPACING + self._network.minimumSizeHint().width()
        if is_wide and size.width() > size.height():
            self._layout.setDirection(Direction.LeftToRight)
            width, height = (width - SPACING) // 2, size.height()
            self._result.fit(width, height)
            self._network.fit(width, height)
        else:
            self._layout.setDirection(Direction.TopToBottom)
            self._result.fit(width, size.height() - SPACING - self._network.minimumSizeHint().height())
            self._network.fit(width, size.height() - SPACING - self._result.minimumSizeHint().height())
        for part in (self._result, self._network, self._page):  # now: a scroll area asks for its least size once
            layout = part.layout()
            if layout is not None:
                layout.activate()
