"""The training page with real, small trainings and real mouse clicks."""

import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QSpinBox,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from core.models.library import MODEL_FILES, ModelBundle, ModelLibrary
from core.recognition.recognizer import Recognizer
from core.training.control import TrainingControl
from core.training.engines import KnownEngines
from core.training.events import (
    BatchDone,
    CanvasGuess,
    Emit,
    EpochDone,
    Event,
    RunEnded,
    StageBegan,
    StageProgress,
)
from core.training.presets import DEFAULT_PRESET, PRESETS
from core.training.spec import TrainingSpec
from core.wording.run_messages import Stage
from gui.pad.document import PadDocument
from gui.recognition.active_model import ActiveModel
from gui.recognition.live_recognition import LiveRecognition
from gui.train.tensorflow_loading import TensorFlowLoading
from gui.train.train_tab import TrainTab
from gui.train.training_thread import train
from tests.gui.conftest import SEVEN

W = TypeVar("W", bound=QObject)
LONG_MS = 90_000


class LoadingOnRequest(TensorFlowLoading):
    """Loads nothing before a test says so."""

    was_asked_for = False

    def announce(self) -> None:
        pass

    def begin(self) -> None:
        self.was_asked_for = True

    def go_on(self) -> None:
        super().begin()


class Page:
    """The training page with a pad beside it, and a hand to work it."""

    def __init__(self, qtbot: QtBot, library: ModelLibrary, model: ActiveModel) -> None:
        self._qtbot = qtbot
        self.library = library
        self.model = model
        self.pad = PadDocument()
        self.recognition = LiveRecognition(self.pad, model)
        self.loading = LoadingOnRequest()
        self.tab = TrainTab(library, model, self.recognition, self.loading)
        self.problems: list[str] = []
        self.tab.problem.connect(self.problems.append)
        self.tab.resize(1024, 600)
        self.tab.show()
        qtbot.waitUntil(self.tab.isVisible)

    def find(self, kind: type[W], name: str) -> W:
        found = self.tab.findChild(kind, name)
        assert found is not None, name
        return found

    def text(self, name: str) -> str:
        return self.find(QLabel, name).text()

    @property
    def status(self) -> str:
        return self.text("trainStatus")

    def press(self, name: str) -> None:
        button = self.find(QPushButton, name)
        assert button.isVisible() and button.isEnabled(), f"{name}: {self.status}"
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def until(self, condition: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(condition, timeout=LONG_MS)

    def until_ended(self) -> None:
        self.until(lambda: not self.tab.is_running())

    def choose(self, preset: str, data: str, *, epochs: int) -> None:
        box = self.find(QComboBox, "trainPreset")
        box.setCurrentIndex(box.findData(preset))
        self.tab.choose_data(data)
        self.find(QSpinBox, "trainEpochs").setValue(epochs)
        engine = self.find(QComboBox, "trainEngine")
        engine.setCurrentIndex(engine.findData("float32"))  # or a long run would look for the fastest one first
        self.until(lambda: self.find(QPushButton, "trainStart").isEnabled())

    def draw_seven(self) -> None:
        first, *others = SEVEN
        self.pad.begin_stroke(*first)
        for point in others:
            self.pad.extend_stroke(*point)
        self.pad.end_stroke()
        self.until(lambda: self.recognition.digit is not None)

    def own_models(self) -> list[str]:
        return [entry.slug for entry in self.library.entries() if entry.folder.parent == self.library.folder]


@pytest.fixture
def page(qtbot: QtBot, library: ModelLibrary, active_model: ActiveModel) -> Iterator[Page]:
    page = Page(qtbot, library, active_model)
    yield page
    assert page.tab.stop_and_wait(LONG_MS)
    page.tab.close()
    page.tab.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_the_names_that_scripts_rely_on(page: Page) -> None:
    for kind, name in (
        (QComboBox, "trainPreset"),
        (QComboBox, "trainData"),
        (QSpinBox, "trainEpochs"),
        (QSpinBox, "trainBatchSize"),
        (QPushButton, "trainStart"),
        (QPushButton, "trainPause"),
        (QPushButton, "trainStop"),
        (QProgressBar, "trainProgress"),
        (QLabel, "trainStatus"),
        (QWidget, "trainCurves"),
        (QPushButton, "trainUse"),
    ):
        page.find(kind, name)
    presets = page.find(QComboBox, "trainPreset")
    assert [presets.itemData(row) for row in range(presets.count())] == list(PRESETS)
    assert page.status == "Ready"


def test_whoever_hears_the_page_hears_what_it_says(page: Page) -> None:
    page.draw_seven()
    page.tab.guess.show_event(CanvasGuess((0.0,) * 7 + (0.9, 0.1, 0.0)))
    said = [label for label in page.tab.findChildren(QLabel) if label.text().strip() and "&" not in label.text()]
    assert {"trainStatus", "trainGuessAnswer", "trainGuessHint"} <= {label.objectName() for label in said}
    for label in said:
        assert QAccessible.queryAccessibleInterface(label).text(QAccessible.Text.Name) == label.text()


def test_the_status_stands_in_the_middle_between_the_edges_of_its_card(page: Page) -> None:
    status, progress = page.find(QLabel, "trainStatus"), page.find(QProgressBar, "trainProgress")
    assert status.text() == "Ready"
    image = page.tab.run.grab().toImage()
    corner = status.mapTo(page.tab.run, QPoint(0, 0))
    column = range(corner.x() + 2, corner.x() + 40)
    card = image.pixel(corner.x() - 2, corner.y())
    inked = [y for y in range(4, progress.y() - 1) if any(image.pixel(x, y) != card for x in column)]
    above, below = inked[0], progress.y() - inked[-1]
    assert abs(above - below) <= 6


def test_tensorflow_is_not_loaded_before_the_page_is_looked_at(
    qtbot: QtBot, library: ModelLibrary, active_model: ActiveModel
) -> None:
    loading = LoadingOnRequest()
    recognition = LiveRecognition(PadDocument(), active_model)
    tab = TrainTab(library, active_model, recognition, loading)
    qtbot.addWidget(tab)
    qtbot.wait(100)
    assert not loading.was_asked_for
    tab.show()
    qtbot.waitUntil(lambda: loading.was_asked_for, timeout=LONG_MS)


def test_the_loading_of_tensorflow_is_said_and_may_be_trained_over(page: Page) -> None:
    page.until(lambda: page.loading.was_asked_for)
    page.loading.go_on()
    assert page.status == "Getting TensorFlow ready (opening its libraries)…"
    assert page.find(QPushButton, "trainStart").isEnabled()
    page.tab.choose_data("")
    assert page.status == "Choose a file or folder with your own digits first."
    page.until(lambda: not page.loading.is_under_way)
    assert page.status == "Choose a file or folder with your own digits first."
    page.tab.choose_data("mnist")
    assert page.status == "Ready"


@pytest.mark.slow
def test_what_a_run_says_is_not_lost_to_the_loading(page: Page, tmp_path: Path) -> None:
    page.library.folder.write_text("a file in the way")
    page.press("trainStart")
    page.loading.go_on()
    assert not page.status.startswith("Getting")
    page.until_ended()
    page.until(lambda: not page.loading.is_under_way)
    assert page.status.startswith("Cannot save")


def test_a_tensorflow_that_cannot_be_loaded_is_told(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: object) -> None:
        raise ImportError("libtensorflow_cc.so.2: file too short")

    monkeypatch.setattr("core.learning.backend.load_tensorflow", fail)
    page.loading.go_on()
    page.until(lambda: not page.loading.is_under_way)
    assert page.status.startswith("Loading TensorFlow failed because of an error inside DigitPad (ImportError)")


def test_it_fits_a_small_screen(page: Page) -> None:
    least = page.tab.minimumSizeHint()
    assert least.width() <= 1024
    assert least.height() <= 700 - 100  # less menus, tabs and status bar


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_brings_its_own_settings(page: Page, name: str) -> None:
    box = page.find(QComboBox, "trainPreset")
    box.setCurrentIndex((box.findData(name) + 1) % box.count())
    box.setCurrentIndex(box.findData(name))
    preset = PRESETS[name]
    assert page.find(QSpinBox, "trainEpochs").value() == preset.epochs
    assert page.find(QSpinBox, "trainBatchSize").value() == preset.batch_size
    assert page.find(QDoubleSpinBox, "trainLearningRate").value() == preset.learning_rate
    assert page.find(QCheckBox, "trainAugment").isChecked() == preset.augment
    synthesize = page.find(QCheckBox, "trainSynthesize")
    assert synthesize.isEnabled() == synthesize.isChecked() == (preset.synthesized_share > 0)
    assert preset.layers in page.text("trainNetwork")
    said = f"Documented: {preset.documented}" if preset.documented else f"Measured: {preset.measured}"
    assert page.text("trainDocumented") == said
    complete = page.tab.form.spec().completed()
    assert (complete.preset, complete.synthesize) == (preset, preset.synthesized_share > 0)


def test_synthesised_digits_can_be_left_out(page: Page) -> None:
    synthesize = page.find(QCheckBox, "trainSynthesize")
    assert page.tab.form.spec().completed().synthesize
    synthesize.click()
    assert not page.tab.form.spec().completed().synthesize


def test_how_it_is_computed_can_be_chosen(page: Page) -> None:
    engine = page.find(QComboBox, "trainEngine")
    assert page.tab.form.spec().engine == ""
    engine.setCurrentIndex(engine.findData("float32"))
    assert page.tab.form.spec().engine == "float32"


def test_what_is_wrong_with_the_data_is_said_in_the_form(page: Page, tmp_path: Path, few_digits: str) -> None:
    start = page.find(QPushButton, "trainStart")
    page.tab.choose_data(str(tmp_path / "nowhere.npz"))
    assert not start.isEnabled()
    page.until(lambda: "There is no file or folder" in page.status)
    assert "There is no file or folder" in page.text("trainDataSentence").replace("\u200b", "")
    (tmp_path / "text.npz").write_text("no digits in here")
    page.tab.choose_data(str(tmp_path / "text.npz"))
    page.until(lambda: page.status.startswith("text.npz"))
    assert not start.isEnabled()
    assert start.toolTip().split() == page.status.split()
    page.tab.choose_data(few_digits)
    page.until(start.isEnabled)
    assert page.status == "Ready"
    assert "400 digits to train with and 200 to test" in page.text("trainDataSentence")
    page.tab.choose_data("mnist:1234")
    assert start.isEnabled()
    assert page.tab.form.spec().data == "mnist:1234"


def test_a_run_is_watched_and_its_model_used(page: Page, few_digits: str, mnist: dict[str, Any]) -> None:
    page.choose("dense", few_digits, epochs=3)
    page.find(QSpinBox, "trainValidation").setValue(10)
    page.draw_seven()
    seen: set[str] = set()
    guesses: list[CanvasGuess] = []
    page.press("trainStart")
    assert page.status == "Starting…"
    assert not page.find(QSpinBox, "trainEpochs").isEnabled()
    thread = page.tab._thread
    assert thread is not None

    class Witness(QObject):
        def see(self, event: object) -> None:
            seen.add(page.status)
            if isinstance(event, CanvasGuess):
                guesses.append(event)

    witness = Witness()
    thread.emitted.connect(witness.see)
    page.until_ended()

    assert any(status.startswith("Epoch 3 of 3, batch 12 of 12") and "images/s" in status for status in seen), seen
    assert guesses
    assert page.status.startswith("Done: ")
    progress = page.find(QProgressBar, "trainProgress")
    assert progress.value() == progress.maximum() == 36
    table = page.find(QTableView, "trainTable").model()
    assert [table.index(row, 0).data() for row in range(table.rowCount())] == ["1", "2", "3"]
    assert page.tab.curves.loss.batches == 36

    [slug] = page.own_models()
    new = page.library.find(slug)
    assert new.card.test is not None
    assert f" % of 200 on the test set ({new.card.test.mistakes} mistakes) in " in page.status
    assert page.text("trainResultNewCount") == "of 200"
    guess = Recognizer(new).probabilities(mnist["x_test"][:1]).argmax()
    valid = "valid" if guess == 7 else "not valid"
    assert page.text("trainMaterial").endswith(f" The first test digit is a 7 and is read as {guess}: {valid}.")
    assert page.text("trainResultNewMistakes") == f"{new.card.test.mistakes} mistakes"
    page.until(lambda: page.text("trainResultOldAccuracy").endswith("%"))
    assert page.text("trainResultOldName") == "DigitPad"
    # a file of the user's may have changed since, so that only measuring tells how good the model in use is
    answers = Recognizer(page.library.shipped_bundle()).probabilities(mnist["x_test"][:200]).argmax(axis=1)
    assert page.text("trainResultOldMistakes") == f"{int((answers != mnist['y_test'][:200]).sum())} mistakes"
    assert "–" in page.text("trainResultOldInterval")

    before = page.model.bundle
    assert before is not None and before.is_shipped  # nothing is replaced unasked
    page.press("trainUse")
    assert isinstance(page.model.bundle, ModelBundle) and page.model.bundle.slug == slug
    use = page.find(QPushButton, "trainUse")
    assert (use.isEnabled(), use.text()) == (False, "This model is in use")
    assert page.find(QSpinBox, "trainEpochs").isEnabled()
    assert page.problems == []


@pytest.mark.slow
def test_a_run_can_go_on_from_the_model_in_use(page: Page, few_digits: str) -> None:
    go_on = page.find(QCheckBox, "trainGoOn")
    epochs, rate = page.find(QSpinBox, "trainEpochs"), page.find(QDoubleSpinBox, "trainLearningRate")
    page.choose("dense", few_digits, epochs=3)
    assert go_on.text() == "Continue from “DigitPad”"
    assert (go_on.isEnabled(), go_on.isChecked()) == (True, False)
    go_on.click()
    assert (epochs.value(), rate.value()) == (3, PRESETS["dense"].learning_rate / 4)
    page.find(QLineEdit, "trainName").setText("Mine")
    material: list[str] = []
    page.tab.shown.connect(lambda event: material.append(page.text("trainMaterial")))
    page.press("trainStart")
    page.until_ended()
    assert any(text.startswith("It continues from “DigitPad”.") for text in material)
    read = "On MNIST's test set, it reads "
    assert page.text("trainMaterial").startswith(read)
    [slug] = page.own_models()
    new = page.library.find(slug)
    old = page.library.shipped_bundle()
    assert new.card.data["start"]["sha256"] == old.card.sha256["model.keras"]
    page.press("trainUse")
    assert page.find(QLineEdit, "trainName").text() == "", "the next model is not called the same unasked"
    assert go_on.text() == "Continue from “Mine”"
    assert Path(page.tab.form.spec().start) == new.folder, "the next run does not begin with nothing unasked"
    go_on.click()
    assert page.tab.form.spec().start == ""
    assert (epochs.value(), rate.value()) == (3, PRESETS["dense"].learning_rate)


def test_one_button_at_a_time_stands_out(page: Page, small_model: ModelBundle) -> None:
    def stands_out() -> list[str]:
        buttons = page.tab.findChildren(QPushButton)
        return [b.objectName() for b in buttons if b.isVisible() and b.isEnabled() and b.property("primary")]

    def show_result(name: str, mistakes: int) -> None:
        test = replace(small_model.card.test, mistakes=mistakes) if small_model.card.test else None
        saved = page.library.save(replace(small_model.card, name=name, test=test), copy_files)
        page.tab._show_result(saved.slug)

    def copy_files(folder: Path) -> None:
        for name in MODEL_FILES:
            shutil.copyfile(small_model.folder / name, folder / name)

    assert stands_out() == ["trainStart"]
    show_result("Better", 0)
    assert stands_out() == ["trainUse"]
    page.press("trainUse")
    assert stands_out() == ["trainStart"]
    show_result("Worse", 9_000)
    assert stands_out() == ["trainStart"]


def test_going_on_leaves_what_was_chosen(page: Page, few_digits: str) -> None:
    go_on, rate = page.find(QCheckBox, "trainGoOn"), page.find(QDoubleSpinBox, "trainLearningRate")
    page.choose("dense", few_digits, epochs=7)
    rate.setValue(0.002)
    for _ in range(2):
        go_on.click()
        assert (page.find(QSpinBox, "trainEpochs").value(), rate.value()) == (7, 0.002)


def test_from_another_network_no_run_goes_on(
    page: Page, copy_model: Callable[[ModelLibrary, str], ModelBundle]
) -> None:
    go_on = page.find(QCheckBox, "trainGoOn")
    preset = page.find(QComboBox, "trainPreset")
    preset.setCurrentIndex(preset.findData("quick"))
    assert not go_on.isEnabled()
    why = "“DigitPad” is another kind of network. To continue from one of this kind, use that first (Models…)."
    assert go_on.toolTip().split() == why.split()
    preset.setCurrentIndex(preset.findData("dense"))
    named = copy_model(page.library, f"<b>R&D</b> {'m' * 48}")
    page.model.use(named)
    go_on.click()
    assert go_on.text().startswith("Continue from “<b>R&&D") and "…" in go_on.text() and go_on.text().endswith("mm”")
    assert "&lt;b&gt;R&amp;D&lt;/b&gt;" in go_on.toolTip()
    assert go_on.width() <= page.tab.form.width()
    assert page.tab.form.spec().start == str(named.folder)
    preset.setCurrentIndex(preset.findData("quick"))
    assert (go_on.isEnabled(), go_on.isChecked(), page.tab.form.spec().start) == (False, False, "")
    assert page.find(QSpinBox, "trainEpochs").value() == PRESETS["quick"].epochs


@pytest.mark.slow
def test_what_is_learned_from_is_said_and_is_no_problem(page: Page, few_digits: str) -> None:
    """The preset that the page starts with."""
    material = page.find(QLabel, "trainMaterial")
    assert not material.isVisible()
    page.choose(DEFAULT_PRESET, few_digits, epochs=1)
    page.press("trainStart")
    page.until(lambda: material.isVisible() or not page.tab.is_running())
    preset = PRESETS[DEFAULT_PRESET]
    digits, drawings = (round(380 * share) for share in (preset.synthesized_share, preset.no_digit_share))
    assert f"{digits} digits and {drawings} non-digits are synthesised handwriting." in material.text()
    assert page.tab.minimumSizeHint().height() <= page.tab.height()
    page.until_ended()
    assert page.status.startswith("Done: ")
    assert page.problems == []
    page.choose("dense", few_digits, epochs=1)
    page.press("trainStart")
    page.until_ended()
    assert "synthesised" not in material.text()


class WatchedControl(TrainingControl):
    """Tells when the run waits at a checkpoint; and pauses itself, for runs to be paused at an exact place."""

    def __init__(self) -> None:
        super().__init__()
        self.is_waiting = threading.Event()
        self._changed = Told(self.is_waiting)
        self.passes_left: int | None = None
        """Checkpoints before the one that pauses."""

    def checkpoint(self) -> None:
        if self.passes_left is not None:
            if self.passes_left == 0:
                self.pause()
            self.passes_left -= 1
        super().checkpoint()


class Told(threading.Condition):
    """Sets an event as soon as anybody waits."""

    def __init__(self, is_waiting: threading.Event) -> None:
        super().__init__()
        self._is_waiting = is_waiting

    def wait(self, timeout: float | None = None) -> bool:
        self._is_waiting.set()
        return super().wait(timeout)


@pytest.fixture
def controls(monkeypatch: pytest.MonkeyPatch) -> list[WatchedControl]:
    """The control of each run that is started, the last one last."""
    made: list[WatchedControl] = []

    def make() -> WatchedControl:
        made.append(WatchedControl())
        return made[-1]

    monkeypatch.setattr("gui.train.train_tab.TrainingControl", make)
    return made


class Gate:
    """Holds the run in its own thread where it emits a wanted event, until it is let go."""

    def __init__(self, is_wanted: Callable[[Event], bool]) -> None:
        self._is_wanted = is_wanted
        self.reached = threading.Event()
        self.open = threading.Event()
        self.emitted: list[Event] = []

    def train(
        self,
        spec: TrainingSpec,
        control: TrainingControl,
        emit: Emit,
        library: ModelLibrary,
        engines: KnownEngines | None,
    ) -> RunEnded:
        def pass_on(event: Event) -> None:
            self.emitted.append(event)
            emit(event)
            if self._is_wanted(event):
                self.reached.set()
                self.open.wait()

        return train(spec, control, pass_on, library, engines)


@pytest.fixture
def hold(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Callable[[Event], bool]], Gate]]:
    """Makes a `Gate` that the next run has to pass."""
    gates: list[Gate] = []

    def make(is_wanted: Callable[[Event], bool]) -> Gate:
        gates.append(Gate(is_wanted))
        monkeypatch.setattr("gui.train.train_tab.train", gates[-1].train)
        return gates[-1]

    yield make
    for gate in gates:
        gate.open.set()


