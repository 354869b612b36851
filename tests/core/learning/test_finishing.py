"""What the card of a trained model says: when to trust it, and what decided the run."""

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.datasets.sources import find_source
from core.errors import ModelError
from core.learning.run import fit
from core.models.library import MODEL_FILES, ModelBundle, ModelLibrary, read_bundle
from core.recognition.recognizer import Recognizer, Verdict
from core.training.control import TrainingControl
from core.training.events import Event, RunEnded, RunStarted
from core.training.material import gather_material
from core.training.spec import TrainingSpec
from core.wording.messages import sentences
from tests.core.learning.conftest import trained


@pytest.fixture
def ink_file(tmp_path: Path) -> Path:
    strokes = {1: [[[9, 0], [10, 30]]], 7: [[[0, 0], [20, 0], [8, 30]]]}
    records = [
        {"label": label, "writer": f"Ann Example {number}", "strokes": points}
        for number in range(8)
        for label, points in strokes.items()
    ]
    path = tmp_path / "ink.json"
    path.write_text(json.dumps(records), encoding="utf-8")
    return path


@pytest.fixture
def weak_model(
    few_digits: str, ink_file: Path, library: ModelLibrary, new_record: Any
) -> tuple[TrainingSpec, ModelBundle]:
    """One epoch of DigitPad's own network on 300 digits: it cannot be sure of anything."""
    spec = TrainingSpec(
        "digitpad", few_digits, epochs=1, validation_share=0.25, ink=str(ink_file), ink_source="eight hands, no licence"
    )
    ended = fit(spec, TrainingControl(), new_record(), library)
    assert ended.model is not None
    return spec, read_bundle(library.folder / ended.model)


def test_a_weak_network_does_not_refuse_the_digits_it_was_validated_with(
    weak_model: tuple[TrainingSpec, ModelBundle], few_digits: str
) -> None:
    spec, bundle = weak_model
    limits = bundle.card.thresholds
    assert 0.15 <= limits.no_digit_above <= 1
    assert 0.04 <= limits.doubt_above <= limits.no_digit_above
    digits = gather_material(spec.completed(), find_source(few_digits).load()).validation
    answers = Recognizer(bundle).recognize_many(list(digits.images))
    assert np.mean([answer.verdict is Verdict.NOT_A_DIGIT for answer in answers]) <= 0.03


def test_the_card_says_what_decided_the_run_and_names_nobody(
    weak_model: tuple[TrainingSpec, ModelBundle], ink_file: Path
) -> None:
    _, bundle = weak_model
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
    few_digits: str, library: ModelLibrary, new_record: Any
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
