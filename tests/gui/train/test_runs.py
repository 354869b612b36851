"""Real, small runs on the training page: what is seen of them, and how they are steered."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QLabel,
    QProgressBar,
    QPushButton,
    QSpinBox,
    QTableView,
)
from pytestqt.qtbot import QtBot

from core.models.library import ModelBundle
from core.recognition.recognizer import Recognizer
from core.training.events import (
    CanvasGuess,
    Event,
    RunEnded,
    StageBegan,
    StageProgress,
)
from core.training.presets import DEFAULT_PRESET, PRESETS
from core.wording.run_messages import Stage
from tests.conftest import reading_few_others, small_networks
from tests.gui.train.conftest import Gate, Page, WatchedControl, begin_long_run


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


def test_what_is_learned_from_is_said_and_is_no_problem(page: Page, few_digits: str) -> None:
    """The preset that the page starts with."""
    material = page.find(QLabel, "trainMaterial")
    assert not material.isVisible()
    page.choose(DEFAULT_PRESET, few_digits, epochs=1)
    with reading_few_others(), small_networks():
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
