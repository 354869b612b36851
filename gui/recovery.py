"""A drawing is never lost: it is kept on disk while it is on the pad, and when the window is closed."""

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
LAST_DRAWING = "last.inkml"


class Recovery(QObject):
    """Keeps the pad's drawing in a file of this window's own, and takes over what earlier windows left behind.

    A lock file beside each drawing tells a window that still runs from one that crashed.
    """

    def __init__(self, document: PadDocument, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._file = folder / f"{os.getpid()}.inkml"
        self._last = folder / LAST_DRAWING
        self._lock = QLockFile(str(self._file.with_suffix(".lock")))
        self._lock.setStaleLockTime(0)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._timer.timeout.connect(self.save)
        document.changed.connect(self._timer.start)

    def take_over_crashed(self) -> bool:
        """Put the drawing of a crashed window on the pad, if there is one. Returns whether there was."""
        for file in sorted(self._file.parent.glob("*.inkml")):
            lock = QLockFile(str(file.with_suffix(".lock")))
            lock.setStaleLockTime(0)
            if file in (self._file, self._last) or not lock.tryLock(0):
                continue
            drawing = _take(file)
            lock.unlock()
            if not drawing.is_blank:
                self._document.open(drawing)
                return True
        return False

    def take_over_last(self) -> bool:
        """Put the drawing of the window that was closed last within reach of undo. Returns whether there was one."""
        drawing = _take(self._last)
        if drawing.is_blank:
            return False
        self._document.open(drawing)
        self._document.clear()
        return True

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

    def close(self) -> None:
        """The window closes as it should: its drawing is the last one, for the next window."""
        self._timer.stop()
        self.save()
        with suppress(OSError):  # nothing was drawn, or nothing can be kept
            self._file.replace(self._last)
        self._lock.unlock()

    def _remove_file(self) -> None:
        with suppress(OSError):  # a folder that cannot be written holds no drawing either
            self._file.unlink(missing_ok=True)


def _take(file: Path) -> Drawing:
    """Read and remove `file`; a blank drawing when there is none or it cannot be read."""
    try:
        drawing = read_inkml(file.read_bytes())
    except FileNotFoundError:
        return Drawing()
    except (DigitPadError, OSError) as error:
        log.warning("cannot bring back %s: %s", file, error)
        drawing = Drawing()
    with suppress(OSError):
        file.unlink(missing_ok=True)
    return drawing
