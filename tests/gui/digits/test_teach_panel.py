"""The panel of Teach now: what it says and offers, whatever the teaching does."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.errors import ModelError, StorageError
from core.models.library import ModelBundle, ModelLibrary
from core.recognition.recommendation import Recommendation
from core.samples.sample import Sample
from core.training.control import TrainingControl
from core.training.events import StageBegan
from core.training.teaching import ChangedSample, Comparison, Taught, TeachingProgress, TeachingRequest
from core.wording.messages import Template
from core.wording.model_messages import NotRecommended
from core.wording.run_messages import Stage
from core.wording.storage_problems import StorageProblem
from core.wording.teaching_messages import TeachingProblem
from gui.digits.teach_panel import TeachPanel
from gui.recognition.active_model import ActiveModel
from gui.system.background import join_background
from gui.system.turn import Turn

IMAGE = np.zeros((28, 28), np.uint8)
SAMPLES = {
    number: Sample(number, 7, IMAGE, "Ana" if number < 3 else "", "pad", None, "", 0.0) for number in range(1, 6)
}


class Verdict(Template):
    BETTER = "Reads 5 of 5 of yours (before 3), others as well as before."


@dataclass
class Engine:
    """Stands for the network: emits what a teaching emits, when the test lets it."""

    copy: Callable[[ModelLibrary, str], ModelBundle]
    is_better: bool = True
    error: Exception | None = None
    gate: threading.Event = field(default_factory=threading.Event)
    requests: list[TeachingRequest] = field(default_factory=list)

    def __call__(
        self, request: TeachingRequest, control: TrainingControl, emit: Any, library: ModelLibrary, store: Path
    ) -> None:
        self.requests.append(request)
        emit(StageBegan(Stage.LEARNING, 5))
        emit(TeachingProgress(0.4, 12.0))
        while not self.gate.wait(0.01):
            control.checkpoint()
        if self.error is not None:
            raise self.error
        bundle = self.copy(library, "My hand")
        own, others = Comparison(5, 3, 5), Comparison(10_000, 9966, 9965)
        changed = (ChangedSample(1, 7, 1, 7), ChangedSample(99, 7, 7, 1))
        why_not = None if self.is_better else NotRecommended.TESTED_ON_FEW(digits=5)
        recommendation = Recommendation(self.is_better, why_not)
        verdict = Verdict.BETTER()
        emit(Taught(bundle.slug, "My hand", own, others, changed, recommendation, verdict, 19.0))


@pytest.fixture
def engine(copy_model: Callable[[ModelLibrary, str], ModelBundle]) -> Engine:
    return Engine(copy_model)


@pytest.fixture
def turn(qapp: QApplication) -> Turn:
    return Turn()


@pytest.fixture
def panel(
    qtbot: QtBot, library: ModelLibrary, active_model: ActiveModel, engine: Engine, turn: Turn, tmp_path: Path
) -> Iterator[TeachPanel]:
    panel = TeachPanel(library, active_model, tmp_path / "digits.sqlite", turn, engine)
    qtbot.addWidget(panel)
    panel.show()
    panel.show_samples(SAMPLES, None)
    yield panel
    engine.gate.set()
    assert join_background(30_000)


def finish(panel: TeachPanel, engine: Engine, qtbot: QtBot) -> None:
    panel.teach.click()
    qtbot.waitUntil(lambda: panel.status.text() == "Learning your digits… about 12 s left")
    engine.gate.set()
    qtbot.waitUntil(lambda: not panel.is_under_way)


def offered(panel: TeachPanel) -> set[str]:
    buttons = (panel.teach, panel.stop, panel.use, panel.keep_old, panel.show_changed, panel.back)
    return {button.objectName() for button in buttons if button.isVisible()}


def test_a_taught_model_is_used_only_when_asked_and_the_way_back_is_one_click(
    panel: TeachPanel, engine: Engine, active_model: ActiveModel, qtbot: QtBot
) -> None:
    before = active_model.bundle
    assert before is not None
    finish(panel, engine, qtbot)
    assert engine.requests == [TeachingRequest(start=str(before.folder))]
    assert panel.status.text() == "Reads 5 of 5 of yours (before 3), others as well as before."
    assert offered(panel) == {"teachUse", "teachKeepOld", "teachShowChanged"}
    assert panel.use.property("primary") and active_model.bundle == before
    panel.use.click()
    assert active_model.bundle is not None and active_model.bundle.slug == "my-hand"
    assert offered(panel) == {"teach", "teachBack"}
    panel.back.click()
    assert active_model.bundle.folder == before.folder
    assert offered(panel) == {"teach"}


def test_what_changed_is_shown_and_selected(panel: TeachPanel, engine: Engine, qtbot: QtBot) -> None:
    finish(panel, engine, qtbot)
    panel.show_changed.click()
    [shown] = [button for button in panel.changed if button.isVisible()]
    assert shown.accessibleName() == "Kept as 7, read as 1 before and as 7 now"
    assert [(picture.caption, picture.colour) for picture in shown.pictures] == [("1 → 7", "good")]
    with qtbot.waitSignal(panel.chosen) as chosen:
        shown.click()
    assert chosen.args == [[1]]
    panel.show_changed.click()
    assert not shown.isVisible()


def test_a_worse_model_is_not_recommended_and_the_old_one_stays(
    panel: TeachPanel, engine: Engine, active_model: ActiveModel, library: ModelLibrary, qtbot: QtBot
) -> None:
    engine.is_better = False
    before = active_model.bundle
    finish(panel, engine, qtbot)
    assert panel.keep_old.property("primary") and not panel.use.property("primary")
    assert panel.note.text() == "It was tested on only 5 digits: too few to tell which model is better."
    assert library.is_free_name("My hand") is False
    panel.keep_old.click()
    assert active_model.bundle == before
    assert panel.status.text() == "DigitPad reads as before. The taught model was deleted again."
    assert library.is_free_name("My hand")
    assert offered(panel) == {"teach"}


def test_a_teaching_can_be_stopped(panel: TeachPanel, qtbot: QtBot) -> None:
    panel.teach.click()
    qtbot.waitUntil(lambda: panel.progress.value() == 40)
    assert offered(panel) == {"teachStop"}
    panel.stop.click()
    qtbot.waitUntil(lambda: not panel.is_under_way)
    assert offered(panel) == {"teach"}
    assert panel.status.text().startswith("The model in use learns your 5 digits")


def test_what_went_wrong_stays_in_sight(panel: TeachPanel, engine: Engine, qtbot: QtBot) -> None:
    engine.error = StorageError(StorageProblem.NO_ROOM, folder=Path("/models"), needed=20, free=1)
    finish(panel, engine, qtbot)
    panel.show_samples(dict(SAMPLES), None)  # as when another digit is chosen to be shown
    assert panel.status.text() == str(engine.error) and panel.status.property("tone") == "bad"
    assert offered(panel) == {"teach"} and panel.teach.isEnabled()
    panel.show_samples(dict(list(SAMPLES.items())[1:]), None)
    assert panel.status.text().startswith("The model in use learns your 4 digits")


def test_while_nobody_looks_the_window_says_how_it_ended(panel: TeachPanel, engine: Engine, qtbot: QtBot) -> None:
    panel.teach.click()
    panel.hide()
    with qtbot.waitSignal(panel.information) as information:
        engine.gate.set()
    assert information.args == [
        "Reads 5 of 5 of yours (before 3), others as well as before. Decide on the page My digits."
    ]
    qtbot.waitUntil(lambda: not panel.is_under_way)
    panel.keep_old.click()
    engine.error = ModelError(TeachingProblem.NOT_OURS, name="Old")
    with qtbot.waitSignal(panel.problem) as problem:
        panel.teach.click()
    assert problem.args == [str(engine.error)]


def test_the_taught_model_may_be_gone_or_in_use_when_it_is_decided(
    panel: TeachPanel, engine: Engine, active_model: ActiveModel, library: ModelLibrary, qtbot: QtBot
) -> None:
    finish(panel, engine, qtbot)
    library.delete(library.find("My hand"))
    panel.use.click()
    assert "my-hand" in panel.status.text() and panel.status.property("tone") == "bad"
    assert offered(panel) == {"teach"}
    panel.teach.click()
    qtbot.waitUntil(lambda: not panel.is_under_way)
    active_model.use(library.find("My hand"))  # in the list of models
    assert offered(panel) == {"teach", "teachBack"}


def test_it_waits_for_a_training(panel: TeachPanel, engine: Engine, turn: Turn, qtbot: QtBot) -> None:
    turn.take("A network is being trained.")
    assert panel.status.text() == "A network is being trained." and not panel.teach.isEnabled()
    panel.begin()
    assert not panel.is_under_way
    turn.give_back()
    assert panel.teach.isEnabled()
    panel.teach.click()
    assert turn.reason == "DigitPad is learning your digits. Wait until it is done."
    engine.gate.set()
    qtbot.waitUntil(lambda: not panel.is_under_way)
    assert turn.reason == ""


def test_the_keyboard_goes_on_where_the_buttons_change(panel: TeachPanel, engine: Engine, qtbot: QtBot) -> None:
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    panel.teach.setFocus()
    QTest.keyClick(panel.teach, Qt.Key.Key_Space)
    assert panel.stop.hasFocus()
    engine.gate.set()
    qtbot.waitUntil(lambda: not panel.is_under_way)
    assert panel.use.hasFocus()


def test_it_says_whose_digits_it_learns_or_what_is_missing(panel: TeachPanel) -> None:
    panel.show_samples(SAMPLES, "Ana")
    assert "your 2 digits (Ana)" in panel.status.text()
    panel.show_samples(SAMPLES, "Ben")
    assert panel.status.text() == "Keep at least one digit first." and not panel.teach.isEnabled()
