"""Digits as data sets and the web have them: MNIST's own pixels, enlarged, cut, shrunk or inverted."""

import cv2
import numpy as np

from benchmarks.pictures.canvas import Source, Values, as_image, as_layer, cut_close, ink_of, resized, spread
from benchmarks.pictures.files import LOSSY, write_picture


def hard_pixels(source: Source, rng: np.random.Generator) -> bytes:
    """White on black, ten times as large, each pixel a square."""
    return write_picture(_enlarged(source, 10, cv2.INTER_NEAREST), rng)


def smooth(source: Source, rng: np.random.Generator) -> bytes:
    """White on black, eight times as large."""
    return write_picture(_enlarged(source, 8, cv2.INTER_LINEAR), rng)


def smoother(source: Source, rng: np.random.Generator) -> bytes:
    """White on black, twenty times as large."""
    return write_picture(_enlarged(source, 20, cv2.INTER_CUBIC), rng)


def cut_tight(source: Source, rng: np.random.Generator) -> bytes:
    """White on black without any margin, twelve times as large."""
    how = (cv2.INTER_NEAREST, cv2.INTER_LINEAR, cv2.INTER_CUBIC)[rng.integers(3)]
    return write_picture(resized(_tight(source), 12, how), rng)


def on_large_sheet(source: Source, rng: np.random.Generator) -> bytes:
    """White and small, somewhere on a large black sheet."""
    digit = _enlarged(source, rng.uniform(2, 5), cv2.INTER_CUBIC)
    height, width = (round(rng.uniform(5, 9) * max(digit.shape)) for _ in range(2))
    return write_picture(spread(digit, (height, width), rng), rng)


def black_on_white(source: Source, rng: np.random.Generator) -> bytes:
    """Black on white, ten times as large."""
    how = (cv2.INTER_NEAREST, cv2.INTER_LINEAR)[rng.integers(2)]
    return write_picture(255 - _enlarged(source, 10, how), rng)


def as_it_is(source: Source, rng: np.random.Generator) -> bytes:
    """28 x 28 pixels, white on black."""
    return write_picture(as_image(source), rng)


def inverted(source: Source, rng: np.random.Generator) -> bytes:
    """28 x 28 pixels, black on white."""
    return write_picture(255 - as_image(source), rng)


def tiny(source: Source, rng: np.random.Generator) -> bytes:
    """12 to 16 pixels high, with next to no margin, in either polarity."""
    side = int(rng.integers(12, 17))
    digit = _tight(source)
    inside = resized(digit, (side - 2) / max(digit.shape), cv2.INTER_AREA)
    down, right = (side - length for length in inside.shape)
    small = np.pad(inside, ((down // 2, down - down // 2), (right // 2, right - right // 2)))
    return write_picture(small if rng.random() < 0.5 else 255 - small, rng, (".png", ".bmp"))


def huge(source: Source, rng: np.random.Generator) -> bytes:
    """Over 4000 pixels high or wide."""
    longer, shorter = int(rng.integers(4000, 5000)), int(rng.integers(3000, 4000))
    shape = (longer, shorter) if rng.random() < 0.5 else (shorter, longer)
    sheet = spread(ink_of(source, rng.uniform(0.3, 0.9) * shorter, rng), shape, rng)
    levels = sheet * np.float32(240)
    return write_picture(levels if rng.random() < 0.3 else 250 - levels, rng, (".jpg", ".png"))


def coarse_jpeg(source: Source, rng: np.random.Generator) -> bytes:
    """White on black in a JPEG or WebP of low quality."""
    how = (cv2.INTER_NEAREST, cv2.INTER_LINEAR)[rng.integers(2)]
    return write_picture(_enlarged(source, rng.uniform(3, 12), how), rng, LOSSY, (8, 30))


def _enlarged(source: Source, scale: float, how: int) -> Values:
    return np.clip(resized(as_image(source).astype(np.float32), scale, how), 0, 255)


def _tight(source: Source) -> Values:
    return 255 * cut_close(as_layer(as_image(source)))


ENLARGED = {
    "×10, hard pixels": hard_pixels,
    "×8, smooth": smooth,
    "×20, smoother": smoother,
    "×12, cut tight": cut_tight,
    "small on a large black sheet": on_large_sheet,
    "×10, black on white": black_on_white,
    "28 × 28, white on black": as_it_is,
    "28 × 28, black on white": inverted,
    "tiny, 12 to 16 pixels": tiny,
    "huge, over 4000 pixels": huge,
    "low-quality JPEG, white on black": coarse_jpeg,
}
