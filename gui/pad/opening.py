"""Reading files for the pad in the background: finding the digit in a photograph takes a while."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from core.ink.drawing import Drawing
from core.pad.content import PictureInk
from gui.pad.page import Page
from gui.pad.reading_progress import ReadingProgress
from gui.system.background import Background, Checkpoint

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
        Reads it, in any thread, and says how far that is. Raises InkFileError, PictureError.
    path
        Its file, where it has one.
    note
        A sentence to show once it is open.
    """

    name: str
    read: Callable[[ReadingProgress], Found]
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
    progressed
        `(Reading, float)`: the share of a page that is read, in [0, 1).
    ended
        `(Reading,)`: it has found something, has a problem, or was cancelled.
    """

    progressed = Signal(object, float)
    ended = Signal(object)

    def __init__(self, source: Source) -> None:
        super().__init__(self._read, "Opening the file", can_be_left=True)
        self.source = source
        self.found: Found | None = None
        self.problem = ""
        self.done.connect(self._take)
        self.failed.connect(self._fail)
        self.finished.connect(self._end)

    def _read(self, checkpoint: Checkpoint) -> Found:
        return self.source.read(ReadingProgress(checkpoint, self._show_progress))

    def _show_progress(self, share: float) -> None:
        self.progressed.emit(self, share)

    def _take(self, found: Found) -> None:
        self.found = found

    def _fail(self, sentence: str) -> None:
        self.problem = sentence

    def _end(self) -> None:
        self.ended.emit(self)


class Opening(QObject):
    """Opens one source at a time: a new one replaces the one before.

    Reading a source that was replaced ends at its next checkpoint; what hangs before that holds up no other.

    Signals
    -------
    found
        `(Source, Found)`: it was read, and was not replaced meanwhile.
    failed
        A sentence: it could not be read.
    waiting
        The name of what is being opened; "" when it is over. Where another source takes its place, it is not over.
    progressed
        The share of a page that is read, in [0, 1).
    """

    found = Signal(object, object)
    failed = Signal(str)
    waiting = Signal(str)
    progressed = Signal(float)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wanted: Source | None = None
        self._readings: set[Reading] = set()

    @property
    def source(self) -> Source | None:
        """The source being opened; None when there is none."""
        return self._wanted

    @property
    def is_reading(self) -> bool:
        """Whether anything is being read, even if it is not wanted any more."""
        return bool(self._readings)

    def begin(self, source: Source) -> None:
        """Open `source` instead of the one being opened."""
        self._want(source)
        self.waiting.emit(source.name)
        self._read_wanted()

    def abandon(self) -> None:
        """Do not open the current source any more."""
        self._want(None)
        self.waiting.emit("")

    def _want(self, source: Source | None) -> None:
        self._wanted = source
        for reading in self._readings:
            reading.cancel()

    def _read_wanted(self) -> None:
        """Read the current source as soon as fewer than `AT_ONCE` are being read."""
        if self._wanted is None or len(self._readings) >= AT_ONCE:
            return
        if any(reading.source is self._wanted for reading in self._readings):
            return
        reading = Reading(self._wanted)
        self._readings.add(reading)
        reading.progressed.connect(self._follow)
        reading.ended.connect(self._end)
        reading.begin()

    def _follow(self, reading: Reading, share: float) -> None:
        if reading.source is self._wanted:
            self.progressed.emit(share)

    def _end(self, reading: Reading) -> None:
        self._readings.discard(reading)
        if reading.source is not self._wanted:
            self._read_wanted()
            return
        self._want(None)
        self.waiting.emit("")
        if reading.found is None:
            self.failed.emit(reading.problem)
        else:
            self.found.emit(reading.source, reading.found)
