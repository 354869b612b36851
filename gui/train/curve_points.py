"""What the curves draw: as many points as an eye can tell apart, whether a run has 10 batches or 10 million."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]

MAX_CELLS = 512
_LOW, _HIGH, _SMOOTH = range(3)
_EARLY_SHARE = 0.1
_CEILINGS = (1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)


@dataclass(frozen=True, slots=True)
class Cell:
    """What is known of the batches `first` to `last`, counted from 1: mostly a single one.

    `low` and `high` are their smallest and largest number, `mean` is the running mean at the last of them.
    """

    first: int
    last: int
    low: float
    high: float
    mean: float


class BatchSeries:
    """One number for each batch, kept in at most `MAX_CELLS` cells of equally many batches.

    Full cells are merged two by two, so memory and drawing cost the same for every length. Each cell keeps the
    smallest and the largest of its numbers, so that no outlier is lost, and the running mean at its end.

    Parameters
    ----------
    horizon
        Batches over which the running mean forgets in the end. It begins with fewer, a tenth of those there are, so
        that it does not lag behind the steep start.
    """

    def __init__(self, horizon: float) -> None:
        self._horizon = max(horizon, 1.0)
        self._cells = np.zeros((MAX_CELLS, 3))
        self._used = 0
        self._stride = 1
        self._weighted = self._weights = 0.0
        self.batches = 0

    def add(self, values: Iterable[float]) -> None:
        """Append the numbers of the next batches."""
        for value in values:
            forgotten = 1 / min(max(self.batches * _EARLY_SHARE, 1.0), self._horizon)
            self._weighted += forgotten * (value - self._weighted)
            self._weights += forgotten * (1 - self._weights)
            self._put(value, self._weighted / self._weights)
            self.batches += 1

    def spread(self) -> tuple[Numbers, Numbers]:
        """Positions in batches and numbers of a line through every cell's extremes; both `(n,)`."""
        cells = self._cells[: self._used]
        if self._stride == 1:
            return np.arange(1.0, self._used + 1), cells[:, _LOW].copy()
        middles = (np.arange(self._used) + 0.5) * self._stride
        return np.repeat(middles, 2), cells[:, (_LOW, _HIGH)].ravel()

    def smooth(self) -> tuple[Numbers, Numbers]:
        """Positions in batches and the running mean there; both `(n,)`."""
        ends = np.arange(1.0, self._used + 1) * self._stride
        return np.minimum(ends, self.batches), self._cells[: self._used, _SMOOTH].copy()

    def cells(self) -> list[Cell]:
        """All that is kept, in the order of the batches."""
        return [self._cell(index) for index in range(self._used)]

    def cell_at(self, batch: float) -> Cell | None:
        """The cell of the batch nearest to the position `batch`; None while there is none at all."""
        if not self.batches:
            return None
        nearest = min(max(math.ceil(batch - 0.5), 1), self.batches)
        return self._cell((nearest - 1) // self._stride)

    def _cell(self, index: int) -> Cell:
        low, high, mean = self._cells[index].tolist()
        return Cell(index * self._stride + 1, min((index + 1) * self._stride, self.batches), low, high, mean)

    def _put(self, value: float, smooth: float) -> None:
        if self.batches == MAX_CELLS * self._stride:
            self._merge()
        if self.batches % self._stride == 0:
            self._cells[self._used] = value, value, smooth
            self._used += 1
            return
        low, high, _ = self._cells[self._used - 1]
        self._cells[self._used - 1] = min(low, value), max(high, value), smooth

    def _merge(self) -> None:
        pairs = self._cells.reshape(-1, 2, 3)
        merged = pairs[:, 1].copy()
        merged[:, _LOW] = pairs[:, :, _LOW].min(axis=1)
        merged[:, _HIGH] = pairs[:, :, _HIGH].max(axis=1)
        self._used = len(merged)
        self._cells[: self._used] = merged
        self._stride *= 2


def loss_ceiling(smooth: Numbers, marks: Sequence[float]) -> float:
    """Upper end of the loss axis: above nearly all of the running mean and all marks; the steep beginning may leave."""
    return _nice_ceiling(_most(smooth, marks) * 1.1, least=1e-4)


def accuracy_floor(smooth: Numbers, marks: Sequence[float]) -> float:
    """Lower end of the accuracy axis, whose upper end is 1."""
    return max(1 - _nice_ceiling(_most(1 - smooth, [1 - mark for mark in marks]) * 1.1, least=0.01), 0.0)


def _most(smooth: Numbers, marks: Sequence[float]) -> float:
    usual = float(np.quantile(smooth, 0.95)) if len(smooth) else 1.0
    return max([usual, *marks])


def _nice_ceiling(value: float, *, least: float) -> float:
    """The next round number: an axis that follows every wiggle could not be read."""
    value = max(value, least)
    power = 10.0 ** math.floor(math.log10(value))
    return next((power * step for step in _CEILINGS if power * step >= value * (1 - 1e-9)), 10 * power)
