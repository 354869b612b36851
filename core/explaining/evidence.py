"""Evidence: what in an image speaks for an answer, and what against it, pixel by pixel.

Where the network's layers are known, these are integrated gradients: along the way from a blank image to this one, how
much each pixel raised the logit. Together they are the difference between the two logits, so with the blank image's
share the evidence sums to the logit itself. Source: Sundararajan, Taly and Yan, "Axiomatic Attribution for Deep
Networks" (2017).

Of every other network, small windows are covered in turn, and evidence is how much each lowers the answer. Source:
Zeiler and Fergus, "Visualizing and Understanding Convolutional Networks" (2014).
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from core.digits.arrays import SIDE, Image, Images
from core.explaining.layers import ColumnLengths
from core.explaining.network import LayeredNetwork
from core.ink.arrays import FloatArray
from core.models.compiled import Answers, as_input

STEPS = 16
"""From blank to the image, closer together near blank, where the network's answer changes most."""

WINDOW, STRIDE = 4, 2
"""Pixels: the windows that are covered, and from one to the next."""

_LEAST = 1e-12


class Method(StrEnum):
    """How evidence was found."""

    INTEGRATED_GRADIENTS = "integrated_gradients"
    OCCLUSION = "occlusion"


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """What in an image speaks for a digit, or for it rather than another.

    Attributes
    ----------
    digit, against
        The digit, and the one that it is compared with; None where it is seen alone.
    method
        How it was found.
    pixels
        float32 `(28, 28)`: above zero what speaks for the digit, below what speaks against it.
    total
        The digit's logit, or the difference between the two logits, before calibration. With integrated gradients
        `pixels` sum to it.
    """

    digit: int
    against: int | None
    method: Method
    pixels: FloatArray
    total: float

    @property
    def is_exact(self) -> bool:
        """Whether `pixels` sum to `total`."""
        return self.method == Method.INTEGRATED_GRADIENTS


def can_integrate(network: LayeredNetwork | None) -> bool:
    """Whether a network has integrated gradients; one that evens out brightness has not: no way leads it to blank."""
    return network is not None and not any(isinstance(layer, ColumnLengths) for layer in network.layers)


def integrate_gradients(network: LayeredNetwork, image: Image, digit: int, against: int | None = None) -> Evidence:
    """Evidence in an image uint8 `(28, 28)` by integrated gradients, in about 30 ms for a network like DigitPad's."""
    weights = np.zeros((1, network.classes), np.float32)
    weights[0, digit] += 1
    if against is not None:
        weights[0, against] -= 1
    drawn = as_input(image[np.newaxis])
    places, shares = _steps()
    on_the_way = drawn * places.reshape(-1, 1, 1, 1)
    gradients = network.gradient(on_the_way, np.repeat(weights, STEPS, axis=0))
    found = (np.tensordot(shares, gradients, axes=1) * drawn[0])[:, :, 0].astype(np.float64)
    blank, total = (network.logits(np.concatenate([np.zeros_like(drawn), drawn])) @ weights[0]).tolist()
    pixels = _closed(found, total - blank) + blank / found.size
    return Evidence(digit, against, Method.INTEGRATED_GRADIENTS, pixels.astype(np.float32), total)


def occlude(logits: Callable[[Images], FloatArray], image: Image, digit: int, against: int | None = None) -> Evidence:
    """Evidence in an image uint8 `(28, 28)` by occlusion; `logits` gives those of images, `(n, 10)` or more."""
    corners = [
        (row, column)
        for row in range(0, SIDE - WINDOW + 1, STRIDE)
        for column in range(0, SIDE - WINDOW + 1, STRIDE)
        if image[row : row + WINDOW, column : column + WINDOW].any()
    ]
    covered = np.repeat(image[np.newaxis], len(corners) + 1, axis=0)
    for copy, (row, column) in zip(covered[1:], corners, strict=True):
        copy[row : row + WINDOW, column : column + WINDOW] = 0
    answers = logits(covered)
    scores = answers[:, digit] - (0 if against is None else answers[:, against])
    total, counts = np.zeros((SIDE, SIDE), np.float64), np.zeros((SIDE, SIDE), np.float64)
    for drop, (row, column) in zip((scores[0] - scores[1:]).tolist(), corners, strict=True):
        total[row : row + WINDOW, column : column + WINDOW] += drop
        counts[row : row + WINDOW, column : column + WINDOW] += 1
    pixels = np.where(image > 0, total / np.maximum(counts, 1), 0).astype(np.float32)
    return Evidence(digit, against, Method.OCCLUSION, pixels, float(scores[0]))


def logits_from(answers: Answers) -> FloatArray:
    """Logits, up to a number common to all of a row, from what a compiled network answers."""
    given = np.log(np.maximum(answers.probabilities, np.float32(_LEAST)))
    if answers.no_digit is None:
        return np.asarray(given, np.float32)
    none = np.clip(answers.no_digit[:, np.newaxis], _LEAST, 1 - 1e-7)
    return np.asarray(np.hstack([given + np.log1p(-none), np.log(none)]), np.float32)


def _steps() -> tuple[FloatArray, FloatArray]:
    """Where the steps are between blank, 0, and the image, 1, and how much of the way each stands for."""
    middles = (np.arange(STEPS) + 0.5) / STEPS
    return np.square(middles).astype(np.float32), (2 * middles / STEPS).astype(np.float32)


def _closed(found: npt.NDArray[np.float64], total: float) -> npt.NDArray[np.float64]:
    """`found` with what the steps missed of `total` spread over it, by how much there is at each place."""
    missed, amount = total - float(found.sum()), float(np.abs(found).sum())
    shares = np.abs(found) / amount if amount >= _LEAST else np.full_like(found, 1 / found.size)
    return found + missed * shares
