"""What a bundle keeps to explain its model: read back as it was, and refused when it is damaged."""

import hashlib
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.errors import ModelError
from core.explaining import explanation as explanations
from core.explaining.explanation import NOTHING, Explanation, explanation_bytes, read_explanation
from core.models.bundles import EXPLANATION_FILE, ModelBundle
from core.models.card import ModelCard
from core.models.library import ModelLibrary
from core.system.paths import assets_folder
from tests.core.explaining.test_neighbours import index_of
from tests.core.explaining.test_network import images, small_network


def bundle_with(content: bytes, folder: Path) -> ModelBundle:
    (folder / EXPLANATION_FILE).write_bytes(content)
    sha256 = {EXPLANATION_FILE: hashlib.sha256(content).hexdigest()}
    return ModelBundle(folder, ModelCard("Eve", "", "quick", 1, {}, seed=1, epochs=1, sha256=sha256))


def test_an_explanation_is_read_as_it_was_written(tmp_path: Path) -> None:
    network, index = small_network(), index_of()
    content = explanation_bytes(Explanation(network, index))
    again = read_explanation(bundle_with(content, tmp_path))
    assert again.network is not None and again.neighbours is not None
    np.testing.assert_array_equal(again.network.logits(images()), network.logits(images()))
    np.testing.assert_array_equal(again.neighbours.images, index.images)
    assert explanation_bytes(Explanation(network, index)) == content


def test_parts_that_are_not_there_are_none(tmp_path: Path) -> None:
    again = read_explanation(bundle_with(explanation_bytes(Explanation()), tmp_path))
    assert again.network is None and again.neighbours is None


def test_a_model_that_was_saved_without_has_nothing(tmp_path: Path) -> None:
    bundle = bundle_with(b"", tmp_path)
    assert read_explanation(replace(bundle, card=replace(bundle.card, sha256={}))) is NOTHING


@pytest.mark.parametrize("content", [b"", b"no zip", explanation_bytes(Explanation(small_network()))[:-200]])
def test_a_damaged_file_is_refused(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be explained"):
        read_explanation(bundle_with(content, tmp_path))


def test_a_file_that_is_gone_or_another_is_refused(tmp_path: Path) -> None:
    bundle = bundle_with(explanation_bytes(Explanation(small_network())), tmp_path)
    (tmp_path / EXPLANATION_FILE).write_bytes(explanation_bytes(Explanation(small_network(11))))
    with pytest.raises(ModelError, match="“Eve” cannot be explained"):
        read_explanation(bundle)
    (tmp_path / EXPLANATION_FILE).unlink()
    with pytest.raises(ModelError, match="“Eve” cannot be explained"):
        read_explanation(bundle)


def test_a_file_that_would_unpack_to_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(explanations, "MAX_UNPACKED_BYTES", 1000)
    with pytest.raises(ModelError, match="cannot be explained"):
        read_explanation(bundle_with(explanation_bytes(Explanation(small_network())), tmp_path))


def test_a_network_that_is_not_one_is_refused(tmp_path: Path) -> None:
    np.savez(tmp_path / "other.npz", layers=np.zeros(3, np.uint8))
    with pytest.raises(ModelError, match="cannot be explained"):
        read_explanation(bundle_with((tmp_path / "other.npz").read_bytes(), tmp_path))


def test_the_library_hashes_an_explanation_that_a_model_has(tmp_path: Path) -> None:
    shipped = ModelLibrary(tmp_path / "models", assets_folder() / "models").shipped_bundle()
    library = ModelLibrary(tmp_path / "models", tmp_path / "none")

    def write(folder: Path) -> None:
        for file in (shipped.keras_path, shipped.compiled_path, shipped.folder / EXPLANATION_FILE):
            shutil.copyfile(file, folder / file.name)

    saved = library.save(replace(shipped.card, sha256={}), write)
    assert saved.card.sha256 == shipped.card.sha256
    assert read_explanation(saved).network is not None
