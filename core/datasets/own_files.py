"""The user's own digits: an npz file, IDX files, or a folder of pictures."""

from abc import abstractmethod
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from core.datasets.digit_sets import DigitData, DigitSet, ReadDigits, require_enough
from core.datasets.folder import look_into_folder, read_folder, read_some
from core.datasets.idx import read_idx
from core.datasets.npz import read_npz
from core.datasets.orientation import find_orientation, put_right
from core.datasets.source import TEST_SHARE, DataSummary, Source, missing_notes, summarize
from core.datasets.splitting import split_validation
from core.errors import DataSetError
from core.system.checkpoints import Checkpoint, no_checkpoint
from core.system.safe_files import reading_errors
from core.wording.data_messages import TestOrigin
from core.wording.data_problems import DataProblem
from core.wording.names import shown_name

_TEST_SEED = 28  # always the same test digits, whatever the seed of a run
_SAMPLES_OF_EACH = 10


@dataclass(frozen=True, slots=True)
class OwnFiles(Source):
    """A file or folder of the user."""

    path: Path

    @property
    def text(self) -> str:
        return str(self.path)

    @abstractmethod
    def _read(self, checkpoint: Checkpoint) -> ReadDigits:
        """Read all digits without corrections."""

    def load(self, checkpoint: Checkpoint = no_checkpoint) -> DigitData:
        name = shown_name(self.path)
        read = put_right(self._read_enough(checkpoint), checkpoint)
        notes = (*read.notes, *missing_notes(read.train.counts()))
        if read.test is not None:
            return DigitData(name, read.train, read.test, str(TestOrigin.TEST_PART(name=name)), notes)
        train, test = split_validation(read.train, TEST_SHARE, _TEST_SEED, checkpoint)
        return DigitData(name, train, test, str(TestOrigin.KEPT_OUT(name=name)), notes)

    def check(self, checkpoint: Checkpoint = no_checkpoint) -> DataSummary:
        read = self._read_enough(checkpoint)
        found = find_orientation(read, checkpoint)
        test_images = None if read.test is None else len(read.test)
        return summarize(shown_name(self.path), read.train.counts(), test_images, (*read.notes, *found.notes))

    def _read_enough(self, checkpoint: Checkpoint) -> ReadDigits:
        checkpoint()
        with reading_errors(DataSetError, DataProblem.UNREADABLE, where=shown_name(self.path)):
            read = self._read(checkpoint)
        checkpoint()
        require_enough(read.train.counts(), shown_name(self.path))
        return read


class Npz(OwnFiles):
    """A Keras-style `.npz` file."""

    def _read(self, checkpoint: Checkpoint) -> ReadDigits:
        return read_npz(self.path, checkpoint)


class Idx(OwnFiles):
    """One of a pair of IDX files, or the folder with the classic four."""

    def _read(self, checkpoint: Checkpoint) -> ReadDigits:
        return read_idx(self.path, checkpoint)


class Folder(OwnFiles):
    """A folder with subfolders `0` to `9` of pictures and ink files."""

    def _read(self, checkpoint: Checkpoint) -> ReadDigits:
        return read_folder(self.path, checkpoint)

    def check(self, checkpoint: Checkpoint = no_checkpoint) -> DataSummary:
        looked = look_into_folder(self.path, checkpoint)
        require_enough(looked.counts, shown_name(self.path))
        found = find_orientation(ReadDigits(looked.sample), checkpoint)
        return summarize(shown_name(self.path), looked.counts, None, (*looked.notes, *found.notes))

    def samples(self, first: int, others: int, checkpoint: Checkpoint = no_checkpoint) -> DigitSet:
        """Random files of each digit: the first ones would all be the same digit."""
        rng = np.random.default_rng()
        some = read_some(self.path, _SAMPLES_OF_EACH, rng, checkpoint)
        digits = put_right(ReadDigits(some), checkpoint).train
        return digits.take(rng.permutation(len(digits)))
