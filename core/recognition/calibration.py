"""Calibrate confidences: of the answers with a confidence of 90 %, nine in ten should be right."""

import math
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from core.digits.arrays import CLASSES, Probabilities

TEMPERATURE_RANGE = (0.25, 8.0)

_SMALLEST_PROBABILITY = 1e-30  # float32 probabilities underflow to 0, whose logarithm is no number
_TEMPERATURE_PRECISION = 1e-4
_GOLDEN = (math.sqrt(5) - 1) / 2


def calibrate_temperature(probabilities: Probabilities, labels: npt.ArrayLike) -> float:
    """Find the temperature that calibrates confidences: softmax(log p / temperature) fits the labels best.

    Parameters
    ----------
    probabilities
        `(n, 10)`, rows that sum to 1, of digits that the network was not trained with.
    labels
        Digits 0 to 9, `(n,)`.

    Returns
    -------
    The temperature with the smallest negative log-likelihood within `TEMPERATURE_RANGE`; above 1 the network was
    overconfident. 1.0 when there are no digits.

    Raises
    ------
    ValueError
        When the shapes do not match.

    References
    ----------
    Guo, Pleiss, Sun and Weinberger, "On Calibration of Modern Neural Networks" (2017). The loss is convex in
    1 / temperature, so a golden-section search finds its minimum.
    """
    truth = np.asarray(labels).astype(np.int64)
    if truth.ndim != 1 or np.shape(probabilities) != (len(truth), CLASSES):
        raise ValueError(f"expected probabilities of shape {(len(truth), CLASSES)}, got {np.shape(probabilities)}")
    if not len(truth):
        return 1.0
    logits = _logits(probabilities)
    low, high = (math.log(temperature) for temperature in TEMPERATURE_RANGE)
    best = _golden_section(lambda exponent: _mean_loss(logits / math.exp(exponent), truth), low, high)
    return math.exp(best)


def calibrated(probabilities: Probabilities, temperature: float) -> Probabilities:
    """Calibrate probabilities: divide the logits by `temperature`, so that 90 % confidence is right nine times in ten.

    Parameters
    ----------
    probabilities
        `(n, 10)`, rows that sum to 1.
    temperature
        Above 0, from `calibrate_temperature`.

    Returns
    -------
    float32 `(n, 10)`, rows that sum to 1.
    """
    logits = _logits(probabilities) / temperature
    exponentials = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(exponentials / exponentials.sum(axis=-1, keepdims=True), np.float32)


def confidence_bin(confidences: npt.ArrayLike, bins: int) -> npt.NDArray[np.int64]:
    """The bin, 0 to `bins` - 1, of each confidence, `(n,)` in [0, 1]: all of equal width, upper ends included."""
    upper_ends = np.ceil(np.asarray(confidences, np.float64) * bins)
    return np.asarray(np.clip(upper_ends - 1, 0, bins - 1), np.int64)


def expected_calibration_error(confidences: npt.ArrayLike, right: npt.ArrayLike, bins: int = 15) -> float:
    """The calibration error of confidences, `(n,)` in [0, 1], against `right`, booleans `(n,)`; 0 is perfect.

    The mean gap between confidence and accuracy over `bins` of equal width, weighted by their number of answers. Raises
    ValueError when the lengths differ or are 0. Source: Naeini, Cooper and Hauskrecht, "Obtaining Well Calibrated
    Probabilities Using Bayesian Binning" (2015).
    """
    sure, hits = np.asarray(confidences, np.float64), np.asarray(right, np.float64)
    if sure.ndim != 1 or sure.shape != hits.shape or not sure.size:
        raise ValueError(f"confidences and right must be two lists of one length, got {sure.shape} and {hits.shape}")
    return float(np.abs(np.bincount(confidence_bin(sure, bins), weights=sure - hits)).sum() / len(sure))


def _logits(probabilities: Probabilities) -> npt.NDArray[np.float64]:
    return np.log(np.maximum(np.asarray(probabilities, np.float64), _SMALLEST_PROBABILITY))


def _mean_loss(logits: npt.NDArray[np.float64], labels: npt.NDArray[np.int64]) -> float:
    """Mean negative log-likelihood of `labels` `(n,)` under softmax(`logits` `(n, 10)`)."""
    shifted = logits - logits.max(axis=1, keepdims=True)
    of_truth = shifted[np.arange(len(labels)), labels]
    return float(np.mean(np.log(np.exp(shifted).sum(axis=1)) - of_truth))


def _golden_section(loss: Callable[[float], float], low: float, high: float) -> float:
    """The minimum of `loss`, of which there is only one in [low, high]."""
    left, right = high - _GOLDEN * (high - low), low + _GOLDEN * (high - low)
    loss_left, loss_right = loss(left), loss(right)
    while high - low > _TEMPERATURE_PRECISION:
        if loss_left <= loss_right:
            high, right, loss_right = right, left, loss_left
            left = high - _GOLDEN * (high - low)
            loss_left = loss(left)
        else:
            low, left, loss_left = left, right, loss_right
            right = low + _GOLDEN * (high - low)
            loss_right = loss(right)
    return (low + high) / 2
