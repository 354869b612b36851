"""Pictures of numbers: photographs of ink on paper, and clean files."""

import cv2
import numpy as np

from benchmarks.evaluation.paper import PENS, Pen
from benchmarks.evaluation.photos import SIZES, Photo, photograph_strokes
from benchmarks.several_digits.ink_numbers import InkNumber
from benchmarks.several_digits.lines import extent
from core.digits.arrays import Image
from core.ink.arrays import GrayImage
from core.ink.rendering import render_drawing
from core.pad.content import PAD_SIDE

CLEAN = ("black on white", "white on black", "JPEG")
ENLARGED = 6
"""How much larger than MNIST's 28 pixels a picture of one of its digits is."""

_SHARES = (0.35, 0.75)  # of the sheet's width: how wide the number is
_HIGHEST = 0.5  # a digit, as a share of the sheet's height
_MARGIN = 0.1  # of the sheet, which the camera may cut off
_HEIGHTS = (24, 160)  # of a digit in a clean picture, in pixels
_MARGINS = (0.3, 1.2)  # around a clean picture, in heights of a digit


def photograph_number(number: InkNumber, paper: str, rng: np.random.Generator) -> Photo:
    """Write a number on a sheet of `paper`, one of `PAPERS`, with a pen whose line is as wide, and photograph it."""
    width, height = SIZES[rng.integers(len(SIZES))]
    pens = [pen for pen in PENS if _millimetres(pen, number.pen)[0] <= _millimetres(pen, number.pen)[1]]
    pen = pens[rng.integers(len(pens))]
    millimetres = float(np.exp(rng.uniform(*np.log(_millimetres(pen, number.pen)))))
    strokes = [stroke.points.astype(np.float64) / number.height for stroke in number.drawing.strokes]
    low, high = extent(strokes)
    room = np.array([rng.uniform(*_SHARES) * width, (1 - 2 * _MARGIN) * height])
    pixels = min(float((room / np.maximum(high - low, 1e-6)).min()), _HIGHEST * height)
    sheet = np.array([width, height])
    free = (1 - 2 * _MARGIN) * sheet - pixels * (high - low)
    corner = _MARGIN * sheet + rng.uniform(0, 1, 2) * free
    placed = [(points - low) * pixels + corner for points in strokes]
    return photograph_strokes(placed, (height, width), number.pen * pixels, pixels / millimetres, paper, pen, rng)


def draw_cleanly(number: InkNumber, style: str, rng: np.random.Generator) -> bytes:
    """A picture file that shows the number alone, in one of the styles `CLEAN`."""
    pixels = np.exp(rng.uniform(*np.log(_HEIGHTS)))
    side = int(np.clip(pixels * PAD_SIDE / number.height, 1, 4000))
    ink = _cut_out(
        render_drawing(number.drawing, side), float(rng.uniform(*_MARGINS)) * number.height * side / PAD_SIDE
    )
    if style == "JPEG":
        return encode(255 - ink, ".jpg", [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(50, 96))])
    return encode(ink if style == "white on black" else 255 - ink)


def enlarge(image: Image, *, dark: bool) -> bytes:
    """A digit of MNIST as a picture file, six times as large; `dark` ink is on white, and light ink on black."""
    side = ENLARGED * len(image)
    ink = np.asarray(cv2.resize(image, (side, side), interpolation=cv2.INTER_CUBIC), np.uint8)
    return encode(255 - ink if dark else ink)


def encode(pixels: GrayImage, suffix: str = ".png", options: list[int] | None = None) -> bytes:
    """The content of a picture file."""
    done, content = cv2.imencode(suffix, pixels, options or [])
    assert done, "OpenCV writes PNG and JPEG"
    return content.tobytes()


def _millimetres(pen: Pen, line: float) -> tuple[float, float]:
    """Lowest and highest digit that people write with that pen, where its line is `line` of their height."""
    return max(pen.heights[0], pen.widths[0] / line), min(pen.heights[1], pen.widths[1] / line)


def _cut_out(ink: GrayImage, margin: float) -> GrayImage:
    """Bright ink with that much of the dark around it, in pixels."""
    left, top, width, height = cv2.boundingRect(ink)
    border = max(1, round(margin))
    inked = ink[top : top + height, left : left + width]
    return np.asarray(np.pad(inked, border), np.uint8)
