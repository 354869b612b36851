"""Run the ordinary app and draw on it as soon as its window has been painted; `benchmarks.speed.start` measures that.

    python -m benchmarks.speed.first_stroke REPORT BEGAN

BEGAN is what `time.monotonic` said when this process was started. REPORT becomes a JSON object with the seconds since
then of each thing that happened, what was recognised, the peak of memory, and the modules and files that took part.
"""

import json
import os
import sys
import time
from typing import Any

from benchmarks.process_memory import peak_bytes

FILES: list[str] = []
HAPPENED: list[tuple[str, float]] = []

WRITING = os.O_WRONLY | os.O_RDWR
TOP_LEFT, TOP_RIGHT, BOTTOM = (0.3, 0.25), (0.7, 0.25), (0.45, 0.8)
POINTS_OF_A_LINE = 20


def main(argv: list[str]) -> int:
    report, began = argv
    sys.addaudithook(_note_file)
    _note("Python")
    import main as digitpad

    _watch_window(report, float(began))
    return digitpad.main([])


def _note(what: str) -> None:
    HAPPENED.append((what, time.monotonic()))


def _note_file(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "open" and isinstance(arguments[0], str) and not (arguments[2] or 0) & WRITING:
        FILES.append(arguments[0])


def _watch_window(report: str, began: float) -> None:
    """Put a hand that draws into the window before it is shown. Imports what main imports, in the same order."""
    import gc

    gc.disable()
    from gui.system.plain_imports import restore_plain_imports

    restore_plain_imports()
    from gui import app

    _note("imports")
    make_application, make_window = app.make_application, app.make_window

    def watched_application() -> Any:
        application = make_application()
        _note("application")
        return application

    def watched_window(paths: Any, crash: Any = None) -> Any:
        window = make_window(paths, crash)
        _note("window made")
        _draw_when_painted(window, lambda: _write(report, began, window.draw_tab.result.digit.text()))
        return window

    app.make_application, app.make_window = watched_application, watched_window


def _draw_when_painted(window: Any, report: Any) -> None:
    from PySide6.QtCore import QEvent, QObject, QTimer

    class Watch(QObject):
        """Draws once the canvas is painted, and ends once the answer to the whole stroke is."""

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                watched.removeEventFilter(self)
                QTimer.singleShot(0, self.draw)
            return False

        def draw(self) -> None:
            _note("window shown")
            draw_seven(window)

        def take_answer(self, digit: object) -> None:
            if digit is not None and not window.document.is_drawing:
                window.recognition.answered.disconnect(self.take_answer)
                QTimer.singleShot(0, self.end)  # after the paint events of what the answer has changed, if anything

        def end(self) -> None:
            _note("stroke recognised")
            report()
            window.close()

    watch = Watch(window)
    window.draw_tab.canvas.installEventFilter(watch)
    window.recognition.answered.connect(watch.take_answer)


def draw_seven(window: Any) -> None:
    """Draw a 7 in one stroke, by mouse events that go through Qt's own queue to the window on the screen."""
    from PySide6.QtCore import QPoint, Qt
    from PySide6.QtTest import QTest

    canvas, target, left = window.draw_tab.canvas, window.windowHandle(), Qt.MouseButton.LeftButton
    places = [
        canvas.mapTo(window, QPoint(round(x * canvas.width()), round(y * canvas.height())))
        for start, end in ((TOP_LEFT, TOP_RIGHT), (TOP_RIGHT, BOTTOM))
        for x, y in _line(start, end)
    ]
    QTest.mousePress(target, left, Qt.KeyboardModifier.NoModifier, places[0])
    for place in places[1:]:
        QTest.mouseMove(target, place)
    QTest.mouseRelease(target, left, Qt.KeyboardModifier.NoModifier, places[-1])


def _line(start: tuple[float, float], end: tuple[float, float]) -> list[tuple[float, float]]:
    shares = [index / POINTS_OF_A_LINE for index in range(POINTS_OF_A_LINE + 1)]
    return [(start[0] + (end[0] - start[0]) * s, start[1] + (end[1] - start[1]) * s) for s in shares]


def _write(report: str, began: float, digit: str) -> None:
    record = {
        "digit": digit,
        "seconds": {what: when - began for what, when in HAPPENED},
        "peak_bytes": peak_bytes(),
        "modules": sorted(sys.modules),
        "files": sorted(set(FILES)),
    }
    with open(report, "w", encoding="utf-8") as file:  # noqa: PTH123 - pathlib is one more thing to import
        json.dump(record, file)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
