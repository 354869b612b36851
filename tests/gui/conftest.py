"""The real window on folders of its own, and hands to draw with."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.paths import app_paths
from gui.app import make_application, make_window
from gui.canvas import Canvas
from gui.main_window import MainWindow
from gui.pad_document import PAD_SIDE

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton

Points = list[tuple[float, float]]
"""In pad units, 0 to 1000."""

SEVEN: Points = [(300, 240), (500, 235), (700, 230), (620, 400), (560, 520), (510, 680), (480, 810)]
DASH: Points = [(430, 520), (560, 515), (660, 510)]


@pytest.fixture(scope="session")
def qapp() -> Iterator[object]:
    """The application with its theme, as `main` makes it, for pytest-qt to use."""
    yield make_application()


@pytest.fixture
def new_window(qtbot: QtBot, isolated_folders: Path) -> Iterator[Callable[[], MainWindow]]:
    """Makes windows on one and the same library and settings, and closes them after the test."""
    windows: list[MainWindow] = []

    def make() -> MainWindow:
        window = make_window(app_paths())
        window.resize(1100, 760)
        window.show()
        qtbot.waitUntil(window.isVisible)
        windows.append(window)
        return window

    yield make
    for window in windows:
        window.train_tab.stop_and_wait(30_000)
        window.close()
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def window(new_window: Callable[[], MainWindow]) -> MainWindow:
    """The window, shown, with a blank pad."""
    return new_window()


def drag(canvas: Canvas, points: Points, *, button: Qt.MouseButton = LEFT) -> None:
    """Draw (or erase) with the mouse through `points`."""
    first, *others = [at(canvas, x, y) for x, y in points]
    QTest.mousePress(canvas, button, Qt.KeyboardModifier.NoModifier, first)
    last = first
    for last in others:
        QTest.mouseMove(canvas, last)
        QTest.qWait(1)
    QTest.mouseRelease(canvas, button, Qt.KeyboardModifier.NoModifier, last)


def at(canvas: Canvas, x: float, y: float) -> QPoint:
    """A point of the pad in the canvas's pixels."""
    scale = canvas.width() / PAD_SIDE
    return QPoint(round(x * scale), round(y * scale))
