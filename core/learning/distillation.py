"""Distillation: learn from the answers of other networks, not only from labels (Hinton, Vinyals, Dean, 2015).

A label says that a digit is a 7; the answers of trained networks also say how much it looks like a 1. They get every
digit after augmentation, so they also teach the uncertainty that augmentation adds. Each is weighted by the probability
that it gives the label: one that was trained on other digits would be wrong about many of them.

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
"""Largest share of the targets that comes from teachers, when they are sure of the label; the rest is the label. Label
smoothing is applied afterwards."""

_TOLERANCE = 0.01


def build_learner(
    preset: Preset, learning_rate: float, engine: Engine, teachers: Sequence[ModelBundle] = (), *, steps: int = 1
) -> Any:
    """The preset's network from `core.learning.networks.build_network`, taught by `teachers` if there are any.

    Returns
    -------
    BatchwiseModel

    Raises
    ------
    ModelError
        When a teacher cannot be opened.
    TrainingError
        When its answers do not have the classes of the network.
    """
    network = build_network(preset, learning_rate, engine, steps=steps, kind=BatchwiseModel)
    if teachers:
        network.teaching = teaching_of(teachers, CLASSES + preset.learns_no_digit, engine.precision)
    return network


def teaching_of(bundles: Sequence[ModelBundle], classes: int, precision: str) -> Teaching:
    """The function that mixes the answers of the models in `bundles`, at least one, with the labels.

    Each teacher has an equal part of `TEACHERS_SHARE`, multiplied by the probability that it gives the label.

    Parameters
    ----------
    classes
        The number of classes of the network in training.
    precision
        Keras's dtype policy for computing the teachers' answers; the answers themselves are float32.

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
    """The bundle's network, after a check of its answers: it is untrusted."""
    network = load_network(bundle)
    try:
        answer = np.asarray(network(np.zeros((1, *INPUT_SHAPE), np.float32), training=False))
    except (ValueError, TypeError, tf.errors.OpError):  # other images, or several inputs
        answer = np.empty(0)
    if answer.shape != (1, classes) or not (answer.min() >= 0 and abs(answer.sum() - 1) < _TOLERANCE):
        raise TrainingError(TrainingProblem.TEACHER_ANSWERS, name=bundle.card.name, classes=classes)
    return network


def _in_precision(network: Any, precision: str) -> Any:
    """The same network computed in `precision`, except for its last layer, which stays float32."""
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
