"""Divide ink into short pieces along its strokes, and know which of them are neighbours."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from core.pictures.thinning import Mask, thinned

Place = tuple[int, int]

_AROUND = [(down, across) for down in (-1, 0, 1) for across in (-1, 0, 1) if down or across]


@dataclass(frozen=True, slots=True, eq=False)
class InkCells:
    """Ink in pieces.

    Attributes
    ----------
    labels
        int32 `(h, w)`: the piece of each pixel of ink, from 0; -1 beside it.
    neighbours
        For each piece, those that it touches along a stroke.
    """

    labels: npt.NDArray[np.int32]
    neighbours: tuple[frozenset[int], ...]

    def __len__(self) -> int:
        return len(self.neighbours)

    def runs(self, longest: int) -> Iterator[frozenset[int]]:
        """All sets of one to `longest` pieces that hang together, the shortest first."""
        latest = {frozenset([cell]) for cell in range(len(self))}
        for _ in range(longest):
            yield from sorted(latest, key=sorted)
            latest = {
                run | {other} for run in latest for cell in run for other in self.neighbours[cell] if other not in run
            }

    def ink_of(self, cells: frozenset[int]) -> Mask:
        """bool `(h, w)`: the ink of some pieces."""
        return np.asarray(np.isin(self.labels, list(cells)), np.bool_)


def divide_ink(ink: Mask, length: float) -> InkCells:
    """Divide `ink`, bool `(h, w)`, into pieces about `length` pixels long."""
    lines = thinned(ink)
    places = [(int(row), int(column)) for row, column in np.argwhere(lines)]
    if not places:
        return InkCells(np.where(ink, 0, -1).astype(np.int32), (frozenset(),) if ink.any() else ())
    nearest = _nearest_seeds(set(places), places[0], length)
    touching: list[set[int]] = [set() for _ in range(max(nearest.values()) + 1)]
    for place, cell in nearest.items():
        for beside in _beside(place):
            if nearest.get(beside, cell) != cell:
                touching[cell].add(nearest[beside])
    return InkCells(_spread(ink, nearest), tuple(map(frozenset, touching)))


def _nearest_seeds(places: set[Place], start: Place, length: float) -> dict[Place, int]:
    """The seed that is nearest to each place along the lines; seeds are added where the next one is too far away."""
    distances: dict[Place, float] = {}
    nearest: dict[Place, int] = {}
    seed, farthest = start, float("inf")
    number = 0
    while farthest > length / 2:
        _flood(seed, number, places, distances, nearest)
        number += 1
        seed = max(sorted(places), key=lambda place: distances.get(place, float("inf")))
        farthest = distances.get(seed, float("inf"))
    return nearest


def _flood(
    seed: Place, number: int, places: set[Place], distances: dict[Place, float], nearest: dict[Place, int]
) -> None:
    """Give to the seed what it is nearer to than any seed before it."""
    distances[seed], nearest[seed] = 0.0, number
    waiting = deque([seed])
    while waiting:
        place = waiting.popleft()
        for beside in _beside(place):
            farther = distances[place] + (1.0 if beside[0] == place[0] or beside[1] == place[1] else 1.4)
            if beside in places and farther < distances.get(beside, float("inf")):
                distances[beside], nearest[beside] = farther, number
                waiting.append(beside)


def _beside(place: Place) -> list[Place]:
    return [(place[0] + down, place[1] + across) for down, across in _AROUND]


def _spread(ink: Mask, nearest: dict[Place, int]) -> npt.NDArray[np.int32]:
    """The piece of each pixel of ink: that of the nearest middle line."""
    off_line = np.ones(ink.shape, np.uint8)
    cells = np.zeros(ink.shape, np.int32)
    for place, cell in nearest.items():
        off_line[place], cells[place] = 0, cell
    _, numbers = cv2.distanceTransformWithLabels(off_line, cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL)
    of_number = np.zeros(int(numbers.max()) + 1, np.int32)
    of_number[numbers[off_line == 0]] = cells[off_line == 0]
    return np.where(ink, of_number[numbers], -1).astype(np.int32)
