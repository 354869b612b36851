"""How the curves' work grows with the batches of a run: taking the next one in, and painting again."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from benchmarks.speed.scaling.growth import FLAT, Growth, cell, describe_growth
from benchmarks.timing import RUNS, Spread
from core.training.events import BatchDone, RunStarted
from gui.self_test.waiting import wait
from gui.system.destroying import destroy
from gui.train.curves import REDRAW_MS, Curves

SIZES = (1000, 16_000, 128_000)
"""All drawn in 500 cells: as a run goes on, cells fill up and are merged two by two, between 256 and 512 of them."""
REDRAWS = 4
"""How many make one measurement."""
_AT_ONCE = 1000
_TAKEN = 100


@dataclass(frozen=True, slots=True)
class CurvesCost:
    """What is done with so many `batches` there.

    Attributes
    ----------
    taking
        Seconds to take the next batch in.
    showing
        Seconds of the window's thread to take a batch of a live run in and paint the curves again.
    memory
        Bytes of the arrays that are drawn.
    """

    batches: int
    taking: Spread
    showing: Spread
    memory: int


def measure_curves(batches: int, runs: int = RUNS) -> CurvesCost:
    """Measure curves with so many batches on them. Needs a `QApplication`."""
    curves = Curves()
    curves.resize(900, 300)
    curves.show()
    curves.show_event(RunStarted("keras-cnn", 1, 60_000, 0, 10_000, batches // 100, 100, 128, 1))
    values = _losses(batches)
    for start in range(0, batches, _AT_ONCE):
        curves.show_event(_event(start, values[start : start + _AT_ONCE].tolist()))
    memory = sum(
        array.nbytes for series in (curves.loss, curves.accuracy) for array in (*series.spread(), *series.smooth())
    )
    _showing(curves, batches)
    showing = Spread(tuple(_showing(curves, batches) for _ in range(runs)))
    taking = Spread(tuple(_taking(curves, batches) for _ in range(runs)))
    curves.close()
    destroy(curves)
    return CurvesCost(batches, taking, showing, memory)


def report(costs: Sequence[CurvesCost]) -> str:
    """The table, and how each cost grows: it must not."""
    lines = [f"{'batches':>10}{'take in the next batch':>28}{'paint with the next batch':>28}{'what is drawn':>16}"]
    lines += [
        f"{cost.batches:>10,}{cell(cost.taking, 1e6, 'µs')}{cell(cost.showing, 1e3, 'ms')}{cost.memory / 1e3:>13.1f} kB"
        for cost in costs
    ]
    sizes = [cost.batches for cost in costs]
    for what, values in (
        ("taking the next batch in", [cost.taking.median for cost in costs]),
        ("showing it", [cost.showing.median for cost in costs]),
        ("arrays", [float(cost.memory) for cost in costs]),
    ):
        lines.append(describe_growth(Growth(what, sizes, values), FLAT))
    return "\n".join(lines)


def _losses(batches: int) -> npt.NDArray[np.float64]:
    """A curve of the same shape for every length: what is painted costs more where it covers more of the plot."""
    return 1 / (1 + np.linspace(0, 30, batches)) + np.random.default_rng(1).random(batches) / 10


def _event(batch: int, losses: list[float]) -> BatchDone:
    shares = tuple(1 - min(loss, 1.0) for loss in losses)
    return BatchDone(batch // 100 + 1, batch % 100 + 1, tuple(losses), shares, 1000.0, 60.0)


def _taking(curves: Curves, batches: int) -> float:
    event = _event(batches, [0.1])
    began = time.thread_time()
    for _ in range(_TAKEN):
        curves.show_event(event)
    return (time.thread_time() - began) / _TAKEN


def _showing(curves: Curves, batches: int) -> float:
    """Processor seconds of this thread for each time that a batch comes and the curves are painted with it."""
    before = time.thread_time()
    for _ in range(REDRAWS):
        curves.show_event(_event(batches, [0.1]))
        wait(REDRAW_MS + 50)
    return (time.thread_time() - before) / REDRAWS
