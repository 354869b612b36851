"""Reading what is to be put on the pad, beside the window: to find the digit in a photograph takes a while."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from core.ink import Drawing
from core.pictures.reading import Picture
from gui.background import Background

PATIENCE_MS = 100

Found = Drawing | Picture


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


class Opening(QObject):
    """Reads one source at a time; whoever asks for another one does not want those before any more.

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
        self._being_read: Source | None = None
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
        if self._being_read is None:
            self._read()

    def abandon(self) -> None:
        """Wait for nothing any more. What is being read goes on to its end, and nobody hears of it."""
        self._wanted = None
        self._patience.stop()
        self.waiting.emit("")

    def _read(self) -> None:
        source = self._wanted
        self._being_read = source
        if source is None:
            return
        # nothing is lost with it when the window is closed meanwhile
        reading = Background(lambda checkpoint: source.read(), "The opening", can_be_left=True)
        reading.done.connect(self._take)
        reading.failed.connect(self._fail)
        reading.finished.connect(self._read_next)
        reading.begin()

    def _take(self, found: Found) -> None:
        source = self._being_read
        if source is self._wanted:
            self.abandon()
            self.found.emit(source, found)

    def _fail(self, sentence: str) -> None:
        if self._being_read is self._wanted:
            self.abandon()
            self.failed.emit(sentence)

    def _read_next(self) -> None:
        self._being_read = None
        self._read()

    def _say_waiting(self) -> None:
        if self._wanted is not None:
            self.waiting.emit(self._wanted.name)
