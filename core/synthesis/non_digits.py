"""Synthesise drawings that are no digits, for training the class “no digit”.

How they are made:

- scribbles, lines, dots, made-up glyphs and half of the shapes from random formulas (`core.synthesis.scribbles`,
  `core.synthesis.shapes`);
- letters, words and the other shapes from templates under `assets/ink/letters` and `assets/ink/shapes`, varied like
  handwriting (`core.synthesis.handwriting`);
- crossed-out, half-drawn and overdrawn digits and digits side by side from synthesised digits
  (`core.synthesis.damaged_digits`).

No real ink is used.

A network must not learn from these to reject digits in unusual handwriting. So anything that a person might read as a
digit is in no set at all, neither here nor among the digits. Left out are circles, ovals, nearly vertical lines, digits
above one another (an 8 in a small image), the exceptions named in the other modules, and of the letters

- O o Q D a (like 0), I J i j l (1), Z z (2), B ß (3, 8), S s (5), G b (6), T Y y (4, 7), q g (9), C c (begun 0 or 6);
- forms that cross, loop or narrow: a cursive F (a crossed 7), cursive l, f and L (8, 2), a cursive r (1, 7), plain f, t
  and u (4), serifed h (8);
- capital lambda (a 1 with a long upstroke), alpha, beta, gamma, delta, zeta, theta, phi; Cyrillic ze, e, che, u, ef,
  be, tse; Korean h; the Han signs for mouth, middle and sun; & and $; and all signs that are digits in other scripts.
"""

from collections.abc import Callable
from functools import cache

import numpy as np

from core.ink.drawing import Drawing, Stroke
from core.synthesis import damaged_digits, shapes
from core.synthesis.handwriting import handwrite
from core.synthesis.scribbles import Generator, Strokes, scribble
from core.synthesis.templates import Template, load_templates
from core.system.paths import assets_folder

PAD_SIDE = 400.0


def synthesize_non_digits(count: int, rng: np.random.Generator) -> list[Drawing]:
    """Draw `count` non-digits of all kinds. The same state of `rng` gives the same drawings."""
    names = list(_KINDS)
    shares = np.array([share for _, share in _KINDS.values()])
    chosen = rng.choice(len(names), count, p=shares / shares.sum())
    return [_KINDS[names[index]][0](rng) for index in chosen]


def synthesize_kind(kind: str, count: int, rng: np.random.Generator) -> list[Drawing]:
    """Draw `count` non-digits of one of the `KINDS`. Raises KeyError for another name."""
    make, _ = _KINDS[kind]
    return [make(rng) for _ in range(count)]


def _laid_on_pad(make: Callable[[Generator], Strokes]) -> Callable[[Generator], Drawing]:
    return lambda rng: _lay_on_pad(make(rng), rng, rng.uniform(0.2, 0.95))


def _lay_on_pad(strokes: Strokes, rng: Generator, share: float) -> Drawing:
    """Scale `strokes` so that the longer side takes `share` of the pad, and put them at a random place on it."""
    low, high = damaged_digits.box(strokes)
    scale = share * PAD_SIDE / max(float((high - low).max()), 1e-6)
    place = rng.random(2) * (PAD_SIDE - (high - low) * scale)
    return Drawing(
        tuple(Stroke(((points - low) * scale + place).astype(np.float32)) for points in strokes),
        pad_side=PAD_SIDE,
        pen_width=float(rng.uniform(0.02, 0.1)),
    )


def _dots(rng: Generator) -> Drawing:
    """Dots keep their size, in hundredths of the pad."""
    strokes = shapes.dots(rng)
    low, high = damaged_digits.box(strokes)
    return _lay_on_pad(strokes, rng, min(float((high - low).max()) / 100, 0.95))


def _shape(rng: Generator) -> Drawing:
    if rng.random() < 0.5:
        return _lay_on_pad(shapes.geometric_shape(rng), rng, rng.uniform(0.2, 0.95))
    return _one_of("shapes", rng)


def _letter(rng: Generator) -> Drawing:
    return _one_of("letters", rng)


def _word(rng: Generator) -> Strokes:
    """Two to four letters side by side, or a piece of joined writing."""
    if rng.random() < 0.4:
        return [shapes.running_line(rng)]
    count = int(rng.choice([2, 3, 4], p=[0.6, 0.3, 0.1]))
    letters = [damaged_digits.strokes_of(_letter(rng), height=rng.uniform(60, 100)) for _ in range(count)]
    return damaged_digits.in_a_row(letters, rng, least_gap=0.05)


def _one_of(folder: str, rng: Generator) -> Drawing:
    templates = _templates(folder)
    return handwrite(templates[rng.integers(len(templates))], rng)


@cache
def _templates(folder: str) -> tuple[Template, ...]:
    return load_templates(assets_folder() / "ink" / folder)


_KINDS: dict[str, tuple[Callable[[Generator], Drawing], float]] = {
    "scribble": (_laid_on_pad(scribble), 0.16),
    "crossed-out digit": (_laid_on_pad(damaged_digits.crossed_out), 0.13),
    "shape": (_shape, 0.14),
    "dot": (_dots, 0.04),
    "line": (_laid_on_pad(shapes.line), 0.11),
    "half-drawn digit": (_laid_on_pad(damaged_digits.half_drawn), 0.07),
    "overdrawn digits": (_laid_on_pad(damaged_digits.overdrawn), 0.07),
    "digits side by side": (_laid_on_pad(damaged_digits.digits_side_by_side), 0.10),
    "letter": (_letter, 0.18),
    "glyph": (_laid_on_pad(shapes.glyph), 0.04),
    "word": (_laid_on_pad(_word), 0.04),
}
"""The generator of each kind, and its share of all drawings."""

KINDS = tuple(_KINDS)
"""The names of the kinds, for `synthesize_kind`."""
