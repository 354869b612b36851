"""Handwriting made from templates, varied as hands vary.

One hand differs from the next in slant, proportions, the size of loops, how it rounds corners, where its strokes meet,
how fast it goes and how still it is. Each drawing gets a hand of its own: the curve through the template's points is
bent by moving those few points, then sampled as a pen or a mouse would be: evenly in time, and slower in bends.
"""

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from core.ink import Drawing, Stroke
from core.ink_curves import Curve, curve_through
from core.ink_templates import Template, load_templates
from core.paths import assets_folder

FloatArray = npt.NDArray[np.float32]

SMALLEST_PAD, LARGEST_PAD = 280, 640
"""Sides of the pads that are drawn on, in pixels."""
_SMALLEST_SHARE, _LARGEST_SHARE = 0.18, 0.95
"""Of the pad's side, taken by the longer side of the drawing."""
_SECONDS_PER_POINT = (0.008, 0.015)
_BUMPS = 3
_WAVES = 2
_LARGEST_DEVIATION = 2.2
"""In standard deviations: no hand writes a digit that nobody could read."""


def synthesize_digits(labels: npt.NDArray[np.uint8], rng: np.random.Generator) -> list[Drawing]:
    """Write the digits `labels` (uint8 `(n,)`, 0..9), each in one of the world's ways and by a hand of its own."""
    ways = _ways_of_digits()
    drawings = []
    for label in labels:
        templates, reach = ways[int(label)]
        drawings.append(handwrite(templates[int(np.searchsorted(reach, rng.random() * reach[-1], "right"))], rng))
    return drawings


def handwrite(template: Template, rng: np.random.Generator) -> Drawing:
    """Write `template` as one more hand would.

    The strokes are those of the template, in its order; a few drawings have one more, where the hand went over a
    stroke again or touched the pad by accident. The drawing lies somewhere on a pad of `pad_side` pixels. The same
    state of `rng` gives the same drawing.
    """
    curve = _curve(template)
    wildness = float(np.exp(rng.normal(0.0, 0.4)))
    points = _bend(curve, min(wildness, 1.8), rng)
    rounding = max(0.0, rng.normal(0.0, 0.35))
    ink = (curve.sharp + min(rounding, 0.8) * (curve.round - curve.sharp)) @ points
    strokes = [_trace(ink[part], wildness, rng) for part in curve.parts]
    strokes += _extra_stroke(strokes, rng)
    return _put_on_pad(strokes, _lean(rng), rng)


_RARE = 0.3
_WEIGHTS = {
    "0-plain": 4.0,
    "0-two-halves": _RARE,
    "0-dotted": _RARE,
    "1-plain": 2.5,
    "1-flagged": 2.5,
    "1-hooked": _RARE,
    "1-bowed": _RARE,
    "1-flagged-rounded": _RARE,
    "1-flagged-foot-corner": _RARE,
    "2-plain": 2.5,
    "2-two-strokes": _RARE,
    "3-round": 2.5,
    "4-open": 2.0,
    "4-closed": 2.0,
    "4-lightning": _RARE,
    "5-two-strokes": 2.0,
    "5-one-stroke": 2.0,
    "5-angular": _RARE,
    "6-plain": 3.0,
    "7-plain": 2.5,
    "7-crossed": 2.5,
    "7-short-bar": _RARE,
    "7-crossed-one-stroke": _RARE,
    "7-crossed-looped": _RARE,
    "8-s-first": 4.0,
    "8-ribbon": _RARE,
    "9-straight": 2.0,
    "9-curled": 2.0,
}
"""How common a way of writing is, where it is not 1."""


@lru_cache(maxsize=1)
def _ways_of_digits() -> tuple[tuple[tuple[Template, ...], npt.NDArray[np.float64]], ...]:
    """For each digit its templates, and the sums of their weights up to each."""
    every = load_templates(assets_folder() / "ink" / "digits")
    ways = []
    for digit in range(10):
        templates = tuple(template for template in every if template.label == str(digit))
        ways.append((templates, np.cumsum([_WEIGHTS.get(template.name, 1.0) for template in templates])))
    return tuple(ways)


