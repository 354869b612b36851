"""DigitPad: draw a digit or a number and see it read while you draw.

Without a command the window opens. The commands work without a display.
"""

import errno
import gc
import io
import logging
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import DigitPadError, ModelError, StorageError, TrainingError
from core.system.crash_log import WINDOW, CrashLog
from core.system.log_file import LogFile, details_clause
from core.system.output import OutputError, flush_logged_output, is_logged, usable_output
from core.system.paths import DATA_DIR_VARIABLE, AppPaths, app_paths, assets_folder, require_home
from core.system.program import program_line
from core.system.safe_files import make_folder

if TYPE_CHECKING:
    import argparse

    from core.models.library import ModelLibrary


log = logging.getLogger("digitpad")


def main(argv: list[str]) -> int:
    """Run DigitPad with the command line `argv` (without the program's name) and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a file name that the terminal cannot show is shown escaped
            stream.reconfigure(errors="backslashreplace")
    with usable_output():
        try:
            code = _main(argv)
            sys.stdout.flush()
        except OutputError as error:
            _discard_output()
            if error.errno != errno.EPIPE:  # else whoever read our output has had enough
                with suppress(OutputError):
                    print(f"The output cannot be written: {error.strerror}.", file=sys.stderr)
            return 1
        return code


def _main(argv: list[str]) -> int:
    if not argv:  # the window needs no parser, and opens sooner without one
        return _logged(_open_window, WINDOW)
    from core.commands.parser import make_parser

    try:
        arguments = make_parser().parse_args(argv)
    except SystemExit as exit_:  # argparse has printed help, version or what is wrong
        code = int(exit_.code or 0)
        is_read = not (is_logged(sys.stdout) or is_logged(sys.stderr))
        return code if is_read else _logged(lambda paths, crashes: code, "usage")
    if arguments.data_dir:  # what knows no paths, like the file of a large set, finds its place there too
        os.environ[DATA_DIR_VARIABLE] = str(arguments.data_dir)
    if arguments.command is None:
        return _logged(_open_window, WINDOW)
    return _logged(lambda paths, crashes: _run(arguments, paths), arguments.command)


def _logged(work: Callable[[AppPaths, CrashLog], int], what: str) -> int:
    """Do the `work` of the window, or of a command, with a log, and return its exit code, also where it fails."""
    paths = app_paths()
    handler = _log_to_file(paths.log)
    log.info("%s: %s", program_line(), what)
    crashes = CrashLog(paths.log.parent, what)
    crashes.open()
    try:
        return work(paths, crashes)
    except DigitPadError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Interrupted.", file=sys.stderr)
        return 1
    except OutputError:
        raise
    except Exception as error:
        log.exception("unexpected error")
        if what == WINDOW:  # perhaps nobody sees what is printed
            crashes.record(error)
        print(f"DigitPad failed unexpectedly ({type(error).__name__}); {details_clause()}.", file=sys.stderr)
        return 1
    finally:
        crashes.close()
        flush_logged_output()
        logging.getLogger().removeHandler(handler)
        handler.close()


def _discard_output() -> None:
    """Let nothing more be written to standard output, or Python complains when it flushes at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _open_window(paths: AppPaths, crashes: CrashLog) -> int:
    from gui.system.plain_imports import restore_plain_imports

    gc.disable()  # until the window is up: until then nothing is thrown away
    restore_plain_imports()
    from gui.app import run_app

    return run_app(paths, crashes)


def _explain(arguments: "argparse.Namespace", library: "ModelLibrary") -> int:
    from core.commands import explain

    return explain.run(
        arguments.file,
        library,
        model=arguments.model,
        against=arguments.against,
        place=arguments.place,
        as_json=arguments.json,
        picture=arguments.picture,
    )


def _run(arguments: "argparse.Namespace", paths: AppPaths) -> int:
    """Import what the command needs, and only that, and do it."""
    if arguments.command == "self-test":
        from gui.system.plain_imports import restore_plain_imports

        restore_plain_imports()
        from gui.self_test.self_test import run_self_test

        return run_self_test(screenshots=arguments.screenshots, as_json=arguments.json)
    from core.models.library import ModelLibrary

    library = ModelLibrary(paths.models, assets_folder() / "models")
    if arguments.command == "predict":
        from core.commands import predict

        form = predict.Form.JSON if arguments.json else predict.Form.CSV if arguments.csv else predict.Form.TABLE
        return predict.run(
            arguments.paths,
            library,
            model=arguments.model,
            form=form,
            is_single=arguments.single,
            own_digits=None if arguments.without_mine else paths.digits,
        )
    if arguments.command == "explain":
        return _explain(arguments, library)
    if arguments.command == "digits":
        from core.commands import digits

        return digits.run(arguments, paths, library)
    if arguments.command == "evaluate":
        from core.commands import evaluate

        return evaluate.run(
            library,
            model=arguments.model,
            data=arguments.data,
            as_json=arguments.json,
            compared=arguments.compare,
            report=arguments.report,
            table=arguments.csv,
            marks=paths.tests,
        )
    if arguments.command == "teach":
        return _teach(arguments, paths, library)
    from core.commands import train
    from core.training.engines import KnownEngines
    from core.training.options import spec_from

    try:
        spec = spec_from(vars(arguments))
    except (TrainingError, ModelError) as error:  # a number or a name out of bounds
        print(error, file=sys.stderr)
        return 2
    require_home(paths)
    return train.run(spec, library, KnownEngines(paths.engines), as_json=arguments.json)


def _teach(arguments: "argparse.Namespace", paths: AppPaths, library: "ModelLibrary") -> int:
    from core.commands import teach
    from core.training.teaching import TeachingRequest

    try:
        request = TeachingRequest(arguments.start, arguments.name or "", arguments.writer, arguments.epochs)
    except (TrainingError, ModelError) as error:  # a number or a name out of bounds
        print(error, file=sys.stderr)
        return 2
    require_home(paths)
    return teach.run(request, library, paths.digits, as_json=arguments.json)


def _log_to_file(path: Path) -> logging.Handler:
    """Write the log to `path`; where that is impossible, errors go to the terminal, if there is one."""
    handler: logging.Handler
    try:
        make_folder(path.parent)
        handler = LogFile(path)
    except (OSError, StorageError):
        handler = logging.NullHandler() if is_logged(sys.stderr) else logging.StreamHandler()
        handler.setLevel(logging.ERROR)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    return handler


def run() -> None:
    """Run DigitPad with the command line of this process, and exit: the command `digitpad`."""
    sys.exit(main(sys.argv[1:]))


if __name__ == "__main__":
    run()
