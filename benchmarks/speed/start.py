"""How soon the app is ready: until its window is shown and the first stroke is recognised, beside `import tensorflow`.

Both are processes of their own, started in turn. The app is the ordinary one, with a home folder that is fresh each
time; it is drawn on by mouse events as soon as its window has been painted.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.command_line import command_parser, run
from benchmarks.processes import BenchmarkError
from benchmarks.timing import RUNS, Spread, machine_line, ratios, verdict_line

REPOSITORY = Path(__file__).resolve().parents[2]
TIME_BAR, MEMORY_BAR = 0.25, 0.35
MEGABYTE = 1_000_000
LISTED = 8
RIVAL = ("-c", "import tensorflow")

NOT_FOR_DRAWING = (
    *("tensorflow", "keras", "h5py", "PySide6.QtNetwork", "PySide6.QtOpenGL"),
    *("gui.train.train_tab", "gui.train.form", "gui.train.run_view", "gui.train.curves", "gui.models", "gui.pad.files"),
    *("core.learning", "core.training", "core.datasets", "core.synthesis", "core.commands"),
    *("core.ink.inkml", "core.digits.files", "core.pictures"),
    *("numpy.ma", "numpy.random", "numpy.fft", "numpy.polynomial", "argparse", "socket", "ssl", "email", "http"),
    *("xml", "asyncio", "multiprocessing", "concurrent", "importlib.metadata", "logging.handlers", "unittest"),
)
"""Modules that have no business in a start; with what is below them."""
BROUGHT_BY_QT = {"argparse": "PySide6"}
NEVER_OPENED = ("model.keras", "mnist.npz")


@dataclass(frozen=True, slots=True)
class Start:
    """One start of the app.

    Attributes
    ----------
    seconds
        Since the process was started, of each thing that happened, in their order.
    peak_bytes
        The most memory it had until then.
    modules, files
        What was imported, and what was opened for reading.
    imports
        Lines of `-X importtime`, where they were asked for.
    """

    seconds: dict[str, float]
    peak_bytes: int
    modules: tuple[str, ...]
    files: tuple[str, ...]
    imports: str = ""

    @property
    def ready(self) -> float:
        return self.seconds["stroke recognised"]


def start_app(watched: Sequence[str] = (), *, list_imports: bool = False) -> Start:
    """Start the app in a fresh home, draw, and close it. Raises BenchmarkError when it does not get that far.

    `watched` is the program that starts it under watch; nothing stands for this Python and the module `first_stroke`.
    """
    options = ["-X", "importtime"] if list_imports else []
    program = watched or [sys.executable, *options, "-m", "benchmarks.speed.first_stroke"]
    with TemporaryDirectory(prefix="digitpad-start-") as folder:
        report = Path(folder) / "report.json"
        began = time.monotonic()
        command = [*program, str(report), repr(began)]
        done = subprocess.run(
            command, capture_output=True, text=True, env=_environment(Path(folder)), cwd=REPOSITORY, check=False
        )
        if done.returncode or not report.exists():
            raise BenchmarkError(f"The app did not start:\n{done.stderr[-2000:]}")
        record = json.loads(report.read_text(encoding="utf-8"))
    if record["digit"] != "7":
        raise BenchmarkError(f"The 7 was read as {record['digit']}.")
    return Start(record["seconds"], record["peak_bytes"], tuple(record["modules"]), tuple(record["files"]), done.stderr)


def _environment(home: Path) -> dict[str, str]:
    """This process's own, but a fresh home, and no screen where there is none."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "DIGITPAD_", "PYTHON"))}
    kept |= {"HOME": str(home), "USERPROFILE": str(home)}
    if sys.platform.startswith("linux") and not os.environ.get("DISPLAY"):
        kept["QT_QPA_PLATFORM"] = "offscreen"
    return kept


