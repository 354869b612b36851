"""Straight cuts part digits that touch: where little ink is cut through, and the network reads both sides."""

import math

import numpy as np
import pytest

from core.pictures.thinning import Mask
from core.recognition.ink_digits import read_ink_as_one
from core.recognition.recognizer import Recognition, Recognizer, Verdict
from core.recognition.straight_cuts import ReadPart, cut_apart
from tests.core.recognition.written_numbers import HEIGHT, ink_of, write_digit, write_row

NOTHING = Recognition(0, (0.1,) * 10, Verdict.NOT_A_DIGIT, no_digit=0.999)


def reader(recognizer: Recognizer) -> ReadPart:
    def read(part: Mask) -> Recognition:
        return read_ink_as_one(np.where(part, np.uint8(255), np.uint8(0)), recognizer.recognize).recognition

    return read


@pytest.mark.parametrize("text", ["22", "44", "63", "77"])
@pytest.mark.parametrize("slope", [-0.15, 0.0, 0.15])
def test_digits_that_touch_at_one_place_are_cut_apart(shipped: Recognizer, text: str, slope: float) -> None:
    ink = ink_of(write_row(text, top=70, slope=slope, gap=0.0)) > 0
    found = cut_apart(ink, reader(shipped), HEIGHT)
    said = [reader(shipped)(part) for part in found.digits]
    assert "".join(str(one.digit) for one in said) == text
    assert 0 > math.log(math.prod(one.probability for one in said)) > found.score
    assert (np.sum(found.digits, axis=0) == ink).all()  # each pixel is in one digit


def test_what_is_sure_is_not_cut(shipped: Recognizer) -> None:
    for digit in range(10):
        ink = ink_of(write_digit(digit, 100, 50)) > 0
        assert len(cut_apart(ink, reader(shipped), HEIGHT).digits) == 1


def test_ink_of_which_nothing_can_be_read_stays_whole_after_a_few_answers() -> None:
    asked: list[int] = []

    def read(part: Mask) -> Recognition:
        asked.append(int(part.sum()))
        return NOTHING

    ink = ink_of(write_digit(8, 100, 50) + write_digit(8, 200, 50)) > 0
    assert len(cut_apart(ink, read, HEIGHT).digits) == 1
    assert 2 <= len(asked) <= 9
