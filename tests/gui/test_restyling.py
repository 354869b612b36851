"""What a notice and a change of colours cost: each widget is styled once, and no more."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gui.main_window import MainWindow
from gui.self_test.hand import drag
from gui.widgets.theme import current_theme
from tests.gui.conftest import SEVEN

DRESSING = (QEvent.Type.StyleChange, QEvent.Type.PaletteChange)
MOST = 40
"""A widget is told of each of its ancestors, too, by the palette and by the style sheet."""

ENOUGH = 20_000
"""Events of a whole window, after which no more are needed to see that they never end."""


class Watch(QObject):
    """Counts what dresses a window and whatever is in it, for each of them apart."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.widgets = [window, *window.findChildren(QWidget)]
        self.seen: Counter[tuple[QObject, QEvent.Type]] = Counter()
        for widget in self.widgets:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in DRESSING:
            self.seen[watched, event.type()] += 1
            return self.seen.total() > ENOUGH  # keeps it from the widget: a loop ends here
        return False

    def names(self) -> set[str]:
        return {type(widget).__name__ for widget, _ in self.seen}

    def too_often(self) -> list[tuple[QObject, QEvent.Type]]:
        return [told for told, count in self.seen.items() if count > MOST]


@contextmanager
def watching(window: QWidget) -> Iterator[Watch]:
    watch = Watch(window)
    yield watch
    for widget in watch.widgets:
        widget.removeEventFilter(watch)


def let_pass(qapp: QApplication) -> None:
    """Everything that was posted, and what that posts in turn, up to a point where a loop would show."""
    for _ in range(50):
        qapp.processEvents()


@pytest.fixture
def scheme(qapp: QApplication) -> Iterator[Callable[[Qt.ColorScheme], None]]:
    theme = current_theme()
    assert theme is not None
    theme.choose(Qt.ColorScheme.Light)
    yield theme.choose
    theme.choose(Qt.ColorScheme.Unknown)


def test_a_second_notice_dresses_nothing(window: MainWindow, qapp: QApplication) -> None:
    _ = window.digits_tab, window.train_tab  # whatever could be dressed is there
    window.notice.show_problem("The clipboard holds no picture.")
    let_pass(qapp)
    with watching(window) as watch:
        window.notice.show_problem("The clipboard still holds no picture.")
        let_pass(qapp)
    assert not watch.seen


def test_another_kind_of_notice_dresses_only_itself(window: MainWindow, qapp: QApplication) -> None:
    window.notice.show_problem("The clipboard holds no picture.")
    let_pass(qapp)
    with watching(window) as watch:
        window.notice.show_information("The drawing was saved.")
        let_pass(qapp)
    assert watch.names() <= {"Notice"}
    assert not watch.too_often()


def test_other_colours_dress_each_widget_once(
    window: MainWindow, qapp: QApplication, qtbot: QtBot, scheme: Callable[[Qt.ColorScheme], None]
) -> None:
    drag(window.draw_tab.canvas, SEVEN)
    _ = window.digits_tab
    window.tabs.setCurrentWidget(window.train_tab)
    qtbot.waitUntil(lambda: window.train_tab.isVisible())
    window.notice.show_problem("The clipboard holds no picture.")
    let_pass(qapp)
    with watching(window) as watch:
        scheme(Qt.ColorScheme.Dark)
        at_once = watch.seen.total()
        let_pass(qapp)
    assert not watch.too_often()
    assert 0 < at_once == watch.seen.total(), "nothing dresses itself afterwards"
    with watching(window) as watch:
        scheme(Qt.ColorScheme.Dark)
        let_pass(qapp)
    assert not watch.seen, "nothing differs"


def test_the_words_have_the_colour_of_the_scheme(
    window: MainWindow, qapp: QApplication, scheme: Callable[[Qt.ColorScheme], None]
) -> None:
    verdict, notice = window.draw_tab.result.verdict, window.notice
    for chosen in (Qt.ColorScheme.Light, Qt.ColorScheme.Dark):
        scheme(chosen)
        theme = current_theme()
        assert theme is not None
        zigzag = [(100.0 + 8 * i, 100.0 if i % 2 else 900.0) for i in range(100)]
        drag(window.draw_tab.canvas, zigzag)
        window.recognition.answer_now()
        assert verdict.palette().windowText().color().name() == theme.colours.bad
        window.document.clear()
        window.recognition.answer_now()
        assert verdict.palette().windowText().color().name() == theme.colours.faint_text
        notice.show_problem("The clipboard holds no picture.")
        image = notice.grab().toImage()
        assert image.pixelColor(image.width() // 2, 0).name() == theme.colours.bad
        notice.show_information("The drawing was saved.")
        assert notice.grab().toImage().pixelColor(image.width() // 2, 0).name() == theme.colours.accent
        notice.hide()
