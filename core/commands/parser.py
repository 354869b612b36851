"""The command line, as `--help` explains it."""

import argparse
from collections.abc import Callable
from pathlib import Path

from core import __version__
from core.errors import DataSetError
from core.system.program import command, program_name
from core.training.engines import ENGINES
from core.training.presets import DEFAULT_PRESET, PRESETS
from core.wording.typed_numbers import read_number, read_whole_number

EXAMPLES = {
    "": "open the window",
    "predict seven.png drawings/": "which digits are in these files?",
    "train --preset quick --name mine": "train a network, keep it as a model",
    "evaluate --model mine": "how good is a model on MNIST's test set?",
}


def make_parser() -> argparse.ArgumentParser:
    """The command line, as `--help` explains it."""
    # a default here would overwrite what was given before the command
    shared = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    shared.add_argument("--data-dir", type=_folder, metavar="DIR", help="keep models, settings and log under DIR")
    parser = argparse.ArgumentParser(
        prog=program_name(),
        description="Draw a digit and see it recognised while you draw. Without a command the window opens.",
        epilog=_epilog(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--data-dir", type=_folder, metavar="DIR", help="keep models, settings and log under DIR")
    parser.add_argument("--version", action="version", version=f"DigitPad {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    _add_predict(commands.add_parser("predict", parents=[shared], help="say which digits are in files"))
    _add_train(commands.add_parser("train", parents=[shared], help="train a network"))
    _add_evaluate(commands.add_parser("evaluate", parents=[shared], help="test a model on digits it has not seen"))
    _add_self_test(commands.add_parser("self-test", parents=[shared], help="drive the real window and report"))
    return parser


def _epilog() -> str:
    width = max(map(len, EXAMPLES))
    examples = [f"  {command()} {arguments:<{width}}  {what}" for arguments, what in EXAMPLES.items()]
    return "\n".join(["examples:", *examples, "", "Exit code: 0 done, 1 could not do it, 2 wrong usage."])


def _add_predict(parser: argparse.ArgumentParser) -> None:
    parser.description = "Say which digits are in drawings (.inkml) and pictures (.png, .jpg, .bmp, .webp, .tiff)."
    parser.add_argument("paths", nargs="+", metavar="PATH", help="a file, or a folder with files")
    _add_model(parser)
    _add_json(parser, "print one JSON object a line instead of a table")


def _add_train(parser: argparse.ArgumentParser) -> None:
    parser.description = "Train a network and keep it as a model. Ctrl+C stops and keeps the best epoch so far."
    parser.add_argument(
        "--preset", choices=sorted(PRESETS), default=DEFAULT_PRESET, help=f"which network (default: {DEFAULT_PRESET})"
    )
    _add_data(parser, "what to train on", "the first N digits", _training_data)
    parser.add_argument(
        "--epochs", type=_typed(read_whole_number), metavar="N", help="times through the data (default: the preset's)"
    )
    parser.add_argument(
        "--batch-size", type=_typed(read_whole_number), metavar="N", help="images at a time (default: the preset's)"
    )
    parser.add_argument(
        "--learning-rate",
        type=_typed(read_number),
        metavar="X",
        help="how strongly the network corrects itself each time, such as 0.001 or 1e-3 (default: the preset's)",
    )
    parser.add_argument(
        "--validation",
        type=_typed(read_number),
        metavar="SHARE",
        help="share of the training digits to keep out and measure after each epoch, such as 0.1 or 10%% "
        "(default: the preset's; 0: none)",
    )
    parser.add_argument(
        "--augment",
        action=argparse.BooleanOptionalAction,
        help="vary the digits while training, or learn from them as they are (default: the preset's)",
    )
    parser.add_argument(
        "--seed", type=_typed(read_whole_number), metavar="N", default=1, help="same seed, same run (default: 1)"
    )
    parser.add_argument(
        "--ink",
        type=_not_empty,
        metavar="FILE",
        default=None,
        help="learn from real writers too: a JSON file of labelled strokes, or .gz; needs --ink-source",
    )
    parser.add_argument(
        "--ink-source",
        type=_not_empty,
        metavar="TEXT",
        default=None,
        help="who made that file, and its licence: goes into the model's card",
    )
    parser.add_argument(
        "--start",
        type=_not_empty,
        metavar="NAME|DIR",
        default=None,
        help="go on from this model of the same preset instead of from nothing, at a quarter of the learning rate "
        "unless --learning-rate says otherwise",
    )
    parser.add_argument(
        "--teacher",
        type=_not_empty,
        metavar="NAME|DIR",
        action="append",
        default=[],
        help="learn from what this model answers too; may be given several times",
    )
    parser.add_argument(
        "--no-synthesis", action="store_true", help="add no synthesised digits to the data, as digitpad does otherwise"
    )
    parser.add_argument(
        "--engine",
        choices=list(ENGINES),
        default="",
        help="how to compute (default: the fastest on this machine, measured and remembered)",
    )
    parser.add_argument(
        "--name",
        type=_not_empty,
        default=None,
        help="what to call the model, as no other is called (default: made from time, preset and data)",
    )
    _add_json(parser, "print one event a line as JSON")


def _add_evaluate(parser: argparse.ArgumentParser) -> None:
    parser.description = "Test a model on the test part of a data set and print accuracy and confusion matrix."
    _add_model(parser)
    _add_data(parser, "whose test part to test on", "its first N test digits", _test_data)
    _add_json(parser, "print one JSON object")


def _add_self_test(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Drive the real window with mouse events: draw, recognise, train a small network, use it. "
        "Needs no display, and leaves your own models and settings alone."
    )
    parser.add_argument("--screenshots", type=_folder, metavar="DIR", help="save pictures of the window in DIR")
    _add_json(parser, "print one JSON object a step")


def _add_model(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--model", type=_not_empty, metavar="NAME|DIR", help="a model's name or its folder (default: the shipped one)"
    )


def _add_data(parser: argparse.ArgumentParser, what: str, part: str, in_form: Callable[[str], str]) -> None:
    parser.add_argument(
        "--data",
        type=in_form,
        metavar="NAME",
        default="mnist",
        help=f"{what}: mnist, mnist:N ({part}), a Keras-style .npz, an IDX file, or a folder with "
        "subfolders 0 to 9 of pictures (default: mnist)",
    )


def _add_json(parser: argparse.ArgumentParser, what: str) -> None:
    parser.add_argument("--json", action="store_true", help=what)


def _not_empty(text: str) -> str:
    """As it is. Nothing at all is rather a shell's variable that was never set than what somebody wanted."""
    if not text.strip():
        raise argparse.ArgumentTypeError("This may not be empty.")
    return text


def _typed(read: Callable[[str], float]) -> Callable[[str], float]:
    """`read` for argparse, which keeps the sentence of no other error."""

    def in_form(text: str) -> float:
        try:
            return read(text)
        except ValueError as error:
            raise argparse.ArgumentTypeError(str(error)) from error

    return in_form


def _folder(text: str) -> Path:
    return Path(_not_empty(text))


def _training_data(source: str) -> str:
    from core.datasets.mnist import read_mnist_name

    return _data_in_form(source, read_mnist_name)


def _test_data(source: str) -> str:
    from core.datasets.mnist import read_mnist_test_name

    return _data_in_form(source, read_mnist_test_name)


def _data_in_form(source: str, read_name: Callable[[str], object]) -> str:
    try:
        read_name(_not_empty(source))
    except DataSetError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
    return source
