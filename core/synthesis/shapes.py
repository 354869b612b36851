"""Lines, dots, geometric shapes and made-up glyphs.

Each generator returns strokes, float64 `(n, 2)` with y downwards, about 100 long, and wobbly like a hand's. They must
not look like a digit to a person: lines lean more than anyone's 1, angles do not open to the left (a 7), arrows do not
point up (a 1 with two flags), a T lies on its side (upright it is a hasty 7, upside down a 1 with a foot), spirals are
long (some people draw a 0 twice round), and there are no circles, no ovals and no upright S.
"""

import numpy as np
import numpy.typing as npt

from core.ink.arrays import Points
from core.synthesis.scribbles import Generator, Strokes, turn, wobble, zigzag_across

LEAST_LEAN = 62.0
"""Degrees from the vertical: a line that leans less may be someone's 1."""


def line(rng: Generator) -> Strokes:
    """Straight or nearly straight strokes unlike a 1: leaning lines, parallels, corners, flat arcs and waves."""
    makers = (_leaning_line, _leaning_line, _parallel_lines, _corner, _corner, _flat_arc, _tilde, _lying_tee)
    return makers[rng.integers(len(makers))](rng)


def dots(rng: Generator) -> Strokes:
    """A dot, a tiny blob, or two to four dots apart, in hundredths of the pad's side."""
    if rng.random() < 0.5:
        return [_dot(rng)]
    step = turn(np.array([[rng.uniform(6, 24), 0.0]]), rng.uniform(-55, 55))[0]  # upright they would be a dotted 1
    scatter = 0.0 if rng.random() < 0.5 else 0.4 * np.hypot(*step)
    return [_dot(rng) + k * step + rng.normal(0, scatter, 2) for k in range(rng.integers(2, 5))]


def geometric_shape(rng: Generator) -> Strokes:
    """A polygon, star, arrow, spiral or wave."""
    makers = (_polygon, _polygon, _star, _arrow, _spiral, _wave)
    return makers[rng.integers(len(makers))](rng)


def glyph(rng: Generator) -> Strokes:
    """A made-up character: of bars and falling strokes, or a running line with dots."""
    return _built_glyph(rng) if rng.random() < 0.6 else _running_glyph(rng)


def running_line(rng: Generator) -> Points:
    """A piece of joined handwriting: arches, troughs and loops, wider than high."""
    count = int(rng.integers(3, 7))
    along = np.linspace(0, 2 * np.pi * count, 12 * count)
    heights = rng.uniform(0.7, 1.2, count) + (rng.random(count) < 0.3) * rng.uniform(0.5, 1.3, count)
    height = 36 * np.interp(along / (2 * np.pi) - 0.5, np.arange(count), heights)
    loops = rng.uniform(-4, 16)  # how far the pen moves back between two letters
    points = np.stack([7 * along + loops * np.sin(along), -height * (1 - np.cos(along)) / 1.4], axis=1)
    if rng.random() < 0.5:
        points[:, 1] *= -0.8
    return wobble(points, rng, 0.015)


def _straight(rng: Generator, length: float, lean: float) -> Points:
    """A nearly straight stroke around the origin; `lean` in degrees from the vertical, clockwise."""
    points = np.linspace([0, length / 2], [0, -length / 2], 14)
    points[:, 0] += rng.normal(0, 0.03) * length * np.sin(np.linspace(0, np.pi, 14))
    points = turn(points, lean)
    return points if rng.random() < 0.5 else points[::-1]


def _leaning_line(rng: Generator) -> Strokes:
    return [_straight(rng, 100, rng.choice([-1, 1]) * rng.uniform(LEAST_LEAN, 90))]


def _parallel_lines(rng: Generator) -> Strokes:
    lean = rng.uniform(-90, 90)
    gap = turn(np.array([[rng.uniform(40, 90), 0.0]]), lean)
    count = 2 if rng.random() < 0.75 else 3
    return [
        _straight(rng, rng.uniform(80, 110), lean + rng.normal(0, 4)) + k * gap + rng.normal(0, 3, 2)
        for k in range(count)
    ]


