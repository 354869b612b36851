"""The window as a whole: what it remembers, what it survives, how it closes."""

import json
import logging
import os
import signal
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from core.digits.files import write_png
from core.ink.samples import read_sample
from core.models.card import Score
from core.models.library import ModelBundle, ModelLibrary
from core.system.crash_log import Crash
from core.system.log_file import LogFile
from core.system.paths import app_paths
from core.training.events import StageBegan
from core.training.presets import PRESETS
from core.wording.run_messages import Stage
from gui.app import destroy_window, make_window
from gui.main_window import MainWindow
from gui.self_test.hand import drag
from gui.system.errors import UnexpectedErrors
from gui.train.phase import Phase
from gui.widgets.elided_label import ElidedLabel
from gui.widgets.theme import DARK, LIGHT, current_colours, current_theme, use_scheme
from tests.gui.conftest import SEVEN


def test_pen_and_size_come_back(new_window: Callable[[], MainWindow]) -> None:
    first = new_window()
    first.draw_tab.set_pen_width(0.09)
    first.resize(first.minimumWidth(), 690)
    first.close()
    second = make_window(app_paths())
    assert second.document.pen_width == pytest.approx(0.09)
    assert second.height() == 690
    second.close()
    destroy_window(second)


def test_the_status_bar_names_the_model(window: MainWindow) -> None:
    label = window.findChild(QLabel, "modelInUse")
    assert label is not None
    assert label.text().startswith("Model: ")
    assert label.text().endswith(" ms")
    assert " % of 10,000 (MNIST's test set)" in label.text()


def test_a_name_given_in_another_window_is_shown_wherever_the_model_is_named(
    window: MainWindow, qtbot: QtBot, copy_model: Callable[[ModelLibrary, str], ModelBundle]
) -> None:
    bundle = copy_model(window.library, "Mine")
    window.model.use(bundle)
    label, box = window.findChild(QLabel, "modelInUse"), window.train_tab.form.continue_box
    assert label is not None and label.text().startswith("Model: Mine  ·  ")
    box.show_preset(PRESETS[bundle.card.preset])
    ModelLibrary(window.library.folder, window.library.shipped).rename(bundle, "Yours")
    qtbot.waitUntil(lambda: label.text().startswith("Model: Yours  ·  "))
    assert box.text() == "Continue from “Yours”"
    assert "Yours" in box.toolTip() and "Yours" in label.toolTip() and "Mine" not in box.toolTip()


def test_of_the_model_in_use_the_test_is_named_that_all_models_have_had(
    window: MainWindow, copy_model: Callable[[ModelLibrary, str], ModelBundle]
) -> None:
    bundle = copy_model(window.library, "Mine")
    common = bundle.card.test
    assert common is not None
    few = Score("a seventh of mine", 4, 0, 1.0, common.confusion)
    label = window.findChild(QLabel, "modelInUse")
    assert label is not None
    for others, said in ((common, " % of 10,000 (MNIST's test set)"), (None, "100 % of 4 (a seventh of mine)")):
        window.model.use(replace(bundle, card=replace(bundle.card, test=few, others=others)))
        assert said in label.text()


def test_a_long_name_is_cut_in_its_middle(window: MainWindow) -> None:
    label = window.findChild(QLabel, "modelInUse")
    assert isinstance(label, ElidedLabel)
    label.show_name(f"14:05 {'W' * 48} 29", before="Model: ", after="  ·  99.66 % of 10,000")
    label.resize(400, label.height())
    shown = label.shown_text()
    assert shown.startswith("Model: 14:05 ") and shown.endswith(" 29  ·  99.66 % of 10,000")
    assert label.fontMetrics().horizontalAdvance(shown) <= label.contentsRect().width()
    label.resize(150, label.height())
    assert label.shown_text().startswith("Model: 14")


