"""Pictures of digits in the colours of the scheme."""

from collections import OrderedDict
from typing import Protocol

import numpy as np
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter

from core.digits.arrays import SIDE, Image
from gui.widgets.pixel_view import on_screen_pixels
from gui.widgets.theme import current_colours

MOST_KEPT = 2_000
"""Of 3 kB each: several screens full."""


class Pictured(Protocol):
    """Anything with a number of its own and the image uint8 `(28, 28)` that goes with it."""

    @property
    def id(self) -> int: ...

    @property
    def image(self) -> Image: ...


class Pictures:
    """Paints digits as ink on a card. The latest pictures are kept, up to `most`."""

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

    def forget(self) -> None:
        """Other digits may have the same numbers from now on."""
        self._kept.clear()

    def paint(self, painter: QPainter, rect: QRect, digit: Pictured, ratio: float) -> None:
        """Paint a digit in `rect`; the screen has `ratio` pixels for one of Qt's."""
        is_sharp = rect.width() * ratio % SIDE == 0
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not is_sharp)
        painter.drawImage(rect if ratio.is_integer() else on_screen_pixels(painter, rect), self._find(digit))

    def _find(self, digit: Pictured) -> QImage:
        image = self._kept.get(digit.id)
        if image is not None:
            self._kept.move_to_end(digit.id)
            return image
        pixels = self._shades[digit.image].tobytes()
        image = self._kept[digit.id] = QImage(pixels, SIDE, SIDE, 4 * SIDE, QImage.Format.Format_RGB32).copy()
        if len(self._kept) > self._most:
            self._kept.popitem(last=False)
        return image


def _channels(colour: str) -> tuple[int, int, int, int]:
    """Blue, green, red and 255, as `Format_RGB32` has them in memory."""
    parts = QColor(colour)
    return parts.blue(), parts.green(), parts.red(), 255
