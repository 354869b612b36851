"""A drawing survives a crash: it is kept on disk while it is on the pad."""

import logging
import os
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, QTimer

from core.errors import DigitPadError
from core.ink import Drawing
from core.inkml import read_inkml, write_inkml
from core.safe_files import make_folder, write_file
from gui.pad_document import PadDocument

log = logging.getLogger(__name__)

WAIT_MS = 800


class Recovery(QObject):
    """Keeps the pad's drawing in a file of this window's own, and takes over what a crashed window left behind.

    A lock file beside each drawing tells a window that still runs from one that crashed.
    """

    def __init__(self, document: PadDocument, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._file = folder / f"{os.getpid()}.inkml"
        self._lock = QLockFile(str(self._file.with_suffix(".lock")))
        self._lock.setStaleLockTime(0)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._timer.timeout.connect(self.save)
        document.changed.connect(self._timer.start)

    def take_over(self) -> bool:
        """Put the drawing of a crashed window on the pad, if there is one. Returns whether there was."""
        for file in sorted(self._file.parent.glob("*.inkml")):
            lock = QLockFile(str(file.with_suffix(".lock")))
            lock.setStaleLockTime(0)
            if file == self._file or not lock.tryLock(0):
                continue
            try:
                drawing = read_inkml(file.read_bytes())
            except (DigitPadError, OSError) as error:
                log.warning("cannot recover %s: %s", file, error)
                drawing = Drawing()
            file.unlink(missing_ok=True)
            lock.unlock()
            if not drawing.is_blank:
                self._document.open(drawing)
                return True
        return False

    def save(self) -> None:
        """Keep what is on the pad now. A full disk must not disturb the drawing: it is only logged."""
        content = self._document.snapshot()
        try:
            if isinstance(content, Drawing) and not content.is_blank:
                make_folder(self._file.parent)
                self._lock.tryLock(0)
                write_file(self._file, write_inkml(content))
            else:
                self._remove_file()
        except (DigitPadError, OSError) as error:
            log.warning("the drawing is not kept for a crash: %s", error)

    def forget(self) -> None:
        """The window closes as it should: nothing is left to recover."""
        self._timer.stop()
        self._remove_file()
        self._lock.unlock()

    def _remove_file(self) -> None:
        with suppress(OSError):  # a folder that cannot be written holds no drawing either
            self._file.unlink(missing_ok=True)
