"""The widgets of the drawing page, arranged as its size allows."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from gui.draw.layout import SMALLEST_PAD, Needs, find_layout, least_page
from gui.draw.network_view import NetworkView
from gui.draw.result_panel import ResultPanel
from gui.draw.tools import PadTools
from gui.widgets.scroll_area import ScrollArea
from gui.widgets.theme import SPACING, follow_text_scale, text_scale

Direction = QBoxLayout.Direction


class AnswerColumn(ScrollArea):
    """The answer and what the network sees, one below the other or side by side. What does not fit is scrolled to."""

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
        """The width that the bars need."""
        return self._result.least_width() + self.verticalScrollBar().sizeHint().width()

    def fit(self, size: QSize) -> None:
        """Show both in `size`: side by side if it is much wider than high, and tight where that spares scrolling."""
        self._fit(size, is_tight=False)
        if self._page.minimumSizeHint().height() > size.height():
            self._fit(size, is_tight=True)
            if self._page.minimumSizeHint().height() > size.height():
                self._fit(size, is_tight=False)

    def _fit(self, size: QSize, *, is_tight: bool) -> None:
        width = size.width() - self.verticalScrollBar().sizeHint().width()
        self._result.set_tight(is_tight)
        self._network.set_tight(is_tight)
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
        for part in (self._result, self._network, self._page):  # now: a scroll area asks for its least size only once
            layout = part.layout()
            if layout is not None:
                layout.activate()


class DrawPage(QWidget):
    """The pad, its tools and the answer."""

    def __init__(self, pad: QWidget, tools: PadTools, answer: AnswerColumn) -> None:
        super().__init__()
        self._pad = pad
        self._tools = tools
        self._answer = answer
        for part in (pad, tools, answer):
            part.setParent(self)
        pad.setMinimumSize(SMALLEST_PAD, SMALLEST_PAD)
        follow_text_scale(self._fit)

    def _fit(self) -> None:
        needs = Needs(self._tools.row_size(), self._tools.strip_size(), self._answer.least_width(), text_scale())
        viewport = self.parentWidget()
        self.setMinimumSize(least_page(viewport.size() if viewport else self.size(), needs))
        layout = find_layout(self.size(), needs)
        self._pad.setGeometry(layout.pad)
        self._tools.fit(layout.tools.width(), layout.tools.height(), upright=layout.tools_upright)
        self._tools.setGeometry(layout.tools)
        self._answer.fit(layout.answer.size())
        self._answer.setGeometry(layout.answer)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)
