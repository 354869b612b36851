"""The best way through a lattice: the highest sum, whatever the order of the arcs, as trying all ways finds it."""

import math

import numpy as np
import pytest

from core.recognition.lattice import Arc, best_path


def reads(path: list[Arc[str]]) -> list[str | None]:
    return [arc.read for arc in path]


def test_the_highest_sum_wins_over_the_highest_arc() -> None:
    arcs = [Arc(0, 2, -3.0, "both"), Arc(0, 1, -1.0, "one"), Arc(1, 2, -1.5, "two")]
    assert reads(best_path(2, arcs)) == ["one", "two"]
    assert reads(best_path(2, [Arc(0, 2, -2.4, "both"), *arcs[1:]])) == ["both"]
    assert reads(best_path(2, [*arcs, Arc(0, 1, -0.1, "best"), Arc(1, 2, -9.0, "worst")])) == ["best", "two"]


def test_arcs_may_come_in_any_order() -> None:
    arcs = [Arc(0, 1, -1.0, "a"), Arc(1, 3, -2.0, "bc"), Arc(1, 2, -0.5, "b"), Arc(2, 3, -0.5, "c"), Arc(3, 4, 0, "d")]
    rng = np.random.default_rng(1)
    for _ in range(10):
        shuffled = [arcs[place] for place in rng.permutation(len(arcs))]
        assert reads(best_path(4, shuffled)) == ["a", "b", "c", "d"]


def test_what_is_left_out_is_part_of_the_path() -> None:
    [first, second] = best_path(2, [Arc(0, 1, -1.0, "a"), Arc(1, 2, -9.0, "b"), Arc(1, 2, -2.5, None)])
    assert (first.read, second.read, second.score) == ("a", None, -2.5)


def test_without_pieces_the_path_is_empty() -> None:
    assert best_path(0, list[Arc[str]]()) == []


@pytest.mark.parametrize("arcs", [[], [Arc(0, 1, 0.0, "a")], [Arc(1, 2, 0.0, "b")], [Arc(0, 2, -math.inf, "c")]])
def test_no_path_is_an_error(arcs: list[Arc[str]]) -> None:
    with pytest.raises(ValueError, match="no path"):
        best_path(2, arcs)


@pytest.mark.parametrize("seed", range(20))
def test_no_other_way_is_better(seed: int) -> None:
    rng = np.random.default_rng(seed)
    pieces = int(rng.integers(1, 8))
    spans = [(start, stop) for start in range(pieces) for stop in range(start + 1, pieces + 1)]
    arcs = [Arc(start, stop, float(rng.normal(start - stop)), f"{start}-{stop}") for start, stop in spans]

    def ways(place: int) -> list[float]:
        if place == pieces:
            return [0.0]
        return [arc.score + rest for arc in arcs if arc.start == place for rest in ways(arc.stop)]

    path = best_path(pieces, arcs)
    assert [path[0].start, *(arc.stop for arc in path)] == [*(arc.start for arc in path), pieces]
    assert sum(arc.score for arc in path) == pytest.approx(max(ways(0)))
