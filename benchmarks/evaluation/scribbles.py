"""Scribbles for judging: wandering lines, Lissajous figures, hatching, coils and spirals, until nothing can be read."""

import numpy as np

from benchmarks.evaluation.hand import draw_on_pad, hand_path, turned
from core.ink.arrays import Points
from core.ink.drawing import Drawing

_LISSAJOUS = ((3, 4), (4, 3), (3, 5), (5, 3), (4, 5), (5, 4))  # 1:2 would be an 8, and 2:3 may fold into a Q


def scribble(rng: np.random.Generator) -> Drawing:
    """One scribble of a random kind; long enough to cross itself many times."""
    make = (wandering, lissajous, hatching, coil, spiral)[rng.integers(5)]
    strokes = [make(rng)]
    if rng.random() < 0.15:
        strokes.append(make(rng) + rng.normal(0, 0.15, 2))
    return draw_on_pad(strokes, rng)


def wandering(rng: np.random.Generator) -> Points:
    """A line whose curvature is an Ornstein-Uhlenbeck process, pulled back when it strays from the middle."""
    step, length = 0.02, rng.uniform(6, 12)
    position, heading, curvature = np.zeros(2), rng.uniform(0, 2 * np.pi), 0.0
    points = [position]
    for _ in range(round(length / step)):
        curvature += -0.08 * curvature + rng.normal(0, 2.5)
        homeward = np.arctan2(*(-position[::-1]))
        pull = np.sin(homeward - heading) * max(float(np.hypot(*position)) - 0.3, 0) * 18
        heading += step * (curvature + pull)
        position = position + step * np.array([np.cos(heading), np.sin(heading)])
        points.append(position)
    return np.array(points)


def lissajous(rng: np.random.Generator) -> Points:
    """Two swings of different speed, one across and one down."""
    across, down = _LISSAJOUS[rng.integers(len(_LISSAJOUS))]
    time = np.linspace(0, rng.uniform(0.9, 1.4) * 2 * np.pi, 300)
    drift = 1 + rng.uniform(0.01, 0.06)  # so that it does not go back the way it came
    return np.stack([np.sin(across * drift * time + rng.uniform(0.2, 1.3)), np.sin(down * time)], axis=1) / 2


def hatching(rng: np.random.Generator) -> Points:
    """To and fro, eight to fourteen times, at any angle."""
    passes = int(rng.integers(8, 15))
    along = np.linspace(-0.5, 0.5, passes) + rng.normal(0, 0.02, passes)
    reach = rng.uniform(0.25, 0.5) * rng.uniform(0.75, 1.1, passes) * np.where(np.arange(passes) % 2, 1, -1)
    return turned(hand_path(np.stack([along, reach], axis=1), rng, bow=0.05), rng.uniform(0, 180))


def coil(rng: np.random.Generator) -> Points:
    """Four to nine loops in a row, like a spring."""
    loops = rng.uniform(4, 9)
    time = np.linspace(0, loops * 2 * np.pi, round(loops * 30))
    radius = rng.uniform(0.12, 0.3) * (1 + 0.2 * np.sin(time * rng.uniform(0.1, 0.4)))
    pull = np.linspace(0, rng.uniform(0.6, 1.2), len(time))
    return turned(np.stack([pull + radius * np.cos(time), radius * np.sin(time)], axis=1), rng.uniform(0, 180))


def spiral(rng: np.random.Generator) -> Points:
    """Three to five turns outwards: fewer might be a 6 or a 9."""
    turns = rng.uniform(3, 5)
    time = np.linspace(0, turns * 2 * np.pi, round(turns * 40))
    radius = 0.5 * time / time[-1]
    direction = rng.choice([-1, 1])
    return np.stack([radius * np.cos(time), direction * radius * np.sin(time)], axis=1)
