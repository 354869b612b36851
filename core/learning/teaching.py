"""Learn from what other networks answer, not from labels alone (Hinton, Vinyals, Dean, 2015: distillation).

A label says that a digit is a 7; several trained networks together also say how much it looks like a 1. They see every
digit as augmentation has just varied it, so what became doubtful by that is taught as doubtful.

Import only after `core.learning.backend.load_tensorflow`.
"""

from collections.abc import Callable, Sequence
from typing import Any

import keras
import tensorflow as tf

from core.errors import TrainingError
from core.learning.exporting import load_network
from core.models import ModelBundle

TEACHERS_SHARE = 0.8
"""Share of what is to be learned that teachers say; the label says the rest."""

Teaching = Callable[[Any, Any], Any]
"""From a batch of images and one-hot labels to the rows that are to be learned, float32 `(b, classes)`."""


def teaching_of(bundles: Sequence[ModelBundle], classes: int, precision: str) -> Teaching:
    """What the models in `bundles` teach together: the mean of their answers, and a part of the label itself.

    Parameters
    ----------
    bundles
        At least one.
    classes
        How many the network in training tells apart.
    precision
        Keras's dtype policy to compute the teachers' answers in; the answers themselves are float32.

    Raises
    ------
    ModelError
        When a network cannot be opened.
    TrainingError
        When one does not tell as many classes apart.
    """
    networks = [_teacher(bundle, classes, precision) for bundle in bundles]

    def teach(images: Any, truth: Any) -> Any:
        answers = [tf.cast(network(images, training=False), tf.float32) for network in networks]
        return (1 - TEACHERS_SHARE) * truth + TEACHERS_SHARE * tf.add_n(answers) / len(answers)

    return teach


def _teacher(bundle: ModelBundle, classes: int, precision: str) -> Any:
    network = load_network(bundle)
    known = network.output_shape[-1]
    if known != classes:
        raise TrainingError(
            f"The model “{bundle.card.name}” cannot teach this network: "
            f"it tells {known} kinds of drawing apart, not {classes}."
        )
    return network if precision == "float32" else _in_precision(network, precision)


def _in_precision(network: Any, precision: str) -> Any:
    """The same network computed in `precision`, but for its last layer, whose answers keep all their digits."""

    def clone(layer: Any) -> Any:
        policy = "float32" if layer.name == "probabilities" else precision
        return type(layer).from_config({**layer.get_config(), "dtype": policy})

    twin = keras.models.clone_model(network, clone_function=clone)
    twin.set_weights(network.get_weights())
    return twin
