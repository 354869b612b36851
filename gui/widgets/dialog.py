"""What all dialogs have in common: they fit the screen."""

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from gui.system.window_place import fitting_size
from gui.widgets.plain_text import wrap_tool_tips
from gui.widgets.scroll_area import ScrollArea
from gui.widgets.theme import MARGIN, SPACING, text_pixels


class Dialog(QDialog):
    """Is never larger than the screen it opens on; what then has no room is scrolled."""

    def __init__(self, size: tuple[int, int], parent: QWidget | None = None) -> None:
        """`size` is what it would like, for texts of their actual size."""
        super().__init__(parent)
        self.resize(*(text_pixels(side) for side in size))

    def fill(self, content: QWidget, *below: QWidget) -> None:
        """Show `content`, scrolled where it must be, and `below` it what stays in sight while there is any room."""
        around, page, place = ScrollArea(), QWidget(), ScrollArea()
        place.setWidget(content)
        around.setWidget(page)
        inside = QVBoxLayout(page)
        inside.setContentsMargins(MARGIN, MARGIN, MARGIN, SPACING)
        inside.setSpacing(SPACING)
        inside.addWidget(place, 1)
        for part in below:
            inside.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(around)

    def showEvent(self, event: QShowEvent) -> None:
        if not event.spontaneous():
            wrap_tool_tips(self)
            self.resize(fitting_size(self.size(), self.screen().availableGeometry()))
        super().showEvent(event)
