"""Axes of a plot: what part of the data they show, zooming and panning, and the round numbers beside them."""

import math
from typing import NamedTuple

_STEPS = (1, 2, 5, 10)


class Span(NamedTuple):
    """What an axis shows: everything from `low` to `high`."""

    low: float
    high: float

    @property
    def size(self) -> float:
        return self.high - self.low

    def share_of(self, value: float) -> float:
        """Where `value` stands on the axis: 0 at its beginning, 1 at its end."""
        return (value - self.low) / self.size

    def value_at(self, share: float) -> float:
        """What stands there."""
        return self.low + share * self.size

    def padded(self, share: float) -> "Span":
        """The same with some room at both ends, in shares of its size."""
        return Span(self.low - share * self.size, self.high + share * self.size)

    def moved_into(self, whole: "Span") -> "Span":
        """The same size, but nothing outside `whole`; `whole` itself, where this is as large but for rounding."""
        if self.size >= whole.size * (1 - 1e-9):
            return whole
        low = min(max(self.low, whole.low), whole.high - self.size)
        return Span(low, low + self.size)


def zoom(span: Span, factor: float, *, around: float, whole: Span, least: float) -> Span:
    """`span` magnified by `factor`; `around` stays where it is. From `least` in size to `whole`."""
    size = min(max(span.size / factor, least), whole.size)
    low = around - span.share_of(around) * size
    return Span(low, low + size).moved_into(whole)


def pan(span: Span, distance: float, *, whole: Span) -> Span:
    """`span` further on by `distance`, as far as `whole` goes."""
    return Span(span.low + distance, span.high + distance).moved_into(whole)


def tick_step(size: float, most: float) -> float:
    """The smallest of the steps 1, 2, 5, 10, 20, ... (and 0.5, 0.2, ...) of which `size` holds at most `most`."""
    least = size / max(most, 1)
    power = 10.0 ** math.floor(math.log10(least))
    return next(step * power for step in _STEPS if step * power >= least * (1 - 1e-9))


def ticks(span: Span, step: float) -> list[float]:
    """The multiples of `step` in `span`."""
    slack = 1e-9 * span.size
    first, last = math.ceil((span.low - slack) / step), math.floor((span.high + slack) / step)
    return [number * step for number in range(first, last + 1)]


def decimals_of(step: float) -> int:
    """How many digits after the point the multiples of `step` need."""
    return max(0, -math.floor(math.log10(step) + 1e-9))
