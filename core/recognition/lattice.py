"""Find the best way through a segmentation lattice: which neighbouring pieces of ink make up which digit.

Ink is over-segmented into pieces along the line of writing. Each arc of the lattice takes some neighbouring pieces for
one digit, or for something that is not read; the Viterbi path has the highest sum of scores.

Source: Casey and Lecolinet, "A Survey of Methods and Strategies in Character Segmentation" (1996).
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

Read = TypeVar("Read")


@dataclass(frozen=True, slots=True, eq=False)
class Arc(Generic[Read]):
    """Pieces `start` to `stop` (not included) taken together.

    Attributes
    ----------
    score
        The logarithm of how probable that is; higher is better.
    read
        What they are read as; None when they are left out.
    """

    start: int
    stop: int
    score: float
    read: Read | None


def best_path(pieces: int, arcs: Iterable[Arc[Read]]) -> list[Arc[Read]]:
    """The arcs from the first to the last of `pieces` with the highest total score.

    Raises
    ------
    ValueError
        When no path leads from one end to the other.
    """
    totals = [0.0] + [-math.inf] * pieces
    arrivals: list[Arc[Read] | None] = [None] * (pieces + 1)
    for arc in sorted(arcs, key=lambda arc: arc.stop):
        total = totals[arc.start] + arc.score
        if total > totals[arc.stop]:
            totals[arc.stop], arrivals[arc.stop] = total, arc
    path: list[Arc[Read]] = []
    place = pieces
    while place:
        arrival = arrivals[place]
        if arrival is None:
            raise ValueError("no path leads through all pieces")
        path.append(arrival)
        place = arrival.start
    return path[::-1]
