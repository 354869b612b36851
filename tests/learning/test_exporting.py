"""Exports open elsewhere and give the same answers; a bundle that holds code does not open."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.errors import ModelError, StorageError
from core.learning.exporting import export_compiled, export_json_weights, export_keras
from core.learning.opening import load_network
from core.model_card import ModelCard
from core.models import ModelBundle, ModelLibrary


@pytest.fixture
def bundle(library: ModelLibrary, mnist: dict[str, Any]) -> ModelBundle:
    """An untrained network in the library."""
    from core.learning.backend import load_tensorflow

    load_tensorflow()
    from core.learning.compiling import write_model_files
    from core.learning.networks import build_network
    from core.presets import PRESETS

    network = build_network(PRESETS["dense"], 0.001)
    card = ModelCard("Mine", "2024-01-01", "dense", network.count_params(), {}, seed=1, epochs=0)
    return library.save(card, lambda folder: write_model_files(network, folder, mnist["x_test"][:10]))


def test_plain_copies(bundle: ModelBundle, tmp_path: Path) -> None:
    export_keras(bundle, tmp_path / "out" / "a.keras")
    export_compiled(bundle, tmp_path / "out" / "a.tflite")
    assert (tmp_path / "out" / "a.keras").read_bytes() == bundle.keras_path.read_bytes()
    assert (tmp_path / "out" / "a.tflite").read_bytes() == bundle.compiled_path.read_bytes()


def test_json_and_weights_make_the_same_network_again(
    bundle: ModelBundle, tmp_path: Path, mnist: dict[str, Any]
) -> None:
    import keras

    folder = tmp_path / "export"
    for _ in range(2):  # the second export replaces the first
        export_json_weights(bundle, folder)
    assert sorted(path.name for path in folder.iterdir()) == ["model.json", "model.weights.h5"]
    again = keras.models.model_from_json((folder / "model.json").read_text(encoding="utf-8"))
    again.load_weights(folder / "model.weights.h5")
    images = mnist["x_test"][:20, ..., np.newaxis].astype(np.float32) / np.float32(255)
    np.testing.assert_array_equal(again(images).numpy(), load_network(bundle)(images).numpy())


def test_a_place_that_cannot_be_written(bundle: ModelBundle, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    for export in (export_keras, export_compiled, export_json_weights):
        with pytest.raises(StorageError):
            export(bundle, tmp_path / "file" / "export")


def test_a_bundle_whose_files_went_away(bundle: ModelBundle, tmp_path: Path) -> None:
    bundle.keras_path.unlink()
    with pytest.raises(ModelError, match="“Mine” cannot be read"):
        export_keras(bundle, tmp_path / "a.keras")
    with pytest.raises(ModelError, match="“Mine” cannot be opened"):
        export_json_weights(bundle, tmp_path / "export")


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04 no archive", b"\x00" * 1000])
def test_a_damaged_network_is_not_opened(bundle: ModelBundle, damage: bytes) -> None:
    bundle.keras_path.write_bytes(damage)
    with pytest.raises(ModelError, match="“Mine” cannot be opened"):
        load_network(bundle)


def test_a_network_that_holds_code_is_not_opened(bundle: ModelBundle) -> None:
    import keras

    image = keras.Input((28, 28, 1))
    keras.Model(image, keras.layers.Lambda(lambda x: x + 1)(image)).save(bundle.keras_path)
    with pytest.raises(ModelError, match="“Mine” cannot be opened"):
        load_network(bundle)
