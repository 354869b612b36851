"""Damage a digit by degrees, to see what the network still reads.

What is changed is the image as the network sees it, and nothing is normalised afterwards: that would undo most of it.
"""

from enum import StrEnum

import cv2
import numpy as np

from core.digits.arrays import SIDE, Image, Images
from core.ink.arrays import FloatArray

_ZOOM = 4
_MIDDLE = (SIDE * _ZOOM - 1) / 2
_NOISE_SEED = 5


class Distortion(StrEnum):
    """A kind of damage."""

    ROTATE = "rotate"
    SHEAR = "shear"
    SHRINK = "shrink"
    THICKEN = "thicken"
    THIN = "thin"
    NOISE = "noise"
    BLUR = "blur"
    COVER = "cover"


RANGES: dict[Distortion, tuple[float, float]] = {
    Distortion.ROTATE: (-90.0, 90.0),
    Distortion.SHEAR: (-1.0, 1.0),
    Distortion.SHRINK: (1.0, 0.2),
    Distortion.THICKEN: (0.0, 6.0),
    Distortion.THIN: (0.0, 4.0),
    Distortion.NOISE: (0.0, 1.0),
    Distortion.BLUR: (0.0, 4.0),
    Distortion.COVER: (0.0, 1.0),
}
"""From the least to the most of each: degrees; pixels across for each one down; share of the size; pixels of width;
standard deviation in shares of full brightness, and in pixels; share of the image's rows from below."""

UNCHANGED: dict[Distortion, float] = dict.fromkeys(Distortion, 0.0) | {Distortion.SHRINK: 1.0}
"""The amount of each that changes nothing."""


def distorted(image: Image, kind: Distortion, amounts: FloatArray) -> Images:
    """`image`, uint8 `(28, 28)`, damaged by each of the `amounts`, `(n,)` in `RANGES`: uint8 `(n, 28, 28)`."""
    return np.stack([_distort(image, kind, float(amount)) for amount in amounts])


def _distort(image: Image, kind: Distortion, amount: float) -> Image:
    if amount == UNCHANGED[kind]:
        return image.copy()
    match kind:
        case Distortion.ROTATE:
            return _warped(image, cv2.getRotationMatrix2D((_MIDDLE, _MIDDLE), -amount, 1))
        case Distortion.SHEAR:
            return _warped(image, np.array([[1, -amount, amount * _MIDDLE], [0, 1, 0]]))
        case Distortion.SHRINK:
            return _warped(image, cv2.getRotationMatrix2D((_MIDDLE, _MIDDLE), 0, amount))
        case Distortion.THICKEN | Distortion.THIN:
            return _with_width(image, amount if kind == Distortion.THICKEN else -amount)
        case Distortion.NOISE:
            noise = np.random.default_rng(_NOISE_SEED).standard_normal(image.shape)
            return np.asarray(np.clip(image + 255 * amount * noise, 0, 255), np.uint8)
        case Distortion.BLUR:
            return np.asarray(cv2.GaussianBlur(image, (0, 0), amount), np.uint8)
        case Distortion.COVER:
            covered = image.copy()
            covered[SIDE - round(amount * SIDE) :] = 0
            return covered


def _warped(image: Image, matrix: np.ndarray[tuple[int, ...], np.dtype[np.generic]]) -> Image:
    large = cv2.resize(image, None, fx=_ZOOM, fy=_ZOOM, interpolation=cv2.INTER_CUBIC)
    turned = cv2.warpAffine(large, matrix.astype(np.float64), (SIDE * _ZOOM, SIDE * _ZOOM), flags=cv2.INTER_LINEAR)
    return np.asarray(cv2.resize(turned, (SIDE, SIDE), interpolation=cv2.INTER_AREA), np.uint8)


def _with_width(image: Image, pixels: float) -> Image:
    """`image` with strokes that are wider by `pixels`, or narrower below zero: half of it on either side."""
    large = cv2.resize(image, None, fx=_ZOOM, fy=_ZOOM, interpolation=cv2.INTER_CUBIC)
    side = 2 * round(abs(pixels) * _ZOOM / 2) + 1
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
    changed = cv2.dilate(large, disc) if pixels > 0 else cv2.erode(large, disc)
    return np.asarray(cv2.resize(changed, (SIDE, SIDE), interpolation=cv2.INTER_AREA), np.uint8)
