"""A run that continues from a model: what it begins with, what its card says, and which models are refused."""

import json
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.datasets.mnist import load_mnist_test
from core.errors import DataSetError, ModelError, TrainingError
from core.learning.backend import load_tensorflow
from core.learning.opening import load_network, take_weights
from core.learning.run import fit
from core.models.card import ink_sources
from core.models.compiled import CompiledModel
from core.models.library import ModelBundle, ModelLibrary, read_bundle
from core.recognition.evaluation import measure_accuracy
from core.training.control import TrainingControl
from core.training.engines import ENGINES
from core.training.events import Event, RunEnded, RunStarted
from core.training.presets import PRESETS
from core.training.spec import TrainingSpec
from core.wording.data_problems import DataProblem
from core.wording.messages import sentences
from core.wording.percentages import counted_accuracy_text
from tests.core.learning.conftest import bundle_with, trained

LEAK = "It may have learned some of its test digits before."


@pytest.fixture(scope="module")
def trained_once(few_digits: str, tmp_path_factory: pytest.TempPathFactory) -> ModelLibrary:
    folder = tmp_path_factory.mktemp("start")
    library = ModelLibrary(folder / "models", folder / "shipped")
    trained(TrainingSpec("dense", few_digits, epochs=1, name="Ada"), library)
    return library


@pytest.fixture
def ada(trained_once: ModelLibrary, library: ModelLibrary) -> ModelBundle:
    """A network that has learned a little, in the library of this test alone."""
    shutil.copytree(trained_once.folder, library.folder)
    return read_bundle(library.folder / "ada")


def test_it_learns_a_hand_and_keeps_what_the_model_knows(
    tmp_path: Path, mnist: dict[str, Any], library: ModelLibrary, new_record: Any
) -> None:
    """A hand that writes its sevens the other way round, in 150 digits."""
    test = {"x_test": mnist["x_test"][:50], "y_test": mnist["y_test"][:50]}
    many, few = slice(1000), slice(1000, 1150)
    np.savez(tmp_path / "many.npz", x_train=mnist["x_train"][many], y_train=mnist["y_train"][many], **test)
    hand = with_turned_sevens(mnist["x_train"][few], mnist["y_train"][few])
    np.savez(tmp_path / "hand.npz", x_train=hand, y_train=mnist["y_train"][few], **test)
    settings: dict[str, Any] = {"batch_size": 16, "augment": False}
    ada = trained(TrainingSpec("dense", str(tmp_path / "many.npz"), epochs=6, name="Ada", **settings), library)
    record = new_record()
    own = TrainingSpec("dense", str(tmp_path / "hand.npz"), start="Ada", epochs=16, **settings)
    continued = trained(own, library, record)
    anew = trained(replace(own, start=""), library)
    images, labels = mnist["x_test"][:500], mnist["y_test"][:500]

    def right(bundle: ModelBundle, shown: Any, label: int | None = None) -> float:
        answers = CompiledModel(bundle.compiled_path).probabilities(shown).argmax(axis=1)
        rows = np.full(len(labels), True) if label is None else labels == label
        return float(np.mean(answers[rows] == labels[rows]))

    turned = with_turned_sevens(images, labels)
    assert right(ada, turned, 7) < 0.5
    assert right(continued, turned, 7) > right(ada, turned, 7) + 0.3
    assert right(continued, images) > max(0.8, right(anew, images) + 0.05)
    [ended] = record.of(RunEnded)
    others = load_mnist_test(100)
    after, before = (
        measure_accuracy(CompiledModel(bundle.compiled_path).probabilities, others.digits, others.origin)
        for bundle in (continued, ada)
    )
    read, read_before = (counted_accuracy_text(score.accuracy, 100) for score in (after, before))
    assert sentences(ended.notes) == (
        f"On the first 100 digits of MNIST's test set, it reads {read}; the model it continues from, {read_before}.",
        LEAK,
    )
    assert (continued.card.others, ada.card.others) == (after, before)


def with_turned_sevens(images: Any, labels: Any) -> Any:
    turned = images.copy()
    turned[labels == 7] = turned[labels == 7][:, :, ::-1]
    return turned


