"""Format shares as percentages that never round up to certainty."""

import math

_FEW, _SOME = 100, 1000


def probability_text(probability: float) -> str:
    """A probability in [0, 1] with one decimal: "97.1 %", and "> 99.9 %" when it is almost certain."""
    if 0.9995 <= probability < 1:
        return "> 99.9 %"
    return f"{probability * 100:.1f} %"


def accuracy_text(share: float) -> str:
    """A share of right answers in [0, 1] with two decimals: "99.62 %"; never rounded up to 100.

    For tables with a column of counts; elsewhere, use `counted_accuracy_text`.
    """
    return f"{_percent(share, 2)} %"


def counted_accuracy_text(share: float, count: int) -> str:
    """The same of `count` digits, with as many decimals as they justify: "99.62 % of 10,000", "75 % of 4"."""
    return f"{_percent(share, _decimals(count))} % of {count:,}"


def accuracy_range_text(low: float, high: float, count: int | None = None) -> str:
    """A range of such shares, with as many decimals as `count` digits justify: "99.48–99.72 %"."""
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
