"""How cost grows with size: drawings, sets of digits, saved models, the curves of long runs, and one's own digits."""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from benchmarks.command_line import command_parser, run
from benchmarks.timing import RUNS, machine_line

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def measure_drawings(folder: Path, largest: int | None, runs: int) -> str:
    """The table of drawings of up to `largest` points."""
    from benchmarks.models import find_model
    from benchmarks.speed.scaling import drawings
    from core.recognition.recognizer import Recognizer
    from gui.app import make_application

    application = make_application()
    recognizer = Recognizer(find_model(None))
    costs = [drawings.measure_drawing(points, recognizer, runs) for points in _up_to(drawings.SIZES, largest)]
    application.processEvents()
    return f"Drawings\n{drawings.report(costs)}"


def measure_data(folder: Path, largest: int | None, runs: int, preset: str | None = None) -> str:
    """The table of sets of up to `largest` images, trained on with `preset`."""
    from benchmarks.speed.scaling import data

    preset = preset or data.PRESET
    costs = [data.measure_data(images, folder, runs, preset) for images in _up_to(data.SIZES, largest)]
    return f"Sets of digits, {preset}\n{data.report(costs)}"


def measure_models(folder: Path, largest: int | None, runs: int) -> str:
    """The table of up to `largest` saved models."""
    from benchmarks.speed.scaling import models

    costs = [models.measure_models(number, folder, runs) for number in _up_to(models.SIZES, largest)]
    return f"Saved models\n{models.report(costs)}"


def measure_curves(folder: Path, largest: int | None, runs: int) -> str:
    """The table of curves over up to `largest` batches."""
    from benchmarks.speed.scaling import curves
    from gui.app import make_application

    application = make_application()
    costs = [curves.measure_curves(batches, runs) for batches in _up_to(curves.SIZES, largest)]
    application.processEvents()
    return f"Curves\n{curves.report(costs)}"


def measure_samples(folder: Path, largest: int | None, runs: int) -> str:
    """The table of the page with up to `largest` digits of the user's own."""
    from benchmarks.speed.scaling import samples
    from gui.app import make_application

    application = make_application()
    costs = [samples.measure_samples(number, folder, runs) for number in _up_to(samples.SIZES, largest)]
    application.processEvents()
    return f"My digits\n{samples.report(costs)}"


TABLES: dict[str, Callable[[Path, int | None, int], str]] = {
    "drawings": measure_drawings,
    "data": measure_data,
    "models": measure_models,
    "curves": measure_curves,
    "samples": measure_samples,
}


def _up_to(sizes: Sequence[int], largest: int | None) -> list[int]:
    return [size for size in sizes if largest is None or size <= largest]


def _table(name: str) -> str:
    """Checked here: argparse takes no choices where there may be none."""
    if name not in TABLES:
        raise argparse.ArgumentTypeError(f"{name} is none of {', '.join(TABLES)}")
    return name


def main(argv: Sequence[str] | None = None) -> int:
    parser = command_parser("speed.scale", "Measure how cost grows with size.")
    parser.add_argument("tables", nargs="*", type=_table, metavar="TABLE", help=f"of: {', '.join(TABLES)}")
    parser.add_argument("--largest", type=int, metavar="N", help="leave larger sizes out")
    parser.add_argument("--preset", metavar="NAME", help="what the sets are trained with (`dense` is the shortest)")
    parser.add_argument("--runs", type=int, default=RUNS, help=f"how often each is measured (default: {RUNS})")
    parser.add_argument(
        "--folder", type=Path, help="where the data sets and models are made (default: a temporary one)"
    )

    def work(arguments: argparse.Namespace) -> None:
        print(machine_line(), flush=True)
        tables = TABLES | {"data": partial(measure_data, preset=arguments.preset)}
        for name in arguments.tables or TABLES:
            with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
                print(f"\n{tables[name](Path(folder), arguments.largest, arguments.runs)}", flush=True)

    return run(parser, argv, work)


if __name__ == "__main__":
    sys.exit(main())
