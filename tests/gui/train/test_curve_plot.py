"""Looking at the curves more closely, with the mouse: zoom, move, read out, and all again."""

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QNativeGestureEvent, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from core.training.events import BatchDone, EpochDone, RunStarted
from gui.train.curve_plot import CurvePlot
from gui.train.curves import REDRAW_MS, Curves
from gui.train.plot_axes import Span
from gui.train.plot_painting import Frame, path_through
from gui.widgets.scroll_area import ScrollArea
from gui.widgets.theme import use_text_scale

LEFT, NONE, CTRL = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
EPOCHS, BATCHES = 4, 100

numbers = st.floats(-1e6, 1e6)


def epoch(number: int, batches: int = BATCHES) -> tuple[BatchDone, EpochDone]:
    """An epoch whose batches all have the loss 2 / number, but for the 40th, whose loss is 9."""
    losses = [2.0 / number] * batches
    losses[39] = 9.0
    accuracies = (1 - 0.4 / number,) * batches
    return (
        BatchDone(number, batches, tuple(losses), accuracies, 1000.0, 1.0),
        EpochDone(number, 2.0 / number, 0.9, 1.0 / number, 1 - 0.2 / number, 1.0),
    )


@pytest.fixture
def curves(qtbot: QtBot) -> Curves:
    """Curves of four epochs, seen whole."""
    curves = Curves()
    qtbot.addWidget(curves)
    curves.resize(900, 280)
    curves.show_event(RunStarted("dense", 1000, 3200, 200, 100, 9, BATCHES, 32, 1))
    for number in range(1, EPOCHS + 1):
        for event in epoch(number):
            curves.show_event(event)
    curves.show()
    qtbot.waitExposed(curves)
    return curves


def plots(curves: Curves) -> tuple[CurvePlot, CurvePlot]:
    loss, accuracy = curves.findChildren(CurvePlot)
    return loss, accuracy


def place_of(plot: CurvePlot, epoch: float) -> QPoint:
    frame = plot.frame()
    return QPoint(round(frame.x(epoch)), round(frame.area.center().y()))


def turn_wheel(plot: CurvePlot, notches: int, place: QPoint, modifiers: Qt.KeyboardModifier = NONE) -> None:
    window = plot.window()
    position = QPointF(plot.mapTo(window, place))
    QTest.wheelEvent(window.windowHandle(), position, QPoint(0, 120 * notches), QPoint(), modifiers)


def drag(plot: CurvePlot, start: QPoint, end: QPoint) -> None:
    QTest.mousePress(plot, LEFT, NONE, start)
    QTest.mouseMove(plot, (start + end) / 2)
    QTest.mouseMove(plot, end)
    QTest.mouseRelease(plot, LEFT, NONE, end)


def button(curves: Curves, name: str) -> QToolButton:
    found = curves.findChild(QToolButton, name)
    assert found is not None
    return found


@given(st.lists(st.tuples(numbers, numbers), max_size=40))
def test_a_line_goes_through_its_points(points: list[tuple[float, float]]) -> None:
    xs, ys = np.array(points, float).reshape(-1, 2).T
    path = path_through(xs, ys)
    elements = [path.elementAt(index) for index in range(path.elementCount())]
    assert [(element.x, element.y) for element in elements] == points
    assert [element.isMoveTo() for element in elements] == [True, *[False] * (len(points) - 1)][: len(points)]


@given(st.floats(0, 3.5), st.floats(0.05, 2))
def test_of_a_line_only_what_is_outside_of_the_plot_is_left_out(low: float, size: float) -> None:
    across = np.linspace(0.01, 4, 400)
    frame = Frame(QRectF(40, 10, 300, 100), Span(low, low + size), Span(0, 1))
    path = frame.line(across, np.zeros(400))
    xs = [path.elementAt(index).x for index in range(path.elementCount())]
    inside = across[(across >= low) & (across <= low + size)]
    assert len(inside) <= len(xs) <= len(inside) + 2
    assert xs[0] <= 40.001 or low <= 0.01
    assert xs[-1] >= 339.999 or low + size >= 4


def test_the_wheel_zooms_both_plots_where_the_pointer_is(curves: Curves) -> None:
    loss, accuracy = plots(curves)
    place = place_of(loss, 3)
    turn_wheel(loss, 3, place)
    assert loss.across.size == pytest.approx(loss.whole.size / 1.0015**360)
    assert loss.frame().value_at(place.x()) == pytest.approx(3, abs=0.02)
    assert accuracy.across == loss.across
    turn_wheel(loss, -1, place)
    assert loss.across.size == pytest.approx(loss.whole.size / 1.0015**240)
    turn_wheel(loss, -9, place)
    assert loss.across == loss.whole


