"""Feed batches from a set of digits as training does, without a network, and print as JSON how many images a second."""

import itertools
import json
import sys
import time

from core.datasets.sources import find_source
from core.learning.backend import load_tensorflow
from core.training.material import gather_material
from core.training.spec import TrainingSpec

SKIPPED, MEASURED = 50, 500


def main(source: str, runs: int, preset: str) -> None:
    """Print the rates of `runs` stretches of an endless feed; an epoch's new order is made in some of them."""
    spec = TrainingSpec(preset, data=source).completed()
    material = gather_material(spec, find_source(source).load())
    load_tensorflow()
    from core.learning.batching import training_batches

    batches = iter(
        training_batches(
            material.images,
            material.labels,
            batch_size=spec.batch_size,
            seed=spec.seed,
            one_hot=spec.preset.one_hot,
            varied_share=spec.varied_share,
            classes=material.classes,
        )
    )
    for _ in itertools.islice(batches, SKIPPED):
        pass
    rates = []
    for _ in range(runs):
        began = time.perf_counter()
        images = sum(int(labels.shape[0]) for _, labels in itertools.islice(batches, MEASURED))
        rates.append(images / (time.perf_counter() - began))
    print(json.dumps({"images_per_second": rates}))
    del batches  # ends TensorFlow's threads, which must not call Python any more while it ends


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
