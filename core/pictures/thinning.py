"""Thin ink to lines of one pixel along the middle of its strokes.

Sources: Zhang and Suen, "A Fast Parallel Algorithm for Thinning Digital Patterns" (1984); Lü and Wang, "A Comment on
'A Fast Parallel Algorithm for Thinning Digital Patterns'" (1986), for keeping diagonal lines.
"""

import cv2
import numpy as np
import numpy.typing as npt

Mask = npt.NDArray[np.bool_]
Neighbours = list[npt.NDArray[np.uint8]]


def thinned(ink: Mask) -> Mask:
    """The middle lines of `ink`, bool `(h, w)`."""
    lines = np.pad(ink, 1).astype(np.uint8)
    while _peel(lines, 0) | _peel(lines, 1):
        pass
    return np.asarray(lines[1:-1, 1:-1] > 0, np.bool_)


def junctions(lines: Mask) -> Mask:
    """Where three or more of the thin `lines`, bool `(h, w)`, meet."""
    padded = np.pad(lines, 1).astype(np.uint8)
    meeting = lines & (_branches(_neighbours(padded)) >= 3)
    blocks = cv2.erode(lines.astype(np.uint8), np.ones((2, 2), np.uint8), borderValue=0)
    return np.asarray(meeting | (cv2.dilate(blocks, np.ones((2, 2), np.uint8), anchor=(0, 0)) > 0), np.bool_)


def _peel(lines: npt.NDArray[np.uint8], side: int) -> bool:
    """Take away one layer of pixels from two sides of `lines`, which has a rim of 0; whether there was any."""
    core = lines[1:-1, 1:-1]
    around = np.zeros_like(core)
    for neighbour in _neighbours(lines):
        around <<= 1
        around |= neighbour
    loose = np.asarray(cv2.LUT(around, _LOOSE[side]), np.uint8) & core
    core -= loose
    return bool(loose.any())


def _loose(side: int) -> npt.NDArray[np.uint8]:
    """For all 256 surroundings of a pixel, the first of `_neighbours` as the highest bit, 1 where it may be taken."""
    around = list(np.unpackbits(np.arange(256, dtype=np.uint8)[:, np.newaxis], axis=1).T)
    north, _, east, _, south, _, west, _ = around
    count = np.sum(around, axis=0)
    is_at_edge = (north * east * south == 0) & (east * south * west == 0)
    if side:
        is_at_edge = (north * east * west == 0) & (north * south * west == 0)
    is_loose = (count >= 3) & (count <= 6) & (_branches(around) == 1) & is_at_edge
    return np.asarray(is_loose, np.uint8)


def _neighbours(padded: npt.NDArray[np.uint8]) -> Neighbours:
    """The eight neighbours of each pixel, clockwise from the north."""
    return [
        padded[:-2, 1:-1], padded[:-2, 2:], padded[1:-1, 2:], padded[2:, 2:],
        padded[2:, 1:-1], padded[2:, :-2], padded[1:-1, :-2], padded[:-2, :-2],
    ]  # fmt: skip


def _branches(around: Neighbours) -> npt.NDArray[np.int64]:
    """How often one goes from paper to ink on the way around each pixel."""
    turns = zip(around, [*around[1:], around[0]], strict=True)
    return np.asarray(np.sum([(here == 0) & (there == 1) for here, there in turns], axis=0), np.int64)


_LOOSE = _loose(0), _loose(1)
