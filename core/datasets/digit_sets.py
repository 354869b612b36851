"""Labelled digits as checked arrays: the form of all data for training and testing."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.datasets.large_arrays import new_array, take_rows
from core.digits.arrays import CLASSES, SIDE, AnyArray, Images, Labels
from core.errors import DataSetError
from core.system.checkpoints import Checkpoint, no_checkpoint
from core.wording.data_problems import DataProblem
from core.wording.messages import Message

MIN_IMAGES = 10
MAX_IMAGES = 2_000_000

_CHUNK = 10_000  # images converted at a time, so that a set of floats is never copied whole


@dataclass(frozen=True, slots=True, eq=False)
class DigitSet:
    """Digits with their labels. The arrays are made read-only.

    Attributes
    ----------
    images
        uint8 `(n, 28, 28)`, bright ink on 0.
    labels
        uint8 `(n,)`, 0 to 9.

    Raises
    ------
    ValueError
        For other shapes, types or labels.
    """

    images: Images
    labels: Labels

    def __post_init__(self) -> None:
        images, labels = self.images, self.labels
        if images.dtype != np.uint8 or images.ndim != 3 or images.shape[1:] != (SIDE, SIDE):
            raise ValueError(f"images must be uint8 (n, 28, 28), got {images.dtype} {images.shape}")
        if labels.dtype != np.uint8 or labels.shape != (len(images),):
            raise ValueError(f"labels must be uint8 ({len(images)},), got {labels.dtype} {labels.shape}")
        if labels.size and labels.max() >= CLASSES:
            raise ValueError("labels must be 0 to 9")
        for name, array in (("images", images), ("labels", labels)):
            view = array.view()
            view.flags.writeable = False
            object.__setattr__(self, name, view)

    def __len__(self) -> int:
        return len(self.labels)

    def take(self, chosen: npt.NDArray[np.generic] | slice, checkpoint: Checkpoint = no_checkpoint) -> "DigitSet":
        """The digits at the indices, mask or slice `chosen`; `checkpoint` is called every few thousand."""
        return DigitSet(take_rows(self.images, chosen, checkpoint), self.labels[chosen])

    def changed(self, change: Callable[[Images], Images], checkpoint: Checkpoint = no_checkpoint) -> "DigitSet":
        """The digits after `change`, which gets a few thousand images at a time; `checkpoint` is called before each."""
        images = new_array(self.images.shape, np.uint8, checkpoint)
        for start in range(0, len(images), _CHUNK):
            checkpoint()
            images[start : start + _CHUNK] = change(self.images[start : start + _CHUNK])
        return DigitSet(images, self.labels)

    def counts(self) -> tuple[int, ...]:
        """The number of each digit, 0 to 9."""
        return tuple(np.bincount(self.labels, minlength=CLASSES).tolist())


@dataclass(frozen=True, slots=True, eq=False)
class DigitData:
    """The digits that a model is trained and tested with.

    Attributes
    ----------
    name
        Its name for people.
    train, test
        Digits to learn from, and digits to test with; no image of a source is in both.
    test_origin
        Where the test digits come from, in a few words.
    notes
        What was done to the data while it was read.
    """

    name: str
    train: DigitSet
    test: DigitSet
    test_origin: str
    notes: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class ReadDigits:
    """What a reader found: training digits, test digits where the source has them, and what to say about them."""

    train: DigitSet
    test: DigitSet | None = None
    notes: tuple[Message, ...] = ()


def checked_digits(
    images: AnyArray, labels: AnyArray, *, where: str, part: str = "", checkpoint: Checkpoint = no_checkpoint
) -> DigitSet:
    """Turn arrays from a file into a `DigitSet`.

    Parameters
    ----------
    images
        `(n, 28, 28)` or `(n, 28, 28, 1)`: whole numbers in 0 to 255 (or just 0 and 1), or floats in [0, 1] or [0, 255].
    labels
        Whole numbers 0 to 9 as `(n,)` or `(n, 1)`, or one-hot rows `(n, 10)`.
    where, part
        Name of the file for error messages, and "" or "test " for its part.
    checkpoint
        Called every few thousand images.

    Raises
    ------
    DataSetError
        For other shapes, types or values.
    """
    images = _checked_shape(images, where, part)
    labels = _checked_labels(labels, where, part)
    if len(images) != len(labels):
        raise DataSetError(DataProblem.COUNTS_DIFFER, where=where, part=part, images=len(images), labels=len(labels))
    return DigitSet(_checked_pixels(images, where, part, checkpoint), labels)


def require_enough(counts: tuple[int, ...], where: str) -> None:
    """Raise DataSetError when `counts` of each digit are too few to train with: at least 10 images of 2 digits."""
    if sum(counts) < MIN_IMAGES:
        raise DataSetError(DataProblem.TOO_FEW_IMAGES, where=where, count=sum(counts), least=MIN_IMAGES)
    if np.count_nonzero(counts) < 2:
        raise DataSetError(DataProblem.ONLY_ONE_DIGIT, where=where, digit=int(np.argmax(counts)))


def _checked_shape(images: AnyArray, where: str, part: str) -> AnyArray:
    if images.ndim == 4 and images.shape[3] == 1:
        images = images[..., 0]
    if images.ndim != 3 or images.shape[1:] != (SIDE, SIDE):
        raise DataSetError(DataProblem.IMAGE_SHAPE, where=where, part=part, shape=describe_shape(images.shape))
    if not len(images):
        raise DataSetError(DataProblem.NO_IMAGES, where=where, part=part)
    if len(images) > MAX_IMAGES:
        raise DataSetError(DataProblem.TOO_MANY_IMAGES, where=where, part=part, count=len(images), limit=MAX_IMAGES)
    if images.dtype.kind not in "buif":
        raise DataSetError(DataProblem.IMAGE_TYPE, where=where, part=part, type=images.dtype)
    return images


def _checked_pixels(images: AnyArray, where: str, part: str, checkpoint: Checkpoint) -> Images:
    chunks = [images[start : start + _CHUNK] for start in range(0, len(images), _CHUNK)]
    low, high = np.inf, -np.inf
    for chunk in chunks:
        checkpoint()
        if chunk.dtype.kind == "f" and not np.isfinite(chunk).all():
            raise DataSetError(DataProblem.PIXELS_NOT_FINITE, where=where, part=part)
        low, high = min(low, float(chunk.min())), max(high, float(chunk.max()))
    if low < 0 or high > 255:
        raise DataSetError(DataProblem.PIXEL_RANGE, where=where, part=part, low=low, high=high)
    if high == low:
        raise DataSetError(DataProblem.BLANK_IMAGES, where=where, part=part)
    if images.dtype == np.uint8 and high > 1 and images.flags.c_contiguous:
        return images.view(np.uint8)
    factor = 255.0 if high <= 1 else 1.0
    pixels = new_array(images.shape, np.uint8, checkpoint)
    for start, chunk in zip(range(0, len(images), _CHUNK), chunks, strict=True):
        checkpoint()
        pixels[start : start + _CHUNK] = np.rint(chunk.astype(np.float32) * factor)
    return pixels


def _checked_labels(labels: AnyArray, where: str, part: str) -> Labels:
    if labels.dtype.kind not in "buif":
        raise DataSetError(DataProblem.LABEL_TYPE, where=where, part=part, type=labels.dtype)
    if labels.ndim == 2 and labels.shape[1] == CLASSES:
        return _from_one_hot(labels, where, part)
    if labels.ndim == 2 and labels.shape[1] == 1:
        labels = labels[:, 0]
    if labels.ndim != 1:
        raise DataSetError(DataProblem.LABEL_SHAPE, where=where, part=part, shape=describe_shape(labels.shape))
    numbers = labels.astype(np.float64)
    if not (np.isfinite(numbers).all() and (numbers == np.rint(numbers)).all()):
        raise DataSetError(DataProblem.LABELS_NOT_WHOLE, where=where, part=part)
    if numbers.size and (numbers.min() < 0 or numbers.max() >= CLASSES):
        low, high = numbers.min(), numbers.max()
        raise DataSetError(DataProblem.LABEL_RANGE, where=where, part=part, low=low, high=high)
    return numbers.astype(np.uint8)


def _from_one_hot(rows: AnyArray, where: str, part: str) -> Labels:
    marked = rows == 1
    if not ((marked.sum(axis=1) == 1).all() and ((rows == 0) | marked).all()):
        raise DataSetError(DataProblem.NOT_ONE_HOT, where=where, part=part)
    return np.asarray(marked.argmax(axis=1), np.uint8)


def describe_shape(shape: tuple[int, ...]) -> str:
    """`shape` for people: "5 × 28 × 28"."""
    return " × ".join(str(length) for length in shape) or "a single number"
