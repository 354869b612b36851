"""Numbers in ink of pictures: parts are put together or cut where digits touch, and a single digit is not cut."""

from dataclasses import replace
from itertools import pairwise

import cv2
import numpy as np
import pytest

from core.recognition.image_numbers import read_ink
from core.recognition.ink_digits import read_ink_as_one
from core.recognition.ink_pieces import InkPieces
from core.recognition.recognizer import Recognizer, Verdict
from tests.core.recognition.written_numbers import Gray, ink_of, write_digit, write_row


def parts_of(ink: Gray) -> int:
    return cv2.connectedComponents((ink > 0).astype(np.uint8))[0] - 1


def box_of(ink: Gray) -> tuple[float, ...]:
    left, top, width, height = cv2.boundingRect(ink)
    return float(left), float(top), float(left + width), float(top + height)


def test_blank_ink_has_nothing(shipped: Recognizer) -> None:
    assert read_ink(np.zeros((50, 50), np.uint8), shipped.recognize).digits == ()
    assert read_ink(np.full((50, 50), 5, np.uint8), shipped.recognize).digits == ()


@pytest.mark.parametrize("pen", [6, 12, 24, 36])
@pytest.mark.parametrize("digit", range(10))
def test_a_single_digit_is_not_cut(shipped: Recognizer, digit: int, pen: int) -> None:
    ink = ink_of(write_digit(digit, 100, 50), pen=pen)
    reading = read_ink(ink, shipped.recognize)
    assert (reading.text, reading.verdict, reading.is_single) == (str(digit), Verdict.DIGIT, True)
    assert reading.digits[0].box == pytest.approx(box_of(ink), abs=1)


@pytest.mark.parametrize("text", ["28", "111", "2718", "4545"])
def test_digits_apart_have_boxes_of_their_own(shipped: Recognizer, text: str) -> None:
    ink = ink_of(write_row(text, top=50))
    reading = read_ink(ink, shipped.recognize)
    assert (reading.text, reading.unread) == (text, ())
    boxes = [digit.box for digit in reading.digits]
    assert all(left[2] < right[0] for left, right in pairwise(boxes))
    assert (boxes[0][0], boxes[-1][2]) == pytest.approx((box_of(ink)[0], box_of(ink)[2]), abs=1)


@pytest.mark.parametrize("text", ["22", "33", "35", "44", "46", "55", "63", "77", "83", "92"])
def test_digits_that_touch_are_cut(shipped: Recognizer, text: str) -> None:
    ink = ink_of(write_row(text, top=50, gap=0.0))
    assert parts_of(ink) == 1
    reading = read_ink(ink, shipped.recognize)
    assert (reading.text, reading.verdict) == (text, Verdict.DIGIT)
    (first, second), middle = (digit.box for digit in reading.digits), np.mean(box_of(ink)[::2])
    assert first[2] == pytest.approx(middle, abs=60) and second[0] == pytest.approx(middle, abs=60)


def test_a_bar_apart_from_its_digit_is_put_together_with_it(shipped: Recognizer) -> None:
    bar, hook = write_digit(5, 60, 60)[::-1]
    for first, second in ((bar, hook), (hook, bar)):
        if first.points[:, 1].max() < second.points[:, 1].max():
            ink = ink_of(
                [
                    replace(first, points=first.points - np.array([-8, 18], np.float32)),
                    second,
                    *write_row("28", 260, 60),
                ]
            )
    assert parts_of(ink) == 4
    reading = read_ink(ink, shipped.recognize)
    assert (reading.text, reading.unread) == ("528", ())


def test_specks_and_faint_rims_are_nothing(shipped: Recognizer) -> None:
    ink = ink_of(write_row("28", left=60, top=50))
    ink[10:14, 10:14] = 255
    ink[280:, 500:] = 20
    reading = read_ink(ink, shipped.recognize)
    assert (reading.text, reading.unread) == ("28", ())
    assert reading.digits[0].box[0] > 40


def test_rows_are_lines(shipped: Recognizer) -> None:
    ink = ink_of(write_row("27", top=50) + write_row("380", top=350), height=600)
    reading = read_ink(ink, shipped.recognize)
    assert (reading.text, [digit.row for digit in reading.digits]) == ("27\n380", [0, 0, 1, 1, 1])


@pytest.mark.parametrize("letters", ["AH", "XK", "M"])
def test_cuts_make_no_digits_of_wide_letters(shipped: Recognizer, letters: str) -> None:
    ink = np.zeros((200, 400), np.uint8)
    cv2.putText(ink, letters, (30, 150), cv2.FONT_HERSHEY_SIMPLEX, 4, 255, 12, cv2.LINE_AA)
    assert read_ink(ink, shipped.recognize).verdict is not Verdict.DIGIT


def test_read_as_one_takes_all_ink_for_one_digit(shipped: Recognizer) -> None:
    ink = ink_of(write_row("28", left=60, top=50))
    read = read_ink_as_one(ink, shipped.recognize)
    assert read.box == pytest.approx(box_of(ink), abs=1)
    four = ink_of(write_digit(4, 300, 50))
    read = read_ink_as_one(four, shipped.recognize)
    assert read.recognition.digit == 4


def test_pieces_have_a_place_for_each_cut(shipped: Recognizer) -> None:
    pieces = InkPieces(ink_of(write_row("55", left=60, top=50, gap=0.0)), shipped.recognize)
    [whole] = pieces.boxes
    pieces.tell_apart()
    assert len(pieces.boxes) > 1
    around = np.array(pieces.boxes)
    assert (*around[:, :2].min(axis=0), *around[:, 2:].max(axis=0)) == whole
    assert pieces.digit(range(len(pieces.boxes))).box == pytest.approx(whole, abs=1)


@pytest.mark.parametrize("text", ["35", "44", "92"])
def test_digits_that_touch_are_told_apart_beside_others(shipped: Recognizer, text: str) -> None:
    strokes = write_row(text, top=50, gap=0.0)
    end = max(float(stroke.points[:, 0].max()) for stroke in strokes)
    ink = ink_of([*strokes, *write_row("7", left=end + 60, top=50)])
    assert parts_of(ink) == 2
    assert read_ink(ink, shipped.recognize).text == f"{text}7"


def test_crosses_on_a_page_of_digits_are_left_out(shipped: Recognizer) -> None:
    strokes = [stroke for row in range(4) for stroke in write_row("280639", top=50 + 300 * row, gap=0.5)]
    ink = ink_of(strokes, height=1250, width=2200)
    for place in range(8):
        x, y = 1700 + 220 * (place % 2), 80 + 300 * (place // 2)
        cv2.line(ink, (x, y), (x + 150, y + 150), 255, 12, cv2.LINE_AA)
        cv2.line(ink, (x + 150, y), (x, y + 150), 255, 12, cv2.LINE_AA)
    reading = read_ink(ink, shipped.recognize)
    assert (reading.text, len(reading.unread)) == ("\n".join(["280639"] * 4), 8)
