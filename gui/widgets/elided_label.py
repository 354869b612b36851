"""A line of text that may be too long for its place."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

LEAST_OF_NAME = 16
"""Average characters to which a name is shortened before the rest of its line is cut."""


class ElidedLabel(QLabel):
    """Shortens a text that is too long, with an ellipsis, instead of widening the page."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._parts = ("", "", "")

    def show_name(self, name: str, *, before: str = "", after: str = "") -> None:
        """Show a text with a `name` that is shortened first, in its middle: names of a kind often begin alike."""
        self._parts = (before, name, after)
        self.setText("".join(self._parts))

    def shown_text(self) -> str:
        """As much of the text as fits."""
        metrics, width, text = self.fontMetrics(), self.contentsRect().width(), self.text()
        before, name, after = self._parts
        if name and text == "".join(self._parts) and metrics.horizontalAdvance(text) > width:
            room = width - metrics.horizontalAdvance(before) - metrics.horizontalAdvance(after)
            least = min(LEAST_OF_NAME * metrics.averageCharWidth(), width)
            text = before + metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, max(room, least)) + after
        return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)

    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        return QSize(min(least.width(), LEAST_OF_NAME * self.fontMetrics().averageCharWidth()), least.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        alignment = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(self.contentsRect(), alignment, self.shown_text())
        painter.end()