def _corner(rng: Generator) -> Strokes:
    """Angles like L, V, < and carets, with legs of similar length, so that none looks like the flag of a 1."""
    # open to the top, top right, right or bottom; to the left would be a 7, and narrow carets are a 1 in Europe
    towards, least, most = ((0, 50, 100), (45, 50, 100), (90, 50, 80), (180, 80, 110))[rng.integers(4)]
    opening = rng.uniform(least, most)
    legs = turn(np.array([[0, -1.0]]), towards + opening / 2 + rng.normal(0, 8)) * rng.uniform(85, 110)
    others = turn(np.array([[0, -1.0]]), towards - opening / 2 + rng.normal(0, 8)) * rng.uniform(85, 110)
    along = np.linspace(0, 1, 10)[:, None]
    points = np.vstack([legs * (1 - along), others * along[1:]])
    if rng.random() < 0.3:  # a round corner
        points[1:-1] = (points[:-2] + 2 * points[1:-1] + points[2:]) / 4
    return [wobble(points, rng, 0.015)]


def _flat_arc(rng: Generator) -> Strokes:
    half = np.deg2rad(rng.uniform(35, 85))
    angle = np.linspace(-half, half, 24)
    points = 50 * np.stack([np.sin(angle), rng.choice([-1, 1]) * np.cos(angle)], axis=1)
    return [wobble(turn(points, rng.uniform(-20, 20)), rng, 0.015)]


def _tilde(rng: Generator) -> Strokes:
    x = np.linspace(0, 1, 28)
    y = rng.choice([-1, 1]) * rng.uniform(10, 20) * np.sin(2 * np.pi * x * rng.uniform(0.95, 1.1))
    return [wobble(turn(np.stack([100 * x, y], axis=1), rng.uniform(-20, 20)), rng, 0.015)]


def _lying_tee(rng: Generator) -> Strokes:
    """A T on its side; upright it is a hasty 7, upside down a 1 with a foot."""
    stem = _straight(rng, 80, 90 + rng.normal(0, 6))
    bar = _straight(rng, rng.uniform(80, 120), rng.normal(0, 6)) + np.array([-40, rng.normal(0, 4)])
    return [bar, stem]


def _dot(rng: Generator) -> Points:
    if rng.random() < 0.5:
        return np.zeros((1, 2))
    angle = np.linspace(0, rng.uniform(10, 18), 30)
    radius = np.linspace(0, rng.uniform(0.2, 1.4), 30) * rng.uniform(0.8, 1.0, 30)  # filled: a ring would be a 0
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)


def _joined(corners: npt.ArrayLike, rng: Generator) -> Points:
    """A wobbly polyline through `corners`, each moved a little."""
    places = np.asarray(corners, float)
    places = places + rng.normal(0, 0.025, places.shape) * np.ptp(places, axis=0).max()
    at = np.linspace(0, len(places) - 1, 8 * (len(places) - 1) + 1)
    whole = np.arange(len(places))
    points = np.stack([np.interp(at, whole, places[:, 0]), np.interp(at, whole, places[:, 1])], axis=1)
    return wobble(points, rng, 0.012)


def _ring(count: int, radius: float = 50.0) -> Points:
    """`count` points on a circle, the first at the top."""
    angle = 2 * np.pi * np.arange(count) / count
    return radius * np.stack([np.sin(angle), -np.cos(angle)], axis=1)


def _polygon(rng: Generator) -> Strokes:
    """A triangle, a box or a diamond, never so narrow that it would be an angular 0."""
    kind = rng.integers(3)
    corners = (_ring(3), np.array([[-50.0, -50], [50, -50], [50, 50], [-50, 50]]), _ring(4))[kind]
    corners = corners * [1, rng.uniform(0.45, 1.05)]
    if kind == 0 and rng.random() < 0.5:
        corners = turn(corners, rng.uniform(0, 360))
    return [_joined(np.vstack([corners, corners[:1]]), rng)]


