"""The formats in which the list of models exports them."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from core.models.library import ModelBundle, read_bundle
from gui.system.background import Background, Checkpoint


@dataclass(frozen=True, slots=True)
class ExportKind:
    """One format: `suffix` is empty if it needs a folder; `doing` is said during the export."""

    title: str
    suffix: str
    filter: str
    doing: str


_LOADING = "Loading TensorFlow to export the network; you can keep working…"

EXPORTS = {
    "keras": ExportKind("Keras file…", ".keras", "Keras models (*.keras)", _LOADING),
    "json": ExportKind("JSON and HDF5 weights…", "", "", _LOADING),
    "litert": ExportKind("LiteRT file…", ".tflite", "LiteRT models (*.tflite)", "Exporting…"),
}


class ModelExport(QObject):
    """Exports in the background, one model at a time.

    Signals
    -------
    changed
        An export began or ended.
    done
        The path that was written to, and a sentence on how to use the network.
    failed
        A sentence: why nothing was exported.
    """

    changed = Signal()
    done = Signal(Path, str)
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work: Background | None = None
        self._path = Path()

    def is_busy(self) -> bool:
        """Whether an export is under way."""
        return self._work is not None

    def begin(self, kind: str, bundle: ModelBundle, path: Path) -> None:
        """Write `bundle` to `path`. Not while an export is under way."""
        self._path = path
        self._work = Background(lambda checkpoint: write_export(kind, bundle, path, checkpoint), "The export")
        self._work.done.connect(self._report_done)
        self._work.failed.connect(self._report_failure)
        self._work.finished.connect(self._end)
        self._work.begin()
        self.changed.emit()

    def _report_done(self, usage: str) -> None:
        self._end()
        self.done.emit(self._path, usage)

    def _report_failure(self, sentence: str) -> None:
        self._end()
        self.failed.emit(sentence)

    def _end(self) -> None:
        if self.sender() is self._work:  # not when the next one was begun meanwhile
            self._work = None
            self.changed.emit()


def export_path(kind: str, chosen: Path) -> Path:
    """The path of an export for which a person chose `chosen`: a missing suffix is added."""
    suffix = EXPORTS[kind].suffix
    return chosen if chosen.suffix.lower() == suffix or not suffix else chosen.with_name(chosen.name + suffix)


def replaced_files(kind: str, path: Path) -> list[Path]:
    """The existing files that an export to `path` would replace."""
    from core.learning.exporting import ARCHITECTURE_FILE, NOTE_FILE, WEIGHTS_FILE

    names = (ARCHITECTURE_FILE, WEIGHTS_FILE, NOTE_FILE)
    written = [path] if EXPORTS[kind].suffix else [path / name for name in names]
    return [file for file in written if file.exists()]


def write_export(kind: str, bundle: ModelBundle, path: Path, checkpoint: Checkpoint) -> str:
    """Write `bundle` to `path`, a file, or a folder for "json", and return a sentence on how to use it.

    Raises ModelError, StorageError.
    """
    from core.learning import exporting
    from core.learning.backend import load_tensorflow

    read_bundle(bundle.folder, is_shipped=bundle.is_shipped)  # the list may have read only its card
    checkpoint()
    if kind == "litert":
        return exporting.export_compiled(bundle, path)
    load_tensorflow()
    checkpoint()
    return (exporting.export_keras if kind == "keras" else exporting.export_json_weights)(bundle, path)
