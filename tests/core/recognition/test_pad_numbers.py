"""Numbers on the pad: strokes, a picture, and strokes on a picture, always with boxes in pad units."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from core.ink.drawing import Drawing, Stroke
from core.pad.content import PictureInk, blank_content
from core.recognition.pad_numbers import PadReader
from core.recognition.recognizer import Recognizer, Verdict
from tests.core.recognition.written_numbers import counted, ink_of, on_pad, write_digit, write_row


@pytest.fixture
def reader(shipped: Recognizer) -> PadReader:
    return PadReader(shipped.recognize)


@pytest.fixture
def picture() -> PictureInk:
    """27 on 600 x 300 pixels, each of two units, from the left edge of the pad."""
    return PictureInk(ink_of(write_row("27", left=20, top=50), width=600), place=(0.0, 100.0, 2.0))


def test_strokes(reader: PadReader) -> None:
    reading = reader.read(on_pad(write_row("27")))
    assert (reading.text, [digit.strokes for digit in reading.digits]) == ("27", [(0,), (1,)])


def test_a_blank_pad(reader: PadReader) -> None:
    assert reader.read(blank_content()).verdict is Verdict.BLANK


def test_boxes_of_a_picture_are_in_pad_units(reader: PadReader, picture: PictureInk) -> None:
    reading = reader.read(picture)
    assert reading.text == "27"
    for digit, strokes in zip(reading.digits, (write_digit(2, 20, 50), write_row("27", 20, 50)[1:]), strict=True):
        left, top, right, bottom = Drawing(tuple(strokes)).bounds()
        drawn = (2 * left, 100 + 2 * top, 2 * right, 100 + 2 * bottom)
        assert digit.box == pytest.approx(drawn, abs=16)  # half a pen


def test_what_is_left_out_of_a_picture_is_in_pad_units(reader: PadReader, picture: PictureInk) -> None:
    ink = picture.ink.copy()
    ink[230:246, 500:516] = 255  # a point
    reading = reader.read(replace(picture, ink=ink))
    assert (reading.text, reading.unread) == ("27", ((1000.0, 560.0, 1032.0, 592.0),))


def test_strokes_on_a_picture_are_read_with_it(reader: PadReader, picture: PictureInk) -> None:
    eight = write_digit(8, 750, 250, height=380)
    reading = reader.read(replace(picture, strokes=tuple(eight)))
    assert reading.text == "278"
    assert reading.digits[2].box == pytest.approx(on_pad(eight).bounds(), abs=30)
    assert reading.digits[0].box == pytest.approx(reader.read(picture).digits[0].box, abs=6)


def test_a_stroke_may_complete_a_digit_of_a_picture(reader: PadReader) -> None:
    angle, stem = write_digit(4, 100, 50)
    picture = PictureInk(ink_of([angle], width=400), place=(100.0, 200.0, 1.0))
    stem = replace(stem, points=stem.points + np.array([100, 200], np.float32), width=0.012)
    assert reader.read(replace(picture, strokes=(stem,))).text == "4"


def test_the_same_picture_is_read_once(shipped: Recognizer, picture: PictureInk) -> None:
    recognize, answers = counted(shipped.recognize)
    reader = PadReader(recognize)
    reading = reader.read(picture)
    once = len(answers)
    assert reader.read(picture) is reading and len(answers) == once > 0
    reader.read(replace(picture))
    assert len(answers) == 2 * once
    reader.forget()
    reader.read(picture)
    assert len(answers) == 3 * once


MODEL = "the-shipped-one"


@pytest.fixture
def refusing(shipped: Recognizer) -> PadReader:
    """A reader that knows the name of its model."""
    reader = PadReader(shipped.recognize)
    reader.forget(MODEL)
    return reader


def refused_picture(strokes: Sequence[Stroke]) -> PictureInk:
    """Strokes as a picture of 600 x 600 units in the lower right of the pad, in which `MODEL` found no digit."""
    return PictureInk(ink_of(strokes, 600, 600), place=(300.0, 300.0, 1.0), refused_by=MODEL)


def columns_of_ones() -> list[Stroke]:
    """As many parts as a page of text has, each of which can be read as a digit."""
    return [
        stroke for top in range(50, 550, 100) for left in range(30, 570, 40) for stroke in write_digit(1, left, top, 70)
    ]


def test_a_refused_picture_stays_refused_though_its_ink_could_be_read(refusing: PadReader) -> None:
    picture = refused_picture(write_row("27", left=20, top=50))
    assert refusing.read(replace(picture, refused_by="")).text == "27"
    reading = refusing.read(picture)
    assert (reading.text, reading.verdict, len(reading.digits)) == ("", Verdict.NOT_A_DIGIT, 1)
    left, top, right, bottom = reading.digits[0].box
    drawn = Drawing(tuple(write_row("27", left=320, top=350))).bounds()
    assert (left, top, right, bottom) == pytest.approx(drawn, abs=8)  # half a pen


def test_strokes_beside_a_refused_picture_are_read_by_themselves(refusing: PadReader) -> None:
    seven = write_digit(7, 60, 40)
    reading = refusing.read(replace(refused_picture(write_row("27", left=20, top=150)), strokes=tuple(seven)))
    assert (reading.text, reading.digits[0].strokes) == ("7", (0,))
    [unread] = reading.unread
    assert unread == pytest.approx(Drawing(tuple(write_row("27", left=320, top=450))).bounds(), abs=10)


def test_a_stroke_that_continues_a_refused_picture_is_read_with_it(refusing: PadReader) -> None:
    angle, stem = write_digit(4, 100, 50)
    picture = refused_picture([angle])
    stem = replace(stem, points=stem.points + np.array([300, 300], np.float32), width=0.012)
    assert refusing.read(replace(picture, strokes=(stem,))).text == "4"
    aside = replace(stem, points=stem.points + np.array([75, 0], np.float32))  # together they would still be a 4
    assert refusing.read(replace(picture, strokes=(aside,))).text == "1"


def test_a_stroke_that_makes_no_digit_of_a_refused_picture_is_read_by_itself(refusing: PadReader) -> None:
    seven = write_digit(7, 400, 500, height=300)
    reading = refusing.read(replace(refused_picture(write_row("27", left=20, top=150)), strokes=tuple(seven)))
    assert (reading.text, reading.digits[0].strokes, len(reading.unread)) == ("7", (0,), 1)


def test_no_stroke_makes_a_number_of_a_page_of_text(refusing: PadReader) -> None:
    picture = refused_picture(columns_of_ones())
    across = replace(write_digit(7, 280, 280, height=300)[0], width=0.05)
    reading = refusing.read(replace(picture, strokes=(across,)))
    assert (reading.text, len(reading.unread)) == ("7", 1)


@pytest.mark.parametrize(("strokes", "text"), [(write_row("27", left=20, top=50), "27"), (columns_of_ones(), "")])
def test_another_model_reads_what_one_refused_unless_it_is_a_page_of_text(
    refusing: PadReader, strokes: list[Stroke], text: str
) -> None:
    picture = refused_picture(strokes)
    assert refusing.read(picture).text == ""
    refusing.forget("another one")
    assert refusing.read(picture).text == text


def test_a_refused_picture_takes_one_answer_of_the_network(shipped: Recognizer) -> None:
    recognize, answers = counted(shipped.recognize)
    reader = PadReader(recognize)
    reader.forget(MODEL)
    reader.read(refused_picture(columns_of_ones()))
    assert len(answers) == 1