def _star(rng: Generator) -> Strokes:
    kind = rng.integers(3)
    if kind == 0:  # without lifting the pen
        return [_joined(_ring(5)[[3, 0, 2, 4, 1, 3]], rng)]
    count = int(rng.integers(4, 8))
    if kind == 1:
        corners = _ring(2 * count) * np.where(np.arange(2 * count) % 2, rng.uniform(0.3, 0.5), 1.0)[:, None]
        return [_joined(np.vstack([corners, corners[:1]]), rng)]
    if count % 2:  # rays from the middle
        return [_joined([[0, 0], tip], rng) for tip in _ring(count)]
    return [_joined([tip, -tip], rng) for tip in _ring(count)[: count // 2]]


def _arrow(rng: Generator) -> Strokes:
    """An arrow to the right, to the left, or downwards."""
    lean = rng.choice([-1, 1]) * rng.uniform(70, 180)  # of its tip, from the top
    head = rng.uniform(25, 40)
    foot, tip, left, right = np.array([[0, 50], [0, -50], [-head, -50 + head], [head, -50 + head]])
    if rng.random() < 0.5:
        return [turn(_joined([foot, tip], rng), lean), turn(_joined([left, tip, right], rng), lean)]
    return [turn(_joined([foot, tip, left], rng), lean), turn(_joined([tip, right], rng), lean)]


def _spiral(rng: Generator) -> Strokes:
    turns = rng.uniform(2.9, 4.2)  # fewer would be a 0 drawn twice round
    angle = np.linspace(0, 2 * np.pi * turns, int(18 * turns))
    outwards = angle[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1) * [rng.choice([-1, 1]), 1]
    points = turn(outwards, rng.uniform(0, 360)) * [1, rng.uniform(0.75, 1.2)]
    return [wobble(points if rng.random() < 0.5 else points[::-1], rng, 0.02)]


def _wave(rng: Generator) -> Strokes:
    """One or two waves or zigzags from side to side."""
    points = zigzag_across(100, rng.uniform(14, 34), int(rng.integers(5, 10)), rng, sharp=rng.random() < 0.5)
    first = wobble(turn(points, rng.uniform(-25, 25)), rng, 0.02)
    if rng.random() < 0.75:
        return [first]
    return [first, wobble(first + np.array([0, rng.uniform(20, 40)]), rng, 0.02)]


def _built_glyph(rng: Generator) -> Strokes:
    """Crossing bars on a grid, with falling strokes, as in East Asian characters."""
    rows = rng.choice(4, rng.integers(2, 4), replace=False) * 33.0
    columns = rng.choice([20.0, 50.0, 80.0], rng.integers(1, 3), replace=False)
    bars = [[[rng.uniform(-10, 10), row], [rng.uniform(80, 110), row - rng.uniform(0, 8)]] for row in rows]
    bars += [[[column, rng.uniform(-25, 15)], [column, rng.uniform(75, 115)]] for column in columns]
    for _ in range(rng.integers(1, 5)):
        start = rng.uniform(10, 80, 2)
        fall = [rng.choice([-1, 1]) * rng.uniform(10, 45), rng.uniform(10, 45)]
        bars.append([list(start), list(start + fall)])
    return [_joined(ends, rng) for ends in bars]


def _running_glyph(rng: Generator) -> Strokes:
    """A running line with dots above or below it and perhaps a tall stroke, as in West and South Asian scripts."""
    base = running_line(rng) * [1, rng.uniform(0.7, 1.2)]
    left, right = base[:, 0].min(), base[:, 0].max()
    strokes = [base]
    for _ in range(rng.integers(1, 5)):
        place = [rng.uniform(left, right), rng.choice([base[:, 1].min() - 22, base[:, 1].max() + 22])]
        strokes.append(np.array([place, place]) + rng.normal(0, 1.5, (2, 2)))
    if rng.random() < 0.5:
        x, low = rng.uniform(left, right), base[:, 1].max()
        strokes.append(_joined([[x, low - 90], [x + rng.normal(0, 5), low]], rng))
    return strokes
