"""The entries of the curves' legend: what lines and marks mean."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui.train.plot_painting import SIGN_SIZE, Sign, paint_sign


def legend_entry(sign: Sign, text: QWidget) -> QWidget:
    """The `sign`, and beside it its explanation."""
    entry = QWidget()
    row = QHBoxLayout(entry)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    row.addWidget(LegendSample(sign))
    row.addWidget(text)
    return entry


class LegendSample(QWidget):
    """A piece of the line, or the mark."""

    def __init__(self, sign: Sign, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign = sign
        self.setFixedSize(SIGN_SIZE.toSize())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_sign(painter, self._sign, QRectF(self.rect()))
        painter.end()