@pytest.mark.parametrize(("preset", "rate"), [("digitpad", 0.001), ("quick", 0.0015), ("keras-cnn", 0.25)])
def test_unless_told_otherwise_it_is_gentle(preset: str, rate: float) -> None:
    spec = TrainingSpec(preset, start="DigitPad").completed()
    assert spec.learning_rate == pytest.approx(rate)
    assert spec.epochs == PRESETS[preset].epochs
    assert TrainingSpec(preset, start="DigitPad", learning_rate=0.5).completed().learning_rate == 0.5


def set_card(bundle: ModelBundle, **values: Any) -> None:
    path = bundle.folder / "card.json"
    card = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(card | values), encoding="utf-8")


def test_few_digits_do_not_decide_anew_what_is_doubted(
    ada: ModelBundle, few_digits: str, library: ModelLibrary
) -> None:
    set_card(ada, temperature=1.75, thresholds={"unsure_below": 0.7, "doubt_above": 0.03, "ink_range": [5.5, 111]})
    card = trained(TrainingSpec("dense", few_digits, epochs=1, start="Ada"), library).card
    assert card.temperature == 1.75
    assert (card.thresholds.unsure_below, card.thresholds.doubt_above) == (0.7, 0.03)
    assert card.thresholds.ink_range[0] <= 5.5 and card.thresholds.ink_range[1] >= 111


def test_nor_do_digits_that_the_model_has_learned(library: ModelLibrary) -> None:
    spec = TrainingSpec("dense", "mnist:1200", epochs=1, validation_share=0.5, name="Ada")
    set_card(trained(spec, library), temperature=1.75)
    again = replace(spec, start="Ada", name="")
    assert trained(replace(again, data="mnist:1100"), library).card.temperature == 1.75
    assert trained(replace(again, validation_share=0.45), library).card.temperature == 1.75
    assert trained(again, library).card.temperature != 1.75


def test_the_run_and_the_card_say_what_it_goes_on_from(
    ada: ModelBundle, few_digits: str, library: ModelLibrary, new_record: Any
) -> None:
    path = ada.folder / "card.json"
    card = json.loads(path.read_text(encoding="utf-8"))
    card["data"] |= {"real_ink": {"source": "eight hands"}, "name": "n" * 3_000_000}
    path.write_text(json.dumps(card), encoding="utf-8")
    record = new_record()
    spec = TrainingSpec("dense", few_digits, epochs=1, seed=2, start="Ada", name="Blaise")
    blaise = trained(spec, library, record)
    [started] = record.of(RunStarted)
    assert sentences(started.material)[:2] == ("It continues from “Ada”.", LEAK)
    assert blaise.card.data["start"] == {
        "name": "Ada",
        "preset": "dense",
        "seed": 1,
        "sha256": ada.card.sha256["model.keras"],
        "ink_sources": ["eight hands"],
    }
    assert blaise.card.settings["learning_rate"] == PRESETS["dense"].learning_rate / 4
    assert sentences(record.of(RunEnded)[0].notes)[1:] == (LEAK,)
    third = trained(TrainingSpec("dense", few_digits, epochs=1, start=str(blaise.folder)), library)
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


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        ("another network", "cannot continue the model “Eve”: it is a different network."),
        ("no numbers", "cannot continue the model “Eve”: its weights are damaged."),
        ("huge", "cannot continue the model “Eve”: its weights are damaged."),
    ],
)
def test_from_a_network_that_is_not_what_it_should_be_none_goes_on(fault: str, sentence: str, tmp_path: Path) -> None:
    load_tensorflow()
    import keras

    from core.learning.networks import build_network, plain_network

    quick = PRESETS["quick"]
    other = PRESETS["starter-cnn"] if fault == "another network" else quick
    network = plain_network(other, build_network(other, other.learning_rate))
    value = {"no numbers": np.nan, "huge": 1e38}.get(fault)
    if value is not None:
        network.set_weights([np.full_like(array, value) for array in network.get_weights()])
    with pytest.raises(TrainingError, match=sentence):
        take_weights(build_network(quick, quick.learning_rate), bundle_with(network, tmp_path))
    keras.backend.clear_session()


