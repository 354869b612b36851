"""Tell brackets from ones: “(7)” and “7)” are sevens."""

import numpy as np

from core.digits.arrays import Image
from core.recognition.numbers import NumberReading, ReadDigit

_LEAST_BOW = 0.035  # of the height: how far its middle is off the line through its ends
_SMOOTH = 0.02  # of the height: how little it departs from an even curve
_WIDEST = 0.32  # width by height
_TALL = 1.05  # of the height of the digit beside it


def without_brackets(reading: NumberReading) -> NumberReading:
    """`reading` without ones at either end of its only row that are bowed around the rest as brackets are."""
    digits = list(reading.digits)
    if len(digits) < 2 or any(digit.row for digit in digits):
        return reading
    brackets = []
    if _is_bracket(digits[-1], beside=digits[-2], bow=1):
        brackets.append(digits.pop())
    if len(digits) > 1 and _is_bracket(digits[0], beside=digits[1], bow=-1):
        brackets.append(digits.pop(0))
    return NumberReading(tuple(digits), (*reading.unread, *(bracket.box for bracket in brackets)))


def _is_bracket(read: ReadDigit, *, beside: ReadDigit, bow: int) -> bool:
    """Whether a one is a bracket, bowed to the right (`bow` 1) or to the left (-1)."""
    left, top, right, bottom = read.box
    is_upright = right - left <= _WIDEST * (bottom - top)
    is_tall = bottom - top >= _TALL * (beside.box[3] - beside.box[1])
    return read.recognition.digit == 1 and is_upright and is_tall and _bow(read.normalized.ink) * bow >= _LEAST_BOW


def _bow(ink: Image) -> float:
    """How far a line of ink is bowed to the right, as a share of its height; 0.0 for what is no even curve."""
    rows = np.flatnonzero(ink.any(axis=1))
    weights = ink[rows].astype(np.float64)
    middles = weights @ np.arange(ink.shape[1]) / weights.sum(axis=1)
    height = float(rows[-1] - rows[0] + 1)
    along = (rows - rows[0]) / height * 2 - 1
    curve = np.polyfit(along, middles, 2)
    inner = np.abs(along) < 0.9  # the ends of a thick line are round
    apart = np.abs(np.polyval(curve, along) - middles)[inner] / height
    return float(-curve[0] / height) if apart.max() < _SMOOTH else 0.0
