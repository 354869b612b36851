"""Teach now in the real window: beside a training, while the window is closed, the hint, and once with a network."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from core.training.control import TrainingControl
from core.training.events import StageBegan
from core.wording.run_messages import Stage
from gui.main_window import MainWindow
from gui.self_test.hand import drag
from gui.self_test.teaching_steps import leaning_hand
from tests.gui.conftest import LEFT, SEVEN
from tests.gui.digits.conftest import Keep
from tests.gui.window_training import answer_box, start_training

HINT = "You have kept 10 digits."


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """A teaching that goes on until this is set, or it is stopped, and has nothing to say."""
    gate = threading.Event()

    def learn(request: Any, control: TrainingControl, emit: Callable[[Any], None], *others: Any) -> None:
        emit(StageBegan(Stage.LEARNING))
        while not gate.wait(0.01):
            control.checkpoint()

    monkeypatch.setattr("core.learning.teach.teach", learn)
    yield gate
    gate.set()


@pytest.fixture
def teaching(window: MainWindow, keep: Keep, gate: threading.Event, qtbot: QtBot) -> MainWindow:
    """The window while it learns."""
    keep([7])
    window.tabs.setCurrentWidget(window.digits_tab)
    window.digits_tab.teach.teach.click()
    qtbot.waitUntil(lambda: window.digits_tab.teach.status.text() == "Learning your digits…")
    return window


def test_no_training_starts_meanwhile(teaching: MainWindow, gate: threading.Event, qtbot: QtBot) -> None:
    teaching.tabs.setCurrentWidget(teaching.train_tab)
    start, status = teaching.findChild(QPushButton, "trainStart"), teaching.findChild(QLabel, "trainStatus")
    assert start is not None and status is not None
    assert not start.isEnabled()
    assert status.text() == "DigitPad is learning your digits. Wait until it is done."
    gate.set()
    qtbot.waitUntil(start.isEnabled)


@pytest.mark.slow
def test_nothing_is_taught_while_a_network_is_trained(window: MainWindow, keep: Keep, qtbot: QtBot) -> None:
    keep([7])
    start_training(window, qtbot)
    window.tabs.setCurrentWidget(window.digits_tab)
    panel = window.digits_tab.teach
    assert not panel.teach.isEnabled()
    assert panel.status.text() == "A network is being trained. Wait until it is done."
    assert window.train_tab.stop_and_wait(30_000)
    assert panel.teach.isEnabled()


def test_closing_asks_and_going_on_goes_on(teaching: MainWindow) -> None:
    said = answer_box("Keep learning")
    assert not teaching.close()
    assert said == ["Closing DigitPad stops that, and nothing of it is kept. Your digits are."]
    assert teaching.isVisible() and teaching.digits_tab.teach.is_under_way
    answer_box("Stop and close")
    assert teaching.close()
    assert not teaching.digits_tab.teach.is_under_way


def test_the_question_goes_away_with_the_teaching(teaching: MainWindow, gate: threading.Event) -> None:
    threading.Timer(0.3, gate.set).start()
    assert not teaching.close(), "nobody said that it may close"
    assert teaching.close(), "there is nothing to ask any more"


def test_a_kill_stops_it_without_a_question(teaching: MainWindow) -> None:
    teaching.close_quietly()
    assert not teaching.isVisible()
    assert not teaching.digits_tab.teach.is_under_way


def test_after_ten_digits_it_is_said_once_that_they_can_be_taught(
    new_window: Callable[[], MainWindow], qtbot: QtBot
) -> None:
    window = new_window()
    for number in range(1, 12):
        drag(window.draw_tab.canvas, SEVEN)
        assert window.notice.isHidden() or number > 10, "too early"
        QTest.keyClick(window.draw_tab.canvas, Qt.Key.Key_7)
        qtbot.wait(1)
        assert number < 10 or (window.notice.text.text() == HINT and window.notice.isVisible()), "drawing hides it"
    link = window.findChild(QToolButton, "noticeLink")
    assert link is not None and link.text() == "Teach DigitPad your hand"
    QTest.mouseClick(link, LEFT)
    assert window.tabs.currentWidget() is window.digits_tab
    assert window.notice.isHidden()
    window.close()
    other = new_window()
    drag(other.draw_tab.canvas, SEVEN)
    QTest.keyClick(other.draw_tab.canvas, Qt.Key.Key_7)
    qtbot.wait(1)
    assert other.notice.isHidden(), "once is enough"


@pytest.mark.slow
def test_the_network_itself_learns_until_it_is_stopped(window: MainWindow, qtbot: QtBot) -> None:
    """That it learns to the end, is used and left again, is a step of the self-test."""
    for new in leaning_hand():
        window.my_digits.keep(new)
    window.tabs.setCurrentWidget(window.digits_tab)
    panel = window.digits_tab.teach
    stages = []
    panel.teach.click()

    def is_learning() -> bool:
        stages.append(panel.status.text())
        return stages[-1].startswith("Learning your digits… about ") and stages[-1].endswith(" left")

    qtbot.waitUntil(is_learning, timeout=180_000)
    assert "Loading TensorFlow…" in stages
    QTest.mouseClick(panel.stop, LEFT)
    qtbot.waitUntil(lambda: not panel.is_under_way, timeout=60_000)
    assert panel.taught is None
    assert panel.teach.isVisible() and panel.teach.isEnabled()
    folder = window.library.folder
    assert not folder.exists() or list(folder.iterdir()) == []
    assert sum(map(window.my_digits.count, range(10))) == len(leaning_hand())
