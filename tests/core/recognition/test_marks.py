"""Marks beside digits: underlines, points, and what stands apart; and thousands of them."""

import time

import numpy as np
import numpy.typing as npt
import pytest

from core.recognition import marks
from core.recognition.marks import (
    are_points,
    find_clusters,
    is_small,
    is_tall,
    may_be_sign,
    overlaps,
    room_over_lines,
    smallness,
)
from core.recognition.rows import Box

DIGITS: list[Box] = [(0, 0, 60, 100), (100, 0, 160, 100)]
MANY = 5000


def boxes(*found: Box) -> npt.NDArray[np.float64]:
    return np.array(found, np.float64)


@pytest.mark.parametrize(
    ("mark", "room"),
    [
        ((-10, 115, 170, 120), 0.15),  # under both
        ((0, 104, 60, 110), 0.04),  # under the first
        ((-10, 115, 170, 136), 0.15),  # a thick one, or one that slopes a little
        ((0, 101, 60, 106), 0.01),  # nearly touches
        ((0, 45, 160, 50), -0.55),  # through them
        ((0, -20, 160, -15), -1.2),  # above them
        ((-10, 115, 170, 140), -np.inf),  # too high for a line
        ((10, 115, 48, 120), -np.inf),  # too short
        ((50, 115, 110, 120), -np.inf),  # under hardly any of either
        ((200, 45, 260, 50), -np.inf),  # beside them, as a minus sign
    ],
)
def test_an_underline_has_room_over_it(mark: Box, room: float) -> None:
    found = room_over_lines(boxes(*DIGITS, mark), 100.0)
    assert found.tolist() == [-np.inf, -np.inf, pytest.approx(room)]


def test_alone_nothing_is_an_underline() -> None:
    assert room_over_lines(boxes((-10, 115, 170, 120)), 100.0).tolist() == [-np.inf]


@pytest.mark.parametrize(
    ("mark", "expected"),
    [
        ((70, 90, 80, 100), True),
        ((70, 20, 80, 30), True),  # high up
        ((20, 110, 30, 120), True),  # below
        ((63, 90, 73, 100), False),  # too close
        ((20, 40, 30, 50), False),  # inside
        ((70, 70, 80, 100), False),  # too large
    ],
)
def test_a_point_is_small_and_apart(mark: Box, expected: bool) -> None:
    assert are_points(boxes(*DIGITS, mark), 100.0).tolist() == [False, False, expected]
    assert not are_points(boxes(mark), 100.0).any()


def test_the_neighbours_of_a_few_are_those_of_all(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(1)
    starts, sizes = rng.uniform(0, (3000, 150), (200, 2)), rng.choice([8.0, 15.0, 60.0, 300.0], (200, 2))
    found = np.concatenate([starts, starts + sizes], axis=1)
    points, room = are_points(found, 100.0), room_over_lines(found, 100.0)
    assert 0 < points.sum() < 200 and np.isfinite(room).any()
    everyone = np.arange(200)
    monkeypatch.setattr(marks._Neighbours, "of", lambda self, piece, reach: np.delete(everyone, piece))
    assert (are_points(found, 100.0) == points).all()
    assert (room_over_lines(found, 100.0) == room).all()


def test_what_free_paper_parts_is_in_clusters() -> None:
    found = boxes((0, 0, 60, 100), (65, 40, 100, 50), (110, 0, 170, 100), (0, 120, 170, 125))
    is_line = np.array([False, False, False, True])
    assert find_clusters(found, 8, is_line) == [(0, 2), (2, 3), (3, 4)]
    assert find_clusters(found, 5, is_line) == [(0, 1), (1, 2), (2, 3), (3, 4)]
    assert find_clusters(found, 11, is_line) == [(0, 3), (3, 4)]
    assert find_clusters(found, 8, np.zeros(4, np.bool_)) == [(0, 4)]


def test_signs_are_not_large_and_of_few_strokes() -> None:
    assert may_be_sign(boxes((0, 0, 30, 30), (30, 0, 60, 100), (60, 60, 90, 100)), 100)
    assert not may_be_sign(boxes((0, 0, 30, 150)), 100)
    assert not may_be_sign(boxes((0, 0, 180, 50)), 100)
    assert not may_be_sign(boxes(*[(0, 0, 50, 50)] * 5), 100)


def test_the_size_of_marks() -> None:
    comma, small, usual = boxes((0, 0, 10, 30)), boxes((0, 0, 10, 50)), boxes((0, 0, 10, 50), (0, 50, 10, 90))
    assert [is_small(some, 100) for some in (comma, small, usual)] == [True, False, False]
    assert [is_tall(some, 100) for some in (comma, small, usual)] == [False, False, True]
    assert smallness(comma, 100) == 1 and smallness(usual, 100) == 0
    assert 0 < smallness(small, 100) < 1


@pytest.mark.parametrize("size", [(10.0, 10.0), (50.0, 5.0), (60.0, 100.0)], ids=["points", "dashes", "digits"])
def test_thousands_of_pieces_take_well_below_a_second(size: tuple[float, float]) -> None:
    starts = np.stack([100.0 * np.arange(MANY), np.full(MANY, 50.0)], axis=1)
    row = np.concatenate([starts, starts + size], axis=1)
    underlined = np.concatenate([row, [[0.0, 200.0, 100.0 * MANY, 205.0]]])
    begun = time.process_time()
    for some in (row, underlined):
        points, room = are_points(some, 100.0), room_over_lines(some, 100.0)
        assert points[:MANY].all() == (size == (10.0, 10.0))
        assert not np.isfinite(room[:MANY]).any()
    assert room[-1] == pytest.approx((200 - 50 - size[1]) / 100)
    assert time.process_time() - begun < 1.0


def test_what_lies_over_or_under_its_neighbour_is_hardly_parted() -> None:
    found = boxes((0, 0, 60, 100), (30, 0, 90, 100), (50, 40, 80, 60), (120, 0, 120, 100))
    none = np.zeros(4, np.bool_)
    assert overlaps(found, 100, none, 6).tolist() == [0, 0, 1, 0, 0]
    assert overlaps(found, 100, none, 1).tolist() == [0, 0, 0, 0, 0]
    assert overlaps(found, 100, np.array([False, False, True, False]), 6).tolist() == [0, 0, 0, 0, 0]
