"""How cost grows with size: the exponent of the power law through what was measured."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from benchmarks.timing import Spread

FLAT = 0.1
"""The most that may pass for an exponent of 0: a fourth more cost at ten times the size."""
LINEAR = 1.1
"""An exponent up to this counts as linear: between two noisy measurements 1.0 never comes out exactly."""


@dataclass(frozen=True, slots=True)
class Growth:
    """The cost `costs[i]`, all in one unit, of something of the size `sizes[i]`; at least two of them, sizes rising."""

    what: str
    sizes: Sequence[int]
    costs: Sequence[float]

    def exponent(self) -> float:
        """b of the power law a * size ** b from the smallest to the largest: 0 is flat, 1 is linear, 2 is square."""
        return math.log(self.costs[-1] / self.costs[0]) / math.log(self.sizes[-1] / self.sizes[0])

    def last(self) -> float:
        """The same from the last size but one to the largest, where a constant share of the cost hides the least."""
        return replace(self, sizes=self.sizes[-2:], costs=self.costs[-2:]).exponent()


def cell(spread: Spread, factor: float, unit: str, width: int = 28) -> str:
    """ "1.23 ms (1.20 to 1.31)", padded on the left: a cell of a table, of a spread in `unit` / `factor`."""
    low, middle, high = (value * factor for value in (min(spread.values), spread.median, max(spread.values)))
    digits = 0 if middle >= 100 else 1 if middle >= 10 else 2
    return f"{middle:,.{digits}f} {unit} ({low:,.{digits}f} to {high:,.{digits}f})".rjust(width)


def describe_growth(growth: Growth, most: float = LINEAR) -> str:
    """ "a run: grows as size^0.83, at the end as size^0.97 (bar: at most 1.10): reached" """
    whole, last = growth.exponent(), growth.last()
    verdict = "reached" if max(whole, last) <= most else "MISSED"
    told = f"{growth.what}: grows as size^{whole:.2f}, at the end as size^{last:.2f}"
    return f"{told} (bar: at most {most:.2f}): {verdict}"
