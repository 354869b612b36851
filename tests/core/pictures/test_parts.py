"""Parts of a digit: shadows are left out by their soft edges, unless the whole picture is soft."""

import numpy as np
import pytest

from core.pictures.parts import choose_parts
from core.pictures.sharp_edges import InkEdges


@pytest.mark.parametrize(
    ("sharp_long", "sharp_short", "parts"), [(1.0, 1.0, 2), (1.0, 0.6, 1), (0.0, 1.0, 1), (0.5, 0.0, 2), (0.0, 0.0, 2)]
)
def test_soft_parts_are_left_out_beside_sharp_ones(sharp_long: float, sharp_short: float, parts: int) -> None:
    darkness = np.zeros((100, 100), np.float32)
    darkness[20:60, 40:45] = darkness[65:75, 40:45] = 200.0
    flat = np.arange(darkness.size).reshape(darkness.shape)
    long_part, short_part = flat[20:60, 40], flat[65:75, 40]
    sharp = [long_part[: round(40 * sharp_long)], short_part[: round(10 * sharp_short)]]
    edges = InkEdges(np.concatenate([long_part, short_part]), np.concatenate(sharp))
    chosen = choose_parts(darkness > 0, darkness, 100.0, least_peak=100.0, least_share=0.02, edges=edges)
    assert chosen is not None
    assert int(chosen[30, 42]) + int(chosen[70, 42]) == parts
    assert chosen[70, 42] if sharp_long < sharp_short else chosen[30, 42]


def bars(*places: tuple[int, int, int]) -> np.ndarray:
    """Upright bars of ink 12 pixels wide: (left, top, bottom) of each, on 200x200 pixels."""
    darkness = np.zeros((200, 200), np.float32)
    for left, top, bottom in places:
        darkness[top:bottom, left : left + 12] = 200.0
    return darkness


@pytest.mark.parametrize(
    ("second", "is_chosen"),
    [
        ((100, 50, 110), True),  # a digit's width away
        ((100, 60, 104), True),  # a little smaller
        ((145, 50, 110), False),  # far away
        ((100, 115, 175), False),  # on the next line
        ((100, 50, 80), False),  # half as high
    ],
)
def test_a_second_digit_on_the_line_is_not_hidden(second: tuple[int, int, int], is_chosen: bool) -> None:
    darkness = bars((40, 50, 112), second)
    chosen = choose_parts(darkness > 0, darkness, 100.0, least_peak=100.0, least_share=0.02)
    assert chosen is not None
    assert chosen[70, 45]
    left, top, _ = second
    assert bool(chosen[top + 10, left + 5]) is is_chosen
