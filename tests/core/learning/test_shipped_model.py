"""The two forms of the model that ships with DigitPad are one and the same network."""

from pathlib import Path
from typing import Any

import numpy as np

from core.learning.opening import load_network
from core.models.compiled import CompiledModel, as_input
from core.models.library import ModelLibrary
from core.system.paths import assets_folder


def test_the_keras_and_the_compiled_form_agree_on_1000_digits(tmp_path: Path, mnist: dict[str, Any]) -> None:
    bundle = ModelLibrary(tmp_path, assets_folder() / "models").shipped_bundle()
    images, labels = mnist["x_test"][:1000], mnist["y_test"][:1000]
    compiled = CompiledModel(bundle.compiled_path).answer(images)
    trained = load_network(bundle)(as_input(images), training=False).numpy()
    assert compiled.no_digit is not None
    digits = trained[:, :10] / trained[:, :10].sum(axis=1, keepdims=True)
    assert np.abs(compiled.probabilities - digits).max() < 1e-4
    assert np.abs(compiled.no_digit - trained[:, 10]).max() < 1e-4
    assert (compiled.probabilities.argmax(axis=1) == labels).mean() > 0.98
