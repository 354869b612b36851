"""Strokes put together into digits: each digit in all the strokes that people write it in, between other digits."""

import numpy as np
import pytest

from core.ink.drawing import Stroke
from core.recognition.numbers import NumberReading
from core.recognition.recognizer import Recognizer, Verdict
from core.recognition.stroke_numbers import StrokeReader
from tests.core.recognition.split_digits import ways, write_in_strokes
from tests.core.recognition.written_numbers import on_pad, write_digit, write_row

WAYS = list(ways())


@pytest.fixture
def reader(shipped: Recognizer) -> StrokeReader:
    return StrokeReader(shipped.recognize)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: f"{way[0]} {way[1]}")
@pytest.mark.parametrize("is_late", [False, True])
def test_a_digit_in_several_strokes_between_others(reader: StrokeReader, way: tuple[int, str], is_late: bool) -> None:
    for seed in range(6):
        rng = np.random.default_rng([seed, way[0]])
        others = [WAYS[place] for place in rng.integers(0, len(WAYS), 2)]
        digits = [others[0], way, others[1]][seed % 3 > 1 :]  # first, or in the middle
        written = write_in_strokes(digits, rng)
        strokes = [stroke for digit in written for stroke in digit]
        last = written[seed % 3 <= 1].pop() if is_late else None
        order = [stroke for digit in written for stroke in digit] + [last] * (last is not None)
        reading = reader.read(on_pad([stroke for stroke in order if stroke is not None]))
        assert len(order) == len(strokes)
        assert (reading.text, reading.verdict) == ("".join(str(digit) for digit, _ in digits), Verdict.DIGIT), seed


def line(*ends: tuple[float, float]) -> Stroke:
    """A straight stroke."""
    return Stroke(np.linspace(*ends, 12).astype(np.float32))


@pytest.mark.parametrize(("top", "bar"), [(top, bar) for bar in (55, 62) for top in (0, 20, 30, 40, 50)])
def test_the_stem_of_a_four_may_begin_anywhere_above_its_bar(reader: StrokeReader, top: float, bar: float) -> None:
    corner = np.array([148, 225], np.float32)
    angle = np.concatenate([line((28, 0), (5, bar)).points, line((5, bar), (48, bar)).points])
    four = [Stroke(points * (6, 5.5) + corner) for points in (angle, line((33, top), (33, 100)).points)]
    reading = reader.read(on_pad([*four, *write_digit(2, 548, 225, 550)]))
    assert (reading.text, reading.verdict, reading.unread) == ("42", Verdict.DIGIT, ())


def zigzag(left: float, top: float, width: float, height: float) -> Stroke:
    """Ink as large as a digit that is none."""
    points = [(left + width * (place % 2), top + height * place / 8) for place in range(9)]
    return Stroke(np.array(points, np.float32))


def plus(left: float, size: float) -> list[Stroke]:
    """The two strokes of a plus sign, in the middle of a row of samples."""
    middle = left + size / 2
    return [line((left, 400), (left + size, 400)), line((middle, 400 - size / 2), (middle, 400 + size / 2))]


def doubted(reading: NumberReading) -> list[int | None]:
    return [one.recognition.digit for one in reading.digits if one.recognition.verdict == Verdict.UNSURE]


def test_what_is_as_large_as_a_digit_and_left_out_makes_the_digit_beside_it_unsure(reader: StrokeReader) -> None:
    strokes = write_row("2837")
    end = on_pad(strokes).bounds()[2]
    reading = reader.read(on_pad([*strokes, zigzag(end + 60, 300, 120, 200)]))
    assert (reading.text, reading.verdict, len(reading.unread)) == ("2837", Verdict.UNSURE, 1)
    assert doubted(reading) == [7]


def test_a_sign_or_an_underline_makes_no_digit_unsure(reader: StrokeReader) -> None:
    strokes = write_row("28", 50)
    end = on_pad(strokes).bounds()[2]
    strokes += [*plus(end + 70, 120), *write_row("3", end + 260)]
    under = line((40, 540), (on_pad(strokes).bounds()[2], 545))
    reading = reader.read(on_pad([*strokes, under]))
    assert (reading.text, reading.verdict, len(reading.unread)) == ("283", Verdict.DIGIT, 2)


@pytest.mark.parametrize("count", [3, 7, 12])
@pytest.mark.parametrize("size", [80, 140, 200])
def test_a_sum_of_many_digits(reader: StrokeReader, count: int, size: float) -> None:
    text, strokes = "123456789123"[:count], write_row("1", 50)
    for digit in text[1:]:
        end = on_pad(strokes).bounds()[2]
        strokes += [*plus(end + 40, size), *write_row(digit, end + 80 + size)]
    reading = reader.read(on_pad(strokes))
    assert (reading.text, reading.verdict, len(reading.unread)) == (text, Verdict.DIGIT, count - 1)


@pytest.mark.parametrize("times", [2.5, 3, 4, 8])
@pytest.mark.parametrize("text", ["28", "283", "1007"])
@pytest.mark.parametrize("is_first", [False, True])
def test_a_stroke_far_higher_than_digits_is_left_out(
    reader: StrokeReader, times: float, text: str, is_first: bool
) -> None:
    strokes = write_row(text, 150)
    edges = on_pad(strokes).bounds()
    x = edges[0] - 60 if is_first else edges[2] + 60
    margin = line((x, 400 - 100 * times), (x + 5, 400 + 100 * times))
    reading = reader.read(on_pad([margin, *strokes]))
    assert (reading.text, reading.unread) == (text, (on_pad([margin]).bounds(),))
    assert sum((digit.strokes for digit in reading.digits), ()) == tuple(range(1, len(strokes) + 1))
    assert reading.verdict == Verdict.UNSURE and len(doubted(reading)) == 1


@pytest.mark.parametrize("text", ["28", "4090"])
def test_several_strokes_far_higher_than_digits_are_left_out(reader: StrokeReader, text: str) -> None:
    """As the lines of squared paper along an edge of the picture."""
    strokes = write_row(text, 150)
    left, _, right, _ = on_pad(strokes).bounds()
    margins = [line((x, 30), (x + 5, 790)) for x in (left - 120, left - 60, right + 60)]
    reading = reader.read(on_pad([*margins, *strokes]))
    assert (reading.text, len(reading.unread)) == (text, 3)
    assert reading.verdict == Verdict.UNSURE


def test_a_high_digit_beside_lower_marks_is_read(reader: StrokeReader) -> None:
    """A 5 with three points, and the rings of a percent sign on both sides of its stroke."""
    five = write_digit(5, 100, 300)
    points = [Stroke(np.array([[x, 480], [x, 490]], np.float32)) for x in (320, 360, 400)]
    assert reader.read(on_pad([*five, *points])).text == "5"
    around = np.linspace(0, 2 * np.pi, 24)
    ring = np.stack([np.cos(around), np.sin(around)], axis=1) * 30
    rings = [Stroke((ring + corner).astype(np.float32)) for corner in ((130, 335), (230, 465))]
    assert reader.read(on_pad([rings[0], line((220, 300), (140, 500)), rings[1]])).text not in ("00", "000")


@pytest.mark.parametrize("free", [0, 10, 20])
def test_rows_that_nearly_touch_stay_rows(reader: StrokeReader, free: float) -> None:
    reading = reader.read(on_pad([*write_row("2714", 100, 200), *write_row("380", 100, 400 + free)]))
    assert (reading.text, reading.verdict) == ("2714\n380", Verdict.DIGIT)
