"""Damaged digits: crossed out, half-drawn, drawn over each other, or side by side.

They are made from the synthesised digits of `core.synthesis.handwriting`. Each generator returns strokes, float64
`(n, 2)` with y downwards, about 100 long around the origin. A person must not read the result as a digit: a crossed 7,
a slashed 0, a retraced digit, an open 6 and the beginnings of most digits are left out.
"""

from functools import cache

import numpy as np

from core.ink.arrays import Points
from core.ink.drawing import Drawing
from core.synthesis.handwriting import handwrite, synthesize_digits
from core.synthesis.scribbles import Generator, Strokes, scribble, wobble, zigzag_across
from core.synthesis.templates import Template, load_templates
from core.system.paths import assets_folder

_HALVES = {
    (0.46, 0.54): ("0-plain", "0-gap", "0-egg", "0-loop-top", "0-overlap", "0-clockwise"),  # an arc like C
    (0.22, 0.32): ("2-plain", "2-swan", "2-base-short", "2-loop", "2-low-start", "2-wavy-base"),  # before it is a 7
    (0.48, 0.56): ("4-closed", "4-open", "4-open-tall", "4-open-long-cross", "4-closed-wide"),  # an L, no longer a 1
    (0.40, 0.50): ("4-y-pointed", "4-y"),  # a cup
    (0.24, 0.30): ("5-two-strokes", "5-bar-falling", "5-bar-rising"),  # an L, before it is an open 4
    (0.30, 0.38): ("5-one-stroke", "5-angular"),  # before the belly
    (0.25, 0.36): ("7-plain", "7-straight", "7-curved"),  # the bar
    (0.22, 0.30): ("8-circles", "8-circles-clockwise"),  # before the circle is closed, which would be a 0
    (0.26, 0.36): ("9-straight", "9-curled", "9-round-back", "9-open", "9-g-like"),  # the same
}
"""The shares of the ink at which templates may be cut. None of 1 (always a 1), of 3 (its upper half is a round 7) and
of 6 (a 1, then an open 6), nor of an 8 that begins with an S (a 5) or a 2 with a flat top (a 7)."""

_STRUCK_ONCE = (3, 5, 8)
"""A line through other digits may be part of them: a slashed 0, a crossed 7, a 4, a Z for a 2; 6 and 9, a Ø."""

_SIMILAR = {0: (0, 6, 7, 8, 9), 2: (3, 7), 3: (5, 7, 8, 9), 4: (7, 9), 5: (6, 7, 8, 9), 6: (8,), 7: (8, 9), 8: (9,)}
_OVERDRAWN = tuple(
    (first, second)
    for first in range(10)
    for second in range(10)
    if 1 not in (first, second) and max(first, second) not in _SIMILAR.get(min(first, second), ())
)
"""No pairs with a 1 (a stem, a slash, a cross), and none that share most of their ink."""


def crossed_out(rng: Generator) -> Strokes:
    """A digit crossed out with lines, an X, a zigzag, a scribble, or a single line that cannot be part of it."""
    label = int(rng.integers(10))
    digit = _digit(label, rng)
    strike = (_strike_lines, _strike_cross, _strike_zigzag, _strike_scribble)[rng.integers(4)]
    if label in _STRUCK_ONCE and rng.random() < 0.4:
        strike = _strike_once
    low, high = box(digit)
    return digit + strike(np.maximum(high - low, 75), rng)


def overdrawn(rng: Generator) -> Strokes:
    """Two digits drawn over each other, clearly displaced: a digit retraced in place is still a digit."""
    first, second = _OVERDRAWN[rng.integers(len(_OVERDRAWN))]
    below, above = _digit(first, rng, height=100), _digit(second, rng, height=100)
    width = float(np.ptp(np.concatenate(below)[:, 0]))
    least = 0.35 if first != second else 0.55  # the same digit with a small offset is still that digit
    offset = rng.choice([-1, 1]) * np.array([max(24.0, rng.uniform(least, 0.7) * width), rng.uniform(-20, 20)])
    return below + [points + offset for points in above]


def half_drawn(rng: Generator) -> Strokes:
    """The beginning of a digit."""
    while True:
        template, (least, most) = _unfinished()[rng.integers(len(_unfinished()))]
        begun = _beginning(strokes_of(handwrite(template, rng)), rng.uniform(least, most))
        if not _may_be_a_digit(begun):
            return begun


def digits_side_by_side(rng: Generator) -> Strokes:
    """Two digits side by side, sometimes three, touching or far apart.

    Never one above the other: in a small image, that is an 8.
    """
    labels = rng.integers(0, 10, 2 if rng.random() < 0.85 else 3)
    digits = [_digit(int(label), rng, height=rng.uniform(80, 100)) for label in labels]
    # a 1 that touches its neighbour becomes part of it: 13 would be a B, 01 an a
    return in_a_row(digits, rng, least_gap=0.2 if 1 in labels else 0.0)


