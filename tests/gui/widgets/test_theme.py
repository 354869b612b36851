"""Light and dark: what has the keyboard's focus is seen to have it."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPushButton,
    QSlider,
    QSpinBox,
    QTableWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from gui.widgets.theme import current_theme


def _tabs() -> QWidget:
    tabs = QTabWidget()
    tabs.addTab(QWidget(), "Draw")
    tabs.addTab(QWidget(), "Train")
    return tabs


def _checked() -> QCheckBox:
    box = QCheckBox("checked")
    box.setChecked(True)
    return box


def _primary() -> QPushButton:
    button = QPushButton("primary")
    button.setProperty("primary", True)
    return button


def _table() -> QTableWidget:
    table = QTableWidget(2, 2)
    table.selectRow(0)
    return table


KINDS: dict[str, Callable[[], QWidget]] = {
    "button": lambda: QPushButton("plain"),
    "primary button": _primary,
    "check box": lambda: QCheckBox("unchecked"),
    "checked box": _checked,
    "combo box": QComboBox,
    "line edit": QLineEdit,
    "spin box": QSpinBox,
    "slider": lambda: QSlider(Qt.Orientation.Horizontal),
    "table": _table,
    "tabs": _tabs,
}


@pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)
def test_the_list_of_a_combo_box_has_one_frame(qtbot: QtBot) -> None:
    box = QComboBox()
    qtbot.addWidget(box)
    box.addItems(["One", "Two", "Three"])
    box.show()
    box.showPopup()
    around = box.view().parentWidget()
    qtbot.waitUntil(around.isVisible)
    assert box.view().geometry() == around.rect()
    assert around.frameWidth() == 0
    box.hidePopup()


@pytest.mark.parametrize("scheme", [Qt.ColorScheme.Light, Qt.ColorScheme.Dark])
@pytest.mark.parametrize("kind", KINDS)
def test_focus_is_seen(qtbot: QtBot, kind: str, scheme: Qt.ColorScheme) -> None:
    theme = current_theme()
    assert theme is not None
    window = QWidget()
    qtbot.addWidget(window)
    watched, other = KINDS[kind](), QPushButton("other")
    layout = QVBoxLayout(window)
    layout.addWidget(watched)
    layout.addWidget(other)
    window.show()
    window.activateWindow()
    qtbot.waitActive(window)
    theme.choose(scheme)
    try:
        other.setFocus()
        qtbot.waitUntil(other.hasFocus)
        without = watched.grab().toImage()
        focused = watched.tabBar() if isinstance(watched, QTabWidget) else watched
        focused.setFocus()
        qtbot.waitUntil(focused.hasFocus)
        with_focus = watched.grab().toImage()
    finally:
        theme.choose(Qt.ColorScheme.Unknown)
    assert with_focus.size() == without.size()
    changed = sum(
        with_focus.pixel(x, y) != without.pixel(x, y) for x in range(without.width()) for y in range(without.height())
    )
    assert changed >= 20  # a cursor in a text alone is less
