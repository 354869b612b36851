"""A few training digits, and what augmentation makes of them."""

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from core.augment import augment
from core.datasets.mnist import load_mnist
from gui.background import Background
from gui.theme import current_colours

COLUMNS = 6
GAP = 4
SIDE = 42  # one and a half pixels for each of 28

Images = npt.NDArray[np.uint8]


class AugmentationPreview(QAbstractButton):
    """Six digits of MNIST above, a variation of each beneath. A click shows others."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("trainAugmentPreview")
        self.setAccessibleName(self.tr("Digits of MNIST and their variations; press for others"))
        self.setToolTip(self.tr("Digits of MNIST above, how they are varied beneath. Click for others."))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.images: Images | None = None
        self._is_loading = False
        self._rng = np.random.default_rng()
        self.clicked.connect(self.refresh)

    def refresh(self) -> None:
        """Show other digits and variations. Loading MNIST takes a moment the first time, so it is done beside."""
        if self._is_loading:
            return
        self._is_loading = True
        seed = int(self._rng.integers(2**31))
        loading = Background(lambda: example_digits(seed), "The preview")
        loading.done.connect(self._take)
        loading.failed.connect(self._take_none)  # the field above the preview says what is wrong with the data
        loading.begin()

    def _take(self, images: Images) -> None:
        self._is_loading = False
        self.images = images
        self.update()

    def _take_none(self) -> None:
        self._is_loading = False

    def sizeHint(self) -> QSize:
        return QSize(COLUMNS * (SIDE + GAP) - GAP + 4, 2 * (SIDE + GAP) - GAP + 4)

    def showEvent(self, event: QShowEvent) -> None:
        if self.images is None:
            self.refresh()
        super().showEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = current_colours()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setOpacity(1.0 if self.isEnabled() else 0.45)
        for index in range(2 * COLUMNS):
            row, column = divmod(index, COLUMNS)
            place = QRectF(2 + column * (SIDE + GAP), 2 + row * (SIDE + GAP), SIDE, SIDE)
            painter.fillRect(place, Qt.GlobalColor.black)
            if self.images is not None:
                pixels = self.images[index]
                image = QImage(pixels.tobytes(), 28, 28, 28, QImage.Format.Format_Grayscale8)
                painter.drawImage(place, image)
        if self.hasFocus():
            painter.setPen(QPen(QColor(colours.accent), 1))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()


def example_digits(seed: int) -> Images:
    """Six digits of MNIST, then a variation of each: uint8 `(12, 28, 28)`. Raises DataSetError."""
    rng = np.random.default_rng(seed)
    train = load_mnist().train
    digits = rng.permutation(10)[:COLUMNS]
    chosen = [int(rng.choice(np.flatnonzero(train.labels[:5000] == digit))) for digit in np.sort(digits)]
    originals = train.images[chosen]
    return np.concatenate([originals, augment(originals, rng)])
