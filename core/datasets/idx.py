"""Read digits from a pair of IDX files, the format in which MNIST was first given away, gzipped or not.

Format: two zero bytes, one for the type, one for the number of dimensions, the dimensions as big-endian 32-bit
numbers, then the values, big-endian. Source: LeCun, Cortes and Burges, "The MNIST database of handwritten digits".
"""

import gzip
import io
import math
import os
import re
import struct
import zlib
from pathlib import Path

import numpy as np

from core.datasets.digit_sets import AnyArray, Checkpoint, DigitSet, ReadDigits, checked_digits, nothing
from core.datasets.large_arrays import fill_array, new_array
from core.errors import DataSetError
from core.file_names import shown_name

CLASSIC_IMAGES = ("train-images-idx3-ubyte", "train-images.idx3-ubyte")
TEST_PREFIXES = ("t10k", "test")
MAX_UNPACKED_BYTES = 2_000_000_000
MAX_DEFLATE_RATIO = 1032
"""Bytes that a byte of a gzip file unpacks to at the most. Source: zlib.net, "zlib Technical Details"."""

_TYPES = {0x08: ">u1", 0x09: ">i1", 0x0B: ">i2", 0x0C: ">i4", 0x0D: ">f4", 0x0E: ">f8"}
_GZIP_MAGIC = b"\x1f\x8b"
_MAX_DIMENSIONS = 4


def find_idx_images(folder: Path) -> Path | None:
    """The training images with one of the classic names in `folder`, or None."""
    found = (_existing(folder / name) for name in CLASSIC_IMAGES)
    return next((path for path in found if path), None)


def looks_like_idx(path: Path) -> bool:
    """Whether `path` begins like an IDX file, is gzipped, or is at least called one."""
    with path.open("rb") as file:
        start = file.read(4)
    is_idx = len(start) == 4 and start[:2] == b"\0\0" and start[2] in _TYPES
    return is_idx or start[:2] == _GZIP_MAGIC or "idx" in path.name.lower() or path.suffix.lower() == ".gz"


def read_idx(path: Path, checkpoint: Checkpoint = nothing) -> ReadDigits:
    """Read the pair of which `path` is the images file or the labels file, and its test pair where there is one.

    `checkpoint` is called between the steps.

    Raises
    ------
    DataSetError
        When the partner is missing, or a file is damaged, too large or not what it should be.
    """
    images, labels = _pair_of(path)
    train = _read_pair(images, labels, checkpoint)
    test_images, test_labels = _test_file(images), _test_file(labels)
    if test_images is None and test_labels is None:
        return ReadDigits(train)
    if test_images is None or test_labels is None:
        found = test_images or test_labels
        raise DataSetError(f"{shown_name(found or path)}: the other file of this test pair is missing.")
    return ReadDigits(train, _read_pair(test_images, test_labels, checkpoint))


def _read_pair(images: Path, labels: Path, checkpoint: Checkpoint) -> DigitSet:
    pixels = _read_values(images, 3, checkpoint)
    where = f"{shown_name(images)} and {shown_name(labels)}"
    return checked_digits(pixels, _read_values(labels, 1, checkpoint), where=where, checkpoint=checkpoint)


def _pair_of(path: Path) -> tuple[Path, Path]:
    name = path.name
    is_images = "images" in name.lower()
    if is_images == ("labels" in name.lower()):
        raise DataSetError(
            f"{shown_name(name)}: a pair of IDX files needs “images” in the name of one "
            "and “labels” in the name of the other."
        )
    wanted = _renamed(name, "images", "labels", "idx1") if is_images else _renamed(name, "labels", "images", "idx3")
    partner = _existing(path.with_name(_plain(wanted)))
    if partner is None:
        raise DataSetError(f"{shown_name(name)}: its partner “{shown_name(wanted)}” is missing in the same folder.")
    return (path, partner) if is_images else (partner, path)


def _renamed(name: str, old: str, new: str, kind: str) -> str:
    return _replaced(_replaced(name, old, new), "idx[13]", kind)


