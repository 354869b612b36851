"""Train without a window and test after every epoch, which decides nothing. Prints one line of JSON.

What the tests take is not counted.
"""

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.command_line import training_parser
from core.datasets.sources import find_source
from core.learning.backend import load_tensorflow
from core.models.compiled import as_input
from core.models.library import ModelLibrary
from core.training.context import RunContext
from core.training.control import TrainingControl
from core.training.events import EpochDone, Event
from core.training.material import gather_material
from core.training.plan import TrainingPlan
from core.training.spec import TrainingSpec

TEST_BATCH = 1000


def main(arguments: Sequence[str] | None = None) -> int:
    """Train as the options say, and print the accuracies with the seconds to each."""
    parser = training_parser("speed.tested_training", __doc__.splitlines()[0], "quick")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    spec = TrainingSpec(options.preset, options.data, epochs=options.epochs, seed=options.seed)
    print(json.dumps({"reached": train_and_test(spec)}))
    return 0


def train_and_test(wanted: TrainingSpec) -> list[tuple[float, float]]:
    """Seconds since the start of the training, and accuracy on the test set, after each epoch."""
    load_tensorflow()
    from core.learning.training import prepare_training
    from core.training.progress import WorkClock

    spec = wanted.completed()
    source = find_source(spec.data)
    data = source.load()
    material = gather_material(spec, data)
    clock = WorkClock(time.perf_counter)
    reached: list[tuple[float, float]] = []

    def emit(event: Event) -> None:
        if isinstance(event, EpochDone):
            with clock.stopped():
                accuracy = _accuracy(training.network, data.test.images, data.test.labels)
            reached.append((clock() - began, accuracy))

    library = ModelLibrary(Path(), Path())  # nothing is saved
    context = RunContext(TrainingControl(), emit, library, clock=clock)
    training = prepare_training(TrainingPlan(spec, source, data, material), context)
    began = clock()
    training.run()
    return reached


def _accuracy(network: Any, images: Any, labels: Any) -> float:
    parts = [as_input(images[start : start + TEST_BATCH]) for start in range(0, len(images), TEST_BATCH)]
    guesses = np.concatenate([network(part, training=False).numpy()[:, :10] for part in parts]).argmax(axis=1)
    return float(np.mean(guesses == labels))


if __name__ == "__main__":
    sys.exit(main())