def start_rival(arguments: Sequence[str] = RIVAL) -> tuple[float, int]:
    """Run Python with `arguments` to its end; return the seconds that took, and the most bytes of memory it had."""
    began = time.monotonic()
    with subprocess.Popen([sys.executable, *arguments], stderr=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - began
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise BenchmarkError(f"python {' '.join(arguments)} failed.")
    return seconds, usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def told_pairs(starts: Sequence[Start], rivals: Sequence[tuple[float, int]]) -> list[str]:
    """Lines that compare starts of the app with those of its rival, made in turn."""
    ready = Spread(tuple(start.ready for start in starts))
    shown = Spread(tuple(start.seconds["window shown"] for start in starts))
    peaks = Spread(tuple(start.peak_bytes / MEGABYTE for start in starts))
    rival = Spread(tuple(seconds for seconds, _ in rivals))
    rival_peaks = Spread(tuple(peak / MEGABYTE for _, peak in rivals))
    time_ratio, memory_ratio = ratios(ready.values, rival.values), ratios(peaks.values, rival_peaks.values)
    return [
        f"window shown {shown.text('{:.2f}', 's')}",
        f"first stroke recognised {ready.text('{:.2f}', 's')}, at most {peaks.text('{:.0f}', 'MB')}",
        f'python -c "import tensorflow" {rival.text("{:.2f}", "s")}, at most {rival_peaks.text("{:.0f}", "MB")}',
        f"ratio of the times {time_ratio.text('{:.3f}')}, of the memory {memory_ratio.text('{:.3f}')}",
        verdict_line("time", time_ratio.median, TIME_BAR, pattern="{:.3f}"),
        verdict_line("memory", memory_ratio.median, MEMORY_BAR, pattern="{:.3f}"),
    ]


def told_profile(start: Start) -> list[str]:
    """Lines that say where the time of one start went; `start` has the times of its imports."""
    lines = [*told_stages(start), "and the imports among it, by who brings them:"]
    costs = list(import_costs(start.imports).items())
    lines += [f"  {cost:6.1f} ms  {package}" for package, cost in costs[:LISTED]]
    return [*lines, f"  {sum(cost for _, cost in costs[LISTED:]):6.1f} ms  the rest"]


def told_stages(start: Start) -> list[str]:
    """A line for each thing that happened, with the milliseconds since the one before."""
    lines, before = [], 0.0
    for what, seconds in start.seconds.items():
        lines.append(f"  {(seconds - before) * 1000:6.0f} ms  until {what}")
        before = seconds
    return lines


def import_costs(lines: str) -> dict[str, float]:
    """Milliseconds that each package's own modules took to import, from what `-X importtime` printed; most first."""
    costs: defaultdict[str, float] = defaultdict(float)
    for line in lines.splitlines():
        if line.startswith("import time:") and line.split(":")[1].split("|")[0].strip().isdigit():
            own, _, name = line.removeprefix("import time:").split("|")
            costs[_package(name.strip())] += int(own) / 1000
    return dict(sorted(costs.items(), key=lambda item: -item[1]))


def _package(module: str) -> str:
    top = module.partition(".")[0].lstrip("_")
    if top in {"core", "gui", "main", "benchmarks"}:
        return "DigitPad"
    if top in {"shiboken6", "shibokensupport", "PySide6"}:
        return "PySide6"
    return "Python's own library" if top in sys.stdlib_module_names or f"_{top}" in sys.stdlib_module_names else top


def told_surplus(start: Start) -> str:
    """A line with everything that was imported or opened and has nothing to do with drawing."""
    names = [name for name in NOT_FOR_DRAWING if any(f"{module}.".startswith(f"{name}.") for module in start.modules)]
    found = sorted(f"{name} (by {BROUGHT_BY_QT[name]})" if name in BROUGHT_BY_QT else name for name in names)
    found += [name for name in NEVER_OPENED if any(Path(file).name == name for file in start.files)]
    return f"imported or opened, and not needed for drawing: {', '.join(found) or 'nothing'}"


def work(arguments: argparse.Namespace) -> None:
    print(machine_line())
    start_app(), start_rival()  # the files come from the disk only once
    pairs = [(start_app(), start_rival()) for _ in range(arguments.runs)]
    print(*told_pairs([ours for ours, _ in pairs], [theirs for _, theirs in pairs]), sep="\n", flush=True)
    start = start_app(list_imports=True)
    print(f"{len(start.modules)} modules imported; where the time goes, measuring the imports included:")
    print(*told_profile(start), told_surplus(start), sep="\n")


def main(argv: Sequence[str] | None = None) -> int:
    parser = command_parser("speed.start", "How soon the app is ready to draw, and with how much memory.")
    parser.add_argument("--runs", type=int, default=RUNS, metavar="N", help="starts of each, in turn")
    return run(parser, argv, work)


if __name__ == "__main__":
    sys.exit(main())
