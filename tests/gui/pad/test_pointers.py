"""Whose gesture it is, on a clock that the tests turn."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPointingDevice

from gui.pad.pointers import HOVER_SECONDS, Device, Pointer, PointerArbiter, pen_erases, pen_touches
from tests.gui.conftest import Clock

LEFT, RIGHT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton
MOUSE, MOUSE_RIGHT = Pointer(Device.MOUSE, 1, LEFT.value), Pointer(Device.MOUSE, 1, RIGHT.value)
PEN, FINGER, OTHER_FINGER = Pointer(Device.PEN, 2, LEFT.value), Pointer(Device.TOUCH, 3, 0), Pointer(Device.TOUCH, 3, 1)
TIP, OTHER_END = QPointingDevice.PointerType.Pen, QPointingDevice.PointerType.Eraser


@pytest.fixture
def arbiter(clock: Clock) -> PointerArbiter:
    return PointerArbiter(clock)


@pytest.mark.parametrize("owner", [MOUSE, MOUSE_RIGHT, PEN, FINGER])
@pytest.mark.parametrize("other", [MOUSE, MOUSE_RIGHT, PEN, FINGER, OTHER_FINGER])
def test_one_pointer_owns_the_gesture(arbiter: PointerArbiter, owner: Pointer, other: Pointer) -> None:
    assert arbiter.may_press(owner)
    arbiter.owner = owner
    assert arbiter.may_press(other) == (owner == other), "only who has lost a release may press again"
    arbiter.owner = None
    assert arbiter.may_press(other)


def test_while_a_pen_is_near_touch_is_ignored(arbiter: PointerArbiter, clock: Clock) -> None:
    arbiter.note_proximity(is_near=True)
    clock.now += 3600
    assert not arbiter.may_press(FINGER)
    assert arbiter.may_press(PEN) and arbiter.may_press(MOUSE)
    arbiter.see_pen()
    arbiter.note_proximity(is_near=False)
    assert arbiter.may_press(FINGER)


def test_a_pen_that_hovers_is_near_for_a_while(arbiter: PointerArbiter, clock: Clock) -> None:
    arbiter.see_pen()
    clock.now += HOVER_SECONDS * 0.9
    assert not arbiter.may_press(FINGER)
    clock.now += HOVER_SECONDS * 0.2
    assert arbiter.may_press(FINGER), "a lost pen does not switch touch off for ever"


def test_a_button_that_is_not_held_any_more_has_lost_its_release(arbiter: PointerArbiter) -> None:
    arbiter.owner = MOUSE
    assert not arbiter.has_lost_release(Device.MOUSE, 1, LEFT | RIGHT)
    assert arbiter.has_lost_release(Device.MOUSE, 1, RIGHT)
    assert not arbiter.has_lost_release(Device.PEN, 1, Qt.MouseButton.NoButton)
    assert not arbiter.has_lost_release(Device.MOUSE, 7, Qt.MouseButton.NoButton), "another mouse"


@pytest.mark.parametrize(
    ("button", "pressure", "has_pressure", "touches"),
    [(LEFT, 0.0, True, True), (RIGHT, 0.5, True, True), (RIGHT, 0.0, True, False), (MIDDLE, 0.0, False, True)],
)
def test_a_side_button_can_be_pressed_above_the_pad(
    button: Qt.MouseButton, pressure: float, has_pressure: bool, touches: bool
) -> None:
    assert pen_touches(button, pressure, has_pressure=has_pressure) == touches


@pytest.mark.parametrize(
    ("end", "buttons", "erases"),
    [
        (TIP, LEFT, False),
        (TIP, RIGHT, True),
        (TIP, LEFT | RIGHT, True),
        (TIP, LEFT | MIDDLE, True),
        (OTHER_END, LEFT, True),
    ],
)
def test_side_buttons_and_the_other_end_erase(
    end: QPointingDevice.PointerType, buttons: Qt.MouseButton, erases: bool
) -> None:
    assert pen_erases(end, buttons) == erases
