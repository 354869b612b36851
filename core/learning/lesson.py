"""Let only the last layers of a trained network learn: in seconds, and from a few digits.

The layers below are frozen. What they make of an image is computed once, so that a step costs a fraction of one through
the whole network. Import only after `core.learning.backend.load_tensorflow`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import keras
import numpy as np
import numpy.typing as npt
import tensorflow as tf

from core.digits.arrays import CLASSES, INPUT_SHAPE, Images, Labels, Probabilities
from core.errors import ModelError
from core.ink.arrays import FloatArray
from core.models.compiled import as_input
from core.system.checkpoints import Checkpoint, no_checkpoint
from core.wording.teaching_messages import TeachingProblem

BATCH = 128
OWN_IN_BATCH = 51
"""Two in five: more would learn the hand sooner, and forget others."""
PEAK_RATE = 0.004
WARM_UP_STEPS = 5
SMOOTHING = 0.02
SOFT_SHARE = 0.7
"""Share of the network's own answers in the targets of what is rehearsed: it is to stay as it is, doubts included."""
DOUBTED_BELOW = 0.97
DOUBTED_WEIGHT = 6.0
"""How much more often what the network is less sure of is rehearsed."""
_AT_ONCE = 256
_SMALLEST = 1e-7
_ANSWERS = ((None, CLASSES), (None, CLASSES + 1))

Weights = list[FloatArray]


@dataclass(frozen=True, slots=True, eq=False)
class Lesson:
    """What is learned in one go, as features.

    Attributes
    ----------
    own, own_labels, owners
        The user's digits and their variants: float32 `(n, ...)`, uint8 `(n,)`, and int `(n,)`: which sample each is of.
    others, others_labels, others_answers
        What is rehearsed: float32 `(m, ...)`, uint8 `(m,)`, and `(m, classes)`: the network's answers at first.
    """

    own: FloatArray
    own_labels: Labels
    owners: npt.NDArray[np.int64]
    others: FloatArray
    others_labels: Labels
    others_answers: Probabilities

    def only(self, samples: npt.NDArray[np.int64]) -> "Lesson":
        """The lesson with no other of the user's digits than `samples`."""
        kept = np.isin(self.owners, samples)
        return replace(self, own=self.own[kept], own_labels=self.own_labels[kept], owners=self.owners[kept])


class Learner:
    """A network, split into layers that are frozen and layers that learn.

    Attributes
    ----------
    network
        The keras.Model; it shares its layers with this, so it learns, too.
    is_whole
        Whether its last convolution learns, too; False when only what follows the embedding does.
    """

    def __init__(self, network: Any, name: str) -> None:
        """`name` is the model's. Raises ModelError when it is not built like one of DigitPad's networks, or damaged."""
        if not _is_ours(network):
            raise ModelError(TeachingProblem.NOT_OURS, name=name)
        if not all(np.isfinite(array).all() for array in network.get_weights()):
            raise ModelError(TeachingProblem.START_DAMAGED, name=name)
        self.network = network
        convolution = _last_convolution(network)
        self.is_whole = convolution is not None
        frozen = _embedding(network) if convolution is None else convolution - 1
        self._base = keras.Model(network.input, network.layers[frozen].output)
        self._top = _chain(network.layers[frozen:])
        self._variables = self._top.trainable_variables
        self._compute_features = _in_graph(self._base)
        self._compute_answers = _in_graph(self._top)
        self._first: Weights = self._top.get_weights()
        self._optimizer = keras.optimizers.Adam(PEAK_RATE, beta_1=0.9, beta_2=0.99)
        self._optimizer.build(self._variables)
        self._step = tf.function(self._take_step, autograph=False, jit_compile=False)

    @property
    def knows_no_digit(self) -> bool:
        """Whether the network can answer that something is no digit."""
        return int(self.network.output.shape[-1]) > CLASSES

    def features(self, images: Images, checkpoint: Checkpoint = no_checkpoint) -> FloatArray:
        """What the frozen layers make of images uint8 `(n, 28, 28)`, n >= 1; `checkpoint` is called now and then."""
        return _in_parts(self._compute_features, as_input(images), checkpoint)

    def answers(self, features: FloatArray) -> Probabilities:
        """The network's answers as it is now, float32 `(n, classes)`, from `features`, n >= 1."""
        return _in_parts(self._compute_answers, features, no_checkpoint)

    @property
    def weights(self) -> Weights:
        """Of the layers that learn, as they are now."""
        return list(self._top.get_weights())

    @weights.setter
    def weights(self, weights: Weights) -> None:
        self._top.set_weights(weights)

    def forget(self) -> None:
        """Be again as at first."""
        self.weights = self._first
        for variable in self._optimizer.variables:
            variable.assign(tf.zeros_like(variable))

    def learn(self, lesson: Lesson, steps: int, rng: np.random.Generator, checkpoint: Callable[[int], None]) -> Weights:
        """Learn from the beginning, and return what the last layers have become, for `blend`.

        `checkpoint` is called with the number of steps done; what it raises ends the learning.
        """
        self.forget()
        own_chances = _rare_ones_as_often(lesson.own_labels)
        others_chances = _doubted_more_often(lesson)
        own_targets = self._targets(lesson.own_labels)
        others_targets = (1 - SOFT_SHARE) * self._targets(lesson.others_labels) + SOFT_SHARE * lesson.others_answers
        for step in range(steps):
            checkpoint(step)
            own = rng.choice(len(own_chances), OWN_IN_BATCH, p=own_chances)
            others = rng.choice(len(others_chances), BATCH - OWN_IN_BATCH, p=others_chances)
            features = np.concatenate([lesson.own[own], lesson.others[others]])
            targets = np.concatenate([own_targets[own], others_targets[others]])
            self._step(tf.constant(features), tf.constant(targets), tf.constant(_rate(step, steps), tf.float32))
        return self.weights

    def blend(self, learned: Weights, share: float) -> None:
        """Be as at first, but for a `share` in [0, 1] of what was learned.

        Averaging the weights before and after keeps more of what the network knew than learning less would (Wortsman et
        al., "Robust fine-tuning of zero-shot models", 2022).
        """
        self.weights = [a + share * (b - a) for a, b in zip(self._first, learned, strict=True)]

    def _targets(self, labels: Labels) -> FloatArray:
        """One-hot rows, a little smoothed, float32 `(n, classes)`."""
        classes = int(self.network.output.shape[-1])
        rows: FloatArray = np.full((len(labels), classes), SMOOTHING / classes, np.float32)
        rows[np.arange(len(labels)), labels] += 1 - SMOOTHING
        return rows

    def _take_step(self, features: Any, targets: Any, rate: Any) -> None:
        self._optimizer.learning_rate.assign(rate)
        with tf.GradientTape() as tape:
            # statistics of batches stay those of the first training: a few digits of one hand would bend them
            answers = tf.maximum(self._top(features, training=False), _SMALLEST)
            loss = -tf.reduce_mean(tf.reduce_sum(targets * tf.math.log(answers), axis=-1))
        self._optimizer.apply_gradients(zip(tape.gradient(loss, self._variables), self._variables, strict=True))


