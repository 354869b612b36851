"""Shapes, dots and lines for judging: what people draw to try a program out, and no digit.

Left out is whatever a person could read: circles and ovals (0), infinity and hourglasses (8), lone upright lines and
arcs (1), right angles and lightning (7, 4, 2), checks (1, 7), and single crosses whose upright is a 1.
"""

from collections.abc import Callable

import numpy as np

from benchmarks.evaluation.hand import PAD_SIDE, draw_on_pad, hand_line, hand_path, turned
from core.ink.arrays import Points
from core.ink.drawing import Drawing, Stroke

Maker = Callable[[np.random.Generator], list[Points]]


def shape(rng: np.random.Generator) -> Drawing:
    """One shape of a random kind."""
    return draw_on_pad(_SHAPES[rng.integers(len(_SHAPES))](rng), rng)


def line(rng: np.random.Generator) -> Drawing:
    """Lines that are no 1: level, leaning far over, wavy, several at once, or bent."""
    return draw_on_pad(_LINES[rng.integers(len(_LINES))](rng), rng)


def dots(rng: np.random.Generator) -> Drawing:
    """One to six taps of the pen, each a point or a tiny smear."""
    count = int(rng.choice([1, 1, 2, 3, 4, 5, 6]))
    centre, spread = rng.uniform(0.3, 0.7, 2), rng.uniform(0.08, 0.3)
    strokes = []
    for place in centre + rng.uniform(-spread, spread, (count, 2)):
        smear = rng.normal(0, 0.002, (int(rng.integers(1, 5)), 2)).cumsum(axis=0)
        strokes.append(Stroke((place + smear).astype(np.float32)))
    return Drawing(tuple(strokes), PAD_SIDE)


def _polygon(corners: int, *, pointed: bool = True) -> Maker:
    def make(rng: np.random.Generator) -> list[Points]:
        start = -np.pi / 2 if pointed else -3 * np.pi / 4
        angles = start + rng.normal(0, 0.08) + 2 * np.pi * np.arange(corners + 1) / corners
        places = np.stack([np.cos(angles), np.sin(angles)], axis=1) / 2
        places[-1] += rng.normal(0, 0.025, 2)  # the ends hardly ever meet
        return [hand_path(places * (rng.uniform(0.8, 1.2), 1.0), rng)]

    return make


def _star(rng: np.random.Generator) -> list[Points]:
    angles = -np.pi / 2 + rng.normal(0, 0.1) + 4 * np.pi * np.arange(6) / 5
    return [hand_path(np.stack([np.cos(angles), np.sin(angles)], axis=1) / 2, rng)]


def _asterisk(rng: np.random.Generator) -> list[Points]:
    lines = int(rng.integers(3, 5))
    return [turned(hand_line((-0.5, 0), (0.5, 0), rng), 180 * number / lines) for number in range(lines)]


def _heart(rng: np.random.Generator) -> list[Points]:
    time = np.linspace(0, 2 * np.pi, 90)
    x = 16 * np.sin(time) ** 3
    y = -(13 * np.cos(time) - 5 * np.cos(2 * time) - 2 * np.cos(3 * time) - np.cos(4 * time))
    return [np.stack([x, y], axis=1) / 34]


def _house(rng: np.random.Generator) -> list[Points]:
    walls = hand_path([(-0.4, 0), (-0.4, 0.6), (0.4, 0.6), (0.4, 0), (-0.4, 0)], rng)
    return [walls, hand_path([(-0.5, 0), (0, -0.5), (0.5, 0)], rng)]


def _arrow(rng: np.random.Generator) -> list[Points]:
    head = hand_path([(0.2, -0.22), (0.5, 0), (0.2, 0.22)], rng)
    angle = float(rng.choice([0, 45, 135, 180]))  # upwards it would be a 1 with two flags
    return [turned(hand_line((-0.5, 0), (0.48, 0), rng), angle), turned(head, angle)]


