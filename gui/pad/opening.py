"""Reading what is to be put on the pad, beside the window: to find the digit in a photograph takes a while."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from core.ink.drawing import Drawing
from core.pictures.reading import Picture
from gui.system.background import Background

PATIENCE_MS = 100
AT_ONCE = 3
"""Readings at most: one may hang for ever, on a network that is gone, but each may also hold a large photograph."""


@dataclass(frozen=True, slots=True)
class TrainingData:
    """What was to be opened is no drawing: it is digits to train with, a folder or a file."""

    path: Path
    is_folder: bool


Found = Drawing | Picture | TrainingData


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
        A sentence to be said once it is open.
    """

    name: str
    read: Callable[[], Found]
    path: Path | None = None
    note: str = ""


class Reading(Background):
    """Carries the reading of one source. Nothing is lost with it when the window is closed meanwhile.

    Attributes
    ----------
    found
        What was read, once that is done.
    problem
        A sentence: why it could not be read.

    Signals
    -------
    ended
        `(Reading,)`: it has one of the two.
    """

    ended = Signal(object)

    def __init__(self, source: Source) -> None:
        super().__init__(lambda checkpoint: source.read(), "The opening", can_be_left=True)
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
    """Waits for one source at a time; whoever asks for another one does not want those before any more.

    What is not wanted any more is read to its end, and nobody hears of it. The next one is read beside it.

    Signals
    -------
    found
        `(Source, Drawing | Picture)`: it was read, and is still wanted.
    failed
        A sentence: it could not be read.
    waiting
        The name of what takes so long that it has to be said; "" once it is over.
    """

    found = Signal(object, object)
    failed = Signal(str)
    waiting = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wanted: Source | None = None
        self._readings: set[Reading] = set()
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(self._say_waiting)

    @property
    def source(self) -> Source | None:
        """What is waited for; None when nothing is."""
        return self._wanted

    def begin(self, source: Source) -> None:
        """Read `source` instead of whatever is waited for."""
        self.abandon()
        self._wanted = source
        self._patience.start()
        self._read_wanted()

    def abandon(self) -> None:
        """Wait for nothing any more."""
        self._wanted = None
        self._patience.stop()
        self.waiting.emit("")

    def _read_wanted(self) -> None:
        """Read what is waited for as soon as there is room for it."""
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
