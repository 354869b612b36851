"""Compiling: the compiled network answers like the trained one, or there is none."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.errors import ModelError
from core.models.compiled import CompiledModel
from core.training.presets import PRESETS

FEATURE_MAPS = {"quick": 4, "digitpad": 4, "keras-cnn": 2, "tf2-cnn": 2, "dense": 0, "starter-cnn": 2}


@pytest.fixture(autouse=True)
def tensorflow() -> None:
    from core.learning.backend import load_tensorflow

    load_tensorflow()


def trained_a_little(name: str, mnist: dict[str, Any]) -> Any:
    from core.learning.networks import build_network, plain_network

    preset = PRESETS[name]
    network = build_network(preset, preset.learning_rate, steps=5)
    images = mnist["x_train"][:200, ..., np.newaxis].astype(np.float32) / np.float32(255)
    labels = mnist["y_train"][:200].astype(np.int32)
    answers = network.output_shape[-1]
    network.fit(
        images, np.eye(answers, dtype=np.float32)[labels] if preset.one_hot else labels, batch_size=40, verbose=0
    )
    return plain_network(preset, network)


@pytest.mark.parametrize("name", PRESETS)
def test_compiled_and_trained_network_agree_on_300_digits(
    name: str, tmp_path: Path, mnist: dict[str, Any], capfd: pytest.CaptureFixture[str]
) -> None:
    import keras

    from core.learning.compiling import write_model_files

    write_model_files(trained_a_little(name, mnist), tmp_path, mnist["x_test"][:50])
    images = mnist["x_test"][:300, ..., np.newaxis].astype(np.float32) / np.float32(255)
    outputs = CompiledModel(tmp_path / "model.tflite").run(images)
    network = keras.saving.load_model(tmp_path / "model.keras", safe_mode=True)
    answers = network(images).numpy()
    if PRESETS[name].learns_no_digit:
        np.testing.assert_allclose(outputs["no_digit"], answers[:, 10:], atol=1e-4)
        answers = answers[:, :10] / answers[:, :10].sum(axis=1, keepdims=True)
    else:
        assert "no_digit" not in outputs
    assert np.abs(outputs["probabilities"] - answers).max() < 1e-4
    hidden = keras.Model(network.input, network.get_layer("embedding").output)(images).numpy()
    np.testing.assert_allclose(outputs["embedding"], hidden, rtol=1e-3, atol=1e-3 * np.abs(hidden).max())
    maps = {name: outputs[name] for name in outputs if name.startswith("feature_")}
    assert sorted(maps) == [f"feature_{number}" for number in range(1, FEATURE_MAPS[name] + 1)]
    assert all(array.ndim == 4 and array.min() >= 0 for array in maps.values())
    assert capfd.readouterr().err == ""


def test_the_saved_network_has_no_optimiser(tmp_path: Path, mnist: dict[str, Any]) -> None:
    import keras

    from core.learning.compiling import write_model_files

    network = trained_a_little("dense", mnist)
    write_model_files(network, tmp_path, mnist["x_test"][:10])
    assert not hasattr(keras.saving.load_model(tmp_path / "model.keras"), "optimizer")


def test_a_network_that_answers_nothing_is_refused(tmp_path: Path, mnist: dict[str, Any]) -> None:
    from core.learning.compiling import write_model_files

    network = trained_a_little("dense", mnist)
    network.set_weights([np.full_like(array, np.nan) for array in network.get_weights()])
    with pytest.raises(ModelError, match="does not agree"):
        write_model_files(network, tmp_path, mnist["x_test"][:10])


def test_a_network_with_another_number_of_answers_is_no_recogniser(tmp_path: Path) -> None:
    import keras

    image = keras.Input((28, 28, 1))
    answers = keras.layers.Dense(9, activation="softmax")(keras.layers.Flatten()(image))
    keras.Model(image, {"probabilities": answers}).export(tmp_path / "model.tflite", format="litert", verbose=False)
    with pytest.raises(ModelError, match="does not recognise 28x28 images of digits"):
        CompiledModel(tmp_path / "model.tflite")
