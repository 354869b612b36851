"""Read a sample of the user's digits with the shipped model, before training on them."""

import numpy as np
import numpy.typing as npt

from core.datasets.digit_sets import DigitSet
from core.datasets.turns import Turn
from core.digits.arrays import CLASSES, Images, Labels
from core.digits.normalize import normalize_ink_images
from core.models.compiled import CompiledModel
from core.models.library import COMPILED_FILE, SHIPPED_MODEL
from core.system.checkpoints import Checkpoint
from core.system.paths import assets_folder

SAMPLE = 100
"""Digits in the sample, evenly distributed over the labels: more would take longer for the same result."""

NONE = CLASSES
"""The answer for an image that is no digit."""

_NO_DIGIT_ABOVE = 0.5
_FAINTEST_INK = 0.25
"""Of an image's brightest pixel: anything fainter is an uneven background."""


def shipped_reader() -> CompiledModel:
    """The shipped model. Raises ModelError when it is missing or damaged."""
    return CompiledModel(assets_folder() / "models" / SHIPPED_MODEL / COMPILED_FILE)


class SampleReading:
    """A sample of digits, read in one orientation after the other.

    Attributes
    ----------
    labels
        The labels of the sample, uint8 `(n,)`.
    shares
        The share that was read right, for each orientation tried so far.
    """

    def __init__(self, model: CompiledModel, digits: DigitSet, checkpoint: Checkpoint) -> None:
        """`checkpoint` is called before each new orientation."""
        sample = digits.take(choose_sample(digits.labels))
        self.labels = sample.labels
        self.shares: dict[Turn, float] = {}
        self._images = sample.images
        self._model = model
        self._checkpoint = checkpoint
        self._guesses: dict[Turn, npt.NDArray[np.intp]] = {}

    def share(self, turn: Turn) -> float:
        """The share of the digits that is read right after `turn`."""
        if turn not in self.shares:
            self.shares[turn] = float(np.mean(self.guesses(turn) == self.labels))
        return self.shares[turn]

    def guesses(self, turn: Turn) -> npt.NDArray[np.intp]:
        """The answers after `turn`, 0 to 9 or `NONE`, `(n,)`."""
        if turn not in self._guesses:
            self._checkpoint()
            self._guesses[turn] = _guess(self._model, _find_ink(turn.apply(self._images)))
        return self._guesses[turn]


def choose_sample(labels: Labels) -> npt.NDArray[np.intp]:
    """Indices of at most `SAMPLE` digits, `(n,)`: equally many of each label, evenly spread."""
    of_each = SAMPLE // max(len(np.unique(labels)), 1)
    rows = [np.flatnonzero(labels == digit) for digit in range(CLASSES)]
    spread = [np.linspace(0, len(found) - 1, min(len(found), of_each)).astype(np.intp) for found in rows]
    return np.concatenate([found[chosen] for found, chosen in zip(rows, spread, strict=True)])


def borders(images: Images) -> Images:
    """The border pixels of `images` `(n, 28, 28)`, `(n, 112)`, with the corners twice."""
    return np.concatenate([images[:, 0], images[:, -1], images[:, :, 0], images[:, :, -1]], axis=1)


def _guess(model: CompiledModel, images: Images) -> npt.NDArray[np.intp]:
    guesses = np.full(len(images), NONE)
    inked = np.flatnonzero(images.any(axis=(1, 2)))
    said = model.answer(images[inked])
    is_digit = np.ones(len(inked), bool) if said.no_digit is None else said.no_digit <= _NO_DIGIT_ABOVE
    guesses[inked[is_digit]] = said.probabilities.argmax(axis=1)[is_digit]
    return guesses


def _find_ink(images: Images) -> Images:
    """The ink brighter than the background of `images`, normalised; blank if there is none."""
    ground = np.median(borders(images), axis=1).astype(np.uint8)[:, np.newaxis, np.newaxis]
    ink = np.maximum(images, ground) - ground
    ink[ink < _FAINTEST_INK * ink.max(axis=(1, 2), keepdims=True)] = 0
    return normalize_ink_images(list(ink))
