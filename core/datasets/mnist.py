"""MNIST as it ships with DigitPad, whole or its first part, verified to the bit."""

import functools
import hashlib
from contextlib import suppress

import numpy as np

from core.datasets.digit_sets import MIN_IMAGES, DigitData, DigitSet, checked_digits
from core.datasets.npz import read_arrays
from core.digits.arrays import AnyArray
from core.errors import DataSetError
from core.system.paths import assets_folder
from core.wording.typed_numbers import read_whole_number

MNIST_FILE = "mnist.npz"
MNIST_TRAIN_IMAGES = 60_000
MNIST_TEST_IMAGES = 10_000
MNIST_TEST_ORIGIN = "MNIST's test set"
MNIST_SHA256 = {
    "x_train": "741c988805d008ac6e4c904b69001ba184c24b2c540a4ef403f4c71b676cf757",
    "y_train": "1feba77c54802fa5339a11837ea4b2866434b83314ec45192930f1df69120c13",
    "x_test": "6d87418db22cc8025d05968bec9bd5c3932904b23485740db143a061a2c9d161",
    "y_test": "ddeff807876a9661a1110d45c266c86239a3a1b7d37da0c3716a7a683c852ff5",
}
"""Of the raw bytes of each array: those of the canonical IDX files."""


@functools.cache
def load_mnist() -> DigitData:
    """MNIST: 60,000 digits to train with, 10,000 to test. Loaded once per process, read-only.

    Raises
    ------
    DataSetError
        When the file is missing or not MNIST to the bit.

    References
    ----------
    LeCun, Cortes and Burges, "The MNIST database of handwritten digits".
    """
    arrays = _read_verified(tuple(MNIST_SHA256))
    train = checked_digits(arrays["x_train"], arrays["y_train"], where=MNIST_FILE)
    test = checked_digits(arrays["x_test"], arrays["y_test"], where=MNIST_FILE, part="test ")
    return DigitData("MNIST", train, test, MNIST_TEST_ORIGIN)


def load_mnist_part(images: int) -> DigitData:
    """The first `images` training digits of MNIST with its whole test set. Raises like `load_mnist`."""
    data = load_mnist()
    if images == MNIST_TRAIN_IMAGES:
        return data
    return DigitData(mnist_name(images), data.train.take(slice(images)), data.test, data.test_origin)


def load_mnist_test_part(images: int) -> tuple[DigitSet, str]:
    """The first `images` test digits of MNIST, and where they come from. Raises like `load_mnist`."""
    data = load_mnist()
    if images == MNIST_TEST_IMAGES:
        return data.test, data.test_origin
    return data.test.take(slice(images)), f"the first {images:,} digits of {data.test_origin}"


def count_mnist_part(images: int) -> tuple[int, ...]:
    """How many of each digit are among the first `images` training digits; reads nothing but the labels."""
    labels = _read_verified(("y_train",))["y_train"]
    return tuple(np.bincount(labels[:images].astype(np.int64), minlength=10).tolist())


def mnist_name(images: int) -> str:
    """What the first `images` training digits are called."""
    return "MNIST" if images == MNIST_TRAIN_IMAGES else f"MNIST, the first {images:,}"


def mnist_part(source: str) -> int | None:
    """How many training digits "mnist" or "mnist:5000" means; None for any other source.

    Raises
    ------
    DataSetError
        When what follows the colon is not a number from 10 to 60,000.
    """
    return _part_of(MNIST_TRAIN_IMAGES, source)


def mnist_test_part(source: str) -> int | None:
    """How many test digits "mnist" or "mnist:500" means where nothing is learned; None for any other source.

    Raises
    ------
    DataSetError
        When what follows the colon is not a number from 10 to 10,000.
    """
    return _part_of(MNIST_TEST_IMAGES, source)


def _part_of(whole: int, source: str) -> int | None:
    name, colon, number = source.strip().partition(":")
    if name.lower() != "mnist":
        return None
    if not colon:
        return whole
    with suppress(ValueError):
        images = read_whole_number(number)
        if MIN_IMAGES <= images <= whole:
            return images
    raise DataSetError(f"“{source}”: after “mnist:” a whole number from {MIN_IMAGES} to {whole:,} is needed.")


def _read_verified(names: tuple[str, ...]) -> dict[str, AnyArray]:
    path = assets_folder() / MNIST_FILE
    try:
        arrays = read_arrays(path, names)
    except DataSetError as error:
        raise DataSetError(f"DigitPad's own copy of MNIST is missing or damaged: {path}.") from error
    for name in names:
        if name not in arrays or _sha256(arrays[name]) != MNIST_SHA256[name]:
            raise DataSetError(f"DigitPad's own copy of MNIST is not the original: “{name}” differs in {path}.")
    return arrays


def _sha256(array: AnyArray) -> str:
    return hashlib.sha256(np.ascontiguousarray(array).data).hexdigest()
