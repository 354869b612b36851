"""Pictures of samples in the colours of the scheme."""

from collections import OrderedDict

import numpy as np
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter

from core.digits.arrays import SIDE
from core.samples.sample import Sample
from gui.widgets.pixel_view import on_screen_pixels
from gui.widgets.theme import current_colours

MOST_KEPT = 2_000
"""Of 3 kB each: several screens full."""


class Pictures:
    """Paints samples as ink on a card. The latest pictures are kept, up to `most`."""

    def __init__(self, most: int = MOST_KEPT) -> None:
        self._most = most
        self._kept: OrderedDict[int, QImage] = OrderedDict()
        self._shades = np.zeros((256, 4), np.uint8)

    def __len__(self) -> int:
        return len(self._kept)

    def take_colours(self) -> None:
        """Paint in the colours of the scheme from now on."""
        colours = current_colours()
        paper, ink = (np.array(_channels(colour)) for colour in (colours.card, colours.ink))
        share = np.linspace(0, 1, 256)[:, np.newaxis]
        self._shades = np.round(paper + (ink - paper) * share).astype(np.uint8)
        self._kept.clear()

    def paint(self, painter: QPainter, rect: QRect, sample: Sample, ratio: float) -> None:
        """Paint a sample in `rect`; the screen has `ratio` pixels for one of Qt's."""
        is_sharp = rect.width() * ratio % SIDE == 0
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not is_sharp)
        painter.drawImage(rect if ratio.is_integer() else on_screen_pixels(painter, rect), self._find(sample))

    def _find(self, sample: Sample) -> QImage:
        image = self._kept.get(sample.id)
        if image is not None:
            self._kept.move_to_end(sample.id)
            return image
        pixels = self._shades[sample.image].tobytes()
        image = self._kept[sample.id] = QImage(pixels, SIDE, SIDE, 4 * SIDE, QImage.Format.Format_RGB32).copy()
        if len(self._kept) > self._most:
            self._kept.popitem(last=False)
        return image


def _channels(colour: str) -> tuple[int, int, int, int]:
    """Blue, green, red and 255, as `Format_RGB32` has them in memory."""
    parts = QColor(colour)
    return parts.blue(), parts.green(), parts.red(), 255
