"""Let the user's own digits correct a model's answers: what the model makes of each is remembered in their store."""

from collections.abc import Callable, Sequence

import numpy as np

from core.datasets.mnist import load_mnist
from core.digits.arrays import Images
from core.ink.arrays import FloatArray
from core.models.library import COMPILED_FILE
from core.recognition.instant import InstantHead, choose_samples, find_reach, unit_vectors
from core.recognition.recognizer import Recognition, Recognizer, Verdict
from core.samples.sample import NO_DIGIT, Sample
from core.samples.store import SampleStore, images_of
from core.system.checkpoints import Checkpoint, no_checkpoint

REFERENCE_DIGITS = 1000
"""Training digits of MNIST from which a model's reach is measured."""

_BATCH = 64
_DOUBT = -1


def make_head(store: SampleStore, recognizer: Recognizer, checkpoint: Checkpoint = no_checkpoint) -> InstantHead | None:
    """The samples that correct the network of `recognizer`; None where none has to.

    Parameters
    ----------
    recognizer
        One of this thread's own, without a head.
    checkpoint
        Called before each batch of samples that the network has not met; an exception that it raises ends the work, and
        what is done by then is remembered.

    Raises
    ------
    StorageError
        When the store cannot be read.
    """
    samples = store.samples()
    if not samples or not recognizer.has_embeddings:
        return None
    known = _Known(store, recognizer.bundle.card.sha256[COMPILED_FILE])
    known.meet(samples, recognizer, checkpoint)
    labels = np.array([sample.label for sample in samples])
    embeddings, read_as = known.of(samples)
    is_sure = read_as == labels
    if is_sure.all():
        return None
    units, reach = unit_vectors(embeddings), reach_of(recognizer)
    chosen = choose_samples(labels, is_sure, units, reach)
    ids = np.array([samples[index].id for index in chosen])
    return InstantHead(ids, labels[chosen], units[chosen], reach)


def reach_of(recognizer: Recognizer) -> float:
    """How far samples correct the network: as its card says, or else measured now."""
    return recognizer.bundle.card.reach or measure_reach(lambda images: recognizer.recognize_and_embed(images)[1])


def measure_reach(embed: Callable[[Images], FloatArray]) -> float:
    """How far samples correct a network, from its embeddings of `REFERENCE_DIGITS`. Raises DataSetError without them.

    `embed` gives the embeddings, float32 `(n, e)`, of images uint8 `(n, 28, 28)`.
    """
    digits = load_mnist().train.take(np.arange(REFERENCE_DIGITS))
    return find_reach(unit_vectors(embed(digits.images)), digits.labels)


class _Known:
    """What a network makes of samples, as it is remembered: the embedding of each, and what it is surely read as."""

    def __init__(self, store: SampleStore, model: str) -> None:
        self._store = store
        self._model = model
        self._records = store.embeddings(model)

    def meet(self, samples: Sequence[Sample], recognizer: Recognizer, checkpoint: Checkpoint) -> None:
        """Read the samples that the network has not met."""
        new = [sample for sample in samples if sample.id not in self._records]
        for start in range(0, len(new), _BATCH):
            checkpoint()
            batch = new[start : start + _BATCH]
            answers, embeddings = recognizer.recognize_and_embed(images_of(batch))
            records = np.column_stack([embeddings, list(map(_surely_read_as, answers))]).astype(np.float32)
            found = {sample.id: record for sample, record in zip(batch, records, strict=True)}
            self._store.remember_embeddings(self._model, found)
            self._records |= found

    def of(self, samples: Sequence[Sample]) -> tuple[FloatArray, FloatArray]:
        """The embeddings `(n, e)`, and `(n,)`: what each is surely read as, `_DOUBT` for nothing."""
        records = np.stack([self._records[sample.id] for sample in samples])
        return records[:, :-1], records[:, -1]


def _surely_read_as(answer: Recognition) -> int:
    if answer.verdict == Verdict.NOT_A_DIGIT:
        return NO_DIGIT
    return _DOUBT if answer.digit is None or answer.verdict == Verdict.UNSURE else answer.digit
