"""How plausible one way to see a picture is: what is read, what is left over, and whether digits look like that."""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.ink.arrays import GrayImage
from core.pictures.ink_layers import InkLayer
from core.pictures.ink_search import stroke_width
from core.recognition.numbers import NumberReading, doubted_number, refused_number
from core.recognition.recognizer import Verdict
from core.recognition.rows import Box

_UNUSED = 4.0  # the cost of leaving all ink out, as a negative logarithm
_LEFT_OUT = 0.25  # of the weight of ink that nothing is known about
_EACH_MORE, _MOST_MORE = 0.1, 0.3  # the cost of each further digit, and of all of them
_SEVERAL_PENS = 0.8  # the cost of digits of different darkness or thickness
_AS_DARK, _AS_THICK = 0.3, 2.5  # as the darkest digit; as their strokes are on average
_CUT_CLOSE, _STRIPES = 0.25, 3.0  # the costs when most digits go through the whole picture: of any, and of ones
_MANY_PARTS, _FRAGMENTS = 4, 0.4  # of ink for each digit, and the cost of seeing mostly ones in them
_OF_VERDICT = {Verdict.NOT_A_DIGIT: 0.5, Verdict.UNSURE: 0.1}
_CUT_OFF, _MORE_CUT_OFF = 0.6, 0.4  # the cost of a digit at the edge of the picture, and of all others there
_IMPLAUSIBLE = 1.3  # a cost from which the picture shows something else
_IMPLAUSIBLE_INSIDE = 0.95  # the same for one digit, without the cost of the picture's edges
_LEAST_CHANCE = 1e-3
_PAGE, _OF_PAGE = 12, 0.2  # digits of a page, and what speaks for it
_NUMBER = 4  # digits: with more, doubts are averaged
_DOUBTFUL_SHARE, _DOUBTFUL = 0.2, 0.4  # of the digits, and the cost of more of them
_HARDLY_ANY = 0.02
_SURE = 0.9
_CONVINCING = 0.25  # a cost below which no other layer is tried
_LIKELY = 0.4  # the same when the budget ends the search
_MOST_UNUSED = 0.6  # of the ink: with more, the picture shows something else
_LEAST_DIGIT = 0.05  # of "no digit": what only one of many tries calls a digit has to be one


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """One way to see a picture: what is read, how improbable that is, and the ink that it was read in."""

    cost: float
    reading: NumberReading
    ink: GrayImage | None
    unused: float = 1.0
    at_edge: float = 0.0  # the part of the cost for digits at the picture's edges
    of_layer: float = 0.0  # the part of it for the layer

    def improbability(self) -> float:
        """What the ways are compared by: a whole page of digits is rarely seen where there is none."""
        return self.cost if len(self.reading.digits) < _PAGE else self.surplus - _OF_PAGE

    @property
    def is_plausible(self) -> bool:
        """Whether this may be what the picture shows; several digits are rarely seen where there is nothing."""
        inside = _IMPLAUSIBLE if len(self.reading.digits) > 1 else _IMPLAUSIBLE_INSIDE
        return self.surplus < _IMPLAUSIBLE and self.surplus - self.at_edge < inside

    @property
    def is_convincing(self) -> bool:
        """Whether no other way can be much better."""
        return self.surplus < _CONVINCING

    @property
    def is_used_up(self) -> bool:
        """Whether hardly any ink is left over."""
        return self.unused < _HARDLY_ANY

    def may_be_exceeded(self, layer: InkLayer) -> bool:
        """Whether several digits that touch in `layer` may be more probable.

        They are not where one digit is seen beyond doubt, whatever the cost of its layer and of the picture's edges is.
        """
        said = self.reading.whole
        is_sure = said.digit not in (1, None) and self.cost - self.at_edge - self.of_layer < _CONVINCING
        return not is_sure and layer.cost + _of_count(2) < self.cost

    @property
    def is_certain(self) -> bool:
        """Whether ways that were not tried raise no doubt: it is likely enough, or a page of digits."""
        return self.surplus < _LIKELY or len(self.reading.digits) >= _PAGE

    @property
    def surplus(self) -> float:
        """The cost without that of reading many digits."""
        return self.cost - _of_count(len(self.reading.digits))


