"""Where the time of one training step goes, operation by operation, as TensorFlow's own profiler sees it.

Operations that run beside each other, on two cores, add up to more than the step.
"""

import argparse
import re
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.command_line import command_parser, run
from benchmarks.processes import BenchmarkError
from benchmarks.timing import RUNS, Spread, machine_line
from core.digits.arrays import CLASSES, SIDE
from core.training.engines import ENGINES
from core.training.presets import PRESETS, Preset

STEPS = 40
LISTED = 10


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark with the command line `arguments` and return its exit code."""
    parser = command_parser("speed.step_profile", __doc__.splitlines()[0])
    parser.add_argument("--preset", choices=sorted(PRESETS), default="quick", help="default: quick")
    parser.add_argument("--engine", choices=list(ENGINES), default="bfloat16", help="default: bfloat16")
    return run(parser, arguments, _profile)


def _profile(options: argparse.Namespace) -> str:
    from core.learning.backend import load_tensorflow

    load_tensorflow()
    from core.learning.batchwise import BatchwiseModel
    from core.learning.networks import build_network

    preset = PRESETS[options.preset]
    network = build_network(preset, preset.learning_rate, ENGINES[options.engine], kind=BatchwiseModel)
    batches = _one_batch_for_ever(preset)
    _train(network, batches)
    times = [_train(network, batches) / STEPS * 1000 for _ in range(RUNS)]
    return "\n".join(
        [
            machine_line(),
            f"a step of {preset.name}, {preset.batch_size} digits: {Spread(tuple(times)).text('{:.1f}', 'ms')}",
            *operation_lines(_operation_milliseconds(network, batches)),
        ]
    )


def operation_lines(milliseconds: dict[str, float]) -> list[str]:
    """The operations that take the longest, with their share of all."""
    whole = sum(milliseconds.values())
    longest = sorted(milliseconds.items(), key=lambda item: -item[1])[:LISTED]
    return [f"  {name:<36}{spent:6.2f} ms {spent / whole:6.1%}" for name, spent in longest]


def _one_batch_for_ever(preset: Preset) -> Any:
    import tensorflow as tf

    from core.learning.batching import without_autotuning

    rng = np.random.default_rng(1)
    digits = rng.integers(CLASSES, size=preset.batch_size)
    images = rng.random((preset.batch_size, SIDE, SIDE, 1), np.float32)
    labels = tf.one_hot(digits, CLASSES + preset.learns_no_digit) if preset.one_hot else tf.constant(digits, tf.int32)
    return without_autotuning(tf.data.Dataset.from_tensors((tf.constant(images), labels)).repeat())


def _train(network: Any, batches: Any) -> float:
    """Seconds of `STEPS` steps."""
    began = time.perf_counter()
    network.fit(batches, steps_per_epoch=STEPS, shuffle=False, verbose=0)
    return time.perf_counter() - began


def _operation_milliseconds(network: Any, batches: Any) -> dict[str, float]:
    """Milliseconds of one step by kind of operation."""
    import tensorflow as tf
    from tensorflow.tsl.profiler.protobuf import xplane_pb2

    with tempfile.TemporaryDirectory(prefix="digitpad-benchmark-") as folder:
        tf.profiler.experimental.start(folder)
        _train(network, batches)
        tf.profiler.experimental.stop()
        files = list(Path(folder).rglob("*.xplane.pb"))
        if not files:
            raise BenchmarkError("TensorFlow's profiler wrote nothing.")
        space = xplane_pb2.XSpace.FromString(files[0].read_bytes())
    spent: dict[str, float] = {}
    for name, picoseconds in _events(space):
        spent[name] = spent.get(name, 0.0) + picoseconds / 1e9 / STEPS
    return spent


def _events(space: Any) -> Iterator[tuple[str, int]]:
    """Kind and picoseconds of every operation; the profiler says "name:kind", with a prefix where oneDNN does it."""
    for plane in space.planes:
        for line in plane.lines:
            for event in line.events:
                name = plane.event_metadata[event.metadata_id].name
                if found := re.fullmatch(r"[^:$]+:(?:_MklNative|_Mkl)?([A-Za-z]\w*)", name):
                    yield found[1], event.duration_ps


if __name__ == "__main__":
    sys.exit(main())
