"""Read ink from a picture as one digit."""

from dataclasses import replace

import cv2
import numpy as np

from core.digits.arrays import Image
from core.digits.normalize import normalize_ink_image
from core.pictures.ink_search import cut_digit
from core.recognition.numbers import ReadDigit
from core.recognition.stroke_numbers import Recognize


def read_ink_as_one(ink: Image, recognize: Recognize) -> ReadDigit:
    """Read all of `ink`, uint8 `(h, w)`, bright on 0 and not blank, as one digit. Its box is in pixels of `ink`."""
    left, top, width, height = cv2.boundingRect(ink)
    found = cut_digit(ink[top : top + height, left : left + width].astype(np.float32))
    normalized = normalize_ink_image(found.ink)
    assert normalized is not None, "only blank ink has no image"
    x, y, right, bottom = found.box
    box_x, box_y, side = (length / found.scale for length in normalized.box)
    cut = found.ink.shape[0] / found.scale  # pixels: the ink is in the middle of the square that was cut out
    to_left, to_top = left + (x + right - cut) / 2, top + (y + bottom - cut) / 2
    placed = replace(normalized, box=(to_left + box_x, to_top + box_y, side))
    return ReadDigit(recognize(normalized.image), placed, (left + x, top + y, left + right, top + bottom))
