"""Watch the event loop of the window: how long it is between two moments at which it could do something."""

import os
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
        What all threads of the process computed meanwhile.
    starved
        How long the window's thread could have gone on but had no core, where the system tells; else 0.
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
    starved: float
    at: float
    during: str
    others: tuple[str, ...]

    def text(self) -> str:
        """ "84.1 ms after 3.20 s during “Ready” (own work 2.0, no core 1.0; all threads computed 80.0 ms); others" """
        others = f"; others at {', '.join(self.others)}" if self.others else ""
        share = f"own work {self.worked:.1f}, no core {self.starved:.1f}; all threads computed {self.computed:.1f} ms"
        return f"{self.milliseconds:.1f} ms after {self.at:.2f} s during “{self.during}” ({share}){others}"


@dataclass(frozen=True, slots=True)
class Moment:
    """What the clocks of the window's thread say, in seconds."""

    now: float
    worked: float
    computed: float
    starved: float


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
        self._last: Moment | None = None
        self._queue = _open_scheduler_statistics()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def end(self) -> None:
        """Beat no more."""
        self._timer.stop()
        if self._queue is not None:
            os.close(self._queue)
            self._queue = None

    def _beat(self) -> None:
        moment = Moment(perf_counter(), thread_time(), process_time(), self._starved())
        if self._last is None:
            self.began_at = moment.now
        else:
            self._note(self._last, moment)
        self._last = moment

    def _note(self, before: Moment, moment: Moment) -> None:
        gap = (moment.now - before.now) * 1000
        self.gaps.append(gap)
        if gap <= LONG_MS:
            return
        self.long_gaps.append(
            LongGap(
                milliseconds=gap,
                worked=(moment.worked - before.worked) * 1000,
                computed=(moment.computed - before.computed) * 1000,
                starved=(moment.starved - before.starved) * 1000,
                at=moment.now - self.began_at,
                during=self._describe(),
                others=_other_threads(),
            )
        )

    def _starved(self) -> float:
        """Seconds so far for which this thread was ready to run and waited for a core."""
        if self._queue is None:
            return 0.0
        return int(os.pread(self._queue, 64, 0).split()[1]) / 1e9


def _open_scheduler_statistics() -> int | None:
    """Linux's figures about the calling thread; None elsewhere."""
    try:
        return os.open("/proc/thread-self/schedstat", os.O_RDONLY)
    except OSError:
        return None


def _other_threads() -> tuple[str, ...]:
    """ "compiling.py:54" for each other thread that runs Python code."""
    frames = sys._current_frames()
    own = threading.get_ident()
    places = [(frame.f_code.co_filename, frame.f_lineno) for thread, frame in frames.items() if thread != own]
    return tuple(sorted({f"{'/'.join(file.rsplit('/', 2)[-2:])}:{line}" for file, line in places}))
