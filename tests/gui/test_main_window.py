"""The window as a whole: what it shows, and what it remembers."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from core.models.card import Score
from core.models.library import ModelBundle, ModelLibrary
from core.system.paths import app_paths
from core.training.presets import PRESETS
from gui.app import make_window
from gui.main_window import MainWindow
from gui.self_test.hand import drag
from gui.system.destroying import destroy
from gui.widgets.elided_label import ElidedLabel
from gui.widgets.theme import DARK, LIGHT, current_colours, current_theme, use_scheme
from tests.gui.conftest import SEVEN


def test_pen_and_size_come_back(new_window: Callable[[], MainWindow]) -> None:
    first = new_window()
    first.draw_tab.set_pen_width(0.09)
    first.resize(first.minimumWidth(), 690)
    first.close()
    second = make_window(app_paths())
    assert second.document.pen_width == pytest.approx(0.09)
    assert second.height() == 690
    second.close()
    destroy(second)


def test_the_status_bar_names_the_model(window: MainWindow) -> None:
    label = window.findChild(QLabel, "modelInUse")
    assert label is not None
    assert label.text().startswith("Model: ")
    assert label.text().endswith(" ms")
    assert " % of 10,000 (MNIST's test set)" in label.text()


def test_a_name_given_in_another_window_is_shown_wherever_the_model_is_named(
    window: MainWindow, qtbot: QtBot, copy_model: Callable[[ModelLibrary, str], ModelBundle]
) -> None:
    bundle = copy_model(window.library, "Mine")
    window.model.use(bundle)
    label, box = window.findChild(QLabel, "modelInUse"), window.train_tab.form.continue_box
    assert label is not None and label.text().startswith("Model: Mine  ·  ")
    box.show_preset(PRESETS[bundle.card.preset])
    ModelLibrary(window.library.folder, window.library.shipped).rename(bundle, "Yours")
    qtbot.waitUntil(lambda: label.text().startswith("Model: Yours  ·  "))
    assert box.text() == "Continue from “Yours”"
    assert "Yours" in box.toolTip() and "Yours" in label.toolTip() and "Mine" not in box.toolTip()


def test_of_the_model_in_use_the_test_is_named_that_all_models_have_had(
    window: MainWindow, copy_model: Callable[[ModelLibrary, str], ModelBundle]
) -> None:
    bundle = copy_model(window.library, "Mine")
    common = bundle.card.test
    assert common is not None
    few = Score("a seventh of mine", 4, 0, 1.0, common.confusion)
    label = window.findChild(QLabel, "modelInUse")
    assert label is not None
    for others, said in ((common, " % of 10,000 (MNIST's test set)"), (None, "100 % of 4 (a seventh of mine)")):
        window.model.use(replace(bundle, card=replace(bundle.card, test=few, others=others)))
        assert said in label.text()


def test_a_long_name_is_cut_in_its_middle(window: MainWindow) -> None:
    label = window.findChild(QLabel, "modelInUse")
    assert isinstance(label, ElidedLabel)
    label.show_name(f"14:05 {'W' * 48} 29", before="Model: ", after="  ·  99.66 % of 10,000")
    label.resize(400, label.height())
    shown = label.shown_text()
    assert shown.startswith("Model: 14:05 ") and shown.endswith(" 29  ·  99.66 % of 10,000")
    assert label.fontMetrics().horizontalAdvance(shown) <= label.contentsRect().width()
    label.resize(150, label.height())
    assert label.shown_text().startswith("Model: 14")


def test_it_fits_a_small_screen(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1024, 700)
    qtbot.wait(50)
    assert (window.width(), window.height()) == (1024, 700)
    for page in (window.draw_tab, window.train_tab):
        assert page.minimumSizeHint().width() <= 1024


def test_the_training_page_is_made_while_nobody_draws(window: MainWindow, qtbot: QtBot) -> None:
    page = window.tabs.widget(3)
    assert page is not None and page.findChild(QPushButton) is None
    window.document.begin_stroke(100, 100)
    qtbot.wait(600)  # longer than the first step waits
    assert window.tabs.widget(3) is page
    window.document.end_stroke()
    qtbot.waitUntil(lambda: window.tabs.widget(3) is not page, timeout=20_000)
    assert window.tabs.widget(3) is window.train_tab


def test_the_training_page_is_there_when_it_is_asked_for(new_window: Callable[[], MainWindow]) -> None:
    by_attribute, by_tab = new_window(), new_window()
    assert by_attribute.findChild(QPushButton, "trainStart") is None, "looking for a widget makes none"
    assert by_attribute.train_tab.isAncestorOf(by_attribute.findChild(QPushButton, "trainStart"))
    assert by_attribute.tabs.currentIndex() == 0
    drag(by_tab.draw_tab.canvas, SEVEN)
    by_tab.recognition.answer_now()
    by_tab.tabs.setCurrentIndex(3)
    assert by_tab.findChild(QPushButton, "trainStart") is not None
    assert by_tab.tabs.currentWidget() is by_tab.train_tab
    assert [by_tab.tabs.tabText(index) for index in range(by_tab.tabs.count())] == [
        "Draw",
        "Inside",
        "My digits",
        "Train",
        "Test",
    ]
    hint = by_tab.findChild(QLabel, "trainGuessHint")
    assert hint is not None and hint.text().startswith("Start training"), "the page knows the digit on the pad"


def test_light_and_dark(window: MainWindow, qtbot: QtBot) -> None:
    theme = current_theme()
    assert theme is not None
    for scheme, colours in ((Qt.ColorScheme.Dark, DARK), (Qt.ColorScheme.Light, LIGHT)):
        theme.choose(scheme)
        qtbot.wait(30)
        assert current_colours() is colours
        corner = window.grab().toImage().pixelColor(4, window.height() // 2)
        assert corner.name() == colours.window


def test_the_chosen_scheme_comes_back(new_window: Callable[[], MainWindow]) -> None:
    first = new_window()
    [dark] = [action for action in first.findChildren(QAction) if action.text() == "&Dark"]
    try:
        dark.trigger()
        assert current_colours() is DARK
        first.close()
        use_scheme("system")
        new_window()
        assert current_colours() is DARK
    finally:
        use_scheme("system")


def test_a_model_that_is_gone_is_replaced_by_the_shipped_one_with_a_sentence(
    new_window: Callable[[], MainWindow],
) -> None:
    app_paths().settings.parent.mkdir(parents=True)
    app_paths().settings.write_text(json.dumps({"model": "lost"}))
    window = new_window()
    assert window.model.bundle is not None
    assert window.model.bundle.is_shipped
    text = window.notice.text.text()
    assert "There is no model “lost”" in text
    assert text.endswith("DigitPad uses its own model instead.")


def test_a_data_folder_that_cannot_be_written_does_not_stop_drawing(
    new_window: Callable[[], MainWindow], isolated_folders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (isolated_folders / "file").write_text("in the way")
    monkeypatch.setenv("DIGITPAD_DATA_DIR", str(isolated_folders / "file"))
    window = new_window()
    assert window.notice.isVisible()
    assert window.notice.text.text().startswith("Cannot keep settings and models in ")
    drag(window.draw_tab.canvas, SEVEN)
    window.recovery.save()
    window.recognition.answer_now()
    assert window.recognition.recognition.digit == 7


def test_the_training_page_is_made_without_a_window_of_its_own(window: MainWindow, qtbot: QtBot) -> None:
    """It would flash, and take the keyboard from the pad."""
    window.activateWindow()
    qtbot.waitActive(window)
    shown = set(QApplication.topLevelWidgets())
    window.train_tab  # noqa: B018 - makes it
    QApplication.processEvents()
    assert window.isActiveWindow()
    assert {each for each in QApplication.topLevelWidgets() if each.isVisible()} <= shown
