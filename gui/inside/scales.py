"""The numbers at the ends of a colour scale: round, and steady while somebody draws."""

import math

import numpy as np

from core.ink.arrays import FloatArray

SHARE = 99.5
"""Per cent of the values that a scale reaches; the few beyond would leave all others dark."""
STEPS = (1.0, 2.0, 3.0, 5.0, 10.0)
SHRINKS_BELOW = 0.45
"""A scale stays until so small a share of it would be enough."""


def reach_of(values: FloatArray) -> float:
    """What a scale for `values` has to reach, whatever their sign."""
    sizes = np.abs(values).ravel()
    place = min(int(len(sizes) * SHARE / 100), len(sizes) - 1)
    return float(np.partition(sizes, place)[place])


def steady_scale(before: float, reach: float) -> float:
    """The scale that follows `before` for values that reach so far: 1, 2, 3, 5 times a power of ten."""
    if SHRINKS_BELOW * before < reach <= before:
        return before
    if not 0 < reach < math.inf:
        return before or 1.0
    power = 10.0 ** math.floor(math.log10(reach))
    return next(step * power for step in STEPS if step * power >= reach * (1 - 1e-9))


def number_text(value: float) -> str:
    """A number as the page writes it: "0.83", "−12.4", "310"; with a real minus sign."""
    size = abs(value)
    digits = 2 if size < 9.995 else 1 if size < 99.95 else 0
    text = f"{size:.{digits}f}"
    return f"−{text}" if value < 0 and float(text) else text
