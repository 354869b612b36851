"""Rows of pieces: reading order whatever the order of writing, slopes, low marks, and pieces above one another."""

import numpy as np
import pytest

from core.recognition.rows import Box, digit_height, find_rows, is_underline


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


DIGITS = [(0, 0, 60, 100), (100, 0, 160, 100)]


@pytest.mark.parametrize(
    ("mark", "expected"),
    [
        ((-10, 115, 170, 120), True),  # under both
        ((0, 104, 60, 110), True),  # under the first
        ((-10, 115, 170, 136), True),  # a thick one, or one that slopes a little
        ((-10, 115, 170, 140), False),  # too high for a line
        ((10, 115, 48, 120), False),  # too short
        ((50, 115, 110, 120), False),  # under hardly any of either
        ((0, 101, 60, 106), False),  # it touches, as the foot of a 1 or a 2
        ((0, 45, 160, 50), False),  # through them
        ((0, -20, 160, -15), False),  # above them: they are not above it
        ((200, 45, 260, 50), False),  # beside them, as a minus sign
    ],
)
def test_an_underline_is_a_low_line_under_digits(mark: Box, expected: bool) -> None:
    assert is_underline(np.array([*DIGITS, mark], np.float64), 2, 100.0) is expected


def test_digits_are_no_underlines_and_alone_nothing_is_one() -> None:
    boxes = np.array([*DIGITS, (-10, 115, 170, 120)], np.float64)
    assert [is_underline(boxes, piece, 100.0) for piece in range(3)] == [False, False, True]
    assert not is_underline(boxes[2:], 0, 100.0)
