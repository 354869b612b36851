"""A network in NumPy: every kind of layer forwards and backwards, and what a damaged file does."""

import json
from typing import Any

import numpy as np
import pytest

from core.explaining.layers import (
    ColumnLengths,
    Convolution,
    Dense,
    Flattening,
    GlobalAverage,
    Layer,
    MaxPooling,
    Normalization,
    Relu,
    Scaling,
)
from core.explaining.network import LayeredNetwork, from_arrays, softmax, to_arrays


def random_weights(*shape: int, seed: int = 1) -> Any:
    return np.random.default_rng(seed).standard_normal(shape).astype(np.float32) * np.float32(0.3)


def small_network(classes: int = 10) -> LayeredNetwork:
    return LayeredNetwork(
        (
            Scaling("brightness", 2.0, -0.5),
            Convolution("conv_1", random_weights(3, 3, 1, 4), random_weights(4), stride=2, is_padded=True),
            Normalization("norm_1", random_weights(4, seed=2), random_weights(4, seed=3)),
            Relu("relu_1"),
            MaxPooling("pool"),
            Flattening("flatten"),
            Dense("logits", random_weights(196, classes), random_weights(classes)),
        )
    )


def images(count: int = 2) -> Any:
    return np.random.default_rng(7).random((count, 28, 28, 1), np.float32)


def test_a_convolution_sums_its_inputs_times_its_kernel() -> None:
    convolution = Convolution("conv", random_weights(3, 3, 2, 5), random_weights(5))
    values = random_weights(1, 6, 6, 2, seed=4)
    window = values[0, 2:5, 1:4]
    expected = (window[..., np.newaxis] * convolution.kernel).sum(axis=(0, 1, 2)) + convolution.bias
    given = convolution.forward(values)
    assert given.shape == (1, 4, 4, 5)
    np.testing.assert_allclose(given[0, 2, 1], expected, rtol=1e-5)


