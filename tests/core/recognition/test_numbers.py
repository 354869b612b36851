"""Numbers with marks that are no digits: signs and underlines take no digit with them, strangers make it no number."""

from collections.abc import Sequence

import numpy as np
import pytest

from core.digits.normalize import NormalizedDigit
from core.ink.drawing import Stroke
from core.recognition.grouping import read_pieces
from core.recognition.image_numbers import read_ink
from core.recognition.numbers import NumberReading, ReadDigit
from core.recognition.recognizer import Recognition, Recognizer, Verdict
from core.recognition.rows import Box, box_around
from core.recognition.stroke_numbers import StrokeReader
from tests.core.recognition.written_numbers import ink_of, on_pad, write_row

IMAGE = np.zeros((28, 28), np.uint8)


def sure(digit: int, confidence: float = 0.99, no_digit: float = 0.0) -> Recognition:
    rest = (1 - confidence) / 9
    probabilities = tuple(confidence if place == digit else rest for place in range(10))
    return Recognition(digit, probabilities, Verdict.DIGIT, no_digit)


NONE = Recognition(0, (0.1,) * 10, Verdict.NOT_A_DIGIT, no_digit=0.999)


class Boxes:
    """Pieces that are read as `answers` say, by their numbers."""

    def __init__(self, boxes: Sequence[Box], answers: dict[tuple[int, ...], Recognition]) -> None:
        self.boxes = boxes
        self._answers = answers

    def digit(self, pieces: Sequence[int]) -> ReadDigit:
        said = self._answers.get(tuple(sorted(pieces)), NONE)
        box = box_around([self.boxes[piece] for piece in pieces])
        return ReadDigit(
            said, NormalizedDigit(IMAGE, IMAGE[4:24, 4:24], IMAGE, (*box[:2], box[2] - box[0]), (0, 0), 2.7), box
        )


def read(boxes: Sequence[Box], answers: dict[tuple[int, ...], Recognition]) -> NumberReading:
    return read_pieces(Boxes(boxes, answers), 100)


SEVEN: Box = (100, 0, 160, 100)
EIGHT: Box = (200, 0, 260, 100)
MINUS: Box = (40, 48, 85, 54)
LINE: Box = (90, 120, 270, 126)


def test_a_minus_sign_takes_no_digit_with_it() -> None:
    """Together the two are no digit, however sure that is; the digit alone is a doubtful one."""
    reading = read([MINUS, SEVEN], {(1,): sure(7, 0.3, 0.3)})
    assert (reading.text, reading.unread) == ("7", (MINUS,))


def test_a_mark_and_a_digit_that_are_one_digit_together_are_one() -> None:
    bar: Box = (150, 0, 190, 8)
    reading = read([SEVEN, bar, EIGHT], {(0, 1): sure(5), (0,): sure(6, 0.5, 0.4), (2,): sure(8)})
    assert (reading.text, reading.unread) == ("58", ())


@pytest.mark.parametrize("text", ["7", "78"])
def test_an_underline_is_left_out(text: str) -> None:
    boxes = [*[SEVEN, EIGHT][: len(text)], LINE]
    answers = {(place,): sure(int(digit)) for place, digit in enumerate(text)}
    reading = read(boxes, answers | {(len(text),): sure(1, 0.9)})
    assert (reading.text, reading.unread) == (text, (LINE,))


def test_an_underline_parts_no_digit() -> None:
    """Its middle lies between those of the two strokes of a 4."""
    angle, stem = (100, 0, 160, 70), (130, 30, 170, 100)
    line: Box = (90, 120, 190, 126)
    for order in ((0, 1, 2), (2, 0, 1), (1, 2, 0)):
        boxes: list[Box] = [(angle, stem, line)[place] for place in order]
        four = tuple(sorted((order.index(0), order.index(1))))
        reading = read(boxes, {four: sure(4)})
        assert (reading.text, reading.unread) == ("4", (line,))


def test_underlines_are_no_strangers() -> None:
    lines: list[Box] = [(90, 115, 270, 120), (90, 130, 270, 135)]
    reading = read([SEVEN, EIGHT, *lines], {(0,): sure(7), (1,): sure(8)})
    assert (reading.text, set(reading.unread)) == ("78", set(lines))


@pytest.mark.parametrize(
    ("strangers", "is_number"),
    [
        ([], True),
        ([(300, 0, 360, 100)], True),  # one letter beside two digits
        ([(300, 0, 360, 100), (400, 0, 460, 100)], False),  # two
        ([(300, 40, 360, 70), (400, 40, 460, 70), (500, 95, 505, 100)], True),  # signs and a point
        ([(300, 40, 360, 90), (400, 40, 460, 90)], False),  # small letters
        ([(300, 48, 420, 52), (450, 48, 570, 52)], False),  # long lines
    ],
)
def test_with_too_many_strangers_it_is_no_number(strangers: list[Box], is_number: bool) -> None:
    reading = read([SEVEN, EIGHT, *strangers], {(0,): sure(7), (1,): sure(8)})
    if is_number:
        assert (reading.text, sorted(reading.unread)) == ("78", sorted(strangers))
    else:
        assert (reading.text, reading.verdict, len(reading.digits)) == ("", Verdict.NOT_A_DIGIT, 1)


def test_in_a_long_row_sure_digits_are_not_tried_in_groups() -> None:
    boxes: list[Box] = [(70 * place, 0, 70 * place + 60, 100) for place in range(20)]
    tried: list[tuple[int, ...]] = []

    class Counted(Boxes):
        def digit(self, pieces: Sequence[int]) -> ReadDigit:
            tried.append(tuple(pieces))
            return super().digit(pieces)

    answers = {(place,): sure(place % 10) for place in range(20)} | {(4, 5): sure(3, 0.999)}
    assert read_pieces(Counted(boxes, answers), 100).text == "01234567890123456789"
    assert {len(pieces) for pieces in tried} == {1}


def minus(left: float) -> Stroke:
    return Stroke(np.array([[left, 400], [left + 70, 402]], np.float32))


@pytest.mark.parametrize("gap", [15, 40, 80])
@pytest.mark.parametrize("digit", range(10))
def test_the_digit_after_a_minus_sign_is_read(shipped: Recognizer, digit: int, gap: int) -> None:
    strokes = [minus(100), *write_row(str(digit), left=170 + gap)]
    assert StrokeReader(shipped.recognize).read(on_pad(strokes)).text == str(digit)


@pytest.mark.parametrize("text", ["4", "8", "27", "44", "305"])
def test_an_underlined_number_is_read(shipped: Recognizer, text: str) -> None:
    strokes = write_row(text, left=150, top=50)
    end = on_pad(strokes).bounds()[2]
    strokes.append(Stroke(np.array([[130, 300], [end + 20, 305]], np.float32)))
    for reading in (
        StrokeReader(shipped.recognize).read(on_pad(strokes)),
        read_ink(ink_of(strokes, height=350, pen=8), shipped.recognize),
    ):
        assert (reading.text, len(reading.unread)) == (text, 1)
