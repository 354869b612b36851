"""Tell digits apart that touch or overlap in a picture: which pieces of strokes belong to which.

The network judges: likely ways to cut the graph of strokes in two are read, and the digit on the left is taken off as
long as that explains the ink better than to leave it whole.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from core.pictures.stroke_graph import StrokeGraph
from core.recognition.recognizer import Recognition

ReadEdges = Callable[[int], Recognition]
"""Reads some edges of the graph as one digit."""

MOST_DIGITS = 4
_MOST_READ = 40  # ways to take off a digit
_MOST_TRIED = 6  # of them, whose rest is read, too
_MOST_NODES = 26
SURE = 0.9
LEAST_SCORE = -1.2  # for a digit that is taken off
_MEETING, _CUT_THROUGH = 0.06, 0.1  # the cost of a cut where strokes meet, and elsewhere
_OVERLAPPING = 0.25  # the cost of digits that overlap as far as the narrower is wide
_SHORT = 0.35  # heights
_MOST_PARTS, _MOST_CROSSED = 6, 9
_MOST_CROSSINGS = 7
_WELL = -0.3  # a score: with more, digits are not looked for where strokes cross often
_MOST_DEALT = 288  # ways to deal the parts of one cut: with more, it is a tangle
_LEAST_HEIGHT = 0.4  # of the row
NARROWEST_CUT = 0.45  # heights: what is narrower is not cut
_WIDEST = 1.5  # heights
_OVERLAP = 1.1  # of the narrower of two digits
_APART = 0.2  # heights, between the middles of two digits


@dataclass(frozen=True, slots=True)
class Separated:
    """Digits that were told apart: sets of edges from left to right, and the logarithm of how probable that is."""

    digits: tuple[int, ...]
    score: float


def score_of(said: Recognition) -> float:
    """The logarithm of the probability that ink is the digit that the network `said`."""
    return math.log(max(said.probability, 1e-6))


def separate(graph: StrokeGraph, read: ReadEdges, height: float) -> Separated:
    """Tell the digits in `graph` apart; `height` is that of a digit in its row, in pixels."""
    return _Separation(graph, read, height).best(graph.everything, MOST_DIGITS)


class _Separation:
    def __init__(self, graph: StrokeGraph, read: ReadEdges, height: float) -> None:
        self._graph = graph
        self._read = read
        self._height = height
        self._scores: dict[int, float] = {}
        self._known: dict[tuple[int, int], Separated] = {}
        self._box = cache(graph.box)  # asked for again and again, of the same few edges

    def best(self, edges: int, most_digits: int) -> Separated:
        key = edges, most_digits
        if key not in self._known:
            self._known[key] = self._best(edges, most_digits)
        return self._known[key]

    def _best(self, edges: int, most_digits: int) -> Separated:
        best = Separated((edges,), self._score(edges))
        left, _, right, _ = self._box(edges)
        if best.score > math.log(SURE) or most_digits == 1 or right - left < NARROWEST_CUT * self._height:
            return best
        for is_crossing in (False, True):
            if is_crossing and best.score > _WELL:
                break
            best = max(best, self._taken_off(edges, most_digits, is_crossing=is_crossing), key=lambda way: way.score)
        return best

    def _taken_off(self, edges: int, most_digits: int, *, is_crossing: bool) -> Separated:
        """The best way to take a digit off at the left; one without digits where there is none."""
        options = sorted(self._cuts(edges, is_crossing=is_crossing))[:_MOST_READ]
        tried = sorted(
            ((self._score(digit) - price, digit, rest, price) for price, digit, rest in options), reverse=True
        )
        best = Separated((), -math.inf)
        for _, digit, rest, price in tried[:_MOST_TRIED]:
            if self._score(digit) < LEAST_SCORE:
                continue
            right_of_it = self.best(rest, most_digits - 1)
            total = self._score(digit) + right_of_it.score - price
            if total > best.score:
                best = Separated((digit, *right_of_it.digits), total)
        return best

    def _cuts(self, edges: int, *, is_crossing: bool) -> Iterator[tuple[float, int, int]]:
        """Ways to take a digit off at the left: how unlikely each is, the digit's edges, and those of the rest.

        Where strokes cross again and again, as where loops overlap, all those places are cut.
        """
        found: dict[tuple[int, int], float] = {}
        reach = self._box(edges)[0] + _WIDEST * self._height
        nodes = [
            number
            for number, node in enumerate(self._graph.nodes)
            if node & edges and self._box(node & edges)[0] < reach
        ][:_MOST_NODES]
        meeting = [node for node in nodes if self._graph.meets[node]][:_MOST_CROSSINGS]
        few = *combinations(nodes, 1), *combinations(nodes, 2)
        for cut in (*combinations(meeting, 3), *combinations(meeting, 4)) if is_crossing else few:
            parts = self._graph.components(edges, cut)
            if 2 <= len(parts) <= (_MOST_CROSSED if is_crossing else _MOST_PARTS):
                price = sum(_MEETING if self._graph.meets[node] else _CUT_THROUGH for node in cut)
                for digit, rest in self._dealt(parts):
                    found[digit, rest] = min(price, found.get((digit, rest), math.inf))
        for (digit, rest), price in found.items():
            overlap = self._overlap(digit, rest)
            if overlap is not None:
                yield price + _OVERLAPPING * overlap, digit, rest

    def _dealt(self, parts: list[int]) -> list[tuple[int, int]]:
        """Ways to deal `parts` to a digit and the rest; a short one, where strokes run together, may belong to both.

        The leftmost belongs to the digit.
        """
        first = min(parts, key=lambda part: self._box(part)[0])
        dealt = [(0, 0)]
        ways = {part: self._ways(part, is_digits=part == first) for part in parts}
        if math.prod(map(len, ways.values())) > _MOST_DEALT:
            return []
        for of_part in ways.values():
            dealt = [(digit + own, rest + left) for digit, rest in dealt for own, left in of_part]
        return [(digit, rest) for digit, rest in dealt if digit and rest]

    def _ways(self, part: int, *, is_digits: bool) -> list[tuple[int, int]]:
        """What of a part goes to a digit and what to the rest, in every way; all to the digit where it `is_digits`."""
        ways = [(part, 0)] if is_digits else [(part, 0), (0, part)]
        return [*ways, (part, part)] if self._is_short(part) else ways

    def _is_short(self, part: int) -> bool:
        left, top, right, bottom = self._box(part)
        return max(right - left, bottom - top) < _SHORT * self._height

    def _overlap(self, digit: int, rest: int) -> float | None:
        """How much a digit overlaps with what is right of it; None where the two cannot be digits."""
        left, top, right, bottom = self._box(digit)
        other_left, other_top, other_right, other_bottom = self._box(rest)
        if min(bottom - top, other_bottom - other_top) < _LEAST_HEIGHT * self._height:
            return None
        is_right = other_left + other_right - left - right > 2 * _APART * self._height
        if not is_right or right - left > _WIDEST * self._height:
            return None
        shared = max(right - other_left, 0) / max(min(right - left, other_right - other_left), 1)
        if shared > _OVERLAP or len(self._graph.components(digit)) > 1 or len(self._graph.components(rest)) > 1:
            return None
        return shared

    def _score(self, edges: int) -> float:
        if edges not in self._scores:
            self._scores[edges] = score_of(self._read(edges))
        return self._scores[edges]
