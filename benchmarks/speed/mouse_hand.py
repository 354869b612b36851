"""A hand that draws in the real window with real mouse events, at the speed of a hand."""

from itertools import pairwise
from time import perf_counter

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent

from core.ink.drawing import Drawing
from gui.main_window import MainWindow
from gui.pad.document import PAD_SIDE

MOVE_MS = 8
"""Between two movements: a mouse at 125 Hz."""
PAUSE_MOVES = 6
"""A hand between two strokes, in movements."""
EARLY_SECONDS = 0.001
"""A timer may be early by so much."""

Step = tuple[QEvent.Type | None, QPoint]
"""A mouse event and where it happens in the window; None: nothing."""

PRESS, MOVE, RELEASE = QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.MouseButtonRelease


class MouseHand(QObject):
    """Draws one drawing on a clear pad.

    The events are posted to the window's own queue, as a mouse's are, once their time has come. Where the window was
    busy then, the movement still counts from that time on.

    Signals
    -------
    moved
        `(points, time)`: the pen was moved at `time` (of `perf_counter`), which will make it so many points on the pad.
    done
        All is drawn, and the window has seen it.
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
            QCoreApplication.postEvent(self, QEvent(QEvent.Type.User))  # behind the hand's own events

    def _make_step(self, time: float) -> None:
        kind, place = self._steps.pop(0)
        if kind is None:
            return
        if kind != RELEASE:
            self._points += 1
        if kind == MOVE:
            self.moved.emit(self._points, time)
        post_mouse(self._window, kind, place)

    def _path(self, drawing: Drawing) -> list[Step]:
        steps: list[Step] = []
        for stroke in drawing.strokes:
            places = [pixel(self._window, float(x), float(y)) for x, y in stroke.points]
            moves = [place for before, place in pairwise(places) if place != before]
            steps.append((PRESS, places[0]))
            steps += [(MOVE, place) for place in moves]
            steps.append((RELEASE, places[-1]))
            steps += [(None, places[-1])] * PAUSE_MOVES
        return steps

    def customEvent(self, event: QEvent) -> None:
        self.done.emit()


def pixel(window: MainWindow, x: float, y: float) -> QPoint:
    """Where the point (x, y) of the pad is in the window, in pixels."""
    canvas = window.draw_tab.canvas
    scale = canvas.width() / PAD_SIDE
    return canvas.mapTo(window, QPoint(round(x * scale), round(y * scale)))


def post_mouse(window: MainWindow, kind: QEvent.Type, place: QPoint) -> None:
    """Put an event of the left mouse button at `place` into the queue of the window on the screen."""
    none, left = Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton
    button = none if kind == MOVE else left
    buttons = none if kind == RELEASE else left
    where, anywhere = QPointF(place), QPointF(window.mapToGlobal(place))
    event = QMouseEvent(kind, where, where, anywhere, button, buttons, Qt.KeyboardModifier.NoModifier)
    event.setTimestamp(round(perf_counter() * 1000))
    QCoreApplication.postEvent(window.windowHandle(), event)
