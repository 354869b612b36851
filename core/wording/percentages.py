"""Shares as percentages that never round to a certainty they are not."""

import math

_FEW, _SOME = 100, 1000


def probability_text(probability: float) -> str:
    """A probability in [0, 1] with one digit after the point: "97.1 %", and "> 99.9 %" for what is almost certain."""
    if 0.9995 <= probability < 1:
        return "> 99.9 %"
    return f"{probability * 100:.1f} %"


def accuracy_text(share: float) -> str:
    """A share of right answers in [0, 1] with two digits after the point: "99.62 %", and 100 only when it is that.

    For tables with a column of counts; wherever a percentage stands alone it is a `counted_accuracy_text`.
    """
    return f"{_percent(share, 2)} %"


def counted_accuracy_text(share: float, count: int) -> str:
    """The same of so many digits, no finer than these can tell: "99.62 % of 10,000", "98.5 % of 200", "75 % of 4"."""
    return f"{_percent(share, _decimals(count))} % of {count:,}"


def accuracy_range_text(low: float, high: float, count: int | None = None) -> str:
    """Two such shares, as fine as `count` digits can tell: "99.48–99.72 %"."""
    decimals = 2 if count is None else _decimals(count)
    return f"{_percent(low, decimals)}–{_percent(high, decimals)} %"


def _decimals(count: int) -> int:
    return 0 if count < _FEW else 1 if count < _SOME else 2


def _percent(share: float, decimals: int) -> str:
    steps = 10**decimals
    rounded = math.floor(share * 100 * steps + 0.5)
    if rounded == 100 * steps and share < 1:
        rounded -= 1
    return f"{rounded / steps:.{decimals}f}"
