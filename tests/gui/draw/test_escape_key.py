"""Esc: meant for the page, or for what has just been closed with it? On a clock that the tests turn."""

import pytest

from gui.draw.escape_key import QUIET_SECONDS, EscapeKey
from tests.gui.conftest import Clock


@pytest.fixture
def key(clock: Clock) -> EscapeKey:
    return EscapeKey(clock)


def test_a_press_counts_as_often_as_it_is_made(key: EscapeKey) -> None:
    for _ in range(3):
        assert key.press(is_repeated=False)
        key.release()


def test_a_repetition_never_counts(key: EscapeKey, clock: Clock) -> None:
    clock.now += 60
    assert not key.press(is_repeated=True)


def test_a_key_that_is_held_since_it_closed_something_does_not_count(key: EscapeKey, clock: Clock) -> None:
    """As X11 sends it: releases and presses in turn, which do not say that they are repetitions."""
    for _ in range(100):
        key.release()
        clock.now += 0.001
        assert not key.press(is_repeated=False)
        clock.now += 0.04
    key.release()
    clock.now += QUIET_SECONDS
    assert key.press(is_repeated=False)


def test_the_second_press_of_a_quick_hand_does_not_count(key: EscapeKey, clock: Clock) -> None:
    key.wait()  # a dialog has been closed, which got the press and the release
    clock.now += QUIET_SECONDS * 0.9
    assert not key.press(is_repeated=False)
    key.release()
    clock.now += QUIET_SECONDS
    assert key.press(is_repeated=False)
