"""Synthesise handwriting from templates, varied as real handwriting varies.

Writers differ in slant, proportions, the size of loops, rounding of corners, where strokes meet, speed and steadiness.
Each drawing is by a new random writer: the control points of the template are moved, and the curve through them is
sampled like a pen or a mouse: evenly in time, and slower in bends.
"""

import math
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from core.digits.arrays import Labels
from core.ink.arrays import FloatArray
from core.ink.drawing import Drawing, Stroke
from core.synthesis.curves import Curve, curve_through
from core.synthesis.templates import Template, ways_of_digits

SMALLEST_PAD, LARGEST_PAD = 280, 640
"""Sides of the pads, in pixels."""
_SMALLEST_SHARE, _LARGEST_SHARE = 0.18, 0.95
"""Longer side of the drawing, as a share of the pad's side."""
_BUMPS = 3
_WAVES = 2
_STROKE_DEVIATIONS = np.array([0.03, 0.03, 0.06, 0.06, 0.05], np.float32)
"""Of each stroke of several: shift right and down, change in width and height, rotation (radians)."""
_TAPER_DEVIATIONS = np.array([0.22, 0.16], np.float32)
_QUARTER_TURN = np.array([-1.0, 1.0], np.float32)
_LARGEST_DEVIATION = 2.2
"""In standard deviations: larger ones would be illegible."""

_USUAL, _BACKWARD = 0.75, 0.1
"""Share of writers with a usual slant, and with a backward one, as of many left-handers; the others have any slant."""
_COARSE = 0.05
"""Share of strokes with only a few points, as of a fast hand on a slow device."""
_UNSTEADY = 0.2
_HOOKED = 0.2
_RETRACED = 0.02
_TOUCHED = 0.008
_WHOLE_PIXELS = 0.5
"""Share of drawings made with a mouse, which reports whole pixels only."""


def synthesize_digits(labels: Labels, rng: np.random.Generator) -> list[Drawing]:
    """Write the digits `labels` (uint8 `(n,)`, 0..9), each in a random style and by a new random writer."""
    ways = ways_of_digits()
    drawings = []
    for label in labels:
        templates, reach = ways[int(label)]
        drawings.append(handwrite(templates[int(np.searchsorted(reach, rng.random() * reach[-1], "right"))], rng))
    return drawings


def handwrite(template: Template, rng: np.random.Generator) -> Drawing:
    """Write `template` like a random writer.

    The strokes are those of the template, in order; a few drawings have one more, which retraces a stroke or touches
    the pad by accident. The drawing has a random place on a pad of `pad_side` pixels. The same state of `rng` gives the
    same drawing.
    """
    curve = _curve(template)
    wildness = math.exp(rng.normal(0.0, 0.4))
    points = _bend(curve, min(wildness, 1.8), rng)
    rounding = max(0.0, rng.normal(0.0, 0.35))
    ink = (curve.sharp + min(rounding, 0.8) * (curve.round - curve.sharp)) @ points
    strokes = [_trace(ink[part], wildness, rng) for part in curve.parts]
    strokes += _extra_stroke(strokes, rng)
    return _put_on_pad(strokes, _lean(rng), rng)


@lru_cache(maxsize=2048)
def _curve(template: Template) -> Curve:
    return curve_through(template.strokes)


def _bend(curve: Curve, wildness: float, rng: np.random.Generator) -> FloatArray:
    """The template's control points as moved by the writer, float32 `(n, 2)`."""
    points, count, strokes = curve.points, len(curve.points), len(curve.parts)

    def noise(*shape: int) -> FloatArray:
        drawn = rng.standard_normal(shape, np.float32)
        return drawn.clip(-_LARGEST_DEVIATION, _LARGEST_DEVIATION, out=drawn)

    if strokes > 1:  # move, scale and rotate each stroke a little: crossings move, gaps open, ends overshoot
        own = (noise(strokes, 5) * _STROKE_DEVIATIONS)[curve.stroke_of]
        turned = points[:, ::-1] * _QUARTER_TURN
        points = (points + wildness * (own[:, :2] + points * own[:, 2:4] + turned * own[:, 4:])).astype(np.float32)
    # enlarge and shrink parts around a few places: loops, tails, flags
    away = points - (rng.random((_BUMPS, 1, 2), np.float32) - np.float32(0.5))
    near = np.exp((away * away).sum(axis=2, keepdims=True) * np.float32(-5.0))
    moved = (near * (away @ (noise(_BUMPS, 2, 2) * np.float32(0.16)))).sum(axis=0)
    # bend the whole with slow waves
    phases = points @ (noise(2, _WAVES) * np.float32(3.0)) + noise(_WAVES)
    moved += np.sin(phases) @ (noise(_WAVES, 2) * np.float32(0.025))
    bent: FloatArray = points + np.float32(wildness) * (moved + noise(count, 2) * np.float32(0.012))
    # make it narrower at the top or at the bottom, and move the middle up or down
    taper, lift = noise(2) * _TAPER_DEVIATIONS
    y = bent[:, 1].copy()
    bent[:, 0] *= 1 + taper * y
    bent[:, 1] += lift * (y * y - np.float32(0.25))
    return bent


