"""How training's data path grows with the images of a set: images a second, and memory.

The sets are pairs of IDX files as a user may have them, made of MNIST's digits moved about; each is trained on by the
command itself, as a process of its own, with the validation and the augmentation that its preset has.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.measured_process import measure_process
from benchmarks.processes import BenchmarkError
from benchmarks.speed.scaling.growth import FLAT, Growth, cell, describe_growth
from benchmarks.timing import RUNS, Spread, verdict_line
from core.datasets.mnist import load_mnist
from core.digits.arrays import SIDE

SIZES = (60_000, 250_000, 1_000_000)
MOST_MEMORY = 3e9
"""Bytes that a run on the largest set may hold at most."""
PRESET = "quick"
"""It validates and augments; `dense` does neither."""
_MOST_MOVED = 3  # pixels
_CHUNK = 20_000


@dataclass(frozen=True, slots=True)
class DataCost:
    """What a set of so many `images` takes.

    Attributes
    ----------
    fed, trained
        Images a second, without a network, and in an epoch of a run.
    seconds
        Of the whole run, start of the process to the saved model.
    peak
        Bytes that the process held at the most, pages of the mapped file included.
    """

    images: int
    fed: Spread
    trained: Spread
    seconds: Spread
    peak: Spread


def write_idx_pair(folder: Path, images: int, seed: int = 28) -> None:
    """Write so many of MNIST's digits, each moved about, as IDX files into a new `folder`, some at a time."""
    folder.mkdir(parents=True)
    digits = load_mnist().train
    rng = np.random.default_rng(seed)
    with (
        (folder / "train-images-idx3-ubyte").open("wb") as pixels,
        (folder / "train-labels-idx1-ubyte").open("wb") as labels,
    ):
        pixels.write(bytes([0, 0, 8, 3]) + np.array([images, SIDE, SIDE], ">u4").tobytes())
        labels.write(bytes([0, 0, 8, 1]) + np.array([images], ">u4").tobytes())
        for start in range(0, images, _CHUNK):
            chosen = rng.integers(len(digits), size=min(_CHUNK, images - start))
            moved = rng.integers(-_MOST_MOVED, _MOST_MOVED + 1, 2).tolist()
            pixels.write(np.roll(digits.images[chosen], moved, axis=(1, 2)).tobytes())
            labels.write(digits.labels[chosen].tobytes())


def measure_data(images: int, folder: Path, runs: int = RUNS, preset: str = PRESET) -> DataCost:
    """Feed from a set of so many images, and train an epoch on it `runs` times, each in a process of its own."""
    source = folder / f"{images}"
    write_idx_pair(source, images)
    fed = measure_process(["-m", "benchmarks.speed.scaling.batching", str(source), str(runs), preset], folder / "data")
    asked = ["--preset", preset, "--data", str(source), "--epochs", "1", "--json"]
    done = [measure_process(["main.py", "train", *asked], folder / "data") for _ in range(runs)]
    for file in source.iterdir():
        file.unlink()
    return DataCost(
        images,
        fed=Spread(tuple(json.loads(fed.lines[-1])["images_per_second"])),
        trained=Spread(tuple(images_per_second(one.lines) for one in done)),
        seconds=Spread(tuple(one.seconds for one in done)),
        peak=Spread(tuple(float(one.peak_bytes) for one in done)),
    )


def report(costs: Sequence[DataCost]) -> str:
    """The table, how memory and time grow, and the verdict on the largest set."""
    heads = ("images/s fed", "images/s trained", "a run of one epoch", "peak memory")
    lines = [f"{'images':>10}" + "".join(f"{head:>28}" for head in heads) + f"{'bytes/image':>13}"]
    for cost in costs:
        cells = cell(cost.fed, 1, "") + cell(cost.trained, 1, "") + cell(cost.seconds, 1, "s")
        memory = f"{cell(cost.peak, 1e-6, 'MB')}{cost.peak.median / cost.images:>13,.0f}"
        lines.append(f"{cost.images:>10,}{cells}{memory}")
    sizes = [cost.images for cost in costs]
    lines.append(describe_growth(Growth("a run of one epoch", sizes, [cost.seconds.median for cost in costs])))
    lines.append(describe_growth(Growth("time to feed an image", sizes, [1 / c.fed.median for c in costs]), FLAT))
    lines.append(describe_growth(Growth("peak memory", sizes, [cost.peak.median for cost in costs])))
    what = f"GB at the most in a run on {sizes[-1]:,} images"
    lines.append(verdict_line(what, max(costs[-1].peak.values) / 1e9, MOST_MEMORY / 1e9))
    return "\n".join(lines)


def images_per_second(lines: Sequence[str]) -> float:
    """What a run's events say of its one epoch."""
    events: list[dict[str, Any]] = [json.loads(line) for line in lines]
    started = [event for event in events if event["event"] == "run_started"]
    done = [event for event in events if event["event"] == "epoch_done"]
    if not started or not done:
        raise BenchmarkError("A run did not end as it should.")
    return float(started[0]["train_images"] / done[0]["seconds"])
