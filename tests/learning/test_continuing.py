"""A run that goes on from a model: what it begins with, what its card says, and from what none can go on."""

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.engines import ENGINES
from core.errors import ModelError, TrainingError
from core.learning.backend import load_tensorflow
from core.learning.fitting import fit
from core.learning.opening import take_weights
from core.model_card import ModelCard, ink_sources
from core.models import ModelBundle, ModelLibrary, read_bundle
from core.presets import PRESETS
from core.recognizer import CompiledModel
from core.run_control import TrainingControl
from core.runs import RunStarted, TrainingSpec


@pytest.fixture(scope="module")
def trained_once(few_digits: str, tmp_path_factory: pytest.TempPathFactory) -> ModelLibrary:
    folder = tmp_path_factory.mktemp("start")
    library = ModelLibrary(folder / "models", folder / "shipped")
    trained(TrainingSpec("quick", few_digits, epochs=1, name="Ada"), library)
    return library


@pytest.fixture
def ada(trained_once: ModelLibrary, library: ModelLibrary) -> ModelBundle:
    """A network that has learned a little, in the library of this test alone."""
    shutil.copytree(trained_once.folder, library.folder)
    return read_bundle(library.folder / "ada")


def trained(spec: TrainingSpec, library: ModelLibrary, emit: Any = lambda event: None) -> ModelBundle:
    ended = fit(spec, TrainingControl(), emit, library)
    assert ended.model is not None
    return read_bundle(library.folder / ended.model)


def test_a_few_digits_more_leave_what_the_model_knows(
    tmp_path: Path, mnist: dict[str, Any], library: ModelLibrary
) -> None:
    test = {"x_test": mnist["x_test"][:50], "y_test": mnist["y_test"][:50]}
    for name, rows in (("many", slice(1500)), ("few", slice(1500, 1600))):
        np.savez(tmp_path / f"{name}.npz", x_train=mnist["x_train"][rows], y_train=mnist["y_train"][rows], **test)
    settings: dict[str, Any] = {"batch_size": 32, "validation_share": 0.0, "augment": False}
    ada = trained(TrainingSpec("quick", str(tmp_path / "many.npz"), epochs=6, name="Ada", **settings), library)
    few = TrainingSpec("quick", str(tmp_path / "few.npz"), epochs=3, **settings)
    continued, anew = trained(replace(few, start="Ada"), library), trained(few, library)
    images, labels = mnist["x_test"][:1000], mnist["y_test"][:1000]

    def answers(bundle: ModelBundle) -> Any:
        return CompiledModel(bundle.compiled_path).probabilities(images)

    def right(bundle: ModelBundle) -> float:
        return float(np.mean(answers(bundle).argmax(axis=1) == labels))

    assert right(continued) > 0.8 > 0.6 > right(anew)
    assert np.abs(answers(continued) - answers(ada)).mean() > 0.002, "it learned nothing"


def test_unless_told_otherwise_it_is_short_and_gentle() -> None:
    for preset in PRESETS.values():
        spec = TrainingSpec(preset.name, start="DigitPad").completed()
        assert spec.epochs == max(1, round(preset.epochs / 6))
        assert spec.learning_rate == preset.learning_rate / 4
    told = TrainingSpec("quick", start="DigitPad", epochs=7, learning_rate=0.5).completed()
    assert (told.epochs, told.learning_rate) == (7, 0.5)


def test_the_run_and_the_card_say_what_it_goes_on_from(
    ada: ModelBundle, few_digits: str, library: ModelLibrary, new_record: Any
) -> None:
    path = ada.folder / "card.json"
    card = json.loads(path.read_text(encoding="utf-8"))
    card["data"] |= {"real_ink": {"source": "eight hands"}, "name": "n" * 3_000_000}
    path.write_text(json.dumps(card), encoding="utf-8")
    record = new_record()
    spec = TrainingSpec("quick", few_digits, seed=2, start="Ada", name="Blaise")
    blaise = trained(spec, library, record)
    [started] = record.of(RunStarted)
    assert "The network goes on from what “Ada” knows." in started.material
    assert started.epochs == 1
    assert blaise.card.data["start"] == {
        "name": "Ada",
        "preset": "quick",
        "seed": 1,
        "sha256": ada.card.sha256["model.keras"],
        "ink_sources": ["eight hands"],
    }
    assert blaise.card.settings["learning_rate"] == PRESETS["quick"].learning_rate / 4
    third = trained(TrainingSpec("quick", few_digits, start=str(blaise.folder)), library)
    assert ink_sources(third.card.data) == ["eight hands"]
    assert "start" not in ada.card.data


@pytest.mark.parametrize("name", sorted(PRESETS))
@pytest.mark.parametrize("engine", ["float32", "bfloat16"])
def test_every_preset_can_go_on(name: str, engine: str, tmp_path: Path) -> None:
    """What is saved, float32 and of built-in layers, fits what is trained, in every precision."""
    load_tensorflow()
    import keras

    from core.learning.networks import build_network, plain_network

    preset = PRESETS[name]
    saved = plain_network(preset, build_network(preset, preset.learning_rate))
    weights = [array + np.float32(0.5) for array in saved.get_weights()]
    saved.set_weights(weights)
    network = build_network(preset, preset.learning_rate, ENGINES[engine])
    take_weights(network, bundle_with(saved, tmp_path))
    for variable, expected in zip(network.weights, weights, strict=True):
        np.testing.assert_array_equal(variable.numpy(), expected, strict=True)
    keras.backend.clear_session()


def bundle_with(network: Any, folder: Path) -> ModelBundle:
    network.save(folder / "model.keras")
    return ModelBundle(folder, ModelCard("Eve", "", "quick", 1, {}, seed=1, epochs=1))


@pytest.mark.parametrize("fault", ["another network", "no numbers"])
def test_from_a_network_that_is_not_what_its_card_says_none_goes_on(fault: str, tmp_path: Path) -> None:
    load_tensorflow()
    import keras

    from core.learning.networks import build_network, plain_network

    quick = PRESETS["quick"]
    other = PRESETS["starter-cnn"] if fault == "another network" else quick
    network = plain_network(other, build_network(other, other.learning_rate))
    if fault == "no numbers":
        network.set_weights([np.full_like(array, np.nan) for array in network.get_weights()])
    with pytest.raises(TrainingError, match="cannot go on from the model “Eve”: its network is not what its card says"):
        take_weights(build_network(quick, quick.learning_rate), bundle_with(network, tmp_path))
    keras.backend.clear_session()


def test_what_a_run_cannot_go_on_from_is_said_in_a_sentence(
    ada: ModelBundle, few_digits: str, library: ModelLibrary
) -> None:
    def run(preset: str, start: str) -> None:
        fit(TrainingSpec(preset, few_digits, start=start), TrainingControl(), lambda event: None, library)

    before = sorted(library.folder.iterdir())
    with pytest.raises(ModelError, match="There is no model “nobody”"):
        run("quick", "nobody")
    with pytest.raises(TrainingError, match="“dense” cannot go on from the model “Ada”, which was trained as “quick”"):
        run("dense", "Ada")
    (ada.folder / "model.keras").write_bytes(b"no network")
    with pytest.raises(ModelError, match="damaged"):
        run("quick", "Ada")
    assert sorted(library.folder.iterdir()) == before
