"""Where the digits of a number are painted: always inside their room, and legible."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.draw.number_layout import SMALLEST_OVER_CAPTION, Caption, Doubts, lay_out_number

LARGE, HEIGHT, WIDTH = 84.0, 103.0, 150.0
NO_DOUBTS = Doubts()


@given(
    st.lists(st.integers(1, 30), min_size=1, max_size=12),
    st.floats(60, 600),
    st.floats(26, 120),
    st.booleans(),
    st.booleans(),
)
def test_cells_are_in_their_room_and_apart(
    rows: list[int], width: float, height: float, has_signs: bool, has_candidates: bool
) -> None:
    doubts = Doubts(has_signs, has_candidates)
    layout = lay_out_number(rows, width, height, largest=LARGE, doubts=doubts)
    for cell in layout.cells:
        assert cell.left >= 0
        assert cell.top >= -1e-6
        assert cell.left + cell.width <= width + 1e-6
        assert cell.top + cell.height <= height + 1e-6
        assert layout.baseline <= cell.height
    for one, other in combinations(layout.cells[:12], 2):
        assert (
            one.left + one.width <= other.left + 1e-6
            or one.top + one.height <= other.top + 1e-6
            or (other.left + other.width <= one.left + 1e-6)
        )


def test_two_digits_are_as_large_as_one() -> None:
    layout = lay_out_number([2], WIDTH, HEIGHT, largest=LARGE, doubts=NO_DOUBTS)
    assert (layout.type_size, layout.caption) == (LARGE, Caption.PERCENT)


@pytest.mark.parametrize(("rows", "least"), [([12], 30), ([2, 1], 30), ([4, 4], 18)])
def test_a_longer_number_is_still_read_with_its_confidences(rows: list[int], least: float) -> None:
    layout = lay_out_number(rows, 340, HEIGHT, largest=LARGE, doubts=NO_DOUBTS)
    assert layout.type_size >= max(least, SMALLEST_OVER_CAPTION)
    assert layout.caption is not Caption.BAR


def test_what_has_no_room_is_left_out_with_an_ellipsis() -> None:
    layout = lay_out_number([30, 5, 5], 100, 30, largest=LARGE, doubts=NO_DOUBTS)
    assert [cell.index for cell in layout.cells] == [*range(9), None, 30, 31, 32, 33, None]
    assert lay_out_number([12], 200, 50, largest=LARGE, doubts=NO_DOUBTS).cells[-1].index == 11


def test_unsure_digits_get_room_for_what_else_they_may_be() -> None:
    sure = lay_out_number([3], WIDTH, HEIGHT, largest=LARGE, doubts=NO_DOUBTS)
    unsure = lay_out_number([3], WIDTH, HEIGHT, largest=LARGE, doubts=Doubts(has_signs=True, has_candidates=True))
    assert unsure.type_size < sure.type_size
    assert unsure.cells[0].height - unsure.baseline > sure.cells[0].height - sure.baseline