def test_zooming_ends_at_some_batches(curves: Curves) -> None:
    loss, _ = plots(curves)
    turn_wheel(loss, 100, place_of(loss, 2))
    assert loss.across.size == pytest.approx(10 / BATCHES)


def test_the_other_axis_follows_what_is_shown(curves: Curves) -> None:
    loss, accuracy = plots(curves)
    before = loss.frame().up, accuracy.frame().up
    turn_wheel(loss, 6, place_of(loss, 4))
    assert loss.frame().up.high < before[0].high
    assert accuracy.frame().up.low > before[1].low


def test_dragging_moves_what_is_shown(curves: Curves) -> None:
    loss, accuracy = plots(curves)
    middle, left = place_of(loss, 2), place_of(loss, 1)
    drag(loss, middle, left)
    assert loss.across == loss.whole, "there is nothing else to be seen"
    turn_wheel(loss, 6, middle)
    shown = loss.across
    grabbed = loss.frame().value_at(middle.x())
    drag(loss, middle, middle - QPoint(60, 0))
    assert loss.across.low > shown.low
    assert loss.across.size == pytest.approx(shown.size)
    assert loss.frame().value_at(middle.x() - 60) == pytest.approx(grabbed, abs=0.01)
    assert accuracy.across == loss.across
    drag(loss, middle, middle + QPoint(3000, 0))
    assert loss.across.low == pytest.approx(loss.whole.low)


def test_the_pointer_says_what_can_be_dragged(curves: Curves) -> None:
    loss, _ = plots(curves)
    place = place_of(loss, 2)
    assert loss.cursor().shape() == Qt.CursorShape.ArrowCursor
    turn_wheel(loss, 3, place)
    assert loss.cursor().shape() == Qt.CursorShape.OpenHandCursor
    QTest.mousePress(loss, LEFT, NONE, place)
    assert loss.cursor().shape() == Qt.CursorShape.ClosedHandCursor
    QTest.mouseRelease(loss, LEFT, NONE, place)
    assert loss.cursor().shape() == Qt.CursorShape.OpenHandCursor
    QTest.mouseDClick(loss, LEFT, NONE, place)
    assert loss.cursor().shape() == Qt.CursorShape.ArrowCursor


@pytest.mark.parametrize("way", ["double click", "button", "next run"])
def test_a_zoomed_plot_stays_until_all_is_wanted_again(qtbot: QtBot, curves: Curves, way: str) -> None:
    loss, accuracy = plots(curves)
    show_all = button(curves, "trainCurvesShowAll")
    assert not show_all.isEnabled()
    turn_wheel(loss, 5, place_of(loss, 2))
    shown = loss.across
    assert show_all.isEnabled()
    for event in epoch(EPOCHS + 1):
        curves.show_event(event)
    qtbot.wait(REDRAW_MS + 100)
    assert loss.across == shown
    if way == "double click":
        QTest.mouseDClick(accuracy, LEFT, NONE, place_of(accuracy, 2))
    elif way == "button":
        QTest.mouseClick(show_all, LEFT)
    else:
        curves.show_event(RunStarted("dense", 1000, 3200, 200, 100, 9, BATCHES, 32, 1))
        qtbot.wait(REDRAW_MS + 100)
    epochs = 1 if way == "next run" else EPOCHS + 1
    assert loss.across == accuracy.across == loss.whole == Span(0, epochs).padded(0.015)
    assert not show_all.isEnabled()


def test_a_plot_that_shows_all_follows_the_run(qtbot: QtBot, curves: Curves) -> None:
    loss, _ = plots(curves)
    curves.show_event(epoch(EPOCHS + 1)[0])
    qtbot.waitUntil(lambda: loss.across == Span(0, EPOCHS + 1).padded(0.015))


def test_what_is_under_the_pointer_is_read_out_in_both_plots(curves: Curves) -> None:
    loss, accuracy = plots(curves)
    assert loss.read_out() == ""
    QTest.mouseMove(loss, place_of(loss, 1.4))
    lines = loss.read_out().splitlines()
    assert lines[0].startswith("Epoch 2, batch ")
    assert 35 <= int(lines[0].rpartition(" ")[2]) <= 45
    assert lines[-1] == "Validation 0.5000"
    assert accuracy.read_out().splitlines()[::3] == [lines[0], "Validation 90.00 %"]
    assert "Batch 80.00 %" in accuracy.read_out()
    QTest.mouseMove(loss, place_of(loss, 3) + QPoint(4, 0))
    assert loss.read_out().splitlines()[0] == "Epoch 3, batch 100", "a mark is easy to meet"
    QTest.mouseMove(curves, QPoint(4, 4))
    QApplication.sendEvent(loss, QEvent(QEvent.Type.Leave))
    assert loss.read_out() == accuracy.read_out() == ""


