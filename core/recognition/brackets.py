"""Tell brackets from ones: “(7)” and “7)” are sevens."""

import numpy as np

from core.digits.arrays import Image
from core.recognition.numbers import NumberReading, ReadDigit

_LEAST_BOW = 0.035  # of the height: how far its middle is off the line through its ends
_LEAST_BOW_ALONE = 0.05  # the same without a bracket on the other side; hardly any 1 is bowed as much
_SMOOTH = 0.02  # of the height: how little it departs from an even curve
_WIDEST = 0.32  # width by height
_TALL = 1.05  # of the height of the digit beside it


def without_brackets(reading: NumberReading) -> NumberReading:
    """`reading` without ones that are bowed around the rest of its only row: brackets at both ends, or at its right."""
    digits = list(reading.digits)
    if len(digits) < 2 or any(digit.row for digit in digits):
        return reading
    closing = _bow_of_bracket(digits[-1], beside=digits[-2])
    opening = -_bow_of_bracket(digits[0], beside=digits[1])
    brackets = []
    if len(digits) > 2 and min(opening, closing) >= _LEAST_BOW:
        brackets = [digits.pop(0), digits.pop()]
    elif closing >= _LEAST_BOW_ALONE:
        brackets = [digits.pop()]
    return NumberReading(tuple(digits), (*reading.unread, *(bracket.box for bracket in brackets)))


def _bow_of_bracket(read: ReadDigit, *, beside: ReadDigit) -> float:
    """How far a one is bowed to the right; 0.0 for what is no bracket `beside` a digit."""
    left, top, right, bottom = read.box
    is_upright = right - left <= _WIDEST * (bottom - top)
    is_tall = bottom - top >= _TALL * (beside.box[3] - beside.box[1])
    return _bow(read.normalized.ink) if read.recognition.digit == 1 and is_upright and is_tall else 0.0


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
