"""Export and import of the user's own digits, in the background."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from core.models.library import ModelBundle
from core.wording.names import shown_name
from gui.system.background import Background, Checkpoint

Work = Callable[[Checkpoint], "Told"]


@dataclass(frozen=True, slots=True)
class Told:
    """What to tell the user about work that is over, and whether something could not be done."""

    sentence: str
    is_problem: bool = False


class Transfers(QObject):
    """Runs one export or import at a time, on a store of its own, and can cancel it.

    Signals
    -------
    changed
        `doing` changed: something began, or is over.
    imported
        Digits may have come into the store, also where the import was cancelled.
    information, problem
        A sentence for the user: what was done, or why not.
    """

    changed = Signal()
    imported = Signal()
    information = Signal(str)
    problem = Signal(str)

    def __init__(self, store: Path, find_bundle: Callable[[], ModelBundle | None], parent: QObject) -> None:
        """`find_bundle` finds the model that finds digits in pictures."""
        super().__init__(parent)
        self.doing = ""
        self._store = store
        self._find_bundle = find_bundle
        self._thread: Background | None = None
        self._is_import = False

    @property
    def is_busy(self) -> bool:
        return self._thread is not None

    def export(self, path: Path, writer: str | None) -> None:
        """Save the digits of a `writer`, or all for None, as the suffix of `path` says; without one, as a folder."""
        store = self._store
        self._begin(
            lambda checkpoint: _export(store, path, writer, checkpoint), "The export", self.tr("Saving {0}…"), path
        )

    def import_from(self, paths: list[Path], writer: str) -> None:
        """Add the digits in some files and folders, by `writer` where they do not say who wrote them."""
        store, bundle = self._store, self._find_bundle()
        if bundle is not None and paths:
            self._begin(
                lambda checkpoint: _import(store, paths, bundle, writer, checkpoint),
                "The import",
                self.tr("Reading {0}…"),
                paths[0],
                is_import=True,
            )

    def cancel(self) -> None:
        """End what is under way. Nothing of an export is left; what an import has added stays."""
        if self._thread is not None:
            self._thread.cancel()

    def _begin(self, work: Work, what: str, doing: str, path: Path, *, is_import: bool = False) -> None:
        if self._thread is not None:
            return
        self._is_import = is_import
        self._thread = Background(work, what)
        self._thread.done.connect(self._tell)
        self._thread.failed.connect(self.problem)
        self._thread.finished.connect(self._end)
        self.doing = doing.format(shown_name(path))
        self.changed.emit()
        self._thread.begin()

    def _tell(self, told: Told) -> None:
        (self.problem if told.is_problem else self.information).emit(told.sentence)

    def _end(self) -> None:
        self._thread, self.doing = None, ""
        self.changed.emit()
        if self._is_import:
            self.imported.emit()


def _export(store: Path, path: Path, writer: str | None, checkpoint: Checkpoint) -> Told:
    from core.samples.exporting import export_samples
    from core.samples.store import SampleStore

    with SampleStore(store) as opened:
        done = export_samples(opened, path, writer=writer, checkpoint=checkpoint)
        return Told(str(done.message), is_problem=bool(done.unreadable))


def _import(store: Path, paths: list[Path], bundle: ModelBundle, writer: str, checkpoint: Checkpoint) -> Told:
    from core.datasets.importing import import_all
    from core.recognition.recognizer import Recognizer
    from core.recognition.sample_files import SampleReader
    from core.samples.store import SampleStore

    reader = SampleReader(Recognizer(bundle))
    with SampleStore(store) as opened:
        done = import_all(opened, paths, reader.read, writer=writer, checkpoint=checkpoint)
    return Told(" ".join(done.sentences), is_problem=bool(done.problems))
