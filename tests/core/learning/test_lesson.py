"""The last layers of a network learn: which they are, what they learn, and how it is forgotten again."""

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from core.digits.arrays import Images
from core.errors import ModelError
from core.learning.backend import load_tensorflow
from core.learning.opening import open_network
from core.models.compiled import as_input
from core.models.library import KERAS_FILE, SHIPPED_MODEL
from core.system.paths import assets_folder
from core.training.presets import PRESETS

LEARNS = {
    "digitpad": {"conv_6", "norm_6", "logits"},
    "quick": {"conv_4", "norm_4", "probabilities"},
    "keras-cnn": {"probabilities"},
    "tf2-cnn": {"probabilities"},
    "dense": {"probabilities"},
    "starter-cnn": {"probabilities"},
}
"""The layers that learn, by preset."""


@pytest.fixture(autouse=True)
def tensorflow() -> None:
    load_tensorflow()


def learner_of(network: Any) -> Any:
    from core.learning.lesson import Learner

    return Learner(network, "Eve")


@pytest.fixture(scope="module")
def shipped() -> Any:
    """A learner for the shipped network, which the tests leave as they like."""
    return learner_of(open_network(assets_folder() / "models" / SHIPPED_MODEL / KERAS_FILE))


def fresh(name: str) -> Any:
    """An untrained network of a preset, with statistics of batches as if it were trained."""
    from core.learning.networks import build_network, plain_network

    network = plain_network(PRESETS[name], build_network(PRESETS[name], 0.001))
    rng = np.random.default_rng(1)
    for layer in network.layers:
        if layer.name.startswith("norm"):
            layer.moving_mean.assign(rng.normal(0, 0.2, layer.moving_mean.shape))
            layer.moving_variance.assign(rng.uniform(0.5, 2, layer.moving_variance.shape))
    return network


def by_layer(network: Any) -> dict[str, list[npt.NDArray[np.float32]]]:
    return {layer.name: layer.get_weights() for layer in network.layers if layer.get_weights()}


def lesson_of(learner: Any, own: Images, label: int, mnist: dict[str, Any], others: int = 200) -> Any:
    """Images to learn as `label`, while the first digits of MNIST are rehearsed."""
    from core.learning.lesson import Lesson

    features = learner.features(mnist["x_train"][:others])
    return Lesson(
        own=learner.features(own),
        own_labels=np.full(len(own), label, np.uint8),
        owners=np.arange(len(own)),
        others=features,
        others_labels=mnist["y_train"][:others],
        others_answers=learner.answers(features),
    )


def learn(learner: Any, lesson: Any, steps: int, checkpoint: Callable[[int], None] = lambda step: None) -> Any:
    return learner.learn(lesson, steps, np.random.default_rng(1), checkpoint)


@pytest.mark.parametrize("name", PRESETS)
def test_only_the_last_layers_learn_and_forget_again(name: str, mnist: dict[str, Any]) -> None:
    network = fresh(name)
    learner = learner_of(network)
    assert learner.is_whole == (len(LEARNS[name]) > 1)
    images = mnist["x_test"][:20]
    before, at_first = by_layer(network), network(as_input(images)).numpy()
    np.testing.assert_allclose(learner.answers(learner.features(images)), at_first, atol=1e-6)
    np.testing.assert_allclose(at_first.sum(axis=1), 1, atol=1e-5)  # what is learned are shares of one

    learn(learner, lesson_of(learner, images, 3, mnist), 2)
    after = by_layer(network)
    changed = {
        layer
        for layer in before
        if not all(np.array_equal(a, b) for a, b in zip(before[layer], after[layer], strict=True))
    }
    assert changed == LEARNS[name]
    for layer in filter(lambda layer: layer.startswith("norm"), changed):
        for then, now in zip(before[layer][2:], after[layer][2:], strict=True):
            np.testing.assert_array_equal(then, now)  # mean and variance stay those of the first training
    np.testing.assert_allclose(learner.answers(learner.features(images)), network(as_input(images)), atol=1e-6)

    learner.forget()
    np.testing.assert_array_equal(network(as_input(images)), at_first)


def test_it_learns_a_label_and_keeps_the_others(shipped: Any, mnist: dict[str, Any]) -> None:
    """Fours that lie on their side are eights for somebody, who shows six of them."""
    fours = mnist["x_test"][mnist["y_test"] == 4]
    lesson = lesson_of(shipped, np.rot90(fours[:6], axes=(1, 2)), 8, mnist)
    shown, unseen = lesson.own, shipped.features(np.rot90(fours[6:20], axes=(1, 2)))
    shipped.forget()
    before = [shipped.answers(features)[:, 8] for features in (shown, unseen)]
    learned = learn(shipped, lesson, 30)
    after = [shipped.answers(features)[:, 8] for features in (shown, unseen)]
    assert before[0].max() < 0.5 < after[0].min()
    assert after[1].mean() > before[1].mean() + 0.4
    others = shipped.answers(lesson.others).argmax(axis=1)
    assert (others == lesson.others_labels).mean() > 0.95

    shipped.blend(learned, 0.5)
    halfway = shipped.answers(shown)[:, 8]
    assert before[0].mean() < halfway.mean() < after[0].mean()
    shipped.blend(learned, 0.0)
    np.testing.assert_array_equal(shipped.answers(shown)[:, 8], before[0])


