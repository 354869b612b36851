"""What a run learns from: how much of it comes from where, and that it is the same again."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.datasets.digit_sets import DigitData, DigitSet
from core.datasets.mnist import load_mnist
from core.datasets.real_ink import read_ink_file
from core.digits.normalize import normalize_drawing
from core.errors import DataSetError
from core.training.material import NO_DIGIT, REAL_INK_REPEATS, TrainingMaterial, gather_material
from core.training.spec import CompleteSpec, TrainingSpec
from core.wording.messages import sentences


@pytest.fixture(scope="module")
def data() -> DigitData:
    digits = load_mnist().train
    return DigitData("some", digits.take(slice(400)), digits.take(slice(400, 500)), "some others")


@pytest.fixture
def ink_file(tmp_path: Path) -> Path:
    """Eight writers, each with the strokes of one 1 and one 7."""
    one, seven = [[[0, 0], [0, 30]]], [[[0, 0], [20, 0], [8, 30]]]
    records = [
        {"label": label, "writer": f"w{number}", "strokes": strokes}
        for number in range(8)
        for label, strokes in ((1, one), (7, seven))
    ]
    path = tmp_path / "ink.json"
    path.write_text(json.dumps(records), encoding="utf-8")
    return path


def spec_of(preset: str = "digitpad", **choices: Any) -> CompleteSpec:
    return TrainingSpec(preset, validation_share=0.1, **choices).completed()


def images_of(material: TrainingMaterial, origin: str) -> Any:
    """The images that came from `origin`; the parts lie one after the other."""
    start = 0
    for name, count in material.counts.items():
        if name == origin:
            return material.images[start : start + count]
        start += count
    raise KeyError(origin)


def test_a_tutorial_preset_learns_from_the_data_alone(data: DigitData) -> None:
    material = gather_material(spec_of("keras-cnn"), data)
    assert (len(material), material.classes, len(material.validation)) == (360, 10, 40)
    assert material.counts == {"data": 360}
    assert material.notes() == ()


def test_digitpads_own_preset_adds_handwriting_and_what_is_no_digit(data: DigitData) -> None:
    material = gather_material(spec_of(), data)
    assert material.counts == {"data": 360, "synthesized": 144, "no_digit": 72}
    assert material.classes == 11
    assert (material.labels == NO_DIGIT).sum() == 72
    assert len(material.validation) == 80  # as many synthesised as of the data
    assert material.validation.labels.max() <= 9
    assert all(image.any() for image in material.images)
    [note] = sentences(material.notes())
    assert note == "144 digits and 72 non-digits are synthesised handwriting."


def test_the_seed_decides_everything(data: DigitData) -> None:
    one, same, other = (gather_material(spec_of(seed=seed), data) for seed in (1, 1, 2))
    np.testing.assert_array_equal(one.images, same.images)
    np.testing.assert_array_equal(one.labels, same.labels)
    np.testing.assert_array_equal(one.validation.images, same.validation.images)
    assert not np.array_equal(images_of(one, "synthesized"), images_of(other, "synthesized"))


def test_the_same_digits_of_the_data_validate_whatever_the_seed(data: DigitData) -> None:
    """A model's teachers, which had other seeds, have then not learned from what sets its temperature."""
    one, other = (gather_material(spec_of("keras-cnn", seed=seed), data) for seed in (1, 2))
    np.testing.assert_array_equal(one.validation.images, other.validation.images)


def test_no_digit_is_synthesised_that_the_data_does_not_have(data: DigitData) -> None:
    few = DigitSet(data.train.images, data.train.labels).take(np.isin(data.train.labels, (3, 4)))
    material = gather_material(spec_of(), DigitData("3 and 4", few, data.test, "others"))
    assert set(material.labels.tolist()) == {3, 4, NO_DIGIT}
    assert set(material.validation.labels.tolist()) == {3, 4}


def test_real_ink_of_training_writers_is_learned_from_and_of_others_is_not(data: DigitData, ink_file: Path) -> None:
    material = gather_material(spec_of(ink=str(ink_file), ink_source="eight hands"), data)
    assert material.real_ink is not None
    assert (material.real_ink.writers.judging, material.real_ink.writers.validation) == ({"w1", "w5"}, {"w3"})
    assert material.real_ink.sha256 == hashlib.sha256(ink_file.read_bytes()).hexdigest()
    assert material.counts["real_ink"] == 5 * 2 * REAL_INK_REPEATS
    assert len(material.validation) == 40 + 2
    ones = [item.drawing for item in read_ink_file(ink_file) if item.label == 1]
    digit = normalize_drawing(ones[0])
    assert digit is not None
    np.testing.assert_array_equal(images_of(material, "real_ink")[0], digit.image)
    assert "10 digits by 5 real writers come 3 times in each epoch." in sentences(material.notes())


@pytest.mark.parametrize(
    ("with_ink", "drawings"),
    [
        (False, 144 + 40 + 72),  # digits, as many as validate, and what is no digit
        (True, 144 + 72 + 12),  # six of eight writers wrote two digits each
    ],
)
def test_progress_is_told_up_to_the_last_drawing(
    data: DigitData, ink_file: Path, with_ink: bool, drawings: int
) -> None:
    told: list[tuple[int, int]] = []
    ink = {"ink": str(ink_file), "ink_source": "eight hands"} if with_ink else {}
    gather_material(spec_of(**ink), data, progress=lambda *progress: told.append(progress))
    done = [count for count, _ in told]
    assert {total for _, total in told} == {drawings}
    assert (done[0], done[-1]) == (0, drawings)
    assert done == sorted(set(done))
    assert 200 in done, "not only when all digits or all else was done"


def test_data_alone_has_no_progress_to_tell(data: DigitData) -> None:
    told: list[tuple[int, int]] = []
    gather_material(spec_of("keras-cnn"), data, progress=lambda *progress: told.append(progress))
    assert told == []


@pytest.mark.parametrize("preset", ["digitpad", "dense"])
def test_gathering_ends_at_any_checkpoint(data: DigitData, ink_file: Path, preset: str, ends_everywhere: Any) -> None:
    spec = spec_of(preset, ink=str(ink_file), ink_source="eight hands")
    ends_everywhere(lambda checkpoint: gather_material(spec, data, checkpoint=checkpoint), at_least=2)


@pytest.mark.parametrize("with_ink", [False, True])
def test_many_validation_digits_lie_in_a_file(
    data: DigitData, ink_file: Path, with_ink: bool, nothing_fits_in_memory: None, is_mapped: Callable[[Any], bool]
) -> None:
    ink = {"ink": str(ink_file), "ink_source": "eight hands"} if with_ink else {}
    material = gather_material(spec_of(**ink), data)
    assert len(material.validation) > 40
    assert is_mapped(material.validation.images)


def test_without_synthesis_only_what_is_no_digit_is_drawn(data: DigitData) -> None:
    material = gather_material(spec_of(synthesize=False), data)
    assert material.counts == {"data": 360, "no_digit": 72}
    assert len(material.validation) == 40


def test_ink_that_cannot_be_read_is_said_before_anything_is_synthesised(data: DigitData, tmp_path: Path) -> None:
    def never() -> None:
        raise AssertionError("it went on")

    with pytest.raises(DataSetError, match="cannot be read"):
        gather_material(spec_of(ink=str(tmp_path / "none.json"), ink_source="me"), data, checkpoint=never)
