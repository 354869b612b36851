"""Digits that lie on their side, are mirrored, or dark on bright."""

import struct
from functools import partial

import cv2
import numpy as np
import pytest

from core.datasets import large_arrays, sample_reading
from core.datasets.digit_sets import DigitSet, ReadDigits
from core.datasets.mnist import load_mnist
from core.datasets.orientation import find_orientation
from core.datasets.sources import find_source, load_test_digits
from core.datasets.turns import AS_THEY_ARE
from core.digits.normalize import normalize_drawing
from core.synthesis.handwriting import handwrite
from core.synthesis.templates import load_templates
from core.system.paths import assets_folder
from core.wording.messages import sentences

SIDEWAYS = "These digits lie on their side, so they were turned."


def on_its_side(images):
    return images.swapaxes(1, 2)


def inverted(images):
    return 255 - images


WAYS = [
    (on_its_side, SIDEWAYS),
    (partial(np.rot90, axes=(1, 2)), SIDEWAYS),
    (partial(np.rot90, k=3, axes=(1, 2)), SIDEWAYS),
    (partial(np.rot90, k=2, axes=(1, 2)), "These digits are upside down, so they were turned."),
    (lambda images: images[:, ::-1], "These digits are upside down, so they were turned."),
    (lambda images: images[:, :, ::-1], "These digits are mirrored, so they were mirrored back."),
    (inverted, "These digits are dark on bright, so they were inverted."),
    (
        lambda images: inverted(on_its_side(images)),
        "These digits lie on their side and are dark on bright, so they were turned and inverted.",
    ),
    (lambda images: on_its_side(images) / np.float32(255), SIDEWAYS),
]


@pytest.fixture(scope="module")
def right():
    """Digits of MNIST's training set as they should be: 50 to train with, 30 others to test."""
    digits = load_mnist().train
    return ReadDigits(digits.take(slice(1000, 1050)), digits.take(slice(1050, 1080)))


@pytest.fixture
def save(tmp_path):
    """A function that saves the digits of both parts after a change of each, and gives the path as a source."""

    def write(read, change_train=None, change_test=None):
        arrays = {"y_train": read.train.labels, "y_test": read.test.labels}
        for name, part, change in (("x_train", read.train, change_train), ("x_test", read.test, change_test)):
            arrays[name] = change(part.images) if change else part.images
        np.savez(tmp_path / "own.npz", **arrays)
        return str(tmp_path / "own.npz")

    return write


@pytest.mark.parametrize(("change", "sentence"), WAYS)
def test_digits_that_lie_wrong_are_put_right_and_that_is_said(save, right, change, sentence):
    source = save(right, change, change)
    data = find_source(source).load()
    assert np.array_equal(data.train.images, right.train.images) and np.array_equal(
        data.train.labels, right.train.labels
    )
    assert np.array_equal(data.test.images, right.test.images)
    assert sentences(data.notes) == sentences(find_source(source).check().notes) == (sentence,)
    assert sentences(load_test_digits(source).notes) == (sentence,)


def test_the_idx_files_of_emnist(tmp_path, right):
    for part, digits in (("train", right.train), ("test", right.test)):
        for kind, array in (("images-idx3", on_its_side(digits.images)), ("labels-idx1", digits.labels)):
            header = bytes([0, 0, 8, array.ndim]) + struct.pack(f">{array.ndim}I", *array.shape)
            (tmp_path / f"emnist-digits-{part}-{kind}-ubyte").write_bytes(header + array.tobytes())
    source = str(tmp_path / "emnist-digits-train-images-idx3-ubyte")
    data = find_source(source).load()
    assert np.array_equal(data.train.images, right.train.images) and np.array_equal(data.test.images, right.test.images)
    assert sentences(data.notes) == sentences(find_source(source).check().notes) == (SIDEWAYS,)


@pytest.mark.parametrize("change", [on_its_side, inverted, lambda images: images[:, :, ::-1]])
def test_only_the_part_that_lies_wrong_is_turned(save, right, change):
    for changes, part in (((change, None), "training"), ((None, change), "test")):
        data = find_source(save(right, *changes)).load()
        assert np.array_equal(data.train.images, right.train.images)
        assert np.array_equal(data.test.images, right.test.images)
        assert len(sentences(data.notes)) == 1 and sentences(data.notes)[0].startswith(f"The {part} digits ")


def test_a_few_test_digits_lie_as_the_training_digits_do(save, right):
    few = ReadDigits(right.train, right.test.take(right.test.labels == 0).take(slice(4)))
    assert np.array_equal(find_source(save(few, on_its_side, on_its_side)).load().test.images, few.test.images)


