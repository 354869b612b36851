"""The base of all dialogs: they fit the screen."""

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from gui.system.window_geometry import fitting_size
from gui.widgets.plain_text import wrap_tool_tips
from gui.widgets.scroll_area import ScrollArea
from gui.widgets.theme import MARGIN, SPACING, text_pixels


class Dialog(QDialog):
    """Is never larger than the screen it opens on; what does not fit is scrolled."""

    def __init__(self, size: tuple[int, int], parent: QWidget | None = None) -> None:
        """`size` is the preferred size, for texts at their actual size."""
        super().__init__(parent)
        self.resize(*(text_pixels(side) for side in size))

    def fill(self, content: QWidget, *below: QWidget) -> None:
        """Show `content`, scrolled if it must be, and `below` it what stays visible while there is any room."""
        outer, page, inner = ScrollArea(), QWidget(), ScrollArea()
        inner.setWidget(content)
        outer.setWidget(page)
        column = QVBoxLayout(page)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, SPACING)
        column.setSpacing(SPACING)
        column.addWidget(inner, 1)
        for part in below:
            column.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(outer)

    def showEvent(self, event: QShowEvent) -> None:
        if not event.spontaneous():
            wrap_tool_tips(self)
            self.resize(fitting_size(self.size(), self.screen().availableGeometry()))
        super().showEvent(event)
