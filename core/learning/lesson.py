"""Let only the last layers of a trained network learn: in seconds, and from a few digits.

The layers below are frozen. What they make of an image is computed once, so that a step costs a fraction of one through
the whole network. Import only after `core.learning.backend.load_tensorflow`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import keras
import numpy as np
import numpy.typing as npt
import tensorflow as tf

from core.digits.arrays import Images, Labels, Probabilities
from core.ink.arrays import FloatArray
from core.models.compiled import as_input
from core.system.checkpoints import Checkpoint

BATCH = 128
OWN_IN_BATCH = 51
"""Two in five: enough to learn a hand in a minute's worth of steps, without forgetting others'."""
PEAK_RATE = 0.004
WARM_UP_STEPS = 5
SMOOTHING = 0.02
SOFT_SHARE = 0.7
"""Share of the network's own answers in the targets of what is rehearsed: it is to stay as it is, doubts included."""
DOUBTED_BELOW = 0.97
DOUBTED_WEIGHT = 6.0
"""How much more often what the network is less sure of is rehearsed."""
BLEND = 0.8
"""Share of what was learned in the result. Averaging the weights before and after keeps more of what the network knew
than learning less (Wortsman et al., "Robust fine-tuning of zero-shot models", 2022)."""

_FEATURES_AT_ONCE = 256
_SMALLEST = 1e-7

Weights = list[FloatArray]


@dataclass(frozen=True, slots=True, eq=False)
class Lesson:
    """What is learned in one go: features and targets, one-hot or softer, of the user's own digits and of others.

    Attributes
    ----------
    own, own_targets, own_labels
        float32 `(n, ...)` and `(n, classes)`, n >= 1, and uint8 `(n,)`.
    others, others_targets, others_weights
        The same of what is rehearsed; `(m,)`: how often each is, relative to the others.
    """

    own: FloatArray
    own_targets: FloatArray
    own_labels: Labels
    others: FloatArray
    others_targets: FloatArray
    others_weights: FloatArray


class Learner:
    """A network, split into layers that are frozen and layers that learn.

    Attributes
    ----------
    network
        The keras.Model; it shares its layers with this, so it learns, too.
    is_whole
        Whether its last convolution learns, too; False when only what follows the embedding does.
    """

    def __init__(self, network: Any) -> None:
        self.network = network
        place = _last_convolution(network)
        self.is_whole = place is not None
        names = [layer.name for layer in network.layers]
        cut = names.index("embedding") if place is None else place - 1
        self._base = keras.Model(network.input, network.layers[cut].output)
        self._top = _chain(network.layers[cut:])
        self._variables = self._top.trainable_variables
        self._compute_features = _in_graph(self._base)
        self._compute_answers = _in_graph(self._top)
        self._first = self._top.get_weights()
        self._optimizer = keras.optimizers.Adam(PEAK_RATE, beta_1=0.9, beta_2=0.99)
        self._optimizer.build(self._variables)
        self._step = tf.function(self._take_step, autograph=False, jit_compile=False)

    @property
    def classes(self) -> int:
        """10, or 11 with “no digit”."""
        return int(self.network.output.shape[-1])

    def features(self, images: Images) -> FloatArray:
        """What the frozen layers make of images uint8 `(n, 28, 28)`."""
        return _in_parts(self._compute_features, as_input(images))

    def answers(self, features: FloatArray) -> Probabilities:
        """The network's answers as it is now, float32 `(n, classes)`, from `features`."""
        return _in_parts(self._compute_answers, features)

    def forget(self) -> None:
        """Be again as at first."""
        self._top.set_weights(self._first)
        for variable in self._optimizer.variables:
            variable.assign(tf.zeros_like(variable))

    def learn(self, lesson: Lesson, steps: int, rng: np.random.Generator, checkpoint: Checkpoint) -> None:
        """Learn from the beginning; `checkpoint` is called before each step, and what it raises ends the learning."""
        self.forget()
        own = _rare_ones_as_often(lesson.own_labels)
        others = lesson.others_weights / lesson.others_weights.sum()
        for step in range(steps):
            checkpoint()
            mine = rng.choice(len(lesson.own), OWN_IN_BATCH, p=own)
            theirs = rng.choice(len(lesson.others), BATCH - OWN_IN_BATCH, p=others)
            features = np.concatenate([lesson.own[mine], lesson.others[theirs]])
            targets = np.concatenate([lesson.own_targets[mine], lesson.others_targets[theirs]])
            self._step(tf.constant(features), tf.constant(targets), tf.constant(_rate(step, steps), tf.float32))
        blended = [
            first + BLEND * (learned - first)
            for first, learned in zip(self._first, self._top.get_weights(), strict=True)
        ]
        self._top.set_weights(blended)

    def _take_step(self, features: Any, targets: Any, rate: Any) -> None:
        self._optimizer.learning_rate.assign(rate)
        with tf.GradientTape() as tape:
            # statistics of batches stay those of the first training: a few digits of one hand would bend them
            answers = tf.maximum(self._top(features, training=False), _SMALLEST)
            loss = -tf.reduce_mean(tf.reduce_sum(targets * tf.math.log(answers), axis=-1))
        self._optimizer.apply_gradients(zip(tape.gradient(loss, self._variables), self._variables, strict=True))


