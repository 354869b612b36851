"""Evaluate a recogniser: mistakes, confusion matrix, confidence interval and calibration."""

import math
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from core.datasets.digit_sets import DigitSet
from core.digits.arrays import CLASSES, Images, Probabilities
from core.models.card import Score
from core.system.checkpoints import Checkpoint, no_checkpoint
from core.wording.percentages import accuracy_range_text, counted_accuracy_text

RecognizeMany = Callable[[Images], Probabilities]
"""From images uint8 `(n, 28, 28)` to the probabilities of the ten digits, `(n, 10)`."""

EVALUATION_BATCH = 1000


def confusion_matrix(labels: npt.ArrayLike, guesses: npt.ArrayLike) -> npt.NDArray[np.int64]:
    """Count how often each digit was read as each.

    Parameters
    ----------
    labels, guesses
        Digits 0 to 9, both `(n,)`.

    Returns
    -------
    int64 `(10, 10)`: `matrix[truth, guess]` counts images.

    Raises
    ------
    ValueError
        When the lengths differ or a number is not a digit.
    """
    truth, guess = np.asarray(labels).astype(np.int64), np.asarray(guesses).astype(np.int64)
    if truth.ndim != 1 or truth.shape != guess.shape:
        raise ValueError(f"labels and guesses must be two lists of one length, got {truth.shape} and {guess.shape}")
    for numbers in (truth, guess):
        if numbers.size and (numbers.min() < 0 or numbers.max() >= CLASSES):
            raise ValueError("labels and guesses must be digits 0 to 9")
    counts = np.bincount(truth * CLASSES + guess, minlength=CLASSES * CLASSES)
    return counts.reshape(CLASSES, CLASSES).astype(np.int64)


def wilson_interval(right: int, total: int, z: float = 1.96) -> tuple[float, float]:
    """The confidence interval of the accuracy, after `right` right answers in `total`.

    Parameters
    ----------
    z
        Standard deviations to either side: 1.96 for 95 %.

    Returns
    -------
    `(low, high)`, both in [0, 1]; `(0, 1)` when nothing was counted.

    Raises
    ------
    ValueError
        Unless 0 <= right <= total.

    References
    ----------
    Wilson, "Probable inference, the law of succession, and statistical inference" (1927). Unlike the normal
    approximation, it stays within [0, 1] and has a width even when everything is right.
    """
    if not 0 <= right <= total:
        raise ValueError(f"{right} of {total} cannot be right")
    if total == 0:
        return 0.0, 1.0
    share = right / total
    weight = z * z / total
    centre = (share + weight / 2) / (1 + weight)
    half = math.sqrt(share * (1 - share) * weight + weight * weight / 4) / (1 + weight)
    # rounding must not change an exact 0 or 1
    low = 0.0 if right == 0 else max(centre - half, 0.0)
    high = 1.0 if right == total else min(centre + half, 1.0)
    return low, high


def measure_accuracy(
    recognize_many: RecognizeMany, digits: DigitSet, name: str, *, checkpoint: Checkpoint = no_checkpoint
) -> Score:
    """Measure a recogniser on digits with known labels.

    Parameters
    ----------
    recognize_many
        Gives the probabilities `(n, 10)` of images uint8 `(n, 28, 28)`; called with 1,000 images at a time.
    digits
        At least one.
    name
        The name of the digits in the result.
    checkpoint
        Called before each thousand; an exception that it raises ends the measurement.

    Raises
    ------
    ValueError
        When there are no digits, or the answer does not have the shape `(n, 10)`.
    """
    if not len(digits):
        raise ValueError("there are no digits to test with")
    guesses = np.empty(len(digits), np.int64)
    for start in range(0, len(digits), EVALUATION_BATCH):
        checkpoint()
        images = digits.images[start : start + EVALUATION_BATCH]
        probabilities = np.asarray(recognize_many(images))
        if probabilities.shape != (len(images), CLASSES):
            raise ValueError(f"expected probabilities of shape {(len(images), CLASSES)}, got {probabilities.shape}")
        guesses[start : start + len(images)] = probabilities.argmax(axis=1)
    matrix = confusion_matrix(digits.labels, guesses)
    right = int(np.trace(matrix))
    return Score(
        data=name,
        images=len(digits),
        mistakes=len(digits) - right,
        accuracy=right / len(digits),
        confusion=matrix.tolist(),
    )


def describe_accuracy(result: Score) -> str:
    """`result` in one line: "99.62 % of 10,000 (38 mistakes; 95 % interval 99.48–99.72 %)"."""
    low, high = wilson_interval(result.images - result.mistakes, result.images)
    return (
        f"{counted_accuracy_text(result.accuracy, result.images)} ({mistakes_text(result.mistakes)}; "
        f"95 % interval {accuracy_range_text(low, high, result.images)})"
    )


def mistakes_text(mistakes: int) -> str:
    """ "1 mistake", "38 mistakes" """
    return "1 mistake" if mistakes == 1 else f"{mistakes:,} mistakes"
