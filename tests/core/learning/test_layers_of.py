"""The layers of Keras's networks in NumPy answer as the networks do; where one is not known, there are none."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from core.models.compiled import as_input
from core.training.presets import PRESETS


@pytest.fixture(autouse=True)
def tensorflow() -> None:
    from core.learning.backend import load_tensorflow

    load_tensorflow()


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_answers_the_same_in_numpy(name: str, mnist: dict[str, Any]) -> None:
    from core.explaining.network import softmax
    from core.learning.layers_of import layers_of
    from core.learning.networks import build_network, plain_network

    preset = PRESETS[name]
    network = plain_network(preset, build_network(preset, preset.learning_rate))
    rng = np.random.default_rng(1)  # batch normalisation of a new network would do nothing
    network.set_weights([weights + 0.05 * rng.random(weights.shape) for weights in network.get_weights()])
    layered = layers_of(network, mnist["x_test"][:8])
    assert layered is not None
    images = as_input(mnist["x_test"][8:40])
    np.testing.assert_allclose(softmax(layered.logits(images)), network(images), atol=1e-4)


def _network(*layers: Callable[[Any], Any]) -> Any:
    import keras

    image = keras.Input((28, 28, 1))
    values = image
    for layer in layers:
        values = layer(values)
    return keras.Model(image, values)


def _unknown_layers() -> dict[str, list[Any]]:
    from keras import layers

    answer = [layers.Flatten(), layers.Dense(10, activation="softmax")]
    return {
        "dilated": [layers.Conv2D(2, 3, dilation_rate=2), *answer],
        "oblong strides": [layers.Conv2D(2, 3, strides=(1, 2)), *answer],
        "channels first": [layers.Permute((3, 1, 2)), *answer],
        "leaky": [layers.Conv2D(2, 3), layers.ReLU(negative_slope=0.1), *answer],
        "hyperbolic tangent": [layers.Conv2D(2, 3, activation="tanh"), *answer],
        "overlapping pools": [layers.MaxPooling2D(3, strides=1), *answer],
        "normalised columns": [layers.BatchNormalization(axis=1), *answer],
        "no softmax": [layers.Flatten(), layers.Dense(10)],
        "softmax in the middle": [layers.Flatten(), layers.Dense(10, activation="softmax"), layers.Dense(10)],
    }


@pytest.mark.parametrize(
    "kind",
    [
        *("dilated", "oblong strides", "channels first", "leaky", "hyperbolic tangent", "overlapping pools"),
        *("normalised columns", "no softmax", "softmax in the middle"),
    ],
)
def test_a_network_with_an_unknown_layer_has_none(kind: str, mnist: dict[str, Any]) -> None:
    from core.learning.layers_of import layers_of

    assert layers_of(_network(*_unknown_layers()[kind]), mnist["x_test"][:4]) is None


def test_a_network_that_forks_has_none(mnist: dict[str, Any]) -> None:
    import keras
    from keras import layers

    from core.learning.layers_of import layers_of

    image = keras.Input((28, 28, 1))
    values = layers.Conv2D(1, 3, padding="same")(image)
    both = layers.Add()([image, values])
    network = keras.Model(image, layers.Dense(10, activation="softmax")(layers.Flatten()(both)))
    assert layers_of(network, mnist["x_test"][:4]) is None


def test_layers_as_other_programs_write_them_are_known(mnist: dict[str, Any]) -> None:
    from keras import layers

    from core.learning.layers_of import layers_of

    network = _network(
        layers.Rescaling(2.0, offset=-1.0),
        layers.Conv2D(2, 5, use_bias=False),
        layers.Activation("relu"),
        layers.MaxPooling2D(2),
        layers.Flatten(),
        layers.Dense(10, use_bias=False),
        layers.Softmax(),
    )
    layered = layers_of(network, mnist["x_test"][:4])
    assert layered is not None and layered.classes == 10
