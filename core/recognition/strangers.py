"""What is as large as a digit beside digits, and none: much of it, and there is no number; any, and it is unsure."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.recognition.numbers import ReadDigit, doubted
from core.recognition.rows import Box

_TALL, _LONG = 0.45, 1.0  # of the height of a digit: points and minus signs are lower, and shorter
_FEATURE = 0.12  # of the height of the digit around it: smaller marks are specks
_MANY = 12  # digits
_MOST = 0.5  # for each digit: with more marks that are none, this is no number
_LESS_FOR_ONES = 0.5  # of a digit
_MOST_ON_PAGES = 0.35  # the same for many digits


@dataclass(frozen=True, slots=True)
class Stranger:
    """Ink that is left out, and no mark that is usual beside a number.

    A sign, as between the digits of a sum, counts less, and casts no doubt on the digits beside it.
    """

    box: Box
    is_sign: bool = False


def are_digits(digits: Sequence[ReadDigit], strangers: Sequence[Stranger]) -> bool:
    """Whether most of what is as large as a digit was read as one; each digit may have a sign before it.

    Any straight stroke is a one, so that these count less. Of signs that follow on one another, as letters do, only the
    first is one.
    """
    large = _large(strangers, digits)
    found = [stranger.box for stranger in large if stranger.is_sign]
    boxes = [digit.box for digit in digits]
    signs = sum(not any(_follows(box, other, boxes) for other in found) for box in found)
    most = _MOST if len(digits) <= _MANY else _MOST_ON_PAGES
    ones = sum(digit.recognition.digit == 1 for digit in digits)
    return bool(digits) and len(large) - signs <= most * (len(digits) - _LESS_FOR_ONES * ones - signs)


def is_face(digits: Sequence[ReadDigit], unread: Sequence[Box]) -> bool:
    """Whether several marks lie within a digit, as eyes and a mouth; one may be the point in a 0."""
    return any(sum(_lies_within(box, digit.box) for box in unread) > 1 for digit in digits)


def _lies_within(box: Box, digit: Box) -> bool:
    is_inside = digit[0] < box[0] and digit[1] < box[1] and box[2] < digit[2] and box[3] < digit[3]
    return is_inside and max(box[2] - box[0], box[3] - box[1]) >= _FEATURE * (digit[3] - digit[1])


def doubt_beside(digits: Sequence[ReadDigit], strangers: Sequence[Stranger]) -> list[ReadDigit]:
    """`digits` with those that are nearest to large strangers unsure: a stroke of theirs may have been left out."""
    beside = {_nearest(digits, stranger.box) for stranger in _large(strangers, digits) if not stranger.is_sign}
    return [doubted(digit) if number in beside else digit for number, digit in enumerate(digits)]


def _large(strangers: Sequence[Stranger], digits: Sequence[ReadDigit]) -> list[Stranger]:
    if not digits:
        return []
    height = float(np.median([digit.box[3] - digit.box[1] for digit in digits]))
    sizes = [(stranger, stranger.box[2] - stranger.box[0], stranger.box[3] - stranger.box[1]) for stranger in strangers]
    return [stranger for stranger, width, own in sizes if own >= _TALL * height or width >= _LONG * height]


def _follows(box: Box, other: Box, digits: Sequence[Box]) -> bool:
    """Whether a sign stands right of an `other` one, in the same row, without a digit between."""
    between = _middle(other), _middle(box)
    if between[0] >= between[1] or not _are_level(box, other):
        return False
    return not any(between[0] < _middle(digit) < between[1] and _are_level(box, digit) for digit in digits)


def _middle(box: Box) -> float:
    return (box[0] + box[2]) / 2


def _are_level(box: Box, other: Box) -> bool:
    return box[1] < other[3] and other[1] < box[3]


def _nearest(digits: Sequence[ReadDigit], box: Box) -> int:
    boxes = np.array([digit.box for digit in digits])
    apart = np.maximum(np.maximum(boxes[:, :2] - box[2:], box[:2] - boxes[:, 2:]), 0)
    middles = (boxes[:, :2] + boxes[:, 2:] - box[:2] - box[2:]) / 2
    return int(np.lexsort((np.hypot(*middles.T), np.hypot(*apart.T)))[0])
