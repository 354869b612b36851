"""Keeps what is on the pad in a file, so that a crash or closing the window loses nothing."""

import logging
import uuid
from contextlib import suppress
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, Signal

from core.errors import DigitPadError
from core.ink.drawing import Drawing
from core.system.file_lock import FileLock
from core.system.safe_files import make_folder, remove_leftovers, write_file
from gui.pad.document import Content, PadDocument, PictureInk
from gui.system.timers import single_shot

log = logging.getLogger(__name__)

WAIT_MS = 800
LAST = "last"
SUFFIXES = (".inkml", ".npz", ".png")  # strokes, a picture with strokes on it, and a picture as older versions kept it


class Recovery(QObject):
    """Keeps the pad in a file of its own for each window, and takes over what earlier windows left behind.

    A lock beside each file tells a window that still runs from one that crashed.

    Signals
    -------
    problem
        A sentence for the user when the pad cannot be kept; not again until it could be kept in between.
    """

    problem = Signal(str)

    def __init__(self, document: PadDocument, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._folder = folder
        self._name = uuid.uuid4().hex
        self._lock = FileLock(folder / f"{self._name}.lock")
        remove_leftovers(folder)
        self._is_problem_reported = False
        self._timer = single_shot(self, self.save, WAIT_MS)
        document.changed.connect(self._timer.start)

    def take_over_crashed(self) -> bool:
        """Put what was on the pad of a crashed window on this one. Returns whether there was anything."""
        for file in sorted(file for suffix in SUFFIXES for file in self._folder.glob(f"*{suffix}")):
            lock = FileLock(file.with_suffix(".lock"))
            if file.stem in (self._name, LAST) or not lock.try_lock():
                continue
            content = _read(file)
            if content is not None:
                self._document.open(content)
                if self.save():  # only what is safe elsewhere is removed
                    _remove(file)
            lock.release()
            if content is not None:
                return True
        return False

    def take_over_last(self) -> bool:
        """Let undo bring back what was on the pad that was closed last. Returns whether there was anything."""
        for suffix in SUFFIXES:
            content = _read(self._folder / f"{LAST}{suffix}")
            if content is not None:
                self._document.open(content)
                self._document.clear()
                return True
        return False

    def save(self) -> bool:
        """Keep what is on the pad now. A full disk must not disturb drawing: it is reported once."""
        try:
            make_folder(self._folder)
            self._lock.try_lock()
            self._is_problem_reported &= not self._write(self._name)
        except (DigitPadError, OSError) as error:
            log.warning("the drawing is not kept for a crash: %s", error)
            self._report_once(error)
            return False
        return True

    def _report_once(self, error: Exception) -> None:
        if not self._is_problem_reported:
            self._is_problem_reported = True
            self.problem.emit(self.tr("If DigitPad crashed now, this drawing would be lost. {0}").format(error))

    def close(self) -> None:
        """The window closes normally: the next window can bring back what is on the pad."""
        self._timer.stop()
        try:
            self._write(LAST)
        except (DigitPadError, OSError) as error:
            log.warning("the last drawing is not kept as it is: %s", error)
            self._keep_what_was_saved()
        for suffix in SUFFIXES:
            _remove(self._folder / f"{self._name}{suffix}")
        self._lock.release()

    def _keep_what_was_saved(self) -> None:
        """Keep the latest file that could be saved instead: a rename needs no room on the disk."""
        for suffix in SUFFIXES:
            with suppress(OSError):
                (self._folder / f"{self._name}{suffix}").replace(self._folder / f"{LAST}{suffix}")
                for other in set(SUFFIXES) - {suffix}:
                    _remove(self._folder / f"{LAST}{other}")  # of an earlier window
                return

    def _write(self, name: str) -> bool:
        """Write the pad's content as `name` in its own format, and remove files of that name in other formats.

        Returns whether there was anything to write.
        """
        content = self._document.snapshot()
        files = dict(zip(SUFFIXES, (self._folder / f"{name}{suffix}" for suffix in SUFFIXES), strict=True))
        if isinstance(content, PictureInk):
            from core.pad.archive import write_archive

            write_file(files.pop(".npz"), write_archive(content))
        elif not content.is_blank:
            from core.ink.inkml import write_inkml

            write_file(files.pop(".inkml"), write_inkml(content))
        for file in files.values():
            _remove(file)
        return len(files) < len(SUFFIXES)


def _read(file: Path) -> Content | None:
    """What is in `file`; None for nothing. A file that cannot be read is renamed, not removed."""
    if not file.is_file():
        return None
    from core.digits.files import read_any  # imported late: most starts have nothing to bring back
    from core.pad.archive import read_archive

    try:
        found = read_archive(file.read_bytes()) if file.suffix == ".npz" else read_any(file)
    except (DigitPadError, OSError) as error:
        log.warning("cannot bring back %s: %s", file, error)
        with suppress(OSError):
            file.rename(file.with_suffix(".damaged"))
        return None
    if isinstance(found, Drawing):
        return None if found.is_blank else found
    return found if isinstance(found, PictureInk) else PictureInk(np.asarray(found.ink, np.uint8), file.name)


def _remove(file: Path) -> None:
    with suppress(OSError):
        file.unlink(missing_ok=True)
