"""A few training digits, and what augmentation makes of them."""

import numpy as np
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from core.digits.arrays import SIDE, Image, Images
from gui.system.background import Background
from gui.widgets.plain_text import plain_tool_tip
from gui.widgets.theme import current_colours, set_text

COLUMNS = 5
VARIATIONS = 2  # of each digit
DIGIT_SIDE = SIDE * 3 // 2  # one and a half screen pixels for each of the image's
GAP = 4
LABEL_WIDTH = 54


class AugmentationPreview(QAbstractButton):
    """Digits of MNIST in a row, and two variations of each below them. A click shows others."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("trainAugmentPreview")
        self.setAccessibleName(self.tr("Digits of MNIST and their variations; press for others"))
        tip = self.tr("Digits of MNIST above, variations of them below. Click for others.")
        self.setToolTip(plain_tool_tip(tip))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        set_text(self, 12)
        self.images: Images | None = None
        self._is_loading = False
        self.clicked.connect(self.refresh)

    def refresh(self) -> None:
        """Show other digits and variations, in the background: loading MNIST takes a moment the first time."""
        if self._is_loading:
            return
        self._is_loading = True
        loading = Background(lambda checkpoint: example_digits(), "The preview")
        loading.done.connect(self._take)
        loading.failed.connect(self._take_none)  # the field above says what is wrong with the data
        loading.begin()

    def _take(self, images: Images) -> None:
        self._is_loading = False
        self.images = images
        self.update()

    def _take_none(self) -> None:
        self._is_loading = False

    def sizeHint(self) -> QSize:
        last = _cell(VARIATIONS, COLUMNS - 1)
        return QSize(last.right() + 3, last.bottom() + 3)

    def showEvent(self, event: QShowEvent) -> None:
        if self.images is None:
            self.refresh()
        super().showEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setOpacity(1.0 if self.isEnabled() else 0.45)
        self._paint_labels(painter)
        for row in range(1 + VARIATIONS):
            for column in range(COLUMNS):
                pixels = None if self.images is None else self.images[row * COLUMNS + column]
                paint_digit(painter, _cell(row, column), pixels)
        if self.hasFocus():
            painter.setPen(QPen(QColor(current_colours().accent), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def _paint_labels(self, painter: QPainter) -> None:
        painter.setPen(QColor(current_colours().faint_text))
        for text, row in ((self.tr("MNIST"), 0), (self.tr("varied"), 1)):
            place = _cell(row, 0)
            place.setLeft(4)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)


def paint_digit(painter: QPainter, place: QRect, pixels: Image | None) -> None:
    """Paint a digit, uint8 `(28, 28)`, bright on black; None is all black."""
    painter.fillRect(place, Qt.GlobalColor.black)
    if pixels is not None:
        painter.drawImage(place, QImage(pixels.tobytes(), SIDE, SIDE, SIDE, QImage.Format.Format_Grayscale8))


def _cell(row: int, column: int) -> QRect:
    apart = GAP if row else 0  # the originals stand a little apart
    step = DIGIT_SIDE + GAP
    return QRect(2 + LABEL_WIDTH + column * step, 2 + row * step + apart, DIGIT_SIDE, DIGIT_SIDE)


def example_digits() -> Images:
    """Random digits of MNIST, then variations of each: uint8 `(15, 28, 28)`, row by row. Raises DataSetError."""
    from core.datasets.mnist import load_mnist
    from core.digits.augment import augment

    rng = np.random.default_rng()
    train = load_mnist().train
    digits = rng.permutation(10)[:COLUMNS]
    chosen = [int(rng.choice(np.flatnonzero(train.labels[:5000] == digit))) for digit in np.sort(digits)]
    originals = train.images[chosen]
    return np.concatenate([originals, *(augment(originals, rng) for _ in range(VARIATIONS))])
