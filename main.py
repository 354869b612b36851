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

from core.crash_log import CrashLog
from core.errors import DigitPadError, ModelError, StorageError, TrainingError
from core.log_file import LogFile, details_clause
from core.paths import DATA_DIR_VARIABLE, NOWHERE, AppPaths, app_paths, assets_folder, storage_problem
from core.printed_lines import flush_logged_output, is_output_logged, missing_streams_logged
from core.safe_files import make_folder

if TYPE_CHECKING:
    import argparse

    from core.runs import TrainingSpec

log = logging.getLogger("digitpad")


def main(argv: list[str]) -> int:
    """Run DigitPad with the command line `argv` (without the program's name) and return its exit code."""
    with missing_streams_logged():
        return _main_with_output(argv)


def _main_with_output(argv: list[str]) -> int:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a file name that the terminal cannot show is shown escaped
            stream.reconfigure(errors="backslashreplace")
    try:
        code = _main(argv)
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
    from core.commands.parser import make_parser

    try:
        arguments = make_parser().parse_args(argv)
    except SystemExit as exit_:  # argparse has printed help, version or what is wrong
        code = int(exit_.code or 0)
        return _logged(lambda paths: code, app_paths()) if is_output_logged() else code
    if arguments.data_dir:  # what knows no paths, like the file of a large set, finds its place there too
        os.environ[DATA_DIR_VARIABLE] = str(arguments.data_dir)
    return _logged(lambda paths: _run(arguments, paths), app_paths())


def _logged(work: Callable[[AppPaths], int], paths: AppPaths) -> int:
    """Do the `work` with a log, and return its exit code, also where it fails."""
    handler = _log_to_file(paths.log)
    crashes = CrashLog(paths.log.parent)
    crashes.open()
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
        print(f"DigitPad failed unexpectedly ({type(error).__name__}); {details_clause()}.", file=sys.stderr)
        return 1
    finally:
        crashes.close()
        flush_logged_output()
        logging.getLogger().removeHandler(handler)
        handler.close()


def _is_about_output(error: Exception) -> bool:
    """Whether standard output took no more: the only thing that is written without a file's name."""
    no_more = (errno.EPIPE, errno.ENOSPC, errno.EIO)
    return isinstance(error, OSError) and error.filename is None and error.errno in no_more


def _discard_output() -> None:
    """Let nothing more be written to standard output, or Python complains when it flushes at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


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
    if NOWHERE in paths.models.parents:
        raise StorageError(storage_problem(paths))
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
    """Write the log to `path`; where that is impossible, errors go to the terminal, if there is one."""
    handler: logging.Handler
    try:
        make_folder(path.parent)
        handler = LogFile(path)
    except (OSError, StorageError):
        handler = logging.NullHandler() if is_output_logged() else logging.StreamHandler()
        handler.setLevel(logging.ERROR)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    return handler


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
