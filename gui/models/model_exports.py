"""The ways to hand a model out, as the list of models offers them."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from core.models.library import ModelBundle, read_bundle
from gui.system.background import Background, Checkpoint


@dataclass(frozen=True, slots=True)
class ExportKind:
    """One way: `suffix` is empty where a folder is written to; `doing` is what is said meanwhile."""

    title: str
    suffix: str
    filter: str
    doing: str


_LOADING = "Loading TensorFlow to write the network; you can go on working…"

EXPORTS = {
    "keras": ExportKind("Keras file…", ".keras", "Keras models (*.keras)", _LOADING),
    "json": ExportKind("JSON and HDF5 weights…", "", "", _LOADING),
    "litert": ExportKind("LiteRT file…", ".tflite", "LiteRT models (*.tflite)", "Exporting…"),
}


class ModelExport(QObject):
    """Exports beside the window, one model at a time.

    Signals
    -------
    changed
        An export began or ended.
    done
        The place that was written to, and a sentence on how the network is used.
    failed
        A sentence: nothing was exported.
    """

    changed = Signal()
    done = Signal(Path, str)
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work: Background | None = None
        self._place = Path()

    def is_busy(self) -> bool:
        """Whether an export is under way."""
        return self._work is not None

    def begin(self, kind: str, bundle: ModelBundle, place: Path) -> None:
        """Write `bundle` to `place`. Not while an export is under way."""
        self._place = place
        self._work = Background(lambda checkpoint: write_export(kind, bundle, place, checkpoint), "The export")
        self._work.done.connect(self._tell_place)
        self._work.failed.connect(self._tell_failure)
        self._work.finished.connect(self._end)
        self._work.begin()
        self.changed.emit()

    def _tell_place(self, usage: str) -> None:
        self._end()
        self.done.emit(self._place, usage)

    def _tell_failure(self, sentence: str) -> None:
        self._end()
        self.failed.emit(sentence)

    def _end(self) -> None:
        if self.sender() is self._work:  # not when the next one was begun meanwhile
            self._work = None
            self.changed.emit()


def export_place(kind: str, place: Path) -> Path:
    """Where an export is written when a person named `place`: file names get the suffix that is missing."""
    suffix = EXPORTS[kind].suffix
    return place if place.suffix.lower() == suffix or not suffix else place.with_name(place.name + suffix)


def replaced_files(kind: str, place: Path) -> list[Path]:
    """The files that are there already and that an export to `place` would replace."""
    from core.learning.exporting import ARCHITECTURE_FILE, NOTE_FILE, WEIGHTS_FILE

    names = (ARCHITECTURE_FILE, WEIGHTS_FILE, NOTE_FILE)
    written = [place] if EXPORTS[kind].suffix else [place / name for name in names]
    return [path for path in written if path.exists()]


def write_export(kind: str, bundle: ModelBundle, place: Path, checkpoint: Checkpoint) -> str:
    """Write `bundle` to `place`, a file, or a folder for "json", and say how it is used.

    Raises ModelError, StorageError.
    """
    from core.learning import exporting
    from core.learning.backend import load_tensorflow

    read_bundle(bundle.folder, is_shipped=bundle.is_shipped)  # the list may know no more of it than its card
    checkpoint()
    if kind == "litert":
        return exporting.export_compiled(bundle, place)
    load_tensorflow()
    checkpoint()
    return (exporting.export_keras if kind == "keras" else exporting.export_json_weights)(bundle, place)
