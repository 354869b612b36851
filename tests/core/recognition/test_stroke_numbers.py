"""Numbers on the pad, made of the sample drawings: any order of strokes, slopes, rows, marks, and no needless work."""

import time
from dataclasses import replace

import numpy as np
import pytest

from core.ink.drawing import Drawing, Stroke
from core.recognition.numbers import NumberReading
from core.recognition.recognizer import Recognition, Recognizer, Verdict
from core.recognition.stroke_numbers import MAX_STROKES, StrokeReader
from tests.core.recognition.written_numbers import counted, dot, on_pad, write_digit, write_row


@pytest.fixture
def reader(shipped: Recognizer) -> StrokeReader:
    return StrokeReader(shipped.recognize)


def owners(reading: NumberReading) -> list[tuple[int, ...]]:
    return [digit.strokes for digit in reading.digits]


@pytest.mark.parametrize("digit", range(10))
def test_one_digit_stays_one(reader: StrokeReader, digit: int) -> None:
    reading = reader.read(on_pad(write_digit(digit, 400, 300)))
    assert (reading.text, reading.verdict, reading.is_single) == (str(digit), Verdict.DIGIT, True)
    assert reading.whole is reading.digits[0].recognition


@pytest.mark.parametrize("text", ["11", "111", "1111", "20", "4567", "5454", "90", "808", "0"])
def test_numbers(reader: StrokeReader, text: str) -> None:
    reading = reader.read(on_pad(write_row(text)))
    assert (reading.text, reading.verdict, reading.unread) == (text, Verdict.DIGIT, ())
    assert sorted(sum(owners(reading), ())) == [*range(len(write_row(text)))]


def test_a_number_has_the_product_of_the_confidences_and_no_digit(reader: StrokeReader) -> None:
    reading = reader.read(on_pad(write_row("27")))
    first, second = (digit.recognition.confidence for digit in reading.digits)
    assert reading.confidence == pytest.approx(first * second) and reading.confidence < min(first, second)
    assert reading.whole == Recognition(None, (0.0,) * 10, Verdict.DIGIT)


def test_boxes_are_those_of_the_strokes(reader: StrokeReader) -> None:
    five, two = write_digit(5, 100, 300), write_digit(2, 400, 310)
    boxes = [digit.box for digit in reader.read(on_pad([*five, *two])).digits]
    assert boxes == [Drawing(tuple(five)).bounds(), Drawing(tuple(two)).bounds()]


def test_a_late_stroke_goes_to_its_digit(reader: StrokeReader) -> None:
    angle, stem, *others = write_row("4715")
    reading = reader.read(on_pad([angle, *others, stem]))
    assert reading.text == "4715"
    assert owners(reading) == [(0, 5), (1,), (2,), (3, 4)]


def test_digits_may_be_written_in_any_order(reader: StrokeReader) -> None:
    strokes = write_row("28731")
    reading = reader.read(on_pad([strokes[place] for place in (3, 0, 4, 2, 1)]))
    assert (reading.text, owners(reading)) == ("28731", [(1,), (4,), (3,), (0,), (2,)])


@pytest.mark.parametrize("slope", [-0.2, -0.1, 0.1, 0.2])
def test_rows_may_slope(reader: StrokeReader, slope: float) -> None:
    assert reader.read(on_pad(write_row("20718", top=400, slope=slope))).text == "20718"


def test_two_rows_are_two_lines(reader: StrokeReader) -> None:
    reading = reader.read(on_pad(write_row("380", top=500) + write_row("27", top=200)))
    assert (reading.text, [digit.row for digit in reading.digits]) == ("27\n380", [0, 0, 1, 1, 1])
    assert owners(reading) == [(3,), (4,), (0,), (1,), (2,)]


def test_a_long_number_is_read_to_its_end(reader: StrokeReader) -> None:
    assert reader.read(on_pad(write_row("1274" * 15, gap=0.5))).text == "1274" * 15


def test_a_point_and_a_minus_sign_are_left_out(reader: StrokeReader) -> None:
    minus = Stroke(np.array([[20, 400], [90, 400]], np.float32))
    reading = reader.read(on_pad([minus, *write_row("28", left=190), dot(610, 495), *write_row("7", left=710)]))
    assert (reading.text, owners(reading)) == ("287", [(1,), (2,), (4,)])
    assert sorted(reading.unread) == [(20, 400, 90, 400), (610, 495, 610, 495)]


@pytest.mark.parametrize("gap", [20, 60, 100])
def test_a_point_close_by_changes_no_digit(reader: StrokeReader, gap: float) -> None:
    strokes = write_row("28", left=190)
    end = on_pad(strokes).bounds()[2]
    reading = reader.read(on_pad([*strokes, dot(end + gap, 495), *write_row("7", left=end + 2 * gap)]))
    assert reading.text == "287"


def lines(*ends: tuple[float, float, float, float]) -> list[Stroke]:
    """Straight strokes from end to end."""
    return [Stroke(np.linspace(end[:2], end[2:], 12).astype(np.float32)) for end in ends]


def ring(x: float, y: float, radius: float) -> Stroke:
    around = np.linspace(0, 2 * np.pi, 24)
    return Stroke((np.array([x, y]) + radius * np.stack([np.cos(around), np.sin(around)], axis=1)).astype(np.float32))


