"""Digits written in several strokes, in many ways and proportions, for tests of how strokes are put together."""

from collections.abc import Callable, Iterator, Mapping

import numpy as np
import numpy.typing as npt

from core.ink.drawing import Drawing, Stroke

Points = npt.NDArray[np.float64]
Random = np.random.Generator
Way = Callable[[Random], list[Points]]

_STEP = 0.04  # heights, between points
_HEIGHTS = (0.87, 1.15)
_GAPS = (0.1, 0.6)
_WIDTHS = (0.75, 1.15)
_LEANS = (-0.04, 0.2)


def ways() -> Iterator[tuple[int, str]]:
    """Each digit with the name of each way to write it in several strokes."""
    return ((digit, name) for digit, named in _WAYS.items() for name in named)


def write_in_strokes(digits: list[tuple[int, str]], rng: Random) -> list[list[Stroke]]:
    """The strokes of each of `digits`, a row in one hand, each written in the way that is named."""
    lean, wide, gap = rng.uniform(*_LEANS), rng.uniform(*_WIDTHS), np.exp(rng.uniform(*np.log(_GAPS)))
    height, left = rng.uniform(120, 180), 30.0
    written = []
    for digit, name in digits:
        size = height * rng.uniform(*_HEIGHTS)
        strokes = [_leaning(_dense(points), lean) * (wide * size, size) for points in _WAYS[digit][name](rng)]
        corner = np.concatenate(strokes).min(axis=0)
        lower = 400 + height - size + height * rng.normal(0, 0.03)
        moved = [points - (corner[0], 0) + (left, lower) for points in strokes]
        written.append([Stroke(points.astype(np.float32)) for points in moved])
        left = Drawing(tuple(written[-1])).bounds()[2] + height * gap * rng.uniform(0.8, 1.25)
    return written


def _line(*points: tuple[float, float]) -> Points:
    return np.array(points, np.float64)


def _arc(x: float, y: float, wide: float, high: float, begin: float, end: float) -> Points:
    """A part of an ellipse around `(x, y)`, `wide` x `high` in all, from angle to angle in degrees."""
    angles = np.deg2rad(np.linspace(begin, end, 24))
    return np.stack([x + wide / 2 * np.cos(angles), y + high / 2 * np.sin(angles)], axis=1)


def _dense(points: Points) -> Points:
    lengths = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
    places = np.linspace(0, lengths[-1], max(int(lengths[-1] / _STEP) + 1, 3))
    return np.stack([np.interp(places, lengths, points[:, axis]) for axis in (0, 1)], axis=1)


def _leaning(points: Points, lean: float) -> Points:
    return points - np.stack([lean * (points[:, 1] - 0.5), np.zeros(len(points))], axis=1)


def _oval(rng: Random) -> tuple[float, Points]:
    width = rng.uniform(0.55, 0.8)
    return width, _arc(width / 2, 0.5, width, 1, -90, rng.uniform(255, 285))


def _crossed_zero(rng: Random) -> list[Points]:
    width, oval = _oval(rng)
    ends = (width * rng.uniform(0.85, 1.1), rng.uniform(-0.1, 0.15)), (width * rng.uniform(-0.1, 0.15), 0.95)
    return [oval, _line(*ends)]


def _barred_zero(rng: Random) -> list[Points]:
    width, oval = _oval(rng)
    return [oval, _line((width * 0.78, rng.uniform(0.2, 0.35)), (width * 0.22, rng.uniform(0.65, 0.8)))]


def _halved_zero(rng: Random) -> list[Points]:
    width = rng.uniform(0.55, 0.8)
    right = _arc(width / 2 + rng.uniform(-0.02, 0.06), 0.5, width, 1, -90, 90)
    return [_arc(width / 2, 0.5, width, 1, -90, -270), right]


def _parts_of_one(rng: Random) -> tuple[Points, Points, Points]:
    x, foot = rng.uniform(0.2, 0.35), 1 + rng.uniform(-0.04, 0.03)
    flag = _line((x - rng.uniform(0.15, 0.3), rng.uniform(0.15, 0.35)), (x + rng.uniform(-0.03, 0.03), 0))
    return flag, _line((x, 0), (x, 1)), _line((x - rng.uniform(0.15, 0.3), foot), (x + rng.uniform(0.15, 0.3), foot))


def _one_with_foot(rng: Random) -> list[Points]:
    flag, stem, foot = _parts_of_one(rng)
    return [np.concatenate([flag, stem]), foot]


def _two_with_base(rng: Random) -> list[Points]:
    width = rng.uniform(0.5, 0.75)
    hook = np.concatenate([_arc(width / 2, 0.25, width, 0.5, -170, 30), _line((width * 0.6, 0.65), (0, 1))])
    return [hook, _line((rng.uniform(-0.03, 0.05), 0.98), (width * rng.uniform(0.9, 1.2), rng.uniform(0.95, 0.99)))]


def _three_of_arcs(rng: Random) -> list[Points]:
    width, middle = rng.uniform(0.5, 0.65), rng.uniform(0.42, 0.5)
    upper = _arc(width * 0.45, middle / 2, width * 0.9, middle, -150, 90)
    return [upper, _arc(width * 0.5, (1 + middle) / 2, width, 1 - middle, -90, 150)]


def _three_with_bar(rng: Random) -> list[Points]:
    width, middle = rng.uniform(0.5, 0.65), rng.uniform(0.42, 0.5)
    lower = _arc(width * 0.45, (1 + middle) / 2, width, 1 - middle, -80, 150)
    rest = np.concatenate([_line((width * 0.9, 0.02), (width * 0.4, middle)), lower])
    return [_line((0, 0), (width * 0.9, rng.uniform(-0.03, 0.03))), rest]


