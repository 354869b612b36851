"""The two forms of the model that ships with DigitPad are one and the same network."""

from pathlib import Path
from typing import Any

import numpy as np

from core.explaining.explanation import read_explanation
from core.explaining.network import softmax
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


def test_its_layers_in_numpy_answer_as_it_does(tmp_path: Path, mnist: dict[str, Any]) -> None:
    bundle = ModelLibrary(tmp_path, assets_folder() / "models").shipped_bundle()
    network = read_explanation(bundle).network
    assert network is not None
    images = as_input(mnist["x_test"][:200])
    np.testing.assert_allclose(softmax(network.logits(images)), load_network(bundle)(images, training=False), atol=1e-4)


def test_its_neighbours_are_digits_of_mnist_that_it_learned(tmp_path: Path, mnist: dict[str, Any]) -> None:
    bundle = ModelLibrary(tmp_path, assets_folder() / "models").shipped_bundle()
    index = read_explanation(bundle).neighbours
    assert index is not None and index.source == "MNIST"
    np.testing.assert_array_equal(index.images, mnist["x_train"][index.indices])
    np.testing.assert_array_equal(index.labels, mnist["y_train"][index.indices])
    embeddings = CompiledModel(bundle.compiled_path).embed(index.images[::50])
    for place, embedding in zip(range(0, len(index), 50), embeddings, strict=True):
        assert index.nearest(embedding)[0].index == index.indices[place]
