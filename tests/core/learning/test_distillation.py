"""A network that learns from other models' answers: what it is taught, what its card says, and who cannot teach."""

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.datasets.sources import find_source
from core.digits.arrays import CLASSES
from core.errors import ModelError, TrainingError
from core.learning.backend import load_tensorflow
from core.learning.run import fit
from core.models.card import ink_sources
from core.models.library import ModelBundle, ModelLibrary, read_bundle
from core.training.context import RunContext
from core.training.control import TrainingControl
from core.training.engines import KnownEngines
from core.training.events import Event, Outcome, RunStarted
from core.training.material import gather_material
from core.training.plan import TrainingPlan
from core.training.presets import PRESETS
from core.training.spec import TrainingSpec
from core.wording.messages import sentences
from tests.conftest import reading_few_others, small_networks
from tests.core.learning.conftest import bundle_with, trained


@pytest.fixture(scope="module")
def taught_once(few_digits: str, tmp_path_factory: pytest.TempPathFactory) -> ModelLibrary:
    """Two networks that have learned a little, each something else: trained once, for copies of them."""
    folder = tmp_path_factory.mktemp("teachers")
    library = ModelLibrary(folder / "models", folder / "shipped")
    with reading_few_others(), small_networks():
        for seed, name in ((1, "Ada"), (2, "Blaise")):
            trained(TrainingSpec("quick", few_digits, epochs=1, seed=seed, name=name), library)
    return library


@pytest.fixture
def teachers(small: None, taught_once: ModelLibrary, library: ModelLibrary) -> list[ModelBundle]:
    """Those two, in the library of this test alone."""
    shutil.copytree(taught_once.folder, library.folder)
    return [read_bundle(library.folder / slug) for slug in ("ada", "blaise")]


@pytest.mark.parametrize(("precision", "tolerance"), [("float32", 1e-6), ("mixed_bfloat16", 0.03)])
def test_what_is_taught_is_the_answers_as_far_as_they_believe_the_label_and_else_the_label(
    teachers: list[ModelBundle], mnist: dict[str, Any], precision: str, tolerance: float
) -> None:
    from core.learning.distillation import TEACHERS_SHARE, teaching_of
    from core.learning.opening import load_network

    images = mnist["x_test"][:50, ..., np.newaxis].astype(np.float32) / 255
    truth = mnist["y_test"][:50]
    labels = np.eye(CLASSES, dtype=np.float32)[truth]
    taught = teaching_of(teachers, CLASSES, precision)(images, labels).numpy()
    first, second = (load_network(bundle)(images, training=False).numpy() for bundle in teachers)
    assert np.abs(first - second).max() > 0.01, "two teachers of one mind prove nothing"
    for row, label in enumerate(truth):
        chances = first[row, label], second[row, label]
        expected = TEACHERS_SHARE * (chances[0] * first[row] + chances[1] * second[row]) / 2
        expected[label] += 1 - TEACHERS_SHARE * sum(chances) / 2
        np.testing.assert_allclose(taught[row], expected, atol=tolerance)
    assert taught.dtype == np.float32
    np.testing.assert_allclose(taught.sum(axis=1), 1, atol=1e-5)


def test_a_pupil_learns_its_teachers_doubts(tmp_path: Path, mnist: dict[str, Any], library: ModelLibrary) -> None:
    """A pupil of a teacher that learned little is less sure of itself than who learns from labels alone."""
    from core.models.compiled import CompiledModel

    images, truth = mnist["x_train"][:300], mnist["y_train"][:300]
    test = {"x_test": mnist["x_test"][:50], "y_test": mnist["y_test"][:50]}
    np.savez(tmp_path / "digits.npz", x_train=images, y_train=truth, **test)
    settings: dict[str, Any] = {"batch_size": 32, "validation_share": 0.0, "augment": False}
    digits = str(tmp_path / "digits.npz")
    trained(TrainingSpec("quick", digits, epochs=1, name="Euler", **settings), library)
    alone = trained(TrainingSpec("quick", digits, epochs=4, seed=2, **settings), library)
    pupil = trained(TrainingSpec("quick", digits, epochs=4, seed=2, teachers=("Euler",), **settings), library)

    def confidence(bundle: ModelBundle) -> float:
        return float(CompiledModel(bundle.compiled_path).probabilities(images).max(axis=1).mean())

    assert confidence(pupil) < confidence(alone) - 0.02


