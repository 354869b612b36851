"""Digit sets by name or path: MNIST, a part of it, or the user's own files. All of it is checked before it is used."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from core.datasets.digit_sets import DigitData, DigitSet, ReadDigits, require_enough
from core.datasets.folder import look_into_folder, read_folder
from core.datasets.foreign import holds_arrays, refusal
from core.datasets.idx import read_idx
from core.datasets.idx_pairs import find_idx_folder, looks_like_idx
from core.datasets.mnist import (
    MNIST_TEST_IMAGES,
    count_mnist_part,
    load_mnist_part,
    load_mnist_test_part,
    mnist_name,
    mnist_part,
    mnist_test_part,
)
from core.datasets.npz import read_npz
from core.datasets.orientation import find_orientation, put_right
from core.errors import DataSetError
from core.system.checkpoints import Checkpoint, nothing
from core.wording.names import shown_name

MAX_FILE_BYTES = 2_000_000_000
TEST_SHARE = 1 / 7
"""Of the user's own digits, where they come without test digits: the same share as in MNIST."""

_TEST_SEED = 28  # always the same digits are kept out, whatever the seed of a run


@dataclass(frozen=True, slots=True)
class DataSummary:
    """What a form shows about a source of digits before it is used.

    Attributes
    ----------
    name
        What people call it.
    counts
        How many there are of each digit 0 to 9, without the digits of a test part of its own.
    train_images, test_images
        How many will be learned from (validation included), and how many will judge the result.
    sentence
        All of that in one sentence.
    notes
        Sentences on what is unusual about the data.
    """

    name: str
    counts: tuple[int, ...]
    train_images: int
    test_images: int
    sentence: str
    notes: tuple[str, ...] = ()


def load_digits(source: str, *, checkpoint: Checkpoint = nothing) -> DigitData:
    """Load and check a digit set.

    Parameters
    ----------
    source
        "mnist"; "mnist:5000" for its first 5,000 training digits with the full test set; or a path to a Keras-style
        `.npz`, to one of a pair of IDX files or a folder with the classic four, or to a folder with subfolders
        `0` to `9` of pictures and ink files. A source without test digits has a seventh of each digit kept out.
    checkpoint
        Called between the files of a folder and between the steps of reading a file. What it raises ends the reading.

    Raises
    ------
    DataSetError
        With a sentence on what is wrong with which file.
    """
    part = mnist_part(source)
    if part is not None:
        checkpoint()
        return load_mnist_part(part)
    path = _own_path(source)
    name = shown_name(path)
    read = put_right(_read_own(path, checkpoint), checkpoint)
    notes = (*read.notes, *_missing_notes(read.train.counts()))
    if read.test is not None:
        return DigitData(name, read.train, read.test, f"the test part of {name}", notes)
    train, test = split_validation(read.train, TEST_SHARE, _TEST_SEED, checkpoint)
    return DigitData(name, train, test, f"a seventh of {name}, kept out of training", notes)


def load_test_digits(source: str) -> tuple[DigitSet, str, tuple[str, ...]]:
    """Load the digits to test a model on, say where they come from, and what was done to them while they were read.

    `source` is what `load_digits` takes, but for "mnist:500", which means the first 500 test digits. Raises like it.
    """
    part = mnist_test_part(source)
    if part is not None:
        return *load_mnist_test_part(part), ()
    data = load_digits(source)
    return data.test, data.test_origin, data.notes


def check_source(source: str, *, checkpoint: Checkpoint = nothing) -> DataSummary:
    """Say what `source` holds, or what is wrong with it; takes and calls what `load_digits` takes and calls.

    Quick for MNIST (only its labels are read) and for folders (files are counted, some are tried); other files are
    read and checked whole.

    Raises
    ------
    DataSetError
        With a sentence on what is wrong with which file.
    """
    part = mnist_part(source)
    if part is not None:
        return _summary(mnist_name(part), count_mnist_part(part), MNIST_TEST_IMAGES)
    path = _own_path(source)
    name = shown_name(path)
    if path.is_dir() and not find_idx_folder(path):
        looked = look_into_folder(path, checkpoint)
        require_enough(looked.counts, name)
        found = find_orientation(ReadDigits(looked.sample), checkpoint)
        return _summary(name, looked.counts, None, (*looked.notes, *found.notes))
    read = _read_own(path, checkpoint)
    found = find_orientation(read, checkpoint)
    test_images = None if read.test is None else len(read.test)
    return _summary(name, read.train.counts(), test_images, (*read.notes, *found.notes))


