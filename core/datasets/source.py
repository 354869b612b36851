"""What every source of digits can do, and what it says about itself."""

from abc import ABC, abstractmethod
from dataclasses import dataclass

import numpy as np

from core.datasets.digit_sets import DigitData, DigitSet
from core.datasets.splitting import kept_out_total
from core.system.checkpoints import Checkpoint, no_checkpoint
from core.wording.data_messages import DataNote, Summary
from core.wording.messages import Message

TEST_SHARE = 1 / 7
"""Of the user's own digits, where they come without test digits: the same share as in MNIST."""


@dataclass(frozen=True, slots=True)
class DataSummary:
    """What a form shows about a source of digits before it is used.

    Attributes
    ----------
    name
        What people call it.
    counts
        How many there are of each digit 0 to 9, without the digits of a test part of its own.
    train_images, test_images
        How many will be learned from (validation included), and how many will judge the result.
    summary
        All of that in one sentence.
    notes
        What is unusual about the data.
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
    """Digits to test a model on, where they come from in a few words, and what was done to them."""

    digits: DigitSet
    origin: str
    notes: tuple[Message, ...] = ()


class Source(ABC):
    """Where digits come from.

    Attributes
    ----------
    text
        What it is called in settings and on the command line: `find_source` takes it.
    """

    @property
    @abstractmethod
    def text(self) -> str: ...

    @abstractmethod
    def load(self, checkpoint: Checkpoint = no_checkpoint) -> DigitData:
        """Read and check all of it. Digits of the user's that come without test digits have a seventh of each kept out.

        `checkpoint` is called between the files of a folder and between the steps of reading a file; what it raises
        ends the reading. Raises DataSetError with a sentence on what is wrong with which file.
        """

    @abstractmethod
    def check(self, checkpoint: Checkpoint = no_checkpoint) -> DataSummary:
        """Say what it holds. Raises like `load`, and calls `checkpoint` like it.

        Quick for MNIST (only its labels are read) and for folders (files are counted, some are tried); other files are
        read and checked whole.
        """

    def samples(self, first: int, others: int, checkpoint: Checkpoint = no_checkpoint) -> DigitSet:
        """The `first` training digits, as tutorials show them, and `others` at random, as a network sees them.

        Raises like `load`, and calls `checkpoint` like it.
        """
        rng = np.random.default_rng()
        train = self.load(checkpoint).train
        chosen = first + rng.permutation(max(len(train) - first, 0))[:others]
        return train.take(np.concatenate([np.arange(min(first, len(train))), chosen]))


def summarize(
    name: str, counts: tuple[int, ...], test_images: int | None, notes: tuple[Message, ...] = ()
) -> DataSummary:
    """Sum up what a source holds; without `test_images` of its own, some of the `counts` are kept out to test."""
    total = sum(counts)
    kept_out = kept_out_total(total, TEST_SHARE) if test_images is None else 0
    tested = kept_out if test_images is None else test_images
    summary = _summary(counts, total - kept_out, tested, is_kept_out=test_images is None)
    return DataSummary(name, counts, total - kept_out, tested, summary, (*notes, *missing_notes(counts)))


def missing_notes(counts: tuple[int, ...]) -> tuple[Message, ...]:
    """A note on the digits of which there are none."""
    missing = ", ".join(str(digit) for digit, count in enumerate(counts) if not count)
    return (DataNote.DIGITS_MISSING(digits=missing),) if missing else ()


def _summary(counts: tuple[int, ...], train: int, test: int, *, is_kept_out: bool) -> Message:
    fewest, most = min(counts), max(counts)
    if fewest == most:
        even = Summary.EVEN_KEPT_OUT if is_kept_out else Summary.EVEN
        return even(train=train, test=test, each=most)
    uneven = Summary.UNEVEN_KEPT_OUT if is_kept_out else Summary.UNEVEN
    return uneven(train=train, test=test, fewest=fewest, most=most)
