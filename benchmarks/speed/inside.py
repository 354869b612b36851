"""What the page Inside costs a movement, from the mouse to the painted answer: all panels open, or all closed.

A hand draws on the page's own pad, in turn with closed and with open panels. What the panels show is computed and
painted after the answer; a movement waits for it only where it falls into that time.
"""

import argparse
import sys
from collections.abc import Sequence
from functools import partial
from itertools import pairwise
from time import perf_counter

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt
from PySide6.QtTest import QTest

from benchmarks.command_line import command_parser, run
from benchmarks.processes import BenchmarkError
from benchmarks.speed.answer import shown_window
from benchmarks.timing import RUNS, machine_line, percentile, percentile_text, ratios, verdict_line
from core.ink.samples import read_sample
from gui.main_window import MainWindow
from gui.self_test.hand import MOVE_MS, at
from gui.self_test.waiting import wait
from gui.system.timers import single_shot

BAR = 2.5
DIGITS = (7, 8, 3)
SETTLE_MS, PATIENCE_MS = 500, 5_000
LATE = 1
LEFT, NO_KEYS = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


class PaintedAnswers(QObject):
    """Ends a loop once an answer has been painted: `LiveRecognition` then gets an event of its own."""

    def __init__(self, window: MainWindow, loop: QEventLoop) -> None:
        super().__init__()
        self._loop = loop
        window.recognition.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.User:
            self._loop.quit()
        return False


def time_movements(window: MainWindow, *, is_open: bool) -> list[float]:
    """Milliseconds from each movement on the page's pad to its painted answer, with all panels open or closed."""
    for section in window.inside_tab.sections:
        section.button.setChecked(is_open)
    loop = QEventLoop()
    answers = PaintedAnswers(window, loop)
    times = [time for digit in DIGITS for time in _draw(window, digit, loop)]
    answers.deleteLater()
    return times


def _draw(window: MainWindow, digit: int, loop: QEventLoop) -> list[float]:
    canvas, times = window.inside_tab.pad.canvas, []
    window.document.clear()
    wait(SETTLE_MS)
    for stroke in read_sample(digit).strokes:
        places = [at(canvas, x, y) for x, y in stroke.points.tolist()]
        QTest.mousePress(canvas, LEFT, NO_KEYS, places[0])
        wait(MOVE_MS)
        for before, place in pairwise(places):
            if place != before:  # else nothing moves
                began = perf_counter()
                QTest.mouseMove(canvas, place)
                late = single_shot(loop, partial(loop.exit, LATE), PATIENCE_MS)
                late.start()
                if loop.exec() == LATE:
                    raise BenchmarkError("A movement was never answered.")
                late.deleteLater()
                times.append((perf_counter() - began) * 1000)
                wait(MOVE_MS)
        QTest.mouseRelease(canvas, LEFT, NO_KEYS, places[-1])
    return times


def told_panels(window: MainWindow, runs: int) -> list[str]:
    """Lines that compare movements on the page Inside with all panels open and all closed, measured in turn."""
    window.tabs.setCurrentWidget(window.inside_tab)
    time_movements(window, is_open=True)  # loads what explains the model
    passes = [[time_movements(window, is_open=is_open) for is_open in (False, True)] for _ in range(runs)]
    shut, opened = ([percentile(each[place], 0.5) for each in passes] for place in (0, 1))
    ratio = ratios(opened, shut)
    return [
        *(
            f"Inside, all panels {what}: {percentile_text([time for each in passes for time in each[place]])}"
            for what, place in (("closed", 0), ("open", 1))
        ),
        f"  p50, as many times as with all closed: {ratio.text('{:.2f}')}",
        "  " + verdict_line("times as with all closed", ratio.median, BAR),
    ]


def work(arguments: argparse.Namespace) -> None:
    print(machine_line())
    with shown_window() as window:
        print(*told_panels(window, arguments.runs), sep="\n")


def main(argv: Sequence[str] | None = None) -> int:
    parser = command_parser("speed.inside", "What open panels of the page Inside cost a movement.")
    parser.add_argument("--runs", type=int, default=RUNS, metavar="N", help="passes of the hand, closed and open")
    return run(parser, argv, work)


if __name__ == "__main__":
    sys.exit(main())
