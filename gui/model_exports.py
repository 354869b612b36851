"""The ways to hand a model out, as the list of models offers them."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from core.models import ModelBundle


@dataclass(frozen=True, slots=True)
class ExportKind:
    """One way: `suffix` is empty where a folder is written to; `doing` is what is said meanwhile."""

    title: str
    suffix: str
    filter: str
    doing: str
    write: Callable[[ModelBundle, Path], None]


def _write_keras(bundle: ModelBundle, path: Path) -> None:
    from core.learning.exporting import export_keras

    export_keras(bundle, path)


def _write_json_weights(bundle: ModelBundle, folder: Path) -> None:
    from core.learning.exporting import export_json_weights

    export_json_weights(bundle, folder)


def _write_compiled(bundle: ModelBundle, path: Path) -> None:
    from core.learning.exporting import export_compiled

    export_compiled(bundle, path)


EXPORTS = {
    "keras": ExportKind("Keras file…", ".keras", "Keras models (*.keras)", "Exporting…", _write_keras),
    "json": ExportKind(
        "JSON and HDF5 weights…",
        "",
        "",
        "Loading TensorFlow to write the weights; you can go on working…",
        _write_json_weights,
    ),
    "litert": ExportKind("LiteRT file…", ".tflite", "LiteRT models (*.tflite)", "Exporting…", _write_compiled),
}
