"""Recognise samples that are kept already: the same label, and the same image of the ink."""

import hashlib

from core.samples.sample import NewSample, Sample
from core.samples.store import SampleStore

_KEY_BYTES = 16


class KnownSamples:
    """The samples that are kept, and those that were added since."""

    def __init__(self, store: SampleStore) -> None:
        """Read the samples of `store`. Raises StorageError."""
        self._writers: dict[bytes, set[str]] = {}
        for sample in store.samples():
            self.add(sample)

    def is_known(self, sample: NewSample, *, by_anybody: bool) -> bool:
        """Whether there is such a sample of the same writer, or `by_anybody`: where nobody said who wrote it."""
        writers = self._writers.get(_key(sample), set())
        return bool(writers) if by_anybody else sample.writer in writers

    def add(self, sample: NewSample | Sample) -> None:
        """Know one more."""
        self._writers.setdefault(_key(sample), set()).add(sample.writer)


def _key(sample: NewSample | Sample) -> bytes:
    return hashlib.blake2b(bytes([sample.label]) + sample.image.tobytes(), digest_size=_KEY_BYTES).digest()
