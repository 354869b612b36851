"""Pictures that hold no ink at all: gradients, noise, checks, stripes, textures, and blank scans."""

import cv2
import numpy as np

from benchmarks.evaluation.paper import paper_grain
from benchmarks.evaluation.photos import light
from benchmarks.pictures.canvas import Values, noise, slope, soft_noise
from benchmarks.pictures.files import LOSSY, write_picture

_WOOD, _CLOTH, _STONE = (70, 110, 160), (130, 100, 80), (150, 155, 160)  # BGR


def gradient(rng: np.random.Generator) -> bytes:
    """From one grey to another, evenly or around a middle."""
    shape = _shape(rng)
    first, last = rng.uniform(0, 255, 2)
    if rng.random() < 0.7:
        return write_picture(slope(shape, first, last, rng), rng)
    y, x = np.mgrid[0 : shape[0], 0 : shape[1]] / np.array(shape)[:, np.newaxis, np.newaxis] - rng.uniform(0.2, 0.8)
    return write_picture(first + (last - first) * np.hypot(x, y), rng)


def pixel_noise(rng: np.random.Generator) -> bytes:
    """2 to 30 percent of the pixels are set, black or white."""
    shape = _shape(rng) if rng.random() < 0.7 else (28, 28)
    is_set = rng.random(shape) < rng.uniform(0.02, 0.30)
    return write_picture(np.where(is_set == (rng.random() < 0.5), 255, 0), rng, (".png", ".bmp", ".jpg"))


def checks(rng: np.random.Generator) -> bytes:
    """A checkerboard of 3 to 16 squares a side."""
    squares, size = int(rng.integers(3, 17)), int(rng.integers(10, 40))
    board = np.indices((squares, squares)).sum(axis=0) % 2
    return write_picture(_two_levels(np.kron(board, np.ones((size, size))).astype(np.float32), rng), rng)


def stripes(rng: np.random.Generator) -> bytes:
    """3 to 20 stripes, hard or soft, in any direction."""
    shape = _shape(rng)
    wave = np.sin(slope(shape, 0, 2 * np.pi * rng.uniform(3, 20), rng))
    is_hard = rng.random() < 0.6
    share = wave > rng.uniform(-0.5, 0.5) if is_hard else wave / 2 + 0.5
    return write_picture(_two_levels(np.asarray(share, np.float32), rng), rng)


def texture(rng: np.random.Generator) -> bytes:
    """Something like wood, cloth, stone or rough paper."""
    shape = _shape(rng)
    make, colour = ((_wood, _WOOD), (_cloth, _CLOTH), (_stone, _STONE), (_stone, (235, 240, 245)))[rng.integers(4)]
    tint = np.clip(np.array(colour) * rng.uniform(0.6, 1.3), 0, 250).astype(np.float32)
    return write_picture(tint * (1 + make(shape, rng))[:, :, np.newaxis], rng, (".png", *LOSSY))


def blank_scan(rng: np.random.Generator) -> bytes:
    """Paper without ink: grain, noise, and often uneven light or a shadow."""
    shape = _shape(rng)
    values = rng.uniform(170, 250) * paper_grain(shape, rng)
    if rng.random() < 0.7:
        values = values * light(shape, rng)
    return write_picture(values + noise(shape, rng.uniform(0.5, 8), rng), rng, (".png", *LOSSY))


def _wood(shape: tuple[int, int], rng: np.random.Generator) -> Values:
    """Rings that wander, seen along the trunk."""
    rings = slope(shape, 0, rng.uniform(20, 80), rng) + 2 * soft_noise(shape, min(shape) / 3, rng)
    return np.asarray(rng.uniform(0.05, 0.2) * np.sin(rings) + 0.03 * soft_noise(shape, 2, rng), np.float32)


def _cloth(shape: tuple[int, int], rng: np.random.Generator) -> Values:
    """Threads across and down."""
    y, x = np.mgrid[0 : shape[0], 0 : shape[1]] * (2 * np.pi / rng.uniform(4, 12))
    return np.asarray(0.1 * np.sin(x) * np.sin(y) + 0.05 * soft_noise(shape, 3, rng), np.float32)


def _stone(shape: tuple[int, int], rng: np.random.Generator) -> Values:
    """Spots of all sizes, the larger the stronger."""
    sizes = [min(shape) / 2**step for step in range(1, 6)]
    spots = np.sum([soft_noise(shape, size, rng) * size**0.5 for size in sizes], axis=0)
    return np.asarray(rng.uniform(0.03, 0.15) * spots / spots.std(), np.float32)


def _two_levels(share: Values, rng: np.random.Generator) -> Values:
    dark, bright = rng.uniform(0, 110), rng.uniform(150, 255)
    return np.asarray(cv2.GaussianBlur(dark + (bright - dark) * share, (3, 3), 0), np.float32)


def _shape(rng: np.random.Generator) -> tuple[int, int]:
    height, width = (int(length) for length in rng.integers(120, 500, 2))
    return height, width


PATTERNS = {
    "grey gradients": gradient,
    "noise of pixels": pixel_noise,
    "checkerboards": checks,
    "stripes": stripes,
    "textures": texture,
    "blank scans": blank_scan,
}
