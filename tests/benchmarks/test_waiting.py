"""The window lives while a benchmark waits for it, but not for ever."""

import pytest
from PySide6.QtCore import SIGNAL, QTimer
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from benchmarks.waiting import wait_for, wait_until
from core.errors import DigitPadError


def test_the_window_lives_until_it_is_so(qtbot: QtBot) -> None:
    answers: list[str] = []
    QTimer.singleShot(30, lambda: answers.append("here"))
    wait_until(lambda: bool(answers), "It does not come.")
    assert answers == ["here"]


def test_what_does_not_come_is_told(qtbot: QtBot) -> None:
    with pytest.raises(DigitPadError, match=r"^It does not come\.$"):
        wait_until(lambda: False, "It does not come.", patience_ms=30)


def test_the_window_lives_until_a_signal_comes(qtbot: QtBot) -> None:
    button = QPushButton()
    qtbot.addWidget(button)
    pressed: list[bool] = []
    button.pressed.connect(lambda: pressed.append(True))
    QTimer.singleShot(30, button.click)
    wait_for(button.pressed, "Nobody presses it.")
    assert pressed == [True]


def test_a_signal_that_does_not_come_is_told_and_heard_no_more(qtbot: QtBot) -> None:
    button = QPushButton()
    qtbot.addWidget(button)
    with pytest.raises(DigitPadError, match=r"^Nobody presses it\.$"):
        wait_for(button.pressed, "Nobody presses it.", patience_ms=30)
    assert not button.receivers(SIGNAL("pressed()"))
