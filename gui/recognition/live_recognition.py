"""From the pad to the answer, and to what is announced, with every movement of the pen."""

import math
from collections import deque
from collections.abc import Callable, Collection
from time import perf_counter, thread_time

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal

from core.digits.normalize import NormalizedDigit
from core.recognition.announcer import Announcer
from core.recognition.answers import Answer, answer_of
from core.recognition.numbers import BLANK_READING, NumberReading
from core.recognition.pad_numbers import PadReader
from core.recognition.recognizer import BLANK, Recognition
from gui.pad.document import Content, PadDocument
from gui.recognition.active_model import ActiveModel
from gui.recognition.digit_selection import DigitSelection
from gui.system.timers import single_shot

FRAME_SECONDS = 1 / 240
"""Between two answers at least: no screen shows more of them."""
RECENT_ANSWERS = 4

_AFTER_PAINTING = Qt.EventPriority.LowEventPriority.value - 1


class LiveRecognition(QObject):
    """Reads what is on the pad, one digit or a number of several, also while a stroke is being drawn.

    Normalising, recognising and painting the answer take two to three milliseconds of CPU time, so all of it happens
    here, on the window's own thread, as soon as the movements that have arrived are on the pad. A slow model or a slow
    screen lowers the rate: from the start of one answer to the next, at least twice the CPU time passes that the latest
    ones typically took, so that about half of the thread is left to everything else.

    Attributes
    ----------
    reading
        What was read, one digit or a number of several, which may change with every point.
    selection
        Which digit of it is looked at.
    digit, recognition
        Of the digit that is looked at: the network's input and its own answer.
    announcement
        The answer for words and large type, as steady as `Announcer` makes it. None while nothing is certain yet.
    unread
        How many marks that were not read are to be mentioned now.

    Signals
    -------
    answered
        `(NormalizedDigit | None, Content)`: what is on the pad was recognised, or another digit of it is looked at;
        None for a blank pad. `digit`, `content`, `reading` and `recognition` are up to date by then.
    announced
        `(Recognition, Answer | None, bool)`, the answer for the digit that is looked at, the announcement, and whether
        it is in doubt (as `Announcer` says): after `answered`, and when an announcement becomes due later.
    """

    answered = Signal(object, object)
    announced = Signal(object, object, bool)

    def __init__(self, document: PadDocument, model: ActiveModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._model = model
        self._reader = PadReader(lambda image: model.recognize(image))
        self._announcer = Announcer()
        self._is_of_stroke = False  # whether the answer is for a stroke under way
        self._began_at = -math.inf
        self._worked_before = 0.0  # thread time, which a busy machine does not stretch
        self._latest_costs: deque[float] = deque([0.0], RECENT_ANSWERS)
        self._timer = self._make_timer(self._answer)
        self._announcement_timer = self._make_timer(self._announce_what_is_due)
        self.content: Content = document.content
        self.reading: NumberReading = BLANK_READING
        self.selection = DigitSelection(self)
        self.selection.changed.connect(self.tell_again)
        self.digit: NormalizedDigit | None = None
        self.recognition: Recognition = BLANK
        document.changed.connect(self._follow_change)
        document.stroke_ended.connect(self._follow_stroke)
        model.changed.connect(self._follow_model)
        model.head_changed.connect(self._follow_model)

    @property
    def announcement(self) -> Answer | None:
        return self._announcer.announcement

    @property
    def unread(self) -> int:
        return self._announcer.unread

    @property
    def is_of_stroke(self) -> bool:
        """Whether what was read is a stroke under way, too."""
        return self._is_of_stroke

    def schedule(self) -> None:
        """Answer as soon as Qt has nothing more urgent to do, and other work has had its half of the thread."""
        if not self._timer.isActive():
            due_at = self._began_at + seconds_between_answers(self._latest_costs)
            wait = max(due_at - perf_counter(), 0.0)
            self._timer.start(math.ceil(wait * 1000))

    def answer_now(self) -> None:
        """Answer and announce at once, without waiting for anything."""
        self._announcer.end_grace()
        self._recognize()
        self._is_of_stroke = False
        self._announce()

    def tell_again(self) -> None:
        """Tell what was read last, and what of it is announced, without reading it again."""
        self._look_at_selection()
        self._emit_announcement()

    def _answer(self) -> None:
        self._recognize()
        self._announce()

    def _recognize(self) -> None:
        self._began_at, self._worked_before = perf_counter(), thread_time()
        self.content = self._document.snapshot()
        self.reading = self._reader.read(self.content)
        self.selection.follow(self.reading)
        self._is_of_stroke = self._document.is_drawing
        self._look_at_selection()
        QCoreApplication.postEvent(self, QEvent(QEvent.Type.User), _AFTER_PAINTING)

    def _look_at_selection(self) -> None:
        read = self.selection.digit
        self.digit = read.normalized if read else None
        self.recognition = read.recognition if read else BLANK
        self.answered.emit(self.digit, self.content)

    def _announce(self) -> None:
        now, unread = perf_counter(), len(self.reading.unread)
        self._announcer.hear(now, answer_of(self.reading), is_drawing=self._is_of_stroke, unread=unread)
        due_at = self._announcer.due_at
        if due_at is not None:
            self._announcement_timer.start(max(math.ceil((due_at - now) * 1000), 0))
        self._emit_announcement()

    def _emit_announcement(self) -> None:
        self.announced.emit(self.recognition, self.announcement, self._announcer.is_in_doubt)

    def _announce_what_is_due(self) -> None:
        if not self._timer.isActive():  # else the latest answer is outdated
            self._announce()

    def _follow_change(self) -> None:
        self._announcer.end_grace()
        self.schedule()

    def _follow_model(self) -> None:
        bundle = self._model.bundle
        self._reader.forget(bundle.slug if bundle else "")
        self._follow_change()

    def _follow_stroke(self) -> None:
        self._announcer.lift_pen(perf_counter())

    def _make_timer(self, slot: Callable[[], object]) -> QTimer:
        timer = single_shot(self, slot)
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        return timer

    def customEvent(self, event: QEvent) -> None:
        self._latest_costs.append(thread_time() - self._worked_before)  # the answer has been painted


def seconds_between_answers(costs: Collection[float]) -> float:
    """The least time from the start of one answer to the next: twice the median of the latest `costs`, in seconds.

    The median is the upper one of an even number, so that a single unusual answer changes little.
    """
    return max(FRAME_SECONDS, 2 * sorted(costs)[len(costs) // 2])
