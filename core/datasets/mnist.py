"""MNIST as it ships with DigitPad, verified to the bit."""

import functools
import hashlib
from contextlib import suppress
from dataclasses import dataclass

import numpy as np

from core.datasets.digit_sets import MIN_IMAGES, DigitData, checked_digits
from core.datasets.npz import read_arrays
from core.datasets.source import DataSummary, Source, TestDigits, summarize
from core.digits.arrays import AnyArray
from core.errors import DataSetError
from core.system.checkpoints import Checkpoint, no_checkpoint
from core.system.paths import assets_folder
from core.wording.data_messages import TestOrigin
from core.wording.data_problems import DataProblem
from core.wording.typed_numbers import read_whole_number

MNIST_FILE = "mnist.npz"
MNIST_TRAIN_IMAGES = 60_000
MNIST_TEST_IMAGES = 10_000
MNIST_TEST_ORIGIN = str(TestOrigin.MNIST())
MNIST_SHA256 = {
    "x_train": "741c988805d008ac6e4c904b69001ba184c24b2c540a4ef403f4c71b676cf757",
    "y_train": "1feba77c54802fa5339a11837ea4b2866434b83314ec45192930f1df69120c13",
    "x_test": "6d87418db22cc8025d05968bec9bd5c3932904b23485740db143a061a2c9d161",
    "y_test": "ddeff807876a9661a1110d45c266c86239a3a1b7d37da0c3716a7a683c852ff5",
}
"""Hashes of the raw bytes of each array, which are those of the original IDX files."""


@dataclass(frozen=True, slots=True)
class Mnist(Source):
    """The first `images` of MNIST's training digits, with its whole test set."""

    images: int = MNIST_TRAIN_IMAGES

    @property
    def text(self) -> str:
        return "mnist" if self.images == MNIST_TRAIN_IMAGES else f"mnist:{self.images}"

    @property
    def name(self) -> str:
        """Its name for people."""
        return "MNIST" if self.images == MNIST_TRAIN_IMAGES else f"MNIST, the first {self.images:,}"

    def load(self, checkpoint: Checkpoint = no_checkpoint) -> DigitData:
        checkpoint()
        data = load_mnist()
        if self.images == MNIST_TRAIN_IMAGES:
            return data
        return DigitData(self.name, data.train.take(slice(self.images)), data.test, data.test_origin)

    def check(self, checkpoint: Checkpoint = no_checkpoint) -> DataSummary:
        return summarize(self.name, count_mnist_part(self.images), MNIST_TEST_IMAGES)


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


def load_mnist_test(images: int = MNIST_TEST_IMAGES) -> TestDigits:
    """The first `images` test digits of MNIST. Raises DataSetError."""
    digits = load_mnist().test
    if images == len(digits):
        return TestDigits(digits, MNIST_TEST_ORIGIN)
    return TestDigits(digits.take(slice(images)), str(TestOrigin.FIRST_OF_MNIST(images=images)))


def read_mnist_name(text: str) -> Mnist | None:
    """The source "mnist" or "mnist:5000"; None for any other text.

    Raises
    ------
    DataSetError
        When what follows the colon is not a number from 10 to 60,000.
    """
    images = _images_of_mnist(text, MNIST_TRAIN_IMAGES)
    return None if images is None else Mnist(images)


def read_mnist_test_name(text: str) -> int | None:
    """The number of test digits in "mnist" or "mnist:500"; None for any other text.

    Raises
    ------
    DataSetError
        When what follows the colon is not a number from 10 to 10,000.
    """
    return _images_of_mnist(text, MNIST_TEST_IMAGES)


def count_mnist_part(images: int) -> tuple[int, ...]:
    """The number of each digit among the first `images` training digits; only reads the labels."""
    labels = _read_verified(("y_train",))["y_train"]
    return tuple(np.bincount(labels[:images].astype(np.int64), minlength=10).tolist())


def _images_of_mnist(text: str, whole: int) -> int | None:
    name, colon, number = text.strip().partition(":")
    if name.lower() != "mnist":
        return None
    if not colon:
        return whole
    with suppress(ValueError):
        images = read_whole_number(number)
        if MIN_IMAGES <= images <= whole:
            return images
    raise DataSetError(DataProblem.MNIST_PART, source=text, least=MIN_IMAGES, most=whole)


def _read_verified(names: tuple[str, ...]) -> dict[str, AnyArray]:
    path = assets_folder() / MNIST_FILE
    try:
        arrays = read_arrays(path, names)
    except DataSetError as error:
        raise DataSetError(DataProblem.MNIST_DAMAGED, path=path) from error
    for name in names:
        if name not in arrays or _sha256(arrays[name]) != MNIST_SHA256[name]:
            raise DataSetError(DataProblem.MNIST_DIFFERS, name=name, path=path)
    return arrays


def _sha256(array: AnyArray) -> str:
    return hashlib.sha256(np.ascontiguousarray(array).data).hexdigest()