def judged(reading: NumberReading, layer: InkLayer, *, is_first: bool) -> Seen:
    """How plausible it is that a picture shows what was read in a layer of it; `is_first`: in the likeliest layer."""
    digits = [digit.recognition for digit in reading.digits]
    if not digits:
        return Seen(math.inf, reading, layer.ink)
    doubt = -sum(math.log(max(digit.probability, _LEAST_CHANCE)) for digit in digits)
    unused = _unused_share(layer.ink, reading)
    sure = sure_digits(reading)
    unexplained = layer.unexplained(_read_ink(layer.ink, reading), with_soft=sure < 2) - _HARDLY_ANY
    unused = max(unused, unexplained / max(sure, 1))
    cost = doubt / _doubted_digits(len(digits)) + _UNUSED * unused + layer.cost + _of_count(len(digits))
    cost += _OF_VERDICT.get(reading.verdict, 0.0)
    cut_off = sum(_edges_reached(digit.box, layer.ink, within=0) > 0 for digit in reading.digits)
    going_through = sum(_edges_reached(digit.box, layer.ink, within=1) > 1 for digit in reading.digits)
    are_mostly_ones = 2 * sum(digit.digit == 1 for digit in digits) > len(digits)
    if are_mostly_ones and layer.parts > _MANY_PARTS * len(digits):
        cost += _FRAGMENTS
    if len(digits) > 1 and 2 * going_through > len(digits):
        cost += _STRIPES if are_mostly_ones else _CUT_CLOSE
    if len(digits) > 1 and not _is_of_one_pen(reading, layer):
        cost += _SEVERAL_PENS
        reading = doubted_number(reading)
    at_edge = _CUT_OFF * min(cut_off, 1) + _MORE_CUT_OFF * max(cut_off - 1, 0) / len(digits)
    doubtful = sum(digit.no_digit > _LEAST_DIGIT for digit in digits)
    if unused > _MOST_UNUSED or (not is_first and doubtful > _DOUBTFUL_SHARE * len(digits)):
        reading = refused_number(reading)
        cost += _DOUBTFUL
    return Seen(cost + at_edge, reading, layer.ink, unused, at_edge, layer.cost)


def sure_digits(reading: NumberReading) -> int:
    """How many digits are hardly there by chance, as ones may be."""
    digits = [digit.recognition for digit in reading.digits]
    return sum(digit.probability > _SURE and digit.digit != 1 for digit in digits)


def _is_of_one_pen(reading: NumberReading, layer: InkLayer) -> bool:
    """Whether the digits are about equally dark, and none is far thicker than the others, as the rim of a shadow is."""
    darkness = [_darkness(digit.box, layer) for digit in reading.digits]
    if min(darkness) < _AS_DARK * max(darkness):
        return False
    if len(reading.digits) > _PAGE:
        return True
    widths = [stroke_width(layer.ink[_within(digit.box)]) for digit in reading.digits]
    return max(widths) <= _AS_THICK * float(np.median(widths))


def _within(box: Box) -> tuple[slice, slice]:
    """The pixels of a picture in a box."""
    left, top, right, bottom = map(round, box)
    return slice(top, bottom), slice(left, right)


def _darkness(box: Box, layer: InkLayer) -> float:
    """How much darker the ink in a box is than the paper beside it, as a share: the same in a shadow."""
    gray, ink = layer.gray[_within(box)], layer.ink[_within(box)]
    inked = ink > max(int(ink.max()) // 2, 1)
    free = gray[ink == 0]
    paper = float(np.median(free if free.size else layer.gray))
    return 1.0 - float(np.median(gray[inked])) / max(paper, 1.0) if inked.any() else 0.0


def _edges_reached(box: Box, ink: GrayImage, *, within: int) -> int:
    """How many edges of the picture a digit reaches, or comes `within` so many pixels of.

    At one, it may be part of a frame, or of the paper around; from one to another, a stripe.
    """
    height, width = ink.shape
    reached = [box[0] <= within, box[1] <= within, box[2] >= width - within, box[3] >= height - within]
    return reached.count(True)


def _of_count(count: int) -> float:
    """The cost of reading `count` digits."""
    return min(_EACH_MORE * max(count - 1, 0), _MOST_MORE)


def _doubted_digits(count: int) -> float:
    """By how many digits the doubt is shared: on a page, some doubtful digits do not make all of it implausible."""
    return math.sqrt(count) if count <= _NUMBER else math.sqrt(_NUMBER) * count / _NUMBER


def _unused_share(ink: GrayImage, reading: NumberReading) -> float:
    """The share of `ink` that is in no digit's box; what was left out knowingly, as a point or a bracket, counts less.

    Ink outside of all boxes counts in full. What was left out within a digit's box, as the eyes of a face, counts, too.
    """
    weights = np.ones(ink.shape, np.float32)
    for box, weight in (*((read.box, 0.0) for read in reading.digits), *((box, _LEFT_OUT) for box in reading.unread)):
        weights[_within(box)] = weight
    return float((ink * weights).sum(dtype=np.float64)) / max(float(ink.sum(dtype=np.int64)), 1.0)


def _read_ink(ink: GrayImage, reading: NumberReading) -> npt.NDArray[np.bool_]:
    """Where the ink of the digits is, bool `(h, w)`, and the small marks beside them."""
    mask = np.zeros(ink.shape, np.bool_)
    for box in (*(digit.box for digit in reading.digits), *reading.unread):
        mask[_within(box)] = ink[_within(box)] > 0
    return mask
