"""The same ink with other pens, in other sizes, at other places on the pad, and turned."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product

import numpy as np

from benchmarks.evaluation.broken_digits import strokes_in_unit
from benchmarks.evaluation.hand import PAD_SIDE, turned
from core.datasets.real_ink import LabelledDrawing
from core.digits.arrays import Image
from core.digits.normalize import normalize_drawing, normalize_ink_image
from core.errors import PictureError
from core.ink.drawing import Drawing, Stroke
from core.ink.rendering import render_drawing
from core.pictures.reading import picture_from_array

PEN_WIDTHS = (0.01, 0.03, 0.05, 0.08, 0.12)
SIZES = (0.15, 0.3, 0.45, 0.6, 0.85)
"""Of the digit's longer side. All are shares of the pad's side; the pens are the app's, from thinnest to thickest."""
READABLE_PEN_WIDTHS = (0.015, 0.025, 0.04, 0.055, 0.07)
READABLE_SIZES = (0.3, 0.4, 0.5, 0.65, 0.85)
"""For pictures, whose strokes stay as wide as they are: thicker pens fill the holes of such small digits."""
PLACES = tuple((x, y) for x, y in product((0.0, 0.5, 1.0), repeat=2))
"""Left to right and top to bottom, as shares of the free room."""
ANGLES = (-15.0, 0.0, 15.0)
TURNS = tuple(angle for angle in ANGLES if angle)
PICTURE_SIDE = 280


@dataclass(frozen=True, slots=True)
class Way:
    """A way to draw: width of the pen, size of the digit, place and angle (degrees clockwise)."""

    pen_width: float
    size: float
    place: tuple[float, float]
    angle: float

    def __str__(self) -> str:
        column, row = (("left", "middle", "right")[round(2 * self.place[0])],
                       ("top", "middle", "bottom")[round(2 * self.place[1])])  # fmt: skip
        where = "middle" if column == row == "middle" else f"{row} {column}"
        return f"pen {self.pen_width:g}, size {self.size:g}, {where}, {self.angle:+.0f}°"


ALL_WAYS = tuple(Way(*way) for way in product(PEN_WIDTHS, SIZES, PLACES, ANGLES))


def drawn(drawing: Drawing, way: Way) -> Drawing:
    """`drawing` on a pad of side 1, drawn in that way; all of its line is on the pad."""
    strokes = [turned(points, way.angle) for points in strokes_in_unit(drawing)]
    everything = np.concatenate(strokes)
    low, high = everything.min(axis=0), everything.max(axis=0)
    scale = way.size / max(float((high - low).max()), 1e-6)
    free = PAD_SIDE - way.pen_width - scale * (high - low)
    corner = way.pen_width / 2 + free * way.place
    moved = tuple(Stroke(((points - low) * scale + corner).astype(np.float32)) for points in strokes)
    return Drawing(moved, PAD_SIDE, way.pen_width)


def image_of_drawing(drawing: Drawing) -> Image | None:
    """What the network sees of the strokes."""
    digit = normalize_drawing(drawing)
    return digit.image if digit else None


def image_of_picture(drawing: Drawing) -> Image | None:
    """What the network sees of a picture of the pad: its line is as wide as the pen; None where no ink is found."""
    try:
        picture = picture_from_array(255 - render_drawing(drawing, PICTURE_SIDE))
    except PictureError:
        return None
    digit = normalize_ink_image(picture.ink)
    return digit.image if digit else None


def picture_cells(digits: Sequence[LabelledDrawing], count: int) -> Iterator[list[tuple[LabelledDrawing, Way]]]:
    """For each pen width and size, `count` digits, taking turns at the places and angles.

    A step of 7 visits all 27 pairs of them before one comes again, whatever the order of the digits.
    """
    turns = tuple(product(PLACES, ANGLES))
    for pen_width, size in product(READABLE_PEN_WIDTHS, READABLE_SIZES):
        chosen = islice(digits, count)
        yield [(digit, Way(pen_width, size, *turns[7 * n % len(turns)])) for n, digit in enumerate(chosen)]