def begin_long_run(page: Page, data: str) -> None:
    page.choose("dense", data, epochs=900)
    page.press("trainStart")
    page.until(lambda: page.find(QTableView, "trainTable").model().rowCount() >= 2)


@pytest.mark.slow
def test_pause_resume_stop_and_discard(
    page: Page, qtbot: QtBot, controls: list[WatchedControl], few_digits: str
) -> None:
    begin_long_run(page, few_digits)
    page.press("trainPause")
    assert page.status.startswith("Paused")
    assert page.find(QPushButton, "trainPause").text() == "Resume"
    page.until(controls[-1].is_waiting.is_set)
    QCoreApplication.processEvents()  # what the run told before it waited
    progress = page.find(QProgressBar, "trainProgress")
    held = progress.value()
    qtbot.wait(300)
    assert progress.value() == held
    assert page.status.startswith("Paused · epoch")
    page.press("trainPause")
    assert page.find(QPushButton, "trainPause").text() == "Pause"
    page.until(lambda: progress.value() > held)
    page.press("trainStop")
    assert page.status == "Stopping…"
    page.until(lambda: page.find(QPushButton, "trainDiscard").isVisible())
    assert page.status.startswith("Keep the network as it was after epoch")
    page.press("trainDiscard")
    page.until_ended()
    assert page.status == "Stopped; nothing was kept."
    assert page.own_models() == []
    assert not page.find(QPushButton, "trainUse").isVisible()


