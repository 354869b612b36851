"""The training page, a hand to work it, and runs that are held where a test wants."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QPushButton,
    QSpinBox,
    QTableView,
)
from pytestqt.qtbot import QtBot

from core.models.library import ModelLibrary
from core.training.control import TrainingControl
from core.training.events import (
    Emit,
    Event,
    RunEnded,
)
from core.training.spec import TrainingSpec
from gui.pad.document import PadDocument
from gui.recognition.active_model import ActiveModel
from gui.recognition.live_recognition import LiveRecognition
from gui.recognition.my_digits import MyDigits
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

    def __init__(self, qtbot: QtBot, library: ModelLibrary, model: ActiveModel, digits: MyDigits | None = None) -> None:
        self._qtbot = qtbot
        self.library = library
        self.model = model
        self.pad = PadDocument()
        self.recognition = LiveRecognition(self.pad, model)
        self.loading = LoadingOnRequest()
        self.tab = TrainTab(library, model, self.recognition, self.loading, digits=digits and digits.path)
        if digits is not None:
            self.tab.form.data.follow(digits)
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


@contextmanager
def opened_page(
    qtbot: QtBot, library: ModelLibrary, model: ActiveModel, digits: MyDigits | None = None
) -> Iterator[Page]:
    """The page, and its end."""
    page = Page(qtbot, library, model, digits)
    yield page
    assert page.tab.stop_and_wait(LONG_MS)
    page.tab.close()
    page.tab.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def page(qtbot: QtBot, library: ModelLibrary, active_model: ActiveModel) -> Iterator[Page]:
    with opened_page(qtbot, library, active_model) as page:
        yield page


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
        *others: Any,
    ) -> RunEnded:
        def pass_on(event: Event) -> None:
            self.emitted.append(event)
            emit(event)
            if self._is_wanted(event):
                self.reached.set()
                self.open.wait()

        return train(spec, control, pass_on, library, *others)


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
