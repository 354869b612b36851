"""Where the parts of the page are: the pad beside the panels, or above them where there is no room."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from gui.inside.pad_column import LARGEST_PAD, SMALLEST_PAD, PadColumn
from gui.widgets.scroll_area import ScrollArea
from gui.widgets.tab_order import set_tab_order
from gui.widgets.theme import MARGIN, SPACING, text_pixels

PAD_SHARE = 0.27
"""Of the width, for the pad beside the panels."""
NARROWEST_PANELS = 420
WIDE_ENOUGH = 320
"""From this width on, the answer has room beside the pad."""


class InsideLayout(ScrollArea):
    """The pad with its answer, and the panels, which scroll by themselves beside it: the pad stays in sight."""

    def __init__(self, pad: PadColumn, sections: Sequence[QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pad = pad
        page = QWidget()
        self.setWidget(page)
        self._layout = QGridLayout(page)
        self._layout.setContentsMargins(MARGIN, SPACING, MARGIN, MARGIN)
        self._layout.setSpacing(MARGIN)
        self._layout.setColumnStretch(1, 1)
        self._area = ScrollArea(page)
        self._area.setObjectName("insidePanels")
        self._panels = QWidget()
        column = QVBoxLayout(self._panels)
        column.setContentsMargins(0, 0, 4, 0)  # apart from the scroll bar
        column.setSpacing(SPACING)
        for section in sections:
            column.addWidget(section)
        column.addStretch()
        self._is_beside = True
        self._arrange_in(True)
        page.installEventFilter(self)

    @property
    def is_beside(self) -> bool:
        """Whether the panels are beside the pad."""
        return self._is_beside

    def _arrange(self) -> None:
        room = self.viewport().size()
        width = room.width() - 2 * MARGIN
        pad = min(max(round(width * PAD_SHARE), SMALLEST_PAD, self._pad.tools.minimumSizeHint().width()), LARGEST_PAD)
        bar = self._area.verticalScrollBar().sizeHint().width()
        needed = max(text_pixels(NARROWEST_PANELS), self._panels.minimumSizeHint().width() + bar)
        is_beside = width - pad - MARGIN >= min(needed, width)
        if is_beside != self._is_beside:
            self._is_beside = is_beside
            self._arrange_in(is_beside)
        if is_beside:
            self._pad.setFixedWidth(pad)
            self._pad.fit(pad, room.height() - SPACING - MARGIN, is_wide=False)
        else:
            self._pad.setMinimumWidth(0)
            self._pad.setMaximumWidth(16_777_215)
            self._pad.fit(width, max(room.height() * 3 // 4, SMALLEST_PAD), is_wide=width >= text_pixels(WIDE_ENOUGH))

    def _arrange_in(self, is_beside: bool) -> None:
        if is_beside:
            self._layout.removeWidget(self._panels)
            self._area.setWidget(self._panels)
            self._layout.addWidget(self._pad, 0, 0)
            self._layout.addWidget(self._area, 0, 1)
        else:
            self._area.takeWidget()
            self._layout.removeWidget(self._area)
            self._layout.addWidget(self._pad, 0, 0, 1, 2)
            self._layout.addWidget(self._panels, 1, 0, 1, 2)
        self._area.setVisible(is_beside)
        self._panels.show()
        set_tab_order(self._pad, self._panels)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and watched is self.widget():
            self._arrange()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()
        super().resizeEvent(event)
