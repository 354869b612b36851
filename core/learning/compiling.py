"""Make the files of a model bundle from a trained network.

Import only after `core.learning.backend.load_tensorflow`.
"""

from pathlib import Path
from typing import Any

import keras
import numpy as np
import numpy.typing as npt
import tensorflow as tf

from core.errors import ModelError, StorageError
from core.models import COMPILED_FILE, KERAS_FILE
from core.native_noise import quiet_native_stderr
from core.recognizer import BATCH, CompiledModel, as_input
from core.safe_files import storage_errors

MAX_FEATURE_MAPS = 4
PARITY_TOLERANCE = 1e-4
PARITY_IMAGES = 1000

ByteArray = npt.NDArray[np.uint8]


def write_model_files(network: Any, folder: Path, check_images: ByteArray) -> None:
    """Write `model.keras` and `model.tflite` into `folder`.

    Parameters
    ----------
    network
        keras.Model from `core.learning.networks`. It is saved without its optimiser.
    check_images
        uint8 `(n, 28, 28)`, n >= 1: real digits. The compiled model has to give the same probabilities as Keras for
        the first 1,000 of them.

    Raises
    ------
    ModelError
        When the two disagree by more than 1e-4.
    StorageError
        When the disk is full.
    """
    plain = keras.Model(network.input, network.output, name=network.name)
    compiled = folder / COMPILED_FILE
    with storage_errors(folder), quiet_native_stderr():
        plain.save(folder / KERAS_FILE)
        try:
            with_activations(plain).export(compiled, format="litert", verbose=False)
        except tf.errors.OpError as error:  # on the way there TensorFlow itself writes to a temporary folder
            raise StorageError(f"Cannot save {compiled}: {error.message.rstrip('.')}.") from error
    _require_parity(plain, CompiledModel(compiled), check_images[:PARITY_IMAGES])


def with_activations(network: Any) -> Any:
    """`network` with its inner activations as further outputs: what explains an answer.

    Returns
    -------
    keras.Model
        With the outputs `probabilities` `(n, 10)`, `embedding` `(n, e)`, and up to four feature maps `feature_1` ...
        `(n, height, width, channels)`, spread evenly from the first convolution to the last.
    """
    outputs = {name: network.get_layer(name).output for name in ("probabilities", "embedding")}
    maps = _feature_maps(network)
    shown = np.unique(np.linspace(0, len(maps) - 1, min(MAX_FEATURE_MAPS, len(maps))).round().astype(int))
    for number, index in enumerate(shown, start=1):
        outputs[f"feature_{number}"] = _channels_last(maps[index])
    return keras.Model(network.input, outputs)


def _feature_maps(network: Any) -> list[Any]:
    """What each convolution hands on: its own activation, or that of the ReLU behind it."""
    maps: list[Any] = []
    for layer in network.layers:
        if isinstance(layer, keras.layers.Conv2D):
            maps.append(layer.output)
        elif isinstance(layer, keras.layers.ReLU) and maps:
            maps[-1] = layer.output
    return maps


def _channels_last(feature_map: Any) -> Any:
    if keras.config.image_data_format() == "channels_first":
        return keras.layers.Permute((2, 3, 1))(feature_map)
    return feature_map


def _require_parity(network: Any, compiled: CompiledModel, images: ByteArray) -> None:
    ours = compiled.probabilities(images)
    theirs = np.concatenate(
        [network(as_input(images[i : i + BATCH]), training=False).numpy() for i in range(0, len(images), BATCH)]
    )
    worst = float(np.abs(ours - theirs).max())
    if not worst <= PARITY_TOLERANCE:
        raise ModelError(f"The compiled network does not agree with the trained one (they differ by {worst:.2g}).")
