"""One scale for all texts: larger, smaller, and as large as the system's own."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from gui.main_window import MainWindow
from gui.self_test.hand import drag
from gui.widgets.theme import current_theme, scale_of, set_text, use_text_scale
from tests.gui.conftest import SEVEN

CONTROL = Qt.KeyboardModifier.ControlModifier


def label(window: MainWindow, name: str) -> QLabel:
    found = window.findChild(QLabel, name)
    assert found is not None
    return found


def pixels(window: MainWindow) -> list[int]:
    """Text sizes of a label without one of its own, of labels with one, and of what the style sheet dresses."""
    parts = (label(window, "modelInUse"), label(window, "verdict"), label(window, "facts"), window.tabs.tabBar())
    fonts = [part.font() for part in parts]
    return [font.pixelSize() for font in (*fonts, QApplication.font())]


def test_keys_make_all_texts_larger_and_smaller_at_once(window: MainWindow, qtbot: QtBot) -> None:
    assert pixels(window) == [14, 22, 13, 14, 14]
    name = window.train_tab.form.name
    assert isinstance(name, QLineEdit)
    before = name.sizeHint().height(), label(window, "facts").height()
    for key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Plus):
        QTest.keyClick(window, key, CONTROL)
    assert pixels(window) == [21, 33, 20, 21, 21]
    facts = label(window, "facts")
    assert facts.height() >= 2 * facts.fontMetrics().lineSpacing()
    assert name.sizeHint().height() > before[0]
    QTest.keyClick(window, Qt.Key.Key_Minus, CONTROL)
    assert pixels(window)[0] == 18
    QTest.keyClick(window, Qt.Key.Key_0, CONTROL)
    assert pixels(window) == [14, 22, 13, 14, 14]
    assert (name.sizeHint().height(), facts.height()) == before


def test_there_is_a_largest_and_a_smallest_size(window: MainWindow) -> None:
    for _ in range(10):
        QTest.keyClick(window, Qt.Key.Key_Plus, CONTROL)
    assert pixels(window)[0] == 28
    for _ in range(10):
        QTest.keyClick(window, Qt.Key.Key_Minus, CONTROL)
    assert pixels(window)[0] == 13


def test_the_size_comes_back_and_follows_the_system_until_it_is_chosen(new_window: Callable[[], MainWindow]) -> None:
    first = new_window()
    first.scale_text(1.5)
    first.close()
    use_text_scale(0)
    assert pixels(new_window())[0] == 21


def test_the_system_s_own_size_is_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "win32")
    assert [scale_of(points) for points in (9, 9.9, 11.25, 13.5, 20.25)] == [1.0, 1.1, 1.25, 1.5, 2.0]
    monkeypatch.setattr("sys.platform", "linux")
    assert [scale_of(points) for points in (-1, 9, 10, 11, 12, 14, 22)] == [1.0, 1.0, 1.0, 1.0, 1.0, 1.25, 2.0]
    theme = current_theme()
    assert theme is not None
    assert theme.text_scale == theme.system_text_scale


def test_the_size_stays_when_colours_change_or_a_widget_moves(window: MainWindow, qtbot: QtBot) -> None:
    """Qt's style sheets put back the font that a widget had when it was first dressed."""
    use_text_scale(1.25)
    before = pixels(window)
    assert before[1] == 28
    drag(window.draw_tab.canvas, SEVEN)  # the verdict gets another colour
    window.recognition.answer_now()
    assert pixels(window) == before
    window.choose_scheme("dark")
    window.choose_scheme("system")
    assert pixels(window) == before
    place, other = QWidget(), QWidget()
    text = QLabel("moves", place)
    set_text(text, 13)
    for widget in (place, other):
        qtbot.addWidget(widget)
        widget.show()
    use_text_scale(1.5)
    text.setParent(other)
    text.show()
    assert text.font().pixelSize() == 20


def test_a_page_that_is_hidden_meanwhile_looks_as_before(window: MainWindow, qtbot: QtBot) -> None:
    page = window.train_tab
    window.tabs.setCurrentWidget(page)
    titles, pause = page.table.view.horizontalHeader().viewport(), page.run.buttons.pause
    qtbot.waitUntil(pause.isVisible)
    before = titles.font().pixelSize(), pause.width()
    window.tabs.setCurrentWidget(window.draw_tab)
    for scale in (2.0, 1.0):
        window.scale_text(scale)
        QApplication.processEvents()
    window.tabs.setCurrentWidget(page)
    qtbot.waitUntil(lambda: (titles.font().pixelSize(), pause.width()) == before)
