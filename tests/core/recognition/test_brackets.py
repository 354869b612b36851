"""Brackets are left out: in pairs, or one at the right; ones are ones, however they are bowed."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from core.ink.drawing import Stroke
from core.recognition.brackets import without_brackets
from core.recognition.image_numbers import read_ink
from core.recognition.ink_digits import read_ink_as_one
from core.recognition.numbers import BLANK_READING, NumberReading, ReadDigit
from core.recognition.recognizer import Recognition, Recognizer, Verdict
from tests.core.recognition.written_numbers import Gray, ink_of, write_row

TOP, HEIGHT = 50, 200


def recognition(digit: int) -> Recognition:
    return Recognition(digit, tuple(float(place == digit) for place in range(10)), Verdict.DIGIT)


def bowed(left: float, bow: float, height: float = 1.2 * HEIGHT) -> Stroke:
    """An upright line from `left`, whose middle is `bow` heights further right than its ends."""
    along = np.linspace(-1, 1, 40)
    x = left + bow * height * (1 - along**2)
    y = TOP + HEIGHT / 2 + along * height / 2
    return Stroke(np.stack([x, y], axis=1).astype(np.float32))


def line(left: float, bow: float, height: float = 1.2 * HEIGHT, digit: int = 1) -> ReadDigit:
    """A bowed line that was read as a `digit`."""
    read = read_ink_as_one(ink_of([bowed(left, bow, height)]), lambda _: recognition(digit))
    return replace(read, row=0)


def seven(left: float) -> ReadDigit:
    return read_ink_as_one(ink_of(write_row("7", left, TOP)), lambda _: recognition(7))


def text_without(*digits: ReadDigit) -> str:
    return without_brackets(NumberReading(digits)).text


def test_a_pair_is_left_out_and_not_lost() -> None:
    opening, closing = line(60, -0.06), line(400, 0.06)
    unread = (0.0, 0.0, 5.0, 5.0)
    reading = without_brackets(NumberReading((opening, seven(150), closing), (unread,)))
    assert reading.text == "7"
    assert set(reading.unread) == {unread, opening.box, closing.box}


@pytest.mark.parametrize(
    ("opening", "closing", "text"),
    [
        (-0.06, 0.06, "7"),
        (-0.04, 0.04, "7"),
        (-0.06, 0.0, "171"),  # never a lone one at the left
        (0.0, 0.06, "17"),
        (-0.02, 0.02, "171"),
        (0.06, -0.06, "171"),  # bowed towards the digit
        (0.0, 0.0, "171"),
    ],
)
def test_both_are_bowed_around_the_digit(opening: float, closing: float, text: str) -> None:
    assert text_without(line(60, opening), seven(150), line(400, closing)) == text


@pytest.mark.parametrize(("bow", "text"), [(0.08, "7"), (0.06, "7"), (0.04, "71"), (0.0, "71"), (-0.08, "71")])
def test_a_lone_one_at_the_right_is_more_bowed(bow: float, text: str) -> None:
    assert text_without(seven(100), line(400, bow)) == text


def test_a_lone_one_at_the_left_is_a_one() -> None:
    assert text_without(line(60, -0.08), seven(150)) == "17"


def test_a_bracket_is_taller_than_the_digit_and_read_as_a_one() -> None:
    assert text_without(seven(100), line(400, 0.08, 0.9 * HEIGHT)) == "71"
    assert text_without(seven(100), line(400, 0.08, digit=2)) == "72"
    assert text_without(line(60, -0.08, 0.9 * HEIGHT), seven(150), line(400, 0.06)) == "17"


def test_what_is_wide_or_no_even_curve_is_no_bracket() -> None:
    assert text_without(seven(100), line(400, 0.25)) == "7"
    assert text_without(seven(100), line(400, 0.31)) == "71"
    corner = Stroke(np.array([[400, 30], [440, 150], [400, 270]], np.float32))
    assert text_without(seven(100), read_ink_as_one(ink_of([corner]), lambda _: recognition(1))) == "71"


def test_rows_and_single_digits_have_no_brackets() -> None:
    assert without_brackets(BLANK_READING) is BLANK_READING
    assert text_without(line(60, 0.08)) == "1"
    assert text_without(seven(100), replace(line(400, 0.08), row=1)) == "7\n1"


def ink_between(text: str, *brackets: Stroke) -> Gray:
    return ink_of([*write_row(text, 150, TOP), *brackets])


@pytest.mark.parametrize("text", ["7", "42", "305"])
def test_numbers_in_brackets_are_read(shipped: Recognizer, text: str) -> None:
    end = cv2.boundingRect(ink_of(write_row(text, 150, TOP)))
    opening, closing = bowed(110, -0.08), bowed(end[0] + end[2] + 20, 0.08)
    reading = read_ink(ink_between(text, opening, closing), shipped.recognize)
    assert (reading.text, len(reading.unread)) == (text, 2)
    reading = read_ink(ink_between(text, closing), shipped.recognize)
    assert (reading.text, len(reading.unread)) == (text, 1)


@pytest.mark.parametrize("bow", [-0.03, 0.0, 0.03])
def test_a_slightly_bowed_one_stays_a_one(shipped: Recognizer, bow: float) -> None:
    ink = ink_of([bowed(80, bow, HEIGHT), *write_row("88", 150, TOP)])
    assert read_ink(ink, shipped.recognize).text == "188"
    ink = ink_of([*write_row("88", 150, TOP), bowed(600, bow, 1.1 * HEIGHT)])
    assert read_ink(ink, shipped.recognize).text == "881"
