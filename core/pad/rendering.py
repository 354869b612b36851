"""Render the pad's content: for the network, and for a file."""

from dataclasses import replace

import cv2
import numpy as np

from core.digits.arrays import Image
from core.digits.normalize import NormalizedDigit, normalize_drawing, normalize_ink_image
from core.ink.drawing import Drawing
from core.ink.rendering import draw_on, write_png
from core.pad.content import PAD_SIDE, Content, PictureInk

SEEN_SIDE = 500
"""Side of the pad in pixels when a picture and strokes are recognised together: much more than the 20 that remain."""
SAVED_SIDE = 1000


def normalize_content(content: Content) -> NormalizedDigit | None:
    """The network's input for the pad, with its box in pad units; None when the pad is blank.

    Strokes alone are redrawn at MNIST's stroke width. On a picture they keep the width they have on the pad.
    """
    if isinstance(content, Drawing):
        return normalize_drawing(content)
    if not content.strokes:
        return _on_pad(normalize_ink_image(content.ink), *content.place)
    return _on_pad(normalize_ink_image(render_picture(content, SEEN_SIDE)), 0.0, 0.0, PAD_SIDE / SEEN_SIDE)


def render_picture(picture: PictureInk, side: int) -> Image:
    """The whole pad with a picture and the strokes on it, uint8 `(side, side)`, bright on 0."""
    scale = side / PAD_SIDE
    left, top, width, height = (round(length * scale) for length in picture.box)
    method = cv2.INTER_AREA if width < picture.ink.shape[1] else cv2.INTER_LINEAR
    raster = np.zeros((side, side), np.uint8)
    size = max(1, width), max(1, height)
    shown = cv2.resize(picture.ink, size, interpolation=method)
    raster[top : top + size[1], left : left + size[0]] = shown[: side - top, : side - left]
    draw_on(raster, picture.drawing())
    return raster


def write_pad_png(content: Content) -> bytes:
    """The whole pad as a grey PNG, black on white."""
    if isinstance(content, Drawing):
        return write_png(content)
    from core.pictures.reading import write_picture_png  # here: the window needs none of its imports to start

    return write_picture_png(render_picture(content, SAVED_SIDE))


def _on_pad(digit: NormalizedDigit | None, left: float, top: float, unit: float) -> NormalizedDigit | None:
    """`digit`, whose box is in pixels, with its box in pad units."""
    if digit is None:
        return None
    x, y, side = digit.box
    return replace(digit, box=(left + x * unit, top + y * unit, side * unit))
