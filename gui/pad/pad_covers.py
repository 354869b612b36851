"""What lies over the pad for a while: a page of digits, and the sign of something that is being opened."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from gui.pad.canvas import Canvas
from gui.pad.document import PadDocument
from gui.pad.files import PadFiles
from gui.pad.opening_sign import OpeningSign
from gui.pad.page import Page
from gui.pad.page_view import PageView


class PadCovers(QObject):
    """Covers the pad as `files` are opened."""

    def __init__(self, canvas: Canvas, document: PadDocument, files: PadFiles) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._document = document
        sign = OpeningSign(canvas)
        files.waiting.connect(sign.show_name)
        files.progressed.connect(sign.show_progress)
        sign.cancelled.connect(files.cancel)
        files.page_found.connect(self._show_page)
        files.shown.connect(self._close_page)

    def _show_page(self, page: Page) -> None:
        self._close_page()
        view = PageView(page, self._canvas)
        view.taken.connect(self._document.open)
        view.open()

    def _close_page(self) -> None:
        """Close the page of digits, if there is one."""
        view = self._canvas.findChild(QWidget, "pageView", Qt.FindChildOption.FindDirectChildrenOnly)
        if view is not None:
            view.close()