@lru_cache(maxsize=2048)
def _curve(template: Template) -> Curve:
    return curve_through(template.strokes)


def _bend(curve: Curve, wildness: float, rng: np.random.Generator) -> FloatArray:
    """The template's points where another hand would put them, float32 `(n, 2)`."""
    points, count, strokes = curve.points, len(curve.points), len(curve.parts)
    noise = rng.standard_normal(_BUMPS * 4 + _WAVES * 4 + strokes * 5 + 2 + count * 2, np.float32)
    np.clip(noise, -_LARGEST_DEVIATION, _LARGEST_DEVIATION, out=noise)
    bumps, waves, offsets, tapers, jitter = np.split(noise, np.cumsum([_BUMPS * 4, _WAVES * 4, strokes * 5, 2]))
    # each stroke a little elsewhere, larger or smaller, turned: crosses move, gaps open, ends overshoot
    if strokes > 1:
        shift = offsets.reshape(strokes, 5)[curve.stroke_of] * np.array([0.03, 0.03, 0.06, 0.06, 0.05], np.float32)
        points = points + wildness * (shift[:, :2] + points * shift[:, 2:4] + points[:, ::-1] * shift[:, 4:] * _TURN)
    # parts swell and shrink around a few places: loops, tails, flags
    centres = rng.random((_BUMPS, 1, 2), dtype=np.float32) - np.float32(0.5)
    away = points - centres
    near = np.exp(np.sum(away * away, axis=2, keepdims=True) * -5.0)
    moved = (near * (away @ (bumps.reshape(_BUMPS, 2, 2) * np.float32(0.16)))).sum(axis=0)
    # slow waves through the whole
    angles = points @ (waves[: _WAVES * 2].reshape(2, _WAVES) * np.float32(3.0)) + waves[-_WAVES:]
    moved += np.sin(angles) @ (waves[_WAVES * 2 :].reshape(_WAVES, 2) * np.float32(0.025))
    bent = points + wildness * (moved + jitter.reshape(count, 2) * np.float32(0.012))
    # narrower above than below or the other way round; the middle higher or lower
    x, y = bent[:, 0], bent[:, 1]
    taper, lift = tapers * np.array([0.22, 0.16], np.float32)
    return np.stack([x * (1 + taper * y), y + lift * (y * y - 0.25)], axis=1)


_TURN = np.array([-1.0, 1.0], np.float32)


def _trace(ink: FloatArray, wildness: float, rng: np.random.Generator) -> FloatArray:
    """What a device reports of one stroke `ink` (float32 `(m, 2)`): points evenly in time, the pen slow in bends."""
    if len(ink) < 3:
        return ink
    steps = np.diff(ink, axis=0)
    lengths = np.hypot(steps[:, 0], steps[:, 1]) + np.float32(1e-6)
    length = float(lengths.sum())
    ends = np.clip(rng.normal(0.005, 0.028 * wildness, 2), -0.06, 0.09) * min(1.0, length)
    ink, lengths = _move_ends(ink, steps / lengths[:, None], lengths, ends)
    steps = np.diff(ink, axis=0)
    turns = np.abs(steps[1:, 0] * steps[:-1, 1] - steps[1:, 1] * steps[:-1, 0]) / (lengths[1:] * lengths[:-1])
    hesitation, rate = rng.random() * 1.5, np.exp(rng.normal(2.9, 0.5))
    slow = np.ones(len(lengths), np.float32)
    slow[1:] += hesitation * np.sqrt(turns)
    reached = np.concatenate([[0.0], np.cumsum(lengths * slow)])
    count = int(min(max(length * rate, 4), 120)) + 1
    at = np.linspace(0.0, reached[-1], count)
    points = np.stack([np.interp(at, reached, ink[:, 0]), np.interp(at, reached, ink[:, 1])], axis=1)
    points += rng.normal(0.0, 0.0035 * wildness, points.shape)
    if rng.random() < 0.2:
        points = _hook(points, min(0.3, length), rng)
    return points.astype(np.float32)