def test_the_very_batch_is_read_out_where_it_can_be_met(curves: Curves) -> None:
    loss, _ = plots(curves)
    turn_wheel(loss, 20, place_of(loss, 0.40))
    QTest.mouseMove(loss, place_of(loss, 0.40))
    assert loss.read_out().splitlines()[:2] == ["Epoch 1, batch 40", "Batch 9.0000"]


def test_several_batches_in_one_place_are_read_out_as_a_range(qtbot: QtBot, curves: Curves) -> None:
    curves.show_event(RunStarted("dense", 1000, 3200, 0, 100, 9, 1000, 32, 1))
    curves.show_event(epoch(1, batches=1000)[0])
    qtbot.wait(REDRAW_MS + 100)
    loss, _ = plots(curves)
    turn_wheel(loss, 30, place_of(loss, 0.04))
    QTest.mouseMove(loss, place_of(loss, 0.04))
    lines = loss.read_out().splitlines()
    assert lines[0] == "Epoch 1, batches 39 to 40"
    assert lines[1] == "Batches 2.0000–9.0000"
    assert len(lines) == 3, "there is no validation"


def test_reading_out_is_seen_beside_the_curve(curves: Curves) -> None:
    loss, _ = plots(curves)
    before = loss.grab().toImage()
    QTest.mouseMove(loss, place_of(loss, 2.5))
    after = loss.grab().toImage()
    line = round(loss.frame().x(2.5))
    changed = [x for x in range(before.width()) if any(before.pixel(x, y) != after.pixel(x, y) for y in range(9, 100))]
    assert min(abs(x - line) for x in changed) <= 1
    assert max(changed) - min(changed) > 80


@pytest.fixture
def scrolling(qtbot: QtBot, curves: Curves) -> Iterator[ScrollArea]:
    """The curves on a page that is higher than its place."""
    page, area = QWidget(), ScrollArea()
    layout = QVBoxLayout(page)
    curves.setMinimumHeight(300)
    layout.addWidget(curves)
    layout.addSpacing(900)
    area.setWidget(page)
    qtbot.addWidget(area)
    area.resize(900, 400)
    area.show()
    qtbot.waitExposed(area)
    yield area
    curves.setParent(None)


def test_on_a_page_that_scrolls_the_wheel_zooms_only_with_ctrl(curves: Curves, scrolling: ScrollArea) -> None:
    loss, _ = plots(curves)
    place, bar = place_of(loss, 2), scrolling.verticalScrollBar()
    turn_wheel(loss, -1, place)
    assert bar.value() > 0
    assert loss.across == loss.whole
    bar.setValue(0)
    turn_wheel(loss, 3, place, CTRL)
    assert bar.value() == 0
    assert loss.across.size < loss.whole.size


def test_two_fingers_zoom(curves: Curves) -> None:
    loss, _ = plots(curves)
    place = QPointF(place_of(loss, 2))
    pinch = QNativeGestureEvent(
        Qt.NativeGestureType.ZoomNativeGesture,
        QPointingDevice.primaryPointingDevice(),
        2,
        place,
        QPointF(loss.mapTo(curves, place.toPoint())),
        QPointF(loss.mapToGlobal(place.toPoint())),
        0.5,
        QPointF(),
    )
    QApplication.sendEvent(loss, pinch)
    assert loss.across.size == pytest.approx(loss.whole.size / 1.5)


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_smallest_plot_has_room_for_what_it_reads_out(curves: Curves, scale: float) -> None:
    use_text_scale(scale)
    curves.resize(1, 1)  # as small as it gets
    for event in epoch(EPOCHS + 1):
        curves.show_event(event)
    curves.hide()
    curves.show()
    loss, _ = plots(curves)
    assert loss.size() == loss.minimumSize()
    empty = loss.grab().toImage()
    QTest.mouseMove(loss, place_of(loss, 0.5))
    image = loss.grab().toImage()
    room = range(image.width()), range(image.height())
    changed = [(x, y) for x in room[0] for y in room[1] if image.pixel(x, y) != empty.pixel(x, y)]
    box = [x for x, _ in changed], [y for _, y in changed]
    assert max(box[1]) - min(box[1]) > 60 * scale
    assert min(box[0]) > 0 and max(box[0]) < image.width() - 1
