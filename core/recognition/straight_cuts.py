"""Tell digits apart that touch in a picture by straight cuts, upright or slanted, where little ink is cut through.

Strokes that run along each other, as the stem of a 1 at the side of a 0, meet nowhere that a graph of strokes could be
cut at. The network judges, as it does there (`core.recognition.touching`).

Source: Casey and Lecolinet, "A Survey of Methods and Strategies in Character Segmentation" (1996): cuts at minima of
the projection.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from core.pictures.ink_search import stroke_width
from core.pictures.thinning import Mask
from core.recognition.recognizer import Recognition
from core.recognition.touching import LEAST_SCORE, MOST_DIGITS, NARROWEST_CUT, SURE, score_of

ReadPart = Callable[[Mask], Recognition]
"""Reads the ink in a mask, `(h, w)`, as one digit."""

_SLANTS = (-0.3, -0.15, 0.0, 0.15, 0.3, 0.5)  # to the right for each pixel upwards
_MOST_READ = 8  # cuts
_MOST_TRIED = 3  # of them, whose rest is read, too
_A_CUT, _CUT_THROUGH = 0.06, 0.06  # the cost of a cut, and of each width of a stroke that it goes through
_MOST_THROUGH = 3.0  # widths of a stroke
_NARROWEST, _WIDEST = 0.12, 1.3  # heights: of a digit that is taken off
_BESIDE = 0.06  # heights: cuts as close are the same
_SLIVER = 0.08  # of the ink of a digit: left of a neighbour along the cut


@dataclass(frozen=True, slots=True, eq=False)
class CutApart:
    """Digits that were cut apart: their ink from left to right, and the logarithm of how probable that is."""

    digits: tuple[Mask, ...]
    score: float


def cut_apart(ink: Mask, read: ReadPart, height: float) -> CutApart:
    """Cut the digits in `ink`, bool `(h, w)`, apart; `height` is that of a digit in its row, in pixels."""
    return _best(ink, read, height, score_of(read(ink)), MOST_DIGITS)


def _best(ink: Mask, read: ReadPart, height: float, whole: float, most_digits: int) -> CutApart:
    best = CutApart((ink,), whole)
    if whole > math.log(SURE) or most_digits == 1 or _width(ink) < NARROWEST_CUT * height:
        return best
    tried = sorted(
        (
            (score_of(read(left)) - price, place, left, rest)
            for place, (price, left, rest) in enumerate(_cuts(ink, height))
        ),
        key=lambda cut: -cut[0],
    )
    for score, _, left, rest in tried[:_MOST_TRIED]:
        if score < LEAST_SCORE or score <= best.score:
            break
        right_of_it = _best(rest, read, height, score_of(read(rest)), most_digits - 1)
        if score + right_of_it.score > best.score:
            best = CutApart((left, *right_of_it.digits), score + right_of_it.score)
    return best


def _cuts(ink: Mask, height: float) -> list[tuple[float, Mask, Mask]]:
    """The likeliest ways to cut a digit off at the left: the cost of each, the digit's ink and the rest."""
    stroke = max(stroke_width(ink), 1.0)
    rows, columns = np.nonzero(ink)
    found: list[tuple[float, float, float]] = []
    for slant in _SLANTS:
        places = np.rint(columns + slant * (rows - ink.shape[0] / 2)).astype(np.intp)
        first = int(places.min())
        profile = np.bincount(places - first) / stroke
        from_left = max(1, round(_NARROWEST * height))
        to_right = min(len(profile) - max(1, round(_NARROWEST * height / 2)), round(_WIDEST * height))
        for place in _minima(profile, from_left, to_right):
            if profile[place] <= _MOST_THROUGH:
                found.append((_A_CUT + _CUT_THROUGH * float(profile[place]), first + place, slant))
    chosen: list[tuple[float, float, float]] = []
    for cut in sorted(found):
        if all(abs(cut[1] - other[1]) > _BESIDE * height or abs(cut[2] - other[2]) > 0.2 for other in chosen):
            chosen.append(cut)
    return [(price, *_parted(ink, place, slant)) for price, place, slant in chosen[:_MOST_READ]]


def _minima(profile: npt.NDArray[np.float64], start: int, stop: int) -> Iterator[int]:
    """Where `profile` is lowest within its surroundings; in the middle of a valley."""
    place = start
    while place < stop:
        end = place
        while end + 1 < stop and profile[end + 1] == profile[place]:
            end += 1
        before = profile[place - 1] if place > 0 else math.inf
        after = profile[end + 1] if end + 1 < len(profile) else math.inf
        if profile[place] <= before and profile[place] <= after:
            yield (place + end) // 2
        place = end + 1


def _parted(ink: Mask, place: float, slant: float) -> tuple[Mask, Mask]:
    """The ink left of a cut, and the rest; slivers of a neighbour go to the other side."""
    rows, columns = np.mgrid[: ink.shape[0], : ink.shape[1]]
    is_left = np.rint(columns + slant * (rows - ink.shape[0] / 2)) <= place
    left, right = ink & is_left, ink & ~is_left
    of_right, of_left = _slivers(left), _slivers(right)
    return (left & ~of_right) | of_left, (right & ~of_left) | of_right


def _slivers(part: Mask) -> Mask:
    """Connected ink that is only a small share of all in `part`."""
    count, labels = cv2.connectedComponents(part.astype(np.uint8), connectivity=8)
    areas = np.bincount(labels.ravel(), minlength=count)
    areas[0] = 0
    is_sliver = areas < _SLIVER * areas.sum()
    is_sliver[0] = False
    return np.asarray(is_sliver[labels], np.bool_)


def _width(ink: Mask) -> int:
    return cv2.boundingRect(ink.astype(np.uint8))[2]
