"""Earlier runs behind the curves and in their table, and one of them started again."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QTableView

from core.errors import TrainingError
from core.models.library import ModelLibrary
from core.training.control import TrainingControl
from core.training.events import BatchDone, Emit, EpochDone, Event, RunEnded, RunStarted
from core.training.spec import TrainingSpec
from core.wording.training_problems import TrainingProblem
from gui.train.details import Detail
from gui.train.run_rows import EPOCHS, NAME, TEST, run_text
from gui.train.training_thread import train
from tests.gui.train.conftest import Gate, Page


@pytest.fixture
def trained(page: Page, few_digits: str) -> Page:
    """The page after a run that left a model."""
    page.choose("dense", few_digits, epochs=2)
    page.press("trainStart")
    page.until_ended()
    return page


def table_of(page: Page) -> QTableView:
    page.tab.details.show_detail(Detail.RUNS)
    return page.find(QTableView, "trainRuns")


def text_at(view: QTableView, row: int, column: int) -> str:
    return str(view.model().index(row, column).data())


def test_a_run_is_listed_once_its_model_is_saved(trained: Page) -> None:
    view = table_of(trained)
    trained.until(lambda: view.model().rowCount() == 1)
    assert text_at(view, 0, EPOCHS) == "2"
    [run] = trained.tab.book.runs
    assert run.test is not None and text_at(view, 0, TEST).startswith(f"{run.test.accuracy:.2%}"[:4])
    assert trained.tab.book.shown == []  # the curves are of this one
    assert "2 of 2 epochs" in run_text(run)


def test_the_next_run_has_it_behind_its_curves(
    trained: Page, few_digits: str, hold: Callable[[Callable[[Event], bool]], Gate]
) -> None:
    trained.until(lambda: bool(trained.tab.book.runs))
    gate = hold(lambda event: isinstance(event, RunStarted))
    trained.choose("dense", few_digits, epochs=5)
    trained.press("trainStart")
    trained.until(gate.reached.is_set)
    assert [len(run.epochs) for run in trained.tab.book.shown] == [2]
    before = trained.tab.curves.grab().toImage()
    view = table_of(trained)
    box = view.model().index(0, NAME)
    assert Qt.CheckState(box.data(Qt.ItemDataRole.CheckStateRole)) == Qt.CheckState.Checked
    assert view.model().setData(box, Qt.CheckState.Unchecked.value, Qt.ItemDataRole.CheckStateRole)
    assert trained.tab.book.shown == []
    trained.until(lambda: trained.tab.curves.grab().toImage() != before)
    gate.open.set()
    trained.press("trainStop")


def test_a_run_can_be_started_again_with_its_settings(trained: Page, few_digits: str) -> None:
    view = table_of(trained)
    trained.until(lambda: view.model().rowCount() == 1)
    again = trained.find(QPushButton, "trainAgain")
    assert not again.isEnabled()
    trained.choose("starter-cnn", "mnist:700", epochs=9)
    view.selectRow(0)
    assert again.isEnabled()
    first = trained.tab.book.runs[0].spec
    QTest.mouseClick(again, Qt.MouseButton.LeftButton)
    trained.until(lambda: trained.tab.is_running() or not trained.tab.form.problem())
    if not trained.tab.is_running():  # its data was checked first
        QTest.mouseClick(again, Qt.MouseButton.LeftButton)
    assert trained.tab.is_running() and not again.isEnabled()
    trained.until_ended()
    trained.until(lambda: view.model().rowCount() == 2)
    specs = {run.spec for run in trained.tab.book.runs}
    assert specs == {first}
    assert [run.epochs[-1].loss for run in trained.tab.book.runs] == [trained.tab.book.runs[0].epochs[-1].loss] * 2


def test_a_run_without_a_model_is_known_as_long_as_the_window(page: Page, few_digits: str) -> None:
    page.choose("dense", few_digits, epochs=900)
    page.press("trainStart")
    page.until(lambda: page.find(QTableView, "trainTable").model().rowCount() >= 1)
    page.press("trainStop")
    page.until(lambda: page.find(QPushButton, "trainDiscard").isVisible())
    page.press("trainDiscard")
    page.until_ended()
    [run] = page.tab.book.runs
    view = table_of(page)
    assert text_at(view, 0, TEST) == run.state
    assert run.state.startswith("stopped in epoch")
    page.library.entries()
    page.tab.book.refresh()
    assert page.tab.book.runs == [run]


def test_without_runs_the_page_says_what_will_be_there(page: Page) -> None:
    view = table_of(page)
    assert not view.isVisible()
    assert "will be listed here" in page.text("trainNoRuns")


def test_a_run_that_is_deleted_meanwhile_is_no_longer_selected(trained: Page, library: ModelLibrary) -> None:
    view = table_of(trained)
    trained.until(lambda: view.model().rowCount() == 1)
    view.selectRow(0)
    library.delete(library.bundle(trained.own_models()[0]))
    trained.tab.book.refresh()
    trained.until(lambda: view.model().rowCount() == 0)
    assert not trained.find(QPushButton, "trainAgain").isEnabled()
    assert view.currentIndex() == QModelIndex() or not view.currentIndex().isValid()


def test_a_single_epoch_and_an_earlier_run_of_a_thousand_share_the_axis(page: Page, few_digits: str) -> None:
    from core.training.past_runs import PastEpoch, PastRun
    from core.training.spec import TrainingSpec

    epochs = tuple(PastEpoch(number, 1 / number, 0.5) for number in range(1, 1001))
    long = PastRun("a", "Long", None, TrainingSpec("dense"), "MNIST", epochs)
    short = PastRun("b", "Short", None, TrainingSpec("dense"), "MNIST", epochs[:1])
    curves = page.tab.curves
    curves.show_event(RunStarted("dense", 1, 90, 0, 10, 5, 3, 32, 1))
    curves.show_event(BatchDone(1, 1, (2.0,), (0.1,), 10.0, 1.0))
    curves.show_event(EpochDone(1, 2.0, 0.1, None, None, 1.0))
    curves.show_earlier([long, short], long)
    page.until(lambda: curves._loss_plot.whole.high > 4)
    assert curves._loss_plot.whole.high < 6
    assert not curves.grab().isNull()


def test_a_run_that_lost_its_way_is_listed_and_can_be_looked_back_at(
    page: Page, few_digits: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def diverge(spec: TrainingSpec, control: TrainingControl, emit: Emit, *others: Any) -> RunEnded:
        def pass_on(event: Event) -> None:
            emit(event)
            if isinstance(event, EpochDone):
                raise TrainingError(TrainingProblem.DIVERGED, rate=10.0)

        return train(spec, control, pass_on, *others)

    monkeypatch.setattr("gui.train.train_tab.train", diverge)
    page.draw_seven()
    page.choose("dense", few_digits, epochs=5)
    page.press("trainStart")
    page.until(lambda: page.find(QPushButton, "trainDiscard").isVisible())
    assert "diverged" in page.status
    page.press("trainDiscard")
    page.until_ended()
    assert [run.state for run in page.tab.book.runs] == ["broke off in epoch 2"]
    assert page.text("trainEpochShown") == "After epoch 1"
    assert page.text("trainGuessAnswer") != "–"
    assert page.find(QPushButton, "trainStart").isEnabled()
