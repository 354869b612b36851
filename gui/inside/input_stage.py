"""The beginning of the network: the picture."""

import numpy as np
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.digits.arrays import SIDE
from core.ink.arrays import FloatArray
from gui.inside.terms import Term
from gui.inside.word import Word
from gui.widgets.labels import make_faint_label
from gui.widgets.pixel_view import PixelView
from gui.widgets.theme import SPACING

ZOOM = 4


class InputStage(QWidget):
    """Shows the input, 28 by 28."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("input")
        self.picture = PixelView(self.tr("the 28 by 28 picture that goes in"))
        self.picture.setFixedSize(SIDE * ZOOM, SIDE * ZOOM)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, SPACING)
        layout.setSpacing(6)
        layout.addWidget(Word(self.tr("Input"), Term.INPUT, bold=True))
        layout.addWidget(make_faint_label(self.tr("28×28 pixels"), pixels=13))
        layout.addWidget(self.picture)

    def show_image(self, values: FloatArray) -> None:
        """Show float32 `(28, 28)` in [0, 1]."""
        self.picture.show_pixels(np.rint(values * 255).astype(np.uint8))
