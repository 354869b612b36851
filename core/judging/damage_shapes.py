"""Damage to shapes: digits that are sheared, smaller, turned or moved.

Every function takes images float32 `(n, 28, 28)` in [0, 1], a strength 1 to 5 and a source of random numbers, and gives
new images. The middle of the image stays where it is. Source of the numbers: see `core.judging.damage`.
"""

import math
from collections.abc import Sequence

import cv2
import numpy as np

from core.digits.arrays import SIDE
from core.ink.arrays import FloatArray

SHEAR = (0.2, 0.4, 0.6, 0.8, 1.0)
ANGLE = (0.2, 0.4, 0.6, 0.8, 1.0)
"""Of shear and rotation, to either side: radians."""
SIZE = (0.9, 0.8, 0.7, 0.6, 0.5)
"""How large a digit is, of its height before."""
SHIFT = (1, 2, 3, 4, 5)
"""Across and down, in either direction: pixels."""

_MIDDLE = (SIDE - 1) / 2

Linear = tuple[float, float, float, float]
"""A matrix, row by row: from a place in the result, measured from the middle, to one in the image."""


def shear(images: FloatArray, strength: int, rng: np.random.Generator) -> FloatArray:
    """Let each digit lean to one side."""
    return _warped(images, [(1, -math.sin(lean), 0, math.cos(lean)) for lean in _signed(images, SHEAR, strength, rng)])


def rotate(images: FloatArray, strength: int, rng: np.random.Generator) -> FloatArray:
    """Turn each digit to one side."""
    turns = [(math.cos(angle), math.sin(angle)) for angle in _signed(images, ANGLE, strength, rng)]
    return _warped(images, [(cosine, -sine, sine, cosine) for cosine, sine in turns])


def scale(images: FloatArray, strength: int, rng: np.random.Generator) -> FloatArray:
    """Make each digit smaller."""
    factor = 1 / SIZE[strength - 1]
    return _warped(images, [(factor, 0, 0, factor)] * len(images))


def translate(images: FloatArray, strength: int, rng: np.random.Generator) -> FloatArray:
    """Move each digit towards one of the corners."""
    across, down = (_signed(images, SHIFT, strength, rng) for _ in range(2))
    moved = np.zeros_like(images)
    for number, (right, below) in enumerate(zip(across, down, strict=True)):
        move = np.array([[1, 0, right], [0, 1, below]], np.float32)
        moved[number] = cv2.warpAffine(images[number], move, (SIDE, SIDE), flags=cv2.INTER_NEAREST)
    return moved


def _signed(images: FloatArray, amounts: Sequence[float], strength: int, rng: np.random.Generator) -> list[float]:
    """For each image, the amount of this strength in one of both directions."""
    directions = rng.choice([-1.0, 1.0], len(images))
    return [amounts[strength - 1] * direction for direction in directions.tolist()]


def _warped(images: FloatArray, linear: Sequence[Linear]) -> FloatArray:
    warped = np.empty_like(images)
    for number, (a, b, c, d) in enumerate(linear):
        places = np.array(
            [[a, b, _MIDDLE * (1 - a - b)], [c, d, _MIDDLE * (1 - c - d)]],
            np.float64,
        )
        how = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        warped[number] = cv2.warpAffine(images[number], places, (SIDE, SIDE), flags=how)
    return warped
