"""A fused optimiser takes the same steps as Keras's own."""

from typing import Any

import numpy as np
import pytest


def weights_after(optimizer: Any, steps: int) -> list[Any]:
    import keras

    keras.utils.set_random_seed(1)
    network = keras.Sequential([keras.Input((6,)), keras.layers.Dense(5, activation="relu"), keras.layers.Dense(3)])
    network.compile(optimizer=optimizer, loss="mse", jit_compile=False)
    rng = np.random.default_rng(1)
    inputs, targets = rng.normal(size=(32, 6)), rng.normal(size=(32, 3))
    for _ in range(steps):
        network.train_on_batch(inputs, targets)
    return list(network.get_weights())


@pytest.mark.parametrize(
    ("name", "rate", "rounding"), [("Adadelta", 1.0, 1e-6), ("Adam", 0.01, 1e-5), ("AdamW", 0.01, 1e-5)]
)
def test_an_optimiser_takes_the_steps_of_keras(name: str, rate: float, rounding: float) -> None:
    from core.learning.backend import load_tensorflow

    load_tensorflow()
    import keras

    from core.learning import fused_layers

    ours = weights_after(getattr(fused_layers, f"Fused{name}")(rate), 40)
    theirs = weights_after(getattr(keras.optimizers, name)(rate), 40)
    start = weights_after(getattr(keras.optimizers, name)(rate), 1)
    for own, other, first in zip(ours, theirs, start, strict=True):
        assert np.abs(other - first).max() > 1e-3
        np.testing.assert_allclose(own, other, rtol=1e-4, atol=rounding)
