"""How the list of models grows with their number: listing them, opening the dialog, memory."""

import json
import os
import shutil
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.measured_process import measure_process
from benchmarks.process_memory import current_bytes
from benchmarks.speed.scaling.growth import Growth, cell, describe_growth
from benchmarks.timing import RUNS, Spread, verdict_line
from core.models.card import CARD_FILE, card_bytes
from core.models.library import MODEL_FILES, ModelLibrary
from core.system.paths import assets_folder

SIZES = (1, 10, 100, 1000)
OPENED_SECONDS = 1.0
"""From asking for the dialog to its models being in the table, with the most models."""


@dataclass(frozen=True, slots=True)
class ModelsCost:
    """What a library of so many `models` takes.

    Attributes
    ----------
    verifying, again
        Seconds of `ModelLibrary.entries` with every file compared with its hash, and once more when nothing changed.
        The files were written just before, so they come from the system's cache and not from the disk.
    opening
        Seconds from making the dialog until all models are in its table, painted.
    longest_block
        Seconds for which the window's thread was busy meanwhile at the most.
    memory
        Bytes that the dialog and its models added.
    """

    models: int
    verifying: Spread
    again: Spread
    opening: Spread
    longest_block: Spread
    memory: Spread


def make_library(folder: Path, models: int) -> ModelLibrary:
    """A library of so many copies of the shipped model, each with a card of its own, in a new `folder`."""
    library = ModelLibrary(folder, assets_folder() / "models")
    shipped = library.shipped_bundle()
    for number in range(models):
        place = folder / f"model-{number:04}"
        place.mkdir(parents=True)
        for name in MODEL_FILES:
            shutil.copyfile(shipped.folder / name, place / name)
        card = replace(shipped.card, name=f"Model {number}", created=f"2024-01-01T00:00:{number % 60:02}+00:00")
        (place / CARD_FILE).write_bytes(card_bytes(card))
    return library


def measure_here(folder: Path) -> dict[str, float]:
    """Measure the library in `folder`, in this process, which should be a fresh one: the figures of `ModelsCost`."""
    library = ModelLibrary(folder, assets_folder() / "models")
    times = []
    for _ in range(2):
        began = time.perf_counter()
        models = len(library.entries()) - 1
        times.append(time.perf_counter() - began)
    opening, longest_block, memory = _open_dialog(folder, models)
    names = ("verifying", "again", "opening", "longest_block", "memory")
    return dict(zip(names, (*times, opening, longest_block, float(memory)), strict=True))


def _open_dialog(folder: Path, models: int) -> tuple[float, float, int]:
    """Seconds until the models are in the table, the window thread's longest block until then, and bytes."""
    from core.settings import SettingsFile
    from gui.app import make_application
    from gui.models.models_dialog import ModelsDialog
    from gui.recognition.active_model import ActiveModel
    from gui.system.background import join_background
    from gui.system.destroying import destroy

    app = make_application()
    library = ModelLibrary(folder, assets_folder() / "models")
    active = ActiveModel(library, SettingsFile(folder.parent / "settings.json"))
    active.load()
    before, began, longest = current_bytes(), time.perf_counter(), 0.0
    dialog = ModelsDialog(library, active)
    dialog.show()
    longest = time.perf_counter() - began
    while dialog.table.rowCount() <= models:
        turn = time.perf_counter()
        app.processEvents()
        longest = max(longest, time.perf_counter() - turn)
        time.sleep(0.001)
    turn = time.perf_counter()
    app.processEvents()  # paints the table
    longest = max(longest, time.perf_counter() - turn)
    opening = time.perf_counter() - began
    join_background()
    memory = current_bytes() - before
    dialog.close()
    destroy(dialog, active)
    return opening, longest, memory


def measure_models(models: int, folder: Path, runs: int = RUNS) -> ModelsCost:
    """Make a library of so many models below `folder` and measure it, each time in a process of its own."""
    place = folder / f"{models}" / "models"
    make_library(place, models)
    done = [
        measure_process(["-m", "benchmarks.speed.scaling.models", str(place)], folder / "data") for _ in range(runs)
    ]
    figures: list[dict[str, float]] = [json.loads(one.lines[-1]) for one in done]
    return ModelsCost(models, **{name: Spread(tuple(each[name] for each in figures)) for name in figures[0]})


def report(costs: Sequence[ModelsCost]) -> str:
    """The table, how each cost grows, and the verdict on opening the longest list."""
    heads = ("open the dialog", "longest block", "verify all files (cached)", "list again", "memory of the dialog")
    lines = [f"{'models':>10}" + "".join(f"{head:>28}" for head in heads)]
    for cost in costs:
        times = (cost.opening, cost.longest_block, cost.verifying, cost.again)
        cells = "".join(cell(one, 1e3, "ms") for one in times)
        lines.append(f"{cost.models:>10,}{cells}{cell(cost.memory, 1e-6, 'MB')}")
    sizes = [cost.models for cost in costs]
    for what, values in (
        ("opening the dialog", [cost.opening.median for cost in costs]),
        ("verifying all files, cached", [cost.verifying.median for cost in costs]),
        ("listing again", [cost.again.median for cost in costs]),
        ("memory of the dialog", [cost.memory.median for cost in costs]),
    ):
        lines.append(describe_growth(Growth(what, sizes, values)))
    lines.append(verdict_line(f"s to open the list of {sizes[-1]:,}", costs[-1].opening.median, OPENED_SECONDS))
    return "\n".join(lines)


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    print(json.dumps(measure_here(Path(sys.argv[1]))))
