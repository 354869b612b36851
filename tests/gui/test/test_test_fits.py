"""The page of tests can be seen whole, or scrolled to, in small windows and with large texts."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QListView, QTableView, QWidget
from pytestqt.qtbot import QtBot

from gui.widgets.scroll_area import ScrollArea
from gui.widgets.theme import use_text_scale
from tests.gui.fitting import faults, tab_faults
from tests.gui.test.conftest import PATIENCE_MS, Page, press
from tests.gui.test_accessibility import describe, is_control, is_named
from tests.gui.test_fitting import ROOMS


@pytest.fixture
def damaged(tested: Page, qtbot: QtBot) -> Page:
    """All parts of the result have something to show."""
    tested.page.bar.setCurrentIndex(2)
    press(tested, "damageStart")
    qtbot.waitUntil(lambda: bool(tested.damages), timeout=2 * PATIENCE_MS)
    return tested


def test_the_page_fits(damaged: Page) -> None:
    page = damaged
    for scale, width, height in ROOMS:
        use_text_scale(scale)
        page.resize(width, height)
        for part in range(3):
            page.page.bar.setCurrentIndex(part)
            assert faults(page) == [], (scale, width, height, part)
            assert page.size() == QSize(width, height)
            scrolled = page.findChild(ScrollArea)  # below it, in sight all the time, is the bar with the buttons
            assert scrolled is not None
            assert tab_faults(scrolled, page.page.choice.model) == [], (scale, width, height, part)


def test_without_a_result_it_fits(page: Page) -> None:
    for scale, width, height in ROOMS:
        use_text_scale(scale)
        page.resize(width, height)
        for kind in range(page.page.choice.data.kind.count()):
            page.page.choice.data.kind.setCurrentIndex(kind)
            assert faults(page) == [], (scale, width, height, kind)
            assert page.size() == QSize(width, height)


def test_each_control_of_the_result_has_a_name(damaged: Page) -> None:
    for part in range(3):
        damaged.page.bar.setCurrentIndex(part)
        controls = [control for control in damaged.findChildren(QWidget) if is_control(control)]
        assert len(controls) > 4
        assert [describe(control) for control in controls if not is_named(control)] == []
        grids = [*damaged.findChildren(QTableView), *damaged.findChildren(QListView)]
        assert all(grid.accessibleName() for grid in grids if grid.isVisible())
