"""Drive the real window as a person would, and report what worked.

Everything happens in a folder of its own, with real mouse events: the user's models and settings stay untouched. The
standalone app proves itself with this too.
"""

import json
import logging
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from core.ink.samples import read_sample
from core.system.paths import AppPaths, app_paths
from core.system.safe_files import make_folder
from gui.app import destroy_window, make_application, make_window
from gui.main_window import MainWindow
from gui.self_test.drawing_steps import DrawingSteps
from gui.self_test.driver import StepFailed, WindowDriver
from gui.self_test.training_steps import TrainingSteps
from gui.system.display import use_offscreen_without_display
from gui.system.errors import log_qt_messages

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class StepResult:
    step: str
    passed: bool
    detail: str
    seconds: float


def run_self_test(*, screenshots: Path | None, as_json: bool) -> int:
    """Run all steps, print a line for each, and return 0 only if all of them worked.

    Parameters
    ----------
    screenshots
        Folder for pictures of the window, made when it is not there; None for no pictures.

    Raises
    ------
    StorageError
        When the pictures cannot be saved.
    """
    use_offscreen_without_display()
    log_qt_messages()
    make_application()
    if screenshots is not None:
        make_folder(screenshots)
    results = []
    with (
        tempfile.TemporaryDirectory(prefix="digitpad-self-test-") as folder,
        _window(app_paths(Path(folder))) as window,
    ):
        for name, step in _steps(window, Path(folder), screenshots):
            result = _run_step(name, step)
            results.append(result)
            _print(result, as_json)
    failed = sum(not result.passed for result in results)
    if not as_json:
        print(f"{len(results) - failed} passed, {failed} failed")
    return 1 if failed else 0


def _run_step(name: str, step: Callable[[], str]) -> StepResult:
    began = perf_counter()
    try:
        detail, passed = step(), True
    except StepFailed as failure:
        detail, passed = str(failure), False
    except Exception as error:  # a step that breaks has failed; the others still run
        log.exception("the self-test broke: %s", name)
        detail, passed = f"{type(error).__name__}: {error}", False
    return StepResult(name, passed, detail, round(perf_counter() - began, 2))


def _print(result: StepResult, as_json: bool) -> None:
    if as_json:
        record = {"step": result.step, "passed": result.passed, "detail": result.detail, "seconds": result.seconds}
        print(json.dumps(record), flush=True)
    else:
        print(
            f"{'ok  ' if result.passed else 'FAIL'}  {result.step:<34} {result.seconds:6.1f} s  {result.detail}",
            flush=True,
        )


@contextmanager
def _window(paths: AppPaths) -> Iterator[MainWindow]:
    window = make_window(paths)
    try:
        yield window
    finally:
        window.train_tab.stop_and_wait(10_000)
        window.close()
        destroy_window(window)


def _steps(window: MainWindow, folder: Path, screenshots: Path | None) -> list[tuple[str, Callable[[], str]]]:
    """In an order in which each builds on those before it."""
    driver = WindowDriver(window, screenshots)
    samples = {digit: read_sample(digit) for digit in range(10)}
    drawing, training = DrawingSteps(driver, folder, samples), TrainingSteps(driver, folder, samples)
    return [
        ("show the window", drawing.show_window),
        ("draw ten digits", drawing.draw_digits),
        ("answer while drawing", drawing.answer_while_drawing),
        ("undo, redo, erase, clear", drawing.undo_and_clear),
        ("open a picture, save and open ink", drawing.open_and_save),
        ("show the licences", drawing.show_about),
        ("draw without TensorFlow", drawing.stay_light),
        ("pictures of the drawing page", drawing.take_pictures),
        ("train in the window", training.train),
        ("use the trained model", training.use_trained),
        ("load the saved model again", training.reload),
        ("export to LiteRT and load that", training.export_compiled),
        ("export to Keras and load that", training.export_keras),
    ]
