"""Single steps, slow motion and the learning rate, while a run goes on."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QPushButton, QTableView

from core.training.events import BatchDone, RateChanged
from gui.train.phase import Phase
from tests.gui.train.conftest import Page, begin_long_run

SENTENCE = "Learning rate: type a number from 0.000001 to 10."


@pytest.fixture
def running(page: Page, few_digits: str) -> Page:
    """The page with a long run, some epochs old."""
    begin_long_run(page, few_digits)
    return page


def end(page: Page) -> None:
    page.press("trainStop")
    page.until(lambda: page.find(QPushButton, "trainDiscard").isVisible())
    page.press("trainDiscard")
    page.until_ended()


def batches_of(page: Page) -> list[BatchDone]:
    seen: list[BatchDone] = []
    page.tab.shown.connect(lambda event: seen.append(event) if isinstance(event, BatchDone) else None)
    return seen


def test_a_step_learns_one_batch(running: Page) -> None:
    running.press("trainPause")
    running.until(lambda: running.status.startswith("Paused · "))
    QTest.qWait(100)
    seen = batches_of(running)
    for steps in (1, 2, 3):
        running.press("trainStep")
        running.until(lambda wanted=steps: len(seen) == wanted)
        QTest.qWait(60)
        assert [len(batch.losses) for batch in seen] == [1] * steps
        assert running.tab.run.phase is Phase.PAUSED
    assert f"batch {seen[-1].batch} of" in running.status
    running.press("trainPause")
    running.until(lambda: len(seen) > 5)
    end(running)


def test_a_step_pauses_a_run_that_goes_on(running: Page) -> None:
    running.press("trainStep")
    assert running.tab.run.phase is Phase.PAUSED
    assert running.status.startswith("Paused")
    end(running)


def test_slow_motion_goes_batch_by_batch_and_stops_at_once(running: Page) -> None:
    speed = running.find(QComboBox, "trainSpeed")
    speed.setCurrentIndex(speed.findData(10.0))
    QTest.qWait(150)
    seen = batches_of(running)
    running.until(lambda: len(seen) >= 4)
    assert {len(batch.losses) for batch in seen[1:]} == {1}
    assert running.status.endswith("slow motion")
    speed.setCurrentIndex(speed.findData(1.0))
    running.press("trainPause")
    end(running)
    assert not speed.isVisible()


def test_the_next_run_begins_at_full_speed(running: Page, few_digits: str) -> None:
    speed, rate = running.find(QComboBox, "trainSpeed"), running.find(QDoubleSpinBox, "trainRateNow")
    speed.setCurrentIndex(speed.findData(5.0))
    rate.setValue(0.5)
    end(running)
    begin_long_run(running, few_digits)
    assert speed.currentData() is None
    assert rate.value() == running.tab.form.learning_rate.value()
    end(running)


def test_another_learning_rate_is_taken_and_listed(running: Page) -> None:
    changed: list[RateChanged] = []
    running.tab.shown.connect(lambda event: changed.append(event) if isinstance(event, RateChanged) else None)
    rate = running.find(QDoubleSpinBox, "trainRateNow")
    rate.selectAll()
    QTest.keyClicks(rate, "0,0005")
    assert changed == []
    QTest.keyClick(rate, Qt.Key.Key_Return)
    running.until(lambda: bool(changed))
    assert [event.learning_rate for event in changed] == [0.0005]
    end(running)
    assert [run.rate_changes for run in running.tab.book.runs] == [1]


@pytest.mark.parametrize("text", ["", "abc", "-1", "1e9", "0"])
def test_an_absurd_learning_rate_is_said_and_nothing_is_changed(running: Page, text: str) -> None:
    changed: list[RateChanged] = []
    running.tab.shown.connect(lambda event: changed.append(event) if isinstance(event, RateChanged) else None)
    rate = running.find(QDoubleSpinBox, "trainRateNow")
    rate.selectAll()
    QTest.keyClick(rate, Qt.Key.Key_Backspace)
    QTest.keyClicks(rate, text)
    QTest.keyClick(rate, Qt.Key.Key_Return)
    assert running.tab.run.pace.problem.text() == SENTENCE
    assert running.tab.run.pace.problem.isVisible()
    end(running)
    assert changed == []
    assert not running.tab.run.pace.problem.isVisible()


@pytest.mark.parametrize("way", ["step", "slow"])
def test_the_window_closes_in_mid_step_and_in_slow_motion(running: Page, way: str) -> None:
    if way == "step":
        running.press("trainPause")
        running.press("trainStep")
    else:
        speed = running.find(QComboBox, "trainSpeed")
        speed.setCurrentIndex(speed.findData(1.0))
    assert running.tab.stop_and_wait(10_000)
    assert not running.tab.is_running()


def test_a_learning_rate_far_too_high_ends_in_a_sentence_or_goes_on(page: Page, few_digits: str) -> None:
    page.choose("starter-cnn", few_digits, epochs=900)
    page.press("trainStart")
    page.until(lambda: page.find(QTableView, "trainTable").model().rowCount() >= 1)
    page.find(QDoubleSpinBox, "trainRateNow").setValue(10.0)
    QTest.qWait(300)
    if page.tab.run.phase is not Phase.CHOOSING:
        page.press("trainStop")
    page.until(lambda: page.find(QPushButton, "trainDiscard").isVisible())
    page.press("trainDiscard")
    page.until_ended()
