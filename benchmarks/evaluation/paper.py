"""Sheets of paper and pens, in millimetres: what a photograph of a digit shows before a camera sees it.

A layer says how much of the paper's light a mark takes away, float32 `(h, w)` in [0, 1].
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from core.ink.arrays import GrayImage, Points

Layer = npt.NDArray[np.float32]
Colour = tuple[float, float, float]
"""Blue, green and red as shares of the light: OpenCV's order."""

PAPERS = ("plain", "ruled", "squared")


@dataclass(frozen=True, slots=True)
class Pen:
    """A way to leave ink: width of the line in mm, height of digits written with it, and how ink covers paper.

    `cover` is how much light the ink takes, `pressing` how much the hand's pressure shows in width and cover, and
    `grain` how much of the paper's grain stays without ink.
    """

    name: str
    widths: tuple[float, float]
    heights: tuple[float, float]
    cover: tuple[float, float]
    pressing: float
    grain: float
    colours: tuple[Colour, ...]


_BLACK, _BLUE, _RED, _GREEN = (0.10, 0.10, 0.10), (0.55, 0.22, 0.12), (0.15, 0.12, 0.70), (0.22, 0.40, 0.10)
_PENCIL = (0.36, 0.35, 0.34)
PENS = (
    Pen("ball pen", (0.4, 0.7), (7, 16), (0.75, 0.95), 0.25, 0.25, (_BLACK, _BLUE, _BLUE, _RED)),
    Pen("fine liner", (0.4, 0.8), (7, 18), (0.9, 1.0), 0.05, 0.0, (_BLACK, _BLUE, _RED, _GREEN)),
    Pen("pencil", (0.5, 1.0), (8, 18), (0.65, 0.9), 0.35, 0.5, (_PENCIL,)),
    Pen("felt-tip", (1.0, 2.0), (10, 30), (0.85, 1.0), 0.1, 0.05, (_BLACK, _BLUE, _RED, _GREEN)),
    Pen("marker", (2.5, 5.0), (25, 50), (0.9, 1.0), 0.05, 0.0, (_BLACK, _BLUE, _RED, _GREEN)),
)


def ink_layer(
    strokes: Sequence[Points], shape: tuple[int, int], width: float, pen: Pen, rng: np.random.Generator
) -> Layer:
    """Ink of `strokes`, in pixels, on a sheet of `shape`; `width` is that of the line in pixels."""
    layer = np.zeros(shape, np.uint8)
    cover = rng.uniform(*pen.cover)
    for points in strokes:
        path = _rounded(points)
        pressure = 1 + pen.pressing * _slow_noise(len(path), rng)
        fixed = np.rint(path * 16).astype(np.int32)
        for start in range(0, max(len(path) - 1, 1), 4):
            piece = fixed[start : start + 5] if len(path) > 1 else np.repeat(fixed, 2, axis=0)
            press = float(np.clip(pressure[start], 0.4, 1.6))
            tone = round(255 * min(cover * (0.5 + 0.5 * press), 1.0))
            _draw_darker(layer, piece, tone, max(1, round(width * (0.6 + 0.4 * press))))
    ink = layer.astype(np.float32) / 255
    if pen.grain:
        grain = cv2.GaussianBlur(rng.normal(0, 1, shape).astype(np.float32), (0, 0), max(width / 12, 0.7))
        ink *= np.clip(1 - pen.grain * (0.4 + 0.8 * grain / grain.std()), 0.1, 1)
    return np.asarray(ink, np.float32)


def lines_layer(paper: str, shape: tuple[int, int], scale: float, rng: np.random.Generator) -> Layer:
    """Printed lines: 7 to 10 mm apart on ruled paper, 4 to 7 mm on squared; `scale` is pixels in a mm."""
    layer = np.zeros(shape, np.uint8)
    if paper == "plain":
        return layer.astype(np.float32)
    gap = scale * (rng.uniform(7, 10) if paper == "ruled" else float(rng.choice([4, 5, 5, 5, 7])))
    thickness = max(1, round(scale * rng.uniform(0.12, 0.3)))
    height, width = shape
    for y in np.arange(rng.uniform(0, gap), height, gap):
        cv2.line(layer, (0, round(y)), (width, round(y)), 255, thickness)
    if paper == "squared":
        for x in np.arange(rng.uniform(0, gap), width, gap):
            cv2.line(layer, (round(x), 0), (round(x), height), 255, thickness)
    return layer.astype(np.float32) * np.float32(rng.uniform(0.2, 0.55) / 255)


def paper_grain(shape: tuple[int, int], rng: np.random.Generator) -> Layer:
    """The paper's own unevenness, around 1."""
    coarse = rng.normal(0, 1, (shape[0] // 3 + 1, shape[1] // 3 + 1)).astype(np.float32)
    fibres = cv2.resize(cv2.GaussianBlur(coarse, (0, 0), 1.0), shape[::-1], interpolation=cv2.INTER_LINEAR)
    return np.asarray(1 + fibres * np.float32(rng.uniform(0.005, 0.03)), np.float32)


def _rounded(points: Points) -> Points:
    """The path of a pen through measured points: corners cut twice, after Chaikin (1974); the ends stay."""
    for _ in range(2):
        if len(points) < 3:
            return points
        first, second = points[:-1], points[1:]
        cut = np.stack([0.75 * first + 0.25 * second, 0.25 * first + 0.75 * second], axis=1).reshape(-1, 2)
        points = np.concatenate([points[:1], cut[1:-1], points[-1:]])
    return points


def _slow_noise(count: int, rng: np.random.Generator) -> npt.NDArray[np.float64]:
    knots = rng.normal(0, 1, count // 12 + 3)
    return np.interp(np.linspace(0, len(knots) - 1, count), np.arange(len(knots)), knots)


def _draw_darker(layer: GrayImage, piece: npt.NDArray[np.int32], tone: int, width: int) -> None:
    """Draw a piece of a line where it is darker than what is there, without touching the rest of the sheet."""
    reach = width + 2
    left, top = np.maximum(piece.min(axis=0) // 16 - reach, 0)
    right, bottom = piece.max(axis=0) // 16 + reach
    part = layer[top:bottom, left:right]
    if part.size:
        drawn = np.zeros_like(part)
        cv2.polylines(drawn, [piece - 16 * np.array([left, top], np.int32)], False, tone, width, cv2.LINE_AA, 4)
        np.maximum(part, drawn, out=part)
