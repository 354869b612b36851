"""The pad's content: strokes, or the digit of a picture with strokes on it. Contents are immutable."""

from dataclasses import dataclass, replace

import numpy as np

from core.digits.arrays import Image
from core.ink.arrays import FloatArray, Points
from core.ink.drawing import Drawing, Stroke

PAD_SIDE = 1000.0
"""Side of the pad in pad units; the widget scales them to its own size."""

PICTURE_SIDE = 760
"""Longer side of a picture on the pad, in pad units. It has at most as many pixels: none is smaller than a unit."""

_FOREIGN_SHARE = 0.7
"""Share of the pad that ink from other programs fills."""
_MANY_POINTS = 20_000
_CLOSEST_POINTS = 0.5  # pad units, where there are too many


@dataclass(frozen=True, slots=True, eq=False)
class PictureInk:
    """The digit found in a picture, its place on the pad, and the strokes drawn on it.

    Attributes
    ----------
    ink
        uint8 `(h, w)`, bright on 0; never all 0.
    name
        The picture's name for people.
    strokes
        The strokes, oldest first, in pad units.
    place
        `(left, top, unit)`: the ink's upper left corner, and the side of one of its pixels, in pad units. By default
        the ink is centred, and its longer side is `PICTURE_SIDE`.
    refused_by
        The slug of the model that found no digit in the whole picture, which this ink alone may not show; "" where one
        was found, or where the ink has since been cut down by hand.
    """

    ink: Image
    name: str = ""
    strokes: tuple[Stroke, ...] = ()
    place: tuple[float, float, float] = (0.0, 0.0, 0.0)
    refused_by: str = ""

    def __post_init__(self) -> None:
        if self.place[2] <= 0:
            object.__setattr__(self, "place", _place_in_middle(*self.ink.shape))

    @property
    def box(self) -> tuple[float, float, float, float]:
        """The ink's box on the pad: `(left, top, width, height)` in pad units."""
        left, top, unit = self.place
        height, width = self.ink.shape
        return left, top, width * unit, height * unit

    def drawing(self) -> Drawing:
        """The strokes alone."""
        return Drawing(self.strokes, PAD_SIDE)


Content = Drawing | PictureInk


def blank_content() -> Drawing:
    return Drawing(pad_side=PAD_SIDE)


def fit_picture(picture: PictureInk) -> PictureInk:
    """`picture` in at most `PICTURE_SIDE` pixels a side, at the same place."""
    from core.pictures.scaling import shrink  # here: the window opens no picture when it starts

    ink = shrink(picture.ink, PICTURE_SIDE)
    if ink is picture.ink:
        return picture
    left, top, unit = picture.place
    return replace(picture, ink=ink, place=(left, top, unit * max(picture.ink.shape) / max(ink.shape)))


def fit_to_pad(drawing: Drawing) -> Drawing:
    """Scale a drawing from another program to fill most of the pad; one with a pad of its own keeps its place.

    Each stroke gets its own width, because later strokes may have another one.
    """
    if drawing.is_blank:
        return blank_content()
    left, top, right, bottom = drawing.bounds()
    if drawing.pad_side and min(left, top) >= 0 and max(right, bottom) <= drawing.pad_side:
        origin, side, target = np.zeros(2), drawing.pad_side, np.zeros(2)
    else:
        side = max(right - left, bottom - top, float(np.finfo(np.float32).tiny)) / _FOREIGN_SHARE
        origin = np.array([(left + right) / 2, (top + bottom) / 2])
        target = np.full(2, PAD_SIDE / 2)
    placed = [(stroke.points - origin) / side * PAD_SIDE + target for stroke in drawing.strokes]
    has_many = sum(map(len, placed)) > _MANY_POINTS
    strokes = tuple(
        (_thinned if has_many else _moved)(replace(stroke, width=drawing.width_of(stroke)), points)
        for stroke, points in zip(drawing.strokes, placed, strict=True)
    )
    return replace(drawing, strokes=strokes, pad_side=PAD_SIDE)


def _place_in_middle(height: int, width: int) -> tuple[float, float, float]:
    unit = PICTURE_SIDE / max(height, width)
    return (PAD_SIDE - width * unit) / 2, (PAD_SIDE - height * unit) / 2, unit


def _moved(stroke: Stroke, points: Points) -> Stroke:
    return replace(stroke, points=points.astype(np.float32))


def _thinned(stroke: Stroke, points: Points) -> Stroke:
    """`stroke` with new `points`, without those that are too close to the one before to be seen."""
    steps = np.floor(np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))]) / _CLOSEST_POINTS)
    keep = np.concatenate([[True], np.diff(steps) > 0])
    keep[-1] = True

    def kept(values: FloatArray | None) -> FloatArray | None:
        return None if values is None else values[keep]

    return Stroke(points[keep].astype(np.float32), kept(stroke.pressures), kept(stroke.times), stroke.width)