@pytest.mark.slow
def test_stopping_by_keyboard_ends_on_the_button_that_keeps(page: Page, qtbot: QtBot, few_digits: str) -> None:
    page.tab.activateWindow()
    qtbot.waitActive(page.tab)
    begin_long_run(page, few_digits)
    stop = page.find(QPushButton, "trainStop")
    stop.setFocus()
    qtbot.waitUntil(stop.hasFocus)
    QTest.keyClick(stop, Qt.Key.Key_Space)
    page.until(lambda: page.find(QPushButton, "trainKeep").isVisible())
    assert page.find(QPushButton, "trainKeep").hasFocus()
    QTest.keyClick(page.find(QPushButton, "trainKeep"), Qt.Key.Key_Tab)
    assert page.find(QPushButton, "trainDiscard").hasFocus()
    QTest.keyClick(page.find(QPushButton, "trainDiscard"), Qt.Key.Key_Space)
    page.until_ended()
    assert page.find(QPushButton, "trainStart").hasFocus()


@pytest.mark.slow
def test_what_the_guess_says_fits_what_the_run_does(
    page: Page, controls: list[WatchedControl], few_digits: str
) -> None:
    page.draw_seven()
    page.choose("dense", few_digits, epochs=900)
    page.press("trainStart")
    assert "as soon as it learns" in page.text("trainGuessHint")
    page.until(lambda: page.find(QTableView, "trainTable").model().rowCount() >= 2)
    assert "several times a second" in page.text("trainGuessHint")
    page.press("trainPause")
    assert "when the training is resumed" in page.text("trainGuessHint")
    page.press("trainPause")
    page.press("trainStop")
    assert "stopped learning" in page.text("trainGuessHint")
    page.until(lambda: page.find(QPushButton, "trainDiscard").isVisible())
    page.press("trainDiscard")
    page.until_ended()
    assert "Start training" in page.text("trainGuessHint")


