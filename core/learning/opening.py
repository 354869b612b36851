"""Open the networks of saved models."""

from pathlib import Path
from typing import Any

import numpy as np

from core.errors import ModelError, TrainingError
from core.learning.backend import load_tensorflow
from core.models.library import ModelBundle
from core.system.native_noise import quiet_native_stderr
from core.wording.model_problems import ModelProblem
from core.wording.training_problems import TrainingProblem


def load_network(bundle: ModelBundle) -> Any:
    """The bundle's network as a keras.Model, not compiled. Loads TensorFlow.

    Raises
    ------
    ModelError
        When it cannot be opened, or contains code: only Keras's own layers are allowed.
    """
    try:
        return open_network(bundle.keras_path)
    except Exception as error:  # with an untrusted file, Keras and TensorFlow can raise anything
        raise ModelError(ModelProblem.NETWORK_UNREADABLE, name=bundle.card.name) from error


def open_network(path: Path) -> Any:
    """The keras.Model in the `.keras` file `path`, not compiled. Loads TensorFlow. Raises any exception of Keras."""
    load_tensorflow()
    import keras

    with quiet_native_stderr():
        network = keras.saving.load_model(path, safe_mode=True, compile=False)
    if not isinstance(network, keras.Model):
        raise TypeError(f"{path} holds no model")
    return network


def take_weights(network: Any, bundle: ModelBundle) -> None:
    """Set the weights of `network`, a keras.Model, to those of the bundle's.

    Raises
    ------
    ModelError
        When the bundle's network cannot be opened.
    TrainingError
        When the weights have other shapes, or the network's answer is not finite with them.
    """
    weights = load_network(bundle).get_weights()
    if [array.shape for array in weights] != [tuple(variable.shape) for variable in network.weights]:
        raise TrainingError(TrainingProblem.START_DIFFERS, name=bundle.card.name)
    network.set_weights(weights)
    image = np.ones((1, *network.input_shape[1:]), np.float32)
    if not np.isfinite(network(image, training=False)).all():
        raise TrainingError(TrainingProblem.START_DAMAGED, name=bundle.card.name)