def test_the_run_and_the_card_name_the_teachers_and_what_they_learned_from(
    teachers: list[ModelBundle], few_digits: str, library: ModelLibrary, new_record: Any
) -> None:
    record = new_record()
    names = ("ada", str(teachers[1].folder))
    ended = fit(TrainingSpec("quick", few_digits, epochs=1, seed=3, teachers=names), TrainingControl(), record, library)
    assert ended.outcome is Outcome.COMPLETED
    assert ended.model is not None
    [started] = record.of(RunStarted)
    assert "Up to 80 % of what it learns are the answers of “Ada” and “Blaise”." in sentences(started.material)
    card = read_bundle(library.folder / ended.model).card
    assert card.settings["teachers_share"] == 0.8
    assert [teacher["name"] for teacher in card.data["teachers"]] == ["Ada", "Blaise"]
    hashes = [bundle.card.sha256["model.keras"] for bundle in teachers]
    assert [teacher["sha256"] for teacher in card.data["teachers"]] == hashes
    assert [teacher["seed"] for teacher in card.data["teachers"]] == [1, 2]
    assert "teachers" not in teachers[0].card.data


def test_the_card_tells_whose_ink_a_teacher_knows_and_nothing_else_of_its_card(
    teachers: list[ModelBundle], few_digits: str, library: ModelLibrary
) -> None:
    """A card may come from anywhere: one that is deep and long must not make the pupil's unreadable."""
    deep: Any = "end"
    for _ in range(600):
        deep = [deep]
    path = teachers[0].folder / "card.json"
    card = json.loads(path.read_text(encoding="utf-8"))
    card["data"] |= {"real_ink": {"source": "s" * 1000, "more": deep}, "teachers": deep, "name": "n" * 3_000_000}
    path.write_text(json.dumps(card), encoding="utf-8")
    spec = TrainingSpec("quick", few_digits, epochs=1, teachers=("Ada",))
    [told] = trained(spec, library).card.data["teachers"]
    assert told.keys() == {"name", "preset", "seed", "sha256", "ink_sources"}
    assert told["ink_sources"] == ["s" * 300]


def test_whose_ink_it_was_is_known_to_the_third_generation(
    teachers: list[ModelBundle], few_digits: str, library: ModelLibrary
) -> None:
    path = teachers[0].folder / "card.json"
    card = json.loads(path.read_text(encoding="utf-8"))
    card["data"]["real_ink"] = {"source": "eight hands"}
    path.write_text(json.dumps(card), encoding="utf-8")
    pupil = trained(TrainingSpec("quick", few_digits, epochs=1, teachers=("Ada",), name="Carl"), library)
    last = trained(TrainingSpec("quick", few_digits, epochs=1, teachers=("Carl", "Ada")), library)
    assert ink_sources(pupil.card.data) == ink_sources(last.card.data) == ["eight hands"]


@pytest.mark.parametrize("name", sorted(PRESETS))
@pytest.mark.parametrize(("precision", "tolerance"), [("float32", 1e-4), ("mixed_bfloat16", 0.015)])
def test_every_preset_can_teach(
    name: str, precision: str, tolerance: float, tmp_path: Path, mnist: dict[str, Any]
) -> None:
    load_tensorflow()
    import keras

    from core.learning.distillation import TEACHERS_SHARE, teaching_of
    from core.learning.networks import build_network, plain_network

    keras.utils.set_random_seed(1)
    preset = PRESETS[name]
    network = plain_network(preset, build_network(preset, preset.learning_rate))
    images = mnist["x_test"][:20, ..., np.newaxis].astype(np.float32) / 255
    answers = network(images, training=False).numpy()
    for _ in range(30):
        if answers.max(axis=1).mean() > 0.35:
            break
        *weights, kernel, bias = network.get_weights()
        network.set_weights([*weights, 1.2 * kernel, bias])  # untrained, it has no opinion
        answers = network(images, training=False).numpy()
    truth = np.eye(CLASSES + preset.learns_no_digit, dtype=np.float32)[answers.argmax(axis=1)]
    taught = teaching_of([bundle_with(network, tmp_path)], truth.shape[1], precision)(images, truth).numpy()
    others = truth == 0
    expected = TEACHERS_SHARE * answers.max(axis=1, keepdims=True) * answers
    assert expected[others].max() > 2 * tolerance
    np.testing.assert_allclose(taught[others], expected[others], atol=tolerance)
    keras.backend.clear_session()