@pytest.mark.parametrize("fault", ["bytes", "no model", "too large"])
def test_a_file_that_holds_no_network_is_said_to(fault: str, tmp_path: Path) -> None:
    load_tensorflow()
    import keras
    from keras import layers

    network = keras.Sequential([keras.Input((28, 28, 1)), layers.Conv2D(2, 3)])
    bundle = bundle_with(network, tmp_path)
    content = bundle.keras_path.read_bytes()
    if fault == "bytes":
        assert b"Conv2D" in content
        bundle.keras_path.write_bytes(content.replace(b"Conv2D", b"Conv3D"))  # no longer what its checksum says
    else:
        config = json.loads(network.to_json())
        if fault == "too large":
            [convolution] = (layer for layer in config["config"]["layers"] if layer["class_name"] == "Conv2D")
            convolution["config"]["filters"] = 2**40
        else:
            config = keras.saving.serialize_keras_object(keras.losses.MeanSquaredError())
        with zipfile.ZipFile(bundle.keras_path) as archive:
            kept = {name: archive.read(name) for name in archive.namelist() if name != "config.json"}
        with zipfile.ZipFile(bundle.keras_path, "w") as archive:
            for name, member in {**kept, "config.json": json.dumps(config).encode()}.items():
                archive.writestr(name, member)
    with pytest.raises(ModelError, match="The network of the model “Eve” cannot be opened"):
        load_network(bundle)
    keras.backend.clear_session()


def test_how_others_write_is_read_is_said_of_every_run_on_digits_of_ones_own(
    few_digits: str, library: ModelLibrary, new_record: Any, all_others: None
) -> None:
    record = new_record()
    trained(TrainingSpec("dense", few_digits, epochs=1), library, record)
    trained(TrainingSpec("dense", "mnist:200", epochs=1), library, record)
    own, mnist = record.of(RunEnded)
    assert len(sentences(own.notes)) == 1
    assert sentences(own.notes)[0].startswith("On MNIST's test set, it reads ")
    assert sentences(own.notes)[0].endswith(" % of 10,000.")
    assert mnist.notes == ()


def test_no_model_is_lost_for_what_is_only_to_be_said_of_it(
    ada: ModelBundle, few_digits: str, library: ModelLibrary, new_record: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The model before is deleted in mid-run; then DigitPad's own MNIST is damaged."""

    def delete(event: Event) -> None:
        if isinstance(event, RunStarted):
            shutil.rmtree(ada.folder)

    record = new_record(delete)
    trained(TrainingSpec("dense", few_digits, epochs=1, start="Ada"), library, record)
    [ended] = record.of(RunEnded)
    assert sentences(ended.notes)[0].startswith("On the first 100 digits of MNIST's test set, it reads ")
    assert "; the model it continues from, " in sentences(ended.notes)[0], "its card said how it read them"

    def fail(images: int = 0) -> None:
        raise DataSetError(DataProblem.MNIST_DAMAGED, path="mnist.npz")

    monkeypatch.setattr("core.learning.finishing.load_mnist_test", fail)
    monkeypatch.setattr("core.recognition.own_samples.load_mnist", fail)
    record = new_record()
    bundle = trained(TrainingSpec("dense", few_digits, epochs=1), library, record)
    assert record.of(RunEnded)[0].notes == ()
    assert (bundle.card.others, bundle.card.reach) == (None, None)


def test_what_a_run_cannot_go_on_from_is_said_in_a_sentence(
    ada: ModelBundle, few_digits: str, library: ModelLibrary
) -> None:
    def run(preset: str, start: str) -> None:
        fit(TrainingSpec(preset, few_digits, start=start), TrainingControl(), lambda event: None, library)

    before = sorted(library.folder.iterdir())
    with pytest.raises(ModelError, match="There is no model “nobody”"):
        run("dense", "nobody")
    with pytest.raises(
        TrainingError, match="“Ada” is a network of the preset “dense”: a run of “quick” cannot continue"
    ):
        run("quick", "Ada")
    (ada.folder / "model.keras").write_bytes(b"no network")
    with pytest.raises(ModelError, match="damaged"):
        run("dense", "Ada")
    assert sorted(library.folder.iterdir()) == before