def test_a_run_can_be_stopped_before_it_trains(page: Page, few_digits: str) -> None:
    page.choose("dense", few_digits, epochs=900)
    page.press("trainStart")
    page.press("trainStop")
    page.until_ended()
    assert page.status == "Stopped; nothing was kept."
    assert page.find(QPushButton, "trainStart").isEnabled()


@pytest.mark.slow
def test_closing_stops_without_keeping(page: Page, few_digits: str) -> None:
    begin_long_run(page, few_digits)
    assert page.tab.stop_and_wait(LONG_MS)
    assert not page.tab.is_running()
    assert list(page.library.folder.iterdir()) == []


@pytest.mark.slow
def test_the_form_shows_how_the_run_under_way_was_started(
    page: Page,
    few_digits: str,
    hold: Callable[[Callable[[Event], bool]], Gate],
    copy_model: Callable[[ModelLibrary, str], ModelBundle],
) -> None:
    go_on = page.find(QCheckBox, "trainGoOn")
    page.choose("dense", few_digits, epochs=1)
    go_on.click()
    gate = hold(lambda event: event == StageBegan(Stage.READING_DIGITS))
    page.press("trainStart")
    page.until(gate.reached.is_set)
    page.model.use(copy_model(page.library, "Other"))
    assert (go_on.text(), go_on.isChecked()) == ("Continue from “DigitPad”", True)
    gate.open.set()
    page.until_ended()
    assert (go_on.text(), go_on.isChecked()) == ("Continue from “Other”", True)


