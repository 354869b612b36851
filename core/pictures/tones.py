"""Turn decoded pixels into grey ones: find the channel in which the ink shows best.

Colours that the eye tells apart can have the same brightness: red on green, or pale yellow on white. Then one of the
three colour channels shows the ink, with the same light and shadows.
"""

from collections.abc import Iterator

import cv2
import numpy as np
import numpy.typing as npt

from core.ink.arrays import GrayImage
from core.pictures.scaling import shrink

_ROWS_AT_ONCE = 256
_LEAST_INK = 0.5  # percent of the visible pixels
_LARGEST_NUMBER = 1e30  # in a TIFF of floats: differences between larger numbers could overflow
_LIGHT_SPREAD = 40  # range of visible grey levels: if it is smaller, everything visible is ink
_JUDGED_SIDE = 128  # contrast is measured at this size, where averaging has removed noise
_AROUND = 0.5  # of the shorter side: half of the window is paper
_BRIGHTNESS = -1  # in place of a channel: luminance
_COLOURED = 8  # levels between two channels of a pixel: with less everywhere, a picture is grey
_CLEARLY = 2.0  # times the contrast: with less, brightness is tried first, as it is right for ink on paper


def tones(pixels: npt.NDArray[np.generic]) -> Iterator[GrayImage]:
    """Grey pictures, uint8 `(h, w)`, in which to search for ink, the most promising first.

    `pixels`, `(h, w)` or `(h, w, n)`, are decoded: 1 to 4 channels in OpenCV's order, of any number type.
    """
    levels = _to_bytes(pixels)
    for colour in _ranked(levels):
        yield _tone(levels, colour)


def _ranked(levels: GrayImage) -> list[int]:
    """Brightness, and before or after it the channel with more contrast, if there is one."""
    small = shrink(levels, _JUDGED_SIDE)
    if small.ndim < 3 or small.shape[2] < 3:
        return [_BRIGHTNESS]
    spread = small[:, :, :3].max(axis=2).astype(int) - small[:, :, :3].min(axis=2)
    if spread.max() < _COLOURED:
        return [_BRIGHTNESS]
    contrast = {colour: _contrast(_tone(small, colour)) for colour in (_BRIGHTNESS, 0, 1, 2)}
    best = max(contrast, key=contrast.__getitem__)
    if best == _BRIGHTNESS:
        return [_BRIGHTNESS]
    is_clear = contrast[best] >= _CLEARLY * contrast[_BRIGHTNESS]
    return [best, _BRIGHTNESS] if is_clear else [_BRIGHTNESS, best]


def _contrast(gray: GrayImage) -> float:
    """Contrast to the surroundings; with the fourth power, a little ink outweighs a lot of noise."""
    window = max(3, int(_AROUND * min(gray.shape)) | 1)
    departure = gray.astype(np.float64) - cv2.medianBlur(gray, window)
    return float(np.mean(departure**4) ** 0.25)


def _tone(levels: GrayImage, colour: int) -> GrayImage:
    if levels.ndim == 2:
        return levels
    channels = levels.shape[2]
    if channels < 3 or colour != _BRIGHTNESS:
        gray = np.ascontiguousarray(levels[:, :, max(colour, 0)])
    else:
        gray = np.asarray(cv2.cvtColor(np.ascontiguousarray(levels[:, :, :3]), cv2.COLOR_BGR2GRAY), np.uint8)
    return _composite(gray, levels[:, :, -1]) if channels in (2, 4) else gray


def _to_bytes(pixels: npt.NDArray[np.generic]) -> GrayImage:
    if pixels.dtype == np.uint8:
        return pixels.astype(np.uint8, copy=False)
    if pixels.dtype == np.uint16:
        levels = np.empty(pixels.shape, np.uint8)
        np.right_shift(pixels.astype(np.uint16, copy=False), 8, out=levels, casting="unsafe")  # without another copy
        return levels
    return _stretch(pixels)


def _stretch(pixels: npt.NDArray[np.generic]) -> GrayImage:
    """Scale numbers of any range to levels from 0, for the lowest, to 255, for the highest."""
    low, high = np.inf, -np.inf
    for rows in _row_blocks(pixels):
        numbers = _finite(pixels[rows])
        low, high = min(low, float(numbers.min())), max(high, float(numbers.max()))
    levels = np.empty(pixels.shape, np.uint8)
    for rows in _row_blocks(pixels):
        levels[rows] = (_finite(pixels[rows]) - low) * (255.0 / max(high - low, 1e-6))
    return levels


def _finite(numbers: npt.NDArray[np.generic]) -> npt.NDArray[np.float64]:
    known = np.nan_to_num(numbers.astype(np.float64), nan=0.0, posinf=0.0, neginf=0.0)
    return np.clip(known, -_LARGEST_NUMBER, _LARGEST_NUMBER)


def _row_blocks(image: npt.NDArray[np.generic]) -> Iterator[slice]:
    """Slices of some rows, for steps that need many times the memory of the picture itself."""
    return (slice(start, start + _ROWS_AT_ONCE) for start in range(0, len(image), _ROWS_AT_ONCE))


def _composite(gray: GrayImage, alpha: GrayImage) -> GrayImage:
    """Put a partly transparent picture on a background that makes its ink visible.

    When everything visible has one tone, it is ink, and the background becomes the opposite. When the visible part is a
    sheet with ink on it, the background gets the tone of the sheet.
    """
    visible = gray[alpha > 127]
    if visible.size == 0 or alpha.min() == 255:  # some programs store a meaningless alpha of 0
        return np.ascontiguousarray(gray)
    low, middle, high = np.percentile(visible, (_LEAST_INK, 50, 100 - _LEAST_INK))
    is_sheet = visible.size > 0.5 * gray.size and high - low > _LIGHT_SPREAD
    ground = middle if is_sheet else 255.0 if visible.mean() < 128 else 0.0
    composed = np.empty_like(gray)
    for rows in _row_blocks(gray):
        share = alpha[rows].astype(np.float32) / 255
        composed[rows] = np.rint(gray[rows] * share + np.float32(ground) * (1 - share))
    return composed
