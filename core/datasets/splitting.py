"""Split off a stratified random part of the digits, for validation or testing."""

import numpy as np
import numpy.typing as npt

from core.datasets.digit_sets import DigitSet
from core.system.checkpoints import Checkpoint, no_checkpoint


def split_validation(
    digits: DigitSet, share: float, seed: int, checkpoint: Checkpoint = no_checkpoint
) -> tuple[DigitSet, DigitSet]:
    """Split off `share` of every digit, chosen at random from `seed`.

    Parameters
    ----------
    share
        In [0, 1). Above 0, at least one image is split off.
    checkpoint
        Called every few thousand images.

    Returns
    -------
    `(train, validation)`, both in the order of `digits`; the validation part has round(n * share) images.
    """
    kept_out = choose_validation(digits, share, seed)
    return digits.take(~kept_out, checkpoint), digits.take(kept_out, checkpoint)


def choose_validation(digits: DigitSet, share: float, seed: int) -> npt.NDArray[np.bool_]:
    """A mask of the digits that `split_validation` splits off, `(n,)`: without copying images. Raises ValueError."""
    if not 0 <= share < 1:
        raise ValueError(f"the share must be in [0, 1), got {share}")
    kept_out = np.zeros(len(digits), bool)
    rng = np.random.default_rng(seed)
    for digit, size in enumerate(_stratified_sizes(digits.counts(), share)):
        kept_out[rng.permutation(np.flatnonzero(digits.labels == digit))[:size]] = True
    return kept_out


def _stratified_sizes(counts: tuple[int, ...], share: float) -> npt.NDArray[np.int64]:
    """The number to take of each digit so that the sum is exact: the largest remainders are rounded up."""
    quotas = np.array(counts) * share
    sizes = np.floor(quotas).astype(np.int64)
    left = kept_out_total(sum(counts), share) - int(sizes.sum())
    sizes[np.argsort(sizes - quotas, kind="stable")[:left]] += 1
    return sizes


def kept_out_total(images: int, share: float) -> int:
    """The number of `images` to split off: at least one for a `share` above 0."""
    return max(round(images * share), 1) if share > 0 and images else 0
