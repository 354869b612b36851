"""The parser of the command line, with its help."""

import argparse
from collections.abc import Callable
from functools import partial
from pathlib import Path

from core import __version__
from core.errors import DataSetError
from core.system.program import command, program_name
from core.training.options import OPTIONS, Kind, Option
from core.wording.names import printable_line
from core.wording.typed_numbers import read_number, read_whole_number

LABELS = (*map(str, range(10)), "none")
MAX_WRITER_LENGTH = 64
"""As in `core.samples.sample`, which would load NumPy."""
EXAMPLES = {
    "": "open the window",
    "predict seven.png drawings/": "which digits and numbers are in these files?",
    "explain seven.png --against 1": "why is it a 7, and not a 1?",
    "train --preset quick --name mine": "train a network, keep it as a model",
    "digits add sevens/ --label 7": "keep your own digits, to teach a model your hand",
    "teach": "teach the shipped model the digits that you kept",
    "evaluate --model mine": "how good is a model on MNIST's test set?",
}


def make_parser() -> argparse.ArgumentParser:
    """The parser of the command line, with its help."""
    # a default here would overwrite an option given before the command
    shared = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    shared.add_argument("--data-dir", type=_folder, metavar="DIR", help="keep models, settings and log under DIR")
    parser = argparse.ArgumentParser(
        prog=program_name(),
        description="Draw a digit or a number and see it read while you draw. Without a command the window opens.",
        epilog=_epilog(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--data-dir", type=_folder, metavar="DIR", help="keep models, settings and log under DIR")
    parser.add_argument("--version", action="version", version=f"DigitPad {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    _add_predict(commands.add_parser("predict", parents=[shared], help="say which digits and numbers are in files"))
    _add_explain(commands.add_parser("explain", parents=[shared], help="show why a digit is read as it is"))
    _add_train(commands.add_parser("train", parents=[shared], help="train a network"))
    _add_evaluate(commands.add_parser("evaluate", parents=[shared], help="test a model on digits it has not seen"))
    what = "keep your own digits, to teach a model your hand"
    _add_digits(commands.add_parser("digits", parents=[shared], help=what), shared)
    _add_teach(commands.add_parser("teach", parents=[shared], help="teach a model your own digits, in seconds"))
    _add_self_test(commands.add_parser("self-test", parents=[shared], help="drive the real window and report"))
    return parser


def _epilog() -> str:
    width = max(map(len, EXAMPLES))
    examples = [f"  {command()} {arguments:<{width}}  {what}" for arguments, what in EXAMPLES.items()]
    return "\n".join(["examples:", *examples, "", "Exit code: 0 done, 1 failed, 2 wrong usage."])


def _add_predict(parser: argparse.ArgumentParser) -> None:
    parser.description = "Read digits and numbers in drawings (.inkml, .svg ...) and pictures (.png, .jpg, .gif ...)."
    parser.add_argument("paths", nargs="+", metavar="PATH", help="a file, or a folder with files")
    _add_model(parser)
    parser.add_argument("--single", action="store_true", help="read each file as one digit, whatever is in it")
    parser.add_argument(
        "--without-mine", action="store_true", help="let the model answer alone, not corrected by your own digits"
    )
    form = parser.add_mutually_exclusive_group()
    _add_json(form, "print one JSON object a line instead of a table")
    form.add_argument("--csv", action="store_true", help="print one row a digit instead of a table")


def _add_explain(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Show what in a drawing or picture speaks for the answer, the training digits most like it, "
        "and the smallest change that would make it another digit."
    )
    parser.add_argument("file", type=_folder, metavar="FILE", help="a drawing or a picture")
    parser.add_argument(
        "--against",
        type=_typed(read_whole_number),
        choices=range(10),
        metavar="DIGIT",
        help="show what speaks for the answer rather than for this digit",
    )
    parser.add_argument(
        "--place",
        type=_place,
        metavar="N",
        default=1,
        help="which digit of a number, in reading order (default: the first)",
    )
    _add_model(parser)
    parser.add_argument("--picture", type=_folder, metavar="PNG", help="save a picture of the evidence")
    _add_json(parser, "print one JSON object, with the evidence of every pixel")


def _add_train(parser: argparse.ArgumentParser) -> None:
    parser.description = "Train a network and keep it as a model. Ctrl+C stops and keeps the best epoch so far."
    for option in OPTIONS:
        _add_option(parser, option)
    _add_json(parser, "print one event a line as JSON")


def _add_option(parser: argparse.ArgumentParser, option: Option) -> None:
    """Add a training option under the name of its field in the specification; None where it is not given."""
    add = partial(parser.add_argument, option.flag, dest=option.field, default=None, help=option.help)
    match option.kind:
        case Kind.CHOICE:
            add(choices=option.choices)
        case Kind.WHOLE_NUMBER:
            add(type=_typed(read_whole_number), metavar=option.metavar)
        case Kind.NUMBER:
            add(type=_typed(read_number), metavar=option.metavar)
        case Kind.SWITCH:
            add(action=argparse.BooleanOptionalAction)
        case Kind.DATA:
            add(type=_training_data, metavar=option.metavar)
        case Kind.TEXT:
            add(type=_not_empty, metavar=option.metavar)
        case Kind.TEXTS:
            add(action="append", type=_not_empty, metavar=option.metavar)
        case Kind.WITHOUT:
            add(action="store_const", const=False)


def _add_evaluate(parser: argparse.ArgumentParser) -> None:
    parser.description = "Test a model on the test part of a data set and print accuracy and confusion matrix."
    _add_model(parser)
    parser.add_argument(
        "--data",
        type=_test_data,
        metavar="NAME",
        default="mnist",
        help="whose test part to test on: mnist, mnist:N (its first N test digits), digits (your own), digits:WRITER, "
        "digits,unseen or digits:WRITER,unseen (all digits of the writers that a training with the same --data has not "
        "seen), a Keras-style .npz, an IDX file, or a folder with subfolders 0 to 9 of pictures (default: mnist)",
    )
    parser.add_argument(
        "--compare", type=_not_empty, metavar="MODEL", help="test this model, too, and say which is better"
    )
    parser.add_argument("--report", type=_file(".html"), metavar="FILE.html", help="save a report with all mistakes")
    parser.add_argument("--csv", type=_file(".csv"), metavar="FILE", help="save every answer as a row of a table")
    _add_json(parser, "print one JSON object")


def _add_digits(parser: argparse.ArgumentParser, shared: argparse.ArgumentParser) -> None:
    parser.description = "Keep your own digits, list them, and hand them on. A model can be taught with them."
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    action = partial(actions.add_parser, parents=[shared])
    add = action("add", help="keep the digits in drawings and pictures")
    add.add_argument("paths", nargs="+", metavar="PATH", help="a file, or a folder; see --label")
    add.add_argument(
        "--label",
        choices=LABELS,
        metavar="0-9|none",
        help="what all of them are; without it, each PATH is a folder with subfolders 0 to 9 and none",
    )
    _add_writer(add, "who wrote them")
    listed = action("list", help="list your digits")
    _add_json(listed, "print one JSON object a line")
    _add_writer(listed, "only what this person wrote")
    export = action("export", help="save your digits for other programs, or for another DigitPad")
    export.add_argument(
        "path",
        type=_folder,
        metavar="PATH",
        help="a .npz (as Keras has MNIST), .csv or .zip (for DigitPad), or a folder",
    )
    _add_writer(export, "only what this person wrote")
    imported = action("import", help="add the digits that were exported, or a data set")
    imported.add_argument(
        "path", type=_folder, metavar="PATH", help="a .zip, .npz, .csv, or a folder with subfolders 0 to 9"
    )
    _add_writer(imported, "who wrote them, where PATH does not say")
    remove = action("remove", help="remove digits")
    remove.add_argument("ids", nargs="+", type=_typed(read_whole_number), metavar="ID", help="as listed")


def _add_teach(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Go on from a model with the digits that you kept, and save the result as a new model. "
        "Says how many of yours and of others' digits both read. Ctrl+C stops it, and nothing is kept."
    )
    parser.add_argument(
        "--start",
        type=_not_empty,
        metavar="NAME|DIR",
        default="digitpad",
        help="the model to go on from (default: digitpad)",
    )
    parser.add_argument(
        "--name",
        type=_not_empty,
        metavar="NAME",
        help="name of the new model (default: from time and data)",
    )
    _add_writer(parser, "learn only what this person wrote")
    parser.add_argument(
        "--epochs",
        type=_typed(read_whole_number),
        metavar="N",
        help="how often to go through your digits (default: as many as are usual)",
    )
    _add_json(parser, "print one event a line as JSON")


def _add_writer(parser: argparse.ArgumentParser, what: str) -> None:
    parser.add_argument("--writer", type=_writer, metavar="NAME", help=what)


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


def _add_json(parser: argparse._ActionsContainer, what: str) -> None:
    parser.add_argument("--json", action="store_true", help=what)


def _not_empty(text: str) -> str:
    """`text` unchanged. An empty one is refused: it is probably a shell variable that was never set."""
    if not text.strip():
        raise argparse.ArgumentTypeError("This must not be empty.")
    return text


def _writer(text: str) -> str:
    name = printable_line(_not_empty(text))
    if len(name) > MAX_WRITER_LENGTH:
        raise argparse.ArgumentTypeError(f"A writer's name has at most {MAX_WRITER_LENGTH} characters.")
    return name


def _typed(read: Callable[[str], float]) -> Callable[[str], float]:
    """`read` for argparse, which only shows the sentence of its own error type."""

    def in_form(text: str) -> float:
        try:
            return read(text)
        except ValueError as error:
            raise argparse.ArgumentTypeError(str(error)) from error

    return in_form


def _place(text: str) -> int:
    place = int(_typed(read_whole_number)(text))
    if place < 1:
        raise argparse.ArgumentTypeError("Places are counted from 1.")
    return place


def _folder(text: str) -> Path:
    return Path(_not_empty(text))


def _file(suffix: str) -> Callable[[str], Path]:
    """A path for argparse; one without a suffix gets this one."""

    def path(text: str) -> Path:
        chosen = Path(_not_empty(text))
        return chosen if chosen.suffix else chosen.with_name(chosen.name + suffix)

    return path


def _training_data(source: str) -> str:
    from core.datasets.mnist import read_mnist_name
    from core.datasets.my_digits_choice import read_choice

    return _data_in_form(source, read_mnist_name, read_choice)


def _test_data(source: str) -> str:
    from core.datasets.mnist import read_mnist_test_name
    from core.datasets.my_digits_choice import read_choice

    return _data_in_form(source, read_mnist_test_name, read_choice)


def _data_in_form(source: str, *read_names: Callable[[str], object]) -> str:
    """`source` unchanged; refused when it begins like a name that is read, and goes on in another way."""
    try:
        for read_name in read_names:
            read_name(_not_empty(source))
    except DataSetError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
    return source
