"""Read digits from a CSV file as Kaggle has MNIST: a label and 784 pixels in each row, with or without headings."""

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import numpy as np

from core.datasets.digit_sets import MAX_IMAGES, DigitSet
from core.digits.arrays import CLASSES, SIDE, Images
from core.errors import DataSetError, SampleError
from core.system.checkpoints import Checkpoint, no_checkpoint
from core.system.safe_files import reading_errors
from core.wording.data_problems import DataProblem
from core.wording.names import shown_name
from core.wording.sample_problems import SampleProblem

MAX_BYTES = 2_000_000_000
_COLUMNS = 1 + SIDE * SIDE
_LONGEST_LINE = 20_000
_LINES = 1_000
"""Read at a time."""


def read_csv(path: Path, checkpoint: Checkpoint = no_checkpoint) -> DigitSet:
    """Read the digits in `path`; `checkpoint` is called every few lines.

    Raises
    ------
    DataSetError, SampleError
        When it cannot be read, is too large, or a line is no digit.
    """
    where = shown_name(path)
    with reading_errors(DataSetError, DataProblem.UNREADABLE, where=where):
        if path.stat().st_size > MAX_BYTES:
            raise DataSetError(DataProblem.FILE_TOO_LARGE, where=where, limit=MAX_BYTES / 1e9)
        with path.open(encoding="utf-8-sig", errors="replace") as file:
            lines = _lines(file.readline, where)
            parts, number = [], 1
            while chosen := list(islice(lines, _LINES)):
                checkpoint()
                if number == 1 and chosen[0].lstrip().lstrip('"').lower().startswith("label"):
                    chosen, number = chosen[1:], 2
                parts.append(_rows(chosen, number, where))
                number += len(chosen)
                if sum(map(len, parts)) > MAX_IMAGES:
                    raise SampleError(SampleProblem.TOO_MANY, where=where, limit=MAX_IMAGES)
    rows = np.concatenate(parts) if parts else np.zeros((0, _COLUMNS), np.uint8)
    if not len(rows):
        raise DataSetError(DataProblem.NO_IMAGES, where=where, part="")
    return DigitSet(rows[:, 1:].reshape(-1, SIDE, SIDE), rows[:, 0])


def _lines(read_line: Callable[[int], str], where: str) -> Iterator[str]:
    """The lines of a file, none of them longer than a digit can be."""
    number = 0
    while line := read_line(_LONGEST_LINE):
        number += 1
        if len(line) == _LONGEST_LINE:
            raise SampleError(SampleProblem.CSV_LINE, where=where, line=number)
        yield line


def _rows(lines: list[str], first: int, where: str) -> Images:
    """The numbers in `lines`, uint8 `(n, 785)`; empty lines count as none."""
    try:
        return _parsed(lines)
    except ValueError:
        for number, line in enumerate(lines, start=first):
            try:
                _parsed([line])
            except ValueError as error:
                raise SampleError(SampleProblem.CSV_LINE, where=where, line=number) from error
        raise


def _parsed(lines: list[str]) -> Images:
    """Raises ValueError when one of `lines` is no digit."""
    inked = [line for line in lines if line.strip()]
    if not inked:
        return np.zeros((0, _COLUMNS), np.uint8)
    numbers = np.loadtxt(inked, np.float32, delimiter=",", comments=None, quotechar='"', ndmin=2)
    is_whole = ((numbers >= 0) & (numbers <= 255) & (numbers == np.rint(numbers))).all()
    if numbers.shape[1] != _COLUMNS or not is_whole or numbers[:, 0].max() >= CLASSES:
        raise ValueError("no digit")
    return numbers.astype(np.uint8)
