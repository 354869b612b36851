"""The ink of a digit as a layer, and sheets of any tone to put it on.

A layer says how much of each pixel is ink, float32 `(h, w)` in [0, 1].
"""

from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt

from benchmarks.evaluation.broken_digits import strokes_in_unit
from benchmarks.evaluation.hand import PAD_SIDE
from benchmarks.evaluation.paper import Layer
from core.digits.arrays import Image
from core.digits.normalize import normalize_drawing
from core.ink.arrays import GrayImage, Points
from core.ink.drawing import Drawing, Stroke
from core.ink.rendering import render_drawing

Source = Image | Drawing
"""A digit: as MNIST has it, uint8 `(28, 28)`, bright on 0, or as strokes."""

Values = npt.NDArray[np.float32]
"""Levels of a picture, grey `(h, w)` or BGR `(h, w, 3)`, around 0 to 255."""

USUAL_PENS = (0.06, 0.12)
"""Widths of the line as shares of the digit's longer side."""

_DIGIT_SIDE = 20  # of MNIST's digits within their 28 pixels
_EDGE = 2.0  # pixels from paper to ink
_LEAST_COVER = 0.42  # of an MNIST pixel that is more ink than paper: its thin lines are grey throughout
_SOFTENING = 0.45  # of an MNIST pixel: so that its corners do not show


def as_image(source: Source) -> Image:
    """The digit as MNIST would have it, uint8 `(28, 28)`."""
    if not isinstance(source, Drawing):
        return source
    digit = normalize_drawing(source)
    assert digit is not None, "digits have ink"
    return digit.image


def ink_of(source: Source, size: float, rng: np.random.Generator, pens: tuple[float, float] = USUAL_PENS) -> Layer:
    """The digit's ink with sharp edges, cut close; its longer side is `size` pixels.

    An MNIST digit keeps the line that it has; strokes are drawn with a pen of `pens`.
    """
    if isinstance(source, Drawing):
        return stroke_ink(source, size, rng.uniform(*pens))
    tight = cut_close(as_layer(source))
    scale = size / max(tight.shape)  # and a little less once it is sharp
    smooth = cv2.GaussianBlur(resized(np.pad(tight, 1), scale), (0, 0), _SOFTENING * scale)
    steep = max(1.0, size / _DIGIT_SIDE / _EDGE)
    return cut_close(np.asarray(np.clip((smooth - _LEAST_COVER) * steep + 0.5, 0, 1), np.float32))


def stroke_ink(drawing: Drawing, size: float, pen: float) -> Layer:
    """Strokes as a layer, cut close, `size` pixels long; `pen` is the width of the line as a share of that."""
    return cut_close(stroke_layer(strokes_in_unit(drawing), size, pen))


def stroke_layer(strokes: Sequence[Points], size: float, pen: float) -> Layer:
    """Strokes around the origin, in a box whose longer side is 1, in the middle of a square that just holds them."""
    room = 1 / (1 + 2 / size)  # a pixel on each side
    placed = tuple(Stroke((points * (1 - pen) * room + PAD_SIDE / 2).astype(np.float32)) for points in strokes)
    return as_layer(render_drawing(Drawing(placed, PAD_SIDE, pen * room), round(size) + 2))


def as_layer(picture: GrayImage) -> Layer:
    """A picture of ink, bright on 0, as a layer."""
    return picture.astype(np.float32) / np.float32(255)


def cut_close(layer: Layer) -> Layer:
    """The part of a layer that has ink."""
    rows, columns = (np.flatnonzero((layer > 0.05).any(axis=axis)) for axis in (1, 0))
    return layer[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def resized(values: Values, scale: float, how: int = cv2.INTER_CUBIC) -> Values:
    """`values` enlarged by `scale`."""
    height, width = (max(1, round(length * scale)) for length in values.shape[:2])
    return np.asarray(cv2.resize(values, (width, height), interpolation=how), np.float32)


def with_margin(layer: Layer, share: float) -> Layer:
    """A layer with free paper around, `share` of its longer side."""
    return np.pad(layer, round(share * max(layer.shape)))


def spread(layer: Layer, shape: tuple[int, int], rng: np.random.Generator) -> Layer:
    """The ink anywhere on a sheet of `shape`, at least as large."""
    sheet = np.zeros(shape, np.float32)
    height, width = layer.shape
    top, left = (int(rng.integers(free + 1)) for free in (shape[0] - height, shape[1] - width))
    sheet[top : top + height, left : left + width] = layer
    return sheet


def on_square(source: Source, size: float, rng: np.random.Generator, margins: tuple[float, float]) -> Layer:
    """The ink in the middle of a square, with a margin between two shares of its longer side."""
    ink = ink_of(source, size, rng)
    side = round(size * (1 + 2 * rng.uniform(*margins)))
    down, right = (max(side - length, 0) for length in ink.shape)
    return np.pad(ink, ((down // 2, down - down // 2), (right // 2, right - right // 2)))


def painted(ink: Layer, paper: npt.ArrayLike, tone: npt.ArrayLike) -> Values:
    """Ink of a `tone` on `paper`: each a level, a BGR colour `(3,)`, or levels for each pixel."""
    below, above = (np.asarray(colour, np.float32) for colour in (paper, tone))
    cover = ink[:, :, np.newaxis] if (below.shape or (0,))[-1] == 3 or (above.shape or (0,))[-1] == 3 else ink
    return np.asarray(below * (1 - cover) + above * cover, np.float32)


def two_tones(rng: np.random.Generator) -> tuple[float, float]:
    """The levels of paper and ink: dark on light, or as often light on dark."""
    light, dark = rng.uniform(215, 255), rng.uniform(0, 50)
    return (light, dark) if rng.random() < 0.5 else (dark, light)


def noise(shape: tuple[int, ...], deviation: float, rng: np.random.Generator) -> Values:
    """Noise of each pixel, in levels."""
    return rng.standard_normal(shape, np.float32) * np.float32(deviation)


def slope(shape: tuple[int, int], first: float, last: float, rng: np.random.Generator) -> Values:
    """Levels that go evenly from `first` to `last`, in any direction."""
    y, x = np.mgrid[0 : shape[0], 0 : shape[1]].astype(np.float32)
    angle = rng.uniform(0, 2 * np.pi)
    along = x * np.float32(np.cos(angle)) + y * np.float32(np.sin(angle))
    low, high = float(along.min()), float(along.max())
    return np.asarray(first + (along - low) / max(high - low, 1.0) * (last - first), np.float32)


def soft_noise(shape: tuple[int, int], grain: float, rng: np.random.Generator) -> Layer:
    """Smooth unevenness with spots of about `grain` pixels, mean 0 and deviation 1."""
    small = (max(2, round(shape[0] / grain)), max(2, round(shape[1] / grain)))
    coarse = cv2.resize(noise(small, 1, rng), shape[::-1], interpolation=cv2.INTER_CUBIC)
    field = np.asarray(coarse, np.float32)
    return np.asarray((field - field.mean()) / max(float(field.std()), 1e-6), np.float32)
