"""Damage by lines: stripes, dotted lines and zigzags across the digit, and nothing but the edges of it.

Every function takes images float32 `(n, 28, 28)` in [0, 1], a strength 1 to 5 and a source of random numbers, and gives
new images, which may go beyond [0, 1]. Source of the published strengths: see `core.judging.damage`.
"""

from itertools import pairwise

import cv2
import numpy as np

from core.digits.arrays import SIDE
from core.ink.arrays import FloatArray

STRIPES = (3, 5, 7, 9, 11)
"""The width of the inverted stripe at either side: pixels; 7 is published."""
LINES = (1, 2, 3, 4, 5)
"""Dotted lines, or zigzags, across each image; 1 is published."""
EDGE_BLURS = (0.6, 0.8, 1.0, 1.4, 2.0)
"""Standard deviation of the blur before edges are found: pixels; 1 is published."""
EDGE_LEVELS = (0.1, 0.2)
"""How steep an edge goes on, and begins: brightness in [0, 1], as Sobel's operator weights it."""

HALF_WIDTH = 2.3
"""Where a line has faded to nothing, measured down from its middle: pixels."""
DOT = 2
"""The length of a dot and of a gap: pixels."""
ZIG = 2.0
"""A quarter of a zigzag's length, and its height to either side: pixels."""
ZIGZAG_FROM, ZIGZAG_TO = 2, 25
MOST_RISE = 5

_EDGE_SCALE = 4000.0  # Canny's algorithm in OpenCV takes whole numbers
_COLUMNS = np.arange(SIDE, dtype=np.float32)
_ROWS = _COLUMNS[:, np.newaxis]


def invert_stripes(images: FloatArray, strength: int, rng: np.random.Generator) -> FloatArray:
    """Invert the left and the right edge."""
    width, striped = STRIPES[strength - 1], images.copy()
    for stripe in (slice(None, width), slice(SIDE - width, None)):
        striped[:, :, stripe] = 1 - images[:, :, stripe]
    return striped


def add_dotted_lines(images: FloatArray, strength: int, rng: np.random.Generator) -> FloatArray:
    """Draw dotted lines from the left edge to the right one."""
    is_dot = _COLUMNS // DOT % 2 == 1
    added = np.zeros_like(images)
    for image in added:
        for start, end in rng.integers(0, SIDE - 1, (LINES[strength - 1], 2)).tolist():
            image += _line((0, start), (SIDE - 1, end)) * is_dot
    return np.asarray(np.minimum(images + added, 1), np.float32)


def add_zigzags(images: FloatArray, strength: int, rng: np.random.Generator) -> FloatArray:
    """Draw zigzags from the left to the right."""
    drawn = images.copy()
    for image in drawn:
        for _ in range(LINES[strength - 1]):
            start, rise = int(rng.integers(0, SIDE - 1)), int(rng.integers(-MOST_RISE, MOST_RISE))
            corners = zigzag_corners(start, start + rise)
            for one, other in pairwise(corners):
                image += _line(one, other)
    return np.asarray(np.minimum(drawn, 1), np.float32)


def zigzag_corners(start: float, end: float) -> list[tuple[float, float]]:
    """The corners of a zigzag from the row `start` to the row `end`: columns and rows, from left to right."""
    angle = np.arctan2(end - start, ZIGZAG_TO - ZIGZAG_FROM)
    length = (ZIGZAG_TO - ZIGZAG_FROM) / np.cos(angle)
    along = np.arange(ZIG, length, 2 * ZIG)
    beside = ZIG * (-1.0) ** np.arange(len(along))
    along, beside = np.array([0, *along, length]), np.array([0, *beside, 0])
    columns = ZIGZAG_FROM + np.cos(angle) * along - np.sin(angle) * beside
    rows = start + np.sin(angle) * along + np.cos(angle) * beside
    return list(zip(columns.tolist(), rows.tolist(), strict=True))


def keep_edges(images: FloatArray, strength: int, rng: np.random.Generator) -> FloatArray:
    """Keep only the edges, one pixel wide and white.

    Source: Canny, "A Computational Approach to Edge Detection" (1986).
    """
    sigma, (goes_on, begins) = EDGE_BLURS[strength - 1], EDGE_LEVELS
    side = 2 * int(4 * sigma + 0.5) + 1
    edges = np.empty_like(images)
    for number, image in enumerate(images):
        smooth = cv2.GaussianBlur(image, (side, side), sigma, borderType=cv2.BORDER_CONSTANT)
        across, down = (
            np.rint(cv2.Sobel(smooth, cv2.CV_32F, *order) * _EDGE_SCALE).astype(np.int16) for order in ((1, 0), (0, 1))
        )
        found = cv2.Canny(across, down, goes_on * _EDGE_SCALE, begins * _EDGE_SCALE, L2gradient=True)
        edges[number] = found / 255
    return edges


def _line(start: tuple[float, float], end: tuple[float, float]) -> FloatArray:
    """A soft line between two places, column and row, float32 `(28, 28)`: 1 in its middle, fading above and below."""
    (left, top), (right, bottom) = start, end
    if right <= left:
        return np.zeros((SIDE, SIDE), np.float32)
    middle = top + (bottom - top) / (right - left) * (_COLUMNS - left)
    apart = np.minimum(np.abs(_ROWS - middle), HALF_WIDTH - 1e-6)
    line = np.clip(np.log1p(-apart / HALF_WIDTH) + 1, 0, 1)
    line[:, (np.floor(left) > _COLUMNS) | (np.ceil(right) <= _COLUMNS)] = 0
    return np.asarray(line, np.float32)