SIGNS = {
    "+": lines((0, 100, 100, 100), (50, 50, 50, 150)),
    "times": lines((10, 60, 90, 140), (90, 60, 10, 140)),
    "=": lines((0, 80, 90, 80), (0, 120, 90, 120)),
    ":": [dot(50, 60), dot(50, 150)],
    "-": lines((0, 100, 90, 100)),
    "divided by": [dot(50, 60), *lines((0, 100, 100, 100)), dot(50, 140)],
}


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("gap", [20, 60])
@pytest.mark.parametrize("is_backwards", [False, True])
def test_signs_between_digits_are_left_out(reader: StrokeReader, sign: str, gap: float, is_backwards: bool) -> None:
    strokes = write_row("52", 50)
    for text in ("3", "8"):  # 52+3+8
        end = on_pad(strokes).bounds()[2]
        left = on_pad(SIGNS[sign]).bounds()[0]
        signs = [Stroke(stroke.points + np.array([end + gap - left, 300], np.float32)) for stroke in SIGNS[sign]]
        strokes += signs[:: -1 if is_backwards else 1]
        strokes += write_row(text, on_pad(strokes).bounds()[2] + gap)
    reading = reader.read(on_pad(strokes))
    assert reading.text == "5238"
    assert len(reading.unread) >= 2
    assert sum(map(len, owners(reading))) == len(strokes) - 2 * len(SIGNS[sign])


@pytest.mark.parametrize("text", ["5", "50", "275"])
def test_a_percent_sign_is_left_out(reader: StrokeReader, text: str) -> None:
    strokes = write_row(text, 50)
    end = on_pad(strokes).bounds()[2] + 60
    sign = [ring(end + 30, 335, 30), *lines((end + 120, 300, end + 20, 500)), ring(end + 120, 465, 30)]
    reading = reader.read(on_pad([*strokes, *sign]))
    assert (reading.text, len(reading.unread)) == (text, 1)


@pytest.mark.parametrize(("over", "below"), [("1", "2"), ("9", "6"), ("12", "7"), ("3", "45")])
def test_a_fraction_is_two_rows(reader: StrokeReader, over: str, below: str) -> None:
    upper, lower = write_row(over, 200, 200), write_row(below, 200, 480)
    bar = lines((180, 440, on_pad([*upper, *lower]).bounds()[2] + 20, 440))
    reading = reader.read(on_pad([*upper, *bar, *lower]))
    assert (reading.text, reading.unread) == (f"{over}\n{below}", (on_pad(bar).bounds(),))


@pytest.mark.parametrize("times", [1, 2, 4])
def test_a_scribble_beside_digits_loses_none_of_them(reader: StrokeReader, times: float) -> None:
    strokes = [replace(stroke, points=stroke.points / 4) for stroke in write_row("2710384956", 50, 1600)]
    around = np.linspace(0, 20 * np.pi, 200)
    spiral = np.stack([np.cos(around), np.sin(around)], axis=1) * np.linspace(1, 25 * times, 200)[:, np.newaxis]
    reading = reader.read(on_pad([*strokes, Stroke((spiral + np.array([840, 425])).astype(np.float32))]))
    assert reading.text == "2710384956" and len(reading.unread) == 1


def test_a_column_of_lines_of_writing_is_no_one(reader: StrokeReader) -> None:
    """Each is like a word that is written without lifting the pen."""
    along = np.linspace(0, 12 * np.pi, 120)
    word = np.stack([along * 3 + 8 * np.sin(along), 14 * np.cos(along)], axis=1)
    column = [Stroke((word + np.array([300, 100 + 70 * line])).astype(np.float32)) for line in range(10)]
    reading = reader.read(on_pad(column))
    assert (reading.text, reading.verdict) == ("", Verdict.NOT_A_DIGIT)


def test_a_blank_drawing_has_nothing(reader: StrokeReader) -> None:
    reading = reader.read(Drawing(pad_side=1000))
    assert (reading.text, reading.confidence, reading.digits, reading.verdict) == ("", 0.0, (), Verdict.BLANK)


def test_an_unchanged_group_is_not_recognised_again(shipped: Recognizer) -> None:
    seen: list[bytes] = []

    def recognize(image: np.ndarray) -> Recognition:
        seen.append(image.tobytes())
        return shipped.recognize(image)

    reader, drawing = StrokeReader(recognize), on_pad(write_row("2714"))
    first = reader.read(drawing)
    assert len(seen) == len(set(seen)) >= 4
    assert reader.read(replace(drawing, strokes=tuple(drawing.strokes))).text == first.text == "2714"
    once = len(seen)
    longer = on_pad([*drawing.strokes, *write_digit(8, 800, 300)])
    again = reader.read(longer)
    added = len(seen) - once
    assert again.text == "27148" and [digit.normalized for digit in again.digits[:3]] == [
        digit.normalized for digit in first.digits[:3]
    ]
    reader.forget()
    reader.read(longer)
    assert len(seen) - once - added > added > 0


def test_a_scribble_of_thousands_of_strokes_takes_bounded_time(shipped: Recognizer) -> None:
    recognize, answers = counted(shipped.recognize)
    points = np.random.default_rng(1).uniform(0, 1000, (5000, 2, 2)).astype(np.float32)
    begun = time.process_time()
    reading = StrokeReader(recognize).read(on_pad([*map(Stroke, points)]))
    assert time.process_time() - begun < 10
    assert (reading.text, reading.verdict, len(answers)) == ("", Verdict.NOT_A_DIGIT, 1)


def test_a_scribble_just_within_the_limit_is_no_number(reader: StrokeReader) -> None:
    rng = np.random.default_rng(1)
    walks = rng.uniform(100, 900, (MAX_STROKES // 4, 1, 2)) + rng.uniform(-60, 60, (MAX_STROKES // 4, 8, 2)).cumsum(
        axis=1
    )
    reading = reader.read(on_pad([Stroke(walk.astype(np.float32)) for walk in walks]))
    assert (reading.text, reading.verdict) == ("", Verdict.NOT_A_DIGIT)
