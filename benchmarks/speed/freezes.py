"""Whether the window ever freezes: the longest gaps of its event loop in six scenes.

    python -m benchmarks.speed.freezes [--only NAME ...] [--runs N]

In every scene the real window is alone in a process of its own, with a precise timer in the window's thread. A gap is
the time from one beat of that timer to the next, whatever filled it: the window's own work, waiting for Python's lock,
or waiting for a core. Without a display it is Qt's offscreen platform.

The p99 is one of time, in which a gap counts as much as it is long: for 99 % of the time the loop was in gaps no longer
than that, so of a hundred inputs at random moments one meets a longer gap, and none waits longer than the gap that it
meets. Among the gaps as such nearly all are the timer's own two milliseconds, however long the loop stands still.
"""

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.command_line import command_parser, run
from benchmarks.processes import run_json
from benchmarks.speed.event_loop import LongGap
from benchmarks.timing import RUNS, Spread, machine_line, percentile, verdict_line

LISTED = 3


@dataclass(frozen=True, slots=True)
class Scene:
    """What is played, and what has to hold.

    Attributes
    ----------
    name, arguments
        Of `benchmarks.speed.freezing_scenes`.
    what
        What happens, in a few words.
    seconds
        What the time is that is told with it.
    longest, p99
        Bars in milliseconds, the second one for the p99 of time; None where there is none.
    """

    name: str
    what: str
    seconds: str
    longest: float
    p99: float | None = None
    arguments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Played:
    """One run of a scene: what it took, and every gap in milliseconds."""

    seconds: float
    gaps: tuple[float, ...]
    long_gaps: tuple[LongGap, ...]


_LITTLE = ("--preset", "digitpad", "--data", "mnist:1000", "--epochs", "2")
_OPENED = "until it is on the pad"
SCENES = {
    "start": Scene("start", "the app starts", "until its loop runs", 60),
    "tensorflow": Scene("tensorflow", "the Train page is looked at, TensorFlow is loaded", "until it is ready", 120),
    "training": Scene("training", "two trainings: engine, pause, resume, result; stop", "for both", 120, p99=20),
    "synthesis": Scene(
        "synthesis", "the Train page, digitpad on little data", "until its result", 120, arguments=_LITTLE
    ),
    "photograph": Scene("photograph", "a JPEG of 12 megapixels is opened", _OPENED, 60),
    "png": Scene("photograph", "a PNG of 12 megapixels is opened", _OPENED, 60, arguments=("--kind", "png")),
}


def play(scene: Scene) -> Played:
    """Play `scene` in a process of its own. Raises BenchmarkError."""
    [told] = run_json(
        "benchmarks.speed.freezing_scenes", scene.name, "--began", repr(time.monotonic()), *scene.arguments
    )
    return read_played(told)


def read_played(told: dict[str, Any]) -> Played:
    """What `benchmarks.speed.freezing_scenes` printed."""
    gaps = tuple(LongGap(**{**gap, "others": tuple(gap["others"])}) for gap in told["long_gaps"])
    return Played(told["seconds"], tuple(told["gaps"]), gaps)


def _above(longest: Spread, bar: float) -> str:
    return f"above the bar in {sum(value > bar for value in longest.values)} of {len(longest.values)} runs"


def told_scene(scene: Scene, played: Sequence[Played]) -> list[str]:
    """Lines that say how smooth `scene` was in several runs."""
    longest = Spread(tuple(max(one.gaps) for one in played))
    ninety_nine = Spread(tuple(percentile(one.gaps, 0.99, weights=one.gaps) for one in played))
    lines = [
        f"{scene.what}: {Spread(tuple(one.seconds for one in played)).text('{:.2f}', 's')} {scene.seconds}",
        f"  {sum(len(one.gaps) for one in played):,} gaps; 99 % of the time in gaps of at most "
        f"{ninety_nine.text('{:.1f}', 'ms')}",
        f"  longest gap of a run: {longest.text('{:.1f}', 'ms')}, {_above(longest, scene.longest)}",
        "  " + verdict_line("longest", longest.median, scene.longest, pattern="{:.1f} ms"),
    ]
    if scene.p99 is not None:
        lines.append("  " + verdict_line("p99 of time", ninety_nine.median, scene.p99, pattern="{:.1f} ms"))
    gaps = sorted((gap for one in played for gap in one.long_gaps), key=lambda gap: -gap.milliseconds)
    return lines + [f"    {gap.text()}" for gap in gaps[:LISTED]]


def work(arguments: argparse.Namespace) -> None:
    print(machine_line(), flush=True)
    for name in arguments.only or SCENES:
        played = [play(SCENES[name]) for _ in range(arguments.runs)]
        print(*told_scene(SCENES[name], played), sep="\n", flush=True)


def main(argv: Sequence[str] | None = None) -> int:
    """Play the scenes that the command line `argv` asks for."""
    parser = command_parser("speed.freezes", "Whether the window ever freezes.")
    parser.add_argument("--only", nargs="+", choices=list(SCENES), metavar="NAME", help=f"of {', '.join(SCENES)}")
    parser.add_argument("--runs", type=int, default=RUNS, metavar="N", help="runs of each scene")
    return run(parser, argv, work)


if __name__ == "__main__":
    sys.exit(main())
