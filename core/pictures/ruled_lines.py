"""Remove the printed lines of ruled and squared paper, and keep the strokes that cross them."""

import cv2
import numpy as np

from core.ink.arrays import GrayImage
from core.pictures.paper import FloatImage
from core.pictures.scaling import shrink

_SEARCH_SIDE = 500
_LEAST_COVER = 60  # of 255: a pixel of the shrunken picture that a line passes through
_LEAST_SPAN = 0.7  # of the picture: no stroke of a digit is so long and thin
_SMALLEST_SHEET = 64  # in smaller pictures strokes are as thin as lines
_TILT = np.deg2rad(6)
_ANGLE_STEP = np.deg2rad(0.25)
_THICKEST = 0.012  # of the longer side
_DARKER = 2.5  # times as dark as a printed line is ink along it; where two lines cross, they are up to 2 times as dark
_BESIDE_SHARE = 0.35  # with this much ink beside it, it is not a line but a stroke or a shadow's edge


def remove_ruled_lines(darkness: FloatImage, level: float) -> FloatImage:
    """Return `darkness`, float32 `(h, w)`, without long thin lines that are nearly horizontal or vertical.

    `level` is the darkness above which pixels may belong to a line.
    """
    mask = (darkness > level).astype(np.uint8)
    scale = min(1.0, _SEARCH_SIDE / max(mask.shape))
    small = (shrink(mask * np.uint8(255), _SEARCH_SIDE) > _LEAST_COVER).astype(np.uint8)
    level_lines = _find_lines(small)
    upright_lines = _find_lines(np.ascontiguousarray(small.T))
    if level_lines:
        darkness = _take_out(darkness, level_lines, scale)
    if upright_lines:
        darkness = np.ascontiguousarray(_take_out(np.ascontiguousarray(darkness.T), upright_lines, scale).T)
    return darkness


def _find_lines(mask: GrayImage) -> list[tuple[float, float]]:
    """Nearly horizontal lines in `mask` as `(y at the left edge, slope)`."""
    height, width = mask.shape
    least = int(_LEAST_SPAN * width)
    if min(height, width) < _SMALLEST_SHEET or np.count_nonzero(mask.max(axis=0)) < least:
        return []
    found = cv2.HoughLines(mask, 1, _ANGLE_STEP, least, min_theta=np.pi / 2 - _TILT, max_theta=np.pi / 2 + _TILT)
    lines: list[tuple[float, float]] = []
    for rho, theta in [] if found is None else found[:200, 0]:
        start, slope = rho / np.sin(theta), -np.cos(theta) / np.sin(theta)
        middle = start + slope * width / 2
        if all(abs(middle - other - tilt * width / 2) > 3 for other, tilt in lines) and _is_thin(mask, start, slope):
            lines.append((float(start), float(slope)))
    return lines


def _is_thin(mask: GrayImage, start: float, slope: float) -> bool:
    height, width = mask.shape
    columns = np.arange(width)
    beside = max(4, round(2 * _THICKEST * max(mask.shape)))
    fill = []
    for shift in (-beside, 0, beside):
        rows = np.rint(start + slope * columns + shift).astype(int)
        inside = (rows >= 0) & (rows < height)
        fill.append(mask[rows[inside], columns[inside]].mean() if inside.any() else 0.0)
    return max(fill[0], fill[2]) < _BESIDE_SHARE


def _take_out(darkness: FloatImage, lines: list[tuple[float, float]], scale: float) -> FloatImage:
    """Along each line, keep only ink that continues above and below it: an opening across the line."""
    width = darkness.shape[1]
    reach = max(2, round(_THICKEST * max(darkness.shape) / 2))
    window = np.ones((2 * reach + 3, 1), np.uint8)
    across = cv2.morphologyEx(darkness, cv2.MORPH_OPEN, window)
    printed = np.zeros(darkness.shape, np.float32)
    for start, slope in lines:
        left, right = start / scale, start / scale + slope * width
        level = _DARKER * _line_level(darkness, left, slope, reach)
        cv2.line(printed, (0, round(left)), (width - 1, round(right)), level, 2 * reach + 1)
    return np.where(darkness < printed, np.minimum(darkness, across), darkness)


def _line_level(darkness: FloatImage, start: float, slope: float, reach: int) -> float:
    """The median darkness of a printed line, at its darkest across."""
    columns = np.arange(0, darkness.shape[1], 4)
    rows = np.rint(start + slope * columns).astype(int) + np.arange(-reach, reach + 1)[:, np.newaxis]
    return float(np.median(darkness[np.clip(rows, 0, darkness.shape[0] - 1), columns].max(axis=0)))
