"""Use the real window as a person would: mouse events, and what is written on the widgets."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QWidget

from core.ink.drawing import Drawing
from gui.main_window import MainWindow
from gui.self_test.hand import drag
from gui.self_test.waiting import wait, wait_until
from gui.widgets.theme import current_theme

LARGE, SMALL = (1280, 840), (1024, 700)
PATIENCE_MS = 240_000
CHECK_MS = 10
MOVE_MS = 2
SETTLE_MS, RESIZE_MS = 40, 60

Widget = TypeVar("Widget", bound=QWidget)


class StepFailed(Exception):
    """Something did not work; the text says what."""


def require(condition: bool, otherwise: str) -> None:
    """Raise StepFailed unless `condition` holds."""
    if not condition:
        raise StepFailed(otherwise)


class WindowDriver:
    """Drives one window. Every method raises StepFailed when it cannot do what it should."""

    def __init__(self, window: MainWindow, screenshots: Path | None) -> None:
        """`screenshots` is the folder for pictures; None for no pictures."""
        self.window = window
        self.screenshots = screenshots

    # --- act ----------------------------------------------------------------------------------------------

    def draw(self, drawing: Drawing, after_move: Callable[[], object] | None = None) -> None:
        """Draw with the left button, and wait for the answer."""
        for stroke in drawing.strokes:
            drag(self.window.draw_tab.canvas, stroke.points.tolist(), move_ms=MOVE_MS, after_move=after_move)
        self.settle()

    def erase(self, x: float, y: float) -> None:
        """Click on a point of the pad with the right button, which erases."""
        drag(self.window.draw_tab.canvas, [(x, y)], button=Qt.MouseButton.RightButton)

    def clear(self) -> None:
        self.window.document.clear()
        self.settle()

    def click(self, name: str, parent: QWidget | None = None) -> None:
        """Click on the widget of that name, in the window or in `parent`."""
        widget = self.find(QWidget, name, parent)
        require(widget.isEnabled(), f"{name} cannot be pressed")
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
        self.settle()

    def press(self, key: Qt.Key) -> None:
        """Press a key on the pad."""
        QTest.keyClick(self.window.draw_tab.canvas, key)
        self.settle()

    def choose(self, name: str, value: str) -> None:
        """Choose the entry that stands for `value` in the combo box of that name."""
        box = self.find(QComboBox, name)
        index = box.findData(value)
        require(index >= 0, f"{name} does not offer {value}")
        box.setCurrentIndex(index)

    # --- look ---------------------------------------------------------------------------------------------

    def text(self, name: str, parent: QWidget | None = None) -> str:
        """What the label of that name says."""
        return self.find(QLabel, name, parent).text()

    def find(self, kind: type[Widget], name: str, parent: QWidget | None = None) -> Widget:
        """The widget of that name in the window, or in `parent`."""
        found = (parent or self.window).findChild(kind, name)
        if found is None:
            raise StepFailed(f"the window has no {name}")
        return found

    def stroke_count(self) -> int:
        return len(self.window.document.content.strokes)

    def settle(self) -> None:
        """Wait until the answer for what is on the pad is shown."""
        wait(SETTLE_MS)
        self.window.recognition.answer_now()

    def until(self, condition: Callable[[], bool], otherwise: str) -> None:
        """Wait until `condition` holds; StepFailed says `otherwise` when that takes minutes."""
        try:
            wait_until(condition, otherwise, PATIENCE_MS, check_ms=CHECK_MS)
        except TimeoutError as error:
            raise StepFailed(otherwise) from error

    def take_pictures(self, page: str) -> list[str]:
        """Save the page in light and dark, large and small; return the names of the files."""
        theme = current_theme()
        if self.screenshots is None or theme is None:
            return []
        names = []
        for scheme in (Qt.ColorScheme.Dark, Qt.ColorScheme.Light):
            theme.choose(scheme)
            for size, name in ((SMALL, "small"), (LARGE, "large")):
                self.window.resize(*size)
                wait(RESIZE_MS)
                file = self.screenshots / f"{page}-{scheme.name.lower()}-{name}.png"
                require(self.window.grab().save(str(file)), f"{file} could not be saved")
                names.append(file.name)
        return names