def test_it_fits_a_small_screen(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1024, 700)
    qtbot.wait(50)
    assert (window.width(), window.height()) == (1024, 700)
    for page in (window.draw_tab, window.train_tab):
        assert page.minimumSizeHint().width() <= 1024


def test_the_training_page_is_made_while_nobody_draws(window: MainWindow, qtbot: QtBot) -> None:
    page = window.tabs.widget(1)
    assert page is not None and page.findChild(QPushButton) is None
    window.document.begin_stroke(100, 100)
    qtbot.wait(600)  # longer than the first step waits
    assert window.tabs.widget(1) is page
    window.document.end_stroke()
    qtbot.waitUntil(lambda: window.tabs.widget(1) is not page, timeout=20_000)
    assert window.tabs.widget(1) is window.train_tab


def test_the_training_page_is_there_when_it_is_asked_for(new_window: Callable[[], MainWindow]) -> None:
    by_attribute, by_tab = new_window(), new_window()
    assert by_attribute.findChild(QPushButton, "trainStart") is None, "looking for a widget makes none"
    assert by_attribute.train_tab.isAncestorOf(by_attribute.findChild(QPushButton, "trainStart"))
    assert by_attribute.tabs.currentIndex() == 0
    drag(by_tab.draw_tab.canvas, SEVEN)
    by_tab.recognition.answer_now()
    by_tab.tabs.setCurrentIndex(1)
    assert by_tab.findChild(QPushButton, "trainStart") is not None
    assert by_tab.tabs.currentWidget() is by_tab.train_tab
    assert [by_tab.tabs.tabText(index) for index in range(by_tab.tabs.count())] == ["Draw", "Train"]
    hint = by_tab.findChild(QLabel, "trainGuessHint")
    assert hint is not None and hint.text().startswith("Start training"), "the page knows the digit on the pad"