def _cross(rng: np.random.Generator) -> list[Points]:
    return [hand_line((-0.5, -0.5), (0.5, 0.5), rng), hand_line((0.5, -0.5), (-0.5, 0.5), rng)]


def _grid(rng: np.random.Generator) -> list[Points]:
    lines = [hand_line((-0.5, y), (0.5, y), rng) for y in (-0.17, 0.17)]
    return lines + [hand_line((x, -0.5), (x, 0.5), rng) for x in (-0.17, 0.17)]


def _smiley(rng: np.random.Generator) -> list[Points]:
    time = np.linspace(0, 2 * np.pi, 60)
    face = np.stack([np.cos(time), np.sin(time)], axis=1) / 2
    smile = np.stack([np.cos(time[5:26]), np.sin(time[5:26])], axis=1) * 0.28
    return [face, smile, hand_line((-0.17, -0.2), (-0.17, -0.1), rng), hand_line((0.17, -0.2), (0.17, -0.1), rng)]


def _window(rng: np.random.Generator) -> list[Points]:
    frame = hand_path([(-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5), (-0.5, -0.5)], rng)
    return [frame, hand_line((-0.5, 0), (0.5, 0), rng), hand_line((0, -0.5), (0, 0.5), rng)]


def _flower(rng: np.random.Generator) -> list[Points]:
    petals = int(rng.integers(4, 7))
    time = np.linspace(0, 2 * np.pi, 160)
    radius = 0.3 + 0.2 * np.cos(petals * time)
    return [np.stack([radius * np.cos(time), radius * np.sin(time)], axis=1)]


def _level(rng: np.random.Generator) -> list[Points]:
    return [turned(hand_line((-0.5, 0), (0.5, 0), rng), rng.uniform(-20, 20))]


def _leaning(rng: np.random.Generator) -> list[Points]:
    """A falling line, which no 1 is; as a rising one it leans so far that it is nearly level."""
    angle = rng.uniform(30, 48) if rng.random() < 0.6 else rng.uniform(-30, -15)
    return [turned(hand_line((-0.5, 0), (0.5, 0), rng), angle)]


def _wave(rng: np.random.Generator) -> list[Points]:
    x = np.linspace(-0.5, 0.5, 80)
    waves = rng.uniform(1, 3.5)
    height = rng.uniform(0.06, 0.15)
    return [turned(np.stack([x, height * np.sin(2 * np.pi * waves * x)], axis=1), rng.uniform(-15, 15))]


def _sawtooth(rng: np.random.Generator) -> list[Points]:
    teeth = int(rng.integers(4, 8))
    x = np.linspace(-0.5, 0.5, teeth)
    return [hand_path(np.stack([x, np.where(np.arange(teeth) % 2, 0.13, -0.13)], axis=1), rng)]


def _parallel(rng: np.random.Generator) -> list[Points]:
    count = int(rng.integers(2, 6))
    angle = float(rng.choice([0, 90])) if count > 2 else 0.0  # two upright ones are an 11
    gap = rng.uniform(0.12, 0.3)
    return [turned(hand_line((-0.5, gap * row), (0.5, gap * row), rng), angle) for row in range(count)]


def _arc(rng: np.random.Generator) -> list[Points]:
    """A shallow bow, open upwards or downwards."""
    half = rng.uniform(0.5, 1.2)
    angles = np.linspace(-half, half, 40) + rng.choice([-1, 1]) * np.pi / 2 + rng.normal(0, 0.1)
    return [np.stack([np.cos(angles), np.sin(angles)], axis=1)]


_SHAPES: tuple[Maker, ...] = (
    _polygon(3), _polygon(4), _polygon(4, pointed=False), _star, _asterisk, _heart, _house, _arrow, _cross, _grid,
    _smiley, _window, _flower,
)  # fmt: skip
_LINES: tuple[Maker, ...] = (_level, _leaning, _wave, _sawtooth, _parallel, _arc)
