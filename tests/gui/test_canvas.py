"""The pad under the mouse, the pen and the finger."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QImage, QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.ink import Drawing
from gui.canvas import Canvas
from gui.pad_document import PadDocument
from tests.gui.conftest import DASH, RIGHT, SEVEN, at, drag

NO_KEYS = Qt.KeyboardModifier.NoModifier


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
    kinds = QPointingDevice.PointerType
    return QPointingDevice(
        "pen",
        1,
        QPointingDevice.DeviceType.Stylus,
        kinds.Eraser if eraser else kinds.Pen,
        QPointingDevice.Capability.Pressure | QPointingDevice.Capability.Position,
        1,
        1,
    )


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


def test_what_is_dropped_is_announced(canvas: Canvas, qtbot: QtBot) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/somewhere/seven.png"), QUrl("https://example.org/eight.png")])
    event = QDropEvent(
        QPointF(10, 10), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, NO_KEYS, QEvent.Type.Drop
    )
    with qtbot.waitSignal(canvas.dropped) as dropped:
        canvas.dropEvent(event)
    assert dropped.args is not None
    assert dropped.args[0].urls() == data.urls()
