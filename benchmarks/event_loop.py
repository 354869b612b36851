"""Watch the event loop of the window: how long it is between two moments at which it could do something."""

import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter, process_time, thread_time

from PySide6.QtCore import QObject, Qt, QTimer

BEAT_MS = 2
LONG_MS = 20.0


@dataclass(frozen=True, slots=True)
class LongGap:
    """A gap that can be felt.

    Attributes
    ----------
    milliseconds, worked
        How long it was, and how much of that the window's own thread computed; the rest it waited.
    computed
        What all threads of the process computed meanwhile. Where this is much less, the machine had other things to do.
    at
        Seconds since the watching began.
    during
        What went on.
    others
        Where the Python code of other threads was when it ended.
    """

    milliseconds: float
    worked: float
    computed: float
    at: float
    during: str
    others: tuple[str, ...]

    def text(self) -> str:
        """ "84.1 ms after 3.20 s (the window's thread: 2.0 ms, all: 80.0 ms) during “Ready”; others at ..." """
        others = f"; others at {', '.join(self.others)}" if self.others else ""
        own = f"(the window's thread: {self.worked:.1f} ms, all: {self.computed:.1f} ms)"
        return f"{self.milliseconds:.1f} ms after {self.at:.2f} s {own} during “{self.during}”{others}"


class Heartbeat(QObject):
    """A precise timer in the window's thread, and the milliseconds between its beats.

    Attributes
    ----------
    began_at
        The first beat, by `perf_counter`; nothing is counted before it.
    gaps
        Milliseconds from each beat to the next, the timer's own interval included.
    long_gaps
        Those that can be felt.
    """

    def __init__(self, describe: Callable[[], str] = lambda: "") -> None:
        """`describe` says what goes on."""
        super().__init__()
        self.began_at = 0.0
        self.gaps: list[float] = []
        self.long_gaps: list[LongGap] = []
        self._describe = describe
        self._last = self._worked = self._computed = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def end(self) -> None:
        """Beat no more."""
        self._timer.stop()

    def _beat(self) -> None:
        now, worked, computed = perf_counter(), thread_time(), process_time()
        if not self.began_at:
            self.began_at = now
        else:
            self._note(now, (worked - self._worked) * 1000, (computed - self._computed) * 1000)
        self._last, self._worked, self._computed = now, worked, computed

    def _note(self, now: float, worked: float, computed: float) -> None:
        gap = (now - self._last) * 1000
        self.gaps.append(gap)
        if gap > LONG_MS:
            at = now - self.began_at
            self.long_gaps.append(LongGap(gap, worked, computed, at, self._describe(), _other_threads()))


def _other_threads() -> tuple[str, ...]:
    """ "compiling.py:54" for each other thread that runs Python code."""
    frames = sys._current_frames()
    own = threading.get_ident()
    places = [(frame.f_code.co_filename, frame.f_lineno) for thread, frame in frames.items() if thread != own]
    return tuple(sorted({f"{'/'.join(file.rsplit('/', 2)[-2:])}:{line}" for file, line in places}))