@pytest.mark.slow
def test_closing_during_validation(
    page: Page, controls: list[WatchedControl], hold: Callable[[Callable[[Event], bool]], Gate]
) -> None:
    gate = hold(lambda event: isinstance(event, BatchDone) and event.batch == 2)
    page.choose("dense", "mnist:2000", epochs=900)
    page.find(QSpinBox, "trainBatchSize").setValue(500)
    page.find(QSpinBox, "trainValidation").setValue(50)
    page.press("trainStart")
    page.until(gate.reached.is_set)
    controls[-1].passes_left = 1  # past the last batch, into validation
    gate.open.set()
    page.until(controls[-1].is_waiting.is_set)
    assert page.tab.stop_and_wait(LONG_MS)
    assert not any(isinstance(event, EpochDone) for event in gate.emitted)
    assert list(page.library.folder.iterdir()) == []


@pytest.mark.slow
@pytest.mark.parametrize("stage", ["Compiling", "Testing", "Saving"])
def test_closing_while_the_model_is_made_leaves_it_whole_or_not_at_all(
    page: Page, few_digits: str, hold: Callable[[Callable[[Event], bool]], Gate], stage: str
) -> None:
    gate = hold(lambda event: isinstance(event, StageBegan) and event.text.startswith(stage))
    page.choose("dense", few_digits, epochs=1)
    page.press("trainStart")
    page.until(gate.reached.is_set)
    QTimer.singleShot(20, gate.open.set)  # once the window waits
    assert page.tab.stop_and_wait(LONG_MS)
    assert not page.tab.is_running()
    entries = [entry for entry in page.library.entries() if entry.folder.parent == page.library.folder]
    assert all(isinstance(entry, ModelBundle) for entry in entries)
    assert sorted(page.library.folder.iterdir()) == sorted(entry.folder for entry in entries)


