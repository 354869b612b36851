"""Whole sheets of digits: a grid of MNIST's like OpenCV's `digits.png`, and a scanned exercise sheet."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from benchmarks.evaluation.hand import turned
from benchmarks.evaluation.paper import PAPERS, PENS, ink_layer, lines_layer, paper_grain
from benchmarks.several_digits.ink_numbers import WriterInk, choose_digits
from benchmarks.several_digits.lines import extent, moved, write_line
from benchmarks.several_digits.pictures_of_numbers import encode
from core.datasets.mnist import load_mnist
from core.digits.arrays import CLASSES, SIDE, Image
from core.ink.arrays import Points

CELLS = (20, SIDE)
"""Sides of a cell in pixels: OpenCV's, which ink fills from edge to edge, and MNIST's own."""
GRID = (20, 30)
EXERCISES = (10, 8)
"""Rows and columns."""

_SCAN = (1754, 1240)  # A4 at 150 dots per inch
_PIXELS_A_MM = 150 / 25.4
_MARGIN = 120.0
_HEIGHTS = (8.0, 12.0)  # of digits, in mm
_MOST_TURNED = 1.0  # degrees: how askew a sheet lies on the scanner


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """A picture file of many digits, and what it says: one line a row."""

    content: bytes
    text: str


def mnist_grid(cell: int, seed: int, grid: tuple[int, int] = GRID) -> Sheet:
    """Training digits of MNIST in cells that touch, white on black, in random order."""
    train, (rows, columns) = load_mnist().train, grid
    chosen = np.random.default_rng([seed, 3, cell]).choice(len(train.labels), (rows, columns), replace=False)
    pixels = np.vstack([np.hstack([_in_cell(train.images[index], cell) for index in row]) for row in chosen])
    text = "\n".join("".join(str(train.labels[index]) for index in row) for row in chosen)
    return Sheet(encode(pixels), text)


def exercise_sheet(writers: Sequence[WriterInk], seed: int, number: int) -> Sheet:
    """The scan of a sheet with ten rows of eight digits, one below the other, in the hand of one writer."""
    rng = np.random.default_rng([seed, 4, number])
    ink = writers[number % len(writers)]
    height = rng.uniform(*_HEIGHTS) * _PIXELS_A_MM
    pen = PENS[rng.integers(3)]
    texts = ["".join(map(str, rng.integers(0, CLASSES, EXERCISES[1]))) for _ in range(EXERCISES[0])]
    strokes = [points for row, text in enumerate(texts) for points in _row(row, text, ink, height, rng)]
    angle, middle = rng.uniform(-_MOST_TURNED, _MOST_TURNED), np.array(_SCAN[::-1]) / 2
    askew = [turned(points - middle, angle) + middle for points in strokes]
    line = rng.uniform(*pen.widths) * _PIXELS_A_MM
    inked = ink_layer(askew, _SCAN, line, pen, rng)
    printed = lines_layer(PAPERS[number % len(PAPERS)], _SCAN, _PIXELS_A_MM, rng)
    light = paper_grain(_SCAN, rng) * (1 - 0.35 * printed) * (1 - 0.85 * inked)
    noise = rng.normal(0, rng.uniform(1, 5), _SCAN)
    pixels = np.clip(cv2.GaussianBlur(light, (0, 0), 0.7) * rng.uniform(225, 252) + noise, 0, 255).astype(np.uint8)
    return Sheet(encode(pixels, ".jpg", [cv2.IMWRITE_JPEG_QUALITY, 85]), "\n".join(texts))


def _row(row: int, text: str, ink: WriterInk, height: float, rng: np.random.Generator) -> list[Points]:
    """The strokes of a row in pixels; each digit stands near the middle of its column."""
    cell = (np.array(_SCAN[::-1]) - 2 * _MARGIN) / EXERCISES[::-1]
    strokes: list[Points] = []
    for column, digit in enumerate(write_line(choose_digits(text, ink, rng), 0.0, rng)):
        place = _MARGIN + cell * (column + 0.5, row + 0.5) + cell * rng.normal(0, 0.04, 2)
        scaled = [points * height for points in digit]
        strokes += moved(scaled, place - extent(scaled).mean(axis=0))
    return strokes


def _in_cell(image: Image, cell: int) -> Image:
    """The digit in a cell of that side; a small one is filled by the ink's longer side."""
    if cell == SIDE:
        return image
    left, top, width, height = cv2.boundingRect(image)
    inked = np.zeros((cell, cell), np.uint8)
    x, y = (cell - width) // 2, (cell - height) // 2
    inked[y : y + height, x : x + width] = image[top : top + height, left : left + width]
    return inked