def _parts_of_four(rng: Random) -> tuple[Points, Points, Points]:
    """The slant, the bar, and the stem, which begins anywhere in the upper half."""
    width, bar, left = rng.uniform(0.5, 0.75), rng.uniform(0.5, 0.75), rng.uniform(-0.02, 0.06)
    x, top = width * rng.uniform(0.6, 0.88), rng.uniform(0, 0.55)
    slant = _line((width * rng.uniform(0.3, 0.8), 0), (left, bar))
    across = _line((left, bar), (width, bar + rng.uniform(-0.04, 0.03)))
    return slant, across, _line((x + rng.uniform(0, 0.06), min(top, bar - 0.1)), (x, 1))


def _four(rng: Random) -> list[Points]:
    slant, bar, stem = _parts_of_four(rng)
    return [np.concatenate([slant, bar[1:]]), stem]


def _open_four(rng: Random) -> list[Points]:
    width, bar = rng.uniform(0.5, 0.75), rng.uniform(0.5, 0.7)
    angle = _line((width * rng.uniform(0, 0.3), rng.uniform(0, 0.1)), (0.02, bar), (width, bar))
    return [angle, _line((width * 0.8, rng.uniform(0, 0.1)), (width * 0.75, 1))]


def _five(rng: Random) -> list[Points]:
    width, middle, left = rng.uniform(0.5, 0.7), rng.uniform(0.38, 0.48), rng.uniform(0.05, 0.15)
    bow = _arc(width * 0.42, (1 + middle) / 2, width * 1.1, 1 - middle, -110, 130)
    body = np.concatenate([_line((left, rng.uniform(0, 0.04)), (left - 0.03, middle)), bow])
    over = rng.uniform(-0.02, 0.08)
    return [body, _line((left, -over / 2), (width * rng.uniform(0.85, 1.2), -over))]


def _six(rng: Random) -> list[Points]:
    width, middle = rng.uniform(0.5, 0.65), rng.uniform(0.4, 0.55)
    tail = _line((width * rng.uniform(0.5, 0.9), 0), (width * 0.2, middle * 0.6), (0, (1 + middle) / 2))
    return [tail, _arc(width / 2, (1 + middle) / 2, width, 1 - middle, -180, 180)]


def _parts_of_seven(rng: Random) -> tuple[Points, Points, Points]:
    width, y = rng.uniform(0.5, 0.7), rng.uniform(0.4, 0.6)
    x = width * 0.62
    cross = _line((x - rng.uniform(0.15, 0.28), y + 0.03), (x + rng.uniform(0.12, 0.28), y - 0.02))
    return (
        _line((0, rng.uniform(-0.02, 0.04)), (width, 0)),
        _line((width, 0), (width * rng.uniform(0.2, 0.45), 1)),
        cross,
    )


def _crossed_seven(rng: Random) -> list[Points]:
    bar, slant, cross = _parts_of_seven(rng)
    return [np.concatenate([bar, slant[1:]]), cross]


def _eight_of_loops(rng: Random) -> list[Points]:
    width, middle = rng.uniform(0.45, 0.62), rng.uniform(0.42, 0.5)
    apart = rng.uniform(-0.06, 0.05)
    upper = _arc(width / 2 + rng.uniform(-0.08, 0.08), middle / 2, width * 0.9, middle, -90, rng.uniform(255, 275))
    return [upper, _arc(width / 2, (1 + middle + apart) / 2, width, 1 - middle - apart, -90, rng.uniform(255, 275))]


def _eight_with_line(rng: Random) -> list[Points]:
    width, middle = rng.uniform(0.45, 0.62), rng.uniform(0.42, 0.5)
    upper = _arc(width / 2, middle / 2, width * 0.9, middle, -20, -270)
    lower = _arc(width / 2, (1 + middle) / 2, width, 1 - middle, -90, 150)
    return [np.concatenate([upper, lower]), _line((width * 0.05, 0.8), (width * 0.9, 0.15))]


def _straight_nine(rng: Random) -> list[Points]:
    width, middle = rng.uniform(0.45, 0.65), rng.uniform(0.42, 0.58)
    tail = _line((width * rng.uniform(0.9, 1.0), rng.uniform(0, middle * 0.8)), (width * rng.uniform(0.6, 1), 1))
    return [_arc(width / 2, middle / 2, width, middle, -20, -380), tail]


def _curled_nine(rng: Random) -> list[Points]:
    width, middle = rng.uniform(0.45, 0.65), rng.uniform(0.42, 0.58)
    bow = _arc(width * 0.45, 0.75, width, 0.5, 0, 120)
    tail = np.concatenate([_line((width, middle * 0.4), (width * 0.98, 0.7)), bow])
    return [_arc(width / 2, middle / 2, width, middle, -20, -360), tail]


_WAYS: Mapping[int, Mapping[str, Way]] = {
    0: {"crossed": _crossed_zero, "barred": _barred_zero, "halves": _halved_zero},
    1: {"in three": lambda rng: list(_parts_of_one(rng)), "with a foot": _one_with_foot},
    2: {"with a base": _two_with_base},
    3: {"of two arcs": _three_of_arcs, "with a bar": _three_with_bar},
    4: {
        "angle and stem": _four,
        "stem first": lambda rng: _four(rng)[::-1],
        "in three": lambda rng: list(_parts_of_four(rng)),
        "open": _open_four,
    },
    5: {"bar last": _five},
    6: {"tail and loop": _six},
    7: {
        "crossed": _crossed_seven,
        "bar and slant": lambda rng: list(_parts_of_seven(rng)[:2]),
        "in three": lambda rng: list(_parts_of_seven(rng)),
    },
    8: {"of two loops": _eight_of_loops, "closed with a line": _eight_with_line},
    9: {"straight": _straight_nine, "curled": _curled_nine},
}