@pytest.mark.slow
def test_a_model_that_cannot_be_saved_is_not_waited_for(
    page: Page, few_digits: str, hold: Callable[[Callable[[Event], bool]], Gate]
) -> None:
    gate = hold(lambda event: event == StageBegan(Stage.SAVING))
    page.choose("dense", few_digits, epochs=1)
    page.press("trainStart")
    page.until(gate.reached.is_set)
    page.library.folder.rename(page.library.folder.with_name("elsewhere"))
    page.library.folder.write_text("a file in the way")
    gate.open.set()
    assert not page.tab.wait_until_saved(LONG_MS)
    assert page.tab.is_running()
    assert page.status.startswith("Cannot ")
    page.library.folder.unlink()
    page.press("trainRetry")
    page.until_ended()
    assert len(page.own_models()) == 1


@pytest.mark.slow
def test_a_new_run_begins_on_an_empty_page(
    page: Page, few_digits: str, hold: Callable[[Callable[[Event], bool]], Gate]
) -> None:
    page.choose("dense", few_digits, epochs=1)
    page.press("trainStart")
    page.until_ended()
    table = page.find(QTableView, "trainTable").model()
    assert table.rowCount() == 1
    gate = hold(lambda event: event == StageBegan(Stage.READING_DIGITS))
    page.press("trainStart")
    page.until(gate.reached.is_set)
    assert table.rowCount() == 0
    assert len(page.tab.curves.loss.smooth()[0]) == 0
    gate.open.set()
    page.until_ended()


