"""Export a model from the library, for other programs.

Exports for Keras can also be opened by older versions; the model in the library stays as Keras wrote it, with all
settings. Each export returns a sentence on the network's input and answers.
"""

import logging
from pathlib import Path
from typing import Any

import numpy as np

from core.errors import ModelError
from core.learning.opening import load_network, open_network
from core.models.compiled import CompiledModel
from core.models.library import KERAS_FILE, ModelBundle
from core.system.safe_files import new_folder_aside, place_files, reading_errors, storage_errors, write_file
from core.wording.model_messages import Export
from core.wording.model_problems import ModelProblem

ARCHITECTURE_FILE = "model.json"
WEIGHTS_FILE = "model.weights.h5"
NOTE_FILE = "model-usage.txt"

_TRIED_IMAGES = 8

log = logging.getLogger(__name__)


def export_keras(bundle: ModelBundle, path: Path) -> str:
    """Write the network to `path`, a `.keras` file. Loads TensorFlow. Raises ModelError, StorageError."""
    saved = _content(bundle, bundle.keras_path)
    network = load_network(bundle)
    from core.learning.keras_compatibility import portable_archive

    content = portable_archive(saved)
    with new_folder_aside(path.parent) as aside:
        with storage_errors(path):
            (aside / KERAS_FILE).write_bytes(content)
        if not _is_same(network, lambda: open_network(aside / KERAS_FILE)):
            content = saved
    write_file(path, content)
    return _usage_sentence(bundle)


def export_compiled(bundle: ModelBundle, path: Path) -> str:
    """Copy the compiled network to `path`, a `.tflite` file. Needs no TensorFlow. Raises ModelError, StorageError."""
    write_file(path, _content(bundle, bundle.compiled_path))
    return _usage_sentence(bundle)


def export_json_weights(bundle: ModelBundle, folder: Path) -> str:
    """Write the network to `folder` as `model.json`, its weights as `model.weights.h5`, and a note on their use.

    `keras.models.model_from_json` and `load_weights` restore the network.

    Raises
    ------
    ModelError
        When the bundle's network cannot be opened.
    StorageError
        When `folder` cannot be written. A full disk changes nothing there; only a crash while files are being replaced
        could leave old ones beside new ones.
    """
    network = load_network(bundle)
    with new_folder_aside(folder) as aside:
        with storage_errors(folder):
            network.save_weights(aside / WEIGHTS_FILE)
            (aside / ARCHITECTURE_FILE).write_text(_architecture(network, aside / WEIGHTS_FILE), encoding="utf-8")
            (aside / NOTE_FILE).write_text(_usage_note(bundle, ARCHITECTURE_FILE, WEIGHTS_FILE), encoding="utf-8")
        place_files(aside, folder)
    return _usage_sentence(bundle)


def _architecture(network: Any, weights: Path) -> str:
    """`network` in JSON, for older versions of Keras if that restores the same network with its `weights`."""
    import keras

    from core.learning.keras_compatibility import portable_json

    def again() -> Any:
        made = keras.models.model_from_json(architecture)
        made.load_weights(weights)
        return made

    architecture = portable_json(network.to_json(), indent=1)
    return (architecture if _is_same(network, again) else network.to_json(indent=1)) + "\n"


def _is_same(network: Any, open_again: Any) -> bool:
    """Whether the network from `open_again` has the weights of `network` and gives the same answers."""
    images = np.random.default_rng(0).random((_TRIED_IMAGES, *network.input_shape[1:]), np.float32)
    try:
        again = open_again()
        weights = zip(network.get_weights(), again.get_weights(), strict=True)
        if all(np.array_equal(ours, theirs) for ours, theirs in weights):
            return np.array_equal(network(images, training=False), again(images, training=False))
    except Exception:  # Keras raises anything
        log.warning("a network cannot be written for older versions of Keras", exc_info=True)
    return False


def _content(bundle: ModelBundle, path: Path) -> bytes:
    with reading_errors(ModelError, ModelProblem.EXPORT_UNREADABLE, name=bundle.card.name):
        return path.read_bytes()


def _usage_sentence(bundle: ModelBundle) -> str:
    """A sentence on the input of the exported network, and its answers. Raises ModelError."""
    return str(Export.USAGE_NO_DIGIT() if _knows_no_digit(bundle) else Export.USAGE())


def _usage_note(bundle: ModelBundle, architecture: str, weights: str) -> str:
    """The same in detail, with code to open the two files. Raises ModelError."""
    answers = Export.ANSWERS_NO_DIGIT() if _knows_no_digit(bundle) else Export.ANSWERS()
    return str(Export.NOTE(name=bundle.card.name, answers=answers, architecture=architecture, weights=weights))


def _knows_no_digit(bundle: ModelBundle) -> bool:
    return "no_digit" in CompiledModel(bundle.compiled_path).output_names