def test_light_and_dark(window: MainWindow, qtbot: QtBot) -> None:
    theme = current_theme()
    assert theme is not None
    for scheme, colours in ((Qt.ColorScheme.Dark, DARK), (Qt.ColorScheme.Light, LIGHT)):
        theme.choose(scheme)
        qtbot.wait(30)
        assert current_colours() is colours
        corner = window.grab().toImage().pixelColor(4, window.height() // 2)
        assert corner.name() == colours.window


def test_the_chosen_scheme_comes_back(new_window: Callable[[], MainWindow]) -> None:
    first = new_window()
    [dark] = [action for action in first.findChildren(QAction) if action.text() == "&Dark"]
    try:
        dark.trigger()
        assert current_colours() is DARK
        first.close()
        use_scheme("system")
        new_window()
        assert current_colours() is DARK
    finally:
        use_scheme("system")


def test_a_model_that_is_gone_is_replaced_by_the_shipped_one_with_a_sentence(
    new_window: Callable[[], MainWindow],
) -> None:
    app_paths().settings.parent.mkdir(parents=True)
    app_paths().settings.write_text(json.dumps({"model": "lost"}))
    window = new_window()
    assert window.model.bundle is not None
    assert window.model.bundle.is_shipped
    text = window.notice.text.text()
    assert "There is no model “lost”" in text
    assert text.endswith("DigitPad uses its own model instead.")


@contextmanager
def unexpected_errors(told: list[str], log: Path) -> Iterator[None]:
    """Lets three times the same error go uncaught, with a log at `log`."""
    handler = LogFile(log)
    logging.getLogger().addHandler(handler)
    errors = UnexpectedErrors()
    errors.problem.connect(told.append)
    errors.install()
    try:
        for _ in range(3):
            try:
                raise ZeroDivisionError("a bug")
            except ZeroDivisionError as error:
                sys.excepthook(type(error), error, error.__traceback__)
        yield
    finally:
        errors.uninstall()
        logging.getLogger().removeHandler(handler)
        handler.close()


def test_an_unexpected_error_is_logged_and_told_once(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    told: list[str] = []
    with unexpected_errors(told, tmp_path / "digitpad.log"):
        qtbot.waitUntil(lambda: bool(told))
        qtbot.wait(20)
    [sentence] = told
    assert "ZeroDivisionError" in sentence
    assert sentence.endswith(f"details are in {tmp_path / 'digitpad.log'}.")
    assert "a bug" in (tmp_path / "digitpad.log").read_text()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is full")
def test_an_unexpected_error_on_a_full_disk_has_no_details(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    (tmp_path / "digitpad.log").symlink_to("/dev/full")
    told: list[str] = []
    with unexpected_errors(told, tmp_path / "digitpad.log"):
        qtbot.waitUntil(lambda: bool(told))
    assert told[0].endswith("the details could not be saved.")


def test_a_drawing_survives_a_crash(new_window: Callable[[], MainWindow], isolated_folders: Path) -> None:
    """Another process draws, keeps its drawing, and is killed."""
    script = """
        import os, signal
        from core.system.paths import app_paths
        from gui.app import make_application, make_window
        application = make_application()
        window = make_window(app_paths())
        window.document.begin_stroke(100, 100)
        window.document.extend_stroke(400, 800)
        window.document.end_stroke()
        window.recovery.save()
        os.kill(os.getpid(), signal.SIGKILL)
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(script)], capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()
    window = new_window()
    assert not window.document.is_blank
    assert "your drawing is back" in window.notice.text.text()


def test_a_crash_and_its_drawing_are_one_sentence_that_can_be_read(qapp: QApplication) -> None:
    crashed_file(b"<ink><trace>100 100, 400 800</trace></ink>")
    details = Path("/home/some-teacher/.local/state/DigitPad/log/digitpad.log")
    window = make_window(app_paths(), Crash(details))
    window.resize(1024, 700)
    window.show()
    text = window.notice.text
    assert text.text() == (
        f"DigitPad quit unexpectedly last time; details are in {details}. Your drawing is back on the pad."
    )
    assert text.heightForWidth(text.width()) <= text.height(), "on a small window too"
    window.close()
    destroy_window(window)


def test_the_last_drawing_is_one_undo_away(new_window: Callable[[], MainWindow]) -> None:
    first = new_window()
    drag(first.draw_tab.canvas, SEVEN)
    first.close()
    second = new_window()
    assert second.document.is_blank
    assert "brings back your last drawing" in second.notice.text.text()
    second.document.undo_stack.undo()
    assert not second.document.is_blank
    second.document.clear()
    second.close()
    assert not new_window().document.undo_stack.canUndo(), "nothing was on the pad when it was closed"


def crashed_file(content: bytes, name: str = "0123.inkml") -> Path:
    """What a crashed window left behind."""
    path = app_paths().recovery / name
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    return path


def test_a_drawing_that_cannot_be_read_is_put_aside_not_removed(new_window: Callable[[], MainWindow]) -> None:
    path = crashed_file(b"<ink><trace>1 2, 3")
    assert new_window().document.is_blank
    assert path.with_suffix(".damaged").read_bytes() == b"<ink><trace>1 2, 3"


def test_a_recovered_drawing_is_on_disk_again_at_once(new_window: Callable[[], MainWindow]) -> None:
    path = crashed_file(b"<ink><trace>100 100, 400 800</trace></ink>")
    assert not new_window().document.is_blank
    assert not path.exists()
    assert len(list(app_paths().recovery.glob("*.inkml"))) == 1, "before anything else can happen"


def test_the_digit_of_a_picture_survives_too(
    new_window: Callable[[], MainWindow], tmp_path: Path, qtbot: QtBot
) -> None:
    first = new_window()
    (tmp_path / "seven.png").write_bytes(write_png(read_sample(7)))
    first.files.open_path(tmp_path / "seven.png")
    qtbot.waitUntil(lambda: not first.files.is_opening)
    first.recovery.save()
    [kept] = app_paths().recovery.glob("*.npz")
    content = kept.read_bytes()
    first.document.clear()
    first.close()
    kept.parent.joinpath("crashed.npz").write_bytes(content)
    second = new_window()
    second.recognition.answer_now()
    assert second.recognition.recognition.digit == 7


def test_a_running_window_keeps_its_own_drawing(new_window: Callable[[], MainWindow]) -> None:
    first = new_window()
    drag(first.draw_tab.canvas, SEVEN)
    first.recovery.save()
    assert new_window().document.is_blank
    assert list(app_paths().recovery.glob("*.inkml"))


def test_a_data_folder_that_cannot_be_written_does_not_stop_drawing(
    new_window: Callable[[], MainWindow], isolated_folders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (isolated_folders / "file").write_text("in the way")
    monkeypatch.setenv("DIGITPAD_DATA_DIR", str(isolated_folders / "file"))
    window = new_window()
    assert window.notice.isVisible()
    assert window.notice.text.text().startswith("Cannot keep settings and models in ")
    drag(window.draw_tab.canvas, SEVEN)
    window.recovery.save()
    window.recognition.answer_now()
    assert window.recognition.recognition.digit == 7


def answer_box(button_text: str) -> list[str]:
    """Press a button of the question that is about to be asked. What the question says will be in the list."""
    said: list[str] = []

    def press() -> None:
        box = QApplication.activeModalWidget()
        if not isinstance(box, QMessageBox):
            QTimer.singleShot(20, press)
            return
        said.append(box.informativeText())
        [button] = [button for button in box.buttons() if button.text() == button_text]
        button.click()

    QTimer.singleShot(20, press)
    return said


def start_training(
    window: MainWindow, qtbot: QtBot, *, epochs: int = 1000, data: str = "mnist:600", until: str = "Epoch"
) -> None:
    """Start a run of the smallest preset: by default one that takes longer than any test."""
    window.tabs.setCurrentIndex(1)
    form = window.train_tab.form
    form.choose_preset("dense")
    form.epochs.setValue(epochs)
    form.engine.setCurrentIndex(form.engine.findData("float32"))  # or a long run would look for the fastest one first
    window.train_tab.choose_data(data)
    start, status = window.findChild(QPushButton, "trainStart"), window.findChild(QLabel, "trainStatus")
    assert start is not None and status is not None
    qtbot.waitUntil(start.isEnabled, timeout=20_000)
    start.click()
    qtbot.waitUntil(lambda: status.text().startswith(until), timeout=120_000)


def test_closing_while_training_asks_and_going_on_goes_on(window: MainWindow, qtbot: QtBot) -> None:
    start_training(window, qtbot)
    answer_box("Keep training")
    assert not window.close()
    assert window.isVisible()
    assert window.train_tab.is_running()


HoldRun = Callable[[Stage], threading.Event]


@pytest.fixture
def hold_run(monkeypatch: pytest.MonkeyPatch) -> Iterator[HoldRun]:
    """Makes the next run wait where a stage begins, until the event is set."""
    from core.learning.run import fit

    gates: list[threading.Event] = []

    def hold(stage: Stage) -> threading.Event:
        gate = threading.Event()

        def held_fit(spec: Any, control: Any, emit: Any, library: Any, engines: Any) -> Any:
            def pass_on(event: Any) -> None:
                emit(event)
                if isinstance(event, StageBegan) and event.stage is stage:
                    gate.wait()

            return fit(spec, control, pass_on, library, engines)

        monkeypatch.setattr("core.learning.run.fit", held_fit)
        gates.append(gate)
        return gate

    yield hold
    for gate in gates:
        gate.set()


@pytest.mark.slow
def test_closing_while_nothing_is_learned_yet_does_not_speak_of_a_loss(
    window: MainWindow, qtbot: QtBot, hold_run: HoldRun
) -> None:
    may_go_on = hold_run(Stage.LOADING_TENSORFLOW)
    start_training(window, qtbot, until="Loading TensorFlow")
    said = answer_box("Keep training")
    assert not window.close()
    assert said == ["Closing DigitPad stops the training."]
    may_go_on.set()
    qtbot.waitUntil(lambda: window.train_tab.run.status.text().startswith("Epoch"), timeout=180_000)
    said = answer_box("Stop and close")
    assert window.close()
    assert said == ["Closing DigitPad stops the training. What the network has learned so far is lost."]


def sign_of(window: MainWindow) -> QToolButton:
    sign = window.findChild(QToolButton, "trainingSign")
    assert sign is not None
    return sign


@pytest.mark.slow
def test_the_drawing_page_says_that_a_training_runs(window: MainWindow, qtbot: QtBot) -> None:
    start_training(window, qtbot)
    sign, buttons = sign_of(window), window.train_tab.run.buttons
    assert not sign.isVisible(), "the page says it all"
    height = window.statusBar().height()
    window.tabs.setCurrentIndex(0)
    assert sign.isVisible()
    assert window.statusBar().height() == height
    qtbot.waitUntil(lambda: sign.text().startswith("Training: epoch ") and sign.text().endswith(" left"))
    buttons.pause.click()
    assert sign.text() == "Training paused"
    buttons.pause.click()
    assert sign.text().startswith("Training: epoch ")
    sign.setFocus()
    QTest.keyClick(sign, Qt.Key.Key_Space)
    assert window.tabs.currentIndex() == 1
    assert not sign.isVisible()
    assert buttons.pause.hasFocus() or not window.isActiveWindow()


@pytest.mark.slow
def test_the_drawing_page_says_how_a_training_ended_until_that_is_looked_at(window: MainWindow, qtbot: QtBot) -> None:
    start_training(window, qtbot, epochs=1, data="mnist:2000")
    window.tabs.setCurrentIndex(0)
    qtbot.waitUntil(lambda: not window.train_tab.is_running(), timeout=60_000)
    sign = sign_of(window)
    accuracy = window.train_tab.run.status.text().removeprefix("Done: ").split(" on the test set")[0]
    assert sign.text() == f"Training done: {accuracy}"
    drag(window.draw_tab.canvas, SEVEN)
    assert sign.isVisible(), "a stroke does not wipe it away"
    assert not window.notice.isVisible()
    sign.click()
    assert window.train_tab.result.use.hasFocus() or not window.isActiveWindow()
    window.tabs.setCurrentIndex(0)
    assert not sign.isVisible()


@pytest.mark.slow
def test_the_drawing_page_says_that_a_training_failed(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    start_training(window, qtbot)
    window.train_tab.run.buttons.stop.click()
    qtbot.waitUntil(lambda: not window.train_tab.is_running() or window.train_tab.run.phase is Phase.CHOOSING)
    window.train_tab.run.buttons.discard.click()
    qtbot.waitUntil(lambda: not window.train_tab.is_running(), timeout=60_000)
    models = app_paths().models
    models.rmdir()
    models.write_text("in the way")
    window.train_tab.start()
    window.tabs.setCurrentIndex(0)
    qtbot.waitUntil(lambda: not window.train_tab.is_running(), timeout=60_000)
    assert sign_of(window).text() == "Training failed"
    assert window.notice.text.text().startswith("Cannot ")
    models.unlink()


@pytest.mark.slow
def test_closing_while_the_model_is_made_waits_for_it(window: MainWindow, qtbot: QtBot, hold_run: HoldRun) -> None:
    may_go_on = hold_run(Stage.TESTING)
    start_training(window, qtbot, epochs=1)
    qtbot.waitUntil(lambda: window.train_tab.run.status.text().startswith("Testing"), timeout=60_000)
    QTimer.singleShot(200, may_go_on.set)
    said = answer_box("Save and close")
    assert window.close()
    assert said == ["DigitPad closes in a moment, when the model is tested and saved."]
    [model] = app_paths().models.iterdir()
    assert (model / "card.json").is_file()


@pytest.mark.slow
def test_the_drawing_page_says_what_a_training_asks(window: MainWindow, qtbot: QtBot) -> None:
    start_training(window, qtbot)
    window.tabs.setCurrentIndex(0)
    run = window.train_tab.run
    qtbot.waitUntil(lambda: run.status.text().startswith("Epoch 2"), timeout=120_000)
    run.buttons.stop.click()
    qtbot.waitUntil(lambda: run.phase is Phase.CHOOSING, timeout=60_000)
    assert sign_of(window).text() == "Training: waiting for your answer"
    assert window.notice.text.text().startswith("Keep the network as it was after epoch ")
    assert window.notice.text.text().endswith(" Answer on the Train tab.")
    run.buttons.discard.click()
    assert not window.notice.isVisible(), "it is answered"
    qtbot.waitUntil(lambda: not window.train_tab.is_running(), timeout=60_000)
    assert sign_of(window).text() == "Training stopped"


@pytest.mark.slow
def test_a_long_name_of_a_model_leaves_room_for_the_sign(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(800, 560)
    label = window.findChild(QLabel, "modelInUse")
    assert label is not None
    assert isinstance(label, ElidedLabel)
    label.show_name("W" * 60, before="Model: ", after="  ·  99.66 % of 10,000 (MNIST's test set)  ·  0.6 ms")
    start_training(window, qtbot)
    window.tabs.setCurrentIndex(0)
    sign = sign_of(window)
    qtbot.waitUntil(lambda: sign.text().endswith(" left"))
    qtbot.waitUntil(lambda: sign.width() >= sign.sizeHint().width())
    assert label.geometry().right() < sign.geometry().left()
    assert sign.geometry().right() <= window.statusBar().width()


@pytest.mark.slow
def test_closing_before_a_trained_network_is_kept_says_so(window: MainWindow, qtbot: QtBot) -> None:
    start_training(window, qtbot)
    status, stop = window.findChild(QLabel, "trainStatus"), window.findChild(QPushButton, "trainStop")
    assert status is not None and stop is not None
    qtbot.waitUntil(lambda: status.text().startswith("Epoch 2"), timeout=120_000)
    stop.click()
    qtbot.waitUntil(lambda: status.text().startswith("Keep the network"), timeout=60_000)
    answer_box("Go back")
    assert not window.close()
    assert window.train_tab.is_running()
    answer_box("Discard and close")
    assert window.close()


@pytest.mark.slow
def test_the_question_follows_the_run_and_goes_away_with_it(window: MainWindow, qtbot: QtBot) -> None:
    page = window.train_tab
    start_training(window, qtbot, epochs=2, data="mnist:2000")
    page.run.buttons.pause.click()
    said: list[str] = []

    def listen() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox) and box.informativeText() not in said:
            said.append(box.informativeText())

    def resume() -> None:
        if isinstance(QApplication.activeModalWidget(), QMessageBox):
            listen()
            page.run.buttons.pause.click()
        else:
            QTimer.singleShot(20, resume)

    page.shown.connect(listen)
    QTimer.singleShot(20, resume)
    assert not window.close(), "nobody said that it may close"
    assert said[0] == "Closing DigitPad stops the training. What the network has learned so far is lost."
    assert said[1:] == ["DigitPad closes in a moment, when the model is tested and saved."]
    qtbot.waitUntil(lambda: not page.is_running(), timeout=60_000)
    assert page.run.status.text().startswith("Done: ")
    assert window.isVisible()
    assert window.close(), "there is nothing to ask any more"


@pytest.mark.slow
def test_the_next_window_trains_what_this_one_trained(new_window: Callable[[], MainWindow], qtbot: QtBot) -> None:
    first = new_window()
    assert first.train_tab.form.preset.currentData() == "digitpad"
    start_training(first, qtbot)
    answer_box("Stop and close")
    assert first.close()
    form = new_window().train_tab.form
    assert form.preset.currentData() == "dense"
    assert form.epochs.value() == 4
    form.choose_preset("of tomorrow")
    assert form.preset.currentData() == "dense"


@pytest.mark.slow
def test_closing_while_training_stops_and_leaves_no_half_model(window: MainWindow, qtbot: QtBot) -> None:
    start_training(window, qtbot)
    answer_box("Stop and close")
    assert window.close()
    assert not window.train_tab.is_running()
    models = app_paths().models
    assert not models.exists() or list(models.iterdir()) == []


@pytest.mark.slow
def test_a_polite_kill_closes_without_asking_and_keeps_the_drawing(isolated_folders: Path) -> None:
    """In a process of its own, in the middle of a training."""
    script = """
        import os, signal, sys, threading
        from PySide6.QtCore import QTimer
        from PySide6.QtWidgets import QApplication
        from core.system.paths import app_paths
        from gui import app
        from gui.main_window import MainWindow

        def begin():
            [window] = [w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow)]
            window.document.begin_stroke(100, 100)
            window.document.extend_stroke(400, 800)
            window.document.end_stroke()
            window.train_tab.choose_data("mnist:2000")
            window.train_tab.start()
            QTimer.singleShot(1500, lambda: os.kill(os.getpid(), signal.SIGTERM))

        application = app.make_application()
        QTimer.singleShot(1500, begin)
        sys.exit(app.run_app(app_paths()))
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr, done.stderr
    assert "QThread" not in done.stderr
    assert (app_paths().recovery / "last.inkml").exists()


@pytest.mark.slow
def test_closing_while_tensorflow_is_loaded_does_not_wait_for_it(isolated_folders: Path) -> None:
    """In a process of its own, whose end comes in the middle of the loading."""
    script = """
        import logging, sys
        from PySide6.QtCore import QTimer
        from PySide6.QtWidgets import QApplication
        from core.system.paths import app_paths
        from gui import app
        from gui.main_window import MainWindow

        def look():
            [window] = [w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow)]
            window.tabs.setCurrentIndex(1)
            close_when_loading(window)

        def close_when_loading(window):
            if window.train_tab.loading.stage == "importing it":
                window.close()
            else:
                QTimer.singleShot(1, lambda: close_when_loading(window))

        logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stdout)
        application = app.make_application()
        QTimer.singleShot(100, look)
        sys.exit(app.run_app(app_paths()))
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-2:] == ["closed", "left behind: Loading TensorFlow"]
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [({"WAYLAND_DISPLAY": "wayland-nobody"}, "needs a screen"), ({"QT_QPA_PLATFORM": "nonsense"}, "no kind of screen")],
)
def test_a_screen_that_is_none_is_one_clear_sentence(variables: dict[str, str], sentence: str) -> None:
    environment = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "QT_QPA_PLATFORM")}
    done = subprocess.run(
        [sys.executable, "main.py"],
        env=environment | variables,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert sentence in done.stderr


def test_no_display_is_one_clear_sentence(isolated_folders: Path) -> None:
    environment = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY")}
    environment.pop("QT_QPA_PLATFORM", None)
    done = subprocess.run(
        [sys.executable, "main.py"], env=environment, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "needs a screen" in done.stderr


def test_a_dead_display_is_one_clear_sentence(isolated_folders: Path) -> None:
    environment = {key: value for key, value in os.environ.items() if key != "WAYLAND_DISPLAY"}
    environment.pop("QT_QPA_PLATFORM", None)
    environment["DISPLAY"] = ":4711"
    done = subprocess.run(
        [sys.executable, "main.py"], env=environment, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "does not answer" in done.stderr or "system libraries are missing" in done.stderr
