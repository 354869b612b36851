"""All kinds of pictures that show no digit, and the pictures of a kind."""

from collections.abc import Callable, Iterator, Sequence

import cv2
import numpy as np

from benchmarks.evaluation.broken_digits import crossed_out
from benchmarks.evaluation.paper import Layer
from benchmarks.evaluation.scribbles import scribble
from benchmarks.evaluation.shapes import dots, line, shape
from benchmarks.evaluation.untrained_shapes import untrained_shape
from benchmarks.evaluation.vector_letters import letter
from benchmarks.pictures.canvas import Values, as_layer, noise, painted, slope, two_tones
from benchmarks.pictures.digits import Digit
from benchmarks.pictures.files import LOSSY, write_picture
from benchmarks.pictures.forms import picture_rng
from benchmarks.pictures.forms_pens import strokes_of
from benchmarks.pictures.patterns import PATTERNS
from core.datasets.real_ink import LabelledDrawing
from core.ink.drawing import Drawing, Stroke
from core.ink.rendering import render_drawing

Kind = Callable[[np.random.Generator], bytes]
"""Makes the content of a picture's file."""

CROSSED_OUT = "crossed-out digits"
COUNT = 40
"""Pictures of each kind."""

_PENS = (0.015, 0.04)  # shares of the picture's side
_CLOSED = 0.15  # of its size: ends that come closer than that close a line


def non_digit_pictures(kind: str, digits: Sequence[Digit], seed: int, count: int = COUNT) -> Iterator[bytes]:
    """`count` pictures of one kind, always the same for a seed; `digits`, as strokes, are what is crossed out."""
    for number in range(count):
        rng = picture_rng(kind, seed, number)
        if kind == CROSSED_OUT:
            digit = digits[number % len(digits)]
            yield _inked(crossed_out([LabelledDrawing(digit.label, "", strokes_of(digit.source))], rng), rng)
        else:
            yield _MADE_OF_NOTHING[kind](rng)


def _letter(rng: np.random.Generator) -> bytes:
    return _on_paper(as_layer(letter(rng)[1]), rng)


def _no_ones(rng: np.random.Generator) -> Drawing:
    """Lines that are no 1. Several upright ones, which `line` makes, too, are drawn again: three read as 111."""
    drawing = line(rng)
    while len(drawing.strokes) > 1 and all(_is_upright(stroke) for stroke in drawing.strokes):
        drawing = line(rng)
    return drawing


def _is_upright(stroke: Stroke) -> bool:
    width, height = np.ptp(stroke.points, axis=0)
    return bool(height > width)


def _drawn(make: Callable[[np.random.Generator], Drawing]) -> Kind:
    return lambda rng: _inked(make(rng), rng)


def _logo(rng: np.random.Generator) -> bytes:
    """A shape, such as a heart, a star, an arrow, a house or a fish; filled in one of three where it is closed."""
    drawing = shape(rng) if rng.random() < 0.7 else untrained_shape(rng)
    return _inked(drawing, rng, filled=rng.random() < 0.35)


def _scene(rng: np.random.Generator) -> bytes:
    """Something like a photograph of anything: overlapping things, coloured, lit from one side."""
    height, width = (int(length) for length in rng.integers(250, 700, 2))
    values = np.repeat(
        slope((height, width), rng.uniform(40, 230), rng.uniform(40, 230), rng)[:, :, np.newaxis], 3, axis=2
    )
    for _ in range(rng.integers(6, 25)):
        _put_thing(values, rng)
    soft = cv2.GaussianBlur(values, (0, 0), rng.uniform(0.6, 3))
    return write_picture(soft + noise(values.shape, rng.uniform(1, 6), rng), rng, LOSSY)


def _put_thing(values: Values, rng: np.random.Generator) -> None:
    """An oval, a polygon or an edge of one colour, anywhere."""
    height, width = values.shape[:2]
    x, y = (int(rng.integers(length)) for length in (width, height))
    colour = [float(level) for level in rng.uniform(10, 245, 3)]
    size = min(height, width) * float(np.exp(rng.uniform(np.log(0.03), np.log(0.4))))
    kind = rng.integers(3)
    if kind == 0:
        axes = (max(2, round(size * rng.uniform(0.4, 1))), max(2, round(size)))
        cv2.ellipse(values, (x, y), axes, rng.uniform(0, 180), 0, 360, colour, -1, cv2.LINE_AA)
    elif kind == 1:
        corners = np.array((x, y)) + rng.normal(0, size, (int(rng.integers(3, 6)), 2))
        cv2.fillPoly(
            values, [np.rint(cv2.convexHull(corners.astype(np.float32))).astype(np.int32)], colour, cv2.LINE_AA
        )
    else:
        end = np.rint(np.array((x, y)) + rng.normal(0, 3 * size, 2)).astype(int)
        cv2.line(values, (x, y), (int(end[0]), int(end[1])), colour, max(1, round(size / 8)), cv2.LINE_AA)


def _inked(drawing: Drawing, rng: np.random.Generator, *, filled: bool = False) -> bytes:
    side = int(rng.integers(150, 500))
    pen = rng.uniform(*_PENS)
    ink = render_drawing(Drawing(drawing.strokes, drawing.pad_side, pen), side)
    if filled and drawing.pad_side:
        points = drawing.strokes[0].points / drawing.pad_side
        if np.hypot(*(points[0] - points[-1])) < _CLOSED * np.ptp(points, axis=0).max():
            cv2.fillPoly(ink, [np.rint(points * side).astype(np.int32)], 255, cv2.LINE_AA)
    return _on_paper(as_layer(ink), rng)


def _on_paper(ink: Layer, rng: np.random.Generator) -> bytes:
    return write_picture(painted(ink, *two_tones(rng)), rng)


_MADE_OF_NOTHING: dict[str, Kind] = {
    **PATTERNS,
    "letters": _letter,
    "scribbles": _drawn(scribble),
    "scenes": _scene,
    "dots": _drawn(dots),
    "lines that are no 1": _drawn(_no_ones),
    "logos and shapes": _logo,
}
KINDS = (*_MADE_OF_NOTHING, CROSSED_OUT)
