"""A few training digits, and what augmentation makes of them."""

import numpy as np
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QShowEvent
from PySide6.QtWidgets import QWidget

from core.digits.arrays import Images
from gui.system.background import Background
from gui.train.digit_grid import DIGIT_SIDE, GAP, DigitGrid, paint_digit
from gui.widgets.theme import current_colours

COLUMNS = 5
VARIATIONS = 2  # of each digit
LABEL_WIDTH = 54


class AugmentationPreview(DigitGrid):
    """Digits of MNIST in a row, and two variations of each below them. A click shows others."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("trainAugmentPreview", parent)
        self.describe(
            self.tr("Digits of MNIST and their variations; press for others"),
            self.tr("Digits of MNIST above, variations of them below. Click for others."),
        )
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

    def paint_digits(self, painter: QPainter) -> None:
        self._paint_labels(painter)
        for row in range(1 + VARIATIONS):
            for column in range(COLUMNS):
                pixels = None if self.images is None else self.images[row * COLUMNS + column]
                paint_digit(painter, _cell(row, column), pixels)

    def _paint_labels(self, painter: QPainter) -> None:
        painter.setPen(QColor(current_colours().faint_text))
        for text, row in ((self.tr("MNIST"), 0), (self.tr("varied"), 1)):
            rect = _cell(row, 0)
            rect.setLeft(4)
            painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)


def _cell(row: int, column: int) -> QRect:
    apart = GAP if row else 0  # between the originals and their variations
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
