"""MNIST as it ships: whole, in part, and when it is not there."""

import numpy as np
import pytest

from core.datasets.mnist import Mnist, load_mnist, read_mnist_name
from core.datasets.sources import find_source, load_test_digits
from core.errors import DataSetError
from core.system.paths import assets_folder
from core.wording.messages import sentences

TRAIN_COUNTS = (5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949)
TEST_COUNTS = (980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009)


def test_mnist_is_whole():
    data = load_mnist()
    assert data.name == "MNIST" and data.test_origin == "MNIST's test set"
    assert data.train.counts() == TRAIN_COUNTS and data.test.counts() == TEST_COUNTS
    assert data.train.labels[:5].tolist() == [5, 0, 4, 1, 9]
    assert data.train.images.shape == (60_000, 28, 28) and data.train.images.dtype == np.uint8


def test_mnist_is_loaded_once_and_cannot_be_written_to():
    data = load_mnist()
    assert load_mnist() is data and find_source("mnist").load() is data and find_source("MNIST").load() is data
    for array in (data.train.images, data.train.labels, data.test.images, data.test.labels):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1


def test_the_first_part_of_mnist_has_the_full_test_set():
    data = find_source("mnist:500").load()
    assert data.name == "MNIST, the first 500" and len(data.train) == 500
    assert np.array_equal(data.train.images, load_mnist().train.images[:500])
    assert data.test is load_mnist().test
    assert find_source("mnist:60000").load() is load_mnist()


@pytest.mark.parametrize(
    "source",
    ["mnist:", "mnist:9", "mnist:60001", "mnist:-5", "mnist:many", "mnist:1e5", "mnist:²", "mnist:" + "9" * 50],
)
def test_a_wrong_part_of_mnist_is_refused(source, problem_of):
    assert "a whole number from 10 to 60,000 is needed" in problem_of(source)


@pytest.mark.parametrize("number", ["5000", "5,000", "5.000", "5 000", "5e3"])
def test_a_part_may_be_given_as_people_write_numbers(number):
    assert read_mnist_name(f"mnist:{number}") == Mnist(5000)


def test_the_first_part_of_the_test_set():
    test = load_test_digits("mnist:500")
    digits = test.digits
    assert test.origin == "the first 500 digits of MNIST's test set"
    assert np.array_equal(digits.images, load_mnist().test.images[:500])
    assert np.array_equal(digits.labels, load_mnist().test.labels[:500])
    for name in ("mnist", "mnist:10000"):
        whole = load_test_digits(name)
        assert (whole.digits, whole.origin, whole.notes) == (load_mnist().test, "MNIST's test set", ())
    with pytest.raises(DataSetError, match="a whole number from 10 to 10,000 is needed"):
        load_test_digits("mnist:10001")


def test_summary_of_mnist():
    summary = find_source("mnist").check()
    assert (summary.counts, summary.train_images, summary.test_images) == (TRAIN_COUNTS, 60_000, 10_000)
    assert summary.sentence == "60,000 digits to train with and 10,000 to test; 5,421 to 6,742 of each."
    assert summary.notes == ()
    assert sum(find_source("mnist:10").check().counts) == 10
    assert sentences(find_source("mnist:10").check().notes) == (
        "There are no images of 6, 7, 8: a model trained with this cannot learn them.",
    )


@pytest.fixture
def own_assets(tmp_path, monkeypatch):
    """An assets folder of the test's own; MNIST is loaded afresh from there and forgotten again afterwards."""
    load_mnist.cache_clear()
    monkeypatch.setattr("core.datasets.mnist.assets_folder", lambda: tmp_path)
    yield tmp_path
    load_mnist.cache_clear()


def test_missing_mnist_is_named(own_assets, problem_of):
    assert problem_of("mnist").startswith("DigitPad's own copy of MNIST is missing or damaged")


def test_truncated_mnist_is_named(own_assets, problem_of):
    content = (assets_folder() / "mnist.npz").read_bytes()
    (own_assets / "mnist.npz").write_bytes(content[: len(content) // 2])
    assert "missing or damaged" in problem_of("mnist")


def test_other_digits_in_the_place_of_mnist_are_not_taken_for_it(own_assets, some):
    np.savez(own_assets / "mnist.npz", x_train=some.images, y_train=some.labels, x_test=some.images, y_test=some.labels)
    with pytest.raises(DataSetError, match="is not the original: “x_train” differs"):
        find_source("mnist").load()
    with pytest.raises(DataSetError, match="is not the original: “y_train” differs"):
        find_source("mnist").check()


@pytest.mark.parametrize("name", ["x_train", "y_train", "x_test", "y_test"])
def test_every_array_of_mnist_is_verified(own_assets, mnist, name):
    """The last image, or the last label, is another one."""
    changed = mnist[name].copy()
    changed[-1] = changed[0]
    np.savez(own_assets / "mnist.npz", **(mnist | {name: changed}))
    with pytest.raises(DataSetError, match=f"is not the original: “{name}” differs"):
        load_mnist()
