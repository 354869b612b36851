"""What can be done on the panels, by mouse and by keyboard."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from core.explaining.distortion import UNCHANGED, Distortion
from core.explaining.explainer import Explainer
from core.explaining.pixels import PixelSum
from core.pad.content import PictureInk
from gui.inside.damage_sliders import STEPS, amount_at, amount_text, position_of
from gui.inside.inside_tab import InsideTab
from gui.inside.looking import Panel
from gui.inside.map_panel import HOW_TO
from gui.inside.map_view import MapView
from gui.inside.stage_view import StageView
from gui.inside.tile_view import EDGE, TileView
from gui.inside.word import Word
from gui.main_window import MainWindow
from gui.widgets.scroll_area import areas_around
from tests.gui.conftest import LEFT

Settle = Callable[[], None]
Key = Qt.Key


@pytest.fixture
def opened(seven: InsideTab, settle: Settle) -> Callable[[Panel], None]:
    """Opens a panel and waits for what it shows."""

    def open_(kind: Panel) -> None:
        seven.section(kind).button.setChecked(True)
        settle()

    return open_


def point_at(widget: QWidget, place: QPoint) -> None:
    """Scroll there, and move the pointer to a place on the widget."""
    for area in areas_around(widget):
        at = widget.mapTo(area.widget(), place)
        area.ensureVisible(at.x(), at.y())
    QApplication.processEvents()
    QTest.mouseMove(widget, place)


def tiles_of(stage: StageView) -> TileView:
    assert stage.tiles is not None
    return stage.tiles


# --- layers -----------------------------------------------------------------------------------------------


def test_a_click_on_a_tile_shows_the_map_large(seven: InsideTab) -> None:
    stage = seven.layers.stages[2]
    tiles = tiles_of(stage)
    QTest.mouseClick(tiles, LEFT, pos=tiles.tile_rect(20).center())
    detail = seven.layers.detail
    assert detail is not None and detail.isVisible()
    assert (detail.channel, tiles.open_map) == (20, 20)
    assert tiles.values is not None and detail.map.values is not None
    np.testing.assert_array_equal(detail.map.values, tiles.values[:, :, 20])
    assert detail.kernels.kernels is not None and detail.kernels.kernels.shape == (3, 3, 48)
    QTest.mouseClick(tiles, LEFT, pos=tiles.tile_rect(20).center())
    assert not detail.isVisible() and tiles.open_map is None, "a second click closes it"


def test_pointing_at_a_value_shows_the_multiplication_that_made_it(seven: InsideTab) -> None:
    stage = seven.layers.stages[3]
    seven.layers.open_map(stage, 5)
    detail = seven.layers.detail
    assert detail is not None
    point_at(detail.map, detail.map.rect_of(2, 3).center())
    assert (detail.map.row, detail.map.column) == (2, 3)
    found = detail.sum.found
    assert isinstance(found, PixelSum) and detail.map.values is not None
    assert found.value == pytest.approx(float(detail.map.values[2, 3]), abs=1e-5)
    added = sum(float((part.inputs * part.weights).sum()) for part in found.parts) + found.rest + found.bias
    assert added == pytest.approx(found.total, abs=1e-3)
    text = detail.text.text()
    assert text.startswith("Row 3, column 4: inputs times weights give ")
    assert "61 other maps" in text and "Batch normalisation: times" in text and text.rstrip(".").split("ReLU: ")[1]
    assert detail.map.accessibleDescription() == text


def test_arrow_keys_go_through_the_values_and_stop_at_the_edge(seven: InsideTab) -> None:
    seven.layers.open_map(seven.layers.stages[0], 0)
    detail = seven.layers.detail
    assert detail is not None
    detail.map.point_at(0, 0)
    for key, place in ((Key.Key_Right, (0, 1)), (Key.Key_Down, (1, 1)), (Key.Key_Left, (1, 0)), (Key.Key_Left, (1, 0))):
        QTest.keyClick(detail.map, key)
        assert (detail.map.row, detail.map.column) == place
    assert "Row 2, column 1: inputs times weights give " in detail.text.text()
    assert "other map" not in detail.text.text(), "there is one picture before it"


def test_tiles_are_chosen_by_the_keyboard(seven: InsideTab) -> None:
    stage = seven.layers.stages[1]
    tiles = tiles_of(stage)
    tiles.setFocus()
    for key in (Key.Key_End, Key.Key_Left, Key.Key_Home, Key.Key_Right, Key.Key_Down, Key.Key_Return):
        QTest.keyClick(tiles, key)
    assert tiles.open_map == 1 + tiles.grid.columns
    assert tiles.accessibleDescription().startswith(f"Map {2 + tiles.grid.columns}: at most ")
    detail = seven.layers.detail
    assert detail is not None
    QTest.mouseClick(detail.close_button, LEFT)
    assert not detail.isVisible()


def test_a_map_that_is_large_follows_the_drawing(seven: InsideTab, window: MainWindow, settle: Settle) -> None:
    seven.layers.open_map(seven.layers.stages[0], 3)
    detail = seven.layers.detail
    assert detail is not None and detail.map.values is not None
    before = detail.map.values.copy()
    window.document.begin_stroke(300, 600)
    window.document.extend_stroke(700, 600)
    window.document.end_stroke()
    settle()
    assert not np.array_equal(detail.map.values, before)


def test_before_the_relu_there_is_blue(seven: InsideTab) -> None:
    tiles = tiles_of(seven.layers.stages[0])
    assert tiles.values is not None and tiles.values.min() == 0
    seven.layers.choices.before_relu.setChecked(True)
    assert tiles.values.min() < 0
    assert seven.layers.stages[0].legend.accessibleDescription().startswith("from −")
    picture = tiles.grab().toImage()
    colours = {picture.pixelColor(x, y).name() for x in range(EDGE, 60) for y in range(EDGE, 60)}
    assert any(int(name[5:7], 16) > int(name[1:3], 16) + 20 for name in colours), "something is blue"


def test_all_layers_may_share_one_scale(seven: InsideTab) -> None:
    stages = [stage for stage in seven.layers.stages if stage.is_of_maps]
    assert len({stage.legend.scale for stage in stages}) > 1
    seven.layers.choices.scale.setCurrentIndex(1)
    assert len({stage.legend.scale for stage in stages}) == 1


def test_the_tile_under_the_pointer_says_its_number(seven: InsideTab) -> None:
    tiles = tiles_of(seven.layers.stages[0])
    point_at(tiles, tiles.tile_rect(7).center())
    assert tiles.toolTip().startswith("Map 8: at most ")
    bars = seven.layers.stages[-1].bars
    assert bars is not None
    point_at(bars, QPoint(2, 5))
    assert bars.toolTip().startswith("Number 1: ")


# --- words ------------------------------------------------------------------------------------------------


def test_every_word_is_explained_by_pointer_keyboard_and_screen_reader(seven: InsideTab, qtbot: QtBot) -> None:
    words = seven.findChildren(Word)
    assert len(words) > 20
    for word in words:
        assert word.toolTip() and word.accessibleName().startswith("What is this: ") and word.accessibleDescription()
        assert word.focusPolicy() & Qt.FocusPolicy.TabFocus
    title = seven.layers.stages[1].word
    assert "Stride: " in title.accessibleDescription() and "ReLU: " in title.accessibleDescription()
    title.setFocus()
    QTest.keyClick(title, Key.Key_Space)
    qtbot.waitUntil(QToolTip.isVisible)
    assert QToolTip.text() == title.toolTip()
    QToolTip.hideText()


def test_sections_say_whether_they_are_open(seven: InsideTab) -> None:
    section = seven.section(Panel.MAP)
    assert section.button.accessibleDescription() == "closed" and not section.panel.isVisible()
    section.button.setFocus()
    QTest.keyClick(section.button, Key.Key_Space)
    assert section.button.accessibleDescription() == "open" and section.panel.isVisible()


# --- neighbours -------------------------------------------------------------------------------------------


def test_the_neighbours_are_those_of_the_model(
    seven: InsideTab, window: MainWindow, opened: Callable[[Panel], None]
) -> None:
    opened(Panel.NEIGHBOURS)
    assert window.model.bundle is not None and window.recognition.digit is not None
    expected = Explainer(window.model.bundle).neighbours(window.recognition.digit.image)
    shown = seven.neighbours.view.neighbours
    assert [one.index for one in shown] == [one.index for one in expected]
    assert len(shown) == 8 and {one.label for one in shown} == {7}


@pytest.mark.parametrize("by_key", [False, True])
def test_a_neighbour_is_put_on_the_pad(
    seven: InsideTab, window: MainWindow, opened: Callable[[Panel], None], settle: Settle, by_key: bool
) -> None:
    opened(Panel.NEIGHBOURS)
    view = seven.neighbours.view
    wanted = view.neighbours[2]
    if by_key:
        view.setFocus()
        for key in (Key.Key_Right, Key.Key_Right, Key.Key_Return):
            QTest.keyClick(view, key)
    else:
        point_at(view, view.cell(2).center())
        assert view.toolTip().startswith("Put on the pad: a 7, at distance 0.0")
        QTest.mouseClick(view, LEFT, pos=view.cell(2).center())
    content = window.document.content
    assert isinstance(content, PictureInk)
    np.testing.assert_array_equal(content.ink, wanted.image)
    assert window.tabs.currentWidget() is seven, "this page has a pad, too"
    settle()
    assert seven.pad.digit.text() == "7"
    window.document.undo_stack.undo()
    assert not isinstance(window.document.content, PictureInk)


# --- map --------------------------------------------------------------------------------------------------


def turn_wheel(view: MapView, at: QPoint, notches: int) -> None:
    place = QPointF(at)
    event = QWheelEvent(
        *(place, view.mapToGlobal(place), QPoint(), QPoint(0, 120 * notches)),
        *(Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False),
    )
    QApplication.sendEvent(view, event)


def test_the_drawing_is_on_the_map_among_its_like(seven: InsideTab, opened: Callable[[Panel], None]) -> None:
    opened(Panel.MAP)
    view = seven.map.view
    own = view.own_place
    assert own is not None and view.points is not None
    places, labels = view.points.on_screen(view.zoom), view.points.labels
    nearest = np.argsort(np.square(places - np.array([own.x(), own.y()])).sum(axis=1))[:15]
    assert (labels[nearest] == 7).sum() >= 12


def test_the_ring_moves_with_the_drawing(
    seven: InsideTab, window: MainWindow, opened: Callable[[Panel], None], settle: Settle
) -> None:
    opened(Panel.MAP)
    before = seven.map.view.own_place
    window.document.begin_stroke(300, 800)
    window.document.extend_stroke(700, 800)
    window.document.end_stroke()
    settle()
    assert seven.map.view.own_place != before


def test_the_map_is_zoomed_moved_and_told(seven: InsideTab, opened: Callable[[Panel], None]) -> None:
    opened(Panel.MAP)
    panel, view = seven.map, seven.map.view
    assert panel.line.text() == HOW_TO
    turn_wheel(view, QPoint(200, 200), 4)
    assert view.zoom.factor == pytest.approx(1.25**4)
    before = view.zoom
    QTest.mousePress(view, LEFT, pos=QPoint(200, 200))
    for x in (190, 170, 150):
        QTest.mouseMove(view, QPoint(x, 195))
    QTest.mouseRelease(view, LEFT, pos=QPoint(150, 195))
    assert view.zoom.left < before.left, "dragged to the left"
    assert view.points is not None
    inside = view.points.in_view(view.zoom)
    x, y = view.points.on_screen(view.zoom)[inside[len(inside) // 2]].tolist()
    point_at(view, QPoint(round(x), round(y)))
    assert panel.line.text().startswith("A ") and "of MNIST" in panel.line.text()
    for name, check in (("mapZoomIn", 1.25**5), ("mapZoomOut", 1.25**4), ("mapWhole", 1.0)):
        button = panel.findChild(QWidget, name)
        assert button is not None
        QTest.mouseClick(button, LEFT)
        assert view.zoom.factor == pytest.approx(check)


def test_the_map_is_used_by_the_keyboard(seven: InsideTab, window: MainWindow, opened: Callable[[Panel], None]) -> None:
    opened(Panel.MAP)
    view = seven.map.view
    view.setFocus()
    for _ in range(12):
        QTest.keyClick(view, Key.Key_Plus)
    assert view.zoom.factor == 12.0, "as pictures"
    before = view.zoom
    QTest.keyClick(view, Key.Key_Right)
    assert view.zoom.left != before.left
    assert seven.map.line.text().startswith("A "), "the digit in the middle is told"
    assert view.accessibleDescription() == seven.map.line.text()
    view.grab()
    QTest.keyClick(view, Key.Key_Return)
    assert isinstance(window.document.content, PictureInk)
    QTest.keyClick(view, Key.Key_0)
    assert view.zoom.factor == 1.0


# --- try it -----------------------------------------------------------------------------------------------


def test_damage_changes_picture_answer_and_curve(
    seven: InsideTab, opened: Callable[[Panel], None], settle: Settle
) -> None:
    opened(Panel.TRY_IT)
    panel = seven.try_it
    assert panel.answer.text().startswith("7, 99")
    assert not panel.reset.isEnabled()
    before = panel.picture.grab().toImage()
    panel.sliders.sliders[Distortion.ROTATE].setValue(STEPS)
    settle()
    assert panel.picture.grab().toImage() != before
    assert not panel.answer.text().startswith("7"), "a 7 that lies is none"
    curve = panel.curve.curve
    assert curve is not None and curve.kind == Distortion.ROTATE and len(curve.answers) == 41
    assert curve.answers[20].digit == 7
    stretches = panel.curve.stretches()
    assert sum(share for _, share in stretches) == pytest.approx(1.0)
    assert "7" in [text for text, _ in stretches] and len(stretches) > 1
    panel.sliders.sliders[Distortion.COVER].setValue(STEPS // 2)
    settle()
    assert panel.curve.curve is not None and panel.curve.curve.kind == Distortion.COVER
    assert panel.curve_title.text() == "The answer over “Cover”"
    QTest.mouseClick(panel.reset, LEFT)
    settle()
    assert panel.answer.text().startswith("7, 99")
    assert all(panel.damage.amount(kind) == UNCHANGED[kind] for kind in Distortion)


def test_what_is_covered_wholly_leaves_nothing(
    seven: InsideTab, opened: Callable[[Panel], None], settle: Settle
) -> None:
    opened(Panel.TRY_IT)
    seven.try_it.sliders.sliders[Distortion.COVER].setValue(STEPS)
    settle()
    assert seven.try_it.answer.text() == "nothing is left to read"


@pytest.mark.parametrize("kind", list(Distortion))
def test_a_slider_reaches_all_of_its_range(kind: Distortion) -> None:
    assert amount_at(kind, position_of(kind, UNCHANGED[kind])) == UNCHANGED[kind]
    assert position_of(kind, amount_at(kind, STEPS)) == STEPS
    assert amount_text(Distortion.ROTATE, -30.0) == "−30°"
    assert amount_text(Distortion.NOISE, 0.25) == "25 %"
    assert amount_text(Distortion.THICKEN, 2.13) == "2.1 px"
