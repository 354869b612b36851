"""Seams between digits that touch: through little ink, in order, inside the picture, at any size."""

import cv2
import numpy as np
import pytest

from core.pictures.seams import Mask, find_seams


def rings(count: int, *, scale: float = 1.0, bridge: int = 6) -> Mask:
    """Rings beside each other, each 100 pixels high and wide, joined by bridges."""
    ink = np.zeros((100, 120 * count), np.uint8)
    for place in range(count):
        cv2.circle(ink, (60 + 120 * place, 50), 45, 1, 10)
    for place in range(1, count):
        ink[50 - bridge // 2 : 50 + bridge // 2, 120 * place - 20 : 120 * place + 20] = 1
    return cv2.resize(ink, None, fx=scale, fy=scale, interpolation=cv2.INTER_NEAREST) > 0


def ink_crossed(mask: Mask, seam: np.ndarray) -> int:
    columns = np.clip(seam, 0, mask.shape[1] - 1)
    return int(mask[np.arange(len(mask)), columns].sum())


@pytest.mark.parametrize("scale", [0.2, 0.5, 1.0, 4.0])
@pytest.mark.parametrize("count", [2, 3, 4])
def test_there_is_a_seam_through_each_bridge(count: int, scale: float) -> None:
    mask = rings(count, scale=scale)
    seams = find_seams(mask)
    assert seams.shape[1] == len(mask)
    for place in range(1, count):
        apart = np.abs(seams - 120 * place * scale).max(axis=1)
        best = seams[int(apart.argmin())]
        assert apart.min() <= 25 * scale
        assert ink_crossed(mask, best) <= 0.15 * len(mask)


def test_seams_are_in_order_and_do_not_cross() -> None:
    seams = find_seams(rings(6))
    assert len(seams) >= 5
    assert (np.diff(seams, axis=0) >= 0).all()
    assert (np.diff(seams[:, 50]) > 0).all()


def test_a_seam_goes_around_ink() -> None:
    """A slanted gap between two slanted strokes: a straight cut would pass through both."""
    mask = np.zeros((100, 120), np.bool_)
    rows = np.arange(100)
    for left in (20, 50):
        for column in range(25):
            mask[rows, left + column + rows // 4] = True
    gap = 47 + rows // 4
    best = min(find_seams(mask), key=lambda seam: float(np.abs(seam - gap).max()))
    assert ink_crossed(mask, best) <= 5
    assert min(mask[:, column].sum() for column in range(45, 75)) > 10


def test_solid_ink_has_no_seam() -> None:
    assert find_seams(np.ones((60, 200), np.bool_)).shape == (0, 60)


def test_a_narrow_part_has_no_seam() -> None:
    assert len(find_seams(np.ones((80, 3), np.bool_))) == 0
    assert len(find_seams(rings(1)[:, 40:60])) == 0


def test_a_long_part_is_cut_a_limited_number_of_times() -> None:
    assert 1 <= len(find_seams(rings(40))) <= 7


@pytest.mark.parametrize("height", [1, 2, 7, 48, 300])
def test_any_height_will_do(height: int) -> None:
    mask = np.zeros((height, 4 * height), np.bool_)
    mask[:, : 2 * height - 1] = mask[:, 2 * height + 1 :] = True
    seams = find_seams(mask)
    assert seams.shape[1] == height
    assert (seams >= 0).all() and (seams <= 4 * height).all()
