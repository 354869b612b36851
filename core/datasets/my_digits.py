"""The user's own digits as a source for training and tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from core.datasets.digit_sets import DigitData, DigitSet, require_enough
from core.datasets.large_arrays import join_rows
from core.datasets.mnist import load_mnist
from core.datasets.my_digits_choice import MyDigitsChoice, read_choice
from core.datasets.source import TEST_SHARE, DataSummary, Source, missing_notes, summarize
from core.datasets.splitting import split_validation
from core.errors import DataSetError, SampleError, StorageError
from core.samples.sample import NO_DIGIT, Sample
from core.samples.store import SampleStore, images_of
from core.system.checkpoints import Checkpoint, no_checkpoint
from core.system.paths import app_paths
from core.wording.data_messages import DataNote, TestOrigin
from core.wording.data_problems import DataProblem
from core.wording.messages import Message

NAME = "My digits"

_TEST_SEED = 28  # always the same test digits, whatever the seed of a run


@dataclass(frozen=True, slots=True)
class MyDigits(Source):
    """The samples in a store, by default the user's own."""

    choice: MyDigitsChoice
    store: Path | None = None

    @property
    def text(self) -> str:
        return self.choice.text

    @property
    def name(self) -> str:
        """Its name for people."""
        return f"{self._where} and MNIST" if self.choice.mnist_percent else self._where

    def load(self, checkpoint: Checkpoint = no_checkpoint) -> DigitData:
        data = self._read(checkpoint)
        return DigitData(
            data.name, data.train, data.test, data.test_origin, (*data.notes, *missing_notes(data.train.counts()))
        )

    def check(self, checkpoint: Checkpoint = no_checkpoint) -> DataSummary:
        data = self._read(checkpoint)
        return summarize(self.name, data.train.counts(), len(data.test), data.notes)

    def writers(self) -> tuple[str, ...]:
        """All who wrote samples in the store, in alphabetical order; "" for samples of nobody. Raises DataSetError."""
        with self._opened() as store:
            return tuple(store.writers())

    def _read(self, checkpoint: Checkpoint) -> DigitData:
        checkpoint()
        samples, notes = self._samples()
        if not samples and self._writer is None:
            raise DataSetError(DataProblem.NO_DIGITS_KEPT)
        digits = [sample for sample in samples if sample.label != NO_DIGIT]
        if left_out := len(samples) - len(digits):
            notes = (*notes, DataNote.NO_DIGITS_LEFT_OUT(count=left_out))
        checkpoint()
        require_enough(_digit_set(digits).counts(), self._where)
        if self.choice.is_unseen:
            unseen = self._unseen_writers(digits)
            train = _digit_set([sample for sample in digits if sample.writer not in unseen])
            test = _digit_set([sample for sample in digits if sample.writer in unseen])
            require_enough(train.counts(), self._where)
            named = ", ".join(sorted(unseen))
            origin = TestOrigin.UNSEEN(writers=named)
            notes = (*notes, DataNote.ONLY_FOR_TESTS(writers=named))
        else:
            train, test = split_validation(_digit_set(digits), TEST_SHARE, _TEST_SEED, checkpoint)
            origin = TestOrigin.KEPT_OUT(name=self._where)
        train, mixed = self._with_mnist(train, checkpoint)
        return DigitData(self.name, train, test, str(origin), (*notes, *mixed))

    @property
    def _where(self) -> str:
        """Its name in sentences, without what is added to it."""
        return NAME if self._writer is None else f"{NAME} by {self._writer}"

    def _samples(self) -> tuple[list[Sample], tuple[Message, ...]]:
        """The samples of the chosen writer, and notes on their store."""
        with self._opened() as store:
            samples = store.samples(writer=self._writer)
            return samples, () if store.recovered is None else (store.recovered,)

    @contextmanager
    def _opened(self) -> Iterator[SampleStore]:
        """The store, opened. Raises DataSetError."""
        try:
            with SampleStore(self.store or app_paths().digits) as store:
                yield store
        except (SampleError, StorageError) as error:
            raise DataSetError(DataProblem.DIGITS_UNREADABLE, reason=error) from error

    @property
    def _writer(self) -> str | None:
        """Whose digits are read; None for everybody's."""
        return None if self.choice.is_unseen else self.choice.writer

    def _unseen_writers(self, digits: list[Sample]) -> frozenset[str]:
        """The writers that are only for testing: the chosen one, or as many as wrote a seventh of the digits.

        Digits whose writer nobody named are never among them: anybody may have written them.
        """
        written: dict[str, int] = {}
        for sample in digits:
            written[sample.writer] = written.get(sample.writer, 0) + 1
        names = sorted(name for name in written if name)
        if self.choice.writer is not None:
            names = [name for name in names if name == self.choice.writer]
        if not names or len(written) < 2:
            raise DataSetError(DataProblem.ONE_WRITER, where=self._where)
        order = [names[place] for place in np.random.default_rng(_TEST_SEED).permutation(len(names))]
        unseen = [order[0]]
        for name in order[1:]:
            if sum(written[one] for one in [*unseen, name]) > TEST_SHARE * len(digits):
                break
            unseen.append(name)
        return frozenset(unseen)

    def _with_mnist(self, train: DigitSet, checkpoint: Checkpoint) -> tuple[DigitSet, tuple[Message, ...]]:
        """The training digits with the first ones of MNIST after them, as many as were chosen, and a note on them."""
        percent = self.choice.mnist_percent
        if not percent:
            return train, ()
        whole = load_mnist().train
        count = min(round(len(train) * percent / (100 - percent)), len(whole))
        added = whole.take(slice(count))
        images = join_rows([train.images, added.images], checkpoint)
        joined = DigitSet(images, np.concatenate([train.labels, added.labels]))
        return joined, (DataNote.MNIST_ADDED(count=count, own=len(train)),)


def read_my_digits_name(text: str, store: Path | None = None) -> MyDigits | None:
    """The source that `text` names, as `read_choice` says; None for any other text. Raises DataSetError."""
    choice = read_choice(text)
    return None if choice is None else MyDigits(choice, store)


def _digit_set(samples: list[Sample]) -> DigitSet:
    return DigitSet(images_of(samples), np.array([sample.label for sample in samples], np.uint8))
