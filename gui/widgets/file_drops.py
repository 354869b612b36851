"""Files and folders dropped anywhere on a page."""

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLineEdit, QWidget

from gui.widgets.theme import MARGIN, RADIUS, current_colours

EDGE = 3


class FileDrops(QObject):
    """Handles drops on a page and its fields, which would otherwise insert the paths as text.

    Signals
    -------
    files_dropped
        `(paths)`: what was dropped; maybe nothing that is a file.
    """

    files_dropped = Signal(list)

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._frame = DropFrame(page)
        page.setAcceptDrops(True)
        for widget in (page, *page.findChildren(QLineEdit)):
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDropEvent) and event.mimeData().hasUrls():
            event.setDropAction(Qt.DropAction.CopyAction)  # a move would remove the files from their folder
            event.accept()
            self._frame.show_over(event.type() != QEvent.Type.Drop)
            if event.type() == QEvent.Type.Drop:
                urls = event.mimeData().urls()
                self.files_dropped.emit([Path(url.toLocalFile()) for url in urls if url.isLocalFile()])
            return True
        if event.type() == QEvent.Type.DragLeave:
            self._frame.show_over(False)
        return super().eventFilter(watched, event)


class DropFrame(QWidget):
    """A border around the page while something is dragged over it."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self.setObjectName("dropFrame")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._page = page
        self.hide()

    def show_over(self, is_over: bool) -> None:
        """Show or hide the border."""
        if is_over != self.isVisible():
            self.setGeometry(self._page.rect())
            self.setVisible(is_over)
            self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(current_colours().accent), EDGE))
        inset = MARGIN // 2
        painter.drawRoundedRect(self.rect().adjusted(inset, inset // 2, -inset, -inset), RADIUS, RADIUS)
        painter.end()
