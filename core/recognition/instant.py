"""Answers corrected at once by the user's own digits, before anything is trained.

A digit that the network read wrongly, or with doubt, and that somebody then labelled, also decides what is close to it
in the network's last hidden representation. Each such sample adds evidence for its label, which falls off
exponentially with the distance: a key-value cache beside the network, as in Zhang et al., "Tip-Adapter: Training-free
Adaption of CLIP for Few-shot Classification" (2022). Of the samples that the network reads with certainty only those
near a correction are kept, to stand up for themselves, as in Hart, "The Condensed Nearest Neighbor Rule" (1968): where
nothing was corrected, nothing changes, and costs nothing.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.digits.arrays import CLASSES, Probabilities
from core.ink.arrays import FloatArray

STRENGTH = 10.0
"""The evidence of a sample for its own ink, in logits: enough to overrule a network that is sure."""

LEAST_PROBABILITY = 1e-4
"""What the network thinks impossible counts as this, so that a correction can overrule it."""

REACH = 2.0
"""The distance at which evidence has fallen to 1/e, in typical distances from a digit to the next of its class."""

FARTHEST = 4.0
"""Times the reach: samples farther away have no say."""

_AXES = 32
_FEW = 500
_BLOCK = 2000
_ROUNDING = 1e-5


@dataclass(frozen=True, slots=True, eq=False)
class Corrected:
    """Answers after the samples had their say.

    Attributes
    ----------
    probabilities
        `(n, 10)`: of each digit, given that it is one.
    no_digit
        `(n,)`: the probability of “no digit”.
    deciders
        For each answer the id of the sample that changed the most probable class; None where none did.
    """

    probabilities: Probabilities
    no_digit: FloatArray
    deciders: tuple[int | None, ...]


class InstantHead:
    """The user's samples beside one network.

    Immutable, so that one thread can make it for another.
    """

    def __init__(
        self, ids: npt.NDArray[np.int64], labels: npt.NDArray[np.int64], embeddings: FloatArray, reach: float
    ) -> None:
        """Take the samples that have a say.

        Parameters
        ----------
        ids, labels
            `(n,)`: the samples' numbers and labels, 0 to 9 and 10 for “no digit”.
        embeddings
            float32 `(n, e)`, of length 1 each.
        reach
            The cosine distance at which a sample's evidence has fallen to 1/e.
        """
        self._ids = ids
        self._labels = labels
        self._vectors = embeddings
        self._reach = reach
        self._shadows = _Shadows(embeddings) if len(ids) > _FEW else None

    def __len__(self) -> int:
        return len(self._ids)

    def correct(self, probabilities: Probabilities, no_digit: FloatArray, embeddings: FloatArray) -> Corrected:
        """Correct a network's calibrated answers.

        Parameters
        ----------
        probabilities, no_digit
            `(n, 10)` and `(n,)`: the network's own, as of `Corrected`.
        embeddings
            float32 `(n, e)`: its embeddings of the same images, of any length.
        """
        probabilities, no_digit = probabilities.copy(), no_digit.copy()
        deciders: list[int | None] = [None] * len(probabilities)
        for row, embedding in enumerate(unit_vectors(embeddings)):
            near, distances = self._near(embedding)
            if len(near):
                said = np.append(probabilities[row] * (1 - no_digit[row]), no_digit[row])
                after, deciders[row] = self._decide(said, near, distances)
                probabilities[row] = after[:CLASSES] / after[:CLASSES].sum()
                no_digit[row] = after[CLASSES]
        return Corrected(probabilities, no_digit, tuple(deciders))

    def _near(self, embedding: FloatArray) -> tuple[npt.NDArray[np.int64], FloatArray]:
        """The samples that have a say about `embedding`, and their distances."""
        farthest = FARTHEST * self._reach
        near = np.arange(len(self)) if self._shadows is None else self._shadows.within(embedding, farthest)
        distances = 1 - self._vectors[near] @ embedding
        is_near = distances < farthest
        return near[is_near], distances[is_near]

    def _decide(
        self, said: FloatArray, near: npt.NDArray[np.int64], distances: FloatArray
    ) -> tuple[FloatArray, int | None]:
        """The eleven probabilities after those that are `near`, and the id of the sample that decided."""
        order = distances.argsort()
        labels, first = np.unique(self._labels[near[order]], return_index=True)
        nearest = order[first]  # of each label
        evidence = STRENGTH * np.exp(-distances[nearest] / self._reach)
        logits = np.log(np.maximum(said, LEAST_PROBABILITY))
        logits[labels] += evidence
        for_none, for_digits = evidence[labels == CLASSES].sum(), evidence[labels < CLASSES].max(initial=0.0)
        logits[CLASSES] -= max(for_digits - for_none, 0.0)  # what is like a digit is one, says the sample too
        exponentials = np.exp(logits - logits.max())
        winner = int(exponentials.argmax())
        ids = dict(zip(labels.tolist(), self._ids[near[nearest]].tolist(), strict=True))
        return exponentials / exponentials.sum(), ids.get(winner) if winner != int(said.argmax()) else None


class _Shadows:
    """Unit vectors projected on their few principal axes, where distances are at most as long: a quick first look.

    With ten thousand samples of 128 numbers, the whole product would take as long as the network.
    """

    def __init__(self, vectors: FloatArray) -> None:
        _, axes = np.linalg.eigh(vectors.T @ vectors)
        self._axes = np.ascontiguousarray(axes[:, -_AXES:], np.float32)
        self._shadows = vectors @ self._axes
        self._halves = np.square(self._shadows).sum(axis=1) / 2

    def within(self, vector: FloatArray, distance: float) -> npt.NDArray[np.int64]:
        """The rows whose cosine distance from `vector`, a unit vector, may be below `distance`."""
        shadow = vector @ self._axes
        # half the squared distance of two unit vectors is their cosine distance
        return np.flatnonzero(self._halves - self._shadows @ shadow < distance - shadow @ shadow / 2 + _ROUNDING)


def choose_samples(
    labels: npt.NDArray[np.int64], is_sure: npt.NDArray[np.bool_], embeddings: FloatArray, reach: float
) -> npt.NDArray[np.int64]:
    """Which samples have a say: those that the network reads wrongly or with doubt, and those close to them.

    Parameters
    ----------
    labels
        `(n,)`.
    is_sure
        `(n,)`: whether the network itself reads the label, without doubt.
    embeddings
        float32 `(n, e)`, of length 1 each.

    Returns
    -------
    Their indices, in order.
    """
    corrections = np.flatnonzero(~is_sure)
    chosen = ~is_sure
    if len(corrections):
        for start in range(0, len(labels), _BLOCK):
            block = slice(start, start + _BLOCK)
            closest = (embeddings[block] @ embeddings[corrections].T).max(axis=1)
            chosen[block] |= 1 - closest < FARTHEST * reach
    return np.flatnonzero(chosen)


def unit_vectors(embeddings: FloatArray) -> FloatArray:
    """`embeddings`, `(n, e)`, each scaled to length 1; what is all 0 stays so."""
    lengths = np.linalg.norm(embeddings, axis=1, keepdims=True)
    scaled: FloatArray = (embeddings / np.maximum(lengths, np.finfo(np.float32).tiny)).astype(np.float32)
    return scaled


def find_reach(embeddings: FloatArray, labels: npt.NDArray[np.integer]) -> float:
    """The reach of samples beside a network: from its embeddings of some digits, `(n, e)` and of length 1 each.

    Networks differ in how far apart they place digits.
    """
    closeness = embeddings @ embeddings.T
    is_other = labels[:, np.newaxis] != labels
    closeness[is_other | np.eye(len(labels), dtype=bool)] = -1.0
    return REACH * float(np.median(1 - closeness.max(axis=1)))
