"""How soon the standalone app is ready to draw, beside the same from source.

Both are started in turn with a fresh home each time, and drawn on by mouse events as soon as their windows are painted.
The standalone side is the app that `packaging/build.py watched` left in build/package, with its own Python, libraries
and modules; only what it runs first is another script, the one that watches the start from source too.
"""

import argparse
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.command_line import command_parser, run
from benchmarks.processes import BenchmarkError
from benchmarks.speed.start import MEGABYTE, REPOSITORY, Start, start_app, told_stages
from benchmarks.timing import RUNS, Spread, machine_line, ratios, verdict_line

BUILD = REPOSITORY / "build" / "package"
BAR = 1.3
PROGRAM = "first_stroke"
BESIDE_THE_BUNDLE = ("main.py", "benchmarks/__init__.py", "benchmarks/process_memory.py")
"""What the watching script imports and the app does not hold."""


@contextmanager
def watched_app(build: Path = BUILD) -> Iterator[Path]:
    """The program that starts the built app under watch; gone after the block.

    Raises
    ------
    BenchmarkError
        When no app was built, or not here: a Mac's bundle cannot be taken apart like this.
    """
    suffix = ".exe" if sys.platform == "win32" else ""
    contents, program = build / "app" / "DigitPad" / "_internal", build / "work" / "digitpad" / f"{PROGRAM}{suffix}"
    if not (contents.is_dir() and program.is_file()):
        raise BenchmarkError(
            "There is no standalone app to watch in build/package; "
            "`build/package/venv/bin/python packaging/build.py watched` builds one, after `make package`."
        )
    with TemporaryDirectory(prefix="digitpad-frozen-") as folder:
        beside = Path(folder) / "_internal"
        beside.mkdir()
        for entry in contents.iterdir():
            (beside / entry.name).symlink_to(entry, target_is_directory=entry.is_dir())
        for name in BESIDE_THE_BUNDLE:
            (beside / name).parent.mkdir(exist_ok=True)
            shutil.copyfile(REPOSITORY / name, beside / name)
        yield Path(shutil.copy2(program, folder))


def told_pairs(frozen: Sequence[Start], from_source: Sequence[Start]) -> list[str]:
    """Lines that compare starts of both kinds, made in turn."""
    lines, verdicts = [], []
    for what in ("window shown", "stroke recognised"):
        ours, theirs = (Spread(tuple(start.seconds[what] for start in starts)) for starts in (frozen, from_source))
        lines.append(f"{what}: standalone {ours.text('{:.2f}', 's')}, from source {theirs.text('{:.2f}', 's')}")
        verdicts.append(verdict_line(what, ratios(ours.values, theirs.values).median, BAR))
    peaks = (Spread(tuple(start.peak_bytes / MEGABYTE for start in starts)) for starts in (frozen, from_source))
    told = ", ".join(
        f"{name} {peak.text('{:.0f}', 'MB')}" for name, peak in zip(("standalone", "from source"), peaks, strict=True)
    )
    return [*lines, f"memory until then: {told}", *verdicts]


def work(arguments: argparse.Namespace) -> None:
    print(machine_line())
    with watched_app() as program:
        start_app([str(program)]), start_app()  # the files come from the disk only once
        pairs = [(start_app([str(program)]), start_app()) for _ in range(arguments.runs)]
    print(*told_pairs([frozen for frozen, _ in pairs], [source for _, source in pairs]), sep="\n", flush=True)
    for name, start in zip(("standalone", "from source"), pairs[-1], strict=True):
        print(f"the last start, {name}, {len(start.modules)} modules:", *told_stages(start), sep="\n")


def main(argv: Sequence[str] | None = None) -> int:
    parser = command_parser(
        "frozen_start", "How soon the standalone app is ready to draw, beside the same from source."
    )
    parser.add_argument("--runs", type=int, default=RUNS, metavar="N", help="starts of each, in turn")
    return run(parser, argv, work)


if __name__ == "__main__":
    sys.exit(main())