def _move_ends(
    ink: FloatArray, directions: FloatArray, lengths: FloatArray, ends: npt.NDArray[np.float64]
) -> tuple[FloatArray, FloatArray]:
    """Let the stroke begin and end earlier or later: `ends` are lengths to go beyond it, negative ones fall short."""
    ink = ink.copy()
    reached = np.cumsum(lengths)
    first = int(np.searchsorted(reached, max(0.0, -ends[0])))
    last = int(np.searchsorted(reached, reached[-1] - max(0.0, -ends[1]))) + 2
    if ends[0] > 0:
        ink[0] -= directions[min(1, len(directions) - 1)] * np.float32(ends[0])
    if ends[1] > 0:
        ink[-1] += directions[-1] * np.float32(ends[1])
    ink = ink[first:last] if last - first >= 3 else ink
    steps = np.diff(ink, axis=0)
    return ink, np.hypot(steps[:, 0], steps[:, 1]) + np.float32(1e-6)


def _hook(points: npt.NDArray[np.float64], scale: float, rng: np.random.Generator) -> npt.NDArray[np.float64]:
    """A small hook where the pen landed or left: hands move before and after they press."""
    at_start = rng.random() < 0.5
    end, inner = (points[0], points[1]) if at_start else (points[-1], points[-2])
    direction = end - inner
    angle = np.arctan2(direction[1], direction[0]) + rng.choice((-1, 1)) * rng.uniform(0.6, 2.6)
    tip = end + scale * rng.uniform(0.05, 0.2) * np.array([np.cos(angle), np.sin(angle)])
    return np.concatenate([tip[None], points] if at_start else [points, tip[None]])


def _extra_stroke(strokes: list[FloatArray], rng: np.random.Generator) -> list[FloatArray]:
    """Now and then the hand goes over a piece again, or touches the pad by accident close to the ink."""
    chance = rng.random()
    if chance > 0.03:
        return []
    stroke = strokes[int(rng.integers(len(strokes)))]
    if chance < 0.01:
        return [stroke[-1:] + rng.normal(0.0, 0.03, (1, 2)).astype(np.float32)]
    start = int(rng.integers(max(1, len(stroke) // 2)))
    return [stroke[start : start + max(2, len(stroke) // 2)] + rng.normal(0.0, 0.012, 2).astype(np.float32)]


def _lean(rng: np.random.Generator) -> npt.NDArray[np.float64]:
    """The matrix `(2, 2)` of a hand's width, slant and turn, to be multiplied from the right."""
    width = np.exp(np.clip(rng.normal(0.03, 0.2), -0.5, 0.5))
    slant = rng.normal(4.0, 9.0) if rng.random() < 0.85 else rng.uniform(-25.0, 35.0)
    turn = np.radians(np.clip(rng.normal(0.0, 5.0), -14.0, 14.0))
    cosine, sine = np.cos(turn), np.sin(turn)
    lean = np.array([[width, 0.0], [-np.tan(np.radians(slant)), 1.0]])
    matrix: npt.NDArray[np.float64] = lean @ np.array([[cosine, sine], [-sine, cosine]])
    return matrix


def _put_on_pad(strokes: list[FloatArray], lean: npt.NDArray[np.float64], rng: np.random.Generator) -> Drawing:
    lengths = [len(stroke) for stroke in strokes]
    points = np.concatenate(strokes) @ lean
    pad = float(rng.integers(SMALLEST_PAD, LARGEST_PAD + 1))
    low = points.min(axis=0)
    extent = points.max(axis=0) - low
    side = pad * rng.uniform(_SMALLEST_SHARE, _LARGEST_SHARE)
    scale = side / max(float(extent.max()), 1e-6)
    points = (points - low) * scale + rng.random(2) * (pad - extent * scale)
    if rng.random() < 0.5:  # a mouse knows whole pixels only
        points = np.rint(points)
    interval = rng.uniform(*_SECONDS_PER_POINT)
    pieces = np.split(points.astype(np.float32), np.cumsum(lengths)[:-1])
    return Drawing(
        tuple(Stroke(piece, times=np.arange(len(piece), dtype=np.float32) * np.float32(interval)) for piece in pieces),
        pad,
        float(rng.uniform(0.02, 0.1)),
    )
