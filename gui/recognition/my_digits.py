"""The user's own digits, as the window sees them."""

from collections.abc import Callable, Collection
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from core.errors import DigitPadError
from core.samples.sample import NewSample, Sample
from core.settings import SettingsFile

if TYPE_CHECKING:
    from core.samples.store import SampleStore, TakenOut

T = TypeVar("T")

LOOK_MS = 3_000
"""Between two looks whether another process has changed the store."""


class MyDigits(QObject):
    """Keeps and changes samples for the pages that show them, and says so.

    The store is opened when it is first needed, not when the window starts. It belongs to the window's thread.

    Signals
    -------
    changed
        Samples were kept, changed or removed, here or by another process.
    problem
        A sentence for the user: why something could not be kept or read.
    writer_changed
        Somebody else draws from now on.
    """

    changed = Signal()
    problem = Signal(str)
    writer_changed = Signal()

    def __init__(self, path: Path, settings: SettingsFile, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.path = path
        self._settings = settings
        self._store: SampleStore | None = None
        self._seen: object = None
        self._has_told = False
        self._found: dict[int, Sample | None] = {}
        self.changed.connect(self._forget)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)

    @property
    def store(self) -> "SampleStore":
        """The store, for the window's thread. Raises DigitPadError."""
        if self._store is None:
            from core.samples.store import SampleStore  # here: drawing needs no database

            self._store = SampleStore(self.path)
            self._seen = self._store.version
            self._timer.start()
            self._tell_of_recovery(self._store)
        elif not self.path.exists():
            self._begin_again(self._store)
        return self._store

    @property
    def writer(self) -> str:
        """Who draws; "" where nobody said."""
        return self._settings.values.writer

    def set_writer(self, name: str) -> None:
        """From now on, `name` draws; at most `MAX_WRITER_LENGTH` characters of it."""
        if name != self.writer:
            self._settings.remember(writer=name)
            self.writer_changed.emit()

    def keep(self, new: NewSample) -> Sample | None:
        """Keep a sample; None, and a `problem`, when that is impossible."""
        kept: list[Sample] = []
        self.change(lambda store: kept.extend(store.keep(new)))
        return kept[0] if kept else None

    def remove(self, ids: Collection[int]) -> bool:
        """Remove samples."""
        return self.change(lambda store: store.remove(ids))

    def relabel(self, ids: Collection[int], label: int) -> bool:
        """Say that samples are another digit, or none."""
        return self.change(lambda store: store.relabel(ids, label))

    def set_writer_of(self, ids: Collection[int], writer: str) -> bool:
        """Say who wrote samples."""
        return self.change(lambda store: store.set_writer(ids, writer))

    def take_out(self, ids: Collection[int]) -> "TakenOut | None":
        """Remove samples in such a way that they can be put back; None, and a `problem`, when that is impossible."""
        taken: list[TakenOut] = []
        self.change(lambda store: taken.append(store.take_out(ids)))
        return taken[0] if taken else None

    def put_back(self, taken: "TakenOut") -> bool:
        """Keep again what was taken out."""
        return self.change(lambda store: store.put_back(taken))

    def count(self, label: int) -> int:
        """How many samples of this label the one who draws has; 0 where that cannot be read."""
        try:
            return self.store.counts(writer=self.writer)[label]
        except DigitPadError as error:
            self.problem.emit(str(error))
            return 0

    def find(self, sample: int) -> Sample | None:
        """A sample by its number; None where it is gone, or cannot be read. It is read once."""
        if sample not in self._found:
            try:
                found = self.store.samples([sample])
            except DigitPadError as error:
                self.tell_once(str(error))
                found = []
            self._found[sample] = found[0] if found else None
        return self._found[sample]

    def change(self, work: "Callable[[SampleStore], object]") -> bool:
        """Change something in the store, and say so. Returns whether that worked; if not, there is a `problem`."""
        try:
            store = self.store
            work(store)
            self._seen = store.version
            self._tell_of_recovery(store)
        except DigitPadError as error:
            self.problem.emit(str(error))
            return False
        self.changed.emit()
        return True

    def ask(self, work: "Callable[[SampleStore], T]") -> T:
        """What `work` finds in the store; what it remembers there is no change of a sample. Raises DigitPadError."""
        store = self.store
        is_up_to_date = store.version == self._seen
        found = work(store)
        if is_up_to_date:  # else `look` is to notice what another process has changed
            self._seen = store.version
        self._tell_of_recovery(store)
        return found

    def tell_once(self, sentence: str) -> None:
        """Tell a problem that nobody's action caused, if it is the first one: once is enough."""
        if not self._has_told:
            self._has_told = True
            self.problem.emit(sentence)

    def look(self) -> None:
        """Notice what another process has changed, or made. What is not there yet stays closed."""
        if self._store is None and not self.path.exists():
            return
        try:
            before, now = self._seen, self.store.version
        except DigitPadError as error:
            self.tell_once(str(error))
            return
        if now != before:
            self._seen = now
            self._tell_of_recovery(self.store)
            self.changed.emit()

    def _forget(self) -> None:
        self._found.clear()

    def _begin_again(self, store: "SampleStore") -> None:
        """Make a new file in the place of one that was moved away or deleted, and say so. Raises DigitPadError."""
        from core.wording.sample_messages import SampleNote

        if store.version != self._seen:  # any use of the store makes the file
            self.problem.emit(str(SampleNote.FILE_GONE(place=self.path.parent)))

    def _tell_of_recovery(self, store: "SampleStore") -> None:
        """Say that a damaged file was set aside, once."""
        if store.recovered is not None:
            self.problem.emit(str(store.recovered))
            store.recovered = None

    def close(self) -> None:
        """Close the store: the window is about to be gone."""
        self._timer.stop()
        if self._store is not None:
            self._store.close()
            self._store = None
