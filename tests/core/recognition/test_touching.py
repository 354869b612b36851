"""Digits that touch are told apart: the best way to deal strokes wins, what is sure stays whole, work is bounded."""

import math
from itertools import pairwise, product

import cv2
import numpy as np
import pytest

from core.pictures.stroke_graph import Box, StrokeGraph, stroke_graph
from core.recognition.image_numbers import read_ink
from core.recognition.recognizer import Recognition, Recognizer, Verdict
from core.recognition.touching import ReadEdges, Separated, separate
from tests.core.recognition.written_numbers import Gray, counted, ink_of, write_digit, write_row

HEIGHT = 100.0
NOTHING = Recognition(0, (0.1,) * 10, Verdict.NOT_A_DIGIT, no_digit=0.999)


def said(confidence: float) -> Recognition:
    return Recognition(3, (0.0,) * 3 + (confidence,) + (0.0,) * 6, Verdict.DIGIT)


def graph_of(boxes: list[Box], nodes: list[int], *, meets: bool = False) -> StrokeGraph:
    nothing = np.zeros((1, 1), np.int32)
    return StrokeGraph(nothing > 0, nothing, tuple(boxes), tuple(nodes), (meets,) * len(nodes))


def chain(count: int) -> StrokeGraph:
    """Pieces of a line, each 50 wide and 100 high, from left to right."""
    boxes = [(50 * place, 0, 50 * (place + 1), 100) for place in range(count)]
    return graph_of(boxes, [0b11 << place for place in range(count - 1)])


def reader(digits: dict[int, float]) -> tuple[ReadEdges, list[int]]:
    """Reads the sets of edges in `digits` with a confidence, and nothing else; and the list of what it has read."""
    asked: list[int] = []

    def read(edges: int) -> Recognition:
        asked.append(edges)
        return said(digits[edges]) if edges in digits else NOTHING

    return read, asked


def separated(graph: StrokeGraph, *digits: int) -> tuple[int, ...]:
    """What `graph` falls into where `digits` are read for sure."""
    return separate(graph, reader(dict.fromkeys(digits, 0.99))[0], HEIGHT).digits


@pytest.mark.parametrize(
    "digits",
    [
        (0b0011, 0b1100),
        (0b0001, 0b1110),
        (0b0111, 0b1000),
        (0b0001, 0b0110, 0b1000),
        (0b0001, 0b0010, 0b0100, 0b1000),
    ],
)
def test_digits_are_cut_where_they_can_be_read(digits: tuple[int, ...]) -> None:
    assert separated(chain(4), *digits) == digits


def test_ink_that_has_no_digits_stays_whole() -> None:
    whole = separate(chain(4), reader({})[0], HEIGHT)
    assert whole.digits == (0b1111,)
    assert whole.score < math.log(0.01)
    assert separated(chain(4), 0b0001) == (0b1111,)
    assert separated(chain(5), *(1 << edge for edge in range(5))) == (0b11111,)  # five digits are too many


def test_what_is_left_is_cut_anew_where_more_digits_may_be_in_it() -> None:
    """After two digits, the last three pieces are too many; after the same pieces as one digit, they are not."""
    read, _ = reader({0b00011: 0.9, **{1 << edge: 0.99 for edge in range(5)}})
    assert separate(chain(5), read, HEIGHT).digits == (0b00011, 0b00100, 0b01000, 0b10000)


def test_what_is_sure_is_not_cut() -> None:
    read, asked = reader({0b11: 0.95, 0b01: 1.0, 0b10: 1.0})
    assert separate(chain(2), read, HEIGHT) == Separated((0b11,), math.log(0.95))
    assert asked == [0b11]
    read, asked = reader({0b11: 0.6, 0b01: 1.0, 0b10: 1.0})
    assert separate(chain(2), read, HEIGHT).digits == (0b01, 0b10)


def test_what_is_narrow_is_not_cut() -> None:
    boxes = [(0, 0, 20, 100), (20, 0, 40, 100)]
    read, asked = reader({0b01: 1.0, 0b10: 1.0})
    assert separate(graph_of(boxes, [0b11]), read, HEIGHT).digits == (0b11,)
    assert asked == [0b11]


