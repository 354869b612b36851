"""Keras's own example of a CNN for MNIST as a bare script: what DigitPad's training is measured against.

Nothing of DigitPad is in it but the file of digits. As it stands it is what the example does, with Keras's defaults;
the options make it as fast as such a script can be. Prints one line of JSON.

Source of the network: Keras, examples/mnist_cnn.py.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import tensorflow as tf

from benchmarks.speed.stopwatch import EpochStopwatch
from core.digits.arrays import INPUT_SHAPE

MNIST = Path(__file__).resolve().parents[2] / "assets" / "mnist.npz"
BATCH_SIZE = 128


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, and print the seconds of each epoch and the accuracy on the test set."""
    options = _parser().parse_args(arguments)
    keras.utils.set_random_seed(options.seed)
    if options.threads:
        tf.config.threading.set_intra_op_parallelism_threads(options.threads[0])
        tf.config.threading.set_inter_op_parallelism_threads(options.threads[1])
    if options.bfloat16:
        keras.config.set_dtype_policy("mixed_bfloat16")
    with np.load(MNIST, allow_pickle=False) as file:
        x_train, y_train = _prepared(file["x_train"][: options.images], file["y_train"][: options.images])
        x_test, y_test = _prepared(file["x_test"], file["y_test"])
    model = _network()
    settings: dict[str, Any] = {} if options.plain else {"jit_compile": False}
    model.compile(
        loss="categorical_crossentropy",
        optimizer=keras.optimizers.Adadelta(learning_rate=1.0),
        metrics=["accuracy"] if options.plain else [],
        steps_per_execution=options.steps,
        **settings,
    )
    watch = EpochStopwatch()
    began = time.perf_counter()
    model.fit(x_train, y_train, batch_size=BATCH_SIZE, epochs=options.epochs, callbacks=[watch], verbose=2)
    seconds = time.perf_counter() - began
    told = {"seconds": seconds, "epoch_seconds": watch.epochs, "images": len(x_train)}
    print(json.dumps(told | {"accuracy": _accuracy(model, x_test, y_test)}))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.speed.bare_training", description=__doc__.splitlines()[0]
    )
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--images", type=int, default=60_000, help="the first N training digits")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--fast", dest="plain", action="store_false", help="no XLA, no metrics on the way")
    parser.add_argument("--bfloat16", action="store_true", help="compute in bfloat16")
    parser.add_argument("--steps", type=int, default=1, help="batches in one call of the training step")
    parser.add_argument("--threads", type=int, nargs=2, metavar=("INTRA", "INTER"), help="of TensorFlow's pools")
    return parser


def _prepared(images: Any, labels: Any) -> tuple[Any, Any]:
    return images[..., np.newaxis].astype("float32") / 255, keras.utils.to_categorical(labels, 10)


def _network() -> Any:
    layers = keras.layers
    return keras.Sequential(
        [
            keras.Input(INPUT_SHAPE),
            layers.Conv2D(32, 3, activation="relu"),
            layers.Conv2D(64, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Dropout(0.25),
            layers.Flatten(),
            layers.Dense(128, activation="relu"),
            layers.Dropout(0.5),
            layers.Dense(10, activation="softmax", dtype="float32"),
        ]
    )


def _accuracy(model: Any, images: Any, truth: Any) -> float:
    guesses = np.concatenate([model.predict_on_batch(images[i : i + 1000]) for i in range(0, len(images), 1000)])
    return float(np.mean(guesses.argmax(axis=1) == truth.argmax(axis=1)))


if __name__ == "__main__":
    sys.exit(main())
