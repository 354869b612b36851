"""How fast `predict` reads ink files, and whether its memory grows with their number.

Every run is the command as a user gives it: `main.py predict FOLDER --json`, from the start of the process to its end.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks.command_line import command_parser, run
from benchmarks.measured_process import MeasuredProcess, measure_process
from benchmarks.processes import BenchmarkError
from benchmarks.timing import RUNS, Spread, machine_line, ratios, verdict_line
from core.ink.inkml import write_inkml
from core.synthesis.handwriting import synthesize_digits

FILES = 10_000
FEWER = 10
"""What memory is compared with is measured with so many times fewer files."""
FILES_PER_SECOND = 1000.0
MEMORY_BAR = 1.1
_MEGABYTE = 1e6


def make_files(folder: Path, count: int, seed: int = 28) -> None:
    """Write `count` InkML files of synthesised digits into a new `folder`."""
    folder.mkdir(parents=True)
    rng = np.random.default_rng(seed)
    for number in range(count):
        [drawing] = synthesize_digits(np.array([number % 10], np.uint8), rng)
        (folder / f"{number:07}.inkml").write_bytes(write_inkml(drawing))


def measure_predict(folder: Path, count: int, data_dir: Path) -> MeasuredProcess:
    """Run `predict` on the `count` files in `folder` and check that every answer is there, in order."""
    measured = measure_process(["main.py", "predict", str(folder), "--json"], data_dir)
    files = [json.loads(line)["file"] for line in measured.lines]
    if files != sorted(map(str, folder.iterdir())) or len(files) != count:
        raise BenchmarkError(f"predict answered for {len(files):,} files, not for the {count:,} there are.")
    return measured


def report(many: Sequence[MeasuredProcess], few: Sequence[MeasuredProcess], count: int) -> str:
    """What the runs on `count` files and those on a tenth of them, taken in turn, come to."""
    rates = Spread(tuple(count / one.cpu_seconds for one in many))
    growth = ratios([one.peak_bytes for one in many], [one.peak_bytes for one in few])
    rows = (
        ("wall", Spread(tuple(one.seconds for one in many)).text("{:.2f}", "s")),
        ("processor time", Spread(tuple(one.cpu_seconds for one in many)).text("{:.2f}", "s")),
        ("cores used", Spread(tuple(one.cpu_seconds / one.seconds for one in many)).text()),
        ("files a second", Spread(tuple(count / one.seconds for one in many)).text("{:,.0f}")),
        ("files a second of one core", rates.text("{:,.0f}")),
        ("peak memory", Spread(tuple(one.peak_bytes / _MEGABYTE for one in many)).text("{:.1f}", "MB")),
        (f"peak with {count // FEWER:,}", Spread(tuple(o.peak_bytes / _MEGABYTE for o in few)).text("{:.1f}", "MB")),
    )
    return "\n".join(
        [
            *(f"  {name:<28}{figure}" for name, figure in rows),
            verdict_line("files a second per core", rates.median, FILES_PER_SECOND, at_least=True, pattern="{:,.0f}"),
            verdict_line(f"memory of {count:,} files / of {count // FEWER:,}", growth.median, MEMORY_BAR),
        ]
    )


def measure(count: int, runs: int, folder: Path) -> str:
    """Make the files below `folder`, run `predict` on all and on a tenth of them in turn, and report."""
    make_files(folder / "many", count)
    make_files(folder / "few", count // FEWER)
    many: list[MeasuredProcess] = []
    few: list[MeasuredProcess] = []
    for _ in range(runs):
        many.append(measure_predict(folder / "many", count, folder / "data"))
        few.append(measure_predict(folder / "few", count // FEWER, folder / "data"))
    return report(many, few, count)


def main(argv: Sequence[str] | None = None) -> int:
    parser = command_parser("speed.predict_files", "Time `predict` on a folder of ink files, whole processes.")
    parser.add_argument("--files", type=int, default=FILES, help=f"how many (default: {FILES:,})")
    parser.add_argument("--runs", type=int, default=RUNS, help=f"how often (default: {RUNS})")

    def work(arguments: argparse.Namespace) -> str:
        print(f"{machine_line()}\npredict on {arguments.files:,} InkML files, start of the process included:")
        with tempfile.TemporaryDirectory() as folder:
            return measure(arguments.files, arguments.runs, Path(folder))

    return run(parser, argv, work)


if __name__ == "__main__":
    sys.exit(main())