@pytest.mark.parametrize("fault", ["other images", "a picture of an answer", "two answers", "logits", "no numbers"])
def test_a_network_that_answers_otherwise_cannot_teach(fault: str, tmp_path: Path) -> None:
    load_tensorflow()
    import keras
    from keras import layers

    from core.learning.distillation import teaching_of

    side = 32 if fault == "other images" else 28
    image = keras.Input((side, side, 1))
    answer: Any = layers.Dense(CLASSES, activation="softmax")(layers.Flatten()(image))
    if fault == "a picture of an answer":
        answer = layers.Dense(CLASSES, activation="softmax")(image)
    elif fault == "two answers":
        answer = [answer, answer]
    elif fault == "logits":
        answer = layers.Dense(CLASSES, bias_initializer="ones")(layers.Flatten()(image))
    network = keras.Model(image, answer)
    if fault == "no numbers":
        network.set_weights([np.full_like(array, np.nan) for array in network.get_weights()])
    with pytest.raises(TrainingError, match="“Eve” cannot teach this network: it does not answer an image"):
        teaching_of([bundle_with(network, tmp_path)], CLASSES, "float32")
    keras.backend.clear_session()


@pytest.mark.parametrize("engine", ["bfloat16", "bfloat16-xla"])
def test_a_taught_run_in_every_way_to_compute(
    engine: str, few_digits: str, teachers: list[ModelBundle], library: ModelLibrary
) -> None:
    # 380 digits in batches of equal size: for another size XLA would compile everything again
    spec = TrainingSpec("quick", few_digits, epochs=1, batch_size=190, engine=engine, teachers=("Ada", "Blaise"))
    bundle = trained(spec, library)
    assert bundle.card.settings["engine"] == engine
    assert bundle.card.parameters == teachers[0].card.parameters, "no weight of a teacher is the pupil's own"


def test_the_engine_is_measured_with_the_teachers(
    few_digits: str,
    teachers: list[ModelBundle],
    library: ModelLibrary,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from core.learning.engine_choice import choose_engine

    monkeypatch.setattr("core.learning.engine_choice._ROUND_SECONDS", 0.02)
    spec = TrainingSpec("quick", few_digits, epochs=200, batch_size=8).completed()
    source = find_source(few_digits)
    data = source.load()
    plan = TrainingPlan(spec, source, data, gather_material(spec, data))
    known = KnownEngines(tmp_path / "engines.json")
    told: list[Event] = []
    for taught in ((), teachers, teachers):
        choose_engine(replace(plan, teachers=taught), RunContext(TrainingControl(), told.append, library, known))
    assert len(told) == 2, "with and without teachers are two measurements"


def test_who_cannot_teach_is_said_in_a_sentence(
    teachers: list[ModelBundle], few_digits: str, library: ModelLibrary
) -> None:
    def run(preset: str, teacher: str) -> None:
        spec = TrainingSpec(preset, few_digits, epochs=1, teachers=(teacher,))
        fit(spec, TrainingControl(), lambda event: None, library)

    before = sorted(library.folder.iterdir())
    with pytest.raises(ModelError, match="There is no model “nobody”"):
        run("quick", "nobody")
    with pytest.raises(TrainingError, match="“Ada” cannot teach the preset “digitpad”: only one of them has the class"):
        run("digitpad", teachers[0].slug)
    with pytest.raises(TrainingError, match="learns from labels alone"):
        run("dense", teachers[0].slug)
    (teachers[1].folder / "model.keras").write_bytes(b"no network")
    with pytest.raises(ModelError, match="damaged"):
        run("quick", teachers[1].slug)
    assert sorted(library.folder.iterdir()) == before
