"""Read the digit or the number in a picture: several ways to see ink in it, and the network judges which one holds."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from core.ink.arrays import GrayImage
from core.pictures.ink_layers import InkLayer, ink_layers
from core.pictures.reading import OpenedPicture, open_picture
from core.recognition.bounded_answers import BoundedAnswers, BudgetSpentError
from core.recognition.image_numbers import InkReader, refused_as_one
from core.recognition.ink_digits import read_ink_as_one
from core.recognition.numbers import BLANK_READING, NumberReading, doubted_number, refused_number
from core.recognition.plausibility import Seen, judged, sure_digits
from core.recognition.recognizer import Recognizer
from core.recognition.sheets import OnParts, ignore_parts
from core.recognition.stroke_numbers import Recognize


@dataclass(frozen=True, slots=True, eq=False)
class PictureNumber:
    """What was read in a picture.

    Attributes
    ----------
    picture
        The picture.
    reading
        The number, with boxes in original pixels.
    ink
        uint8 `(h, w)`: the ink that was read, bright on 0, as large as the searched picture.
    """

    picture: OpenedPicture
    reading: NumberReading
    ink: GrayImage | None = None


def read_picture_number(content: bytes, recognizer: Recognizer, *, is_single: bool = False) -> PictureNumber:
    """Read the number in a picture file; with `is_single` one digit, whatever there is.

    Raises
    ------
    PictureError
        When it cannot be read, as `open_picture` says.
    """
    return read_opened(open_picture(content), recognizer.recognize, is_single=is_single)


def read_opened(
    opened: OpenedPicture, recognize: Recognize, *, is_single: bool = False, on_parts: OnParts = ignore_parts
) -> PictureNumber:
    """Read the number in an opened picture; a blank one has an empty reading.

    `on_parts` is called for each way to see the picture, as `InkReader` says. When its budget of answers is spent, the
    best way so far counts, and is doubted unless it is likely.
    """
    search = _Search(opened, recognize, on_parts, is_single=is_single)
    is_settled = search.run()
    best = search.best
    reading = best.reading
    if not best.is_plausible:
        reading = refused_number(reading)
    elif not is_settled:
        reading = doubted_number(reading)
    return PictureNumber(opened, reading.placed(opened.in_original), best.ink)


_Way = tuple[InkLayer, Iterator[NumberReading]]
"""A layer, and what is read in it in one or two ways."""


class _Search:
    """The search for the best way to see a picture.

    Digits that touch are told apart at once beside others, and late where none is seen: that is costly, and what is ink
    in none but the wrong tone often looks like digits that touch.
    """

    def __init__(self, opened: OpenedPicture, recognize: Recognize, on_parts: OnParts, *, is_single: bool) -> None:
        self._opened = opened
        self._is_single = is_single
        self._answers = BoundedAnswers(recognize, opened.tones[0].size)
        self._reader = InkReader(self._answers, on_parts)
        self.best = Seen(math.inf, BLANK_READING, None)

    def run(self) -> bool:
        """Find it; whether others that could change what is read were tried, too."""
        ways = self._whole_ways() if self._is_single else self._all_ways()
        first: InkLayer | None = None
        try:
            for layer, readings in ways:
                first = first or layer
                for reading in readings:
                    self.best = min(self.best, judged(reading, layer, is_first=layer is first), key=Seen.improbability)
                    if self.best.is_convincing and self.best.is_used_up:
                        break
                if self.best.is_convincing and not layer.has_more:
                    return True
                if self._answers.is_spent:
                    return self.best.is_certain
        except BudgetSpentError:  # also from the choice of the next way, which looks at what was read
            if self.best.ink is None:
                self.best = Seen(math.inf, refused_as_one(layer.ink, self._answers), layer.ink)
            return self.best.is_certain
        return True

    def _all_ways(self) -> Iterator[_Way]:
        waiting: list[InkLayer] = []
        for layer, readings in self._whole_ways():
            yield layer, readings
            if sure_digits(self._reader.read_whole(layer.ink)):
                yield from self._parted_ways([layer])
            else:
                waiting.append(layer)
            if self._answers.is_half_spent:
                yield from self._parted_ways(waiting)
                waiting.clear()
        yield from self._parted_ways(waiting)

    def _whole_ways(self) -> Iterator[_Way]:
        """Each layer, read with digits that touch left whole."""
        for gray in self._opened.tones:
            for layer in ink_layers(gray, is_lossy=self._opened.is_lossy):
                self._answers.count_layer(layer.ink.size)
                yield layer, self._whole(layer)

    def _parted_ways(self, layers: Sequence[InkLayer]) -> Iterator[_Way]:
        """Those of `layers` that may be the best yet where digits that touch are told apart."""
        for layer in layers:
            if self.best.may_be_exceeded(layer):
                yield layer, self._parted(layer)

    def _whole(self, layer: InkLayer) -> Iterator[NumberReading]:
        """All ink as a number, and what looks most like one digit, as one: first that when there is nothing else."""
        one = np.where(layer.digit, layer.ink, np.uint8(0))
        if not self._is_single and layer.parts > 1:
            yield self._reader.read_whole(layer.ink)
        yield NumberReading((read_ink_as_one(one, self._answers),))
        if not self._is_single and layer.parts == 1:
            yield self._reader.read_whole(layer.ink)

    def _parted(self, layer: InkLayer) -> Iterator[NumberReading]:
        """All ink as a number with digits told apart, if there are any that touch."""
        parted = self._reader.told_apart(layer.ink)
        if parted is not None:
            yield parted
