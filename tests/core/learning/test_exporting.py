"""Exports open elsewhere and give the same answers; a bundle that holds code does not open."""

import contextlib
import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.errors import ModelError, StorageError
from core.learning.exporting import export_compiled, export_json_weights, export_keras
from core.learning.opening import load_network
from core.models.card import ModelCard
from core.models.compiled import as_input
from core.models.library import ModelBundle, ModelLibrary, read_bundle
from core.system.paths import assets_folder
from core.training.presets import PRESETS


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory, mnist: dict[str, Any]) -> ModelBundle:
    folder = tmp_path_factory.mktemp("untrained")
    return untrained("dense", ModelLibrary(folder / "models", folder / "shipped"), mnist)


@pytest.fixture
def bundle(made_once: ModelBundle, library: ModelLibrary) -> ModelBundle:
    """An untrained network in the library of this test alone."""
    shutil.copytree(made_once.folder.parent, library.folder)
    return read_bundle(library.folder / made_once.slug)


def untrained(preset: str, library: ModelLibrary, mnist: dict[str, Any]) -> ModelBundle:
    from core.learning.backend import load_tensorflow

    load_tensorflow()
    from core.learning.compiling import write_model_files
    from core.learning.networks import build_network, plain_network

    network = plain_network(PRESETS[preset], build_network(PRESETS[preset], 0.001))
    card = ModelCard("Mine", "2024-01-01", preset, network.count_params(), {}, seed=1, epochs=0)
    return library.save(card, lambda folder: write_model_files(network, folder, mnist["x_test"][:10]))


def test_the_compiled_network_is_a_plain_copy(bundle: ModelBundle, tmp_path: Path) -> None:
    export_compiled(bundle, tmp_path / "out" / "a.tflite")
    assert (tmp_path / "out" / "a.tflite").read_bytes() == bundle.compiled_path.read_bytes()


NOT_KNOWN_BEFORE = {
    "BatchNormalization": {"renorm", "renorm_clipping", "renorm_momentum"},
    "Dense": {"quantization_config"},
    "GlorotUniform": {"input_axes", "output_axes"},
    "HeNormal": {"input_axes", "output_axes"},
    "Norm": {"name"},
    "Maximum": {"name"},
    "Divide": {"name"},
}
"""What Keras 3.5, or a version after it, refuses to read; `make check-exports` asks the versions themselves."""


def refused(node: Any) -> set[tuple[str, str]]:
    """Which of these stand in a configuration."""
    if isinstance(node, list):
        return set().union(*map(refused, node))
    if not isinstance(node, dict):
        return set()
    name, settings = node.get("class_name"), node.get("config")
    here = {(str(name), key) for key in NOT_KNOWN_BEFORE.get(str(name), ()) if key in (settings or {})}
    return here.union(*map(refused, node.values()))


@pytest.mark.parametrize("preset", ["digitpad", "tf2-cnn", "dense"])  # all kinds of layers that there are
def test_exports_for_keras_open_in_older_versions_and_here(
    preset: str, library: ModelLibrary, tmp_path: Path, mnist: dict[str, Any]
) -> None:
    bundle = untrained(preset, library, mnist)
    import keras

    network = load_network(bundle)
    images = as_input(mnist["x_test"][:20])
    wanted = network(images, training=False).numpy()
    assert refused(json.loads(network.to_json()))

    export_keras(bundle, tmp_path / "out" / "a.keras")
    with zipfile.ZipFile(tmp_path / "out" / "a.keras") as archive:
        assert not refused(json.loads(archive.read("config.json")))
    again = keras.saving.load_model(tmp_path / "out" / "a.keras", safe_mode=True)
    np.testing.assert_array_equal(again(images, training=False).numpy(), wanted)

    export_json_weights(bundle, tmp_path / "pair")
    architecture = (tmp_path / "pair" / "model.json").read_text(encoding="utf-8")
    assert not refused(json.loads(architecture))
    again = keras.models.model_from_json(architecture)
    again.load_weights(tmp_path / "pair" / "model.weights.h5")
    np.testing.assert_array_equal(again(images, training=False).numpy(), wanted)


def test_what_is_no_default_stays(tmp_path: Path) -> None:
    """Also in a network that DigitPad does not make itself."""
    from core.learning.backend import load_tensorflow

    load_tensorflow()
    import keras

    from core.learning.keras_compatibility import portable_archive

    image = keras.Input((28, 28, 1))
    x = keras.layers.Rescaling(0.5, offset=-1.0)(image)
    x = keras.layers.BatchNormalization(renorm=True, center=False, gamma_regularizer="l2")(x)
    x = keras.layers.Bidirectional(keras.layers.LSTM(4, return_sequences=True))(keras.layers.Reshape((28, 28))(x))
    x = keras.layers.Dense(3, kernel_initializer=keras.initializers.HeNormal(seed=3), activation="relu")(x[:, -1])
    network = keras.Model(image, x)
    network.save(tmp_path / "a.keras")
    (tmp_path / "b.keras").write_bytes(portable_archive((tmp_path / "a.keras").read_bytes()))
    again = keras.saving.load_model(tmp_path / "b.keras", compile=False)

    def settings(model: Any) -> list[str]:
        return [json.dumps(layer.get_config()) for layer in model.layers if isinstance(layer, keras.Layer)]

    assert settings(again) == settings(network)


def test_a_network_that_would_be_another_one_is_exported_as_it_is(
    bundle: ModelBundle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    import core.learning.keras_compatibility

    monkeypatch.setattr(core.learning.keras_compatibility, "portable_archive", lambda content: b"nothing that opens")
    export_keras(bundle, tmp_path / "a.keras")
    assert (tmp_path / "a.keras").read_bytes() == bundle.keras_path.read_bytes()
    assert "older versions of Keras" in caplog.text


@pytest.mark.parametrize(("model", "answers"), [("Mine", 10), ("DigitPad", 11)])
def test_what_a_network_takes_and_gives_is_said(
    bundle: ModelBundle, library: ModelLibrary, tmp_path: Path, mnist: dict[str, Any], model: str, answers: int
) -> None:
    handed_out = bundle if model == "Mine" else ModelLibrary(tmp_path, assets_folder() / "models").shipped_bundle()
    sentence = export_json_weights(handed_out, tmp_path)
    note = (tmp_path / "model-usage.txt").read_text(encoding="utf-8")
    for text in (sentence, note):
        assert "from 0 to 1" in text and "a white digit on" in text
        assert ("no digit" in text) == (answers == 11)
    assert f"{answers} probabilities" in note
    code = "\n".join(line.strip() for line in note.splitlines() if line.startswith("    "))
    found: dict[str, Any] = {"images": mnist["x_test"][:20]}
    with contextlib.chdir(tmp_path):
        exec(code, found)  # noqa: S102 - as whoever reads the note would
    wanted = load_network(handed_out)(as_input(mnist["x_test"][:20]), training=False).numpy()
    np.testing.assert_allclose(found["answers"], wanted, atol=1e-6)


def test_json_and_weights_make_the_same_network_again(
    bundle: ModelBundle, tmp_path: Path, mnist: dict[str, Any]
) -> None:
    import keras

    folder = tmp_path / "export"
    for _ in range(2):  # the second export replaces the first
        export_json_weights(bundle, folder)
    assert sorted(path.name for path in folder.iterdir()) == ["model-usage.txt", "model.json", "model.weights.h5"]
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
