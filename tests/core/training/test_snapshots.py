"""Snapshots of a run: small, spread evenly, and as good as the network."""

import numpy as np
import pytest

from core.explaining.layers import Dense, Flattening
from core.explaining.network import LayeredNetwork
from core.training.snapshots import Snapshots, make_snapshot


def network(seed: int, scale: float = 0.1) -> LayeredNetwork:
    rng = np.random.default_rng(seed)
    kernel = (scale * rng.normal(size=(784, 10))).astype(np.float32)
    return LayeredNetwork((Flattening("flatten"), Dense("logits", kernel, np.zeros(10, np.float32))))


def test_a_snapshot_answers_as_its_network_does_with_half_the_bytes() -> None:
    images = np.random.default_rng(1).random((5, 28, 28, 1)).astype(np.float32)
    whole = network(1)
    snapshot = make_snapshot(3, whole, None)
    assert snapshot.size < 784 * 10 * 2 + 1000
    np.testing.assert_allclose(snapshot.network().probabilities(images), whole.probabilities(images), atol=5e-3)


def test_weights_too_large_for_half_precision_stay_whole() -> None:
    large = network(1, 1e6)
    again = make_snapshot(1, large, None).network()
    np.testing.assert_array_equal(again.layers[1].kernel, large.layers[1].kernel)  # type: ignore[attr-defined]


@pytest.mark.parametrize("most", [1, 3, 4, 10])
def test_a_long_run_keeps_few_spread_evenly(most: int) -> None:
    size = make_snapshot(1, network(1), None).size
    snapshots = Snapshots(most * size)
    for epoch in range(1, 101):
        snapshots.add(make_snapshot(epoch, network(1), None))
        assert 1 <= len(snapshots.epochs) <= most
        assert snapshots.epochs[-1] == epoch
    *kept, last = snapshots.epochs
    assert len(kept) >= most // 2 - 1
    if kept:
        assert kept[0] == 1 and len(set(np.diff(kept))) <= 1
        assert last - kept[-1] <= np.diff([*kept[:2], last])[0]


def test_the_snapshot_of_an_epoch_that_was_dropped_is_the_one_before() -> None:
    snapshots = Snapshots()
    assert snapshots.after(5) is None
    for epoch in (1, 3, 5):
        snapshots.add(make_snapshot(epoch, network(epoch), np.full((10, 10), epoch)))
    found = [snapshots.after(epoch) for epoch in (1, 2, 4, 5, 99)]
    assert [snapshot and snapshot.epoch for snapshot in found] == [1, 1, 3, 5, 5]
    assert snapshots.after(0) is None