def test_the_score_is_that_of_all_digits_less_the_cuts() -> None:
    def score(graph: StrokeGraph) -> float:
        return separate(graph, reader({0b01: 0.9, 0b10: 0.8})[0], HEIGHT).score

    boxes = [(0, 0, 50, 100), (50, 0, 100, 100)]
    at_meeting = score(graph_of(boxes, [0b11], meets=True))
    assert score(chain(2)) < at_meeting < math.log(0.9 * 0.8)
    overlapping = graph_of([(0, 0, 70, 100), (50, 0, 120, 100)], [0b11], meets=True)
    assert score(overlapping) < at_meeting


def test_of_two_ways_the_more_probable_wins() -> None:
    graph = chain(3)
    read, _ = reader({0b001: 0.9, 0b110: 0.9, 0b011: 0.99, 0b100: 0.99})
    assert separate(graph, read, HEIGHT).digits == (0b011, 0b100)
    read, _ = reader({0b001: 0.99, 0b110: 0.99, 0b011: 0.9, 0b100: 0.9})
    assert separate(graph, read, HEIGHT).digits == (0b001, 0b110)


@pytest.mark.parametrize(("height", "is_shared"), [(30, True), (60, False)])
def test_a_short_piece_may_belong_to_both(height: int, is_shared: bool) -> None:
    """The sides of two loops that run over each other, as in 00."""
    top = 50 - height // 2
    boxes = [(0, 0, 70, 100), (64, top, 76, top + height), (70, 0, 140, 100)]
    graph = graph_of(boxes, [0b111, 0b111], meets=True)
    assert separated(graph, 0b011, 0b110) == ((0b011, 0b110) if is_shared else (0b111,))


def test_low_pieces_and_those_below_one_another_are_no_digits() -> None:
    low = graph_of([(0, 0, 60, 100), (60, 65, 120, 100)], [0b11])
    assert separated(low, 0b01, 0b10) == (0b11,)
    below = graph_of([(0, 0, 60, 60), (0, 60, 60, 120)], [0b11])
    assert separated(below, 0b01, 0b10) == (0b11,)
    wide = graph_of([(0, 0, 160, 100), (160, 0, 220, 100)], [0b11])
    assert separated(wide, 0b01, 0b10) == (0b11,)


def test_a_digit_is_not_made_of_pieces_apart() -> None:
    """A middle piece that is cut out would leave two others without a connection."""
    boxes = [(0, 0, 40, 100), (30, 0, 110, 100), (100, 0, 140, 100)]
    graph = graph_of(boxes, [0b011, 0b110])
    assert separated(graph, 0b101, 0b010) == (0b111,)


def test_the_same_pieces_are_read_only_once() -> None:
    read, asked = reader({0b0001: 0.5, 0b0010: 0.5, 0b1100: 0.5, 0b0011: 0.5})
    separate(chain(6), read, HEIGHT)
    assert len(asked) == len(set(asked)) > 6


def test_a_tangle_is_read_a_bounded_number_of_times() -> None:
    """Forty pieces that are connected every which way, any of which may be a digit."""
    rng = np.random.default_rng(4)
    lefts = np.sort(rng.integers(0, 300, 40)).tolist()
    boxes = [(left, 0, left + 60, 100) for left in lefts]
    nodes = [0b11 << place for place in range(39)] + [1 << place | 1 << place + 3 for place in range(0, 36, 5)]
    asked: list[int] = []

    def read(edges: int) -> Recognition:
        asked.append(edges)
        return said(float(rng.uniform(0.4, 0.85)))

    assert len(separate(graph_of(boxes, nodes), read, HEIGHT).digits) <= 4
    assert len(asked) == len(set(asked)) < 2000


def touching(text: str, gap: float) -> Gray:
    """Ink of digits that touch or overlap by -`gap` of their height."""
    ink = ink_of(write_row(text, top=50, gap=gap), width=1000)
    assert cv2.connectedComponents((ink > 0).astype(np.uint8))[0] == 2
    return ink


@pytest.mark.parametrize("gap", [-0.05, -0.1, -0.15])
@pytest.mark.parametrize("text", ["03", "29", "33", "40", "44", "54", "65", "79", "93", "99"])
def test_digits_that_overlap_are_read(shipped: Recognizer, text: str, gap: float) -> None:
    reading = read_ink(touching(text, gap), shipped.recognize)
    assert (reading.text, reading.verdict, reading.unread) == (text, Verdict.DIGIT, ())
    first, second = (digit.box for digit in reading.digits)
    assert first[0] < second[0] < first[2] < second[2]


