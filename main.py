"""DigitPad: draw a digit and see it recognised while you draw.

Without a command the window opens. The commands work without a display.
"""

import errno
import gc
import io
import logging
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from core import __version__
from core.errors import DigitPadError, ModelError, StorageError, TrainingError
from core.log_file import LogFile
from core.paths import DATA_DIR_VARIABLE, AppPaths, app_paths, assets_folder
from core.safe_files import make_folder

if TYPE_CHECKING:
    import argparse

    from core.runs import TrainingSpec

log = logging.getLogger("digitpad")

EXAMPLES = """examples:
  python main.py                               open the window
  python main.py predict seven.png drawings/   which digits are in these files?
  python main.py train --preset keras-cnn      train a network, keep it as a model
  python main.py evaluate --model keras-cnn    how good is a model on MNIST's test set?

Exit code: 0 done, 1 could not do it, 2 wrong usage."""


def main(argv: list[str]) -> int:
    """Run DigitPad with the command line `argv` (without the program's name) and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a file name that the terminal cannot show is shown escaped
            stream.reconfigure(errors="backslashreplace")
    try:
        code = _main(argv)
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:  # whoever read our output has had enough
        _discard_output()
        return 1
    except OSError as error:
        _discard_output()
        print(f"The output cannot be written: {error.strerror}.", file=sys.stderr)
        return 1
    return code


def _main(argv: list[str]) -> int:
    if not argv:  # the window needs no parser, and opens sooner without one
        return _logged(_open_window, app_paths())
    try:
        arguments = make_parser().parse_args(argv)
    except SystemExit as exit_:  # argparse has printed help, version or what is wrong
        return int(exit_.code or 0)
    if arguments.data_dir:  # what knows no paths, like the file of a large set, finds its place there too
        os.environ[DATA_DIR_VARIABLE] = str(arguments.data_dir)
    return _logged(lambda paths: _run(arguments, paths), app_paths())


def _logged(work: Callable[[AppPaths], int], paths: AppPaths) -> int:
    """Do the `work` with a log, and return its exit code, also where it fails."""
    handler = _log_to_file(paths.log)
    try:
        return work(paths)
    except DigitPadError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Interrupted.", file=sys.stderr)
        return 1
    except Exception as error:
        if _is_about_output(error):
            raise
        log.exception("unexpected error")
        where = f"in {paths.log}" if isinstance(handler, logging.FileHandler) else "above"
        print(f"DigitPad failed unexpectedly ({type(error).__name__}); details are {where}.", file=sys.stderr)
        return 1
    finally:
        logging.getLogger().removeHandler(handler)
        handler.close()


def _is_about_output(error: Exception) -> bool:
    """Whether standard output took no more: the only thing that is written without a file's name."""
    no_more = (errno.EPIPE, errno.ENOSPC, errno.EIO)
    return isinstance(error, OSError) and error.filename is None and error.errno in no_more


