"""Tell frames, rings and lines along the edges of a picture from the ink that they are around."""

import cv2
import numpy as np
import numpy.typing as npt

from core.ink.arrays import GrayImage
from core.pictures.ink_search import stroke_width
from core.pictures.parts import Parts

_FRAME_FILL = 0.4  # of its box: a frame or a circle is hollow
_LINE = 0.12  # width by length
_RING_GAP = 0.08  # of its size: a circle drawn by hand need not be closed
_HELD = 0.15  # of the ink of a frame: specks in the hole of a 0 make it no frame
_CONVEX = 0.95  # of its convex hull: a frame or a ring with all that is within
_TAILS = 1.2  # widths of its lines, where these cross at the corners of a frame
_INSIDE = 0.5  # of the ink within the box of a frame lies in its hole
_ALL = 0.85  # of both sides of the picture
_RIM, _IN_MIDDLE = 0.2, 0.2  # of the sides of its box, and of the ink of a grid
_SPANS = 0.6  # of the picture's side: what is as long and at the edge is no digit


def find_frames(parts: Parts) -> npt.NDArray[np.bool_]:
    """Which parts are frames or circles around others, or lines along the edges of the picture."""
    left, top, right, bottom = parts.boxes.T
    height, width = parts.labels.shape
    is_hollow = parts.areas < _FRAME_FILL * (right - left) * (bottom - top)
    at_edge = (left <= 1) | (top <= 1) | (right >= width - 1) | (bottom >= height - 1)
    is_long = (right - left > _SPANS * width) | (bottom - top > _SPANS * height)
    is_thin = np.minimum(right - left, bottom - top) < _LINE * np.maximum(right - left, bottom - top)
    around = (left[:, None] < left) & (top[:, None] < top) & (right[:, None] > right) & (bottom[:, None] > bottom)
    spans = (right - left >= _ALL * width) & (bottom - top >= _ALL * height)
    lines = at_edge & is_long & is_thin
    frames = (at_edge & spans & is_hollow) | (lines & (lines.sum() > 1))
    for outer in np.flatnonzero(around.any(axis=1) & is_hollow & ~frames):
        frames[outer] = _encloses(parts, int(outer), np.flatnonzero(around[outer]))
    return np.asarray(frames, np.bool_)


def is_grid(parts: Parts, frames: npt.NDArray[np.bool_]) -> bool:
    """Whether any of `frames`, bool as many as there are parts, has much ink far from the edges of its box."""
    for frame in np.flatnonzero(frames).tolist():
        left, top, right, bottom = parts.boxes[frame].tolist()
        columns, rows = round(_RIM * (right - left)), round(_RIM * (bottom - top))
        middle = parts.labels[top + rows : bottom - rows, left + columns : right - columns]
        if (middle == parts.numbers[frame]).sum() > _IN_MIDDLE * parts.areas[frame]:
            return True
    return False


def _encloses(parts: Parts, outer: int, inner: npt.NDArray[np.intp]) -> bool:
    """Whether the part `outer` is a frame or a ring, and some of the parts `inner` lie in its hole."""
    left, top, right, bottom = parts.boxes[outer]
    labels = parts.labels[top:bottom, left:right]
    own = (labels == parts.numbers[outer]).astype(np.uint8)
    gap = max(1, round(_RING_GAP * max(labels.shape)))
    filled = _filled(np.asarray(cv2.dilate(own, np.ones((gap, gap), np.uint8)), np.uint8))
    inside = np.isin(labels, parts.numbers[inner]) & (filled > 0)
    holds_much = parts.areas[inner].sum() > _HELD * parts.areas[outer]
    if not holds_much or inside.sum() <= _INSIDE * parts.areas[inner].sum():
        return False
    return _is_convex(filled, _TAILS * round(gap + stroke_width(own)))


def _filled(ring: GrayImage) -> GrayImage:
    """`ring`, uint8 `(h, w)` of 0 and 1, with all holes in it."""
    contours, _ = cv2.findContours(ring, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    return np.asarray(cv2.drawContours(np.zeros(ring.shape, np.uint8), contours, -1, 1, cv2.FILLED), np.uint8)


def _is_convex(filled: GrayImage, width: float) -> bool:
    """Whether a filled outline, uint8 `(h, w)`, without tails of a `width`, is as convex as that of a frame or a ring.

    That of a fish or a toadstool is not.
    """
    window = np.ones((round(width), round(width)), np.uint8)
    without_tails = cv2.morphologyEx(np.pad(filled, 1), cv2.MORPH_OPEN, window)
    contours, _ = cv2.findContours(without_tails, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    if not contours:
        return False
    largest = max(contours, key=cv2.contourArea)
    return cv2.contourArea(largest) >= _CONVEX * cv2.contourArea(cv2.convexHull(largest))
