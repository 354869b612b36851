"""Answers corrected at once by the user's own digits, before anything is trained.

A digit that the network read wrongly, or with doubt, and that somebody then labelled, also decides what is close to it
in the network's last hidden representation. Each such sample adds evidence for its label, which falls off
exponentially with the distance: a key-value cache beside the network, as in Zhang et al., "Tip-Adapter: Training-free
Adaption of CLIP for Few-shot Classification" (2022). Of the samples that the network reads with certainty only those
near a correction are kept, to stand up for themselves, as in Hart, "The Condensed Nearest Neighbor Rule" (1968): where
nothing was corrected, nothing changes, and costs nothing.
"""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.digits.arrays import CLASSES, Probabilities
from core.ink.arrays import FloatArray
from core.models.card import REACHES

STRENGTH = 10.0
"""The evidence of a sample for its own ink, in logits: enough to overrule a network that is sure."""

LEAST_PROBABILITY = 1e-4
"""What the network thinks impossible counts as this, so that a correction can overrule it."""

REACH = 2.0
"""The distance at which evidence has fallen to 1/e, in typical distances from a digit to the next of its class."""

FARTHEST = 4.0
"""Times the reach: samples farther away have no say."""

MOST_BESIDE = 3000
"""Of the samples that the network reads with certainty, at most so many have a say, so that an answer stays cheap."""

_AXES = 24
_FEW = 500
_BLOCK = 2000
_ROUNDING = 1e-5
_TINY = float(np.finfo(np.float32).tiny)


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
        order = labels.argsort(kind="stable")
        self._ids = ids[order]
        self._vectors = embeddings[order]
        self._labels, self._starts = np.unique(labels[order], return_index=True)
        self._ends = np.append(self._starts[1:], len(ids))
        self._reach = reach
        self._shadows = _Shadows(self._vectors) if len(ids) > _FEW else None

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
        for row, embedding in enumerate(embeddings):
            near = self._nearest(embedding / max(math.sqrt(embedding @ embedding), _TINY))
            if near:
                none = float(no_digit[row])
                said = [share * (1 - none) for share in probabilities[row].tolist()]
                (*after, no_digit[row]), deciders[row] = self._decide([*said, none], near)
                probabilities[row] = np.array(after, np.float32) / sum(after)
        return Corrected(probabilities, no_digit, tuple(deciders))

    def _nearest(self, embedding: FloatArray) -> list["_Near"]:
        """The sample of each label that is nearest to `embedding`, as far as it has a say."""
        farthest = FARTHEST * self._reach
        shadows = self._shadows
        distances = 1 - self._vectors @ embedding if shadows is None else shadows.least_distances(embedding)
        near = []
        for place in np.flatnonzero(np.minimum.reduceat(distances, self._starts) < farthest).tolist():
            start, end = self._starts[place], self._ends[place]
            index, distance = self._nearest_among(start, distances[start:end], embedding)
            if distance < farthest:
                near.append(_Near(int(self._labels[place]), int(self._ids[index]), distance))
        return near

    def _nearest_among(self, start: int, distances: FloatArray, embedding: FloatArray) -> tuple[int, float]:
        """The nearest of the samples from `start` on, and its distance; `distances` are theirs, or at most as long."""
        first = int(distances.argmin())
        if self._shadows is None:
            return start + first, float(distances[first])
        limit = 1 - float(self._vectors[start + first] @ embedding)
        rest = start + np.flatnonzero(distances <= limit)
        found = 1 - self._vectors[rest] @ embedding
        nearest = int(found.argmin())
        return int(rest[nearest]), float(found[nearest])

    def _decide(self, said: list[float], near: list["_Near"]) -> tuple[list[float], int | None]:
        """The eleven probabilities after those that are `near`, and the id of the sample that decided."""
        closeness = [0.0] * len(said)  # plain numbers: so few of them take NumPy longer
        for one in near:
            closeness[one.label] = math.exp(-one.distance / self._reach)
        shares = _allowed(said, closeness)
        logits = [
            math.log(max(share, LEAST_PROBABILITY)) + STRENGTH * close
            for share, close in zip(shares, closeness, strict=True)
        ]
        highest = max(logits)
        exponentials = [math.exp(logit - highest) for logit in logits]
        total, winner = sum(exponentials), logits.index(highest)
        decider = next((one.id for one in near if one.label == winner), None)
        return [each / total for each in exponentials], decider if winner != said.index(max(said)) else None


def _allowed(said: list[float], closeness: list[float]) -> list[float]:
    """What the network `said`, after it was told that what is close to a kept digit is a digit: that one."""
    shares, close = list(said), max(closeness[:CLASSES])
    digit = closeness.index(close)
    moved = shares[CLASSES] * max(close - closeness[CLASSES], 0.0)
    shares[digit] += moved
    shares[CLASSES] -= moved
    return shares


@dataclass(frozen=True, slots=True)
class _Near:
    """The nearest sample of a label, and its cosine distance."""

    label: int
    id: int
    distance: float


class _Shadows:
    """Unit vectors projected on their few principal axes, where distances are at most as long: a quick first look.

    With ten thousand samples of 128 numbers, the whole product would take as long as the network.
    """

    def __init__(self, vectors: FloatArray) -> None:
        _, axes = np.linalg.eigh(vectors.T @ vectors)
        self._axes = np.ascontiguousarray(axes[:, -_AXES:], np.float32)
        shadows = vectors @ self._axes
        self._shadows = np.ascontiguousarray(shadows.T)  # upright, the product takes longer
        self._halves = np.square(shadows).sum(axis=1) / 2

    def least_distances(self, vector: FloatArray) -> FloatArray:
        """The least that the cosine distance of each row from `vector`, a unit vector, can be."""
        shadow = vector @ self._axes
        # half the squared distance of two unit vectors is their cosine distance
        distances: FloatArray = self._halves - shadow @ self._shadows
        distances += shadow @ shadow / 2 - _ROUNDING
        return distances


def choose_samples(
    labels: npt.NDArray[np.int64], is_sure: npt.NDArray[np.bool_], embeddings: FloatArray, reach: float
) -> npt.NDArray[np.int64]:
    """Which samples have a say: those that the network reads wrongly or with doubt, and those closest to them.

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
    if not len(corrections):
        return corrections
    blocks = [embeddings[start : start + _BLOCK] for start in range(0, len(labels), _BLOCK)]
    distances = 1 - np.concatenate([(block @ embeddings[corrections].T).max(axis=1) for block in blocks])
    near = np.flatnonzero(is_sure & (distances < FARTHEST * reach))
    nearest = near[distances[near].argsort(kind="stable")[:MOST_BESIDE]]
    return np.sort(np.concatenate([corrections, nearest]))


def unit_vectors(embeddings: FloatArray) -> FloatArray:
    """`embeddings`, `(n, e)`, each scaled to length 1; what is all 0 stays so."""
    lengths = np.linalg.norm(embeddings, axis=1, keepdims=True)
    scaled: FloatArray = (embeddings / np.maximum(lengths, _TINY)).astype(np.float32)
    return scaled


def find_reach(embeddings: FloatArray, labels: npt.NDArray[np.integer]) -> float:
    """The reach of samples beside a network: from its embeddings of some digits, `(n, e)` and of length 1 each.

    Networks differ in how far apart they place digits; one that places all in the same spot has the least of `REACHES`.
    """
    closeness = embeddings @ embeddings.T
    is_other = labels[:, np.newaxis] != labels
    closeness[is_other | np.eye(len(labels), dtype=bool)] = -1.0
    return float(np.clip(REACH * float(np.median(1 - closeness.max(axis=1))), *REACHES))
