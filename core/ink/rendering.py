"""Render a drawing as SVG, as pixels or as PNG."""

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np

from core.ink.arrays import FloatArray, GrayImage, Points
from core.ink.drawing import NEUTRAL_PRESSURE, Drawing, Stroke, line_width
from core.ink.limits import SMALLEST

_VIEW = 1000  # side of the SVG's view box
_MARGIN = 0.15  # around ink without a pad, as a share of its longer side
_OVERSAMPLING = 4
_LARGEST_RASTER = 8192
_SUBPIXEL_BITS = 4


def pen_widths(stroke: Stroke, width: float) -> FloatArray:
    """Width of the line at each point, float32 `(n,)`; `width`, in the same unit, is that at neutral pressure."""
    if stroke.pressures is None:
        return np.full(len(stroke.points), width, np.float32)
    pressures = np.clip(np.nan_to_num(stroke.pressures, nan=NEUTRAL_PRESSURE), 0, 1)
    return np.array([line_width(width, pressure) for pressure in pressures.tolist()], np.float32)


def drawing_with_widths(strokes: Sequence[Stroke], widths: Sequence[float], pad_side: float | None) -> Drawing:
    """A drawing whose strokes have these `widths`, in the units of their points; others than positive ones are ignored.

    Without a pad, they become shares of the square that is shown around the ink.
    """
    side = _frame(Drawing(tuple(strokes), pad_side))[2]
    shares = [min(width / side, 1.0) if width > SMALLEST * side else None for width in widths]
    wide = (replace(stroke, width=share) for stroke, share in zip(strokes, shares, strict=True))
    return Drawing(tuple(wide), pad_side)


def write_svg(drawing: Drawing) -> bytes:
    """Write a drawing as SVG: a square view box, a path with round ends for each stroke, black on transparent."""
    left, top, side = _frame(drawing)
    lines = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_VIEW} {_VIEW}">']
    if drawing.strokes:
        lines.append('  <g fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round">')
        for stroke in drawing.strokes:
            points = (stroke.points.astype(np.float64) - (left, top)) * (_VIEW / side)
            width = float(pen_widths(stroke, drawing.width_of(stroke)).mean()) * _VIEW
            lines.append(f'    <path stroke-width="{_number(width)}" d="{_path(points)}"/>')
        lines.append("  </g>")
    lines.append("</svg>\n")
    return "\n".join(lines).encode("ascii")


def render_drawing(drawing: Drawing, side: int) -> GrayImage:
    """Draw the whole pad, anti-aliased.

    Parameters
    ----------
    side
        Width and height of the result, 1 to 8192.

    Returns
    -------
    uint8 `(side, side)`, bright ink on 0. Ink without a pad gets a margin around it.
    """
    if not 1 <= side <= _LARGEST_RASTER:
        raise ValueError(f"side must be 1 to {_LARGEST_RASTER}, got {side}")
    factor = max(1, min(_OVERSAMPLING, _LARGEST_RASTER // side))
    raster = np.zeros((side * factor, side * factor), np.uint8)
    draw_on(raster, drawing)
    return np.asarray(cv2.resize(raster, (side, side), interpolation=cv2.INTER_AREA), np.uint8)


def draw_on(raster: GrayImage, drawing: Drawing) -> None:
    """Draw the strokes at 255 into `raster`, uint8 `(s, s)`, which covers the whole pad. Edges are not anti-aliased."""
    left, top, pad_side = _frame(drawing)
    scale = len(raster) / pad_side
    for stroke in drawing.strokes:
        points = (stroke.points.astype(np.float64) - (left, top)) * scale - 0.5
        points = np.clip(points, -2 * len(raster), 3 * len(raster))  # keep points outside the pad in OpenCV's range
        widths = pen_widths(stroke, drawing.width_of(stroke)) * len(raster)
        _draw_stroke(raster, points, widths)


def write_png(drawing: Drawing, side: int = 512) -> bytes:
    """Write a drawing as a grey PNG of `side` x `side` pixels, black on white."""
    done, content = cv2.imencode(".png", 255 - render_drawing(drawing, side))
    if not done:
        raise RuntimeError("OpenCV cannot write PNG")
    return content.tobytes()


def _frame(drawing: Drawing) -> tuple[float, float, float]:
    """The square to render, `(left, top, side)`: the pad, or one around the ink when there is no pad."""
    if drawing.pad_side is not None:
        return 0.0, 0.0, drawing.pad_side
    if drawing.is_blank:
        return 0.0, 0.0, 1.0
    left, top, right, bottom = drawing.bounds()
    side = max(right - left, bottom - top) * (1 + 2 * _MARGIN) or 1.0
    return (left + right - side) / 2, (top + bottom - side) / 2, side


def _draw_stroke(raster: GrayImage, points: Points, widths: FloatArray) -> None:
    """Draw connected segments with round ends, each with the mean width of its two points."""
    fixed = np.rint(points * (1 << _SUBPIXEL_BITS)).astype(np.int32)
    if len(fixed) == 1:
        fixed, widths = np.repeat(fixed, 2, axis=0), np.repeat(widths, 2)
    thickness = np.maximum(1, np.rint((widths[1:] + widths[:-1]) / 2)).astype(int)
    starts = np.flatnonzero(np.diff(thickness, prepend=0))  # segments of one width are drawn in one call
    for start, end in zip(starts, [*starts[1:], len(thickness)], strict=True):
        cv2.polylines(raster, [fixed[start : end + 1]], False, 255, int(thickness[start]), shift=_SUBPIXEL_BITS)


def _path(points: Points) -> str:
    """Path data; a single point becomes a line of no length, which its round ends make a dot."""
    texts = [f"{_number(x)} {_number(y)}" for x, y in points]
    return f"M{texts[0]}h0" if len(texts) == 1 else f"M{texts[0]}L{' '.join(texts[1:])}"


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