def _is_ours(network: Any) -> bool:
    """Whether a keras.Model has the form of DigitPad's networks: one image, one answer, a chain after the embedding."""
    if network.input_shape != (None, *INPUT_SHAPE) or network.output_shape not in _ANSWERS:
        return False
    names = [layer.name for layer in network.layers]
    needed = {"embedding", "probabilities"} | ({"logits"} if network.output_shape[-1] > CLASSES else set())
    is_functional = isinstance(network.layers[0], keras.layers.InputLayer)
    return is_functional and needed <= set(names) and _is_chain(network.layers[_embedding(network) :])


def _embedding(network: Any) -> int:
    """The place of the embedding among the layers."""
    return [layer.name for layer in network.layers].index("embedding")


def _last_convolution(network: Any) -> int | None:
    """The place of the last convolution among the layers, where all that follows is one chain; else None."""
    places = [place for place, layer in enumerate(network.layers) if isinstance(layer, keras.layers.Conv2D)]
    if not places or any(isinstance(layer, keras.layers.Flatten) for layer in network.layers):
        return None  # a dense layer on a whole feature map has too many weights for a few digits
    return places[-1] if _is_chain(network.layers[places[-1] - 1 :]) else None


def _is_chain(layers: Sequence[Any]) -> bool:
    """Whether each layer takes what the one before gives, and nothing else."""
    return all(below.output is above.input for below, above in pairwise(layers))


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


def _in_parts(compute: Any, inputs: FloatArray, checkpoint: Checkpoint) -> FloatArray:
    parts = []
    for start in range(0, len(inputs), _AT_ONCE):
        checkpoint()
        parts.append(compute(tf.constant(inputs[start : start + _AT_ONCE])).numpy())
    return np.concatenate(parts)


def _rare_ones_as_often(labels: Labels) -> npt.NDArray[np.float64]:
    """The chance of each digit, `(n,)`, so that all labels come equally often."""
    return _shares(1 / np.bincount(labels)[labels])


def _doubted_more_often(lesson: Lesson) -> npt.NDArray[np.float64]:
    """The chance of each image that is rehearsed, `(m,)`."""
    labels = lesson.others_labels
    is_doubted = lesson.others_answers[np.arange(len(labels)), labels] < DOUBTED_BELOW
    return _shares(np.where(is_doubted, DOUBTED_WEIGHT, 1.0))


def _shares(weights: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    shares: npt.NDArray[np.float64] = weights / weights.sum()
    return shares


def _rate(step: int, steps: int) -> float:
    """The learning rate: a short warm-up, then half a cosine."""
    return float(PEAK_RATE * min((step + 1) / WARM_UP_STEPS, 1.0) * 0.5 * (1 + np.cos(np.pi * step / steps)))
