"""Evidence on the pad: the ink in two colours, what would change the answer, and a caption that says so."""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from core.digits.arrays import SIDE, Image
from core.digits.normalize import TILE_SIDE, NormalizedDigit
from core.ink.arrays import FloatArray
from gui.widgets.theme import RADIUS, current_colours, sized_font, text_pixels

CAPTION = 13
EDGE = 10.0
_ZOOM = 8
_SPREAD, _NEAR = 1.2, 0.02  # pixels of the image by which colours are spread, and the least that counts as near ink
_OUTSIDE = 9  # pixels of the square around the digit
_COMING = 0.45  # opacity of ink that comes


@dataclass(frozen=True, slots=True, eq=False)
class Tint:
    """Colours for the ink on the pad.

    Attributes
    ----------
    image
        The colours, and how strong they are.
    place
        Where they are, in pad units.
    """

    image: QImage
    place: QRectF


@dataclass(frozen=True, slots=True, eq=False)
class EvidenceMark:
    """What is shown on the pad.

    Attributes
    ----------
    digit
        The digit that is explained.
    shares
        float32 `(28, 28)` in [-1, 1]: how strongly each pixel is coloured, as `core.explaining.picture` says.
    caption
        What the colours mean, and what would change the answer.
    ghost
        uint8 `(s, s)`: the ink that would go or come, in the square around the digit; None for none.
    goes
        Whether it would go.
    """

    digit: NormalizedDigit
    shares: FloatArray
    caption: str
    ghost: Image | None = None
    goes: bool = True

    def tint(self) -> Tint:
        """The colours of the evidence, spread a little beyond the ink: on the pad its line may be wider."""
        inked = (self.digit.image > 0).astype(np.float32)
        near = cv2.GaussianBlur(inked, (0, 0), _SPREAD)
        spread = cv2.GaussianBlur(self.shares * inked, (0, 0), _SPREAD) / np.maximum(near, _NEAR)
        large = cv2.resize(spread.astype(np.float32), None, fx=_ZOOM, fy=_ZOOM, interpolation=cv2.INTER_CUBIC)
        colours = current_colours()
        strength = np.sqrt(np.clip(np.abs(large), 0, 1))[..., np.newaxis]  # else little evidence would be no colour
        said = np.where(large[..., np.newaxis] > 0, _channels(colours.speaks_for), _channels(colours.speaks_against))
        pixels = np.empty((*large.shape, 4), np.uint8)
        pixels[..., :3] = said * strength + np.array(_channels(colours.faint_text)) * (1 - strength)
        pixels[..., 3] = 255 * (cv2.resize(near, None, fx=_ZOOM, fy=_ZOOM, interpolation=cv2.INTER_LINEAR) > _NEAR)
        return Tint(_image(pixels), self._place_of_image())

    def _place_of_image(self) -> QRectF:
        """Where the 28x28 image is on the pad: its tile of 20x20 covers the digit's box."""
        left, top, side = self.digit.box
        pixel = side / TILE_SIDE
        right, down = ((SIDE - TILE_SIDE) // 2 + shift for shift in self.digit.shift)
        return QRectF(left - right * pixel, top - down * pixel, SIDE * pixel, SIDE * pixel)

    def paint_ghost(self, painter: QPainter, scale: float) -> None:
        """Paint the ink that would go or come; `scale`: pixels in one pad unit."""
        if self.ghost is None:
            return
        left, top, side = (value * scale for value in self.digit.box)
        pixel = side / len(self.ghost)
        colour = QColor(current_colours().accent)
        painter.setPen(QPen(colour, 2.0, Qt.PenStyle.DashLine))
        colour.setAlphaF(0.0 if self.goes else _COMING)
        painter.setBrush(colour)
        for outline in _outlines(self.ghost):
            painter.drawPolygon(QPolygonF([QPointF(left + x * pixel, top + y * pixel) for x, y in outline]))


def _outlines(ghost: Image) -> list[list[tuple[float, float]]]:
    """The outlines of a ghost, a little outside of it, in its pixels."""
    mask = cv2.dilate((ghost > 127).astype(np.uint8), np.ones((_OUTSIDE, _OUTSIDE), np.uint8))
    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    return [contour[:, 0].tolist() for contour in contours]


def paint_caption(painter: QPainter, pad: QWidget, caption: str) -> None:
    """Paint `caption` at the lower edge of the pad, readable over ink."""
    if not caption:
        return
    colours = current_colours()
    painter.setFont(sized_font(pad, CAPTION))
    flags = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
    room = QRectF(pad.rect()).adjusted(2 * EDGE, EDGE, -2 * EDGE, -1.5 * EDGE)
    needed = painter.boundingRect(room, flags, caption)
    needed.moveBottom(room.bottom())
    ground = QColor(colours.card)
    ground.setAlphaF(0.88)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(needed.adjusted(-EDGE, -EDGE / 2, EDGE, EDGE / 2), RADIUS, RADIUS)
    painter.setPen(QColor(colours.text))
    painter.drawText(needed.adjusted(-text_pixels(1), 0, text_pixels(1), 0), flags, caption)


def _channels(name: str) -> tuple[int, int, int]:
    colour = QColor(name)
    return colour.red(), colour.green(), colour.blue()


def _image(pixels: npt.NDArray[np.uint8]) -> QImage:
    height, width = pixels.shape[:2]
    return QImage(pixels.tobytes(), width, height, 4 * width, QImage.Format.Format_RGBA8888).copy()
