"""How cost grows with size: drawings, sets of digits, saved models, and the curves of long runs."""

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
    from benchmarks import scale_drawings
    from benchmarks.models import find_model
    from core.recognizer import Recognizer
    from gui.app import make_application

    application = make_application()
    recognizer = Recognizer(find_model(None))
    costs = [
        scale_drawings.measure_drawing(points, recognizer, runs) for points in _up_to(scale_drawings.SIZES, largest)
    ]
    application.processEvents()
    return f"Drawings\n{scale_drawings.report(costs)}"


def measure_data(folder: Path, largest: int | None, runs: int, preset: str | None = None) -> str:
    """The table of sets of up to `largest` images, trained on with `preset`."""
    from benchmarks import scale_data

    preset = preset or scale_data.PRESET
    costs = [scale_data.measure_data(images, folder, runs, preset) for images in _up_to(scale_data.SIZES, largest)]
    return f"Sets of digits, {preset}\n{scale_data.report(costs)}"


def measure_models(folder: Path, largest: int | None, runs: int) -> str:
    """The table of up to `largest` saved models."""
    from benchmarks import scale_models

    costs = [scale_models.measure_models(models, folder, runs) for models in _up_to(scale_models.SIZES, largest)]
    return f"Saved models\n{scale_models.report(costs)}"


def measure_curves(folder: Path, largest: int | None, runs: int) -> str:
    """The table of curves over up to `largest` batches."""
    from benchmarks import scale_curves
    from gui.app import make_application

    application = make_application()
    costs = [scale_curves.measure_curves(batches, runs) for batches in _up_to(scale_curves.SIZES, largest)]
    application.processEvents()
    return f"Curves\n{scale_curves.report(costs)}"


TABLES: dict[str, Callable[[Path, int | None, int], str]] = {
    "drawings": measure_drawings,
    "data": measure_data,
    "models": measure_models,
    "curves": measure_curves,
}


def _up_to(sizes: Sequence[int], largest: int | None) -> list[int]:
    return [size for size in sizes if largest is None or size <= largest]


def main(argv: Sequence[str] | None = None) -> int:
    parser = command_parser("scale", "Measure how cost grows with size.")
    parser.add_argument("tables", nargs="*", choices=[*TABLES, []], metavar="TABLE", help=f"of: {', '.join(TABLES)}")
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
