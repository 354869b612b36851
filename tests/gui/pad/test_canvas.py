"""The pad under the mouse, the pen and the finger."""

import gc
from collections.abc import Callable
from typing import Any
from weakref import ref

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QImage, QMouseEvent, QPointingDevice, QTabletEvent, QTouchEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.ink.drawing import Drawing
from gui.pad.canvas import Canvas
from gui.pad.document import PadDocument, PictureInk
from gui.self_test.hand import at, drag
from tests.gui.conftest import DASH, LEFT, RIGHT, SEVEN

NO_KEYS, NO_BUTTON = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.NoButton


@pytest.fixture
def document(qapp: QApplication) -> PadDocument:
    return PadDocument()


@pytest.fixture
def canvas(document: PadDocument, qtbot: QtBot) -> Canvas:
    canvas = Canvas(document)
    qtbot.addWidget(canvas)
    canvas.resize(500, 500)
    canvas.show()
    return canvas


def strokes(document: PadDocument) -> tuple[np.ndarray, ...]:
    assert isinstance(document.content, Drawing)
    return tuple(stroke.points for stroke in document.content.strokes)


def dark_pixels(canvas: Canvas) -> int:
    """Pixels of the shown pad in the colour of ink."""
    image = canvas.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return int((rows[:, : image.width()] < 60).sum())


def test_a_drag_is_a_stroke_through_the_same_points(canvas: Canvas, document: PadDocument) -> None:
    drag(canvas, SEVEN)
    [points] = strokes(document)
    assert points == pytest.approx(np.array(SEVEN), abs=1.01)  # half a pixel of 500 is a unit of 1000


def test_a_click_is_a_dot(canvas: Canvas, document: PadDocument) -> None:
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, NO_KEYS, QPoint(250, 250))
    [points] = strokes(document)
    assert len(points) == 1
    assert dark_pixels(canvas) > 200


def test_the_stroke_can_be_seen_while_it_is_drawn(canvas: Canvas) -> None:
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, NO_KEYS, QPoint(100, 100))
    seen = []
    for x in range(120, 400, 40):
        QTest.mouseMove(canvas, QPoint(x, 100 + x // 3))
        seen.append(dark_pixels(canvas))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, NO_KEYS, QPoint(380, 226))
    assert seen == sorted(set(seen)), "every movement must add ink"


def test_what_is_drawn_step_by_step_is_what_is_drawn_at_once(canvas: Canvas, document: PadDocument) -> None:
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, NO_KEYS, at(canvas, *SEVEN[0]))
    for x, y in SEVEN[1:]:
        QTest.mouseMove(canvas, at(canvas, x, y))
        canvas.grab()
    before = dark_pixels(canvas)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, NO_KEYS, at(canvas, *SEVEN[-1]))
    assert dark_pixels(canvas) == pytest.approx(before, rel=0.01)


def test_resizing_keeps_the_drawing_and_its_place(canvas: Canvas, document: PadDocument) -> None:
    drag(canvas, SEVEN)
    before, [points] = dark_pixels(canvas), strokes(document)
    canvas.resize(1000, 1000)
    assert dark_pixels(canvas) == pytest.approx(4 * before, rel=0.05)
    assert strokes(document)[0] is points


def test_beyond_the_edge_counts_as_on_it(canvas: Canvas, document: PadDocument) -> None:
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, NO_KEYS, QPoint(400, 250))
    QTest.mouseMove(canvas, QPoint(900, -300))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, NO_KEYS, QPoint(900, -300))
    [points] = strokes(document)
    assert points[-1].tolist() == [1000, 0]


def test_the_right_button_erases_whole_strokes_in_one_step(canvas: Canvas, document: PadDocument) -> None:
    drag(canvas, SEVEN)
    drag(canvas, DASH)
    drag(canvas, [(100, 900), (200, 900)])
    drag(canvas, [(640, 600), (640, 500), (640, 350)], button=RIGHT)  # sweeps over the dash and the seven
    assert [points[0].tolist() for points in strokes(document)] == [pytest.approx([100, 900], abs=1.01)]
    document.undo_stack.undo()
    assert len(strokes(document)) == 3


def test_erasing_nothing_is_no_step(canvas: Canvas, document: PadDocument) -> None:
    drag(canvas, DASH)
    drag(canvas, [(50, 50), (90, 90)], button=RIGHT)
    assert document.undo_stack.count() == 1


