"""A word with its explanation."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolButton, QToolTip, QWidget

from gui.widgets.plain_text import plain_tool_tip
from gui.widgets.theme import current_colours, set_text

BELOW = 3
"""Pixels for the dots below a word."""


class Word(QToolButton):
    """A dotted word. Its tool tip explains it, a click or the keyboard shows that, and screen readers read it."""

    def __init__(self, text: str, *explanations: str, bold: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("link", True)
        self.setCursor(Qt.CursorShape.WhatsThisCursor)
        self._is_bold = bold
        set_text(self, 14 if bold else 13, bold=bold)
        self.setText(text)
        self.explain(*explanations)
        self.clicked.connect(self.show_explanation)

    def explain(self, *explanations: str) -> None:
        """Set what the word means."""
        text = "\n".join(explanations)
        self.setToolTip(plain_tool_tip(text))
        self.setAccessibleName(self.tr("What is this: {0}").format(self.text()))
        self.setAccessibleDescription(text)

    def show_explanation(self) -> None:
        """Show the explanation below the word."""
        QToolTip.showText(self.mapToGlobal(QPoint(0, self.height())), self.toolTip(), self)

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text()) + 1, metrics.height() + BELOW)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, colours = QPainter(self), current_colours()
        is_pointed = self.hasFocus() or self.underMouse()
        painter.setPen(QColor(colours.accent if is_pointed else colours.text if self._is_bold else colours.faint_text))
        hint = self.sizeHint()
        top = (self.height() - hint.height()) // 2
        room = QRect(0, top, self.width(), hint.height() - BELOW)
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self.text())
        line = Qt.PenStyle.SolidLine if is_pointed else Qt.PenStyle.DotLine
        painter.setPen(QPen(painter.pen().color(), 1, line))
        bottom = room.bottom() + BELOW - 1
        painter.drawLine(0, bottom, min(hint.width(), self.width()), bottom)
        painter.end()
