"""What the card of a trained model says: when to trust it, and what decided the run."""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.datasets.sources import find_source
from core.errors import ModelError
from core.learning.run import fit
from core.models.card import Thresholds
from core.models.compiled import CompiledModel
from core.models.library import MODEL_FILES, ModelBundle, ModelLibrary, read_bundle
from core.recognition.recognizer import Recognizer, Verdict
from core.training.control import TrainingControl
from core.training.events import Event, RunEnded, RunStarted
from core.training.material import gather_material
from core.training.spec import TrainingSpec
from core.wording.messages import sentences
from tests.conftest import reading_few_others, small_networks
from tests.core.learning.conftest import trained


@pytest.fixture(scope="module")
def ink_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    strokes = {1: [[[9, 0], [10, 30]]], 7: [[[0, 0], [20, 0], [8, 30]]]}
    records = [
        {"label": label, "writer": f"Ann Example {number}", "strokes": points}
        for number in range(8)
        for label, points in strokes.items()
    ]
    path = tmp_path_factory.mktemp("ink") / "ink.json"
    path.write_text(json.dumps(records), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def thin_and_bold_digits(tmp_path_factory: pytest.TempPathFactory, mnist: dict[str, Any]) -> str:
    """Path of an npz with 400 training and 200 test digits, of which one is hardly there and one is very bold."""
    images = mnist["x_train"][:400].copy()
    images[0] //= 16
    images[1] = np.maximum(images[1], 200)
    path = tmp_path_factory.mktemp("digits") / "few.npz"
    test = {"x_test": mnist["x_test"][:200], "y_test": mnist["y_test"][:200]}
    np.savez(path, x_train=images, y_train=mnist["y_train"][:400], **test)
    return str(path)


@dataclass(frozen=True)
class WeakModel:
    """One epoch of a small network on 300 digits, with the settings of DigitPad's own: it cannot be sure."""

    spec: TrainingSpec
    ended: RunEnded
    bundle: ModelBundle


@pytest.fixture(scope="module")
def weak_model(thin_and_bold_digits: str, ink_file: Path, tmp_path_factory: pytest.TempPathFactory) -> WeakModel:
    folder = tmp_path_factory.mktemp("weak")
    library = ModelLibrary(folder / "models", folder / "shipped")
    spec = TrainingSpec(
        "digitpad",
        thin_and_bold_digits,
        epochs=1,
        validation_share=0.25,
        ink=str(ink_file),
        ink_source="eight hands, no licence",
    )
    with reading_few_others(), small_networks():
        ended = fit(spec, TrainingControl(), lambda event: None, library)
    assert ended.model is not None
    return WeakModel(spec, ended, read_bundle(library.folder / ended.model))


def test_a_weak_network_does_not_refuse_the_digits_it_was_validated_with(weak_model: WeakModel) -> None:
    limits = weak_model.bundle.card.thresholds
    assert 0.15 <= limits.no_digit_above <= 1
    assert 0.04 <= limits.doubt_above <= limits.no_digit_above
    digits = gather_material(weak_model.spec.completed(), find_source(weak_model.spec.data).load()).validation
    answers = Recognizer(weak_model.bundle).recognize_many(list(digits.images))
    assert np.mean([answer.verdict is Verdict.NOT_A_DIGIT for answer in answers]) <= 0.03


def test_digits_as_thin_and_as_bold_as_those_it_learned_from_are_some(weak_model: WeakModel) -> None:
    means = find_source(weak_model.spec.data).load().train.images.mean(axis=(1, 2))
    usual, (least, most) = Thresholds().ink_range, weak_model.bundle.card.thresholds.ink_range
    assert means.min() < usual[0] and means.max() > usual[1]
    assert least <= means.min() and most >= means.max()


def test_the_loss_on_the_test_digits_is_of_their_labels_as_they_are(weak_model: WeakModel) -> None:
    """The preset smooths the labels that it learns from, and those alone."""
    test = find_source(weak_model.spec.data).load().test
    answers = CompiledModel(weak_model.bundle.compiled_path).probabilities(test.images)
    right = answers[np.arange(len(test)), test.labels]
    assert weak_model.bundle.card.settings["label_smoothing"] > 0
    assert weak_model.ended.test_loss == pytest.approx(-np.log(right).mean(), rel=1e-5)


def test_the_card_says_what_decided_the_run_and_names_nobody(weak_model: WeakModel, ink_file: Path) -> None:
    bundle = weak_model.bundle
    card = bundle.card
    assert card.data["origins"] == {"data": 300, "synthesized": 120, "no_digit": 60, "real_ink": 5 * 2 * 3}
    assert card.data["train_images"] == 510
    assert card.data["real_ink"]["source"] == "eight hands, no licence"
    assert card.data["real_ink"]["writers"] == {"train": 5, "validation": 1, "judging": 2}
    assert card.settings["engine"] == "float32"
    content = (bundle.folder / "card.json").read_text(encoding="utf-8")
    assert "Ann" not in content
    assert str(ink_file) not in content


def test_few_validation_digits_make_no_network_surer_of_itself(
    few_digits: str, library: ModelLibrary, new_record: Any, small: None
) -> None:
    """Some are all read right, and would say that it is never wrong."""
    spec = TrainingSpec("quick", few_digits, epochs=3, validation_share=0.02, augment=False, name="Sure")
    fit(spec, TrainingControl(), new_record(), library)
    card = read_bundle(library.folder / "sure").card
    assert card.data["validation_images"] == 8
    assert card.temperature >= 1


def copy_files(bundle: ModelBundle, folder: Path) -> None:
    for name in MODEL_FILES:
        shutil.copyfile(bundle.folder / name, folder / name)


def test_a_name_that_is_taken_while_it_trains_is_not_given_twice(
    tmp_path: Path, few_digits: str, library: ModelLibrary, new_record: Any
) -> None:
    """Another window saves a model of that name meanwhile: both are kept, and the run says what its own is called."""

    spec = TrainingSpec("dense", few_digits, epochs=1, name="Mine")
    other = trained(spec, ModelLibrary(tmp_path / "elsewhere", tmp_path / "shipped"))

    def save_namesake(event: Event) -> None:
        if isinstance(event, RunStarted):
            ModelLibrary(library.folder, library.shipped).save(other.card, lambda folder: copy_files(other, folder))

    record = new_record(save_namesake)
    fit(spec, TrainingControl(), record, library)
    [ended] = record.of(RunEnded)
    assert (ended.name, ended.model) == ("Mine 2", "mine-2")
    assert sentences(ended.notes)[0] == "The name “Mine” was taken meanwhile, so this model is called “Mine 2”."
    assert sorted(entry.title for entry in library.entries()) == ["Mine", "Mine 2"]


def test_a_name_that_is_taken_is_refused_before_anything_is_learned(
    few_digits: str, library: ModelLibrary, new_record: Any
) -> None:
    fit(TrainingSpec("dense", few_digits, epochs=1, name="Mine"), TrainingControl(), new_record(), library)
    record = new_record()
    with pytest.raises(ModelError, match="There is a model called “Mine” already: choose another name"):
        fit(TrainingSpec("dense", few_digits, name="mi ne"), TrainingControl(), record, library)
    assert record.events == []


def test_models_without_a_name_are_called_what_differs_first(
    few_digits: str, library: ModelLibrary, new_record: Any
) -> None:
    first, second = (
        fit(TrainingSpec("dense", few_digits, epochs=1), TrainingControl(), new_record(), library).name
        for _ in range(2)
    )
    assert first and second
    assert " Dense on few.npz, 20" in first
    assert first.split()[0] != second.split()[0], "the time comes first"
