"""The window lives while something is waited for, but not for ever."""

import pytest
from PySide6.QtCore import SIGNAL, QTimer
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from gui.self_test.waiting import wait_for, wait_until


def test_the_window_lives_until_the_condition_holds(qtbot: QtBot) -> None:
    answers: list[str] = []
    QTimer.singleShot(30, lambda: answers.append("here"))
    wait_until(lambda: bool(answers), "It does not come.")
    assert answers == ["here"]


def test_a_condition_that_never_holds_is_an_error(qtbot: QtBot) -> None:
    with pytest.raises(TimeoutError, match=r"^It does not come\.$"):
        wait_until(lambda: False, "It does not come.", patience_ms=30)


def test_the_window_lives_until_a_signal_is_emitted(qtbot: QtBot) -> None:
    button = QPushButton()
    qtbot.addWidget(button)
    pressed: list[bool] = []
    button.pressed.connect(lambda: pressed.append(True))
    QTimer.singleShot(30, button.click)
    wait_for(button.pressed, "Nobody presses it.")
    assert pressed == [True]


def test_a_signal_that_is_not_emitted_is_an_error_and_heard_no_more(qtbot: QtBot) -> None:
    button = QPushButton()
    qtbot.addWidget(button)
    with pytest.raises(TimeoutError, match=r"^Nobody presses it\.$"):
        wait_for(button.pressed, "Nobody presses it.", patience_ms=30)
    assert not button.receivers(SIGNAL("pressed()"))