@pytest.mark.parametrize(("stride", "side", "margins"), [(1, 7, (1, 1)), (2, 6, (0, 1)), (2, 7, (1, 1))])
def test_padding_keeps_the_size_as_tensorflow_does(stride: int, side: int, margins: tuple[int, int]) -> None:
    convolution = Convolution("conv", random_weights(3, 3, 1, 1), random_weights(1), stride, is_padded=True)
    assert convolution.margins((side, side)) == (margins, margins)
    assert convolution.forward(random_weights(1, side, side, 1)).shape == (1, *[-(-side // stride)] * 2, 1)


LAYERS: list[Layer] = [
    Scaling("scaling", 255.0, 1.0),
    ColumnLengths("columns"),
    Convolution("same", random_weights(3, 3, 2, 3), random_weights(3), 2, is_padded=True),
    Convolution("valid", random_weights(5, 5, 2, 3), random_weights(3)),
    Normalization("norm", random_weights(2), random_weights(2)),
    Relu("relu"),
    MaxPooling("pool", 2),
    GlobalAverage("average"),
    Flattening("flatten"),
]


@pytest.mark.parametrize("layer", LAYERS, ids=lambda layer: layer.name)
def test_the_derivative_of_a_layer_is_what_small_steps_say(layer: Layer) -> None:
    rng = np.random.default_rng(3)
    values = rng.standard_normal((2, 9, 9, 2)).astype(np.float32)
    weights = rng.standard_normal(layer.forward(values).shape).astype(np.float32)
    gradient = layer.backward(values, weights)
    assert gradient.shape == values.shape
    for _ in range(20):
        place, step = tuple(rng.integers(values.shape)), 1e-2
        higher, lower = values.copy(), values.copy()
        higher[place] += step
        lower[place] -= step
        change = (layer.forward(higher).astype(float) - layer.forward(lower)) * weights
        expected = change.sum() / float(higher[place] - lower[place])
        assert gradient[place] == pytest.approx(expected, rel=0.05, abs=0.02 * max(1.0, abs(expected)))


def test_an_empty_column_stays_empty() -> None:
    assert not ColumnLengths("columns").forward(np.zeros((1, 28, 28, 1), np.float32)).any()


def test_the_gradient_of_a_logit_is_that_of_the_whole_network() -> None:
    network, drawn = small_network(), images(1)
    weights = np.zeros((1, 10), np.float32)
    weights[0, 3], weights[0, 7] = 1, -1
    gradient = network.gradient(drawn, weights)
    step = np.zeros_like(drawn)
    step[0, 12, 13] = 1e-2
    higher, lower = network.logits(drawn + step), network.logits(drawn - step)
    change = ((higher - lower) @ weights[0])[0] / 2e-2
    assert gradient[0, 12, 13, 0] == pytest.approx(change, rel=1e-2, abs=1e-3)


def test_activations_are_what_every_layer_takes_and_the_logits_last() -> None:
    network, drawn = small_network(11), images()
    values = network.activations(drawn)
    assert len(values) == len(network.layers) + 1 and values[0] is drawn
    assert values[4].min() == 0 and values[4].shape == (2, 14, 14, 4)
    assert network.classes == 11 and values[-1].shape == (2, 11)
    answers = network.probabilities(drawn)
    assert answers.shape == (2, 10)
    np.testing.assert_allclose(answers, softmax(values[-1][:, :10]))
    np.testing.assert_allclose(answers.sum(axis=1), 1, rtol=1e-5)


def test_a_network_comes_back_from_its_arrays() -> None:
    network = small_network()
    again = from_arrays(to_arrays(network))
    assert [layer.name for layer in again.layers] == [layer.name for layer in network.layers]
    np.testing.assert_array_equal(again.logits(images()), network.logits(images()))


def _with_list(arrays: dict[str, Any], listed: object) -> dict[str, Any]:
    return arrays | {"layers": np.frombuffer(json.dumps(listed).encode(), np.uint8)}


def _changed(arrays: dict[str, Any], place: int, **entries: object) -> dict[str, Any]:
    listed = json.loads(arrays["layers"].tobytes())
    listed[place] |= entries
    return _with_list(arrays, listed)


DAMAGES: dict[str, Any] = {
    "a kernel is missing": lambda arrays: {name: arrays[name] for name in arrays if name != "conv_1.kernel"},
    "not a number": lambda arrays: arrays | {"conv_1.kernel": np.full((3, 3, 1, 4), np.nan, np.float32)},
    "layers do not fit": lambda arrays: arrays | {"conv_1.kernel": np.ones((3, 3, 2, 4), np.float32)},
    "whole numbers": lambda arrays: arrays | {"conv_1.bias": np.ones(4, np.int32)},
    "an endless list": lambda arrays: arrays | {"layers": np.zeros(200_000, np.uint8)},
    "a list of numbers": lambda arrays: arrays | {"layers": arrays["layers"].astype(np.float32)},
    "twelve answers": lambda arrays: (
        arrays | {"logits.kernel": np.ones((196, 12), np.float32), "logits.bias": np.ones(12, np.float32)}
    ),
    "no layers": lambda arrays: _with_list(arrays, []),
    "no list": lambda arrays: _with_list(arrays, {"kind": "relu"}),
    "no answer": lambda arrays: _with_list(arrays, [{"kind": "relu", "name": "relu"}]),
    "a stride of zero": lambda arrays: _changed(arrays, 1, stride=0),
    "a stride of true": lambda arrays: _changed(arrays, 1, stride=True),
    "an unknown kind": lambda arrays: _changed(arrays, 1, kind="eval"),
    "a factor beyond all numbers": lambda arrays: _changed(arrays, 0, factor=1e300),
    "a name for two": lambda arrays: _changed(arrays, 3, name="norm_1"),
    "a window beyond the image": lambda arrays: _changed(arrays, 4, size=1000),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_arrays_of_no_such_network_are_refused(damage: str) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        from_arrays(DAMAGES[damage](to_arrays(small_network())))