@pytest.mark.slow
def test_a_stop_while_the_digits_are_read_acts_before_tensorflow_is_loaded(
    page: Page, few_digits: str, hold: Callable[[Callable[[Event], bool]], Gate]
) -> None:
    gate = hold(lambda event: event == StageBegan(Stage.READING_DIGITS))
    page.choose("dense", few_digits, epochs=900)
    page.press("trainStart")
    page.until(gate.reached.is_set)
    page.press("trainStop")
    gate.open.set()
    page.until_ended()
    assert [type(event) for event in gate.emitted] == [StageBegan, RunEnded]
    assert page.status == "Stopped; nothing was kept."


@pytest.mark.slow
def test_writing_digits_shows_how_far_it_is(
    page: Page, few_digits: str, hold: Callable[[Callable[[Event], bool]], Gate]
) -> None:
    gate = hold(lambda event: isinstance(event, StageProgress) and event.done == 200)
    page.choose("digitpad", few_digits, epochs=1)
    page.press("trainStart")
    page.until(gate.reached.is_set)
    stage = "Synthesising handwriting…"
    page.until(lambda: page.status == f"{stage} 200 of 248 drawings")
    progress = page.find(QProgressBar, "trainProgress")
    assert (progress.value(), progress.maximum()) == (200, 248)
    page.press("trainStop")
    page.until(lambda: page.status.startswith("Stopping…"))
    gate.open.set()
    page.until_ended()
    assert page.status == "Stopped; nothing was kept."
    assert progress.value() == 0


