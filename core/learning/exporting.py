"""Hand a model out of the library, for use elsewhere."""

from pathlib import Path

from core.errors import ModelError
from core.learning.opening import load_network
from core.models import ModelBundle
from core.safe_files import new_folder_aside, place_files, storage_errors, write_file

ARCHITECTURE_FILE = "model.json"
WEIGHTS_FILE = "model.weights.h5"


def export_keras(bundle: ModelBundle, path: Path) -> None:
    """Copy the network to `path`, a `.keras` file. Needs no TensorFlow. Raises ModelError, StorageError."""
    write_file(path, _content(bundle, bundle.keras_path))


def export_compiled(bundle: ModelBundle, path: Path) -> None:
    """Copy the compiled network to `path`, a `.tflite` file. Needs no TensorFlow. Raises ModelError, StorageError."""
    write_file(path, _content(bundle, bundle.compiled_path))


def export_json_weights(bundle: ModelBundle, folder: Path) -> None:
    """Write the network as `model.json` and its weights as `model.weights.h5` into `folder`.

    `keras.models.model_from_json` and `load_weights` make the same network of them again.

    Raises
    ------
    ModelError
        When the bundle's network cannot be opened.
    StorageError
        When `folder` cannot be written. A full disk leaves what stood there before; only a crash while the two files
        are put in place could leave an old one beside a new one.
    """
    network = load_network(bundle)
    with new_folder_aside(folder) as aside:
        with storage_errors(folder):
            network.save_weights(aside / WEIGHTS_FILE)
            (aside / ARCHITECTURE_FILE).write_text(network.to_json(indent=1) + "\n", encoding="utf-8")
        place_files(aside, folder)


def _content(bundle: ModelBundle, path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ModelError(f"The model “{bundle.card.name}” cannot be read: {error.strerror}.") from error
