"""Read digits from a pair of IDX files, MNIST's original format, gzipped or not.

Format: two zero bytes, one for the type, one for the number of dimensions, the dimensions as big-endian 32-bit
numbers, then the values, big-endian. Source: LeCun, Cortes and Burges, "The MNIST database of handwritten digits".
"""

import gzip
import io
import math
import os
import struct
import zlib
from pathlib import Path

import numpy as np

from core.datasets.digit_sets import DigitSet, ReadDigits, checked_digits
from core.datasets.idx_pairs import GZIP_MAGIC, IDX_TYPES, MAX_DIMENSIONS, Pair, pairs_in, pairs_of
from core.datasets.large_arrays import fill_array, new_array
from core.digits.arrays import AnyArray
from core.errors import DataSetError
from core.system.checkpoints import Checkpoint, no_checkpoint
from core.system.safe_files import reading_errors
from core.wording.data_problems import DataProblem
from core.wording.idx_problems import IdxProblem
from core.wording.names import shown_name

MAX_UNPACKED_BYTES = 2_000_000_000
MAX_DEFLATE_RATIO = 1032
"""The most bytes that one byte of a gzip file can unpack to. Source: zlib.net, "zlib Technical Details"."""


def read_idx(path: Path, checkpoint: Checkpoint = no_checkpoint) -> ReadDigits:
    """Read the pair of the images or labels file `path`, and its test pair if there is one.

    `path` may also be a folder with both. `checkpoint` is called between the steps.

    Raises
    ------
    DataSetError
        When the partner is missing, or a file is damaged, too large or of another kind.
    """
    train, test = pairs_in(path) if path.is_dir() else pairs_of(path)
    digits = _read_pair(train, checkpoint)
    return ReadDigits(digits) if test is None else ReadDigits(digits, _read_pair(test, checkpoint))


def _read_pair(pair: Pair, checkpoint: Checkpoint) -> DigitSet:
    pixels = _read_values(pair.images, 3, checkpoint)
    where = f"{shown_name(pair.images)} and {shown_name(pair.labels)}"
    return checked_digits(pixels, _read_values(pair.labels, 1, checkpoint), where=where, checkpoint=checkpoint)


def _read_values(path: Path, dimensions: int, checkpoint: Checkpoint) -> AnyArray:
    where = shown_name(path)
    with reading_errors(DataSetError, DataProblem.UNREADABLE, where=where), path.open("rb") as file:
        is_packed = file.read(2) == GZIP_MAGIC
        file.seek(0)
        if not is_packed:
            return _read_idx_stream(file, where, dimensions, checkpoint)
        try:
            with gzip.GzipFile(fileobj=file) as unpacked:
                return _read_idx_stream(unpacked, where, dimensions, checkpoint)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise DataSetError(DataProblem.GZIP_DAMAGED, where=where) from error


def _read_idx_stream(stream: io.BufferedIOBase, where: str, dimensions: int, checkpoint: Checkpoint) -> AnyArray:
    header = stream.read(4)
    if len(header) < 4 or header[:2] != b"\0\0" or header[2] not in IDX_TYPES or not 1 <= header[3] <= MAX_DIMENSIONS:
        raise DataSetError(IdxProblem.NOT_IDX, where=where)
    if header[3] != dimensions:
        expected = IdxProblem.NOT_IMAGES if dimensions == 3 else IdxProblem.NOT_LABELS
        raise DataSetError(expected, where=where, dimensions=header[3])
    lengths = stream.read(4 * dimensions)
    if len(lengths) < 4 * dimensions:
        raise DataSetError(IdxProblem.CUT_SHORT, where=where)
    shape = struct.unpack(f">{dimensions}I", lengths)
    dtype = np.dtype(IDX_TYPES[header[2]])
    wanted = math.prod(shape) * dtype.itemsize
    if wanted > MAX_UNPACKED_BYTES:
        raise DataSetError(IdxProblem.TOO_LARGE, where=where, size=wanted / 1e9, limit=MAX_UNPACKED_BYTES / 1e9)
    _check_length(stream, wanted, where)
    values = new_array(shape, dtype, checkpoint)
    if not fill_array(values, stream, checkpoint):
        raise DataSetError(IdxProblem.CUT_SHORT, where=where)
    if stream.read(1):
        raise DataSetError(IdxProblem.TOO_LONG, where=where)
    return values


def _check_length(stream: io.BufferedIOBase, wanted: int, where: str) -> None:
    """Compare a file's length with its header before it is read; of a gzip file, only the most it can unpack to."""
    if isinstance(stream, gzip.GzipFile):
        if wanted > MAX_DEFLATE_RATIO * os.fstat(stream.fileno()).st_size:
            raise DataSetError(IdxProblem.CUT_SHORT, where=where)
        return
    position = stream.tell()
    left = stream.seek(0, io.SEEK_END) - position
    stream.seek(position)
    if left != wanted:
        raise DataSetError(IdxProblem.CUT_SHORT if left < wanted else IdxProblem.TOO_LONG, where=where)
