"""Augment digits: vary them as handwriting varies.

Every image is rotated, slanted, stretched and bent on an enlarged raster, its strokes are made thicker or thinner, and
the result is normalised again, so that the network sees the kind of image it gets in use.

Source of the smooth random displacements: Simard, Steinkraus and Platt, "Best Practices for Convolutional Neural
Networks Applied to Visual Document Analysis" (2003).
"""

import functools

import cv2
import numpy as np
import numpy.typing as npt

from core.digits.arrays import SIDE, Image, Images
from core.digits.normalize import normalize_ink_images
from core.ink.arrays import FloatArray

MAX_ROTATION = 15.0
"""Degrees to either side."""
MAX_SLANT = 0.18
"""Horizontal shift for each pixel of height, to either side: 10 degrees."""
MAX_STRETCH = 0.2
"""Natural logarithm of the change in width by height: up to 22 % wider or narrower."""
BEND_RANGE = (0.2, 0.9)
"""Root mean square of the smooth displacements, in pixels of the 28x28 image."""
THICKNESS_RANGE = (0.5, 0.86)
"""The new edge of a stroke, as a share of its brightness: a low one makes it thick, a high one thin."""
SHIFT_SHARE = 0.25
"""Share of the images that are finally shifted by a pixel."""

_RASTER_SIDE = 56
_COVERED = 31.0  # pixels of the 28x28 image across the raster: room for a rotated and slanted digit
_STEP = _COVERED / _RASTER_SIDE
_FIELDS = 256
_FIELD_SMOOTHNESS = 5.0  # standard deviation in pixels of the 28x28 image
_FIELD_SEED = 28
_BLUR = 0.6  # standard deviation in pixels; gives strokes a slope on which to move their edge
_INK = 64  # pixels from this brightness on are part of a stroke
_EDGE_GAIN = 2.5
_NO_SECOND_MAP = np.empty((0, 0), np.float32)


def augment(images: Images, rng: np.random.Generator) -> Images:
    """Vary every image at random; the digits keep their labels.

    Parameters
    ----------
    images
        uint8 `(n, 28, 28)`, normalised digits.
    rng
        The same generator state gives the same result.

    Returns
    -------
    uint8 `(n, 28, 28)`, normalised again, but for a quarter shifted by one pixel. Blank images stay blank.

    Raises
    ------
    ValueError
        For any other shape or type.
    """
    if images.dtype != np.uint8 or images.ndim != 3 or images.shape[1:] != (SIDE, SIDE):
        raise ValueError(f"images must be uint8 (n, 28, 28), got {images.dtype} {images.shape}")
    count = len(images)
    linear_parts = _random_linear_parts(count, rng)
    grids = _displaced_grids()
    chosen = rng.integers(_FIELDS, size=count)
    edges = rng.uniform(*THICKNESS_RANGE, size=count)
    shifts = rng.integers(-1, 2, size=(count, 2)) * (rng.random((count, 1)) < SHIFT_SHARE)
    rasters = [
        _warp(image, linear_parts[index], grids[chosen[index]], float(edges[index]))
        for index, image in enumerate(images)
    ]
    varied = normalize_ink_images(rasters)
    lost = ~varied.any(axis=(1, 2))
    varied[lost] = images[lost]
    for index in np.flatnonzero(shifts.any(axis=1)):
        varied[index] = _shifted(varied[index], *shifts[index].tolist())
    return varied


def _random_linear_parts(count: int, rng: np.random.Generator) -> FloatArray:
    """Random rotation, slant and stretch as float32 `(count, 2, 2)`, from raster steps to pixels of the image."""
    angle = np.deg2rad(rng.uniform(-MAX_ROTATION, MAX_ROTATION, count))
    slant = rng.uniform(-MAX_SLANT, MAX_SLANT, count)
    stretch = np.exp(rng.uniform(-MAX_STRETCH, MAX_STRETCH, count) / 2)
    zero, one = np.zeros(count), np.ones(count)
    rotate = _matrices(np.cos(angle), -np.sin(angle), np.sin(angle), np.cos(angle))
    shear = _matrices(one, slant, zero, one)
    scale = _matrices(stretch, zero, zero, 1 / stretch)
    return (rotate @ shear @ scale).astype(np.float32)


def _matrices(*entries: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.stack(entries, axis=-1).reshape(-1, 2, 2)


@functools.cache
def _displaced_grids() -> FloatArray:
    """Grids of raster coordinates around 0 in pixels of the image, each with its own smooth displacement field.

    float32 `(256, 56, 56, 2)`. Made once: smoothing noise for every image would take longer than everything else.
    """
    rng = np.random.default_rng(_FIELD_SEED)
    axis = ((np.arange(_RASTER_SIDE) - (_RASTER_SIDE - 1) / 2) * _STEP).astype(np.float32)
    grid = np.stack(np.meshgrid(axis, axis), axis=-1)
    strengths = np.linspace(*BEND_RANGE, _FIELDS, dtype=np.float32)
    return np.stack([grid + strength * _smooth_noise(rng) for strength in strengths])


def _smooth_noise(rng: np.random.Generator) -> FloatArray:
    """A smooth vector field of mean 0 and root mean square 1, float32 `(56, 56, 2)`."""
    noise = rng.standard_normal((_RASTER_SIDE, _RASTER_SIDE, 2)).astype(np.float32)
    smooth = np.asarray(cv2.GaussianBlur(noise, (0, 0), _FIELD_SMOOTHNESS / _STEP), np.float32)
    smooth -= smooth.mean(axis=(0, 1))  # normalisation would undo a shift of the whole digit
    return np.asarray(smooth / np.sqrt(np.mean(np.square(smooth))), np.float32)


def _warp(image: Image, linear: FloatArray, grid: FloatArray, edge: float) -> Image:
    """Resample `image` on the raster, uint8 `(56, 56)`, bent by `grid` and `linear`, with stroke edges at `edge`."""
    left, top, width, height = cv2.boundingRect(image)
    placed = np.empty((2, 3), np.float32)
    placed[:, :2] = linear
    placed[:, 2] = left + (width - 1) / 2, top + (height - 1) / 2
    blurred = cv2.GaussianBlur(image, (3, 3), _BLUR)
    places = cv2.transform(grid, placed)
    raster = cv2.remap(blurred, places, _NO_SECOND_MAP, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=0)
    brightness = cv2.mean(blurred, cv2.inRange(blurred, _INK, 255))[0]
    offset = min(127 - _EDGE_GAIN * edge * brightness, 0.0)  # above 0 the background would become bright
    return np.asarray(cv2.addWeighted(raster, _EDGE_GAIN, raster, 0, offset), np.uint8)


def _shifted(image: Image, right: int, down: int) -> Image:
    """`image` shifted by whole pixels and filled with zeros."""
    move = np.array([[1, 0, right], [0, 1, down]], np.float32)
    return np.asarray(cv2.warpAffine(image, move, (SIDE, SIDE), flags=cv2.INTER_NEAREST), np.uint8)
