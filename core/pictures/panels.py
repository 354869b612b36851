"""Sheets and labels within a picture: areas of one tone with another tone around them."""

import cv2
import numpy as np
import numpy.typing as npt

from core.ink.arrays import GrayImage
from core.pictures.scaling import shrink

_FLAT_RANGE = 12  # grey levels: the frame is even up to here
_FLAT_SHARE = 0.85  # of the outermost pixels
_CLEARLY_OTHER = 30  # grey levels between frame and sheet
_LEAST_SIDE = 0.6  # of the picture's side
_LEAST_FILL = 0.93  # of its box: a sheet is rectangular
_LEAST_INK_FREE = 0.5  # of the sheet is paper
_MARGIN = 0.01  # of the sheet: its rim is blurred
_SMALL_SIDE = 256  # labels are looked for at this size
_CLEAR_BORDER, _CLEAR_SHARE = 0.95, 0.6  # of the outermost pixels, and of all: there is no doubt about the paper
_LEAST_LABEL = 0.02  # of the picture
_LABEL_CONVEX = 0.9  # of its convex hull
_LABEL_FILL = 0.55  # of a label is free of ink


def without_frame(gray: GrayImage) -> GrayImage:
    """`gray`, uint8 `(h, w)`, with the tone of its sheet in place of a frame at its edges; the same without a frame."""
    height, width = gray.shape
    if min(height, width) < 12:
        return gray
    border = np.concatenate([gray[0], gray[-1], gray[:, 0], gray[:, -1]]).astype(np.int16)
    tone = int(np.median(border))
    if np.mean(np.abs(border - tone) <= _FLAT_RANGE) < _FLAT_SHARE:
        return gray
    other = (cv2.absdiff(gray, np.full_like(gray, tone)) > _CLEARLY_OTHER).astype(np.uint8)
    if other.mean() < _LEAST_SIDE**2 * _LEAST_INK_FREE:
        return gray
    contours, _ = cv2.findContours(other, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    largest = max(contours, key=cv2.contourArea)
    left, top, across, down = cv2.boundingRect(largest)
    is_large = across >= _LEAST_SIDE * width and down >= _LEAST_SIDE * height
    if not is_large or cv2.contourArea(largest) < _LEAST_FILL * (across - 1) * (down - 1):
        return gray
    if other[top : top + down, left : left + across].mean() < _LEAST_INK_FREE:
        return gray
    rim = 1 + round(_MARGIN * max(across, down))
    inner = slice(top + rim, top + down - rim), slice(left + rim, left + across - rim)
    sheet = gray[inner]
    if min(sheet.shape) < 4:
        return gray
    around = np.concatenate([sheet[0], sheet[-1], sheet[:, 0], sheet[:, -1]])
    unframed = np.full_like(gray, np.uint8(np.median(around)))
    unframed[inner] = sheet
    return unframed


def is_paper_clear(gray: GrayImage) -> bool:
    """Whether there is no doubt about what is paper in `gray`, uint8 `(h, w)`.

    It has one even tone along the edges and on most of the picture, and nothing on it is a label with ink of its own.
    """
    small = shrink(gray, _SMALL_SIDE)
    border = np.concatenate([small[0], small[-1], small[:, 0], small[:, -1]]).astype(np.int16)
    tone = int(np.median(border))
    if np.mean(np.abs(border - tone) <= _FLAT_RANGE) < _CLEAR_BORDER:
        return False
    apart = cv2.absdiff(small, np.full_like(small, tone))
    return bool(np.mean(apart <= _FLAT_RANGE) >= _CLEAR_SHARE) and not _has_label(apart > _CLEARLY_OTHER)


def _has_label(other: npt.NDArray[np.bool_]) -> bool:
    """Whether the largest part of what differs from the paper is a compact area that may bear ink."""
    contours, _ = cv2.findContours(other.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    if not contours:
        return False
    largest = max(contours, key=cv2.contourArea)
    area = cv2.contourArea(largest)
    if area < _LEAST_LABEL * other.size or area < _LABEL_CONVEX * cv2.contourArea(cv2.convexHull(largest)):
        return False
    inside = cv2.drawContours(np.zeros(other.shape, np.uint8), [largest], -1, 1, cv2.FILLED) > 0
    return bool(other[inside].mean() >= _LABEL_FILL)
