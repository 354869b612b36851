"""What the benchmarks' commands share: their options, and the one way in which they end."""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.processes import BenchmarkError
from core.errors import DigitPadError


def command_parser(name: str, description: str) -> argparse.ArgumentParser:
    """A parser for `python -m benchmarks.NAME`."""
    return argparse.ArgumentParser(prog=f"python -m benchmarks.{name}", description=description)


def add_ink(parser: argparse.ArgumentParser, *, required: bool = False) -> None:
    """Let `parser` take --ink, a file of labelled ink."""
    text = "labelled ink of real writers as JSON, maybe gzipped"
    parser.add_argument("--ink", type=Path, metavar="FILE", required=required, help=text)


def training_parser(name: str, description: str, preset: str) -> argparse.ArgumentParser:
    """A parser for a command that trains: which network, on what, for how long."""
    parser = command_parser(name, description)
    parser.add_argument("--preset", default=preset, help=f"default: {preset}")
    parser.add_argument("--data", default="mnist", help="as for DigitPad's own command; default: mnist")
    parser.add_argument("--epochs", type=int, metavar="N", help="default: the preset's")
    return parser


def run(
    parser: argparse.ArgumentParser, argv: Sequence[str] | None, work: Callable[[argparse.Namespace], str | None]
) -> int:
    """Do the `work` that `argv` asks for, or the process's own arguments, and print what it returns.

    Returns 0, or 1 after a sentence on stderr where that cannot be done.
    """
    arguments = parser.parse_args(argv)
    try:
        said = work(arguments)
    except (BenchmarkError, DigitPadError, TimeoutError) as error:
        print(error, file=sys.stderr)
        return 1
    if said:
        print(said)
    return 0
