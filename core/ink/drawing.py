"""Digital ink: strokes of points, as recorded from a pen or a mouse."""

from dataclasses import dataclass, field

import numpy as np

from core.ink.arrays import FloatArray

DEFAULT_PEN_WIDTH = 0.05
"""Width of the line on the pad, as a share of the pad's side."""

NEUTRAL_PRESSURE = 0.5
"""The pressure at which a line has the pen's own width, as with devices without pressure."""


def line_width(pen_width: float, pressure: float) -> float:
    """Width of the line for a pressure in [0, 1], in the unit of `pen_width`: half of it to one and a half."""
    return pen_width * (0.5 + pressure)


@dataclass(frozen=True, slots=True, eq=False)
class Stroke:
    """One movement of the pen, from touching the pad to leaving it.

    Attributes
    ----------
    points
        float32 `(n, 2)`, n >= 1: x and y in the units of the drawing, y downwards.
    pressures
        float32 `(n,)` in [0, 1], or None from a device without pressure (a mouse).
    times
        float32 `(n,)`: seconds since the stroke began, or None when they are not known.
    width
        Width of the line as a share of the pad's side; None for the pen width of the drawing.
    """

    points: FloatArray
    pressures: FloatArray | None = None
    times: FloatArray | None = None
    width: float | None = None

    def __post_init__(self) -> None:
        points = np.asarray(self.points, np.float32)
        if points.ndim != 2 or points.shape[1] != 2 or len(points) == 0:
            raise ValueError(f"a stroke needs points of shape (n, 2), got {points.shape}")
        if not np.isfinite(points).all():
            raise ValueError("a stroke's points must be finite numbers")
        object.__setattr__(self, "points", points)
        for name in ("pressures", "times"):
            values = getattr(self, name)
            if values is None:
                continue
            values = np.asarray(values, np.float32)
            if values.shape != (len(points),):
                raise ValueError(f"{name} must have one number for each of the {len(points)} points")
            object.__setattr__(self, name, values)


@dataclass(frozen=True, slots=True, eq=False)
class Drawing:
    """Strokes in the order in which they were drawn. Immutable.

    Attributes
    ----------
    strokes
        The strokes, oldest first.
    pad_side
        Side of the square pad in the units of the points, or None when the ink came from elsewhere. Recognition only
        uses it to tell a dot from a small digit.
    pen_width
        Width of the line as a share of the pad's side, for strokes without a width of their own. Recognition does not
        use it.
    """

    strokes: tuple[Stroke, ...] = ()
    pad_side: float | None = None
    pen_width: float = field(default=DEFAULT_PEN_WIDTH)

    @property
    def is_blank(self) -> bool:
        return not self.strokes

    def width_of(self, stroke: Stroke) -> float:
        """Width of the line of `stroke`, as a share of the pad's side."""
        return self.pen_width if stroke.width is None else stroke.width

    def bounds(self) -> tuple[float, float, float, float]:
        """Bounding box of all points as `(left, top, right, bottom)`. Raises ValueError when blank."""
        if self.is_blank:
            raise ValueError("a blank drawing has no bounds")
        low = np.min([stroke.points.min(axis=0) for stroke in self.strokes], axis=0)
        high = np.max([stroke.points.max(axis=0) for stroke in self.strokes], axis=0)
        return float(low[0]), float(low[1]), float(high[0]), float(high[1])
