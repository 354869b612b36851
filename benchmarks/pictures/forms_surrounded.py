"""Digits with something around them: frames, the lines of a table, a circle, an underline, a bracket, ruled paper."""

import cv2
import numpy as np

from benchmarks.evaluation.hand import tremble
from benchmarks.evaluation.paper import Layer, lines_layer
from benchmarks.pictures.canvas import Source, Values, as_layer, ink_of, on_square, painted, spread, two_tones
from benchmarks.pictures.files import write_picture
from core.ink.arrays import Points

_PRINTED = ((215, 165, 115), (190, 190, 190))  # BGR: pale blue and grey


def thin_frame(source: Source, rng: np.random.Generator) -> bytes:
    """A line all around, at the edges or a little inside."""
    ink = _digit(source, rng, (0.15, 0.4))
    side = len(ink)
    inset = round(side * rng.choice([0, 0, rng.uniform(0.01, 0.03)]))
    return _with_lines(ink, _frame(side, inset, max(1, round(side * rng.uniform(0.004, 0.012)))), rng)


def thick_frame(source: Source, rng: np.random.Generator) -> bytes:
    """A frame of 4 to 8 percent of the side, clear of the digit."""
    ink = _digit(source, rng, (0.3, 0.5))
    side = len(ink)
    return _with_lines(ink, _frame(side, 0, round(side * rng.uniform(0.04, 0.08))), rng)


def table_cell(source: Source, rng: np.random.Generator) -> bytes:
    """The lines of a table go past the digit at two to four sides, and on to the picture's edges."""
    ink = _digit(source, rng, (0.3, 0.5))
    side = len(ink)
    grid = np.zeros_like(ink)
    thick = max(1, round(side * rng.uniform(0.005, 0.015)))
    places = side * np.concatenate([rng.uniform(0.01, 0.08, 2), rng.uniform(0.92, 0.99, 2)])
    left, top, right, bottom = (round(float(place)) for place in places)
    shown = rng.permutation(4)[: rng.integers(2, 5)]
    for line in shown:
        start, end = [((left, 0), (left, side)), ((0, top), (side, top)), ((right, 0), (right, side)),
                      ((0, bottom), (side, bottom))][line]  # fmt: skip
        cv2.line(grid, start, end, 1.0, thick)
    return _with_lines(ink, grid, rng)


def circled(source: Source, rng: np.random.Generator) -> bytes:
    """A circle around the digit, drawn with a pen like its own."""
    size = rng.uniform(120, 300)
    ink = ink_of(source, size, rng)
    side = round(size * 2.6)
    sheet = _in_middle(ink, (side, side))
    around = np.hypot(*ink.shape) / 2 * rng.uniform(1.2, 1.45)
    start = rng.uniform(0, 2 * np.pi)
    angles = np.linspace(start, start + 2 * np.pi * rng.uniform(0.98, 1.04), 120)
    radii = np.minimum(around * rng.uniform(0.93, 1.07, 2), side / 2 * 0.97)
    points = np.stack([np.cos(angles), np.sin(angles)], axis=1) * radii + side / 2
    return _painted_with(sheet, [tremble(points, rng, 0.01 * size)], rng.uniform(0.03, 0.07) * size, rng)


def marked(source: Source, rng: np.random.Generator) -> bytes:
    """Underlined, or with a bracket on one side or both."""
    size = rng.uniform(120, 300)
    ink = ink_of(source, size, rng, (0.06, 0.09))
    height, width = ink.shape
    sheet = _in_middle(ink, (round(size * 2), round(size * 2.2)))
    middle = np.array(sheet.shape[::-1]) / 2
    gap = size * rng.uniform(0.14, 0.22)
    kind = rng.integers(3)
    if kind == 0:
        reach = max(width, 0.5 * size) * rng.uniform(0.55, 0.8)
        lines = [np.array([(-reach, height / 2 + gap), (reach, height / 2 + gap * rng.uniform(0.8, 1.2))])]
    else:
        bow = np.linspace(-0.9, 0.9, 30)
        right = np.stack([width / 2 + gap + 0.18 * size * np.cos(bow), 0.7 * size * np.sin(bow)], axis=1)
        lines = [right] if kind == 1 else [right, right * (-1, 1)]
    return _painted_with(sheet, [middle + line for line in lines], rng.uniform(0.04, 0.07) * size, rng)


def ruled(source: Source, rng: np.random.Generator) -> bytes:
    """On a scan of ruled or squared paper; the lines are paler than the ink."""
    size = rng.uniform(120, 300)
    sheet = spread(
        ink_of(source, size, rng), (round(size * rng.uniform(1.5, 3)), round(size * rng.uniform(1.5, 3))), rng
    )
    paper = "ruled" if rng.random() < 0.7 else "squared"
    lines = lines_layer(paper, sheet.shape, size / rng.uniform(8, 20), rng)
    printed = painted(lines / max(float(lines.max()), 1e-6), np.full(3, rng.uniform(240, 255)),
                      np.array(_PRINTED[rng.integers(len(_PRINTED))]))  # fmt: skip
    return write_picture(painted(sheet, printed, rng.uniform(20, 70, 3)), rng)


def _digit(source: Source, rng: np.random.Generator, margins: tuple[float, float]) -> Layer:
    return on_square(source, rng.uniform(120, 360), rng, margins)


def _in_middle(ink: Layer, shape: tuple[int, int]) -> Layer:
    sheet = np.zeros(shape, np.float32)
    top, left = ((free - own) // 2 for free, own in zip(shape, ink.shape, strict=True))
    sheet[top : top + ink.shape[0], left : left + ink.shape[1]] = ink
    return sheet


def _frame(side: int, inset: int, thick: int) -> Layer:
    frame = np.zeros((side, side), np.float32)
    frame[inset : side - inset, inset : side - inset] = 1
    inside = inset + thick
    frame[inside : side - inside, inside : side - inside] = 0
    return frame


def _with_lines(ink: Layer, lines: Layer, rng: np.random.Generator) -> bytes:
    """Ink on paper with printed lines, as dark as the ink or paler."""
    paper, tone = two_tones(rng)
    printed = tone + (paper - tone) * rng.choice([0.0, rng.uniform(0, 0.6)])
    return write_picture(painted(ink, painted(lines, paper, printed), tone), rng)


def _painted_with(sheet: Layer, lines: list[Points], width: float, rng: np.random.Generator) -> bytes:
    """The ink with more lines of its own tone."""
    drawn = np.zeros(sheet.shape, np.uint8)
    paths = [np.rint(line * 16).astype(np.int32) for line in lines]
    cv2.polylines(drawn, paths, False, 255, max(1, round(width)), cv2.LINE_AA, 4)
    values: Values = painted(np.maximum(sheet, as_layer(drawn)), *two_tones(rng))
    return write_picture(values, rng)


SURROUNDED = {
    "thin frame": thin_frame,
    "thick frame": thick_frame,
    "cell of a table": table_cell,
    "circled": circled,
    "underlined or bracketed": marked,
    "ruled or squared paper": ruled,
}
