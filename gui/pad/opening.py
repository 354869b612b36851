"""Reading files for the pad in the background: finding the digit in a photograph takes a while."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from core.ink.drawing import Drawing
from core.pad.content import PictureInk
from gui.pad.page import Page
from gui.system.background import Background
from gui.system.timers import single_shot

PATIENCE_MS = 100
AT_ONCE = 3
"""Readings at a time: one may hang for ever, on a network that is gone, but each may also hold a large photograph."""


@dataclass(frozen=True, slots=True)
class TrainingData:
    """What was opened is not a drawing but training data: a folder or a file."""

    path: Path
    is_folder: bool


Found = Drawing | PictureInk | Page | TrainingData


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """Something to be opened.

    Attributes
    ----------
    name
        What it is called in sentences.
    read
        Reads it, in any thread. Raises InkFileError, PictureError.
    path
        Its file, where it has one.
    note
        A sentence to show once it is open.
    """

    name: str
    read: Callable[[], Found]
    path: Path | None = None
    note: str = ""


class Reading(Background):
    """Reads one source. Nothing is lost with it when the window is closed meanwhile.

    Attributes
    ----------
    found
        What was read, once that is done.
    problem
        A sentence: why it could not be read.

    Signals
    -------
    ended
        `(Reading,)`: it has found something, or has a problem.
    """

    ended = Signal(object)

    def __init__(self, source: Source) -> None:
        super().__init__(lambda checkpoint: source.read(), "Opening the file", can_be_left=True)
        self.source = source
        self.found: Found | None = None
        self.problem = ""
        self.done.connect(self._take)
        self.failed.connect(self._fail)
        self.finished.connect(self._end)

    def _take(self, found: Found) -> None:
        self.found = found

    def _fail(self, sentence: str) -> None:
        self.problem = sentence

    def _end(self) -> None:
        self.ended.emit(self)


class Opening(QObject):
    """Opens one source at a time: a new one replaces the one before.

    A source that was replaced is still read to its end, without effect, while the next one is read.

    Signals
    -------
    found
        `(Source, Found)`: it was read, and was not replaced meanwhile.
    failed
        A sentence: it could not be read.
    waiting
        The name of a source that takes long; "" when it is over.
    """

    found = Signal(object, object)
    failed = Signal(str)
    waiting = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wanted: Source | None = None
        self._readings: set[Reading] = set()
        self._patience = single_shot(self, self._say_waiting, PATIENCE_MS)

    @property
    def source(self) -> Source | None:
        """The source being opened; None when there is none."""
        return self._wanted

    def begin(self, source: Source) -> None:
        """Open `source` instead of the one being opened."""
        self.abandon()
        self._wanted = source
        self._patience.start()
        self._read_wanted()

    def abandon(self) -> None:
        """Do not open the current source any more."""
        self._wanted = None
        self._patience.stop()
        self.waiting.emit("")

    def _read_wanted(self) -> None:
        """Read the current source as soon as fewer than `AT_ONCE` are being read."""
        if self._wanted is None or len(self._readings) >= AT_ONCE:
            return
        if any(reading.source is self._wanted for reading in self._readings):
            return
        reading = Reading(self._wanted)
        self._readings.add(reading)
        reading.ended.connect(self._end)
        reading.begin()

    def _end(self, reading: Reading) -> None:
        self._readings.discard(reading)
        if reading.source is not self._wanted:
            self._read_wanted()
            return
        self.abandon()
        if reading.found is None:
            self.failed.emit(reading.problem)
        else:
            self.found.emit(reading.source, reading.found)

    def _say_waiting(self) -> None:
        if self._wanted is not None:
            self.waiting.emit(self._wanted.name)