def test_each_lesson_starts_anew(shipped: Any, mnist: dict[str, Any]) -> None:
    lesson = lesson_of(shipped, mnist["x_test"][:4], 1, mnist)
    first = learn(shipped, lesson, 3)
    for now, then in zip(learn(shipped, lesson, 3), first, strict=True):
        np.testing.assert_allclose(now, then, atol=1e-6)


def test_a_lesson_without_some_samples_has_none_of_their_variants(shipped: Any, mnist: dict[str, Any]) -> None:
    from core.learning.lesson import Lesson

    rows = np.arange(6, dtype=np.float32)
    labels = np.array([7, 1, 4] * 2, np.uint8)
    lesson = Lesson(rows, labels, np.tile(np.arange(3), 2), rows[:0], labels[:0], np.zeros((0, 11), np.float32))
    part = lesson.only(np.array([0, 2]))
    assert part.own.tolist() == [0, 2, 3, 5]
    assert part.own_labels.tolist() == [7, 4, 7, 4]
    assert part.owners.tolist() == [0, 2, 0, 2]


def test_a_stop_ends_the_learning(shipped: Any, mnist: dict[str, Any]) -> None:
    class Ended(Exception):
        pass

    steps = []

    def checkpoint(step: int) -> None:
        steps.append(step)
        if step == 2:
            raise Ended

    lesson = lesson_of(shipped, mnist["x_test"][:4], 1, mnist)
    with pytest.raises(Ended):
        learn(shipped, lesson, 50, checkpoint)
    assert steps == [0, 1, 2]


def test_a_rare_label_is_shown_as_often_as_a_common_one() -> None:
    from core.learning.lesson import _rare_ones_as_often

    labels = np.array([1] * 9 + [7], np.uint8)
    chances = _rare_ones_as_often(labels)
    assert chances.sum() == pytest.approx(1)
    assert chances[labels == 7].sum() == pytest.approx(0.5)


# --- networks that cannot be taught ---------------------------------------------------------------------------


def network_of(*names: str, answers: int = 10) -> Any:
    """A network that flattens an image and answers with a dense layer; its layers are called `names`."""
    import keras

    image = keras.Input((28, 28, 1))
    x = keras.layers.Flatten(name=names[0])(image)
    for name in names[1:-1]:
        x = keras.layers.Activation("linear", name=name)(x)
    return keras.Model(image, keras.layers.Dense(answers, activation="softmax", name=names[-1])(x))


def with_two_inputs() -> Any:
    import keras

    images = [keras.Input((28, 28, 1)) for _ in range(2)]
    x = keras.layers.Flatten(name="embedding")(keras.layers.Add()(images))
    return keras.Model(images, keras.layers.Dense(10, activation="softmax", name="probabilities")(x))


def with_two_answers() -> Any:
    import keras

    network = network_of("embedding", "probabilities")
    return keras.Model(network.input, [network.output, network.output])


def with_a_way_round_the_embedding() -> Any:
    import keras

    image = keras.Input((28, 28, 1))
    flat = keras.layers.Flatten()(image)
    hidden = keras.layers.Dense(8, name="embedding")(flat)
    joined = keras.layers.Concatenate()([hidden, flat])
    return keras.Model(image, keras.layers.Dense(10, activation="softmax", name="probabilities")(joined))


NOT_OURS: dict[str, Callable[[], Any]] = {
    "no embedding": lambda: network_of("flat", "probabilities"),
    "no probabilities": lambda: network_of("embedding", "answers"),
    "no logits": lambda: network_of("embedding", "probabilities", answers=11),
    "nine answers": lambda: network_of("embedding", "probabilities", answers=9),
    "two inputs": with_two_inputs,
    "two answers": with_two_answers,
    "round the embedding": with_a_way_round_the_embedding,
}


@pytest.mark.parametrize("kind", NOT_OURS)
def test_a_network_that_is_not_ours_is_refused(kind: str) -> None:
    with pytest.raises(ModelError, match=r"^The model “Eve” cannot be taught: it is not a network of DigitPad's\.$"):
        learner_of(NOT_OURS[kind]())


def test_a_network_in_the_least_form_is_taught() -> None:
    assert not learner_of(network_of("embedding", "probabilities")).is_whole
    assert not learner_of(network_of("embedding", "logits", "probabilities", answers=11)).is_whole


def test_a_network_with_lost_weights_is_refused() -> None:
    network = network_of("embedding", "probabilities")
    network.set_weights([np.full_like(array, np.nan) for array in network.get_weights()])
    with pytest.raises(ModelError, match=r"^The model “Eve” cannot be taught: its weights are damaged\.$"):
        learner_of(network)
