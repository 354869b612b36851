"""Straight strokes that cross in their middles belong together; digits that touch do not."""

import numpy as np
import pytest

from core.ink.drawing import Stroke
from core.recognition.crossings import crossed
from tests.core.recognition.written_numbers import write_row


def line(*points: tuple[float, float]) -> Stroke:
    return Stroke(np.array(points, np.float32))


UPRIGHT = line((50, 0), (50, 100))


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (line((0, 50), (100, 50)), [[0, 1]]),  # a plus
        (line((0, 0), (100, 100)), [[0, 1]]),
        (line((0, 30), (48, 33), (100, 28)), [[0, 1]]),  # a hand's line
        (line((0, 0), (100, 0)), [[0], [1]]),  # a T
        (line((0, 10), (100, 10)), [[0], [1]]),  # near the end of one
        (line((40, 50), (140, 50)), [[0], [1]]),  # near the end of the other
        (line((0, 50), (45, 50)), [[0], [1]]),  # apart
        (line((60, 0), (60, 100)), [[0], [1]]),  # beside it
        (line((50, 0), (50, 100)), [[0], [1]]),  # along it
        (line((0, 0), (0, 50), (100, 50)), [[0], [1]]),  # the angle of a 4
        (line((50, 50)), [[0], [1]]),  # a point
        (line((50, 50), (50, 50)), [[0], [1]]),
    ],
)
def test_two_strokes(other: Stroke, expected: list[list[int]]) -> None:
    assert crossed([UPRIGHT, other]) == expected


def test_groups_are_in_the_order_of_their_first_strokes() -> None:
    star = [line((0, 0), (100, 100)), line((100, 0), (0, 100)), line((0, 50), (100, 50))]
    far = line((500, 0), (500, 100))
    assert crossed([star[0], far, star[1], star[2]]) == [[0, 2, 3], [1]]
    assert crossed([]) == []
    fourth = line((0, 55), (100, 45))
    assert crossed([*star, fourth, far]) == [[0], [1], [2], [3], [4]]


def test_strokes_of_digits_are_each_one_alone() -> None:
    strokes = write_row("0123456789")
    assert crossed(strokes) == [[place] for place in range(len(strokes))]