def split_validation(
    digits: DigitSet, share: float, seed: int, checkpoint: Checkpoint = nothing
) -> tuple[DigitSet, DigitSet]:
    """Keep `share` of every digit out, chosen at random from `seed`.

    Parameters
    ----------
    share
        In [0, 1). Above 0, at least one image is kept out.
    checkpoint
        Called before every few thousand images.

    Returns
    -------
    `(train, validation)`, both in their order in `digits`; the validation part has round(n * share) images.
    """
    kept_out = choose_validation(digits, share, seed)
    return digits.take(~kept_out, checkpoint), digits.take(kept_out, checkpoint)


def choose_validation(digits: DigitSet, share: float, seed: int) -> npt.NDArray[np.bool_]:
    """Which digits `split_validation` keeps out, `(n,)`: for who wants to copy no image. Raises ValueError like it."""
    if not 0 <= share < 1:
        raise ValueError(f"the share must be in [0, 1), got {share}")
    kept_out = np.zeros(len(digits), bool)
    rng = np.random.default_rng(seed)
    for digit, size in enumerate(_stratified_sizes(digits.counts(), share)):
        kept_out[rng.permutation(np.flatnonzero(digits.labels == digit))[:size]] = True
    return kept_out


def _stratified_sizes(counts: tuple[int, ...], share: float) -> npt.NDArray[np.int64]:
    """How many to take of each digit so that the sum is exact: largest remainders are rounded up."""
    quotas = np.array(counts) * share
    sizes = np.floor(quotas).astype(np.int64)
    left = _kept_out_total(sum(counts), share) - int(sizes.sum())
    sizes[np.argsort(sizes - quotas, kind="stable")[:left]] += 1
    return sizes


def _kept_out_total(images: int, share: float) -> int:
    return max(round(images * share), 1) if share > 0 and images else 0


def _own_path(source: str) -> Path:
    shown = shown_name(source)
    missing = f"There is no file or folder “{shown}”; “mnist” is the data that comes with DigitPad."
    try:
        path = Path(source.strip()).expanduser()
        if not source.strip() or not path.exists():
            raise DataSetError(missing)
        if path.is_file() and path.stat().st_size > MAX_FILE_BYTES:
            raise DataSetError(f"{shown_name(path)}: the file is larger than {MAX_FILE_BYTES / 1e9:g} GB.")
    except OSError as error:
        raise DataSetError(f"“{shown}” cannot be read ({error.strerror or error}).") from error
    except RuntimeError as error:  # “~name” of a user that this machine does not know
        raise DataSetError(missing) from error
    return path.absolute()


def _read_own(path: Path, checkpoint: Checkpoint) -> ReadDigits:
    checkpoint()
    read = _read_by_kind(path, checkpoint)
    checkpoint()
    require_enough(read.train.counts(), shown_name(path))
    return read


def _read_by_kind(path: Path, checkpoint: Checkpoint) -> ReadDigits:
    if path.is_dir():
        return (read_idx if find_idx_folder(path) else read_folder)(path, checkpoint)
    if not path.is_file():
        raise DataSetError(f"{shown_name(path)}: this is neither a file nor a folder.")
    try:
        if holds_arrays(path):
            return read_npz(path, checkpoint)
        if looks_like_idx(path):
            return read_idx(path, checkpoint)
        raise DataSetError(refusal(path))
    except OSError as error:
        raise DataSetError(f"{shown_name(path)}: it cannot be read ({error.strerror or error}).") from error


def _summary(name: str, counts: tuple[int, ...], test_images: int | None, notes: tuple[str, ...] = ()) -> DataSummary:
    """`test_images` None: they are kept out of the `counts`."""
    total = sum(counts)
    kept_out = _kept_out_total(total, TEST_SHARE) if test_images is None else 0
    tested = kept_out if test_images is None else test_images
    spread = f"{min(counts):,} to {max(counts):,} of each" if min(counts) != max(counts) else f"{min(counts):,} of each"
    sentence = (
        f"{total - kept_out:,} digits to train with and {tested:,} "
        f"{'kept out of them ' if test_images is None else ''}to test; {spread}."
    )
    return DataSummary(name, counts, total - kept_out, tested, sentence, (*notes, *_missing_notes(counts)))


def _missing_notes(counts: tuple[int, ...]) -> tuple[str, ...]:
    missing = ", ".join(str(digit) for digit, count in enumerate(counts) if not count)
    return (f"There are no images of {missing}: a model trained with this cannot learn them.",) if missing else ()
