"""The presets' networks: the layers their sources name, on the input this project gives."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from core.training.presets import PRESETS, Preset

TWO_CONVOLUTIONS = ["Conv2D", "Conv2D", "MaxPooling2D", "Dropout", "Flatten", "Dense", "Dropout", "Dense"]
LAYERS = {
    "keras-cnn": TWO_CONVOLUTIONS,
    "tf2-cnn": ["Rescaling", *TWO_CONVOLUTIONS],
    "dense": ["Flatten", "Dense", "Dense", "Dense"],
    "starter-cnn": TWO_CONVOLUTIONS,
}
PARAMETERS = {"keras-cnn": 1_199_882, "tf2-cnn": 1_199_882, "dense": 118_282, "starter-cnn": 600_810}
TRAINED_WITH = {
    "keras-cnn": ("CategoricalCrossentropy", "Adadelta", 1.0),
    "tf2-cnn": ("BinaryCrossentropy", "RMSprop", 0.001),
    "dense": ("SparseCategoricalCrossentropy", "Adam", 0.001),
    "starter-cnn": ("CategoricalCrossentropy", "Adam", 0.001),
}


@pytest.fixture(autouse=True)
def tensorflow() -> None:
    from core.learning.backend import load_tensorflow

    load_tensorflow()


@pytest.fixture
def channels_first() -> Iterator[None]:
    import keras

    before = keras.config.image_data_format()
    keras.config.set_image_data_format("channels_first")
    yield
    keras.config.set_image_data_format(before)


def build(name: str) -> Any:
    from core.learning.networks import build_network

    return build_network(PRESETS[name], PRESETS[name].learning_rate, steps=10)


def answers(name: str) -> int:
    return 11 if PRESETS[name].learns_no_digit else 10


def images(mnist: dict[str, Any], count: int) -> Any:
    return mnist["x_train"][:count, ..., np.newaxis].astype(np.float32) / np.float32(255)


@dataclass(frozen=True)
class Fitted:
    """A preset's network after two epochs on 200 digits, and its loss in each."""

    preset: Preset
    network: Any
    losses: list[float]


@pytest.fixture(scope="module", params=PRESETS)
def fitted(request: pytest.FixtureRequest, mnist: dict[str, Any]) -> Fitted:
    from core.learning.backend import load_tensorflow

    load_tensorflow()
    preset, labels = PRESETS[request.param], mnist["y_train"][:200].astype(np.int32)
    network = build(preset.name)
    target = np.eye(answers(preset.name), dtype=np.float32)[labels] if preset.one_hot else labels
    history = network.fit(images(mnist, 200), target, batch_size=40, epochs=2, verbose=0)
    return Fitted(preset, network, history.history["loss"])


@pytest.mark.parametrize("name", LAYERS)
def test_a_documented_network_has_exactly_its_layers(name: str) -> None:
    network = build(name)
    assert [type(layer).__name__ for layer in network.layers[1:]] == LAYERS[name]
    assert network.count_params() == PARAMETERS[name]
    loss, optimizer, rate = TRAINED_WITH[name]
    assert type(network.loss).__name__ == loss
    assert type(network.optimizer).__name__.removeprefix("Fused") == optimizer
    assert float(network.optimizer.learning_rate) == pytest.approx(rate)


def test_settings_of_the_documented_layers() -> None:
    config = {layer.name: layer.get_config() for layer in build("keras-cnn").layers}
    assert (config["conv_1"]["filters"], config["conv_2"]["filters"]) == (32, 64)
    assert config["conv_1"]["kernel_size"] == config["conv_2"]["kernel_size"] == (3, 3)
    assert {config[name]["activation"] for name in ("conv_1", "conv_2", "embedding")} == {"relu"}
    assert config["pool"]["pool_size"] == (2, 2)
    assert (config["dropout_1"]["rate"], config["dropout_2"]["rate"]) == (0.25, 0.5)
    assert config["embedding"]["units"] == 128
    assert (config["probabilities"]["units"], config["probabilities"]["activation"]) == (10, "softmax")


def test_digitpads_own_network_is_small() -> None:
    assert build("digitpad").count_params() < 500_000


def test_every_network_takes_images_and_learns(fitted: Fitted, mnist: dict[str, Any]) -> None:
    network = fitted.network
    assert network.input_shape == (None, 28, 28, 1)
    assert network.get_layer("probabilities").output.shape == (None, answers(fitted.preset.name))
    assert len(network.get_layer("embedding").output.shape) == 2
    assert fitted.losses[1] < fitted.losses[0]
    np.testing.assert_allclose(network(images(mnist, 5)).numpy().sum(axis=1), 1, atol=1e-5)


