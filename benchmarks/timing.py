"""Figures of several runs, and the ratio between two things that were run in turn."""

import platform
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.system.processor import core_count, processor_name

RUNS = 5
"""How often each thing is measured at least: the machines are noisy."""


@dataclass(frozen=True, slots=True)
class Spread:
    """The same figure measured several times, n >= 1, all in one unit."""

    values: tuple[float, ...]

    @property
    def median(self) -> float:
        return statistics.median(self.values)

    def text(self, pattern: str = "{:.2f}", unit: str = "") -> str:
        """ "0.81 s (0.78 to 0.93 s, 5 runs)", or "0.81 s (one run)" """
        low, middle, high = (pattern.format(value) for value in (min(self.values), self.median, max(self.values)))
        tail = f" {unit}" if unit else ""
        runs = f"{low} to {high}{tail}, {len(self.values)} runs" if len(self.values) > 1 else "one run"
        return f"{middle}{tail} ({runs})"


def ratios(ours: Sequence[float], theirs: Sequence[float]) -> Spread:
    """What was measured in turn, pair by pair, as ours / theirs: the machine's own drift falls out."""
    return Spread(tuple(mine / other for mine, other in zip(ours, theirs, strict=True)))


def percentile(values: Sequence[float], share: float, weights: Sequence[float] | None = None) -> float:
    """The smallest of `values`, n >= 1, that at least `share` of them do not exceed; with `weights`, of those."""
    return float(np.quantile(values, share, method="inverted_cdf", weights=weights))


def percentile_text(milliseconds: Sequence[float]) -> str:
    """ "p50 1.2, p99 8.0, longest 11.3 ms (150)", in which 150 is how many there are, n >= 1."""
    p50, p99 = (percentile(milliseconds, share) for share in (0.5, 0.99))
    return f"p50 {p50:.1f}, p99 {p99:.1f}, longest {max(milliseconds):.1f} ms ({len(milliseconds):,})"


def verdict_line(what: str, measured: float, bar: float, *, at_least: bool = False, pattern: str = "{:.2f}") -> str:
    """ "start: 0.21 (bar: at most 0.25): reached" """
    reached = measured >= bar if at_least else measured <= bar
    limit = "at least" if at_least else "at most"
    told = f"{what}: {pattern.format(measured)} (bar: {limit} {pattern.format(bar)})"
    return f"{told}: {'reached' if reached else 'MISSED'}"


def machine_line() -> str:
    """What everything was measured on: "Linux, Intel Xeon ..., 2 cores, Python 3.11.2"."""
    return f"{platform.system()}, {processor_name()}, {core_count()} cores, Python {platform.python_version()}"
