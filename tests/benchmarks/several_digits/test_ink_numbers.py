"""Ink numbers and pages: what they say they are, and the same for the same seed."""

from collections import Counter

import numpy as np
import pytest

from benchmarks.several_digits.ink_numbers import (
    LARGEST_SLOPE,
    LENGTHS,
    Order,
    ink_of_writers,
    make_numbers,
    make_ones,
    write_number,
)
from benchmarks.several_digits.lines import LARGEST_RATIO, choose_gaps, choose_heights, distance, write_line
from benchmarks.several_digits.not_numbers import MARKS, number_with_mark, scribble_of_strokes
from benchmarks.several_digits.pages import LENGTHS as ROW_LENGTHS
from benchmarks.several_digits.pages import make_pages
from core.ink.drawing import Drawing, Stroke
from core.pad.content import PAD_SIDE


@pytest.fixture(scope="module")
def writers(digits):
    return ink_of_writers(digits)


@pytest.fixture(scope="module")
def numbers(writers):
    return list(make_numbers(writers, 60, 1))


def test_there_is_a_box_for_each_digit_and_they_come_from_left_to_right(numbers):
    for number in numbers:
        boxes = number.boxes()
        assert len(boxes) == len(number.text)
        middles = [(left + right) / 2 for left, _, right, _ in boxes]
        assert middles == sorted(middles)


def test_lengths_take_turns(numbers):
    assert Counter(len(number.text) for number in numbers) == dict.fromkeys(LENGTHS, 12)


def test_all_of_the_line_is_on_the_pad(numbers):
    for number in numbers:
        left, top, right, bottom = number.drawing.bounds()
        half = number.drawing.pen_width * PAD_SIDE / 2 - 0.01
        assert min(left, top) >= half and max(right, bottom) <= PAD_SIDE - half


def test_heights_are_within_a_factor_of_two():
    for seed in range(200):
        heights = choose_heights(6, np.random.default_rng(seed))
        assert max(heights) / min(heights) <= LARGEST_RATIO


def test_a_level_number_is_as_high_as_was_chosen(writers):
    drawings = [writers[0][digit][0] for digit in range(10)]
    line = write_line(drawings, 0.05, np.random.default_rng(1))
    heights = [float(np.ptp(np.concatenate(digit)[:, 1])) for digit in line]
    assert heights == pytest.approx(choose_heights(10, np.random.default_rng(1)), rel=1e-6)


def test_some_neighbours_touch_and_the_others_are_apart():
    gaps = choose_gaps(2000, np.random.default_rng(1))
    assert 0.12 < np.mean([gap < 0 for gap in gaps]) < 0.18
    assert all(0.05 <= gap <= 0.8 for gap in gaps if gap >= 0)


def test_neighbours_without_a_gap_touch(writers):
    for seed in range(20):
        rng = np.random.default_rng(seed)
        left, right = write_line([writers[0][0][0], writers[0][8][0]], 0.1, rng, gaps=[-1.0])
        assert distance(left, right) <= 0.15


def test_a_late_stroke_is_the_last_of_its_digit_and_after_all_others(writers):
    crossed = Drawing((Stroke(np.array([[0, 0], [1, 0], [0.5, 2]])), Stroke(np.array([[0.2, 1], [0.9, 1]]))))
    ink = {**writers[0], 7: [crossed]}
    natural = write_number("717", ink, np.random.default_rng(2), slope=0.0, order=Order.NATURAL)
    assert natural.owners == (0, 0, 1, 2, 2)
    for seed in range(10):
        number = write_number("717", ink, np.random.default_rng(seed), slope=0.0, order=Order.LATE)
        assert number.owners in ((0, 1, 2, 0, 2), (0, 1, 2, 2, 0), (0, 0, 1, 2, 2))
        assert len(number.drawing.strokes[-1].points) == 2


def test_shuffled_strokes_are_all_there(writers):
    number = write_number("4545", writers[0], np.random.default_rng(3), order=Order.SHUFFLED)
    assert set(number.owners) == {0, 1, 2, 3}
    assert len(number.drawing.strokes) == len(number.owners)


def test_slopes_stay_within_ten_degrees(numbers):
    assert max(abs(number.slope) for number in numbers) <= LARGEST_SLOPE
    assert any(abs(number.slope) > 4 for number in numbers)


def test_ones_are_one_to_four(writers):
    assert [number.text for number in make_ones(writers, 5, 1)] == ["1", "11", "111", "1111", "1"]


def test_the_same_seed_makes_the_same_numbers(writers, numbers):
    for number, again in zip(numbers, make_numbers(writers, 60, 1), strict=True):
        assert number.text == again.text and number.owners == again.owners
        for one, other in zip(number.drawing.strokes, again.drawing.strokes, strict=True):
            assert np.array_equal(one.points, other.points)
    assert [number.text for number in numbers] != [number.text for number in make_numbers(writers, 60, 2)]


def test_the_rows_of_a_page_are_below_each_other(writers):
    for page in make_pages(writers, 6, 1):
        boxes, rows = page.boxes(), page.text.split("\n")
        assert len(boxes) == sum(map(len, rows))
        assert all(len(row) in ROW_LENGTHS for row in rows)
        tops = []
        for row in rows:
            own, boxes = boxes[: len(row)], boxes[len(row) :]
            assert [box[0] for box in own] == sorted(box[0] for box in own)
            tops.append(np.mean([top for _, top, _, _ in own]))
        assert tops == sorted(tops)


@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_is_in_the_drawing_but_not_in_the_text(mark, writers):
    number = number_with_mark(mark, writers[0], np.random.default_rng(1))
    strokes = {"plus": 2, "times": 2, "equals": 2, "colon": 2, "percent": 3}.get(mark, 1)
    assert number.owners.count(-1) == strokes
    assert len(number.boxes()) == len(number.text.replace("\n", ""))
    left, top, right, bottom = number.drawing.bounds()
    assert min(left, top) >= 0 and max(right, bottom) <= PAD_SIDE


def test_a_fraction_has_a_number_over_its_bar_and_one_below(writers):
    for seed in range(10):
        number = number_with_mark("fraction bar", writers[0], np.random.default_rng(seed))
        over = len(number.text.split("\n")[0])
        bar = number.drawing.strokes[number.owners.index(-1)].points[:, 1]
        boxes = number.boxes()
        assert max(bottom for _, _, _, bottom in boxes[:over]) < bar.min()
        assert min(top for _, top, _, _ in boxes[over:]) > bar.max()


def test_a_percent_sign_is_behind_the_number(writers):
    for seed in range(10):
        number = number_with_mark("percent", writers[0], np.random.default_rng(seed))
        lefts = [
            stroke.points[:, 0].min()
            for stroke, owner in zip(number.drawing.strokes, number.owners, strict=True)
            if owner == -1
        ]
        assert min(lefts) > number.boxes()[-1][2]


def test_a_scribble_has_two_hundred_strokes_on_the_pad():
    scribble = scribble_of_strokes(np.random.default_rng(1))
    assert len(scribble.strokes) == 200
    assert min(scribble.bounds()) >= 0 and max(scribble.bounds()) <= PAD_SIDE