def test_the_eraser_tool_makes_the_left_button_erase(canvas: Canvas, document: PadDocument) -> None:
    drag(canvas, DASH)
    canvas.set_eraser(True)
    drag(canvas, [(560, 515), (561, 516)])
    assert strokes(document) == ()


def pen(*, eraser: bool = False) -> QPointingDevice:
    kinds, capabilities = QPointingDevice.PointerType, QPointingDevice.Capability
    return QPointingDevice(
        "pen",
        1,
        QPointingDevice.DeviceType.Stylus,
        kinds.Eraser if eraser else kinds.Pen,
        capabilities.Pressure | capabilities.Position,
        1,
        3,
    )


class Hand:
    """A pen, the palm beside it, and a mouse, on one canvas. Places are in pad units."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._pen = pen()  # events hold no reference to it
        self._screen = QTest.createTouchDevice()

    def pen(
        self,
        kind: QEvent.Type,
        x: float,
        y: float,
        *,
        button: Qt.MouseButton = NO_BUTTON,
        held: Qt.MouseButton = NO_BUTTON,
        pressure: float = 0.5,
    ) -> None:
        place = QPointF(at(self._canvas, x, y))
        event = QTabletEvent(kind, self._pen, place, place, pressure, 0, 0, 0, 0, 0, NO_KEYS, button, held)
        QApplication.sendEvent(self._canvas, event)

    def pen_down(self, x: float, y: float, *, also_held: Qt.MouseButton = NO_BUTTON) -> None:
        self.pen(QEvent.Type.TabletPress, x, y, button=LEFT, held=LEFT | also_held)

    def pen_to(self, x: float, y: float, *, also_held: Qt.MouseButton = NO_BUTTON) -> None:
        self.pen(QEvent.Type.TabletMove, x, y, held=LEFT | also_held)

    def pen_up(self, x: float, y: float) -> None:
        self.pen(QEvent.Type.TabletRelease, x, y, button=LEFT, pressure=0)

    def hover(self, x: float, y: float) -> None:
        self.pen(QEvent.Type.TabletMove, x, y, pressure=0)

    def proximity(self, *, is_near: bool) -> None:
        """As the system tells the application, not a widget."""
        kind = QEvent.Type.TabletEnterProximity if is_near else QEvent.Type.TabletLeaveProximity
        nowhere = QPointF()
        event = QTabletEvent(kind, self._pen, nowhere, nowhere, 0, 0, 0, 0, 0, 0, NO_KEYS, NO_BUTTON, NO_BUTTON)
        application = QApplication.instance()
        assert application is not None
        QApplication.sendEvent(application, event)

    def palm_down(self, x: float = 800, y: float = 900) -> None:
        self._touch().press(0, at(self._canvas, x, y), self._canvas).commit()

    def palm_to(self, x: float, y: float) -> None:
        self._touch().move(0, at(self._canvas, x, y), self._canvas).commit()

    def palm_up(self, x: float = 800, y: float = 900) -> None:
        self._touch().release(0, at(self._canvas, x, y), self._canvas).commit()

    def palm_cancelled(self) -> None:
        QApplication.sendEvent(self._canvas, QTouchEvent(QEvent.Type.TouchCancel, self._screen))

    def _touch(self) -> Any:
        return QTest.touchEvent(self._canvas, self._screen)


@pytest.fixture
def hand(canvas: Canvas) -> Hand:
    return Hand(canvas)


def draw_with_pen(canvas: Canvas, pressure: float, *, eraser: bool = False) -> None:
    device = pen(eraser=eraser)  # events hold no reference to it
    kinds = [QEvent.Type.TabletPress, QEvent.Type.TabletMove, QEvent.Type.TabletMove, QEvent.Type.TabletRelease]
    button = Qt.MouseButton.LeftButton
    for kind, (x, y) in zip(kinds, [*DASH, DASH[-1]], strict=True):
        place = QPointF(at(canvas, x, y))
        event = QTabletEvent(kind, device, place, place, pressure, 0, 0, 0, 0, 0, NO_KEYS, button, button)
        QApplication.sendEvent(canvas, event)


def test_a_pen_draws_with_its_pressure(canvas: Canvas, document: PadDocument) -> None:
    draw_with_pen(canvas, 0.9)
    assert isinstance(document.content, Drawing)
    [stroke] = document.content.strokes
    assert stroke.pressures is not None
    assert stroke.pressures.tolist() == pytest.approx([0.9, 0.9, 0.9])
    heavy = dark_pixels(canvas)
    document.clear()
    draw_with_pen(canvas, 0.1)
    assert dark_pixels(canvas) < 0.7 * heavy


def test_the_pen_s_other_end_erases(canvas: Canvas, document: PadDocument) -> None:
    drag(canvas, DASH)
    draw_with_pen(canvas, 0.5, eraser=True)
    assert strokes(document) == ()


def test_a_finger_draws(canvas: Canvas, document: PadDocument) -> None:
    screen = QTest.createTouchDevice()
    QTest.touchEvent(canvas, screen).press(0, at(canvas, *DASH[0]), canvas).commit()
    for x, y in DASH[1:]:
        QTest.touchEvent(canvas, screen).move(0, at(canvas, x, y), canvas).commit()
    QTest.touchEvent(canvas, screen).release(0, at(canvas, *DASH[2]), canvas).commit()
    [points] = strokes(document)
    assert points == pytest.approx(np.array(DASH), abs=1.01)


def test_a_second_finger_is_ignored(canvas: Canvas, document: PadDocument) -> None:
    screen = QTest.createTouchDevice()
    QTest.touchEvent(canvas, screen).press(0, at(canvas, 100, 100), canvas).commit()
    both = QTest.touchEvent(canvas, screen).move(0, at(canvas, 200, 200), canvas)
    both.press(1, at(canvas, 900, 900), canvas).commit()
    QTest.touchEvent(canvas, screen).release(0, at(canvas, 300, 300), canvas).stationary(1).commit()
    QTest.touchEvent(canvas, screen).move(1, at(canvas, 900, 100), canvas).commit()
    QTest.touchEvent(canvas, screen).release(1, at(canvas, 900, 100), canvas).commit()
    [points] = strokes(document)
    assert points == pytest.approx(np.array([[100, 100], [200, 200]]), abs=1.01)


def test_another_button_does_not_end_the_stroke(canvas: Canvas, document: PadDocument) -> None:
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, NO_KEYS, at(canvas, *SEVEN[0]))
    QTest.mouseClick(canvas, Qt.MouseButton.MiddleButton, NO_KEYS, at(canvas, *SEVEN[1]))
    assert document.is_drawing
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, NO_KEYS, at(canvas, *SEVEN[2]))
    assert not document.is_drawing


ONE = [[250, 100], [250, 400], [250, 800]]


def write_one(hand: Hand, meanwhile: Callable[[], object] = lambda: None) -> None:
    (x, y), (x1, y1), (x2, y2) = ONE
    hand.pen_down(x, y)
    hand.pen_to(x1, y1)
    meanwhile()
    hand.pen_to(x2, y2)
    hand.pen_up(x2, y2)


def test_the_side_button_of_a_pen_erases(hand: Hand, document: PadDocument) -> None:
    """Whether the system tells of the tip and the button, as on Linux, or of the button alone, as on Windows."""
    for with_tip in (True, False):
        write_one(hand)
        if with_tip:
            hand.pen_down(100, 400, also_held=RIGHT)
            hand.pen_to(400, 400, also_held=RIGHT)
            hand.pen_up(400, 400)
        else:
            hand.pen(QEvent.Type.TabletPress, 100, 400, button=RIGHT, held=RIGHT)
            hand.pen(QEvent.Type.TabletMove, 400, 400, held=RIGHT)
            hand.pen(QEvent.Type.TabletRelease, 400, 400, button=RIGHT, pressure=0)
        assert strokes(document) == ()
        assert not document.is_erasing


def test_the_side_button_of_a_hovering_pen_does_nothing(hand: Hand, document: PadDocument) -> None:
    write_one(hand)
    hand.pen(QEvent.Type.TabletPress, 240, 400, button=RIGHT, held=RIGHT, pressure=0)
    hand.pen(QEvent.Type.TabletMove, 260, 400, held=RIGHT, pressure=0)
    hand.pen(QEvent.Type.TabletRelease, 260, 400, button=RIGHT, pressure=0)
    assert len(strokes(document)) == 1
    assert document.undo_stack.count() == 1


def test_the_side_button_pressed_in_mid_stroke_changes_nothing(hand: Hand, document: PadDocument) -> None:
    def click() -> None:
        hand.pen(QEvent.Type.TabletPress, 250, 400, button=RIGHT, held=LEFT | RIGHT)
        hand.pen(QEvent.Type.TabletRelease, 250, 400, button=RIGHT, held=LEFT)

    write_one(hand, click)
    [points] = strokes(document)
    assert points.tolist() == ONE


@pytest.mark.parametrize("palm", ["press", "press and move", "press and release", "press and cancel"])
def test_a_palm_during_a_stroke_is_ignored(hand: Hand, document: PadDocument, palm: str) -> None:
    def rest() -> None:
        hand.palm_down()
        if palm.endswith("move"):
            hand.palm_to(700, 700)
        elif palm.endswith("release"):
            hand.palm_up()
        elif palm.endswith("cancel"):
            hand.palm_cancelled()

    write_one(hand, rest)
    [points] = strokes(document)
    assert points.tolist() == ONE


@pytest.mark.parametrize("comes", ["near", "hovering", "down"])
def test_a_palm_that_rests_before_the_pen_comes_leaves_nothing(hand: Hand, document: PadDocument, comes: str) -> None:
    hand.palm_down()
    hand.palm_to(790, 880)
    if comes == "near":
        hand.proximity(is_near=True)
    elif comes == "hovering":
        hand.hover(300, 300)
    hand.palm_to(600, 600)
    write_one(hand)
    hand.palm_to(700, 700)
    hand.palm_up(700, 700)
    [points] = strokes(document)
    assert points.tolist() == ONE


def test_touch_is_ignored_while_a_pen_is_near(hand: Hand, document: PadDocument) -> None:
    hand.proximity(is_near=True)
    hand.palm_down()
    hand.palm_to(600, 600)
    hand.proximity(is_near=False)
    hand.palm_to(500, 500)  # the same hand, still on the screen
    hand.palm_up(500, 500)
    assert document.is_blank
    hand.palm_down(100, 100)
    hand.palm_up(100, 100)
    assert len(strokes(document)) == 1, "a finger draws again once the pen has gone"


def test_a_pen_that_only_hovers_draws_nothing_and_ends_a_stroke_whose_end_was_lost(
    hand: Hand, document: PadDocument
) -> None:
    hand.hover(100, 100)
    hand.pen_down(250, 100)
    hand.pen_to(250, 400)
    hand.hover(900, 900)
    assert not document.is_drawing
    hand.pen_down(300, 300)
    hand.pen_to(300, 400)
    hand.proximity(is_near=False)
    assert [points.tolist() for points in strokes(document)] == [[[250, 100], [250, 400]], [[300, 300], [300, 400]]]


def test_a_sweep_that_the_system_cancels_has_erased_nothing(canvas: Canvas, hand: Hand, document: PadDocument) -> None:
    drag(canvas, DASH)
    canvas.set_eraser(True)
    hand.palm_down(*DASH[1])
    assert strokes(document) == ()
    hand.palm_cancelled()
    canvas.set_eraser(False)
    assert len(strokes(document)) == 1
    QTest.mouseMove(canvas, at(canvas, *DASH[2]))
    assert len(strokes(document)) == 1
    assert document.undo_stack.count() == 1


@pytest.mark.parametrize("other", ["pen", "finger", "right button"])
def test_what_else_is_pressed_while_the_mouse_draws_is_ignored(
    canvas: Canvas, hand: Hand, document: PadDocument, other: str
) -> None:
    QTest.mousePress(canvas, LEFT, NO_KEYS, at(canvas, *SEVEN[0]))
    QTest.mouseMove(canvas, at(canvas, *SEVEN[1]))
    if other == "pen":
        write_one(hand)
    elif other == "finger":
        hand.palm_down()
        hand.palm_to(500, 500)
        hand.palm_up(500, 500)
    else:
        QTest.mouseClick(canvas, RIGHT, NO_KEYS, at(canvas, *SEVEN[1]))
    QTest.mouseMove(canvas, at(canvas, *SEVEN[2]))
    QTest.mouseRelease(canvas, LEFT, NO_KEYS, at(canvas, *SEVEN[2]))
    [points] = strokes(document)
    assert points == pytest.approx(np.array(SEVEN[:3]), abs=1.01)


def test_the_mouse_is_ignored_while_a_finger_draws(canvas: Canvas, hand: Hand, document: PadDocument) -> None:
    hand.palm_down(100, 100)
    QTest.mouseClick(canvas, LEFT, NO_KEYS, at(canvas, 500, 500))
    hand.palm_to(100, 900)
    hand.palm_up(100, 900)
    [points] = strokes(document)
    assert points.tolist() == [[100, 100], [100, 900]]


def test_a_mouse_whose_release_was_lost_draws_no_further(canvas: Canvas, document: PadDocument) -> None:
    QTest.mousePress(canvas, LEFT, NO_KEYS, at(canvas, 100, 100))
    QTest.mouseMove(canvas, at(canvas, 200, 200))
    place = QPointF(at(canvas, 900, 900))
    moved = QMouseEvent(QEvent.Type.MouseMove, place, place, NO_BUTTON, NO_BUTTON, NO_KEYS)
    QApplication.sendEvent(canvas, moved)
    assert not document.is_drawing
    QTest.mouseRelease(canvas, LEFT, NO_KEYS, at(canvas, 900, 900))
    [points] = strokes(document)
    assert points.tolist() == [[100, 100], [200, 200]]


@pytest.mark.parametrize("how", ["undo", "clear", "hidden", "left"])
def test_what_ends_a_gesture_ends_it_until_the_next_press(canvas: Canvas, document: PadDocument, how: str) -> None:
    drag(canvas, DASH)
    QTest.mousePress(canvas, LEFT, NO_KEYS, at(canvas, 100, 100))
    QTest.mouseMove(canvas, at(canvas, 100, 200))
    if how == "undo":
        document.undo_stack.undo()
    elif how == "clear":
        document.clear()
    elif how == "hidden":
        canvas.hide()
        canvas.show()
    else:
        QApplication.sendEvent(canvas, QEvent(QEvent.Type.WindowDeactivate))
    QTest.mouseMove(canvas, at(canvas, 900, 900))
    QTest.mouseRelease(canvas, LEFT, NO_KEYS, at(canvas, 900, 900))
    second = [[100, 100], [100, 200]]
    assert [points.tolist() for points in strokes(document)[1:]] == ([second] if how in ("hidden", "left") else [])
    if how == "undo":
        assert len(strokes(document)) == 1
        document.undo_stack.redo()
    elif how == "clear":
        assert document.is_blank
        document.undo_stack.undo()
    assert strokes(document)[1].tolist() == second, "nothing is lost"
    QTest.mouseClick(canvas, LEFT, NO_KEYS, at(canvas, 500, 900))
    assert len(strokes(document)) == 3


def test_lines_keep_their_width_when_the_pen_changes(canvas: Canvas, document: PadDocument) -> None:
    document.set_pen_width(0.03)
    drag(canvas, [(100, 200), (900, 200)])
    before = dark_pixels(canvas)
    document.set_pen_width(0.12)
    canvas.resize(499, 499)
    canvas.resize(500, 500)
    assert dark_pixels(canvas) == pytest.approx(before, rel=0.02)
    drag(canvas, [(100, 700), (900, 700)])
    assert dark_pixels(canvas) == pytest.approx(before + 400 * 60 + np.pi * 30**2, rel=0.02)


def test_a_picture_is_drawn_on_and_erased_in(canvas: Canvas, document: PadDocument) -> None:
    document.open(PictureInk(np.full((50, 50), 255, np.uint8)))  # a square of 760 of the pad's 1000 units
    square = dark_pixels(canvas)
    assert square == pytest.approx(380**2, rel=0.02)
    drag(canvas, [(50, 50), (950, 50)])
    assert dark_pixels(canvas) == pytest.approx(square + 450 * 25, rel=0.02)
    drag(canvas, [(200, 500), (800, 500)], button=RIGHT)
    assert dark_pixels(canvas) == pytest.approx(square + 450 * 25 - 300 * 22 - np.pi * 11**2, rel=0.02)
    document.undo_stack.undo()
    document.undo_stack.undo()
    assert dark_pixels(canvas) == square


def test_what_is_dropped_is_announced(canvas: Canvas, qtbot: QtBot) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/somewhere/seven.png"), QUrl("https://example.org/eight.png")])
    either = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    event = QDropEvent(QPointF(10, 10), either, data, Qt.MouseButton.LeftButton, NO_KEYS, QEvent.Type.Drop)
    event.setDropAction(Qt.DropAction.MoveAction)  # what a file manager may propose
    with qtbot.waitSignal(canvas.dropped) as dropped:
        canvas.dropEvent(event)
    assert event.dropAction() == Qt.DropAction.CopyAction
    assert dropped.args is not None
    assert dropped.args[0].urls() == data.urls()


def test_a_pad_is_gone_as_soon_as_nobody_holds_it(qapp: QApplication) -> None:
    """Python's collector would destroy it in the midst of some event, with its window and all."""
    gc.disable()
    try:
        pad = Canvas(PadDocument())
        pad.resize(300, 300)
        pad.show()
        pad.grab()
        alive = ref(pad)
        del pad
        assert alive() is None
    finally:
        gc.enable()
