"""The check of exports: what does not open, or answers something else, does not pass."""

from pathlib import Path

import numpy as np

from benchmarks.evaluation import exports
from core.learning.backend import load_tensorflow
from core.learning.exporting import export_compiled
from core.models.compiled import CompiledModel
from core.models.library import ModelLibrary
from core.system.paths import assets_folder


def test_the_report_names_what_is_wrong() -> None:
    def one(kind: str, **found: object) -> dict[str, object]:
        return {"keras": "3.4.0", "model": "dense", "format": kind, **found}

    found = [
        one(".keras", difference=1e-7),
        one("JSON + HDF5", difference=0.2),
        one(".tflite", error="unexpected keyword argument 'input_axes'"),
    ]
    assert [exports.is_right(each) for each in found] == [True, False, False]
    _, right, wrong, unopened = exports.report(found).splitlines()
    assert right.endswith("1.0e-07 (dense)") and wrong.endswith("2.0e-01 (dense): TOO MUCH")
    assert unopened.endswith("1 DO NOT OPEN; dense: unexpected keyword argument 'input_axes'")


def test_every_export_is_asked(tmp_path: Path) -> None:
    bundle = ModelLibrary(tmp_path / "none", assets_folder() / "models").shipped_bundle()
    export_compiled(bundle, tmp_path / "shipped" / "model.tflite")
    images = np.random.default_rng(1).random((5, 28, 28, 1), np.float32)
    said = CompiledModel(bundle.compiled_path).run(images)
    digits, none = said["probabilities"], said["no_digit"]
    np.save(tmp_path / "images.npy", images)
    np.save(tmp_path / "shipped" / "answers.npy", np.hstack([digits * (1 - none), none]))
    load_tensorflow()
    from benchmarks.evaluation.opened_exports import differences

    found = {one["format"]: one for one in differences(tmp_path)}
    assert tuple(found) == exports.FORMATS
    assert found[".tflite"]["difference"] < 1e-6
    assert "error" in found[".keras"] and "error" in found["JSON + HDF5"]  # they are not there
