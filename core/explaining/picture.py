"""A picture of an explanation: the digit with its evidence, and below it the training digits most like it."""

import cv2
import numpy as np
import numpy.typing as npt

from core.digits.arrays import SIDE, Image
from core.explaining.evidence import Evidence
from core.explaining.neighbours import Neighbour
from core.ink.arrays import FloatArray

ZOOM = 16
SPEAKS_FOR, SPEAKS_AGAINST = (0xE6, 0x9F, 0x00), (0x56, 0xB4, 0xE9)
"""Okabe and Ito's orange and sky blue, red first: colour-blind eyes can tell them apart."""

_PLAIN = 0.85  # brightness of ink without evidence
_STRONG = 98  # per cent of the ink's evidence that is not the strongest colour
_SMOOTH = 0.7  # pixels of the 28: evidence of single pixels would be too restless for the eye
_THUMBNAIL = SIDE * ZOOM // 8


def tinted(image: Image, evidence: Evidence) -> npt.NDArray[np.uint8]:
    """`image`, uint8 `(28, 28)`, with its ink in the colours of the evidence: uint8 `(28, 28, 3)`, red first."""
    shares = evidence_shares(image, evidence)[..., np.newaxis]
    colours = np.where(shares > 0, np.array(SPEAKS_FOR), np.array(SPEAKS_AGAINST))
    inks = _PLAIN * 255 * (1 - np.abs(shares)) + colours * np.abs(shares)
    return np.asarray(inks * (image[..., np.newaxis] / 255), np.uint8)


def evidence_shares(image: Image, evidence: Evidence) -> FloatArray:
    """How strongly each pixel of the ink of `image` is coloured, float32 `(28, 28)` in [-1, 1]; below 0 against."""
    smooth = cv2.GaussianBlur(evidence.pixels, (0, 0), _SMOOTH)
    inked = np.abs(smooth[image > 0])
    strongest = float(np.percentile(inked, _STRONG)) if inked.size else 0.0
    if strongest <= 0:
        return np.zeros_like(evidence.pixels)
    return np.asarray(np.clip(smooth / strongest, -1, 1), np.float32)


def explanation_png(image: Image, evidence: Evidence, neighbours: list[Neighbour]) -> bytes:
    """The picture as a PNG file: 448 pixels wide."""
    large = cv2.resize(tinted(image, evidence), None, fx=ZOOM, fy=ZOOM, interpolation=cv2.INTER_NEAREST)
    rows = [large]
    if neighbours:
        strip = np.zeros((_THUMBNAIL, SIDE * ZOOM, 3), np.uint8)
        size = (_THUMBNAIL, _THUMBNAIL)
        for place, neighbour in enumerate(neighbours[:8]):
            small = cv2.resize(neighbour.image, size, interpolation=cv2.INTER_AREA)
            strip[:, place * _THUMBNAIL : (place + 1) * _THUMBNAIL] = small[..., np.newaxis]
        rows.append(strip)
    done, content = cv2.imencode(".png", cv2.cvtColor(np.vstack(rows), cv2.COLOR_RGB2BGR))
    assert done
    return content.tobytes()
