"""The window fits every screen: nothing is cut, whatever its size and the size of texts."""

import re
from collections.abc import Callable

import pytest
from PySide6.QtCore import QModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAction, QColor, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableView, QWidget
from pytestqt.qtbot import QtBot

from core.recognition.recognizer import Recognition, Verdict
from core.system.paths import app_paths
from gui.about.how_to import HowTo, menu_keys
from gui.app import make_window
from gui.main_window import MainWindow
from gui.self_test.hand import drag
from gui.system.destroying import destroy
from gui.system.window_geometry import FRAME, fitting_geometry, fitting_size
from gui.widgets.notice import Notice
from gui.widgets.pixel_view import paint_frame
from gui.widgets.plain_text import LINE
from gui.widgets.theme import use_text_scale
from tests.gui.conftest import SEVEN
from tests.gui.fitting import faults

SIZES = [(800, 560), (683, 344), (1366, 700), (1092, 560), (960, 500), (420, 640)]
DOUBTED = Recognition(3, tuple(0.9 if digit == 3 else 0.01 for digit in range(10)), Verdict.UNSURE)
LONG = "DigitPad quit unexpectedly last time; details are in /home/somebody/log. Your drawing is back on the pad."


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_drawing_page_fits(window: MainWindow, scale: float) -> None:
    drag(window.draw_tab.canvas, SEVEN)
    use_text_scale(scale)
    for width, height in SIZES:
        window.resize(width, height)
        assert faults(window, elided=("modelInUse", "trainingSign"), floating=(Notice,)) == [], (width, height)
        assert window.size() == QSize(width, height)
        window.draw_tab.result.show_answer(DOUBTED, DOUBTED)
        assert faults(window.draw_tab.result) == []
        pad, answer = window.draw_tab.canvas.size(), window.draw_tab.result.parentWidget().parentWidget().size()
        assert scale > 1 or pad.width() * pad.height() >= 0.7 * answer.width() * answer.height()


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_a_notice_is_read_whole(window: MainWindow, scale: float) -> None:
    use_text_scale(scale)
    for width, height in SIZES:
        window.resize(width, height)
        window.notice.show_problem(LONG)
        assert faults(window.notice) == []
        assert window.tabs.rect().contains(window.notice.geometry())
        bar = window.tabs.tabBar()
        tabs = [bar.tabRect(index).translated(bar.pos()) for index in range(bar.count())]
        assert not any(window.notice.geometry().intersects(tab) for tab in tabs)


def test_it_opens_no_larger_than_the_screen(new_window: Callable[[], MainWindow]) -> None:
    screen = QApplication.primaryScreen().availableGeometry()
    first = make_window(app_paths())
    assert screen.contains(QRect(screen.topLeft(), first.size().grownBy(FRAME)))
    first.resize(screen.width() + 300, screen.height() + 300)
    first.show()
    first.close()
    destroy(first)
    second = make_window(app_paths())
    assert screen.contains(second.geometry())
    destroy(second)


def test_what_fits_a_screen() -> None:
    small = QRect(0, 0, 683, 344)
    assert fitting_size(QSize(1180, 800), small) == QSize(667, 296)
    assert fitting_size(QSize(1180, 800), QRect(0, 0, 1920, 1040)) == QSize(1180, 800)
    assert fitting_geometry(QRect(900, 500, 1180, 800), QRect(100, 50, 1000, 700)) == QRect(100, 50, 1000, 700)
    assert fitting_geometry(QRect(900, 500, 400, 300), QRect(100, 50, 1000, 700)) == QRect(700, 450, 400, 300)


def test_full_screen_and_back_clears_nothing(window: MainWindow, qtbot: QtBot) -> None:
    drag(window.draw_tab.canvas, SEVEN)
    canvas = window.draw_tab.canvas
    for leave in (Qt.Key.Key_F11, Qt.Key.Key_Escape):
        QTest.keyClick(canvas, Qt.Key.Key_F11)
        qtbot.waitUntil(window.isFullScreen)
        QTest.keyClick(canvas, leave)
        qtbot.waitUntil(lambda: not window.isFullScreen())
        assert not window.document.is_blank


def test_a_window_closed_in_full_screen_comes_back_as_a_window(new_window: Callable[[], MainWindow]) -> None:
    first = new_window()
    first.turn_full_screen()
    first.close()
    assert not new_window().isFullScreen()


def test_f1_tells_every_key_of_the_menus(window: MainWindow, qtbot: QtBot) -> None:
    keys = dict(menu_keys(window.menuBar()))
    assert keys["Undo"] == "Ctrl+Z"
    assert keys["Larger text"] == "Ctrl++, Ctrl+="
    assert keys["How to use DigitPad"] == "F1"
    with_keys = [action for action in window.findChildren(QAction) if action.shortcuts() and action.text()]
    texts = {re.sub(r"^Keep as \d$", "Keep as 0 to 9", action.text().replace("&", "")) for action in with_keys}
    assert texts | {"Keep as answered"} == set(keys)  # which is no shortcut: buttons take Enter, too
    assert (keys["Keep as 0 to 9"], keys["Keep as no digit"], keys["Keep as answered"]) == ("0 to 9", "N", "Enter")
    QTest.keyClick(window, Qt.Key.Key_F1)
    qtbot.waitUntil(lambda: window.findChild(HowTo) is not None and window.findChild(HowTo).isVisible())
    help_window = window.findChild(HowTo)
    for scale in (1.0, 2.0):
        use_text_scale(scale)
        assert faults(help_window) == []
    help_window.close()


def test_the_focus_on_the_pad_is_seen_when_it_came_by_keyboard(window: MainWindow, qtbot: QtBot) -> None:
    canvas = window.draw_tab.canvas
    window.activateWindow()
    qtbot.waitActive(window)

    def edge() -> str:
        return canvas.grab().toImage().pixelColor(canvas.width() // 2, 0).name()

    plain = edge()
    canvas.setFocus(Qt.FocusReason.MouseFocusReason)
    assert edge() == plain
    QTest.keyClick(canvas, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert canvas.hasFocus()
    assert edge() != plain
    canvas.clearFocus()
    assert edge() == plain


def test_no_tool_tip_is_wider_than_a_small_screen(window: MainWindow) -> None:
    window.train_tab.show_models()
    window.show_about()
    tips = [widget.toolTip() for widget in window.findChildren(QWidget)]
    tips += [action.toolTip() for action in window.findChildren(QAction)]
    for table in window.findChildren(QTableView):
        model = table.model()
        for column in range(model.columnCount(QModelIndex())):
            tips.append(model.headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole) or "")
    lines = [line for tip in tips for line in tip.splitlines()]
    assert len(lines) > 30
    assert [line for line in lines if len(line) > LINE] == []


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
def test_a_frame_is_equally_thick_on_all_sides(ratio: float) -> None:
    image = QImage(QSize(101, 101), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    image.setDevicePixelRatio(ratio)
    painter = QPainter(image)
    painter.translate(QPoint(7, 7))  # like a widget in a window
    paint_frame(painter, QRect(0, 0, 33, 33), QColor("black"))
    painter.end()
    thick, across = int(ratio), round(20 * ratio)
    inked = {number for number in range(101) if image.pixelColor(number, across).name() == "#000000"}
    assert len(inked) == 2 * thick
    assert all(image.pixelColor(x, across) == image.pixelColor(across, x) for x in range(101))
    assert {image.pixelColor(x, across).name() for x in range(101)} == {"#000000", "#ffffff"}
