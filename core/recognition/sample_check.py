"""What a model makes of the user's own digits: what it reads each as, and which of them disagree.

Two samples disagree when they look alike to the network, and were kept as different digits.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from core.digits.arrays import Images
from core.ink.arrays import FloatArray
from core.models.bundles import ModelBundle
from core.models.compiled import as_input
from core.recognition.recognizer import Recognition, Recognizer
from core.recognition.sample_files import answered_label
from core.samples.sample import NO_DIGIT, Sample
from core.samples.store import images_of

ALIKE = 0.97
"""Cosine of two embeddings from which on two samples count as alike.

Among the 10,000 test digits of MNIST one pair of different digits reaches it, with the shipped model.
"""
_IN_REACH = 0.8
"""Of a network's reach: where all digits are close together, as where little was learned, alike ones are closer."""
MOST_PAIRS = 50
_BATCH = 64
_ROWS = 1024

Progress = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class SampleCheck:
    """What a model makes of samples.

    Attributes
    ----------
    read
        What it reads each sample as, by the sample's id: 0 to 9, or `NO_DIGIT`.
    disagreeing
        Pairs of samples that disagree, by their ids, most alike first; a sample is in at most one of them.
    """

    read: dict[int, int]
    disagreeing: tuple[tuple[int, int], ...]


def check_samples(
    bundle: ModelBundle, samples: Sequence[Sample], progress: Progress = lambda share: None
) -> SampleCheck:
    """Read all `samples` with the model of `bundle`, and compare them with each other.

    `progress` is told the share that is done, in [0, 1], many times; what it raises ends the check.
    """
    recognizer = Recognizer(bundle)
    images = images_of(samples)
    read: dict[int, int] = {}
    vectors: list[FloatArray] = []
    for start in range(0, len(samples), _BATCH):
        progress(start / len(samples))
        batch, digits = samples[start : start + _BATCH], images[start : start + _BATCH]
        answers, found = _answers(recognizer, digits)
        read |= {sample.id: _read_as(answer) for sample, answer in zip(batch, answers, strict=True)}
        vectors.append(found)
    progress(1.0)
    labels = [sample.label for sample in samples]
    pairs = find_disagreeing(np.concatenate(vectors), labels, _alike(bundle)) if samples else []
    return SampleCheck(read, tuple((samples[one].id, samples[other].id) for one, other in pairs))


def find_disagreeing(vectors: FloatArray, labels: Sequence[int], alike: float = ALIKE) -> list[tuple[int, int]]:
    """The pairs of rows that are alike and have different `labels`, most alike first, at most `MOST_PAIRS`.

    `vectors` are float32 `(n, e)`; rows count as alike from the cosine `alike` on. Of each row only the most alike one
    counts, and no row is in two pairs.
    """
    units = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
    kept_as = np.asarray(labels)
    found: list[tuple[float, int, int]] = []
    for start in range(0, len(units), _ROWS):  # not all at once: 10,000 samples have 100 million pairs
        cosines = units[start : start + _ROWS] @ units.T
        cosines[kept_as[start : start + _ROWS, np.newaxis] == kept_as] = -1.0
        nearest = cosines.argmax(axis=1)
        for row, other in enumerate(nearest.tolist()):
            if cosines[row, other] >= alike:
                found.append((float(cosines[row, other]), *sorted((start + row, other))))
    pairs: list[tuple[int, int]] = []
    used: set[int] = set()
    for _, one, other in sorted(found, key=lambda pair: (-pair[0], pair[1:])):
        if not used & {one, other}:
            used |= {one, other}
            pairs.append((one, other))
    return pairs[:MOST_PAIRS]


def _alike(bundle: ModelBundle) -> float:
    """The cosine from which on two samples count as alike to a model."""
    reach = bundle.card.reach
    return ALIKE if reach is None else max(ALIKE, 1 - _IN_REACH * reach)


def _read_as(answer: Recognition) -> int:
    label = answered_label(answer)
    return NO_DIGIT if label is None else label


def _answers(recognizer: Recognizer, images: Images) -> tuple[list[Recognition], FloatArray]:
    """What images are read as, and what is compared of them: embeddings, or without any, the pixels."""
    if recognizer.has_embeddings:
        return recognizer.recognize_and_embed(images)
    return recognizer.recognize_many(list(images)), as_input(images).reshape(len(images), -1)
