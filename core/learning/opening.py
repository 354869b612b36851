"""Open the networks of saved models."""

from typing import Any

import numpy as np

from core.errors import ModelError, TrainingError
from core.learning.backend import load_tensorflow
from core.models import ModelBundle
from core.native_noise import quiet_native_stderr


def load_network(bundle: ModelBundle) -> Any:
    """The bundle's network as a keras.Model, not compiled. Loads TensorFlow.

    Raises
    ------
    ModelError
        When it cannot be opened, or holds code: only Keras's own layers are let in.
    """
    load_tensorflow()
    import keras

    try:
        with quiet_native_stderr():
            return keras.saving.load_model(bundle.keras_path, safe_mode=True, compile=False)
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise ModelError(f"The network of the model “{bundle.card.name}” cannot be opened.") from error


def take_weights(network: Any, bundle: ModelBundle) -> None:
    """Give `network`, a keras.Model, all weights of the bundle's.

    Raises
    ------
    ModelError
        When the bundle's network cannot be opened.
    TrainingError
        When it has other weights than `network`, or some that are no numbers.
    """
    weights = load_network(bundle).get_weights()
    shapes = [tuple(variable.shape) for variable in network.weights]
    if [array.shape for array in weights] != shapes or not all(np.isfinite(array).all() for array in weights):
        raise TrainingError(
            f"Training cannot go on from the model “{bundle.card.name}”: its network is not what its card says."
        )
    network.set_weights(weights)
