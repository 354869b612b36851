"""Accuracy on damaged digits: every kind of damage at every strength."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from core.datasets.digit_sets import DigitSet
from core.digits.arrays import Images
from core.ink.arrays import FloatArray
from core.judging.answers import Progress
from core.judging.damage import STRENGTHS, Damage, damaged
from core.judging.kept_tests import KeptTests
from core.models.bundles import ModelBundle
from core.models.compiled import CompiledModel
from core.system.processor import core_count

MOST_DIGITS = 500
"""Damaged in each way: all 75 ways take well under a minute."""
SEED = 28
KIND = "damaged"
CELLS = (len(Damage), STRENGTHS)


@dataclass(frozen=True, slots=True, eq=False)
class Robustness:
    """How a model reads damaged digits.

    Attributes
    ----------
    right
        int64 `(15, 5)`: how many are read right, for each kind in the order of `Damage`, and each strength.
    digits
        How many were damaged in each way.
    """

    right: np.ndarray[tuple[int, ...], np.dtype[np.int64]]
    digits: int

    def accuracy(self, kind: Damage, strength: int) -> float:
        """The share that is read right, in [0, 1], at a strength 1 to 5."""
        return float(self.right[list(Damage).index(kind), strength - 1]) / self.digits


def sample_digits(digits: DigitSet) -> DigitSet:
    """`MOST_DIGITS` of the digits, always the same ones; all, where there are no more."""
    if len(digits) <= MOST_DIGITS:
        return digits
    chosen = np.random.default_rng(SEED).permutation(len(digits))[:MOST_DIGITS]
    return digits.take(np.sort(chosen))


def damage_rng(kind: Damage, strength: int) -> np.random.Generator:
    """The random numbers of one kind at one strength: the same for every model, so that two see the same pixels."""
    return np.random.default_rng((SEED, list(Damage).index(kind), strength))


def measure_robustness(bundle: ModelBundle, digits: DigitSet, progress: Progress = lambda share: None) -> Robustness:
    """Let the model of `bundle` read `digits`, at least one, in all ways damaged. Raises ModelError."""
    model = CompiledModel(bundle.compiled_path, threads=core_count())
    right = np.zeros(CELLS, np.int64)
    for row, kind in enumerate(Damage):
        for strength in range(1, STRENGTHS + 1):
            progress((row * STRENGTHS + strength - 1) / right.size)
            images = damaged(digits.images, kind, strength, damage_rng(kind, strength))
            right[row, strength - 1] = _count_right(model.probabilities, images, digits)
    progress(1.0)
    return Robustness(right, len(digits))


def find_robustness(kept: KeptTests, fingerprint: str, digits: int) -> Robustness | None:
    """What was measured before on `digits` digits with such a fingerprint; None where that is not kept, or damaged."""
    arrays = kept.find(fingerprint, {"right": CELLS}, KIND)
    if arrays is None:
        return None
    right = np.asarray(arrays["right"], np.float64)
    is_count = np.isfinite(right).all() and (right == np.rint(right)).all()
    if not is_count or right.min() < 0 or right.max() > digits:
        return None
    return Robustness(right.astype(np.int64), digits)


def keep_robustness(kept: KeptTests, fingerprint: str, measured: Robustness) -> None:
    """Keep what was measured on digits with such a fingerprint."""
    kept.keep(fingerprint, {"right": measured.right.astype(np.float32)}, KIND)


def _count_right(answer: Callable[[Images], FloatArray], images: Images, digits: DigitSet) -> int:
    return int((answer(images).argmax(axis=1) == digits.labels).sum())
