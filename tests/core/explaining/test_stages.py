"""A network as stages, what its maps say, and the computation behind one value."""

from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from core.explaining.layers import (
    Convolution,
    Dense,
    Flattening,
    GlobalAverage,
    MaxPooling,
    Normalization,
    Relu,
    Scaling,
)
from core.explaining.map_shares import class_map, map_shares
from core.explaining.network import LayeredNetwork
from core.explaining.pixels import MOST_PARTS, PixelChoice, PixelSum, explain_pixel
from core.explaining.stages import StageKind, stages_of
from tests.core.explaining.test_network import images, random_weights


def averaging_network() -> LayeredNetwork:
    """With two convolutions, global average pooling and a dense layer."""
    return LayeredNetwork(
        (
            Scaling("brightness", 2.0, -0.5),
            Convolution("conv_1", random_weights(3, 3, 1, 4), random_weights(4, seed=9), is_padded=True),
            Relu("relu_1"),
            MaxPooling("pool"),
            Convolution("conv_2", random_weights(3, 3, 4, 6), random_weights(6, seed=8), stride=2),
            Normalization("norm_2", random_weights(6, seed=2), random_weights(6, seed=3)),
            Relu("relu_2"),
            GlobalAverage("embedding"),
            Dense("logits", random_weights(6, 11), random_weights(11, seed=5)),
        )
    )


def flat_network() -> LayeredNetwork:
    """Without a convolution."""
    return LayeredNetwork(
        (
            Flattening("flatten"),
            Dense("hidden", random_weights(784, 5), random_weights(5)),
            Relu("relu"),
            Dense("logits", random_weights(5, 10), random_weights(10)),
        )
    )


def seen(network: LayeredNetwork) -> Any:
    return network.activations(images(1))


def test_stages_are_what_people_call_layers() -> None:
    kinds = [(stage.kind, stage.number) for stage in stages_of(averaging_network())]
    assert kinds == [
        (StageKind.PREPARATION, 1),
        (StageKind.CONVOLUTION, 1),
        (StageKind.POOLING, 1),
        (StageKind.CONVOLUTION, 2),
        (StageKind.AVERAGE, 1),
        (StageKind.LOGITS, 1),
    ]
    assert [stage.kind for stage in stages_of(flat_network())] == ["flattening", "dense", "logits"]


def test_a_stage_takes_what_the_one_before_gives() -> None:
    network = averaging_network()
    activations, stages = seen(network), stages_of(network)
    for before, after in pairwise(stages):
        np.testing.assert_array_equal(after.takes(activations), before.gives(activations))
    np.testing.assert_array_equal(stages[-1].gives(activations), network.logits(images(1))[0])


def test_before_the_relu_a_stage_has_what_is_below_zero() -> None:
    network = averaging_network()
    activations = seen(network)
    [_, first, pooling, second, *_] = stages_of(network)
    for stage in (first, second):
        before, after = stage.gives(activations, before_relu=True), stage.gives(activations)
        assert before.min() < 0
        np.testing.assert_array_equal(np.maximum(before, 0), after)
    np.testing.assert_array_equal(pooling.gives(activations, before_relu=True), pooling.gives(activations))


@pytest.mark.parametrize("digit", [0, 7])
def test_the_cells_of_the_last_maps_add_up_to_the_logit(digit: int) -> None:
    network = averaging_network()
    activations = seen(network)
    found = class_map(network, activations, digit)
    assert found is not None
    assert found.cells.shape == (6, 6)
    assert found.total == pytest.approx(float(activations[-1][0, digit]), abs=1e-5)


def test_a_network_without_averages_has_no_such_sum() -> None:
    assert class_map(flat_network(), seen(flat_network()), 3) is None
    last = Dense("logits", random_weights(784, 10), random_weights(10))
    network = LayeredNetwork((Flattening("flatten"), last))
    assert class_map(network, seen(network), 3) is None


def test_the_last_maps_say_their_mean_times_the_dense_weight() -> None:
    network = averaging_network()
    activations, stages = seen(network), stages_of(network)
    shares = map_shares(network, activations, stages, 4)
    last, dense = stages[3], network.layers[-1]
    assert isinstance(dense, Dense)
    expected = last.gives(activations).mean(axis=(0, 1)) * dense.kernel[:, 4]
    np.testing.assert_allclose(shares[3], expected, rtol=1e-4, atol=1e-6)


def test_what_a_map_says_is_what_the_logit_changes_by_with_it() -> None:
    network = averaging_network()
    activations, stages = seen(network), stages_of(network)
    stage, shares = stages[1], map_shares(network, activations, stages, 2)[1]
    rest = LayeredNetwork(network.layers[stage.end :])
    for channel in range(4):
        less = activations[stage.end].copy()
        less[..., channel] *= np.float32(0.999)
        change = float(rest.logits(activations[stage.end])[0, 2] - rest.logits(less)[0, 2])
        assert change == pytest.approx(float(shares[channel]) * 0.001, rel=0.05, abs=2e-6)


def test_a_convolution_tells_what_it_multiplied_and_added() -> None:
    network = averaging_network()
    activations = seen(network)
    stage = stages_of(network)[3]
    values = stage.gives(activations)
    for channel, row, column in ((0, 0, 0), (5, 3, 2), (2, 5, 5)):
        found = explain_pixel(network, stage, activations, channel, row, column)
        assert isinstance(found, PixelSum)
        assert found.value == pytest.approx(float(values[row, column, channel]))
        added = sum(float((part.inputs * part.weights).sum()) for part in found.parts) + found.rest + found.bias
        assert added == pytest.approx(found.total, abs=1e-5)
        assert (len(found.parts), found.others) == (MOST_PARTS, 4 - MOST_PARTS)
        sizes = [abs(part.total) for part in found.parts]
        assert sizes == sorted(sizes, reverse=True)
        norm, relu = found.after
        assert norm.scale is not None
        assert norm.shift is not None
        assert norm.value == pytest.approx(found.total * norm.scale + norm.shift, abs=1e-5)
        assert relu.value == max(norm.value, 0)


def test_the_first_convolution_adds_one_part() -> None:
    network = averaging_network()
    found = explain_pixel(network, stages_of(network)[1], seen(network), 2, 10, 11)
    assert isinstance(found, PixelSum)
    assert (len(found.parts), found.others, found.rest) == (1, 0, 0.0)
    assert found.parts[0].inputs.shape == (3, 3)


def test_pooling_tells_what_it_chose_from() -> None:
    network = averaging_network()
    activations = seen(network)
    stage = stages_of(network)[2]
    found = explain_pixel(network, stage, activations, 3, 4, 6)
    assert isinstance(found, PixelChoice)
    assert found.inputs.shape == (2, 2)
    assert found.value == found.inputs.max() == stage.gives(activations)[4, 6, 3]


def test_other_stages_have_no_such_computation() -> None:
    network = averaging_network()
    stages = stages_of(network)
    assert explain_pixel(network, stages[0], seen(network), 0, 3, 3) is None
    assert explain_pixel(network, stages[4], seen(network), 0, 0, 0) is None
