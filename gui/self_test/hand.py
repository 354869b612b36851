"""Hands that draw in the real window with real mouse events: as fast as the window takes them, or like a person."""

from collections.abc import Callable, Iterable
from itertools import pairwise
from time import perf_counter

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest

from core.ink.drawing import Drawing
from gui.main_window import MainWindow
from gui.pad.canvas import Canvas
from gui.pad.document import PAD_SIDE
from gui.self_test.waiting import wait

MOVE_MS = 8
"""Between two movements of a person: a mouse at 125 Hz."""
FAST_MOVE_MS = 1
PAUSE_MOVES = 6
"""Between two strokes of a person, in movements."""
EARLY_SECONDS = 0.001
"""How much too early a timer may fire."""

Step = tuple[QEvent.Type | None, QPoint]
"""A mouse event and its position in the window; None: a pause."""

PRESS, MOVE, RELEASE = QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.MouseButtonRelease
LEFT, NO_KEYS = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def drag(
    canvas: Canvas,
    points: Iterable[tuple[float, float]],
    *,
    button: Qt.MouseButton = LEFT,
    move_ms: int = FAST_MOVE_MS,
    after_move: Callable[[], object] | None = None,
) -> None:
    """Press, move through `points` of the pad, and release: with the left button that draws.

    Parameters
    ----------
    points
        In pad units, 0 to `PAD_SIDE`.
    move_ms
        How long the event loop runs after each movement.
    after_move
        Called after that.
    """
    first, *others = [at(canvas, x, y) for x, y in points]
    last = first
    QTest.mousePress(canvas, button, NO_KEYS, first)
    for last in others:
        QTest.mouseMove(canvas, last)
        wait(move_ms)
        if after_move is not None:
            after_move()
    QTest.mouseRelease(canvas, button, NO_KEYS, last)


def at(canvas: Canvas, x: float, y: float) -> QPoint:
    """The point (x, y) of the pad in pixels of `canvas`."""
    scale = canvas.width() / PAD_SIDE
    return QPoint(round(x * scale), round(y * scale))


class MouseHand(QObject):
    """Draws one drawing on a clear pad, at a person's speed.

    The events are posted to the window's own queue, as a mouse's are, when they are due. If the window was busy then, a
    movement still counts from the time it was due.

    Signals
    -------
    moved
        `(points, time)`: the pen moved at `time` (of `perf_counter`), which brings the pad to this many points.
    done
        The whole drawing is drawn, and the window has processed it.
    """

    moved = Signal(int, float)
    done = Signal()

    def __init__(self, window: MainWindow, drawing: Drawing, move_ms: int = MOVE_MS) -> None:
        super().__init__(window)
        self._window = window
        self._steps = self._path(drawing)
        self._points = 0
        self._move_seconds = move_ms / 1000
        self._due_at = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(move_ms)
        self._timer.timeout.connect(self._act)

    def begin(self) -> None:
        """Clear the pad and start drawing; the window's event loop does the rest."""
        self._window.document.clear()
        self._window.recognition.answer_now()
        self._due_at = perf_counter() + self._move_seconds
        self._timer.start()

    def _act(self) -> None:
        """Make every movement that is due: a mouse does not wait for a busy window."""
        now = perf_counter()
        while self._steps and self._due_at <= now + EARLY_SECONDS:
            self._make_step(min(now, self._due_at))
            self._due_at += self._move_seconds
        if not self._steps:
            self._timer.stop()
            QCoreApplication.postEvent(self, QEvent(QEvent.Type.User))  # comes after the mouse events

    def _make_step(self, time: float) -> None:
        kind, position = self._steps.pop(0)
        if kind is None:
            return
        if kind != RELEASE:
            self._points += 1
        if kind == MOVE:
            self.moved.emit(self._points, time)
        post_mouse(self._window, kind, position)

    def _path(self, drawing: Drawing) -> list[Step]:
        steps: list[Step] = []
        for stroke in drawing.strokes:
            positions = [pixel(self._window, float(x), float(y)) for x, y in stroke.points]
            moves = [position for before, position in pairwise(positions) if position != before]
            steps.append((PRESS, positions[0]))
            steps += [(MOVE, position) for position in moves]
            steps.append((RELEASE, positions[-1]))
            steps += [(None, positions[-1])] * PAUSE_MOVES
        return steps

    def customEvent(self, event: QEvent) -> None:
        self.done.emit()


def pixel(window: MainWindow, x: float, y: float) -> QPoint:
    """The point (x, y) of the pad in pixels of `window`."""
    canvas = window.draw_tab.canvas
    return canvas.mapTo(window, at(canvas, x, y))


def post_mouse(window: MainWindow, kind: QEvent.Type, position: QPoint) -> None:
    """Put an event of the left mouse button at `position` into the queue of the shown `window`."""
    none = Qt.MouseButton.NoButton
    button = none if kind == MOVE else LEFT
    buttons = none if kind == RELEASE else LEFT
    where, anywhere = QPointF(position), QPointF(window.mapToGlobal(position))
    event = QMouseEvent(kind, where, where, anywhere, button, buttons, NO_KEYS)
    event.setTimestamp(round(perf_counter() * 1000))
    QCoreApplication.postEvent(window.windowHandle(), event)