def in_a_row(signs: list[Strokes], rng: Generator, *, least_gap: float) -> Strokes:
    """Place `signs`, about 100 high, side by side with gaps of at least `least_gap` of their height."""
    row: Strokes = []
    right = 0.0
    for sign in signs:
        low, high = box(sign)
        place = np.array([right - low[0], rng.normal(0, 5)])
        row += [points + place for points in sign]
        right += float(high[0] - low[0]) + 100 * (least_gap + rng.exponential(0.15))
    return row


def box(strokes: Strokes) -> tuple[Points, Points]:
    """Upper left and lower right corner of the bounding box of all strokes."""
    points = np.concatenate(strokes)
    return points.min(axis=0), points.max(axis=0)


def strokes_of(drawing: Drawing, *, height: float | None = None) -> Strokes:
    """The strokes of `drawing` centred on the origin, scaled to a longer side of 100, or to a `height`.

    With a height, the width is at most twice that: a horizontal 1 stays small.
    """
    strokes: Strokes = [stroke.points.astype(np.float64) for stroke in drawing.strokes]
    low, high = box(strokes)
    width, tall = np.maximum(high - low, 1e-6)
    scale = 100 / max(width, tall) if height is None else min(height / tall, 2 * height / width)
    return [(points - (low + high) / 2) * scale for points in strokes]


def _digit(label: int, rng: Generator, *, height: float | None = None) -> Strokes:
    return strokes_of(synthesize_digits(np.array([label], np.uint8), rng)[0], height=height)


def _strike_once(extent: Points, rng: Generator) -> Strokes:
    """A line through the middle that extends well beyond the digit at both ends."""
    end = extent * rng.uniform(0.7, 0.95) * np.array([rng.choice([-1, 1]), rng.uniform(0.4, 1)])
    return [wobble(np.linspace(-end, end, 12), rng, 0.01)]


def _strike_lines(extent: Points, rng: Generator) -> Strokes:
    """Two to four parallel lines."""
    lean, reach = rng.uniform(-0.6, 0.6), extent[0] * rng.uniform(0.6, 0.8)
    heights = np.linspace(-0.25, 0.25, rng.choice([2, 2, 3, 3, 4])) * extent[1]
    start, end = np.array([-reach, lean * reach]), np.array([reach, -lean * reach])
    places = np.stack([rng.normal(0, 3, len(heights)), heights + rng.normal(0, 3, len(heights))], axis=1)
    return [wobble(np.linspace(start + place, end + place, 12), rng, 0.015) for place in places]


def _strike_cross(extent: Points, rng: Generator) -> Strokes:
    ends = extent * rng.uniform(0.62, 0.85, (2, 2)) * [[1, 1], [-1, 1]]
    return [wobble(np.linspace(-end, end, 12), rng, 0.015) for end in ends]


def _strike_zigzag(extent: Points, rng: Generator) -> Strokes:
    """A zigzag over the whole digit, with its bars above or beside each other."""
    downwards, sharp = rng.random(2) < 0.5
    length, height = extent[::-1] if downwards else extent
    zigzag = zigzag_across(1.1 * length, 1.1 * height, int(rng.integers(4, 10)), rng, sharp=bool(sharp))
    zigzag -= np.array([0.55 * length, 0])
    return [wobble(zigzag[:, ::-1] if downwards else zigzag, rng, 0.02)]


def _strike_scribble(extent: Points, rng: Generator) -> Strokes:
    strokes = scribble(rng)
    low, high = box(strokes)
    return [(points - (low + high) / 2) / (high - low) * extent * rng.uniform(1.0, 1.4) for points in strokes]


def _may_be_a_digit(strokes: Strokes) -> bool:
    """Whether the strokes are narrow, or straight and not flat, like a 1, or nearly closed, like a 0."""
    low, high = box(strokes)
    width, height = high - low
    length = sum(float(np.hypot(*np.diff(points, axis=0).T).sum()) for points in strokes)
    size = float(np.hypot(width, height))
    closed = np.hypot(*(strokes[-1][-1] - strokes[0][0])) < 0.35 * size
    return bool(closed or width < (1.2 if length < 1.12 * size else 0.74) * height)


def _beginning(strokes: Strokes, share: float) -> Strokes:
    """The first `share` of the ink."""
    lengths = [np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))]) for points in strokes]
    left = share * sum(float(reached[-1]) for reached in lengths)
    kept: Strokes = []
    for points, reached in zip(strokes, lengths, strict=True):
        if left <= 0:
            break
        end = [np.interp(left, reached, points[:, 0]), np.interp(left, reached, points[:, 1])]
        kept.append(np.vstack([points[reached < left], end]))
        left -= float(reached[-1])
    return kept


@cache
def _unfinished() -> tuple[tuple[Template, tuple[float, float]], ...]:
    """The templates that may be half-drawn, each with the least and the largest share of its ink."""
    templates = {template.name: template for template in load_templates(assets_folder() / "ink" / "digits")}
    return tuple((templates[name], shares) for shares, names in _HALVES.items() for name in names)
