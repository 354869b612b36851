"""What a screen reader calls the controls, and which letters reach them with Alt."""

from collections import Counter
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QComboBox, QLabel, QLineEdit, QTabBar, QWidget

from core.training.presets import PRESETS
from gui.main_window import MainWindow

TABS = ("Draw", "Inside", "My digits", "Train", "Test")


@pytest.fixture(params=TABS)
def page(window: MainWindow, request: pytest.FixtureRequest) -> MainWindow:
    """The window, each of its pages in turn."""
    window.tabs.setCurrentIndex(TABS.index(request.param))
    return window


def texts_with_letters(window: QWidget) -> Iterator[str]:
    """All that may hold a letter for Alt and can be seen now; a label only where it stands for a field."""
    for widget in window.findChildren(QWidget):
        if not widget.isVisible():
            continue
        if isinstance(widget, QAbstractButton) or (isinstance(widget, QLabel) and widget.buddy()):
            yield widget.text()
        elif isinstance(widget, QTabBar):
            yield from map(widget.tabText, range(widget.count()))


def test_each_letter_reaches_one_thing(page: MainWindow) -> None:
    menus = [action.text() for action in page.menuBar().actions()]
    letters = [QKeySequence.mnemonic(text).toString() for text in (*menus, *texts_with_letters(page))]
    counts = Counter(filter(None, letters))
    assert counts["Alt+F"] == 1
    assert [letter for letter, count in counts.items() if count > 1] == []


def test_each_control_has_a_name_that_is_not_its_value(page: MainWindow) -> None:
    kinds = page.train_tab.form.data.kind
    for choice in range(kinds.count()):
        kinds.setCurrentIndex(choice)
        controls = [control for control in page.findChildren(QWidget) if is_control(control)]
        assert [describe(control) for control in controls if not is_named(control)] == []


def test_a_menu_of_choices_tells_name_choice_and_list(window: MainWindow) -> None:
    window.tabs.setCurrentWidget(window.train_tab)
    box = window.train_tab.form.preset
    spoken = QAccessible.queryAccessibleInterface(box)
    text = QAccessible.Text
    assert spoken.role() == QAccessible.Role.ComboBox
    assert [spoken.text(kind) for kind in (text.Name, text.Value)] == ["Network", PRESETS["digitpad"].title]
    assert spoken.child(0).childCount() == len(PRESETS)


def is_control(widget: QWidget) -> bool:
    """Whether the keyboard's focus may be on it; what is inside a spin box or a list is one with that."""
    is_inner = isinstance(widget.parent(), QAbstractSpinBox | QComboBox)
    return widget.isVisible() and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and not is_inner


def is_named(widget: QWidget) -> bool:
    name = QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
    return bool(name) and name not in values(widget)


def values(widget: QWidget) -> set[str]:
    if isinstance(widget, QComboBox):
        return {widget.currentText()}
    return {widget.text()} if isinstance(widget, QAbstractSpinBox | QLineEdit) else set()


def describe(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.objectName()}"
