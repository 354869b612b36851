"""The parts of the scale benchmarks with tiny numbers: what they print is what was measured."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benchmarks.measured_process import MeasuredProcess, measure_process
from benchmarks.models import find_model
from benchmarks.speed import scale
from benchmarks.speed.scaling import curves, data, drawings, models, samples
from benchmarks.speed.scaling.growth import FLAT, LINEAR, Growth, cell, describe_growth
from benchmarks.timing import Spread
from core.datasets.sources import find_source
from core.models.library import ModelBundle
from core.recognition.recognizer import Recognizer
from core.training.spec import TrainingSpec


def test_the_exponent_is_that_of_the_power_law() -> None:
    sizes = [10, 100, 1000]
    assert Growth("x", sizes, [2.0, 2.0, 2.0]).exponent() == pytest.approx(0)
    square = Growth("x", sizes, [size**2.0 for size in sizes])
    assert (square.exponent(), square.last()) == (pytest.approx(2), pytest.approx(2))
    bent = Growth("x", sizes, [1.0, 1.0, 10.0])
    assert (bent.exponent(), bent.last()) == (pytest.approx(0.5), pytest.approx(1))
    assert describe_growth(square) == "x: grows as size^2.00, at the end as size^2.00 (bar: at most 1.10): MISSED"


@pytest.mark.parametrize(
    ("costs", "most", "verdict"),
    [
        ([1.0, 1.0, 2.0, 1001.0], LINEAR, "MISSED"),  # linear from end to end, cubic where it counts
        ([100.0, 100.0, 101.0, 200.0], FLAT, "MISSED"),
        ([1.0, 1000.0, 1000.0, 1000.0], FLAT, "MISSED"),
        ([5.0, 5.0, 6.0, 15.0], LINEAR, "reached"),
        ([1.0, 10.0, 100.0, 1100.0], LINEAR, "reached"),
        ([1.0, 1.1, 1.0, 1.1], FLAT, "reached"),
    ],
)
def test_no_constant_hides_how_a_cost_grows(costs: list[float], most: float, verdict: str) -> None:
    assert describe_growth(Growth("x", [10, 100, 1000, 10_000], costs), most).endswith(verdict)


def test_a_cell_shows_the_spread() -> None:
    assert cell(Spread((0.001, 0.002, 0.003)), 1e3, "ms").strip() == "2.00 ms (1.00 to 3.00)"


def test_a_scrawl_has_as_many_points_as_it_says(qapp: Any) -> None:
    drawing = drawings.scrawl(123)
    assert sum(len(stroke.points) for stroke in drawing.strokes) == 123
    costs = [drawings.measure_drawing(points, Recognizer(find_model(None)), runs=1) for points in (10, 30)]
    lines = drawings.report(costs).splitlines()
    assert [line.split()[0] for line in lines[1:3]] == ["10", "30"]


def test_idx_pairs_are_sets_of_digits(tmp_path: Path) -> None:
    data.write_idx_pair(tmp_path / "pair", 70)
    digits = find_source(str(tmp_path / "pair")).load()
    assert (len(digits.train), len(digits.test)) == (60, 10)
    spread = Spread((2.0,))
    costs = [data.DataCost(n, spread, spread, spread, Spread((n * 4e3,))) for n in (1000, 1_000_000)]
    assert data.report(costs).endswith("1,000,000 images: 4.00 (bar: at most 3.00): MISSED")


def test_sets_are_trained_on_with_validation_and_augmentation() -> None:
    spec = TrainingSpec(data.PRESET).completed()
    assert spec.validation_share > 0 and spec.varied_share > 0


def test_the_preset_of_a_shorter_run_reaches_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Sequence[str]] = []

    def measure(arguments: Sequence[str], data_dir: Path) -> MeasuredProcess:
        asked.append(arguments)
        lines = (
            json.dumps({"event": "run_started", "train_images": 600}),
            json.dumps({"event": "epoch_done", "seconds": 2.0, "images_per_second": [300.0]}),
        )
        return MeasuredProcess(3.0, 3.0, 10**6, lines)

    monkeypatch.setattr(data, "measure_process", measure)
    monkeypatch.setattr(data, "SIZES", (70, 140))
    assert scale.main(["data", "--preset", "dense", "--runs", "1", "--folder", str(tmp_path)]) == 0
    assert len(asked) == 4 and all("dense" in arguments for arguments in asked)


def test_feeding_ends_in_peace_with_augmentation(tmp_path: Path) -> None:
    data.write_idx_pair(tmp_path / "pair", 3000)
    fed = measure_process(
        ["-m", "benchmarks.speed.scaling.batching", str(tmp_path / "pair"), "1", "quick"], tmp_path / "data"
    )
    [rate] = json.loads(fed.lines[-1])["images_per_second"]
    assert rate > 0


def test_a_run_without_an_end_is_no_measurement() -> None:
    begin = json.dumps({"event": "run_started", "train_images": 600})
    end = json.dumps({"event": "epoch_done", "seconds": 2.0})
    assert data.images_per_second([begin, end]) == 300
    with pytest.raises(data.BenchmarkError):
        data.images_per_second([begin])


def test_copies_of_the_shipped_model_are_whole_and_open(tmp_path: Path, qapp: Any) -> None:
    library = models.make_library(tmp_path / "models", 3)
    assert all(isinstance(entry, ModelBundle) for entry in library.entries())
    kept = [path.stat().st_ino for path in tmp_path.rglob("model.tflite")]
    assert len(set(kept)) == 3  # links cannot leave their file system, and a thousand of them are one file to read
    figures = models.measure_here(tmp_path / "models")
    cost = models.ModelsCost(3, **{name: Spread((max(value, 1e-9),)) for name, value in figures.items()})
    assert models.report([cost, models.ModelsCost(30, *[Spread((1.0,))] * 5)]).count("\n") == 7


def test_curves_keep_their_size(qapp: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(curves, "REDRAWS", 1)
    costs = [curves.measure_curves(batches, runs=1) for batches in (1000, 3000)]
    assert all(0 < cost.memory < 100_000 for cost in costs)
    assert "what is drawn" in curves.report(costs)
    assert np.isfinite([cost.showing.median for cost in costs]).all()


def test_the_page_of_samples_is_measured_at_each_size(tmp_path: Path, qapp: Any) -> None:
    costs = [samples.measure_samples(number, tmp_path, runs=1) for number in (12, 40)]
    assert all(min(each.median for each in (c.opening, c.scrolling, c.changing, c.reading)) > 0 for c in costs)
    assert samples.report(costs).splitlines()[-1].startswith("ms to scroll by a page of 40 samples: ")
