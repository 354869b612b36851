"""Tell the edges of strokes from those of shadows: a stroke has a sharp edge in the picture itself.

A shadow's edge is a soft slope. Where the estimate of the paper cuts a shadow off (at its tip, or between two shadows),
the darkness has an edge, but the picture has none.
"""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from core.ink.arrays import GrayImage
from core.pictures.paper import FloatImage

Mask = npt.NDArray[np.bool_]

_REACH = 0.004  # of the longer side: a much wider edge is a slope
_WIDE_REACH = 0.01  # this far in, the ink has its full darkness
_SHARP_SHARE = 0.5  # of that darkness


@dataclass(frozen=True, slots=True, eq=False)
class InkEdges:
    """The edges of all dark parts.

    Attributes
    ----------
    all, sharp
        Flat indices of the pixels at an edge, and of those at a sharp one.
    """

    all: npt.NDArray[np.intp]
    sharp: npt.NDArray[np.intp]

    def sharpness(self, labels: npt.NDArray[np.integer], count: int) -> npt.NDArray[np.float64]:
        """The share of each part's edge that is sharp; `labels`, `(h, w)` in [0, count), maps pixels to parts."""
        flat = labels.ravel()
        lengths = np.bincount(flat[self.all], minlength=count)
        return np.bincount(flat[self.sharp], minlength=count) / np.maximum(lengths, 1)


def find_edges(gray: GrayImage, darkness: FloatImage, strong: float) -> InkEdges:
    """Find the edges of the pixels with at least `strong` darkness, and where the picture itself has a step.

    `gray`, uint8 `(h, w)`, is the picture with dark ink; `darkness`, float32 `(h, w)`, its distance from the paper.
    """
    dark = (darkness >= strong).astype(np.uint8)
    inner = cv2.erode(dark, np.ones((3, 3), np.uint8), borderType=cv2.BORDER_CONSTANT, borderValue=0)
    edge = np.flatnonzero(dark != inner)
    smooth = cv2.GaussianBlur(gray, (0, 0), 1.0)
    window = _window(_REACH, gray)
    brightest = cv2.dilate(smooth, window).ravel()[edge].astype(np.float32)
    step = brightest - cv2.erode(smooth, window).ravel()[edge]
    levels = np.clip(darkness, 0, 255).astype(np.uint8)
    full = cv2.dilate(levels, _window(_WIDE_REACH, gray)).ravel()[edge]
    return InkEdges(edge, edge[255 * step >= _SHARP_SHARE * full * brightest])


def _window(reach: float, gray: GrayImage) -> GrayImage:
    side = 2 * max(2, round(reach * max(gray.shape))) + 1
    return np.ones((side, side), np.uint8)
