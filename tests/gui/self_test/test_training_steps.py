"""The self-test's training step takes its pictures while an epoch is under way, however slow that is."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton

from gui.main_window import MainWindow
from gui.self_test.driver import StepFailed, WindowDriver
from gui.self_test.training_steps import TrainingSteps
from gui.self_test.waiting import wait

SLOW_MS = 2000
"""Longer than what is left of the training takes when nothing holds it."""


class SlowPictures(WindowDriver):
    """Takes its time for pictures, as on a busy machine, and notes what the page says before and after."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window, None)
        self.seen: dict[str, tuple[str, str]] = {}

    def take_pictures(self, page: str) -> list[str]:
        before = self.text("trainStatus")
        wait(SLOW_MS)
        self.seen[page] = before, self.text("trainStatus")
        return []


class PicturesOfAStop(WindowDriver):
    """The run ends while its pictures are taken."""

    def take_pictures(self, page: str) -> list[str]:
        self.find(QPushButton, "trainStop").click()
        self.until(lambda: not self.text("trainStatus").startswith("Paused"), "the run goes on")
        return []


@pytest.fixture(autouse=True)
def fewer_digits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gui.self_test.training_steps.TRAINING_DIGITS", 800)


@pytest.mark.slow
def test_the_run_is_held_while_its_pictures_are_taken(window: MainWindow, tmp_path: Path) -> None:
    driver = SlowPictures(window)
    said = TrainingSteps(driver, tmp_path, {}).train()
    for seen in driver.seen["train"]:  # the batch in which Pause was pressed may end between the two
        assert seen.startswith(("Paused · epoch 3 of 4, batch ", "Paused · epoch 4 of 4, batch "))
    assert driver.seen["trained"] == (said, said)
    assert said.startswith("Done: ")


@pytest.mark.slow
def test_pictures_of_no_running_training_fail_the_step(window: MainWindow, tmp_path: Path) -> None:
    with pytest.raises(StepFailed, match="no epoch is under way: "):
        TrainingSteps(PicturesOfAStop(window, None), tmp_path, {}).train()
