"""The epochs of a run kept with its model, and looked back at after the next run."""

import shutil
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QPushButton, QSlider, QTableView

from core.training.kept_snapshots import KEPT_FILE
from gui.train.details import Detail
from tests.conftest import small_networks
from tests.gui.train.conftest import Page


@pytest.fixture(autouse=True)
def small() -> Iterator[None]:
    """What is looked back at does not depend on how wide a network is."""
    with small_networks():
        yield


@pytest.fixture
def learned(page: Page, few_digits: str) -> Page:
    page.draw_seven()
    page.choose("dense", few_digits, epochs=4)
    page.press("trainStart")
    page.until_ended()
    return page


def test_epochs_that_are_kept_can_be_looked_at_after_the_next_run(learned: Page, few_digits: str) -> None:
    said: list[str] = []
    learned.tab.information.connect(said.append)
    slider = learned.find(QSlider, "trainEpochSlider")
    slider.setValue(0)
    answer = learned.text("trainGuessAnswer")
    [first] = learned.own_models()
    learned.press("trainKeepEpochs")
    learned.until(lambda: bool(said))
    assert (learned.library.folder / first / KEPT_FILE).is_file()
    assert not learned.find(QPushButton, "trainKeepEpochs").isVisible()
    assert learned.library.bundle(first).card.name  # the model is as whole as before

    learned.choose("starter-cnn", few_digits, epochs=1)
    learned.press("trainStart")
    learned.until_ended()
    assert slider.maximum() == 0
    learned.tab.details.show_detail(Detail.RUNS)
    view = learned.find(QTableView, "trainRuns")
    learned.until(lambda: view.model().rowCount() == 2)
    view.selectRow(1)
    learned.until(lambda: slider.maximum() == 3)
    slider.setValue(0)
    assert learned.text("trainGuessAnswer") == answer
    assert not learned.find(QPushButton, "trainKeepEpochs").isVisible()
    learned.tab.book.refresh()
    view.selectRow(0)  # was not kept: what is looked at stays
    assert slider.maximum() == 3


def test_epochs_of_a_model_that_was_deleted_cannot_be_kept(learned: Page) -> None:
    [slug] = learned.own_models()
    shutil.rmtree(learned.library.folder / slug)
    learned.press("trainKeepEpochs")
    learned.until(lambda: bool(learned.problems))
    assert not (learned.library.folder / slug).exists()
    assert learned.find(QPushButton, "trainKeepEpochs").isVisible()


def test_damaged_epochs_are_said_and_change_nothing(learned: Page) -> None:
    [slug] = learned.own_models()
    (learned.library.folder / slug / KEPT_FILE).write_bytes(b"nothing")
    learned.tab.details.show_detail(Detail.RUNS)
    view = learned.find(QTableView, "trainRuns")
    learned.until(lambda: view.model().rowCount() == 1)
    view.selectRow(0)
    learned.until(lambda: bool(learned.problems))
    assert "damaged or gone" in learned.problems[0]
    assert learned.find(QSlider, "trainEpochSlider").maximum() == 3


def test_a_run_without_a_model_has_nothing_to_keep_its_epochs_with(page: Page, few_digits: str) -> None:
    page.choose("dense", few_digits, epochs=900)
    page.press("trainStart")
    page.until(lambda: page.find(QSlider, "trainEpochSlider").maximum() >= 2)
    assert not page.find(QPushButton, "trainKeepEpochs").isVisible()
    page.press("trainStop")
    page.until(lambda: page.find(QPushButton, "trainDiscard").isVisible())
    page.press("trainDiscard")
    page.until_ended()
    assert not page.find(QPushButton, "trainKeepEpochs").isVisible()
