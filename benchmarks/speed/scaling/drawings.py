"""How the pad's work grows with the points of a drawing: answering, painting one more point, saving and reading.

All of it happens on the window's thread, so what is measured is the processor time of that thread.
"""

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count

import numpy as np
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from benchmarks.speed.scaling.growth import FLAT, LINEAR, Growth, cell, describe_growth
from benchmarks.timing import RUNS, Spread
from core.digits.normalize import normalize_drawing
from core.ink.drawing import Drawing, Stroke
from core.ink.inkml import read_inkml, write_inkml
from core.recognition.recognizer import Recognizer
from gui.pad.canvas import Canvas
from gui.pad.document import PadDocument
from gui.system.destroying import destroy

SIZES = (10, 100, 1000, 10_000)
PAD = 600.0
"""Side of the pad, in pixels."""
_STROKES = 5
_MORE_POINTS = 50
_LEAST_SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class DrawingCost:
    """What a drawing of so many `points` takes, in seconds, several times each.

    Attributes
    ----------
    answer
        To normalise and recognise it.
    point
        To put one more point on the pad by a mouse event, and to paint it.
    save, read
        To write it as InkML and to read that.
    """

    points: int
    answer: Spread
    point: Spread
    save: Spread
    read: Spread


def scrawl(points: int) -> Drawing:
    """A drawing of so many points, at least 10, in five strokes that wind over the whole pad."""
    along = np.linspace(0, 2 * math.pi, points)
    x = PAD * (0.5 + 0.4 * np.sin(3 * along) * np.cos(0.7 * along))
    y = PAD * (0.5 + 0.4 * np.cos(2 * along))
    line = np.stack([x, y], axis=1).astype(np.float32)
    return Drawing(tuple(Stroke(part) for part in np.array_split(line, _STROKES)), PAD)


def measure_drawing(points: int, recognizer: Recognizer, runs: int = RUNS) -> DrawingCost:
    """Measure a drawing of so many points. Needs a `QApplication`."""
    drawing = scrawl(points)
    content = write_inkml(drawing)
    return DrawingCost(
        points,
        answer=_repeat(lambda: _answer(drawing, recognizer), runs),
        point=_time_points(points, runs),
        save=_repeat(lambda: write_inkml(drawing), runs),
        read=_repeat(lambda: read_inkml(content), runs),
    )


def report(costs: Sequence[DrawingCost]) -> str:
    """The table, and how each cost grows."""
    heads = ("normalise and recognise", "one more point", "save", "read")
    lines = [f"{'points':>10}" + "".join(f"{head:>28}" for head in heads)]
    for cost in costs:
        times = (cost.answer, cost.point, cost.save, cost.read)
        lines.append(f"{cost.points:>10,}" + "".join(cell(one, 1e3, "ms") for one in times))
    sizes = [cost.points for cost in costs]
    for what, values, most in (
        ("normalising and recognising", [cost.answer.median for cost in costs], LINEAR),
        ("painting one more point", [cost.point.median for cost in costs], FLAT),
        ("saving", [cost.save.median for cost in costs], LINEAR),
        ("reading", [cost.read.median for cost in costs], LINEAR),
    ):
        lines.append(describe_growth(Growth(what, sizes, values), most))
    return "\n".join(lines)


def _answer(drawing: Drawing, recognizer: Recognizer) -> None:
    digit = normalize_drawing(drawing)
    recognizer.recognize(digit.image if digit else None)


def _repeat(work: Callable[[], object], runs: int) -> Spread:
    """Seconds of one `work`, each from as many as take long enough to be timed."""
    work()
    times = []
    for _ in range(runs):
        began, done = time.thread_time(), 0
        while (elapsed := time.thread_time() - began) < _LEAST_SECONDS:
            work()
            done += 1
        times.append(elapsed / done)
    return Spread(tuple(times))


def _time_points(points: int, runs: int) -> Spread:
    """Seconds of a mouse event and its painting, on a canvas on which a stroke of so many points is under way."""
    document = PadDocument()
    canvas = Canvas(document)
    canvas.resize(int(PAD), int(PAD))
    canvas.show()
    numbers = count()
    _mouse(canvas, QEvent.Type.MouseButtonPress, next(numbers))
    for _ in range(points - 1):
        _mouse(canvas, QEvent.Type.MouseMove, next(numbers))
    QApplication.processEvents()
    times = []
    for _ in range(runs):
        began = time.thread_time()
        for _ in range(_MORE_POINTS):
            _mouse(canvas, QEvent.Type.MouseMove, next(numbers))
            QApplication.processEvents()  # paints what is dirty
        times.append((time.thread_time() - began) / _MORE_POINTS)
    _mouse(canvas, QEvent.Type.MouseButtonRelease, next(numbers))
    canvas.close()
    destroy(canvas, document)
    return Spread(tuple(times))


def _mouse(canvas: Canvas, kind: QEvent.Type, number: int) -> None:
    """The mouse goes round and round, five pixels each time."""
    angle = number * 5 / (0.4 * PAD)
    place = QPointF(PAD * (0.5 + 0.4 * math.cos(angle)), PAD * (0.5 + 0.4 * math.sin(angle)))
    button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else Qt.MouseButton.LeftButton
    event = QMouseEvent(
        kind, place, canvas.mapToGlobal(place), button, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(canvas, event)
