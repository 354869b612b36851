"""The page “Inside”: what it shows of a drawing, and when it computes anything."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from core.explaining.explainer import Explainer
from gui.inside.inside_tab import InsideTab
from gui.inside.looking import Panel
from gui.main_window import MainWindow
from gui.self_test.hand import drag
from tests.gui.conftest import DASH, LEFT, SEVEN

Settle = Callable[[], None]


def explainer_of(window: MainWindow) -> Explainer:
    assert window.model.bundle is not None
    return Explainer(window.model.bundle)


def image_of(window: MainWindow) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    assert window.recognition.digit is not None
    return window.recognition.digit.image


def test_it_is_beside_the_drawing_page(window: MainWindow) -> None:
    assert window.tabs.tabText(1) == "Inside"
    assert window.findChild(QWidget, "inside") is None, "it is made later"
    window.tabs.setCurrentIndex(1)
    page = window.findChild(InsideTab, "inside")
    assert page is window.inside_tab
    for name in ("layers", "neighbours", "map", "tryIt", "insideCanvas"):
        assert page.findChild(QWidget, name) is not None
    assert [section.is_open for section in page.sections] == [True, False, False, False]


def test_a_blank_pad_has_a_sentence_in_every_panel(page: InsideTab, open_all: None, settle: Settle) -> None:
    settle()
    for section in page.sections:
        assert not section.panel.shows_content
        assert section.panel.sentence.text().startswith("Draw a digit")
        assert section.panel.sentence.isVisible()


def test_the_layers_show_the_networks_own_numbers(seven: InsideTab, window: MainWindow) -> None:
    explainer = explainer_of(window)
    activations = explainer.activations(image_of(window))
    layers = seven.layers
    assert layers.shows_content
    for stage in layers.stages:
        shown = stage.tiles.values if stage.tiles is not None else stage.bars.values if stage.bars is not None else None
        assert shown is not None
        np.testing.assert_allclose(shown, activations[stage.stage.end][0], rtol=1e-5, atol=1e-5)
    assert layers.answer is not None
    np.testing.assert_allclose(layers.answer.view.logits, activations[-1][0], rtol=1e-5, atol=1e-5)
    assert layers.answer.view.answer == explainer.recognize(image_of(window))


def test_the_last_maps_add_up_to_the_logit_of_the_answer(seven: InsideTab) -> None:
    answer = seven.layers.answer
    assert answer is not None and answer.class_map is not None
    shown = answer.class_map.shown
    assert shown is not None
    assert shown.digit == 7
    assert shown.cells.shape == (7, 7)
    assert shown.total == pytest.approx(answer.view.logits[7], abs=1e-4)
    assert answer.sum_text.text().endswith(f"the logit of the 7: {answer.view.logits[7]:.2f}.")


def test_the_map_that_says_most_is_marked(seven: InsideTab) -> None:
    last = [stage for stage in seven.layers.stages if stage.tiles is not None][-1]
    answer, tiles = seven.layers.answer, last.tiles
    assert answer is not None and answer.class_map is not None and tiles is not None and tiles.values is not None
    network = explainer_of(seven.window()).explanation.network  # type: ignore[arg-type]
    assert network is not None
    dense = network.layers[-1].kernel[:, 7]  # type: ignore[attr-defined]
    expected = int((tiles.values.mean(axis=(0, 1)) * dense).argmax())
    assert tiles.most == expected
    assert last.most.text() == f"Map {expected + 1} says most for the 7."
    assert f"map {expected + 1} says most" in tiles.accessibleDescription()


def test_every_movement_is_followed(page: InsideTab, window: MainWindow, qtbot: QtBot, settle: Settle) -> None:
    drag(page.pad.canvas, DASH)
    settle()  # the model's explanation is loaded
    window.document.clear()
    pictures: list[bytes] = []
    page.looks.seen.connect(lambda insight: pictures.append(insight.request.image.tobytes()))
    drag(page.pad.canvas, [(300 + step * 6, 300 + step * 4) for step in range(60)], move_ms=20)
    assert len(set(pictures)) > 1, "while the stroke was drawn"
    settle()
    assert pictures[-1] == image_of(window).tobytes(), "and at last its end"


def test_drawing_here_is_drawing_there(seven: InsideTab, window: MainWindow) -> None:
    assert len(window.document.content.strokes) == 1
    window.tabs.setCurrentWidget(window.draw_tab)
    before = window.draw_tab.canvas.grab().toImage()
    drag(window.draw_tab.canvas, DASH)
    window.tabs.setCurrentWidget(seven)
    assert len(window.document.content.strokes) == 2
    shown = seven.pad.canvas.grab().toImage()
    window.document.undo_stack.undo()
    window.tabs.setCurrentWidget(window.draw_tab)
    assert window.draw_tab.canvas.grab().toImage() == before
    assert seven.pad.canvas.grab().toImage() != shown


def test_the_ink_of_a_stroke_under_way_is_painted_whole(page: InsideTab, window: MainWindow) -> None:
    """Each canvas keeps a picture of the ink: what the other one drew is in it."""
    drag(page.pad.canvas, SEVEN)
    window.tabs.setCurrentWidget(window.draw_tab)
    drag(window.draw_tab.canvas, DASH)
    window.tabs.setCurrentWidget(page)
    first = page.pad.canvas.grab().toImage()
    page.pad.canvas._ink.forget()  # everything is painted again
    assert page.pad.canvas.grab().toImage() == first


def test_keys_undo_and_clear(seven: InsideTab, window: MainWindow, settle: Settle) -> None:
    canvas = seven.pad.canvas
    canvas.setFocus()
    QTest.keyClick(canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.document.is_blank
    QTest.keyClick(canvas, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert not window.document.is_blank
    QTest.keyClick(canvas, Qt.Key.Key_Delete)
    assert window.document.is_blank
    settle()
    assert not seven.layers.shows_content, "an empty pad has no layers"


def test_the_buttons_of_the_drawing_page_rest_meanwhile(seven: InsideTab, window: MainWindow) -> None:
    assert not window.draw_tab.actions_by_name["clear"].isEnabled()
    assert seven.actions_of_pad.by_name["clear"].isEnabled()
    window.tabs.setCurrentWidget(window.draw_tab)
    assert window.draw_tab.actions_by_name["clear"].isEnabled()
    assert not seven.actions_of_pad.by_name["clear"].isEnabled()


def test_esc_clears_the_pad(seven: InsideTab, window: MainWindow, qtbot: QtBot) -> None:
    qtbot.wait(600)  # Esc counts only once nothing else has just been closed by it
    QTest.keyClick(seven.pad.canvas, Qt.Key.Key_Escape)
    assert window.document.is_blank


def test_a_hidden_page_computes_nothing(seven: InsideTab, window: MainWindow, qtbot: QtBot) -> None:
    window.tabs.setCurrentWidget(window.draw_tab)
    seen: list[object] = []
    seven.looks.seen.connect(seen.append)
    drag(window.draw_tab.canvas, DASH)
    window.recognition.answer_now()
    qtbot.wait(150)
    assert not seven.looks.is_busy
    assert seen == []


def test_with_all_panels_closed_nothing_is_computed(seven: InsideTab, window: MainWindow, qtbot: QtBot) -> None:
    seven.section(Panel.LAYERS).button.setChecked(False)
    qtbot.waitUntil(lambda: not seven.looks.is_busy)
    seen: list[object] = []
    seven.looks.seen.connect(seen.append)
    drag(seven.pad.canvas, DASH)
    qtbot.wait(200)
    assert seen == []


def test_only_open_panels_are_computed(seven: InsideTab, window: MainWindow, settle: Settle) -> None:
    seen = []
    seven.looks.seen.connect(seen.append)
    seven.section(Panel.NEIGHBOURS).button.setChecked(True)
    settle()
    assert seen[-1].layers is not None and seen[-1].neighbours is not None
    assert seen[-1].place is None and seen[-1].tried is None


def test_what_is_opened_shows_the_drawing_at_once(seven: InsideTab, settle: Settle) -> None:
    for kind in (Panel.NEIGHBOURS, Panel.MAP, Panel.TRY_IT):
        seven.section(kind).button.setChecked(True)
        settle()
        assert seven.section(kind).panel.shows_content, kind


def test_one_digit_of_a_number_is_explained(page: InsideTab, window: MainWindow, settle: Settle) -> None:
    drag(page.pad.canvas, [(x * 0.5, y * 0.5 + 200) for x, y in SEVEN])
    drag(page.pad.canvas, [(800, 330), (795, 500), (790, 640)])
    settle()
    texts = [button.text() for button in page.pad.choice.buttons if button.isVisible()]
    assert texts == ["7", "1"]
    for place, digit in enumerate((7, 1)):
        QTest.mouseClick(page.pad.choice.buttons[place], LEFT)
        settle()
        assert page.pad.choice.buttons[place].isChecked()
        assert page.layers._seen is not None and page.layers._seen.digit == digit
    window.document.clear()
    settle()
    assert not page.pad.choice.isVisible()


def test_the_pad_says_what_is_announced(seven: InsideTab, window: MainWindow) -> None:
    assert seven.pad.digit.text() == window.draw_tab.result.digit.text() == "7"
    assert seven.pad.words.text().startswith("sure")


def test_what_is_dropped_is_opened_on_the_drawing_page(seven: InsideTab, window: MainWindow, qtbot: QtBot) -> None:
    from PySide6.QtCore import QMimeData

    data = QMimeData()
    data.setText("M 10 10 L 90 90")
    seven.pad.canvas.dropped.emit(data)
    assert window.tabs.currentWidget() is window.draw_tab
    qtbot.waitUntil(lambda: not window.files.is_opening, timeout=20_000)


def test_another_model_is_explained_when_it_is_used(
    seven: InsideTab, window: MainWindow, explain: Callable[..., object], settle: Settle
) -> None:
    explain(None)
    settle()
    assert not seven.layers.shows_content
    assert "was saved without its layers" in seven.layers.sentence.text()
    window.model.use(window.library.shipped_bundle())
    settle()
    assert seven.layers.shows_content
