"""The user's own digits, as the window sees them."""

from collections.abc import Collection
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from core.errors import DigitPadError
from core.samples.sample import NewSample, Sample
from core.samples.store import SampleStore


class MyDigits(QObject):
    """Keeps and changes samples for the pages that show them, and says so.

    The store is opened when it is first needed, not when the window starts.

    Signals
    -------
    changed
        Samples were kept, changed or removed, here or by another process.
    problem
        A sentence for the user: why something could not be kept or read.
    """

    changed = Signal()
    problem = Signal(str)

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.path = path
        self._store: SampleStore | None = None

    @property
    def store(self) -> SampleStore:
        """The store, for the window's thread. Raises StorageError."""
        if self._store is None:
            self._store = SampleStore(self.path)
        return self._store

    def keep(self, new: NewSample) -> Sample | None:
        """Keep a sample; None, and a `problem`, when that is impossible."""
        try:
            [sample] = self.store.keep(new)
        except DigitPadError as error:
            self.problem.emit(str(error))
            return None
        self.changed.emit()
        return sample

    def remove(self, ids: Collection[int]) -> None:
        """Remove samples."""
        try:
            self.store.remove(ids)
        except DigitPadError as error:
            self.problem.emit(str(error))
            return
        self.changed.emit()
