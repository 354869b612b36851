"""Drive the real window as a person would, and report what worked.

Everything happens in a folder of its own, with real mouse events: the user's models and settings stay untouched. The
standalone app proves itself with this too.
"""

import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import TypeVar

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QSpinBox, QWidget

from core.drawing_files import write_png
from core.ink import Drawing
from core.inkml import read_inkml
from core.models import ModelBundle
from core.paths import AppPaths, app_paths, assets_folder
from core.safe_files import make_folder, write_file
from gui.app import destroy_window, make_application, make_window
from gui.display import use_offscreen_without_display
from gui.errors import log_qt_messages
from gui.main_window import MainWindow
from gui.pad_document import PAD_SIDE
from gui.theme import current_theme

LARGE, SMALL = (1280, 840), (1024, 700)
TRAINING_DIGITS = 3000
TRAINING_EPOCHS = 3
PATIENCE_MS = 240_000
SHOWN_DIGIT = 4

Widget = TypeVar("Widget", bound=QWidget)


class StepFailed(Exception):
    """Something did not work; the text says what."""


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
    make_application()
    log_qt_messages()
    if screenshots is not None:
        make_folder(screenshots)
    results = []
    with (
        tempfile.TemporaryDirectory(prefix="digitpad-self-test-") as folder,
        _window(app_paths(Path(folder))) as window,
    ):
        tester = SelfTest(window, Path(folder), screenshots)
        for name, step in tester.steps():
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