@pytest.mark.slow
def test_closing_while_a_question_is_open(page: Page, few_digits: str) -> None:
    begin_long_run(page, few_digits)
    page.press("trainStop")
    page.until(lambda: page.find(QPushButton, "trainKeep").isVisible())
    assert page.tab.stop_and_wait(LONG_MS)
    assert list(page.library.folder.iterdir()) == []


def test_a_library_that_cannot_be_written_is_told_before_training(page: Page, few_digits: str) -> None:
    page.library.folder.write_text("a file in the way")
    page.choose("dense", few_digits, epochs=1)
    page.press("trainStart")
    page.until_ended()
    assert page.status.startswith("Cannot save")
    assert page.find(QPushButton, "trainStart").isEnabled()


@pytest.mark.slow
def test_a_stopped_run_is_kept_even_if_saving_takes_two_tries(page: Page, few_digits: str) -> None:
    begin_long_run(page, few_digits)
    page.press("trainPause")
    page.press("trainStop")
    page.until(lambda: page.find(QPushButton, "trainKeep").isVisible())
    page.library.folder.rmdir()
    page.library.folder.write_text("a file in the way")
    page.press("trainKeep")
    page.until(lambda: page.find(QPushButton, "trainRetry").isVisible())
    assert page.status.startswith("Cannot save")
    page.library.folder.unlink()
    page.press("trainRetry")
    page.until_ended()
    assert page.status.startswith("Stopped and kept: ")
    assert len(page.own_models()) == 1
    assert page.find(QPushButton, "trainUse").isEnabled()


def test_the_digit_on_the_pad(page: Page) -> None:
    assert page.text("trainGuessHint") == "Draw a digit on the Draw tab to watch it being learned."
    page.draw_seven()
    page.until(lambda: "Start training" in page.text("trainGuessHint"))
    page.tab.guess.show_event(CanvasGuess((0.0,) * 7 + (0.9, 0.1, 0.0)))
    assert page.text("trainGuessAnswer") == "7  ·  90.0 %"
    page.pad.clear()
    page.until(lambda: page.text("trainGuessAnswer") == "–")
    page.tab.guess.show_event(CanvasGuess((0.0,) * 7 + (0.9, 0.1, 0.0)))
    assert page.text("trainGuessAnswer") == "–"  # a guess that was under way when the pad was cleared


def test_the_preview_of_augmentation_shows_other_digits_when_clicked(page: Page) -> None:
    preview = page.tab.form.preview
    page.until(lambda: preview.images is not None)
    first = preview.images
    assert first is not None and first.shape == (15, 28, 28)
    originals, *variations = np.split(first.astype(np.int16), 3)
    for others in (variations[0], variations[1]):
        differences = np.abs(originals - others).mean(axis=(1, 2))
        assert (differences > 0.1 * originals.mean(axis=(1, 2))).all()  # a thin 1 has little ink to differ in
        assert differences.mean() > 4, "it can hardly be seen"
    assert not np.array_equal(*variations)
    QTest.mouseClick(preview, Qt.MouseButton.LeftButton)
    page.until(lambda: preview.images is not first)


def test_the_wheel_over_a_field_scrolls_the_page_only(page: Page) -> None:
    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QWheelEvent

    epochs = page.find(QSpinBox, "trainEpochs")
    page.find(QPushButton, "trainStart").setFocus()
    before = epochs.value()
    event = QWheelEvent(
        QPointF(5, 5),
        epochs.mapToGlobal(QPointF(5, 5)),
        QPoint(0, 120),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QCoreApplication.sendEvent(epochs, event)
    assert epochs.value() == before
