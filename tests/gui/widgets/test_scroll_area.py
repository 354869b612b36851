"""What scrolls: the focus is never out of sight, and the wheel changes no value."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QSlider, QSpinBox, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gui.widgets.scroll_area import ScrollArea

FIELDS = 40


class Form(QWidget):
    """A button, and beneath it far more fields than have room."""

    def __init__(self, kind: Callable[[], QWidget], around: Callable[[QWidget], QWidget] = lambda area: area) -> None:
        super().__init__()
        self.button = QPushButton("Above")
        self.fields = [kind() for _ in range(FIELDS)]
        content = QWidget()
        column = QVBoxLayout(content)
        for field in self.fields:
            column.addWidget(field)
        self.area = ScrollArea()
        self.area.setWidget(content)
        layout = QVBoxLayout(self)
        layout.addWidget(self.button)
        layout.addWidget(around(self.area))
        self.resize(300, 260)


def shown(qtbot: QtBot, form: Form) -> Form:
    qtbot.addWidget(form)
    form.show()
    form.activateWindow()
    qtbot.waitUntil(form.isActiveWindow)
    return form


def is_whole(widget: QWidget) -> bool:
    return widget.visibleRegion().boundingRect() == widget.rect()


def in_another(area: QWidget) -> QWidget:
    """`area`, 900 pixels high, in another scroll area."""
    area.setMinimumHeight(900)
    content = QWidget()
    QVBoxLayout(content).addWidget(area)
    outer = ScrollArea()
    outer.setWidget(content)
    return outer


def in_nothing(area: QWidget) -> QWidget:
    return area


@pytest.mark.parametrize("around", [in_nothing, in_another])
@pytest.mark.parametrize("kind", [QSpinBox, QLineEdit, QPushButton])
def test_what_gets_the_focus_is_seen(
    qtbot: QtBot, kind: Callable[[], QWidget], around: Callable[[QWidget], QWidget]
) -> None:
    """Also when it comes from outside: by Tab, backwards, by a shortcut or by code."""
    form = shown(qtbot, Form(kind, around))
    form.button.setFocus()
    assert not is_whole(form.fields[-1])
    QTest.keyClick(form.button, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert form.fields[-1].hasFocus()
    qtbot.waitUntil(lambda: is_whole(form.fields[-1]))
    form.button.setFocus()
    QTest.keyClick(form.button, Qt.Key.Key_Tab)
    assert form.fields[0].hasFocus()
    qtbot.waitUntil(lambda: is_whole(form.fields[0]))
    form.fields[20].setFocus()
    qtbot.waitUntil(lambda: is_whole(form.fields[20]))


def turn_wheel(widget: QWidget, notches: int = -1) -> None:
    """Towards the user, over `widget`, as the system sends it."""
    window = widget.window()
    QTest.wheelEvent(window.windowHandle(), QPointF(widget.mapTo(window, QPoint(5, 5))), QPoint(0, 120 * notches))


def combo_box() -> QComboBox:
    box = QComboBox()
    box.addItems(["one", "two", "three"])
    return box


@pytest.mark.parametrize(
    ("kind", "value", "set_value"),
    [
        (QSpinBox, QSpinBox.value, QSpinBox.setValue),
        (combo_box, QComboBox.currentIndex, QComboBox.setCurrentIndex),
        (QSlider, QSlider.value, QSlider.setValue),
    ],
)
def test_the_wheel_over_a_field_scrolls_and_changes_nothing(
    qtbot: QtBot, kind: Callable[[], Any], value: Callable[[Any], int], set_value: Callable[[Any, int], None]
) -> None:
    """Whether it has the focus or not."""
    form = shown(qtbot, Form(kind))
    field, bar = form.fields[1], form.area.verticalScrollBar()
    set_value(field, 1)
    for focused in (form.button, field):
        focused.setFocus()
        bar.setValue(0)
        turn_wheel(field)
        qtbot.waitUntil(lambda: bar.value() > 0)
        assert value(field) == 1


def test_what_was_shown_stays_in_sight_until_somebody_scrolls(qtbot: QtBot) -> None:
    form = shown(qtbot, Form(QSpinBox))
    last, bar = form.fields[-1], form.area.verticalScrollBar()
    form.area.reveal(last)
    form.fields[0].setMinimumHeight(300)
    form.resize(300, 200)
    qtbot.waitUntil(lambda: bar.maximum() > 1500 and is_whole(last))
    turn_wheel(form.fields[-2], notches=3)
    qtbot.waitUntil(lambda: not is_whole(last))
    before = bar.value()
    form.fields[-1].setMinimumHeight(300)
    qtbot.waitUntil(lambda: last.height() == 300)
    assert bar.value() == before


def test_where_nothing_scrolls_the_wheel_changes_a_field(qtbot: QtBot) -> None:
    area, field = ScrollArea(), QSlider(Qt.Orientation.Horizontal)
    area.setWidget(field)
    qtbot.addWidget(area)
    area.resize(300, 200)
    area.show()
    field.setValue(50)
    turn_wheel(field)
    qtbot.waitUntil(lambda: field.value() != 50)