class SelfTest:
    """The steps, in an order in which each builds on those before it."""

    def __init__(self, window: MainWindow, folder: Path, screenshots: Path | None) -> None:
        self._window = window
        self._folder = folder
        self._screenshots = screenshots
        self._samples = {digit: read_sample(digit) for digit in range(10)}

    def steps(self) -> list[tuple[str, Callable[[], str]]]:
        return [
            ("show the window", self.show_window),
            ("draw ten digits", self.draw_digits),
            ("answer while drawing", self.answer_while_drawing),
            ("undo, redo, erase, clear", self.undo_and_clear),
            ("open a picture, save and open ink", self.open_and_save),
            ("draw without TensorFlow", self.stay_light),
            ("pictures of the drawing page", self.picture_draw_page),
            ("train in the window", self.train),
            ("use the trained model", self.use_trained),
        ]

    # --- steps --------------------------------------------------------------------------------------------

    def show_window(self) -> str:
        self._window.resize(*LARGE)
        self._window.show()
        self._until(self._window.isVisible, "the window did not appear")
        self._window.activateWindow()
        _require(self._window.model.bundle is not None, "there is no model to recognise with")
        _require(self._text("verdict") == "draw a digit", f"a blank pad says “{self._text('verdict')}”")
        return self._window.model.bundle.card.name if self._window.model.bundle else ""

    def draw_digits(self) -> str:
        wrong = []
        for digit, drawing in self._samples.items():
            self._clear()
            self._draw(drawing)
            if self._text("digit") != str(digit):
                wrong.append(f"{digit} read as {self._text('digit')}")
        _require(not wrong, ", ".join(wrong))
        return "all ten right"

    def answer_while_drawing(self) -> str:
        """The probabilities must change between pressing the button and releasing it, without a refusal."""
        self._clear()
        seen: set[tuple[float, ...]] = set()
        said: set[str] = set()

        def look() -> None:
            seen.add(self._window.draw_tab.result.bars.probabilities)
            said.add(self._text("verdict"))

        self._draw(self._samples[8], after_point=look)
        _require(len(seen) > 5, f"only {len(seen)} different answers while a digit was drawn")
        _require("not a digit" not in said, "a digit was refused while it was drawn")
        return f"{len(seen)} answers during one digit"

    def undo_and_clear(self) -> str:
        self._clear()
        self._draw(self._samples[SHOWN_DIGIT])
        strokes = self._stroke_count()
        self._click("undo")
        _require(self._stroke_count() == strokes - 1, "undo did not take one stroke back")
        self._click("redo")
        _require(self._stroke_count() == strokes, "redo did not bring the stroke back")
        first = self._samples[SHOWN_DIGIT].strokes[0].points[0]
        self._press_and_move([self._at(*first)], button=Qt.MouseButton.RightButton)
        _require(self._stroke_count() == strokes - 1, "the right button did not erase the stroke under it")
        self._click("clear")
        _require(self._window.document.is_blank, "clear left something on the pad")
        self._click("undo")
        _require(self._stroke_count() == strokes - 1, "clearing could not be undone")
        return "one step each"

    def open_and_save(self) -> str:
        picture, ink = self._folder / "two.png", self._folder / "two.inkml"
        write_file(picture, write_png(self._samples[2]))
        self._window.files.open_path(picture)
        self._until(lambda: not self._window.files.is_opening, "the picture was not opened")
        self._settle()
        _require(self._text("digit") == "2", f"the picture of a 2 was read as {self._text('digit')}")
        self._clear()
        self._draw(self._samples[2])
        before = self._window.draw_tab.result.bars.probabilities
        self._window.files.save_path(ink)
        self._clear()
        self._window.files.open_path(ink)
        self._until(lambda: not self._window.files.is_opening, "the saved drawing was not opened")
        self._settle()
        after = self._window.draw_tab.result.bars.probabilities
        change = max(abs(a - b) for a, b in zip(before, after, strict=True))
        _require(change < 1e-3, f"the saved drawing gives another answer (by {change:.4f})")
        return "picture read, ink kept"

    def stay_light(self) -> str:
        loaded = sorted({"tensorflow", "keras"} & set(sys.modules))
        _require(not loaded, f"{' and '.join(loaded)} was loaded for drawing")
        return "not loaded"

    def picture_draw_page(self) -> str:
        if self._screenshots is None:
            return "not asked for"
        self._clear()
        self._draw(self._samples[7])
        self._window.notice.hide()
        names = self._take_pictures("draw")
        return ", ".join(names)

    def train(self) -> str:
        self._window.tabs.setCurrentIndex(1)
        _choose(self._find(QComboBox, "trainPreset"), "starter-cnn")
        self._choose_data()
        self._find(QSpinBox, "trainEpochs").setValue(TRAINING_EPOCHS)
        self._find(QSpinBox, "trainValidation").setValue(10)
        start = self._find(QPushButton, "trainStart")
        self._until(start.isEnabled, f"training cannot start: {self._text('trainStatus')}")
        self._click("trainStart")
        self._until(lambda: self._text("trainStatus").startswith("Epoch"), "the training did not begin")
        self._pause_and_resume()
        self._until(
            lambda: self._text("trainStatus").startswith(f"Epoch {TRAINING_EPOCHS}"), "the epochs do not advance"
        )
        self._take_pictures("train")
        self._until(lambda: not self._window.train_tab.is_running(), "the training did not end")
        use = self._find(QPushButton, "trainUse")
        self._until(use.isEnabled, f"no model to use: {self._text('trainStatus')}")
        self._take_pictures("trained")
        return self._text("trainStatus")

    def use_trained(self) -> str:
        self._click("trainUse")
        bundle = self._window.model.bundle
        _require(isinstance(bundle, ModelBundle) and not bundle.is_shipped, "the trained model is not in use")
        self._window.tabs.setCurrentIndex(0)
        right = 0
        for digit, drawing in self._samples.items():
            self._clear()
            self._draw(drawing)
            right += self._window.recognition.recognition.digit == digit
        _require(right >= 7, f"the trained model reads only {right} of ten digits")
        return f"{bundle.card.name if bundle else ''}: {right} of 10 right"

    # --- hands --------------------------------------------------------------------------------------------

    def _pause_and_resume(self) -> None:
        self._click("trainPause")
        self._until(lambda: "aused" in self._text("trainStatus"), "the training did not pause")
        self._click("trainPause")
        self._until(lambda: "aused" not in self._text("trainStatus"), "the training did not resume")

    def _choose_data(self) -> None:
        self._window.train_tab.choose_data(f"mnist:{TRAINING_DIGITS}")

    def _draw(self, drawing: Drawing, after_point: Callable[[], object] | None = None) -> None:
        for stroke in drawing.strokes:
            self._press_and_move([self._at(x, y) for x, y in stroke.points], after_point=after_point)
        self._settle()

    def _press_and_move(
        self,
        points: list[QPoint],
        *,
        button: Qt.MouseButton = Qt.MouseButton.LeftButton,
        after_point: Callable[[], object] | None = None,
    ) -> None:
        canvas = self._window.draw_tab.canvas
        QTest.mousePress(canvas, button, Qt.KeyboardModifier.NoModifier, points[0])
        for point in points[1:]:
            QTest.mouseMove(canvas, point)
            _wait(2)
            if after_point is not None:
                after_point()
        QTest.mouseRelease(canvas, button, Qt.KeyboardModifier.NoModifier, points[-1])

    def _at(self, x: float, y: float) -> QPoint:
        """A point of the pad in the canvas's pixels."""
        scale = self._window.draw_tab.canvas.width() / PAD_SIDE
        return QPoint(round(x * scale), round(y * scale))

    def _clear(self) -> None:
        self._window.document.clear()
        self._settle()

    def _click(self, name: str) -> None:
        widget = self._find(QWidget, name)
        _require(widget.isEnabled(), f"{name} cannot be pressed")
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
        self._settle()

    # --- eyes ---------------------------------------------------------------------------------------------

    def _text(self, name: str) -> str:
        return self._find(QLabel, name).text()

    def _find(self, kind: type[Widget], name: str) -> Widget:
        found = self._window.findChild(kind, name)
        if found is None:
            raise StepFailed(f"the window has no {name}")
        return found

    def _stroke_count(self) -> int:
        content = self._window.document.content
        return len(content.strokes) if isinstance(content, Drawing) else 0

    def _settle(self) -> None:
        """Wait until the answer for what is on the pad is shown."""
        _wait(40)
        self._window.recognition.answer_now()

    def _until(self, condition: Callable[[], bool], otherwise: str) -> None:
        deadline = QDeadlineTimer(PATIENCE_MS)
        while not condition():
            if deadline.hasExpired():
                raise StepFailed(otherwise)
            _wait(10)

    def _take_pictures(self, page: str) -> list[str]:
        """Save the page in light and dark, large and small."""
        theme = current_theme()
        if self._screenshots is None or theme is None:
            return []
        names = []
        for scheme in (Qt.ColorScheme.Dark, Qt.ColorScheme.Light):
            theme.choose(scheme)
            for size, name in ((SMALL, "small"), (LARGE, "large")):
                self._window.resize(*size)
                _wait(60)
                file = self._screenshots / f"{page}-{scheme.name.lower()}-{name}.png"
                _require(self._window.grab().save(str(file)), f"{file} could not be saved")
                names.append(file.name)
        return names


def read_sample(digit: int) -> Drawing:
    """The sample drawing of `digit` that ships with DigitPad."""
    return read_inkml((assets_folder() / "samples" / f"{digit}.inkml").read_bytes())


def _wait(milliseconds: int) -> None:
    """Let the window live. `QTest.qWait` would keep all other Python threads from running meanwhile."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _choose(box: QComboBox, value: str) -> None:
    index = box.findData(value)
    _require(index >= 0, f"{box.objectName()} does not offer {value}")
    box.setCurrentIndex(index)


def _require(condition: bool, otherwise: str) -> None:
    if not condition:
        raise StepFailed(otherwise)
