"""What lies over the pad for a while: a page of digits, and the sign of something that is being opened."""

from PySide6.QtCore import QObject, Qt, Signal

from gui.pad.canvas import Canvas
from gui.pad.document import PadDocument
from gui.pad.files import PadFiles
from gui.pad.opening_sign import OpeningSign
from gui.pad.page import Page
from gui.pad.page_view import PageView


class PadCovers(QObject):
    """Covers the pad as `files` are opened.

    Signals
    -------
    page_looked_at
        `(Page, int | None)`: the page covers the pad, and this digit of it is looked at, in reading order.
    page_closed
        The pad can be seen again.
    """

    page_looked_at = Signal(object, object)
    page_closed = Signal()

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
        document.undo_stack.indexChanged.connect(self._forget_taken)

    def select(self, index: int) -> None:
        """Look at this digit of the page that covers the pad, if one does."""
        view = self._page_view()
        if view is not None:
            view.sheet.select(index)

    def _show_page(self, page: Page) -> None:
        self._close_page()
        view = PageView(page, self._canvas)
        view.taken.connect(self._document.open)
        view.looked_at.connect(self._look_at)
        view.closed.connect(self.page_closed)
        view.open()

    def _look_at(self, index: int | None) -> None:
        view = self._page_view()
        if view is not None:
            self.page_looked_at.emit(view.page, index)

    def _forget_taken(self) -> None:
        view = self._page_view()
        if view is not None:
            view.forget_taken()

    def _close_page(self) -> None:
        """Close the page of digits, if there is one."""
        view = self._page_view()
        if view is not None:
            view.close()

    def _page_view(self) -> PageView | None:
        views = self._canvas.findChildren(PageView, options=Qt.FindChildOption.FindDirectChildrenOnly)
        return next((view for view in views if not view.isHidden()), None)  # a closed one goes a little later
