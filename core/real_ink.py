"""Labelled ink of real writers: files of digits as strokes, and which of their writers may be learned from.

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
from core.file_names import shown_name
from core.ink import Drawing, Stroke

MAX_FILE_BYTES = 500_000_000
"""Also of what a gzipped file unpacks to."""
MAX_DRAWINGS = 1_000_000

_GZIP_MAGIC = b"\x1f\x8b"
_JUDGING_EVERY, _JUDGING_FIRST = 4, 1
_VALIDATION_EVERY, _VALIDATION_FIRST = 8, 3


@dataclass(frozen=True, slots=True, eq=False)
class LabelledDrawing:
    """A digit as somebody wrote it: which digit 0 to 9, who wrote it, and its strokes."""

    label: int
    writer: str
    drawing: Drawing


@dataclass(frozen=True, slots=True)
class WriterSplit:
    """Who is learned from, who sets temperature and thresholds, and who judges in the end.

    The three have no writer in common: two digits of one hand are too much alike.
    """

    train: frozenset[str]
    validation: frozenset[str]
    judging: frozenset[str]


def split_writers(writers: Iterable[str]) -> WriterSplit:
    """Split writers by their place in the sorted list of all: of 30, 18 train, 4 validate and 8 judge."""
    names = sorted(set(writers))
    judging = frozenset(names[_JUDGING_FIRST::_JUDGING_EVERY])
    validation = frozenset(names[_VALIDATION_FIRST::_VALIDATION_EVERY])
    return WriterSplit(frozenset(names) - judging - validation, validation, judging)


def read_ink_file(path: Path) -> list[LabelledDrawing]:
    """Read a file of labelled ink.

    Raises
    ------
    DataSetError
        When it cannot be read, is too large, or is no labelled ink; the sentence names the first wrong drawing.
    """
    where = shown_name(path)
    try:
        records = json.loads(_content(path, where))
    except (ValueError, RecursionError) as error:
        raise DataSetError(f"{where}: this is not a JSON file of labelled ink.") from error
    if not isinstance(records, list) or not records:
        raise DataSetError(f"{where}: there is no list of drawings in it.")
    if len(records) > MAX_DRAWINGS:
        raise DataSetError(f"{where}: {len(records):,} drawings are too many; at most {MAX_DRAWINGS:,} can be used.")
    drawings = []
    for number, record in enumerate(records, start=1):
        try:
            drawings.append(_labelled_drawing(record))
        except (ValueError, TypeError, KeyError, OverflowError) as error:
            raise DataSetError(f"{where}: drawing {number:,} is not a labelled digit ({error}).") from error
    return drawings


def _content(path: Path, where: str) -> bytes:
    """The JSON in the file, unpacked, never more of it than is allowed."""
    try:
        with path.open("rb") as file:
            packed = file.read(len(_GZIP_MAGIC)) == _GZIP_MAGIC
        with gzip.open(path) if packed else path.open("rb") as file:
            content = file.read(MAX_FILE_BYTES + 1)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise DataSetError(f"{where}: the gzip file is damaged.") from error
    except OSError as error:
        raise DataSetError(f"{where}: it cannot be read ({error.strerror or error}).") from error
    if len(content) > MAX_FILE_BYTES:
        raise DataSetError(f"{where}: it holds more than {MAX_FILE_BYTES / 1e9:g} GB.")
    return content


def _labelled_drawing(record: Any) -> LabelledDrawing:
    label = record["label"]
    if not isinstance(label, int) or isinstance(label, bool) or not 0 <= label <= 9:
        raise ValueError("the label is not 0 to 9")
    strokes = tuple(Stroke(np.array(points, np.float32)) for points in record["strokes"])
    if not strokes:
        raise ValueError("there are no strokes")
    return LabelledDrawing(label, str(record["writer"]), Drawing(strokes))