def own_targets(labels: Labels, classes: int) -> FloatArray:
    """One-hot rows for `labels`, a little smoothed, float32 `(n, classes)`."""
    rows: FloatArray = (1 - SMOOTHING) * np.eye(classes, dtype=np.float32)[labels] + np.float32(SMOOTHING / classes)
    return rows


def rehearsed_targets(labels: Labels, answers: Probabilities) -> FloatArray:
    """Targets for what is rehearsed, from the labels and the network's own `answers`, float32 `(n, classes)`."""
    targets: FloatArray = (1 - SOFT_SHARE) * own_targets(labels, answers.shape[1]) + SOFT_SHARE * answers
    return targets


def rehearsed_weights(labels: Labels, answers: Probabilities) -> FloatArray:
    """How often to rehearse each image, `(n,)`."""
    is_doubted = answers[np.arange(len(labels)), labels] < DOUBTED_BELOW
    return np.where(is_doubted, DOUBTED_WEIGHT, 1.0).astype(np.float32)


def _last_convolution(network: Any) -> int | None:
    """The place of the last convolution among the layers, where all that follows is one chain; else None."""
    places = [place for place, layer in enumerate(network.layers) if isinstance(layer, keras.layers.Conv2D)]
    if not places or any(isinstance(layer, keras.layers.Flatten) for layer in network.layers):
        return None  # a dense layer on a whole feature map has too many weights for a few digits
    chain = network.layers[places[-1] - 1 :]
    return places[-1] if all(below.output is above.input for below, above in pairwise(chain)) else None


def _chain(layers: Sequence[Any]) -> Any:
    """A keras.Model of the layers after the first, from the first one's output."""
    first, *rest = layers
    features = keras.Input(first.output.shape[1:])
    x = features
    for layer in rest:
        x = layer(x)
    return keras.Model(features, x)


def _in_graph(model: Any) -> Any:
    signature = [tf.TensorSpec((None, *model.input.shape[1:]), tf.float32)]
    return tf.function(lambda x: model(x, training=False), input_signature=signature, autograph=False)


def _in_parts(compute: Any, inputs: FloatArray) -> FloatArray:
    starts = range(0, len(inputs), _FEATURES_AT_ONCE)
    return np.concatenate([compute(tf.constant(inputs[start : start + _FEATURES_AT_ONCE])).numpy() for start in starts])


def _rare_ones_as_often(labels: Labels) -> npt.NDArray[np.float64]:
    """The chance of each digit, `(n,)`, so that all labels come equally often."""
    chances = 1 / np.bincount(labels)[labels]
    shares: npt.NDArray[np.float64] = chances / chances.sum()
    return shares


def _rate(step: int, steps: int) -> float:
    """The learning rate: a short warm-up, then half a cosine."""
    return float(PEAK_RATE * min((step + 1) / WARM_UP_STEPS, 1.0) * 0.5 * (1 + np.cos(np.pi * step / steps)))