@pytest.mark.parametrize("pen", [5, 6, 9])
@pytest.mark.parametrize("text", ["32", "34", "65", "80", "93"])
def test_thin_digits_that_overlap_are_read(shipped: Recognizer, text: str, pen: int) -> None:
    overlapping = write_row(text, top=50, gap=-0.1)
    end = max(float(stroke.points[:, 0].max()) for stroke in overlapping)
    ink = ink_of([*overlapping, *write_row("7", left=end + 60, top=50)], width=1000, pen=pen)
    assert read_ink(ink, shipped.recognize).text == f"{text}7"


@pytest.mark.parametrize("gap", [-0.15, -0.2])
@pytest.mark.parametrize("text", ["02", "05", "20", "25", "30", "32", "50", "52", "55", "59", "80", "82", "86"])
def test_strokes_that_cross_again_and_again_are_told_apart(shipped: Recognizer, text: str, gap: float) -> None:
    overlapping = write_row(text, top=50, gap=gap)
    end = max(float(stroke.points[:, 0].max()) for stroke in overlapping)
    ink = ink_of([*overlapping, *write_row("4", left=end + 60, top=50)], width=1000)
    assert cv2.connectedComponents((ink > 0).astype(np.uint8))[0] == 3
    assert read_ink(ink, shipped.recognize).text == f"{text}4"


@pytest.mark.parametrize("text", ["222", "333", "463", "777", "833"])
def test_three_digits_that_touch_are_read(shipped: Recognizer, text: str) -> None:
    reading = read_ink(touching(text, 0.0), shipped.recognize)
    assert (reading.text, reading.verdict) == (text, Verdict.DIGIT)
    assert all(left.box[0] < right.box[0] for left, right in pairwise(reading.digits))


@pytest.mark.parametrize("texts", [("14", "61"), ("17", "51")])
def test_pieces_that_may_be_letters_alone_are_digits_side_by_side(shipped: Recognizer, texts: tuple[str, str]) -> None:
    first = write_row(texts[0], top=50, gap=-0.05)
    end = max(float(stroke.points[:, 0].max()) for stroke in first)
    ink = ink_of([*first, *write_row(texts[1], left=end + 60, top=50, gap=-0.05)], width=1400)
    assert cv2.connectedComponents((ink > 0).astype(np.uint8))[0] == 3
    assert read_ink(touching(texts[0], -0.05), shipped.recognize).verdict is Verdict.NOT_A_DIGIT
    assert read_ink(ink, shipped.recognize).text == "".join(texts)


@pytest.mark.parametrize("digit", range(10))
def test_a_digit_is_read_in_one_go(shipped: Recognizer, digit: int) -> None:
    recognize, calls = counted(shipped.recognize)
    assert read_ink(ink_of(write_digit(digit, 100, 50)), recognize).text == str(digit)
    assert len(calls) == 1


@pytest.mark.parametrize("text", ["0000", "3333", "6868"])
def test_a_row_of_loops_is_read_a_bounded_number_of_times(shipped: Recognizer, text: str) -> None:
    recognize, calls = counted(shipped.recognize)
    read_ink(touching(text, 0.0), recognize)
    assert len(calls) < 600


def test_many_scribbles_are_not_all_cut(shipped: Recognizer) -> None:
    rng = np.random.default_rng(1)
    ink = np.zeros((400, 400), np.uint8)
    for left, top in product(range(0, 400, 80), range(0, 320, 80)):
        points = np.array((left, top)) + rng.uniform((4, 16), (76, 56), (14, 2))
        cv2.polylines(ink, [points.astype(np.int32)], False, 255, 2)
    recognize, calls = counted(shipped.recognize)
    assert read_ink(ink, recognize).verdict is Verdict.NOT_A_DIGIT
    assert len(calls) < 500


def test_a_scribble_is_read_a_bounded_number_of_times(shipped: Recognizer) -> None:
    rng = np.random.default_rng(2)
    ink = np.zeros((300, 600), np.uint8)
    cv2.polylines(ink, [np.rint(rng.uniform((20, 20), (580, 280), (25, 2))).astype(np.int32)], False, 255, 8)
    assert len(stroke_graph(ink > 0).boxes) > 30
    recognize, calls = counted(shipped.recognize)
    assert read_ink(ink, recognize).verdict is Verdict.NOT_A_DIGIT
    assert len(calls) < 600
