"""The interface of all sources of digits, and their summaries."""

from abc import ABC, abstractmethod
from dataclasses import dataclass

import numpy as np

from core.datasets.digit_sets import DigitData, DigitSet
from core.datasets.splitting import kept_out_total
from core.system.checkpoints import Checkpoint, no_checkpoint
from core.wording.data_messages import DataNote, Summary
from core.wording.messages import Message

TEST_SHARE = 1 / 7
"""Share of the user's own digits for testing, if they have no test part: the same share as in MNIST."""


@dataclass(frozen=True, slots=True)
class DataSummary:
    """The summary of a source of digits in the form.

    Attributes
    ----------
    name
        Its name for people.
    counts
        The number of each digit 0 to 9, without those of its test part.
    train_images, test_images
        The number of digits for training (including validation), and for testing.
    summary
        All of that in one sentence.
    notes
        Notes on anything unusual about the data.
    """

    name: str
    counts: tuple[int, ...]
    train_images: int
    test_images: int
    summary: Message
    notes: tuple[Message, ...] = ()

    @property
    def sentence(self) -> str:
        """The summary in words."""
        return str(self.summary)


@dataclass(frozen=True, slots=True, eq=False)
class TestDigits:
    """Digits to test a model on, their origin in a few words, and notes on changes to them."""

    digits: DigitSet
    origin: str
    notes: tuple[Message, ...] = ()


class Source(ABC):
    """A source of digits.

    Attributes
    ----------
    text
        Its name in the settings and on the command line, for `find_source`.
    """

    @property
    @abstractmethod
    def text(self) -> str: ...

    @abstractmethod
    def load(self, checkpoint: Checkpoint = no_checkpoint) -> DigitData:
        """Read and check all digits. If the user's own digits have no test part, a seventh of each digit becomes one.

        `checkpoint` is called between the files of a folder and between the steps of reading a file; an exception that
        it raises ends the reading. Raises DataSetError when the data cannot be used.
        """

    @abstractmethod
    def check(self, checkpoint: Checkpoint = no_checkpoint) -> DataSummary:
        """Summarise the content. Raises and calls `checkpoint` like `load`.

        Fast for MNIST (only labels are read) and folders (files are counted, some are read); other files are read and
        checked whole.
        """

    def samples(self, first: int, others: int, checkpoint: Checkpoint = no_checkpoint) -> DigitSet:
        """The `first` training digits, as in tutorials, and `others` at random.

        Raises and calls `checkpoint` like `load`.
        """
        rng = np.random.default_rng()
        train = self.load(checkpoint).train
        chosen = first + rng.permutation(max(len(train) - first, 0))[:others]
        return train.take(np.concatenate([np.arange(min(first, len(train))), chosen]))


def summarize(
    name: str, counts: tuple[int, ...], test_images: int | None, notes: tuple[Message, ...] = ()
) -> DataSummary:
    """Summarise a source; if `test_images` is None, some of the `counts` are for testing."""
    total = sum(counts)
    kept_out = kept_out_total(total, TEST_SHARE) if test_images is None else 0
    tested = kept_out if test_images is None else test_images
    summary = _summary(counts, total - kept_out, tested, is_kept_out=test_images is None)
    return DataSummary(name, counts, total - kept_out, tested, summary, (*notes, *missing_notes(counts)))


def missing_notes(counts: tuple[int, ...]) -> tuple[Message, ...]:
    """A note on missing digits, if any."""
    missing = ", ".join(str(digit) for digit, count in enumerate(counts) if not count)
    return (DataNote.DIGITS_MISSING(digits=missing),) if missing else ()


def _summary(counts: tuple[int, ...], train: int, test: int, *, is_kept_out: bool) -> Message:
    fewest, most = min(counts), max(counts)
    if fewest == most:
        even = Summary.EVEN_KEPT_OUT if is_kept_out else Summary.EVEN
        return even(train=train, test=test, each=most)
    uneven = Summary.UNEVEN_KEPT_OUT if is_kept_out else Summary.UNEVEN
    return uneven(train=train, test=test, fewest=fewest, most=most)
