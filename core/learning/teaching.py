"""Learn from what other networks answer, not from labels alone (Hinton, Vinyals, Dean, 2015: distillation).

A label says that a digit is a 7; several trained networks together also say how much it looks like a 1. They see every
digit as augmentation has just varied it, so some of the doubt that this brought is taught too. Each is believed as far
as it gives the label a chance: one that learned from other digits than the pupil would be wrong about many of them.

Import only after `core.learning.backend.load_tensorflow`.
"""

from collections.abc import Sequence
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from core.digits.arrays import CLASSES, INPUT_SHAPE
from core.errors import TrainingError
from core.learning.batchwise import BatchwiseModel, Teaching
from core.learning.networks import build_network
from core.learning.opening import load_network
from core.models.library import ModelBundle
from core.training.engines import Engine
from core.training.presets import Preset
from core.wording.training_problems import TrainingProblem

TEACHERS_SHARE = 0.8
"""Largest share of what is to be learned that teachers say, where they are sure of the label; the label says the rest.
The loss smooths it all afterwards."""

_TOLERANCE = 0.01


def build_learner(
    preset: Preset, learning_rate: float, engine: Engine, teachers: Sequence[ModelBundle] = (), *, steps: int = 1
) -> Any:
    """The preset's network as `core.learning.networks.build_network` makes it, taught by `teachers` if there are any.

    Returns
    -------
    BatchwiseModel

    Raises
    ------
    ModelError
        When a teacher cannot be opened.
    TrainingError
        When its answers are not those that the network is to learn.
    """
    network = build_network(preset, learning_rate, engine, steps=steps, kind=BatchwiseModel)
    if teachers:
        network.teaching = teaching_of(teachers, CLASSES + preset.learns_no_digit, engine.precision)
    return network


def teaching_of(bundles: Sequence[ModelBundle], classes: int, precision: str) -> Teaching:
    """What the models in `bundles`, one at least, teach together: their answers, and the label for the rest.

    Of `TEACHERS_SHARE` each teacher has an equal part, and of that as much as the probability that it gives the label.

    Parameters
    ----------
    classes
        How many the network in training tells apart.
    precision
        Keras's dtype policy to compute the teachers' answers in; the answers themselves are float32.

    Raises
    ------
    ModelError
        When a network cannot be opened.
    TrainingError
        When one does not answer with `classes` probabilities.
    """
    networks = [_in_precision(_teacher(bundle, classes), precision) for bundle in bundles]

    def teach(images: Any, truth: Any) -> Any:
        answers = [tf.cast(network(images, training=False), tf.float32) for network in networks]
        believed = [answer * tf.reduce_sum(truth * answer, axis=1, keepdims=True) for answer in answers]
        taught = TEACHERS_SHARE * tf.add_n(believed) / len(believed)
        return taught + truth * (1 - tf.reduce_sum(taught, axis=1, keepdims=True))

    return teach


def _teacher(bundle: ModelBundle, classes: int) -> Any:
    """The bundle's network, if it answers as it should: it may come from anywhere."""
    network = load_network(bundle)
    try:
        answer = np.asarray(network(np.zeros((1, *INPUT_SHAPE), np.float32), training=False))
    except (ValueError, TypeError, tf.errors.OpError):  # other images, or several inputs
        answer = np.empty(0)
    if answer.shape != (1, classes) or not (answer.min() >= 0 and abs(answer.sum() - 1) < _TOLERANCE):
        raise TrainingError(TrainingProblem.TEACHER_ANSWERS, name=bundle.card.name, classes=classes)
    return network


def _in_precision(network: Any, precision: str) -> Any:
    """The same network computed in `precision`, but for its last layer, whose answers keep all their digits."""
    if precision == "float32":
        return network

    def clone(layer: Any) -> Any:
        if not isinstance(layer, keras.layers.Layer):  # an operation has no precision of its own
            return layer
        policy = "float32" if layer.name == "probabilities" else precision
        return type(layer).from_config({**layer.get_config(), "dtype": policy})

    twin = keras.models.clone_model(network, clone_function=clone)
    twin.set_weights(network.get_weights())
    return twin
