"""Labelled ink of real writers: files of digits as strokes, and the split of their writers.

The file is JSON, plain or gzipped: a list of `{"label": 7, "writer": "w01", "strokes": [[[x, y], ...], ...]}`, y down.
"""

import gzip
import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from core.errors import DataSetError
from core.ink.drawing import Drawing, Stroke
from core.system.safe_files import reading_errors
from core.wording.data_messages import InkFault
from core.wording.data_problems import DataProblem
from core.wording.names import shown_name

MAX_FILE_BYTES = 100_000_000
"""Also after unpacking; as Python objects, it takes about ten times as much memory."""
MAX_POINTS = 10_000
"""Of a drawing."""
MAX_WRITER_LENGTH = 64
LARGEST_COORDINATE = 1e9

_GZIP_MAGIC = b"\x1f\x8b"
_JUDGING_EVERY, _JUDGING_FIRST = 4, 1
_VALIDATION_EVERY, _VALIDATION_FIRST = 16, 3


@dataclass(frozen=True, slots=True, eq=False)
class LabelledDrawing:
    """A handwritten digit: its label 0 to 9, its writer, and its strokes."""

    label: int
    writer: str
    drawing: Drawing


@dataclass(frozen=True, slots=True)
class WriterSplit:
    """The writers for training, for validation (temperature and thresholds), and for the final test.

    No writer is in two groups: digits by the same writer are too similar.
    """

    train: frozenset[str]
    validation: frozenset[str]
    judging: frozenset[str]


def split_writers(writers: Iterable[str]) -> WriterSplit:
    """Split writers by their place in the sorted list: of 30, 20 are for training, 2 for validation and 8 for testing.

    A new writer moves all later ones to other groups: a file that models were tested with must not grow.
    """
    names = sorted(set(writers))
    judging = frozenset(names[_JUDGING_FIRST::_JUDGING_EVERY])
    validation = frozenset(names[_VALIDATION_FIRST::_VALIDATION_EVERY])
    return WriterSplit(frozenset(names) - judging - validation, validation, judging)


def read_ink_file(path: Path) -> list[LabelledDrawing]:
    """Read a file of labelled ink.

    Raises
    ------
    DataSetError
        When it cannot be read, is too large, or is not labelled ink; the sentence names the first bad drawing.
    """
    where = shown_name(path)
    try:
        records = json.loads(_content(path, where))
    except (ValueError, RecursionError) as error:
        raise DataSetError(DataProblem.INK_NOT_JSON, where=where) from error
    if not isinstance(records, list) or not records:
        raise DataSetError(DataProblem.INK_NO_LIST, where=where)
    drawings = []
    for number, record in enumerate(records, start=1):
        try:
            drawings.append(_labelled_drawing(record))
        except _WrongError as error:
            raise DataSetError(DataProblem.INK_DRAWING, where=where, number=number, reason=error) from error
    return drawings


class _WrongError(Exception):
    """What is wrong with a drawing, in a few words."""


def _content(path: Path, where: str) -> bytes:
    """The unpacked JSON in the file, up to one byte more than allowed."""
    with reading_errors(DataSetError, DataProblem.UNREADABLE, where=where):
        try:
            with path.open("rb") as file:
                packed = file.read(len(_GZIP_MAGIC)) == _GZIP_MAGIC
            with gzip.open(path) if packed else path.open("rb") as file:
                content = file.read(MAX_FILE_BYTES + 1)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise DataSetError(DataProblem.GZIP_DAMAGED, where=where) from error
    if len(content) > MAX_FILE_BYTES:
        raise DataSetError(DataProblem.INK_TOO_LARGE, where=where, limit=MAX_FILE_BYTES / 1e9)
    return content


def _labelled_drawing(record: Any) -> LabelledDrawing:
    if not isinstance(record, dict):
        raise _WrongError(InkFault.NO_RECORD())
    label, writer, strokes = (record.get(key) for key in ("label", "writer", "strokes"))
    if not isinstance(label, int) or isinstance(label, bool) or not 0 <= label <= 9:
        raise _WrongError(InkFault.LABEL())
    if not isinstance(writer, str) or not 0 < len(writer) <= MAX_WRITER_LENGTH:
        raise _WrongError(InkFault.WRITER(longest=MAX_WRITER_LENGTH))
    if not isinstance(strokes, list) or not strokes:
        raise _WrongError(InkFault.NO_STROKES())
    drawing = Drawing(tuple(_stroke(points) for points in strokes))
    if sum(len(stroke.points) for stroke in drawing.strokes) > MAX_POINTS:
        raise _WrongError(InkFault.TOO_MANY_POINTS(limit=MAX_POINTS))
    return LabelledDrawing(label, writer, drawing)


def _stroke(points: Any) -> Stroke:
    try:
        numbers = np.array(points)
    except ValueError as error:  # rows of different lengths
        raise _WrongError(InkFault.NO_POINTS()) from error
    if numbers.ndim != 2 or numbers.shape[1] != 2 or numbers.dtype.kind not in "iuf":
        raise _WrongError(InkFault.NO_POINTS())
    if not (np.abs(numbers) <= LARGEST_COORDINATE).all():  # nor is NaN
        raise _WrongError(InkFault.COORDINATE(largest=LARGEST_COORDINATE))
    return Stroke(numbers.astype(np.float32))
