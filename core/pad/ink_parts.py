"""How many parts the ink of a picture falls into: whether it can be read while somebody draws on it or erases it."""

import cv2
import numpy as np

from core.digits.arrays import Image

_FEW = 24
"""As many as twelve digits of two parts each: the pad shows no more of them."""
_FAINTEST = 24  # of 255: fainter rims hold nothing together
_SPECK = 0.03  # of the largest part: smaller ones are dirt


def has_few_parts(ink: Image) -> bool:
    """Whether `ink`, uint8 `(h, w)`, bright on 0, has no more connected parts than a number; specks do not count."""
    mask = (ink >= _FAINTEST).astype(np.uint8)
    areas = cv2.connectedComponentsWithStats(mask)[2][1:, cv2.CC_STAT_AREA]
    return int((areas >= _SPECK * areas.max(initial=0)).sum()) <= _FEW