def _discard_output() -> None:
    """Let nothing more be written to standard output, or Python complains when it flushes at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def make_parser() -> "argparse.ArgumentParser":
    """The command line, as `--help` explains it."""
    import argparse

    # a default here would overwrite what was given before the command
    shared = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    shared.add_argument("--data-dir", type=Path, metavar="DIR", help="keep models, settings and log under DIR")
    parser = argparse.ArgumentParser(
        prog="main.py",
        description="Draw a digit and see it recognised while you draw. Without a command the window opens.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--data-dir", type=Path, metavar="DIR", help="keep models, settings and log under DIR")
    parser.add_argument("--version", action="version", version=f"DigitPad {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    _add_predict(commands.add_parser("predict", parents=[shared], help="say which digits are in files"))
    _add_train(commands.add_parser("train", parents=[shared], help="train a network"))
    _add_evaluate(commands.add_parser("evaluate", parents=[shared], help="test a model on digits it has not seen"))
    _add_self_test(commands.add_parser("self-test", parents=[shared], help="drive the real window and report"))
    return parser


def _add_predict(parser: "argparse.ArgumentParser") -> None:
    parser.description = "Say which digits are in drawings (.inkml) and pictures (.png, .jpg, .bmp, .webp, .tiff)."
    parser.add_argument("paths", nargs="+", metavar="PATH", help="a file, or a folder with files")
    _add_model(parser)
    _add_json(parser, "print one JSON object a line instead of a table")


def _add_train(parser: "argparse.ArgumentParser") -> None:
    from core.engines import ENGINES
    from core.presets import DEFAULT_PRESET, PRESETS

    parser.description = "Train a network and keep it as a model. Ctrl+C stops and keeps the best epoch so far."
    parser.add_argument(
        "--preset", choices=sorted(PRESETS), default=DEFAULT_PRESET, help=f"which network (default: {DEFAULT_PRESET})"
    )
    _add_data(parser, "what to train on")
    parser.add_argument("--epochs", type=int, metavar="N", help="times through the data (default: the preset's)")
    parser.add_argument("--batch-size", type=int, metavar="N", help="images at a time (default: the preset's)")
    parser.add_argument("--seed", type=int, metavar="N", default=1, help="same seed, same run (default: 1)")
    parser.add_argument(
        "--ink",
        metavar="FILE",
        default="",
        help="learn from real writers too: a JSON file of labelled strokes, or .gz; needs --ink-source",
    )
    parser.add_argument(
        "--ink-source",
        metavar="TEXT",
        default="",
        help="who made that file, and its licence: goes into the model's card",
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
    parser.add_argument("--name", default="", help="what to call the model (default: made from preset and date)")
    _add_json(parser, "print one event a line as JSON")


def _add_evaluate(parser: "argparse.ArgumentParser") -> None:
    parser.description = "Test a model on the test part of a data set and print accuracy and confusion matrix."
    _add_model(parser)
    _add_data(parser, "whose test part to test on")
    _add_json(parser, "print one JSON object")


def _add_self_test(parser: "argparse.ArgumentParser") -> None:
    parser.description = (
        "Drive the real window with mouse events: draw, recognise, train a small network, use it. "
        "Needs no display, and leaves your own models and settings alone."
    )
    parser.add_argument("--screenshots", type=Path, metavar="DIR", help="save pictures of the window in DIR")
    _add_json(parser, "print one JSON object a step")


def _add_model(parser: "argparse.ArgumentParser") -> None:
    parser.add_argument("--model", metavar="NAME|DIR", help="a model's name or its folder (default: the shipped one)")


def _add_data(parser: "argparse.ArgumentParser", what: str) -> None:
    parser.add_argument(
        "--data",
        metavar="NAME",
        default="mnist",
        help=f"{what}: mnist, mnist:N (the first N digits), a Keras-style .npz, an IDX file, or a folder with "
        "subfolders 0 to 9 of pictures (default: mnist)",
    )


def _add_json(parser: "argparse.ArgumentParser", what: str) -> None:
    parser.add_argument("--json", action="store_true", help=what)


def _open_window(paths: AppPaths) -> int:
    from gui.plain_imports import restore_plain_imports

    gc.disable()  # until the window is up: until then nothing is thrown away
    restore_plain_imports()
    from gui.app import run_app

    return run_app(paths)


def _run(arguments: "argparse.Namespace", paths: AppPaths) -> int:
    """Import what the command needs, and only that, and do it."""
    if arguments.command is None:
        return _open_window(paths)
    if arguments.command == "self-test":
        from gui.plain_imports import restore_plain_imports

        restore_plain_imports()
        from gui.self_test import run_self_test

        return run_self_test(screenshots=arguments.screenshots, as_json=arguments.json)
    from core.models import ModelLibrary

    library = ModelLibrary(paths.models, assets_folder() / "models")
    if arguments.command == "predict":
        from core.commands import predict

        return predict.run(arguments.paths, library, model=arguments.model, as_json=arguments.json)
    if arguments.command == "evaluate":
        from core.commands import evaluate

        return evaluate.run(library, model=arguments.model, data=arguments.data, as_json=arguments.json)
    from core.commands import train
    from core.engines import KnownEngines

    try:
        spec = _training_spec(arguments)
    except (TrainingError, ModelError) as error:  # a number or a name out of bounds
        print(error, file=sys.stderr)
        return 2
    return train.run(spec, library, KnownEngines(paths.engines), as_json=arguments.json)


def _training_spec(arguments: "argparse.Namespace") -> "TrainingSpec":
    from core.runs import TrainingSpec

    return TrainingSpec(
        preset=arguments.preset,
        data=arguments.data,
        epochs=arguments.epochs,
        batch_size=arguments.batch_size,
        seed=arguments.seed,
        name=arguments.name,
        ink=arguments.ink,
        ink_source=arguments.ink_source,
        synthesize=False if arguments.no_synthesis else None,
        engine=arguments.engine,
    )


def _log_to_file(path: Path) -> logging.Handler:
    """Write the log to `path`; where that is impossible, errors go to the terminal."""
    handler: logging.Handler
    try:
        make_folder(path.parent)
        handler = LogFile(path)
    except (OSError, StorageError):
        handler = logging.StreamHandler()
        handler.setLevel(logging.ERROR)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    return handler


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
