"""Samples to show: the test digits of MNIST, kept as if somebody had drawn them."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.pad.content import PictureInk
from core.samples.sample import NewSample
from gui.digits.digits_tab import DigitsTab
from gui.main_window import MainWindow

NONE = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton
NOON = 1_767_265_200.0
"""1 January 2026."""

Keep = Callable[..., list[int]]


@pytest.fixture
def keep(window: MainWindow, mnist: dict[str, Any]) -> Keep:
    """Keeps one sample for each of the given digits, an hour after each other, and gives their ids.

    `labels` are what they are kept as, by default what they are; `nth` which of MNIST's digits of that kind.
    """

    def keep_digits(
        digits: Sequence[int], *, labels: Sequence[int] | None = None, writer: str = "", nth: int = 0
    ) -> list[int]:
        ids = []
        for number, (digit, label) in enumerate(zip(digits, labels or digits, strict=True)):
            index = np.flatnonzero(mnist["y_test"] == digit)[nth + list(digits[:number]).count(digit)]
            image = mnist["x_test"][index]
            new = NewSample(label, PictureInk(image), image, writer=writer, kept_at=NOON + 3600 * number)
            sample = window.my_digits.keep(new)
            assert sample is not None
            ids.append(sample.id)
        return ids

    return keep_digits


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> DigitsTab:
    """The page, looked at, in the active window."""
    window.tabs.setCurrentWidget(window.digits_tab)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.digits_tab.view.setFocus()
    return window.digits_tab


def shown(page: DigitsTab) -> list[int]:
    """The ids of the samples in the grid."""
    return [page.samples.sample(row).id for row in range(page.samples.rowCount())]


def selected(page: DigitsTab) -> list[int]:
    return [sample.id for sample in page.view.selected()]


def labels(window: MainWindow) -> dict[int, int]:
    """The label of each sample in the store, by id."""
    return {sample.id: sample.label for sample in window.my_digits.store.samples()}


def place(page: DigitsTab, id_: int) -> QPoint:
    """Where a sample is in the grid, scrolled to."""
    [row] = page.samples.rows([id_])
    index = page.samples.index(row)
    page.view.scrollTo(index)
    return page.view.visualRect(index).center()


def click(page: DigitsTab, id_: int, keys: Qt.KeyboardModifier = NONE) -> None:
    QTest.mouseClick(page.view.viewport(), LEFT, keys, place(page, id_))
