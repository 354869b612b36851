"""The real window on folders of its own, and hands to draw with."""

import gc
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from core.models.library import MODEL_FILES, ModelBundle, ModelLibrary
from core.settings import SCHEMES, SettingsFile
from core.system.paths import app_paths
from core.training.control import TrainingControl
from core.training.events import StageBegan
from core.training.spec import TrainingSpec
from core.wording.run_messages import Stage
from gui.app import make_window
from gui.main_window import MainWindow
from gui.recognition.active_model import ActiveModel
from gui.self_test.hand import drag
from gui.system.background import join_background
from gui.system.destroying import destroy
from gui.widgets.theme import use_scheme, use_text_scale

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton

Points = list[tuple[float, float]]
"""In pad units, 0 to 1000."""

SEVEN: Points = [(300, 240), (500, 235), (700, 230), (620, 400), (560, 520), (510, 680), (480, 810)]
DASH: Points = [(430, 520), (560, 515), (660, 510)]


HoldRun = Callable[[Stage], threading.Event]
"""Takes the stage at which the next run waits, and gives what lets it go on."""


class Clock:
    """Stands still until a test turns it."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(autouse=True)
def usual_looks_afterwards() -> Iterator[None]:
    """A test may scale the texts or darken the colours, which all windows share; the next finds the usual ones."""
    yield
    use_text_scale(0)
    use_scheme(SCHEMES[0])


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def new_window(qtbot: QtBot, isolated_folders: Path) -> Iterator[Callable[[], MainWindow]]:
    """Makes windows on one and the same library and settings, and closes them after the test."""
    windows: list[MainWindow] = []

    def make() -> MainWindow:
        window = make_window(app_paths())
        window.resize(1100, 760)
        window.show()
        qtbot.waitUntil(window.isVisible)
        windows.append(window)
        return window

    yield make
    from gui.train.train_tab import TrainTab  # not sooner: a test starts without its libraries

    for window in windows:
        for page in QMainWindow.findChildren(window, TrainTab):  # if it was ever made
            page.stop_and_wait(30_000)
        window.close_quietly()  # asks nothing, whatever a failed test left behind
        destroy(window)
    assert join_background(60_000), "something is read or loaded for ever"


@pytest.fixture
def window(new_window: Callable[[], MainWindow]) -> MainWindow:
    """The window, shown, with a blank pad."""
    return new_window()


@pytest.fixture
def until_open(window: MainWindow, qtbot: QtBot) -> Callable[[], None]:
    """Waits until whatever is being opened is open, or cannot be."""
    return lambda: qtbot.waitUntil(lambda: not window.files.is_opening, timeout=30_000)


@pytest.fixture
def drawn(window: MainWindow) -> MainWindow:
    """The window with a 7 on the pad."""
    drag(window.draw_tab.canvas, SEVEN)
    assert digit(window) == 7
    return window


@pytest.fixture
def hold_run(monkeypatch: pytest.MonkeyPatch) -> Iterator[HoldRun]:
    """Makes the next run wait where a stage begins, until the event is set."""
    from core.learning.run import fit

    gates: list[threading.Event] = []

    def hold(stage: Stage) -> threading.Event:
        gate = threading.Event()

        def held_fit(spec: Any, control: Any, emit: Any, *others: Any) -> Any:
            def pass_on(event: Any) -> None:
                emit(event)
                if isinstance(event, StageBegan) and event.stage is stage:
                    gate.wait()

            return fit(spec, control, pass_on, *others)

        monkeypatch.setattr("core.learning.run.fit", held_fit)
        gates.append(gate)
        return gate

    yield hold
    for gate in gates:
        gate.set()


@pytest.fixture(scope="session")
def small_model(tmp_path_factory: pytest.TempPathFactory) -> ModelBundle:
    """A small network, really trained, for other tests to copy."""
    from core.learning.run import fit

    library = ModelLibrary(tmp_path_factory.mktemp("small") / "models", tmp_path_factory.mktemp("none"))
    spec = TrainingSpec("dense", "mnist:600", epochs=1, name="Small")
    fit(spec, TrainingControl(), lambda event: None, library)
    return library.find("small")


@pytest.fixture
def copy_model(small_model: ModelBundle) -> Callable[[ModelLibrary, str], ModelBundle]:
    """Puts a copy of the small model under another name into a library."""

    def write(folder: Path) -> None:
        for name in MODEL_FILES:
            shutil.copyfile(small_model.folder / name, folder / name)

    def copy(library: ModelLibrary, name: str) -> ModelBundle:
        return library.save(replace(small_model.card, name=name), write)

    return copy


@pytest.fixture
def library(tmp_path: Path, copy_model: Callable[[ModelLibrary, str], ModelBundle]) -> ModelLibrary:
    """A library with a shipped model and nothing else."""
    copy_model(ModelLibrary(tmp_path / "shipped", tmp_path / "nothing"), "DigitPad")
    return ModelLibrary(tmp_path / "models", tmp_path / "shipped")


@pytest.fixture
def few_digits(tmp_path: Path, mnist: dict[str, Any]) -> str:
    """Path of an npz with 400 training and 200 test digits of MNIST."""
    path = tmp_path / "few.npz"
    names = {"x_train": 400, "y_train": 400, "x_test": 200, "y_test": 200}
    np.savez(path, **{name: mnist[name][:count] for name, count in names.items()})
    return str(path)


@pytest.fixture
def active_model(qapp: object, library: ModelLibrary, tmp_path: Path) -> Iterator[ActiveModel]:
    """The shipped model of `library`, in use."""
    model = ActiveModel(library, SettingsFile(tmp_path / "settings.json"))
    model.load()
    yield model
    destroy(model)


@contextmanager
def no_collector() -> Iterator[None]:
    """In the block an object is destroyed only when its last reference goes."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def digit(window: MainWindow) -> int | None:
    """Which digit the window takes the pad for."""
    window.recognition.answer_now()
    return window.recognition.recognition.digit
