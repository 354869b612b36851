"""Drive the real window as a person would, and report what worked.

It runs in a temporary folder, with real mouse events: the user's models and settings stay untouched. The build of the
standalone app is checked with it, too.
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
from gui.app import make_application, make_window
from gui.main_window import MainWindow
from gui.self_test.drawing_steps import DrawingSteps
from gui.self_test.driver import StepFailed, WindowDriver
from gui.self_test.explaining_steps import ExplainingSteps
from gui.self_test.inside_steps import InsideSteps
from gui.self_test.steps import Step
from gui.self_test.teaching_steps import TeachingSteps
from gui.self_test.testing_steps import TestingSteps
from gui.self_test.training_steps import TrainingSteps
from gui.system.destroying import destroy
from gui.system.display import use_offscreen_without_display
from gui.system.errors import log_qt_messages

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class StepResult:
    step: Step
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
        for name, work in make_steps(window, Path(folder), screenshots).items():
            result = _run_step(name, work)
            results.append(result)
            _print(result, as_json)
    failed = sum(not result.passed for result in results)
    if not as_json:
        print(f"{len(results) - failed} passed, {failed} failed")
    return 1 if failed else 0


def _run_step(name: Step, work: Callable[[], str]) -> StepResult:
    began = perf_counter()
    try:
        detail, passed = work(), True
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
        window.close_quietly()
        destroy(window)


def make_steps(window: MainWindow, folder: Path, screenshots: Path | None) -> dict[Step, Callable[[], str]]:
    """What each step does. Each builds on those before it."""
    driver = WindowDriver(window, screenshots)
    samples = {digit: read_sample(digit) for digit in range(10)}
    drawing, training = DrawingSteps(driver, folder, samples), TrainingSteps(driver, folder, samples)
    inside, teaching = InsideSteps(driver, samples), TeachingSteps(driver)
    return {
        Step.SHOW_WINDOW: drawing.show_window,
        Step.DRAW_DIGITS: drawing.draw_digits,
        Step.DRAW_NUMBER: drawing.draw_number,
        Step.ANSWER_WHILE_DRAWING: drawing.answer_while_drawing,
        Step.UNDO_AND_CLEAR: drawing.undo_and_clear,
        Step.CORRECT_AND_UNDO: drawing.correct_and_undo,
        Step.ASK_WHY: ExplainingSteps(driver, samples).ask_why,
        Step.OPEN_AND_SAVE: drawing.open_and_save,
        Step.SHOW_LICENCES: drawing.show_about,
        Step.LOOK_INSIDE: inside.look_inside,
        Step.DRAW_WITHOUT_TENSORFLOW: drawing.stay_light,
        Step.PICTURE_DRAWING: drawing.take_pictures,
        Step.TRAIN: training.train,
        Step.LOOK_BACK: training.look_back,
        Step.USE_TRAINED: training.use_trained,
        Step.LOAD_SAVED: training.reload,
        Step.EXPORT_LITERT: training.export_compiled,
        Step.EXPORT_KERAS: training.export_keras,
        Step.TEACH: teaching.teach,
        Step.USE_TAUGHT: teaching.use_and_go_back,
        Step.TEST: TestingSteps(driver).test,
    }
