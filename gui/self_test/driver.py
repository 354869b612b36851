"""Hands and eyes on the real window: mouse events, and what is written on the widgets."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QWidget

from core.ink.drawing import Drawing
from gui.main_window import MainWindow
from gui.pad.document import PAD_SIDE
from gui.widgets.theme import current_theme

LARGE, SMALL = (1280, 840), (1024, 700)
PATIENCE_MS = 240_000

Widget = TypeVar("Widget", bound=QWidget)


class StepFailed(Exception):
    """Something did not work; the text says what."""


def require(condition: bool, otherwise: str) -> None:
    """Raise StepFailed unless `condition` holds."""
    if not condition:
        raise StepFailed(otherwise)


def wait(milliseconds: int) -> None:
    """Let the window live. `QTest.qWait` would keep all other Python threads from running meanwhile."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


class WindowDriver:
    """Uses the window as a person would. Everything raises StepFailed when it cannot be done."""

    def __init__(self, window: MainWindow, screenshots: Path | None) -> None:
        """`screenshots` is the folder for pictures; None for no pictures."""
        self.window = window
        self.screenshots = screenshots

    # --- hands --------------------------------------------------------------------------------------------

    def draw(self, drawing: Drawing, after_point: Callable[[], object] | None = None) -> None:
        """Draw with the left button, and wait for the answer."""
        for stroke in drawing.strokes:
            self.press_and_move([(x, y) for x, y in stroke.points], after_point=after_point)
        self.settle()

    def press_and_move(
        self,
        points: list[tuple[float, float]],
        *,
        button: Qt.MouseButton = Qt.MouseButton.LeftButton,
        after_point: Callable[[], object] | None = None,
    ) -> None:
        """Press, move through `points` of the pad, release."""
        canvas = self.window.draw_tab.canvas
        first, *others = [self._at(x, y) for x, y in points]
        last = first
        QTest.mousePress(canvas, button, Qt.KeyboardModifier.NoModifier, first)
        for last in others:
            QTest.mouseMove(canvas, last)
            wait(2)
            if after_point is not None:
                after_point()
        QTest.mouseRelease(canvas, button, Qt.KeyboardModifier.NoModifier, last)

    def _at(self, x: float, y: float) -> QPoint:
        """A point of the pad in the canvas's pixels."""
        scale = self.window.draw_tab.canvas.width() / PAD_SIDE
        return QPoint(round(x * scale), round(y * scale))

    def clear(self) -> None:
        self.window.document.clear()
        self.settle()

    def click(self, name: str, place: QWidget | None = None) -> None:
        """Click on the widget of that name, in the window or in `place`."""
        widget = self.find(QWidget, name, place)
        require(widget.isEnabled(), f"{name} cannot be pressed")
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
        self.settle()

    def choose(self, name: str, value: str) -> None:
        """Choose the entry that stands for `value` in the combo box of that name."""
        box = self.find(QComboBox, name)
        index = box.findData(value)
        require(index >= 0, f"{name} does not offer {value}")
        box.setCurrentIndex(index)

    # --- eyes ---------------------------------------------------------------------------------------------

    def text(self, name: str, place: QWidget | None = None) -> str:
        """What the label of that name says."""
        return self.find(QLabel, name, place).text()

    def find(self, kind: type[Widget], name: str, place: QWidget | None = None) -> Widget:
        """The widget of that name in the window, or in `place`."""
        found = (place or self.window).findChild(kind, name)
        if found is None:
            raise StepFailed(f"the window has no {name}")
        return found

    def stroke_count(self) -> int:
        return len(self.window.document.content.strokes)

    def settle(self) -> None:
        """Wait until the answer for what is on the pad is shown."""
        wait(40)
        self.window.recognition.answer_now()

    def until(self, condition: Callable[[], bool], otherwise: str) -> None:
        """Wait until `condition` holds; StepFailed says `otherwise` when that takes minutes."""
        deadline = QDeadlineTimer(PATIENCE_MS)
        while not condition():
            if deadline.hasExpired():
                raise StepFailed(otherwise)
            wait(10)

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
                wait(60)
                file = self.screenshots / f"{page}-{scheme.name.lower()}-{name}.png"
                require(self.window.grab().save(str(file)), f"{file} could not be saved")
                names.append(file.name)
        return names
