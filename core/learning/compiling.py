"""Write the model files of a bundle from a trained network.

Import only after `core.learning.backend.load_tensorflow`.
"""

from functools import partial
from pathlib import Path
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from tensorflow.lite.python import schema_py_generated as schema
from tensorflow.lite.tools import flatbuffer_utils

from core.digits.arrays import CLASSES, Images
from core.errors import ModelError
from core.models.compiled import BATCH, CompiledModel, as_input
from core.models.library import COMPILED_FILE, KERAS_FILE
from core.system.native_noise import quiet_native_stderr
from core.system.processor import core_count
from core.system.safe_files import storage_errors
from core.wording.model_problems import ModelProblem

MAX_FEATURE_MAPS = 4
PARITY_TOLERANCE = 1e-4
PARITY_IMAGES = 1000


def write_model_files(network: Any, folder: Path, check_images: Images) -> None:
    """Write `model.keras` and `model.tflite` into `folder`.

    Parameters
    ----------
    network
        keras.Model from `core.learning.networks.plain_network`.
    check_images
        uint8 `(n, 28, 28)`, n >= 1: real digits. The compiled model must give the same probabilities as Keras for the
        first 1,000 of them.

    Raises
    ------
    ModelError
        When the two disagree by more than 1e-4.
    StorageError
        When the disk is full.
    """
    plain = keras.Model(network.input, network.output, name=network.name)  # without an optimiser
    compiled = folder / COMPILED_FILE
    with storage_errors(folder), quiet_native_stderr():
        plain.save(folder / KERAS_FILE)
        compiled.write_bytes(_compile(with_activations(plain)))
    _require_parity(plain, CompiledModel(compiled, threads=core_count()), check_images[:PARITY_IMAGES])


def with_activations(network: Any) -> Any:
    """`network` with inner activations as further outputs, to explain an answer.

    Returns
    -------
    keras.Model
        With the outputs `probabilities` `(n, 10)`, `embedding` `(n, e)`, and up to four feature maps `feature_1` ...
        `(n, height, width, channels)`, evenly spread from the first convolution to the last. The last of eleven answers
        becomes `no_digit` `(n, 1)`; `probabilities` are then conditional on the image being a digit.
    """
    outputs = {**_answers(network), "embedding": network.get_layer("embedding").output}
    maps = _feature_maps(network)
    shown = np.unique(np.linspace(0, len(maps) - 1, min(MAX_FEATURE_MAPS, len(maps))).round().astype(int))
    for number, index in enumerate(shown, start=1):
        outputs[f"feature_{number}"] = _channels_last(maps[index])
    return keras.Model(network.input, outputs)


def _answers(network: Any) -> dict[str, Any]:
    probabilities = network.get_layer("probabilities").output
    if probabilities.shape[-1] == CLASSES:
        return {"probabilities": probabilities}
    logits = network.get_layer("logits").output
    # from the logits: when the network is sure of “no digit”, the ten probabilities are too small to normalise
    return {"probabilities": keras.layers.Softmax()(logits[:, :CLASSES]), "no_digit": probabilities[:, CLASSES:]}


def _feature_maps(network: Any) -> list[Any]:
    """The output of each convolution, or of the ReLU after it."""
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


def _compile(network: Any) -> bytearray:
    """The LiteRT model of `network`, whose outputs keep their names.

    From its graph, not from a SavedModel as in Keras's own `export`: the converter holds the GIL, so that the window
    waits, and with a SavedModel it takes more than twice as long.
    """
    converter = tf.lite.TFLiteConverter.from_concrete_functions([_in_graph(network).get_concrete_function()], network)
    converter.experimental_lower_to_saved_model = False
    # a third of the time would be spent searching all weights for infinite ones, which no trained network has
    converter.canonicalizing_inf_as_min_max_float = False
    return _with_names(converter.convert(), sorted(network.output))


def _in_graph(network: Any) -> Any:
    """The network's answer to images as one graph, which takes a third less time than layer by layer."""
    image = tf.TensorSpec(network.input.shape, tf.float32, name="image")
    return tf.function(partial(network.__call__, training=False), input_signature=[image])


def _with_names(content: bytes, outputs: list[str]) -> bytearray:
    """The LiteRT model `content` with a signature: `image`, and the names of its `outputs` in order."""
    model = flatbuffer_utils.convert_bytearray_to_object(content)
    [graph] = model.subgraphs
    signature = schema.SignatureDefT()
    signature.signatureKey = "serving_default"
    signature.inputs = [_named("image", graph.inputs[0])]
    signature.outputs = [_named(name, index) for name, index in zip(outputs, graph.outputs, strict=True)]
    model.signatureDefs = [signature]
    named: bytearray = flatbuffer_utils.convert_object_to_bytearray(model)
    return named


def _named(name: str, index: int) -> Any:
    tensor = schema.TensorMapT()
    tensor.name, tensor.tensorIndex = name, index
    return tensor


def _require_parity(network: Any, compiled: CompiledModel, images: Images) -> None:
    answers = compiled.answer(images)
    ours = answers.probabilities
    if answers.no_digit is not None:
        ours = np.hstack([ours * (1 - answers.no_digit[:, np.newaxis]), answers.no_digit[:, np.newaxis]])
    answer = _in_graph(network)
    theirs = np.concatenate([answer(as_input(images[i : i + BATCH])).numpy() for i in range(0, len(images), BATCH)])
    worst = float(np.abs(ours - theirs).max())
    if not worst <= PARITY_TOLERANCE:
        raise ModelError(ModelProblem.COMPILED_DIFFERS, difference=worst)