def _trace(ink: FloatArray, wildness: float, rng: np.random.Generator) -> FloatArray:
    """A device's record of the stroke `ink` (float32 `(m, 2)`): points evenly in time, with a slower pen in bends.

    The pen touches and leaves the pad a little too early or too late, trembles, and draws a hook in some strokes.
    """
    if len(ink) < 3:
        return ink
    steps = ink[1:] - ink[:-1]
    lengths = np.hypot(steps[:, 0], steps[:, 1]) + np.float32(1e-6)
    directions = steps / lengths[:, None]
    length = float(lengths.sum())
    beyond = [min(max(end, -0.06), 0.09) * min(1.0, length) for end in rng.normal(0.005, 0.028 * wildness, 2).tolist()]
    ink[0] -= directions[0] * max(0.0, beyond[0])
    ink[-1] += directions[-1] * max(0.0, beyond[1])
    turns = np.abs(directions[1:, 0] * directions[:-1, 1] - directions[1:, 1] * directions[:-1, 0])
    lengths[1:] *= 1 + np.float32(1.5 * rng.random()) * np.sqrt(turns)
    reached = np.concatenate([[0.0], lengths.cumsum()])
    start, end = max(0.0, -beyond[0]), float(reached[-1]) - max(0.0, -beyond[1])
    rate = rng.uniform(4.0, 8.0) if rng.random() < _COARSE else math.exp(rng.normal(2.9, 0.5))
    count = int(min(max(length * rate, 4), 120))
    at = start + np.arange(count + 1) * ((end - start) / count)
    points = np.empty((count + 1, 2), np.float32)
    points[:, 0] = np.interp(at, reached, ink[:, 0])
    points[:, 1] = np.interp(at, reached, ink[:, 1])
    tremor = 0.006 if rng.random() < _UNSTEADY else 0.0025
    points += rng.standard_normal((count + 1, 2), np.float32) * np.float32(tremor * wildness)
    return _hook(points, min(0.3, length), rng) if rng.random() < _HOOKED else points


def _hook(points: FloatArray, scale: float, rng: np.random.Generator) -> FloatArray:
    """Add a small hook where the pen touched or left the pad: hands move before and after they press."""
    at_start = rng.random() < 0.5
    end, inner = (points[0], points[1]) if at_start else (points[-1], points[-2])
    direction = end - inner
    angle = np.arctan2(direction[1], direction[0]) + rng.choice((-1, 1)) * rng.uniform(0.6, 2.6)
    tip = end + np.float32(scale * rng.uniform(0.05, 0.2)) * np.array([[np.cos(angle), np.sin(angle)]], np.float32)
    return np.concatenate([tip, points] if at_start else [points, tip])


def _extra_stroke(strokes: list[FloatArray], rng: np.random.Generator) -> list[FloatArray]:
    """Sometimes, a stroke that retraces a part, or an accidental touch close to the ink."""
    chance = rng.random()
    if chance > _TOUCHED + _RETRACED:
        return []
    stroke = strokes[int(rng.integers(len(strokes)))]
    if chance < _TOUCHED:
        return [stroke[-1:] + rng.normal(0.0, 0.03, (1, 2)).astype(np.float32)]
    half = len(stroke) // 2
    start = int(rng.integers(half + 1))
    return [stroke[start : start + max(2, half)] + rng.normal(0.0, 0.012, 2).astype(np.float32)]


def _lean(rng: np.random.Generator) -> npt.NDArray[np.float64]:
    """The matrix `(2, 2)` of a writer's width, slant and rotation, to be multiplied from the right."""
    width = math.exp(min(max(rng.normal(0.03, 0.2), -0.5), 0.5))
    kind = rng.random()
    slant = rng.normal(5.0, 9.0) if kind < _USUAL else rng.uniform(-25.0, 35.0)
    if kind > 1 - _BACKWARD:
        slant = rng.normal(-12.0, 6.0)
    turn = math.radians(min(max(rng.normal(0.0, 5.0), -14.0), 14.0))
    cosine, sine, shear = math.cos(turn), math.sin(turn), -math.tan(math.radians(min(max(slant, -28.0), 36.0)))
    return np.array([[width * cosine, width * sine], [shear * cosine - sine, shear * sine + cosine]])


def _put_on_pad(strokes: list[FloatArray], lean: npt.NDArray[np.float64], rng: np.random.Generator) -> Drawing:
    """Apply the matrix `lean` to the strokes and put them at a random place on a pad of random size."""
    points = np.concatenate(strokes) @ lean
    low = points.min(axis=0)
    extent = points.max(axis=0) - low
    pad = float(rng.integers(SMALLEST_PAD, LARGEST_PAD + 1))
    scale = pad * rng.uniform(_SMALLEST_SHARE, _LARGEST_SHARE) / max(float(extent.max()), 1e-6)
    points = (points - low) * scale + rng.random(2) * (pad - extent * scale)
    if rng.random() < _WHOLE_PIXELS:
        points = np.rint(points)
    placed, first = [], 0
    for stroke in strokes:
        placed.append(Stroke(points[first : first + len(stroke)]))
        first += len(stroke)
    return Drawing(tuple(placed), pad, float(rng.uniform(0.02, 0.1)))
