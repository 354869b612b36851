"""How long the `quick` preset takes to the tutorials' accuracy, beside the whole recipe as a bare script.

From pressing Start in the window, with TensorFlow loaded, to the new model ready to be used: training, compiling,
testing and saving. The bare script's time is that of `model.fit` alone. The test set is used once, at the end of each
run; only where the seconds to certain accuracies are told is it looked at after every epoch, in a run of its own that
decides nothing.
"""

import argparse
import statistics
import sys
from collections.abc import Sequence
from typing import Any

from benchmarks.command_line import command_parser, run
from benchmarks.processes import run_json
from benchmarks.timing import Spread, machine_line, verdict_line
from core.percentages import accuracy_text

ACCURACY_BAR = 0.9926
TIME_BAR = 1 / 15
LEVELS = (0.98, 0.99, 0.9926, 0.995)
WHOLE_RECIPE = 12


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark with the command line `arguments` and return its exit code."""
    parser = command_parser("time_to_accuracy", __doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=5, metavar="N", help="runs of the quick preset (default: 5)")
    parser.add_argument(
        "--bare-epochs",
        type=int,
        default=WHOLE_RECIPE,
        metavar="N",
        help="epochs of the bare script; of fewer than 12, the last stands for the rest (default: 12)",
    )
    return run(parser, arguments, _compare)


def _compare(options: argparse.Namespace) -> str:
    seeds = [str(seed) for seed in range(1, options.seeds + 1)]
    quick = run_json("benchmarks.window_training", "--preset", "quick", "--seeds", *seeds)
    print(f"quick: {[round(told['ready_seconds'], 1) for told in quick]} s", file=sys.stderr)
    bare = run_json("benchmarks.bare_training", "--epochs", str(options.bare_epochs), "--test-each-epoch")[-1]
    curve = run_json("benchmarks.tested_training", "--preset", "quick")[-1]
    seconds = Spread(tuple(told["ready_seconds"] for told in quick))
    accuracy = statistics.mean(told["accuracy"] for told in quick)
    whole = whole_recipe_seconds(bare, options.bare_epochs)
    return "\n".join(
        [
            machine_line(),
            f"quick, from Start to ready: {seconds.text('{:.1f}', 's')}",
            f"quick on the test set: {', '.join(accuracy_text(told['accuracy']) for told in quick)}",
            f"bare script, {WHOLE_RECIPE} epochs: {whole:.0f} s{_how_known(options.bare_epochs)}, "
            f"{accuracy_text(bare['accuracy'])} after {options.bare_epochs}",
            *_level_lines(bare["reached"], curve["reached"]),
            verdict_line("quick's mean accuracy", accuracy, ACCURACY_BAR, at_least=True, pattern="{:.4f}"),
            verdict_line("quick / bare script", seconds.median / whole, TIME_BAR, pattern="{:.4f}"),
        ]
    )


def whole_recipe_seconds(bare: dict[str, Any], epochs: int) -> float:
    """What twelve epochs take, of which `epochs` were run."""
    return float(bare["seconds"] + (WHOLE_RECIPE - epochs) * bare["epoch_seconds"][-1])


def seconds_to(level: float, reached: Sequence[Sequence[float]]) -> float | None:
    """Seconds until the accuracy was `level` for the first time; None where it never was."""
    return next((seconds for seconds, accuracy in reached if accuracy >= level), None)


def _how_known(epochs: int) -> str:
    return "" if epochs >= WHOLE_RECIPE else f" ({epochs} measured, the rest reckoned)"


def _level_lines(bare: Sequence[Sequence[float]], quick: Sequence[Sequence[float]]) -> list[str]:
    lines = ["seconds of training to        quick   bare script"]
    for level in LEVELS:
        cells = [seconds_to(level, reached) for reached in (quick, bare)]
        texts = ["never" if cell is None else f"{cell:.1f}" for cell in cells]
        lines.append(f"{accuracy_text(level):>21} {texts[0]:>13} {texts[1]:>13}")
    return lines


if __name__ == "__main__":
    sys.exit(main())
