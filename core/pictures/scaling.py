"""Shrink pictures."""

import cv2
import numpy as np

from core.ink.arrays import GrayImage


def shrink(gray: GrayImage, side: int) -> GrayImage:
    """Return `gray`, uint8 `(h, w)`, averaged down so that its longer side is `side`; smaller ones unchanged."""
    scale = side / max(gray.shape)
    if scale >= 1:
        return gray
    size = max(1, round(gray.shape[1] * scale)), max(1, round(gray.shape[0] * scale))
    return np.asarray(cv2.resize(gray, size, interpolation=cv2.INTER_AREA), np.uint8)
