"""The numbers of a vector as upright bars."""

import numpy as np
from PySide6.QtCore import QEvent, QRectF, QSize
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.ink.arrays import FloatArray
from gui.inside.scales import number_text
from gui.widgets.theme import current_colours

HEIGHT = 72
THINNEST, WIDEST = 2, 14


class BarsView(QWidget):
    """One bar for each number, from zero up or down; as many as fit."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """`name` is what screen readers call it."""
        super().__init__(parent)
        self.setObjectName("bars")
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(HEIGHT)
        self._values: FloatArray | None = None
        self._scale = 1.0
        self._most: int | None = None

    @property
    def values(self) -> FloatArray | None:
        """What is shown, float32 `(width,)`."""
        return self._values

    def show_values(self, values: FloatArray, scale: float, most: int | None) -> None:
        """Show `values`, float32 `(width,)`; the bar of the one that says most for the answer is marked."""
        self._values, self._scale, self._most = values, scale, most
        said = "" if most is None else self.tr("; number {0} says most").format(most + 1)
        largest = int(np.argmax(values))
        text = self.tr("the largest is number {0}: {1}").format(largest + 1, number_text(float(values[largest])))
        self.setAccessibleDescription(text + said)
        self.update()

    def _step(self, count: int) -> float:
        return min(max(self.width() / max(count, 1), THINNEST), WIDEST)

    def _zero(self, values: FloatArray) -> float:
        """How far down zero is: at the bottom where nothing is below it."""
        return self.height() - 1.0 if values.min() >= 0 else self.height() / 2

    def sizeHint(self) -> QSize:
        return QSize(400, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        values = self._values
        if values is None:
            return
        colours, zero, step = current_colours(), self._zero(values), self._step(len(values))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, step >= 4)
        above, below, most = QColor(colours.validation), QColor(colours.training), QColor(colours.accent)
        most.setAlphaF(0.35)
        width = max(step - (1.0 if step >= 3 else 0.0), 1.0)
        reach = zero - 6  # room for the mark
        for index, value in enumerate(values[: int(self.width() / step)].tolist()):
            length = min(abs(value) / self._scale, 1.0) * reach
            top = zero - length if value >= 0 else zero
            if index == self._most:
                painter.fillRect(QRectF(index * step - 1, 0, width + 2, self.height()), most)
            painter.fillRect(QRectF(index * step, top, width, length), above if value >= 0 else below)
        painter.setPen(QPen(QColor(colours.border), 1))
        painter.drawLine(0, int(zero), self.width(), int(zero))
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        values = self._values
        index = -1 if values is None else int(event.position().x() / self._step(len(values)))
        if values is None or not 0 <= index < len(values):
            self.setToolTip("")
            return
        self.setToolTip(self.tr("Number {0}: {1}").format(index + 1, number_text(float(values[index]))))

    def leaveEvent(self, event: QEvent) -> None:
        self.setToolTip("")
        super().leaveEvent(event)
