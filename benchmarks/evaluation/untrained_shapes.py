"""Shapes for judging that no generator and no template of training draws in any form.

A fish, a sailing boat, an umbrella, a car, a rain cloud and a mushroom. None is a sign that could be read, a plain oval
(a cloud without rain may be a 0), or has a lone upright. Who teaches the network one of them has to drop it here.
"""

import numpy as np

from benchmarks.evaluation.hand import draw_on_pad, hand_line, hand_path
from core.ink.arrays import Points
from core.ink.drawing import Drawing


def untrained_shape(rng: np.random.Generator) -> Drawing:
    """One of the six."""
    return draw_on_pad(_SHAPES[rng.integers(len(_SHAPES))](rng), rng)


def _bow(middle: tuple[float, float], radii: tuple[float, float], start: float, end: float) -> Points:
    """A part of an ellipse; degrees clockwise from the right."""
    angle = np.deg2rad(np.linspace(start, end, max(8, round(abs(end - start) / 6))))
    return np.asarray(middle + np.stack([np.cos(angle), np.sin(angle)], axis=1) * radii, np.float64)


def _fish(rng: np.random.Generator) -> list[Points]:
    """Two bows that cross where the tail begins, an eye and a gill; swims either way."""
    swell, tail = rng.uniform(0.18, 0.26), rng.uniform(0.12, 0.2)
    x = np.linspace(-0.5, 0.5, 50)
    back = -swell * np.sin(np.pi * np.clip((x + 0.5) / 0.75, 0, 1)) + tail * np.clip((x - 0.25) / 0.25, 0, 1)
    body = [np.stack([x, back], axis=1), np.stack([x, -back], axis=1), hand_line((0.5, -tail), (0.5, tail), rng)]
    face = [_bow((-0.33, -0.05), (0.02, 0.02), 0, 360), _bow((-0.3, 0), (0.1, 0.13), -50, 50)]
    return _mirrored([*body, *face], rng)


def _boat(rng: np.random.Generator) -> list[Points]:
    """A hull, a mast and a sail, perhaps two."""
    keel = rng.uniform(0.22, 0.34)
    hull = hand_path([(-0.5, 0.2), (-keel, 0.45), (keel, 0.45), (0.5, 0.2), (-0.5, 0.2)], rng)
    sails = [hand_path([(0.04, -0.5), (rng.uniform(0.3, 0.45), 0.08), (0.04, 0.08)], rng)]
    if rng.random() < 0.6:
        sails.append(hand_path([(-0.04, -0.4), (-0.34, 0.08), (-0.04, 0.08)], rng))
    return _mirrored([hull, hand_line((0, -0.5), (0, 0.2), rng), *sails], rng)


def _umbrella(rng: np.random.Generator) -> list[Points]:
    """A roof with a scalloped rim, and a stick with a hook."""
    ribs = int(rng.integers(3, 5))
    wide = 1 / ribs
    rim = [_bow((-0.5 + wide * (rib + 0.5), 0), (wide / 2, 0.09), 180, 360) for rib in range(ribs)]
    hook = _bow((-0.07, 0.4), (0.07, 0.09), 0, rng.uniform(140, 190))
    stick = np.concatenate([hand_line((0, -0.08), (0, 0.4), rng), hook])
    return _mirrored([_bow((0, 0), (0.5, 0.45), 180, 360), np.concatenate(rim), stick], rng)


def _car(rng: np.random.Generator) -> list[Points]:
    """A body with a cabin and two wheels, seen from the side."""
    roof = rng.uniform(-0.28, -0.18)
    outline = [(-0.5, 0.15), (-0.5, -0.03), (-0.28, -0.05), (-0.17, roof), (0.17, roof), (0.3, -0.05), (0.5, 0),
               (0.5, 0.15), (-0.5, 0.15)]  # fmt: skip
    radius = rng.uniform(0.07, 0.11)
    wheels = [_bow((x, 0.17), (radius, radius), -90, 275) for x in (-0.28, 0.28)]
    return _mirrored([hand_path(outline, rng), *wheels], rng)


def _cloud(rng: np.random.Generator) -> list[Points]:
    """Six to nine bulges around an oval, and rain below."""
    bulges = int(rng.integers(6, 10))
    turns = np.linspace(0, 2 * np.pi, 30 * bulges)
    radius = 1 - 0.32 * (1 - np.abs(np.sin(turns * bulges / 2)))
    outline = np.stack([np.cos(turns), 0.6 * np.sin(turns)], axis=1) * radius[:, np.newaxis] / 2
    return [outline, *(hand_line((x, 0.36), (x - 0.06, 0.52), rng) for x in (-0.2, 0.0, 0.2))]


def _mushroom(rng: np.random.Generator) -> list[Points]:
    """A cap with spots on a stem."""
    low = rng.uniform(0.02, 0.12)
    cap = np.concatenate([_bow((0, 0), (0.5, 0.45), 180, 360), _bow((0, 0), (0.5, low), 0, 180)])
    stem = np.concatenate([hand_line((-0.15, low), (-0.18, 0.45), rng), hand_line((-0.18, 0.45), (0.18, 0.45), rng),
                           hand_line((0.18, 0.45), (0.15, low), rng)])  # fmt: skip
    spots = [_bow(place, (0.06, 0.05), 0, 360) for place in ((-0.22, -0.15), (0.04, -0.28), (0.24, -0.13))]
    return [cap, stem, *spots[: rng.integers(2, 4)]]


def _mirrored(strokes: list[Points], rng: np.random.Generator) -> list[Points]:
    """As they are, or seen from the other side."""
    sides = (rng.choice([-1.0, 1.0]), 1.0)
    return [points * sides for points in strokes]


_SHAPES = (_fish, _boat, _umbrella, _car, _cloud, _mushroom)
