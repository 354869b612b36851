"""What is as large as a digit beside digits, and none: much of it, and there is no number; any, and it is unsure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from core.recognition.numbers import ReadDigit
from core.recognition.recognizer import Verdict
from core.recognition.rows import Box

_TALL, _LONG = 0.45, 1.0  # of the height of a digit: points and minus signs are lower, and shorter
_MANY = 12  # digits
_MOST = 0.5  # for each digit: with more marks that are none, this is no number
_MOST_ON_PAGES = 0.35  # the same for many digits


@dataclass(frozen=True, slots=True)
class Stranger:
    """Ink that is left out, and no mark that is usual beside a number.

    A sign, as between the digits of a sum, counts less, and casts no doubt on the digits beside it.
    """

    box: Box
    is_sign: bool = False


def are_digits(digits: Sequence[ReadDigit], strangers: Sequence[Stranger]) -> bool:
    """Whether most of what is as large as a digit was read as one; each digit may have a sign before it."""
    large = _large(strangers, digits)
    signs = sum(stranger.is_sign for stranger in large)
    most = _MOST if len(digits) <= _MANY else _MOST_ON_PAGES
    return bool(digits) and len(large) - signs <= most * (len(digits) - signs)


def doubt_beside(digits: Sequence[ReadDigit], strangers: Sequence[Stranger]) -> list[ReadDigit]:
    """`digits` with those that are nearest to large strangers unsure: a stroke of theirs may have been left out."""
    doubted = {_nearest(digits, stranger.box) for stranger in _large(strangers, digits) if not stranger.is_sign}
    return [_unsure(digit) if number in doubted else digit for number, digit in enumerate(digits)]


def _large(strangers: Sequence[Stranger], digits: Sequence[ReadDigit]) -> list[Stranger]:
    if not digits:
        return []
    height = float(np.median([digit.box[3] - digit.box[1] for digit in digits]))
    sizes = [(stranger, stranger.box[2] - stranger.box[0], stranger.box[3] - stranger.box[1]) for stranger in strangers]
    return [stranger for stranger, width, own in sizes if own >= _TALL * height or width >= _LONG * height]


def _nearest(digits: Sequence[ReadDigit], box: Box) -> int:
    boxes = np.array([digit.box for digit in digits])
    apart = np.maximum(np.maximum(boxes[:, :2] - box[2:], box[:2] - boxes[:, 2:]), 0)
    middles = (boxes[:, :2] + boxes[:, 2:] - box[:2] - box[2:]) / 2
    return int(np.lexsort((np.hypot(*middles.T), np.hypot(*apart.T)))[0])


def _unsure(digit: ReadDigit) -> ReadDigit:
    if digit.recognition.verdict != Verdict.DIGIT:
        return digit
    return replace(digit, recognition=replace(digit.recognition, verdict=Verdict.UNSURE))
