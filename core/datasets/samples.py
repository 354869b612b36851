"""A few digits of a data set to look at before it is trained on."""

from pathlib import Path

import numpy as np

from core.datasets.digit_sets import DigitSet, ReadDigits
from core.datasets.folder import read_some
from core.datasets.idx_pairs import find_idx_folder
from core.datasets.loading import load_digits
from core.datasets.mnist import mnist_part
from core.datasets.orientation import put_right
from core.system.checkpoints import Checkpoint, nothing

SAMPLES_OF_EACH = 10
"""Files of a folder that are read for each digit."""


def read_samples(source: str, first: int, others: int, *, checkpoint: Checkpoint = nothing) -> DigitSet:
    """The first training digits of a source, as tutorials show them, and others at random, as a network sees them.

    Of a folder, where the first would all be the same digit, only some files are read, and all are at random.

    Parameters
    ----------
    source, checkpoint
        As for `load_digits`.

    Raises
    ------
    DataSetError
        With a sentence on what is wrong with which file.
    """
    rng = np.random.default_rng()
    folder = Path(source.strip()).expanduser().absolute()
    if mnist_part(source) is None and folder.is_dir() and not find_idx_folder(folder):
        digits = put_right(ReadDigits(read_some(folder, SAMPLES_OF_EACH, rng, checkpoint)), checkpoint).train
        return digits.take(rng.permutation(len(digits)))
    train = load_digits(source, checkpoint=checkpoint).train
    chosen = first + rng.permutation(max(len(train) - first, 0))[:others]
    return train.take(np.concatenate([np.arange(min(first, len(train))), chosen]))
