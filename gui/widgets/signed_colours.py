"""Colours for numbers above and below zero, which colour-blind eyes can tell apart: orange above, blue below.

Both grow lighter with the number's size, so that no map needs its hues to be read. They are Okabe and Ito's.
"""

from functools import cache

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QColor, QImage, qRgba

from core.ink.arrays import FloatArray

_MIDDLE = 128
"""The place of zero among the 256 colours."""
_LARGEST = 127
_BELOW = ((0, 0, 0), (0, 114, 178), (171, 222, 250))
_ABOVE = ((0, 0, 0), (230, 130, 0), (255, 233, 176))
_SEE_THROUGH_BELOW, _SEE_THROUGH_ABOVE = (0, 114, 178), (230, 130, 0)


def signed_image(values: FloatArray, scale: float, *, see_through: bool = False) -> QImage:
    """An image with a pixel for each value: black for zero, lighter with its size, orange above and blue below.

    Parameters
    ----------
    values
        float32 `(height, width)`. What is not finite is painted as zero.
    scale
        The value with the lightest orange; minus this has the lightest blue. What is beyond looks the same.
    see_through
        Zero is transparent instead of black, and the colours grow opaque with size, to be painted over something.
    """
    places = np.ascontiguousarray(colour_places(values, scale))
    height, width = places.shape
    # `copy`: what Qt gets belongs to Python, and would be gone before it is painted
    image = QImage(places.tobytes(), width, height, width, QImage.Format.Format_Indexed8).copy()
    image.setColorTable(list(_see_through_table() if see_through else colour_table()))
    return image


def signed_colour(value: float, scale: float) -> QColor:
    """The colour of one value in `signed_image`."""
    place = int(colour_places(np.array([[value]], np.float32), scale)[0, 0])
    return QColor.fromRgba(colour_table()[place])


def colour_places(values: FloatArray, scale: float) -> npt.NDArray[np.uint8]:
    """The place of each value among the 256 colours, uint8 of the same shape; that of zero is 128."""
    shares = np.nan_to_num(values / np.float32(max(scale, 1e-30)), nan=0.0, posinf=0.0, neginf=0.0)
    return np.asarray(np.rint(np.clip(shares, -1, 1) * _LARGEST) + _MIDDLE, np.uint8)


@cache
def colour_table() -> tuple[int, ...]:
    """The 256 colours of `colour_places`, as Qt's numbers; no value has the first."""
    shades = [(place - _MIDDLE) / _LARGEST for place in range(256)]
    return tuple(qRgba(*_mixed(_ABOVE if shade > 0 else _BELOW, min(abs(shade), 1.0)), 255) for shade in shades)


@cache
def _see_through_table() -> tuple[int, ...]:
    shades = [(place - _MIDDLE) / _LARGEST for place in range(256)]
    colours = [_SEE_THROUGH_ABOVE if shade > 0 else _SEE_THROUGH_BELOW for shade in shades]
    return tuple(
        qRgba(*colour, round(255 * min(abs(shade), 1.0))) for colour, shade in zip(colours, shades, strict=True)
    )


def _mixed(colours: tuple[tuple[int, int, int], ...], share: float) -> tuple[int, int, int]:
    """The colour at `share` of the way from the first to the last."""
    at = share * (len(colours) - 1)
    index = min(int(at), len(colours) - 2)
    first, second, part = colours[index], colours[index + 1], at - index
    red, green, blue = (round(one + (other - one) * part) for one, other in zip(first, second, strict=True))
    return red, green, blue
