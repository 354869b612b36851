"""How fast the window trains, beside a bare script on Keras's defaults and the best bare script.

All train the network of the `keras-cnn` preset with batches of 128 on the same digits, as processes of their own, in
turn. Images per second leave the first epoch out, in which TensorFlow builds its graphs.
"""

import argparse
import sys
from collections.abc import Sequence
from typing import Any

from benchmarks.command_line import command_parser, run
from benchmarks.processes import BenchmarkError, run_json
from benchmarks.timing import RUNS, Spread, machine_line, ratios, verdict_line

DIGITS = 12_800
DEFAULTS_BAR, BEST_BAR, WINDOW_BAR = 1.8, 0.97, 0.97

DEFAULTS = "bare script, Keras's defaults"
BARE = {
    DEFAULTS: [],
    "without XLA and metrics, 8 steps at once": ["--fast", "--steps", "8"],
    "the same, in bfloat16": ["--fast", "--steps", "8", "--bfloat16"],
    "bfloat16, 1 step at once": ["--fast", "--bfloat16"],
    "bfloat16, 1 step, 1 operation at once": ["--fast", "--bfloat16", "--threads", "0", "1"],
}
WINDOW = "DigitPad's window"
COMMAND_LINE = "DigitPad without a window"
OWN = {COMMAND_LINE: "benchmarks.speed.plain_training", WINDOW: "benchmarks.speed.window_training"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark with the command line `arguments` and return its exit code."""
    parser = command_parser("speed.training", __doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=RUNS, metavar="N", help=f"default: {RUNS}")
    parser.add_argument("--digits", type=int, default=DIGITS, metavar="N", help=f"default: {DIGITS:,}")
    return run(parser, arguments, _compare)


def _compare(options: argparse.Namespace) -> str:
    names = [*BARE, *OWN]
    rates: dict[str, list[float]] = {name: [] for name in names}
    engines: set[str] = set()
    shares = []
    for number in range(options.runs):
        for name in reversed(names) if number % 2 else names:  # a drift of the machine helps the first and the last
            told = _train(name, options.digits)
            rates[name].append(rate(told))
            if name in OWN:
                engines.add(told["engine"].split(",")[0])
                _require_one(engines)
            if name == WINDOW:
                shares.append(100 * told["window_share"])
        print(f"run {number + 1} of {options.runs} done", file=sys.stderr)
    return "\n".join([machine_line(), *_table(rates), _share_line(shares), *engines, *_verdicts(rates)])


def _require_one(engines: set[str]) -> None:
    if len(engines) > 1:
        raise BenchmarkError(f"DigitPad found now one way to compute fastest and now another: {sorted(engines)}")


def _train(name: str, digits: int) -> dict[str, Any]:
    if name in OWN:
        return run_json(OWN[name], "--data", f"mnist:{digits}", "--epochs", "5")[-1]
    return run_json("benchmarks.speed.bare_training", "--epochs", "3", "--images", str(digits), *BARE[name])[-1]


def rate(told: dict[str, Any]) -> float:
    """Images per second of all epochs but the first."""
    seconds = told["epoch_seconds"][1:]
    return float(told["images"] * len(seconds) / sum(seconds))


def _table(rates: dict[str, list[float]]) -> list[str]:
    return [f"{name:<42} {Spread(tuple(values)).text('{:,.0f}', 'images/s')}" for name, values in rates.items()]


def _share_line(percent: list[float]) -> str:
    return f"the window's own thread meanwhile: {Spread(tuple(percent)).text('{:.1f}', '% of a core')}"


def _verdicts(rates: dict[str, list[float]]) -> list[str]:
    best = max(BARE, key=lambda name: Spread(tuple(rates[name])).median)
    bars = [
        ("window / Keras's defaults", DEFAULTS, DEFAULTS_BAR),
        (f"window / best bare script ({best})", best, BEST_BAR),
        ("window / the same without a window", COMMAND_LINE, WINDOW_BAR),
    ]
    lines = []
    for what, other, bar in bars:
        ratio = ratios(rates[WINDOW], rates[other])
        lines += [f"{what}, pair by pair: {ratio.text()}", verdict_line(what, ratio.median, bar, at_least=True)]
    return lines


if __name__ == "__main__":
    sys.exit(main())
