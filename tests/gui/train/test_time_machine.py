"""The slider over the epochs: it shows what the network was then, from its snapshots."""

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QSlider, QTableView, QToolButton

from core.models.compiled import as_input
from core.training.events import EpochDone, Event
from core.wording.percentages import probability_text
from gui.train.confusion_page import ConfusionMatrix
from gui.train.details import Detail
from gui.train.maps_page import MapsView, layer_text
from tests.conftest import small_networks
from tests.gui.train.conftest import Gate, Page


@pytest.fixture(autouse=True)
def small() -> Iterator[None]:
    """What is looked back at does not depend on how wide a network is."""
    with small_networks():
        yield


@pytest.fixture
def learned(page: Page, few_digits: str) -> Page:
    """The page with a 7 on the pad, after a run of four epochs."""
    page.draw_seven()
    page.choose("quick", few_digits, epochs=4)
    page.tab.form.validation.setValue(25)
    page.press("trainStart")
    page.until_ended()
    return page


def slider_of(page: Page) -> QSlider:
    return page.find(QSlider, "trainEpochSlider")


def answer_after(page: Page, epoch: int) -> str:
    """What the snapshot itself answers, as the page says it."""
    snapshot = page.tab.machine._snapshots.after(epoch)
    digit = page.recognition.digit
    assert snapshot is not None and snapshot.epoch == epoch and digit is not None
    [answer] = snapshot.network().probabilities(as_input(digit.image[np.newaxis]))
    return f"{answer.argmax()}  ·  {probability_text(float(answer.max()))}"


def test_after_a_run_every_epoch_answers_for_itself(learned: Page) -> None:
    slider = slider_of(learned)
    assert slider.isVisible() and (slider.value(), slider.maximum()) == (3, 3)
    said = set()
    for epoch in (4, 3, 2, 1):
        assert learned.text("trainEpochShown") == f"After epoch {epoch}"
        assert learned.text("trainGuessAnswer") == answer_after(learned, epoch)
        said.add(learned.text("trainGuessAnswer"))
        QTest.keyClick(slider, Qt.Key.Key_Left)
    assert len(said) > 1
    assert "Start training" in learned.text("trainGuessHint")


def test_what_is_drawn_after_the_run_is_answered(learned: Page) -> None:
    learned.pad.clear()
    learned.until(lambda: learned.text("trainGuessAnswer") == "–")
    learned.draw_seven()
    learned.until(lambda: learned.text("trainGuessAnswer") == answer_after(learned, 4))


def test_the_confusion_matrix_is_that_of_the_epoch(learned: Page) -> None:
    QTest.mouseClick(learned.find(QToolButton, "trainDetailConfusion"), Qt.MouseButton.LeftButton)
    matrix = learned.find(ConfusionMatrix, "trainConfusion")
    slider_of(learned).setValue(0)
    first = matrix.confusion
    assert first is not None and first.sum() == 100
    table = learned.find(QTableView, "trainTable").model()
    for epoch in (1, 4):
        slider_of(learned).setValue(epoch - 1)
        shown = matrix.confusion
        assert shown is not None
        assert f"{np.trace(shown)}.00 %" == table.index(epoch - 1, 4).data()
        assert f"After epoch {epoch}" in learned.text("trainConfusionTitle")
        assert "of 100 validation digits" in learned.text("trainConfusionTitle")
    assert matrix.accessibleDescription()
    assert not matrix.grab().isNull()


def test_the_feature_maps_are_those_of_the_epoch(learned: Page) -> None:
    learned.tab.details.show_detail(Detail.MAPS)
    view = learned.find(MapsView, "trainMaps")
    names = [layer_text(name) for name, _ in view.shown]
    assert names == ["conv 1", "conv 2"]
    last = view.shown[0][1]
    slider_of(learned).setValue(0)
    assert not np.array_equal(view.shown[0][1], last)
    learned.pad.clear()
    learned.until(lambda: view.shown == ())
    assert "Draw a digit" in learned.text("trainMapsTitle")


def test_during_a_run_the_right_end_is_the_present(
    page: Page, few_digits: str, hold: Callable[[Callable[[Event], bool]], Gate]
) -> None:
    page.draw_seven()
    gate = hold(lambda event: isinstance(event, EpochDone) and event.epoch == 3)
    page.choose("dense", few_digits, epochs=6)
    page.press("trainStart")
    page.until(gate.reached.is_set)
    page.until(lambda: slider_of(page).maximum() == 3)
    assert page.text("trainEpochShown") == "Now"
    slider_of(page).setValue(0)
    assert page.text("trainEpochShown") == "After epoch 1"
    assert page.text("trainGuessAnswer") == answer_after(page, 1)
    assert "how it read your digit then" in page.text("trainGuessHint")
    gate.open.set()
    page.until(lambda: slider_of(page).maximum() >= 4 or not page.tab.is_running())
    assert page.text("trainEpochShown") == "After epoch 1"  # it stays where it was put
    page.until_ended()
    assert page.text("trainGuessAnswer") == answer_after(page, 1)


def test_back_at_the_present_a_paused_run_answers_at_once(page: Page, few_digits: str) -> None:
    page.draw_seven()
    page.choose("dense", few_digits, epochs=900)
    page.press("trainStart")
    page.until(lambda: slider_of(page).maximum() >= 3)
    page.press("trainPause")
    page.until(lambda: page.status.startswith("Paused · "))
    QTest.qWait(200)
    present = page.text("trainGuessAnswer")
    slider_of(page).setValue(0)
    past = page.text("trainGuessAnswer")
    assert past == answer_after(page, 1) and past != present
    slider_of(page).setValue(slider_of(page).maximum())
    page.until(lambda: page.text("trainGuessAnswer") == present)
    assert page.tab.stop_and_wait(10_000)


def test_a_network_without_maps_and_a_run_without_an_epoch_say_so(page: Page, few_digits: str) -> None:
    page.draw_seven()
    page.tab.details.show_detail(Detail.MAPS)
    assert "After the first epoch" in page.text("trainMapsTitle")
    page.tab.details.show_detail(Detail.CONFUSION)
    assert "After each epoch" in page.text("trainConfusionTitle")
    assert not slider_of(page).isVisible()
    page.choose("dense", few_digits, epochs=1)
    page.press("trainStart")
    page.until_ended()
    page.tab.details.show_detail(Detail.MAPS)
    assert "no feature maps" in page.text("trainMapsTitle")


def test_the_next_run_lets_the_snapshots_go(learned: Page, few_digits: str) -> None:
    learned.press("trainStart")
    assert not slider_of(learned).isVisible()
    assert learned.tab.machine.look() is None
    learned.press("trainStop")
    learned.until(lambda: not learned.tab.is_running() or learned.find(QPushButton, "trainDiscard").isVisible())
    if learned.tab.is_running():
        learned.press("trainDiscard")
    learned.until_ended()


def test_a_run_that_was_discarded_can_still_be_looked_at(page: Page, few_digits: str) -> None:
    page.draw_seven()
    page.choose("dense", few_digits, epochs=900)
    page.press("trainStart")
    page.until(lambda: slider_of(page).maximum() >= 2)
    page.press("trainStop")
    page.until(lambda: page.find(QPushButton, "trainDiscard").isVisible())
    page.press("trainDiscard")
    page.until_ended()
    slider_of(page).setValue(0)
    assert page.text("trainGuessAnswer") == answer_after(page, 1)
    assert page.find(QLabel, "trainGuessHint").isVisible()
