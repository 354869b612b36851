"""Shares as percentages that never round to a certainty they are not."""

import math


def probability_text(probability: float) -> str:
    """A probability in [0, 1] with one digit after the point: "97.1 %", and "> 99.9 %" for what is almost certain."""
    if 0.9995 <= probability < 1:
        return "> 99.9 %"
    return f"{probability * 100:.1f} %"


def accuracy_text(share: float) -> str:
    """A share of right answers in [0, 1] with two digits after the point: "99.62 %", and 100 only when it is that."""
    return f"{_hundredths(share)} %"


def accuracy_range_text(low: float, high: float) -> str:
    """Two such shares: "99.48–99.72 %"."""
    return f"{_hundredths(low)}–{_hundredths(high)} %"


def _hundredths(share: float) -> str:
    hundredths = math.floor(share * 10_000 + 0.5)
    if hundredths == 10_000 and share < 1:
        hundredths = 9_999
    return f"{hundredths / 100:.2f}"
