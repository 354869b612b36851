"""The digits that a model is tested on: MNIST's test set, all of the user's own, or the test part of a data set."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from core.datasets.digit_sets import DigitSet
from core.datasets.mnist import load_mnist_test, read_mnist_test_name
from core.datasets.my_digits import MyDigits
from core.datasets.source import TestDigits
from core.datasets.sources import find_source
from core.errors import DataSetError
from core.system.checkpoints import Checkpoint, no_checkpoint
from core.wording.data_problems import DataProblem
from core.wording.judging_messages import JudgingNote


def find_test_digits(text: str, store: Path | None = None, checkpoint: Checkpoint = no_checkpoint) -> TestDigits:
    """The digits that `text` names, as for `core.datasets.sources.load_test_digits`.

    “digits”, without more, are all that the user has kept, in `store`: nothing is to be learned here, so that none need
    be kept out.

    Raises
    ------
    DataSetError
        When they cannot be read, there are none, or all are the same digit.
    """
    checkpoint()
    tests = _load(text, store, checkpoint)
    checkpoint()
    counts = tests.digits.counts()
    if not len(tests.digits):
        raise DataSetError(DataProblem.NO_IMAGES, where=tests.origin, part="test ")
    if np.count_nonzero(counts) < 2:
        raise DataSetError(DataProblem.ONLY_ONE_DIGIT, where=tests.origin, digit=int(np.argmax(counts)))
    return tests


def _load(text: str, store: Path | None, checkpoint: Checkpoint) -> TestDigits:
    images = read_mnist_test_name(text)
    if images is not None:
        return load_mnist_test(images)
    source = find_source(text, store)
    if isinstance(source, MyDigits):
        return _kept_digits(source, checkpoint)
    data = source.load(checkpoint)
    return TestDigits(data.test, data.test_origin, data.notes)


def _kept_digits(mine: MyDigits, checkpoint: Checkpoint) -> TestDigits:
    """The user's digits: all, those that a training would keep out last, or those of unseen writers alone."""
    data = replace(mine, choice=replace(mine.choice, mnist_percent=0)).load(checkpoint)
    if mine.choice.is_unseen:
        return TestDigits(data.test, data.test_origin, data.notes)
    images = np.concatenate([data.train.images, data.test.images])
    labels = np.concatenate([data.train.labels, data.test.labels])
    return TestDigits(DigitSet(images, labels), data.name, (*data.notes, JudgingNote.ALL_OF_YOURS()))
