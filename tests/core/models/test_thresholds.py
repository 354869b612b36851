"""A threshold is saved with the user's own model, or with a copy of the shipped one."""

from dataclasses import replace
from pathlib import Path

import pytest

from core.digits.normalize import normalize_drawing
from core.ink.samples import read_sample
from core.models.bundles import EXPLANATION_FILE
from core.models.library import MODEL_FILES, ModelLibrary
from core.models.thresholds import save_threshold, with_threshold
from core.recognition.recognizer import Recognizer, Verdict
from core.system.paths import assets_folder


@pytest.fixture
def library(tmp_path: Path) -> ModelLibrary:
    return ModelLibrary(tmp_path / "models", assets_folder() / "models")


def test_the_shipped_model_gets_a_copy(library: ModelLibrary) -> None:
    shipped = library.shipped_bundle()
    before = (shipped.folder / "card.json").read_bytes()
    copy = save_threshold(library, shipped, 0.9)
    assert copy.folder.parent == library.folder and copy.card.name == "DigitPad 2"
    for name in (*MODEL_FILES, EXPLANATION_FILE):
        assert (copy.folder / name).read_bytes() == (shipped.folder / name).read_bytes()
    read = library.bundle(copy.slug, MODEL_FILES)
    assert read.card.thresholds.reject_below == 0.9
    assert read.card.thresholds.no_digit_above == shipped.card.thresholds.no_digit_above
    assert (shipped.folder / "card.json").read_bytes() == before


def test_an_own_model_is_changed_in_its_place_and_keeps_its_new_name(library: ModelLibrary) -> None:
    own = save_threshold(library, library.shipped_bundle(), 0.5)
    library.rename(own, "Renamed meanwhile")
    changed = save_threshold(library, own, 0.7)
    assert changed.folder == own.folder
    read = library.bundle(own.slug)
    assert (read.card.name, read.card.thresholds.reject_below) == ("Renamed meanwhile", 0.7)
    assert len(library.entries()) == 2


def test_nothing_that_is_refused_as_unsure_may_be_sure(library: ModelLibrary) -> None:
    card = library.shipped_bundle().card
    assert with_threshold(card, 0.3).thresholds.unsure_below == card.thresholds.unsure_below
    assert with_threshold(card, 0.95).thresholds.unsure_below == 0.95


def test_the_saved_threshold_refuses(library: ModelLibrary) -> None:
    digit = normalize_drawing(read_sample(7))
    assert digit is not None
    shipped = library.shipped_bundle()
    answer = Recognizer(shipped).recognize(digit.image)
    assert answer.verdict is Verdict.DIGIT and answer.confidence < 1
    strict = save_threshold(library, shipped, 1.0)
    assert Recognizer(strict).recognize(digit.image).verdict is Verdict.NOT_A_DIGIT
    assert Recognizer(replace(strict, card=shipped.card)).recognize(digit.image) == answer
