"""Scribbles, and the wobbly curves that they are made of.

Strokes are float64 `(n, 2)` with y downwards, about 100 long. Scribbles must not look like a digit to a person: zigzags
have at least five bars (a 2 has three, a 3 four), coils drift (or they would be a 0 drawn several times), random curves
cross themselves many times, and narrow scribbles are turned on their side.
"""

import numpy as np

from core.ink.arrays import Points

Strokes = list[Points]
Generator = np.random.Generator


def scribble(rng: Generator) -> Strokes:
    """One to three random strokes: zigzags, coils, random curves, tangles, shading."""
    makers = (_zigzag, _zigzag, _coil, _walk, _walk, _wool, _shading)
    strokes = [makers[rng.integers(len(makers))](rng)]
    while len(strokes) < 3 and rng.random() < 0.2:
        strokes.append(makers[rng.integers(len(makers))](rng) + rng.normal(0, 15, 2))
    points = np.concatenate(strokes)
    width, height = np.ptp(points, axis=0)
    if width < 0.6 * height:  # dense and narrow, it would look like a thick 1
        return [points[:, ::-1] for points in strokes]
    return strokes


def wobble(points: Points, rng: Generator, amount: float = 0.03) -> Points:
    """Bend a curve smoothly, by `amount` of its size at most places."""
    rates = rng.uniform(0.5, 4, 3)
    angles = 2 * np.pi * (np.linspace(0, 1, len(points))[:, None] * rates + rng.random(3))
    size = float(np.ptp(points, axis=0).max())
    moved: Points = points + size * amount * np.sin(angles) @ (rng.normal(0, 1, (3, 2)) / rates[:, None])
    return moved


def turn(points: Points, degrees: float) -> Points:
    angle = np.deg2rad(degrees)
    cosine, sine = np.cos(angle), np.sin(angle)
    turned: Points = points @ np.array([[cosine, sine], [-sine, cosine]])
    return turned


def zigzag_across(length: float, height: float, turns: int, rng: Generator, *, sharp: bool) -> Points:
    """A zigzag: `turns` bars of about `height` from x = 0 to `length`, around y = 0."""
    x = np.linspace(0, length, turns + 1) + rng.normal(0, 0.12 * length / turns, turns + 1)
    y = np.where(np.arange(turns + 1) % 2, 0.5, -0.5) * height * rng.uniform(0.75, 1.1, turns + 1)
    corners = np.stack([x, y], axis=1)
    along = np.linspace(0, turns, 6 * turns + 1)
    if not sharp:
        along = along - 0.14 * np.sin(2 * np.pi * along)
    floor = np.minimum(along.astype(int), turns - 1)
    share = (along - floor)[:, None]
    if not sharp:
        share = (1 - np.cos(np.pi * np.clip(share, 0, 1))) / 2
    between: Points = corners[floor] * (1 - share) + corners[floor + 1] * share
    if not sharp:  # the pen keeps moving while it turns
        between[:, 0] = np.interp(np.linspace(0, turns, len(between)), np.arange(turns + 1), x)
    return between


def _zigzag(rng: Generator) -> Points:
    turns, height = (
        (rng.integers(5, 9), rng.uniform(40, 110))
        if rng.random() < 0.6
        else (rng.integers(9, 18), rng.uniform(35, 160))
    )
    points = zigzag_across(100, height, int(turns), rng, sharp=rng.random() < 0.5)
    return turn(wobble(points, rng), rng.uniform(0, 360))


def _coil(rng: Generator) -> Points:
    turns = rng.uniform(3.2, 6)
    angle = np.linspace(0, 2 * np.pi * turns, int(16 * turns)) * rng.choice([-1, 1]) + rng.uniform(0, 7)
    radius = 30 * np.linspace(1, rng.uniform(0.5, 1.3), len(angle))
    drift = np.linspace(0, turns * rng.uniform(20, 36), len(angle))
    flatness = rng.uniform(0.8, 2.0)
    points = np.stack([radius * np.cos(angle) + drift, flatness * radius * np.sin(angle)], axis=1)
    return turn(wobble(points, rng), rng.uniform(0, 360))


def _walk(rng: Generator) -> Points:
    """A smooth random curve that crosses itself."""
    time = np.linspace(0, 1, 140)[:, None]
    rates = np.arange(2, 7) * rng.uniform(0.8, 1.2)
    phases = rng.uniform(0, 2 * np.pi, (2, 5))
    weights = rng.uniform(0.5, 1.1, (2, 5)) * rng.choice([-1, 1], (2, 5)) / np.sqrt(np.arange(2, 7))
    waves = np.sin(2 * np.pi * time * rates + phases[:, None, :]) * weights[:, None, :]
    points: Points = 40 * waves.sum(axis=2).T
    return points


def _wool(rng: Generator) -> Points:
    turns = rng.uniform(4, 9)
    angle = np.linspace(0, 2 * np.pi * turns, int(16 * turns))
    radius = 28 * (1 + rng.uniform(0.8, 1.1) * np.sin(angle * rng.uniform(0.5, 0.9) + rng.uniform(0, 7)))
    centre = 14 * np.stack([np.sin(0.31 * angle + rng.uniform(0, 7)), np.sin(0.23 * angle + rng.uniform(0, 7))], axis=1)
    turned = angle * rng.choice([-1, 1])
    return wobble(centre + radius[:, None] * np.stack([np.cos(turned), np.sin(turned)], axis=1), rng)


def _shading(rng: Generator) -> Points:
    """A dense zigzag that fills an oval, a wedge or a box."""
    turns = int(rng.integers(8, 22))
    points = zigzag_across(100, 100, turns, rng, sharp=rng.random() < 0.6)
    across = np.clip(points[:, 0] / 100, 0, 1)
    height = (np.sqrt(1 - (2 * across - 1) ** 2 * 0.95), 0.15 + 0.85 * across, np.ones_like(across))[rng.integers(3)]
    points[:, 1] *= height * rng.uniform(0.5, 1.3)
    return turn(wobble(points, rng), rng.uniform(0, 360))
