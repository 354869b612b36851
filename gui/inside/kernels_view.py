"""The kernels that make one map: a small square of weights for each map that goes in."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.ink.arrays import FloatArray
from gui.inside.mosaic import TileGrid, fit_tiles, mosaic_image

WIDTH, SIDE = 220, 24


class KernelsView(QWidget):
    """All kernels of a map, painted as one picture."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("kernels")
        self.setAccessibleName(self.tr("Kernels"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._kernels: FloatArray | None = None
        self._grid: TileGrid | None = None

    @property
    def kernels(self) -> FloatArray | None:
        """What is shown, float32 `(height, width, inputs)`."""
        return self._kernels

    def show_kernels(self, kernels: FloatArray) -> None:
        """Show `kernels`, float32 `(height, width, inputs)`, in their own scale."""
        self._kernels = kernels
        self._fit()
        self.update()

    def _fit(self) -> None:
        if self._kernels is not None:
            height, width, count = self._kernels.shape
            room = max(self.width(), self.minimumSizeHint().width())
            self._grid = fit_tiles(count, height, width, room, SIDE)
            self.setFixedHeight(self._grid.size[1])

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._kernels is None or self._grid is None:
            return
        painter, scale = QPainter(self), float(abs(self._kernels).max())
        painter.drawImage(QRect(0, 0, *self._grid.size), mosaic_image(self._kernels, self._grid, scale))
        painter.end()
