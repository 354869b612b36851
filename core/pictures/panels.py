"""Take the frame of a picture away: a border of one tone around a sheet of another."""

import cv2
import numpy as np

from core.ink.arrays import GrayImage

_FLAT_RANGE = 12  # grey levels: the frame is even up to here
_FLAT_SHARE = 0.85  # of the outermost pixels
_CLEARLY_OTHER = 30  # grey levels between frame and sheet
_LEAST_SIDE = 0.6  # of the picture's side
_LEAST_FILL = 0.93  # of its box: a sheet is rectangular
_LEAST_INK_FREE = 0.5  # of the sheet is paper
_MARGIN = 0.01  # of the sheet: its rim is blurred


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
