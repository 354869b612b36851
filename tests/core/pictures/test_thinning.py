"""Thinning: lines of one pixel that run along the middle of strokes, and meet where the strokes do."""

import cv2
import numpy as np
import pytest

from core.pictures.thinning import Mask, junctions, thinned

SIDE = 80


def stroke(*points: tuple[float, float], pen: int = 9) -> Mask:
    """A stroke through `points` on `SIDE` x `SIDE` pixels."""
    pixels = np.zeros((SIDE, SIDE), np.uint8)
    cv2.polylines(pixels, [np.rint(points).astype(np.int32)], False, 1, pen)
    return pixels > 0


def ring(radius: int = 25, pen: int = 9) -> Mask:
    return np.asarray(cv2.circle(np.zeros((SIDE, SIDE), np.uint8), (40, 40), radius, 1, pen) > 0, np.bool_)


def components(mask: Mask) -> int:
    return cv2.connectedComponents(mask.astype(np.uint8), connectivity=8)[0] - 1


def has_blocks(lines: Mask) -> bool:
    """Whether `lines` are two pixels wide anywhere."""
    return bool(cv2.erode(lines.astype(np.uint8), np.ones((2, 2), np.uint8), borderValue=0).any())


@pytest.mark.parametrize("pen", [3, 9, 15])
@pytest.mark.parametrize("end", [(40, 70), (70, 40), (60, 66), (24, 68), (64, 64), (16, 64)])
def test_a_stroke_becomes_a_line_along_its_middle(end: tuple[int, int], pen: int) -> None:
    start = (80 - end[0], 80 - end[1])
    lines = thinned(stroke(start, end, pen=pen))
    assert components(lines) == 1
    assert not has_blocks(lines) and not junctions(lines).any()
    middle = stroke(start, end, pen=1).astype(np.uint8)
    distances = cv2.distanceTransform(1 - middle, cv2.DIST_L2, 5)[lines]
    assert distances.max() <= 2
    assert lines.sum() >= 0.75 * middle.sum()


@pytest.mark.parametrize("width", [2, 4, 6])
def test_a_diagonal_keeps_its_length(width: int) -> None:
    """An even number of pixels wide: the algorithm as first published peels it off."""
    rows, columns = np.mgrid[:SIDE, :SIDE]
    diagonal = (columns >= rows) & (columns < rows + width) & (rows >= 10) & (rows < 70)
    for ink in (diagonal, diagonal[:, ::-1]):
        assert np.ptp(np.nonzero(thinned(ink))[0]) >= 60 - width - 2


def test_a_ring_stays_closed() -> None:
    lines = thinned(ring())
    assert components(lines) == 1
    assert not has_blocks(lines) and not junctions(lines).any()
    outside, hole = cv2.connectedComponents((~lines).astype(np.uint8), connectivity=4)[1][[0, 40], [0, 40]]
    assert outside != hole


@pytest.mark.parametrize("pen", [1, 4, 9])
def test_what_hangs_together_still_does_and_nothing_is_added(pen: int) -> None:
    rng = np.random.default_rng(pen)
    for _ in range(10):
        ink = stroke(*rng.uniform(8, 72, (4, 2)).tolist(), pen=pen) | stroke(
            *rng.uniform(8, 72, (2, 2)).tolist(), pen=pen
        )
        lines = thinned(ink)
        assert components(lines) == components(ink)
        assert not (lines & ~ink).any()
        assert (thinned(lines) == lines).all()


@pytest.mark.parametrize("shape", [(1, 1), (1, 9), (9, 1)])
def test_ink_up_to_the_edges_is_thinned(shape: tuple[int, int]) -> None:
    assert thinned(np.ones(shape, np.bool_)).any()
    assert not thinned(np.zeros(shape, np.bool_)).any()


@pytest.mark.parametrize(
    ("strokes", "places"),
    [
        ([((10, 40), (70, 40))], []),
        ([((10, 15), (70, 15)), ((40, 15), (40, 70))], [(40, 15)]),
        ([((10, 40), (70, 40)), ((40, 10), (40, 70))], [(40, 40)]),
        ([((10, 25), (70, 25)), ((20, 25), (20, 70)), ((60, 25), (60, 70))], [(20, 25), (60, 25)]),
    ],
)
def test_strokes_meet_at_junctions(strokes: list[tuple[tuple[int, int], ...]], places: list[tuple[int, int]]) -> None:
    ink = np.logical_or.reduce([stroke(*points) for points in strokes])
    count, _, _, middles = cv2.connectedComponentsWithStats(junctions(thinned(ink)).astype(np.uint8), connectivity=8)
    assert count - 1 == len(places)
    assert np.asarray(sorted(middles[1:].tolist())).ravel() == pytest.approx(np.asarray(places).ravel(), abs=4)


def test_a_block_of_four_is_a_junction() -> None:
    """Thinning leaves one where strokes cross at right angles; four lines leave from it."""
    lines = np.zeros((8, 8), np.bool_)
    lines[3:5, 3:5] = True
    assert (junctions(lines) == lines).all()
