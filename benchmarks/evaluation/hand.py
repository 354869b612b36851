"""How a hand departs from geometry: lines that bow and tremble, shapes that are a little askew."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from core.ink.arrays import Points
from core.ink.drawing import Drawing, Stroke

"""`(n, 2)`: x and y, y downwards."""

PAD_SIDE = 1.0
_STEP = 0.02  # between the points of a line, as a share of a shape of size 1


def hand_line(start: npt.ArrayLike, end: npt.ArrayLike, rng: np.random.Generator, bow: float = 0.03) -> Points:
    """A line from `start` to `end`, bowed to one side by about `bow` of its length."""
    first, last = np.asarray(start, np.float64), np.asarray(end, np.float64)
    along = last - first
    count = max(3, round(float(np.hypot(*along)) / _STEP))
    share = np.linspace(0, 1, count)[:, np.newaxis]
    across = np.array([-along[1], along[0]])
    line: Points = first + share * along + 4 * share * (1 - share) * across * rng.normal(0, bow)
    return line


def hand_path(corners: npt.ArrayLike, rng: np.random.Generator, bow: float = 0.03) -> Points:
    """Hand-drawn lines from corner to corner, corners `(n, 2)`, without lifting the pen."""
    places = np.asarray(corners, np.float64)
    return np.concatenate([hand_line(a, b, rng, bow) for a, b in pairwise(places)])


def warped(points: Points, rng: np.random.Generator, amount: float = 0.03) -> Points:
    """Points moved by a smooth random field, which keeps neighbours together; for shapes of size about 1."""
    moved = points.copy()
    for axis in (0, 1):
        for _ in range(3):
            waves = rng.normal(0, 4.0, 2)
            moved[:, axis] += rng.normal(0, amount) * np.sin(points @ waves + rng.uniform(0, 2 * np.pi))
    return moved


def tremble(points: Points, rng: np.random.Generator, amount: float = 0.004) -> Points:
    """Points moved by noise that is smooth along the line, `amount` of a shape of size 1."""
    noise = rng.normal(0, 1, (len(points) + 4, 2))
    smooth = np.sum([noise[shift : shift + len(points)] for shift in range(5)], axis=0) / np.sqrt(5)
    return np.asarray(points + amount * smooth, np.float64)


def turned(points: Points, degrees: float) -> Points:
    """Points turned clockwise, as seen on the pad, around the origin."""
    angle = np.deg2rad(degrees)
    cos, sin = np.cos(angle), np.sin(angle)
    return np.asarray(points @ np.array([[cos, sin], [-sin, cos]]), np.float64)


def draw_on_pad(strokes: Sequence[Points], rng: np.random.Generator) -> Drawing:
    """Strokes of a shape of size about 1 as a hand would put them on the pad: warped, trembling, of any size."""
    size = rng.uniform(0.3, 0.8)
    slant = np.array([[1.0, 0.0], [rng.normal(0, 0.08), rng.uniform(0.85, 1.15)]])
    field = int(rng.integers(2**32))  # one field for all strokes
    shaky = [tremble(warped(points @ slant, np.random.default_rng(field)), rng) for points in strokes]
    everything = np.concatenate(shaky)
    low, high = everything.min(axis=0), everything.max(axis=0)
    scale = size / max(float((high - low).max()), 1e-6)
    corner = rng.uniform(0.02, 0.98 - scale * (high - low))
    return Drawing(tuple(Stroke(((points - low) * scale + corner).astype(np.float32)) for points in shaky), PAD_SIDE)
