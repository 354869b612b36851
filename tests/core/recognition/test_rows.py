"""Rows of pieces: reading order whatever the order of writing, slopes, low marks, and pieces above one another."""

from collections.abc import Sequence

import numpy as np
import pytest

from core.recognition.rows import Box, digit_height, layouts


def find_rows(boxes: Sequence[Box]) -> list[list[int]]:
    return [found.pieces for found in layouts(boxes)[0]]


def row(count: int, top: float = 0, *, left: float = 0, slope: float = 0.0, height: float = 100) -> list[Box]:
    """Boxes of digits, 60 wide and 40 apart, in a row that falls by `slope`."""
    starts = left + 100 * np.arange(count)
    return [(x, top + slope * (x - left), x + 60, top + slope * (x - left) + height) for x in starts.tolist()]


def test_nothing_and_one_piece() -> None:
    assert find_rows([]) == []
    assert find_rows([(5, 5, 5, 5)]) == [[0]]


def test_pieces_come_from_left_to_right_and_rows_from_top_to_bottom() -> None:
    boxes = [*row(4, 200), *row(3, 0), *row(2, 400)]
    assert find_rows(boxes) == [[4, 5, 6], [0, 1, 2, 3], [7, 8]]
    order = np.random.default_rng(1).permutation(len(boxes))
    rows = find_rows([boxes[place] for place in order])
    assert [[int(order[piece]) for piece in found] for found in rows] == [[4, 5, 6], [0, 1, 2, 3], [7, 8]]


@pytest.mark.parametrize("slope", [-0.2, -0.1, 0.1, 0.2])
def test_rows_may_slope(slope: float) -> None:
    assert find_rows(row(8, slope=slope)) == [[*range(8)]]
    assert find_rows(row(5, slope=slope) + row(5, 180, slope=slope)) == [[*range(5)], [*range(5, 10)]]


@pytest.mark.parametrize("slope", [-0.2, 0.2])
def test_digits_far_apart_may_slope(slope: float) -> None:
    boxes: list[Box] = [(x, slope * x, x + 60, slope * x + 100) for x in range(0, 1500, 300)]
    assert find_rows(boxes) == [[*range(5)]]


def test_digits_of_a_row_may_jump_and_differ_in_height() -> None:
    boxes: list[Box] = [(0, 0, 60, 100), (100, 20, 160, 130), (200, -25, 260, 90), (300, 30, 350, 95)]
    assert find_rows(boxes) == [[0, 1, 2, 3]]


def test_steps_of_half_a_height_are_rows_of_their_own() -> None:
    boxes: list[Box] = [(0, 0, 60, 100), (30, 110, 90, 210), (0, 220, 60, 320)]
    assert find_rows(boxes) == [[0], [1], [2]]


@pytest.mark.parametrize(
    ("mark", "expected"),
    [
        ((170, 90, 175, 95), [[0, 1, 4, 2, 3], [5, 6, 7, 8]]),  # a point after the second digit
        ((-50, 45, -20, 50), [[4, 0, 1, 2, 3], [5, 6, 7, 8]]),  # a minus sign before the first row
        ((165, 298, 170, 300), [[0, 1, 2, 3], [5, 6, 4, 7, 8]]),  # a point in the second row
    ],
)
def test_low_marks_join_the_nearest_row(mark: Box, expected: list[list[int]]) -> None:
    assert find_rows([*row(4), mark, *row(4, 200)]) == expected


def test_a_bar_above_its_stem_makes_no_row() -> None:
    """The bar of a 5, a little apart from it, and the two halves of a digit, one above the other."""
    assert find_rows([*row(2), (210, 5, 260, 95), (210, -8, 270, -5)]) == [[0, 1, 2, 3]]
    halves: list[Box] = [(200, 0, 260, 48), (200, 52, 260, 100)]
    assert find_rows([*row(2), *halves]) == [[0, 1, 2, 3]]


def test_far_columns_are_not_one_row_because_of_their_height() -> None:
    boxes = row(2) + row(2, 40, left=900)
    assert sorted(map(sorted, find_rows(boxes))) == [[0, 1], [2, 3]]


def test_the_height_of_a_digit_is_that_of_what_is_not_low() -> None:
    boxes = np.array([(0, 0, 10, 100), (20, 0, 30, 90), (40, 0, 50, 80), (60, 0, 65, 5), (70, 0, 75, 44)], np.float64)
    assert digit_height(boxes) == 90


@pytest.mark.parametrize("times", [2.5, 4, 10])
def test_one_far_higher_stroke_says_nothing_about_digits(times: float) -> None:
    boxes = np.array([*row(4), (500, 0, 510, 100 * times)], np.float64)
    assert digit_height(boxes) == (100 if times <= 4 else 1000)
    assert digit_height(np.array([*row(10), (1500, 0, 1510, 100 * times)], np.float64)) == 100


def test_small_marks_never_set_the_height() -> None:
    dots: list[Box] = [(x, 90, x + 5, 100) for x in range(100, 160, 10)]
    assert digit_height(np.array([*row(1), *dots], np.float64)) == 100


@pytest.mark.parametrize("gap", [12, 30, 55])
def test_a_fraction_bar_belongs_to_the_row_above_it(gap: float) -> None:
    bar = (-20.0, 100 + gap, 280.0, 104 + gap)
    rows = find_rows([*row(3), bar, *row(3, 116 + gap)])
    assert [sorted(pieces) for pieces in rows] == [[0, 1, 2, 3], [4, 5, 6]]


def test_a_short_bar_between_rows_belongs_to_what_it_is_nearest_to() -> None:
    """The bar of a 5 in the second row."""
    rows = find_rows([*row(3), *row(3, 150), (105, 140, 165, 144)])
    assert [sorted(pieces) for pieces in rows] == [[0, 1, 2], [3, 4, 5, 6]]