def test_the_plain_network_answers_like_the_trained_one(fitted: Fitted, mnist: dict[str, Any]) -> None:
    import keras

    from core.learning.networks import plain_network

    pixels = images(mnist, 500)
    plain = plain_network(fitted.preset, fitted.network)
    answered = fitted.network(pixels, training=False).numpy()
    np.testing.assert_allclose(plain(pixels).numpy(), answered, atol=0.03)  # bfloat16
    assert all(type(layer).__module__.startswith("keras.") for layer in plain.layers)
    assert {weight.dtype for weight in plain.weights} == {"float32"}
    assert {layer.compute_dtype for layer in plain.layers} == {"float32"}
    assert keras.config.dtype_policy().name == "float32"


def test_fused_normalisation_trains_like_keras_own() -> None:
    import keras

    from core.learning.fused_layers import FusedBatchNormalization

    values = np.random.default_rng(1).normal(3, 2, (16, 7, 7, 4)).astype(np.float32)
    ours, theirs = FusedBatchNormalization(momentum=0.9), keras.layers.BatchNormalization(momentum=0.9)
    for _ in range(3):
        np.testing.assert_allclose(ours(values, training=True), theirs(values, training=True), atol=1e-4)
    np.testing.assert_allclose(ours.moving_mean, theirs.moving_mean, rtol=1e-5)
    count = 16 * 7 * 7
    gained = (np.asarray(ours.moving_variance) - 0.9**3) / (np.asarray(theirs.moving_variance) - 0.9**3)
    np.testing.assert_allclose(gained, count / (count - 1), rtol=1e-4)
    frozen = np.asarray(ours.moving_mean)
    ours.trainable = False
    ours(values + 1, training=True)
    np.testing.assert_array_equal(ours.moving_mean, frozen)


@pytest.mark.parametrize("name", PRESETS)
def test_channels_first_is_honoured(name: str, channels_first: None) -> None:
    network = build(name)
    assert network.input_shape == (None, 28, 28, 1)
    assert network.output_shape == (None, answers(name))
    convolutions = [layer for layer in network.layers if layer.name.startswith("conv_")]
    assert all(layer.output.shape[1] == layer.filters for layer in convolutions)
    assert bool(convolutions) == (name != "dense")


def test_channels_first_sees_what_channels_last_sees(mnist: dict[str, Any], channels_first: None) -> None:
    """The same weights, once in each order, give the same feature maps."""
    import keras

    def first_map(network: Any) -> Any:
        return keras.Model(network.input, network.get_layer("conv_1").output)(images(mnist, 3)).numpy()

    first = build("starter-cnn")
    keras.config.set_image_data_format("channels_last")
    last = build("starter-cnn")
    last.get_layer("conv_1").set_weights(first.get_layer("conv_1").get_weights())
    np.testing.assert_allclose(first_map(first).transpose(0, 2, 3, 1), first_map(last), atol=1e-5)


def test_the_dense_network_sees_columns_as_keras_normalises_them(mnist: dict[str, Any]) -> None:
    import keras

    network = build("dense")
    seen = keras.Model(network.input, network.get_layer("flatten").output)(images(mnist, 200)).numpy()
    expected = keras.utils.normalize(mnist["x_train"][:200], axis=1).reshape(200, -1)
    np.testing.assert_allclose(seen, expected, atol=1e-6)


def test_the_tensorflow_2_network_sees_raw_brightness(mnist: dict[str, Any]) -> None:
    import keras

    network = build("tf2-cnn")
    seen = keras.Model(network.input, network.get_layer("brightness").output)(images(mnist, 20)).numpy()
    np.testing.assert_allclose(seen[..., 0], mnist["x_train"][:20], atol=1e-4)


def test_the_scheduled_learning_rate_climbs_and_falls() -> None:
    from core.learning.networks import build_network

    optimizer = build_network(PRESETS["digitpad"], 0.01, steps=100).optimizer
    rates = []
    for step in (0, 5, 15, 60, 100):
        optimizer.iterations.assign(step)
        rates.append(float(optimizer.learning_rate))
    assert rates[0] < rates[1] < rates[2] == pytest.approx(0.01)
    assert rates[2] > rates[3] > rates[4]
    assert rates[4] < 0.0001
