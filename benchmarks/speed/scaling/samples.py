"""How the page of the user's own digits grows with their number: opening, scrolling, changing one, reading all.

All but the reading happens on the window's thread, so what is measured is the processor time of that thread.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QApplication

from benchmarks.speed.scaling.growth import Growth, cell, describe_growth
from benchmarks.timing import RUNS, Spread, verdict_line
from core.datasets.mnist import load_mnist
from core.models.library import ModelLibrary
from core.pad.content import PictureInk
from core.recognition.sample_check import check_samples
from core.samples.sample import NewSample
from core.samples.store import SampleStore
from core.settings import SettingsFile
from core.system.paths import assets_folder
from gui.digits.digits_tab import DigitsTab
from gui.recognition.active_model import ActiveModel
from gui.recognition.my_digits import MyDigits
from gui.system.destroying import destroy

SIZES = (100, 1000, 10_000)
FRAME_SECONDS = 1 / 60
SCROLLED = 40
"""Pages that one measurement scrolls through."""
PAGE = (1180, 720)


@dataclass(frozen=True, slots=True)
class SamplesCost:
    """What the page with so many `samples` takes, in seconds.

    Attributes
    ----------
    opening
        To show the page for the first time: the store is read, and what is seen is painted.
    scrolling
        To scroll by a page and to paint it; of few samples the pictures are there already.
    changing
        To relabel one, and to show that.
    reading
        To read all with the shipped model and to compare them with each other, in another thread.
    """

    samples: int
    opening: Spread
    scrolling: Spread
    changing: Spread
    reading: Spread


def fill_store(path: Path, samples: int) -> None:
    """Keep so many of MNIST's test digits, again and again if there are not enough."""
    digits = load_mnist().test
    store = SampleStore(path)
    chosen = [number % len(digits) for number in range(samples)]
    store.keep(
        *(NewSample(int(digits.labels[one]), PictureInk(digits.images[one]), digits.images[one]) for one in chosen)
    )
    store.close()


def measure_samples(samples: int, folder: Path, runs: int = RUNS) -> SamplesCost:
    """Measure the page with so many samples. Needs a `QApplication`."""
    path = folder / f"{samples}" / "digits.sqlite"
    fill_store(path, samples)
    library = ModelLibrary(folder / "models", assets_folder() / "models")
    settings = SettingsFile(folder / "settings.json")
    model = ActiveModel(library, settings)
    model.load()
    costs = [_measure_once(path, settings, model) for _ in range(runs)]
    destroy(model)
    return SamplesCost(samples, *(Spread(times) for times in zip(*costs, strict=True)))


def _measure_once(path: Path, settings: SettingsFile, model: ActiveModel) -> tuple[float, float, float, float]:
    digits = MyDigits(path, settings)
    page = DigitsTab(digits, model, settings)
    page.resize(*PAGE)
    opening = _timed(lambda: _show(page))
    scrolling = _timed(lambda: _scroll(page)) / SCROLLED
    page.view.select({page.samples.sample(0).id})
    changing = _timed(lambda: _relabel(page))
    bundle = model.library.shipped_bundle()
    began = time.perf_counter()
    check_samples(bundle, page.samples.samples)
    reading = time.perf_counter() - began
    page.close()
    digits.close()
    destroy(page, digits)
    return opening, scrolling, changing, reading


def report(costs: Sequence[SamplesCost]) -> str:
    """The table, how each cost grows, and whether the largest page is scrolled within a frame."""
    heads = ("open the page", "scroll by a page", "relabel one", "read and compare all")
    lines = [f"{'samples':>10}" + "".join(f"{head:>28}" for head in heads)]
    for cost in costs:
        times = (cost.opening, cost.scrolling, cost.changing)
        cells = "".join(cell(one, 1e3, "ms") for one in times)
        lines.append(f"{cost.samples:>10,}{cells}{cell(cost.reading, 1, 's')}")
    sizes = [cost.samples for cost in costs]
    for what, values in (
        ("opening the page", [cost.opening.median for cost in costs]),
        ("relabelling one", [cost.changing.median for cost in costs]),
        ("reading and comparing all", [cost.reading.median for cost in costs]),
    ):
        lines.append(describe_growth(Growth(what, sizes, values)))
    what = f"ms to scroll by a page of {sizes[-1]:,} samples"
    lines.append(verdict_line(what, costs[-1].scrolling.median * 1e3, FRAME_SECONDS * 1e3))
    return "\n".join(lines)


def _timed(work: Callable[[], None]) -> float:
    began = time.thread_time()
    work()
    return time.thread_time() - began


def _show(page: DigitsTab) -> None:
    page.show()
    QApplication.processEvents()


def _scroll(page: DigitsTab) -> None:
    bar = page.view.verticalScrollBar()
    step = max(bar.maximum() // SCROLLED, 1)
    for number in range(SCROLLED):
        bar.setValue(number * step)
        page.view.viewport().repaint()


def _relabel(page: DigitsTab) -> None:
    page.relabel(9)
    QApplication.processEvents()
