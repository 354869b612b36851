"""A fused optimiser takes the same steps as Keras's own."""

from typing import Any

import numpy as np


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


def test_adadelta_takes_the_steps_of_keras() -> None:
    from core.learning.backend import load_tensorflow

    load_tensorflow()
    import keras

    from core.learning.fused_layers import FusedAdadelta

    ours = weights_after(FusedAdadelta(1.0), 40)
    theirs = weights_after(keras.optimizers.Adadelta(1.0), 40)
    start = weights_after(keras.optimizers.Adadelta(1.0), 1)
    for own, other, first in zip(ours, theirs, start, strict=True):
        assert np.abs(other - first).max() > 1e-3
        np.testing.assert_allclose(own, other, rtol=1e-4, atol=1e-6)