def _replaced(name: str, old: str, new: str) -> str:
    return re.sub(old, new, name, flags=re.IGNORECASE)


def _plain(name: str) -> str:
    """A file's name without the .gz of a packed one."""
    return name[:-3] if name.lower().endswith(".gz") else name


def _test_file(path: Path) -> Path | None:
    if "train" not in path.name.lower():
        return None
    plain = _plain(path.name)
    found = (_existing(path.with_name(_replaced(plain, "train", prefix))) for prefix in TEST_PREFIXES)
    return next((other for other in found if other), None)


def _existing(plain: Path) -> Path | None:
    """`plain`, or the same with .gz after it, whichever is there; in capitals only where it is not as given."""
    for path in (plain, plain.with_name(plain.name + ".gz")):
        if path.is_file():
            return path
    wanted = {plain.name.lower(), plain.name.lower() + ".gz"}
    try:
        found = sorted(path for path in plain.parent.iterdir() if path.name.lower() in wanted and path.is_file())
    except OSError:  # who may open a file may not always list its folder
        return None
    return found[0] if found else None


def _read_values(path: Path, dimensions: int, checkpoint: Checkpoint) -> AnyArray:
    where = shown_name(path)
    try:
        with path.open("rb") as file:
            if file.read(2) == _GZIP_MAGIC:
                file.seek(0)
                with gzip.GzipFile(fileobj=file) as unpacked:
                    return _read_idx_stream(unpacked, where, dimensions, checkpoint)
            file.seek(0)
            return _read_idx_stream(file, where, dimensions, checkpoint)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise DataSetError(f"{where}: the gzip file is damaged or cut short.") from error
    except OSError as error:
        raise DataSetError(f"{where}: it cannot be read ({error.strerror or error}).") from error


def _read_idx_stream(stream: io.BufferedIOBase, where: str, dimensions: int, checkpoint: Checkpoint) -> AnyArray:
    header = stream.read(4)
    if len(header) < 4 or header[:2] != b"\0\0" or header[2] not in _TYPES or not 1 <= header[3] <= _MAX_DIMENSIONS:
        raise DataSetError(f"{where}: this is not an IDX file.")
    if header[3] != dimensions:
        kind = "images (three dimensions)" if dimensions == 3 else "labels (one dimension)"
        raise DataSetError(f"{where}: it should hold {kind}, but has {header[3]}.")
    lengths = stream.read(4 * dimensions)
    if len(lengths) < 4 * dimensions:
        raise DataSetError(f"{where}: the IDX file is cut short.")
    shape = struct.unpack(f">{dimensions}I", lengths)
    dtype = np.dtype(_TYPES[header[2]])
    wanted = math.prod(shape) * dtype.itemsize
    if wanted > MAX_UNPACKED_BYTES:
        raise DataSetError(
            f"{where}: it announces {wanted / 1e9:.1f} GB; at most {MAX_UNPACKED_BYTES / 1e9:g} GB can be used."
        )
    _check_length(stream, wanted, where)
    values = new_array(shape, dtype, checkpoint)
    if not fill_array(values, stream, checkpoint):
        raise DataSetError(f"{where}: the IDX file is cut short.")
    if stream.read(1):
        raise DataSetError(f"{where}: the IDX file is longer than it says.")
    return values


def _check_length(stream: io.BufferedIOBase, wanted: int, where: str) -> None:
    """Compare a file's length with its header before anything is read; a gzip stream shows the rest while read."""
    if isinstance(stream, gzip.GzipFile):
        if wanted > MAX_DEFLATE_RATIO * os.fstat(stream.fileno()).st_size:
            raise DataSetError(f"{where}: the IDX file is cut short.")
        return
    position = stream.tell()
    left = stream.seek(0, io.SEEK_END) - position
    stream.seek(position)
    if left != wanted:
        raise DataSetError(f"{where}: the IDX file is {'cut short' if left < wanted else 'longer than it says'}.")
