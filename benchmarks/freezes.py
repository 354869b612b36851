"""Whether the window ever freezes: the longest gaps of its event loop in four scenes.

    python -m benchmarks.freezes [--only NAME ...] [--runs N]

In every scene the real window is alone in a process of its own, with a precise timer in the window's thread. A gap is
the time from one beat of that timer to the next, whatever filled it: the window's own work, waiting for Python's lock,
or waiting for a core. Without a display it is Qt's offscreen platform.
"""

import argparse
import math
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.command_line import command_parser, run
from benchmarks.event_loop import LongGap
from benchmarks.processes import run_json
from benchmarks.timing import RUNS, Spread, machine_line, percentile_text, verdict_line

LISTED = 3


@dataclass(frozen=True, slots=True)
class Scene:
    """What is played, and what has to hold.

    Attributes
    ----------
    name, arguments
        Of `benchmarks.freezing_scenes`.
    what
        What happens, in a few words.
    seconds
        What the time is that is told with it.
    longest, p99
        Bars in milliseconds; None where there is none.
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


_OPENED = "until it is on the pad"
SCENES = {
    "start": Scene("start", "the app starts", "until its loop runs", 60),
    "tensorflow": Scene("tensorflow", "the Train page is looked at, TensorFlow is loaded", "until it is ready", 120),
    "training": Scene("training", "two trainings: pause, resume, result; stop", "for both", 120, p99=20),
    "photograph": Scene("photograph", "a JPEG of 12 megapixels is opened", _OPENED, 60),
    "png": Scene("photograph", "a PNG of 12 megapixels is opened", _OPENED, 60, arguments=("--kind", "png")),
}


def play(scene: Scene) -> Played:
    """Play `scene` in a process of its own. Raises BenchmarkError."""
    [told] = run_json("benchmarks.freezing_scenes", scene.name, "--began", repr(time.monotonic()), *scene.arguments)
    return read_played(told)


def read_played(told: dict[str, Any]) -> Played:
    """What `benchmarks.freezing_scenes` printed."""
    gaps = tuple(LongGap(**{**gap, "others": tuple(gap["others"])}) for gap in told["long_gaps"])
    return Played(told["seconds"], tuple(told["gaps"]), gaps)


def told_scene(scene: Scene, played: Sequence[Played]) -> list[str]:
    """Lines that say how smooth `scene` was in several runs."""
    longest = Spread(tuple(max(one.gaps) for one in played))
    lines = [
        f"{scene.what}: {Spread(tuple(one.seconds for one in played)).text('{:.2f}', 's')} {scene.seconds}",
        f"  all gaps: {percentile_text([gap for one in played for gap in one.gaps])}",
        f"  longest gap of a run: {longest.text('{:.1f}', 'ms')}",
        "  " + verdict_line("longest", longest.median, scene.longest, pattern="{:.1f} ms"),
    ]
    if scene.p99 is not None:
        ninety_nine = Spread(tuple(percentile(one.gaps, 0.99) for one in played))
        lines.append(f"  p99 of a run: {ninety_nine.text('{:.1f}', 'ms')}")
        lines.append("  " + verdict_line("p99", ninety_nine.median, scene.p99, pattern="{:.1f} ms"))
    gaps = sorted((gap for one in played for gap in one.long_gaps), key=lambda gap: -gap.milliseconds)
    return lines + [f"    {gap.text()}" for gap in gaps[:LISTED]]


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest of `values` that at least `share` of them do not exceed, n >= 1."""
    return sorted(values)[max(math.ceil(share * len(values)) - 1, 0)]


def work(arguments: argparse.Namespace) -> None:
    print(machine_line(), flush=True)
    for name in arguments.only or SCENES:
        played = [play(SCENES[name]) for _ in range(arguments.runs)]
        print(*told_scene(SCENES[name], played), sep="\n", flush=True)


def main(argv: Sequence[str] | None = None) -> int:
    """Play the scenes that the command line `argv` asks for."""
    parser = command_parser("freezes", "Whether the window ever freezes.")
    parser.add_argument("--only", nargs="+", choices=list(SCENES), metavar="NAME", help=f"of {', '.join(SCENES)}")
    parser.add_argument("--runs", type=int, default=RUNS, metavar="N", help="runs of each scene")
    return run(parser, argv, work)


if __name__ == "__main__":
    sys.exit(main())