@pytest.mark.parametrize("digits", [(0, 1, 8), (0, 1), (1, 7), (6, 9), (2, 5), tuple(range(10))])
@pytest.mark.parametrize("count", [10, 50])
def test_digits_that_lie_right_stay_as_they_are(digits, count):
    some = load_mnist().train.take(slice(2000, 5000))
    chosen = some.take(np.flatnonzero(np.isin(some.labels, digits))[:count])
    found = find_orientation(ReadDigits(chosen))
    assert found.train == AS_THEY_ARE and found.notes == ()


def test_digits_that_look_alike_from_several_sides_are_left_alone():
    zeros_and_eights = load_mnist().train.take(np.isin(load_mnist().train.labels, (0, 8))).take(slice(40))
    sideways = zeros_and_eights.changed(on_its_side)
    found = find_orientation(ReadDigits(sideways))
    assert found.train == AS_THEY_ARE and found.notes == ()


@pytest.mark.parametrize("change", [lambda images: images, on_its_side])
def test_other_symbols_are_left_alone(save, change):
    rng = np.random.default_rng(5)
    letters = load_templates(assets_folder() / "ink" / "letters")[:100:10]
    labels = np.arange(60, dtype=np.uint8) % 10
    images = np.stack([normalize_drawing(handwrite(letters[label], rng)).image for label in labels])
    read = ReadDigits(DigitSet(images[:40], labels[:40]), DigitSet(images[40:], labels[40:]))
    data = find_source(save(read, change, change)).load()
    assert np.array_equal(data.train.images, change(read.train.images)) and data.notes == ()


def test_thick_bright_digits_that_fill_the_border_are_not_dark(save, right):
    def thick(images):
        return np.stack([cv2.dilate(cv2.resize(image[4:24, 4:24], (28, 28)), np.ones((5, 5))) for image in images])

    assert find_source(save(right, thick, thick)).load().notes == ()


def test_labels_that_count_from_another_digit_are_said(save, right):
    shifted = ReadDigits(
        DigitSet(right.train.images, (right.train.labels + 1) % 10), DigitSet(right.test.images, right.test.labels)
    )
    data = find_source(save(shifted)).load()
    assert sentences(data.notes) == ("The labels may be wrong: images labelled 1 look like 0.",)
    assert np.array_equal(data.train.images, right.train.images)
    assert np.array_equal(data.train.labels, shifted.train.labels)


def test_a_folder_of_pictures_that_lie_on_their_side(tmp_path, right):
    for index in range(50):
        folder = tmp_path / str(right.train.labels[index])
        folder.mkdir(exist_ok=True)
        picture = cv2.resize(255 - right.train.images[index].T, (112, 112), interpolation=cv2.INTER_CUBIC)
        cv2.imwrite(str(folder / f"{index:02}.png"), picture)
    data = find_source(str(tmp_path)).load()
    assert sentences(data.notes) == sentences(find_source(str(tmp_path)).check().notes) == (SIDEWAYS,)
    originals = right.train.images.astype(np.float32)
    nearest = np.abs(data.train.images[:, None] - originals).mean(axis=(2, 3)).argmin(axis=1)
    assert np.array_equal(right.train.labels[nearest], data.train.labels)


def test_large_sets_are_turned_in_files_and_end_anywhere(save, right, monkeypatch, is_mapped, ends_everywhere):
    source = save(right, on_its_side, on_its_side)
    monkeypatch.setattr(large_arrays, "LARGEST_IN_MEMORY", 100)
    data = find_source(source).load()
    assert is_mapped(data.train.images) and np.array_equal(data.train.images, right.train.images)
    ends_everywhere(lambda checkpoint: find_source(source).load(checkpoint), at_least=20)


def test_as_many_are_read_of_a_million_as_of_a_hundred():
    labels = np.arange(1_000_000) % 10
    assert len(sample_reading.choose_sample(labels.astype(np.uint8))) == sample_reading.SAMPLE
    assert sample_reading.choose_sample(labels.astype(np.uint8))[9] == 999_990


def test_without_the_shipped_model_only_the_ground_is_looked_at(save, right, monkeypatch, tmp_path):
    monkeypatch.setattr(sample_reading, "assets_folder", lambda: tmp_path)
    assert sentences(find_source(save(right, inverted, inverted)).load().notes) == WAYS[6][1:]
    assert find_source(save(right, on_its_side, on_its_side)).load().notes == ()
