"""How a run on the training page ends: closed in the middle, or without a place to save."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QPushButton,
    QSpinBox,
)

from core.models.library import ModelBundle
from core.training.events import (
    BatchDone,
    EpochDone,
    Event,
    StageBegan,
)
from core.wording.run_messages import Stage
from tests.gui.train.conftest import LONG_MS, Gate, Page, WatchedControl, begin_long_run


def test_closing_stops_without_keeping(page: Page, few_digits: str) -> None:
    begin_long_run(page, few_digits)
    assert page.tab.stop_and_wait(LONG_MS)
    assert not page.tab.is_running()
    assert list(page.library.folder.iterdir()) == []


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
