"""How long the `quick` preset takes to the tutorials' accuracy, beside the whole recipe as a bare script.

From pressing Start in the window, with TensorFlow loaded, to the new model ready to be used: training, compiling,
testing and saving; every run is a process of its own. After each one, a part of the recipe is run as a bare script, and
its 12 epochs are reckoned from that: the time of `model.fit` alone. The test set is used once, at the end of each run;
only where the seconds to certain accuracies are told is it looked at after every epoch, in a run of its own that
decides nothing.
"""

import argparse
import statistics
import sys
import tempfile
from collections.abc import Sequence
from typing import Any

from benchmarks.command_line import command_parser, run
from benchmarks.processes import run_json
from benchmarks.speed.training import rate
from benchmarks.timing import Spread, machine_line, ratios, verdict_line
from core.wording.percentages import accuracy_text

ACCURACY_BAR = 0.9926
TIME_BAR = 1 / 15
LEVELS = (0.98, 0.99, 0.9926, 0.995)
WHOLE_RECIPE = 12
MNIST_DIGITS, BARE_DIGITS = 60_000, 12_800


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark with the command line `arguments` and return its exit code."""
    parser = command_parser("speed.time_to_accuracy", __doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=5, metavar="N", help="runs of the quick preset (default: 5)")
    parser.add_argument("--whole", action="store_true", help="also run all 12 epochs of the recipe, in both ways")
    return run(parser, arguments, _compare)


def _compare(options: argparse.Namespace) -> str:
    quick, bare = [], []
    with tempfile.TemporaryDirectory(prefix="digitpad-benchmark-") as folder:
        for seed in range(1, options.seeds + 1):  # the folder remembers the engine, which the first run finds
            settings = ("--preset", "quick", "--seeds", str(seed), "--data-dir", folder)
            quick += run_json("benchmarks.speed.window_training", *settings)
            bare += run_json("benchmarks.speed.bare_training", "--epochs", "3", "--images", str(BARE_DIGITS))
            print(
                f"seed {seed}: {quick[-1]['ready_seconds']:.1f} s, {accuracy_text(quick[-1]['accuracy'])}",
                file=sys.stderr,
            )
    seconds = [told["ready_seconds"] for told in quick]
    whole = [whole_recipe_seconds(told) for told in bare]
    accuracy = statistics.mean(told["accuracy"] for told in quick)
    return "\n".join(
        [
            machine_line(),
            f"quick, from Start to ready: {Spread(tuple(seconds)).text('{:.1f}', 's')}",
            f"quick on the test set: {', '.join(accuracy_text(told['accuracy']) for told in quick)}",
            f"bare script, {WHOLE_RECIPE} epochs, reckoned: {Spread(tuple(whole)).text('{:.0f}', 's')}",
            *_level_lines(options.seeds),
            *_stage_lines(quick),
            *(_whole_lines() if options.whole else ()),
            verdict_line("quick's mean accuracy", accuracy, ACCURACY_BAR, at_least=True, pattern="{:.4f}"),
            verdict_line("quick / bare script", ratios(seconds, whole).median, TIME_BAR, pattern="{:.4f}"),
        ]
    )


def whole_recipe_seconds(bare: dict[str, Any]) -> float:
    """What twelve epochs of 60,000 digits take: as long a digit as in the epochs after the first."""
    seconds = bare["epoch_seconds"][1:]
    return float(WHOLE_RECIPE * MNIST_DIGITS * sum(seconds) / len(seconds) / bare["images"])


def seconds_to(level: float, reached: Sequence[Sequence[float]]) -> float | None:
    """Seconds until the accuracy was `level` for the first time; None where it never was."""
    return next((seconds for seconds, accuracy in reached if accuracy >= level), None)


def _level_lines(seeds: int) -> list[str]:
    """When runs of `quick` first reached each accuracy, and how many of them did."""
    runs = [
        run_json("benchmarks.speed.tested_training", "--preset", "quick", "--seed", str(seed))[-1]["reached"]
        for seed in range(1, seeds + 1)
    ]
    lines = [f"seconds of quick's training, {seeds} runs, to"]
    for level in LEVELS:
        seconds = [taken for reached in runs if (taken := seconds_to(level, reached)) is not None]
        told = Spread(tuple(seconds)).text("{:.1f}", "s") if seconds else "never"
        lines.append(f"{accuracy_text(level):>12}  {told}")
    return lines


def _stage_lines(quick: Sequence[dict[str, Any]]) -> list[str]:
    """Where the time of `quick` goes, and how fast its network is alone."""
    lines = ["where quick's time goes"]
    for name in quick[-1]["stages"]:  # only the first run has to find the engine
        seconds = [told["stages"][name] for told in quick if name in told["stages"]]
        lines.append(f"  {name:<34}{Spread(tuple(seconds)).text('{:.2f}', 's')}")
    rates = [rate(told) for told in quick]
    lines.append(f"  trained: {Spread(tuple(rates)).text('{:,.0f}', 'images/s')}, digits varied meanwhile")
    return [*lines, f"  the same step again and again: {quick[0]['engine']}"]


def _whole_lines() -> list[str]:
    """The whole recipe, in the window and as a bare script."""
    own = run_json("benchmarks.speed.window_training", "--preset", "keras-cnn")[-1]
    bare = run_json("benchmarks.speed.bare_training", "--epochs", str(WHOLE_RECIPE))[-1]
    sides = {"keras-cnn in the window": (own, own["ready_seconds"]), "bare script": (bare, bare["seconds"])}
    return [
        f"{name}, {WHOLE_RECIPE} epochs: {seconds:.0f} s, {accuracy_text(told['accuracy'])} on the test set"
        for name, (told, seconds) in sides.items()
    ]


if __name__ == "__main__":
    sys.exit(main())
