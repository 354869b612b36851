"""Read digits from a Keras-style `.npz`: `x_train` and `y_train`, with or without `x_test` and `y_test`.

Files are untrusted: sizes are checked in the zip directory and in each array's header before anything is unpacked, and
nothing is ever unpickled.
"""

import io
import lzma
import math
import struct
import tokenize
import zipfile
import zlib
from pathlib import Path
from typing import IO, cast

import numpy as np
from numpy.lib import format as npy_format

from core.datasets.digit_sets import ReadDigits, checked_digits
from core.datasets.large_arrays import fill_array, new_array
from core.digits.arrays import AnyArray
from core.errors import DataSetError
from core.system.checkpoints import Checkpoint, no_checkpoint
from core.wording.data_problems import DataProblem
from core.wording.names import shown_name

TRAIN_ARRAYS = ("x_train", "y_train")
TEST_ARRAYS = ("x_test", "y_test")
MAX_UNPACKED_BYTES = 2_000_000_000

_READ_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    ValueError,
    SyntaxError,  # the header is a Python literal; NumPy lets some of the parser's errors through
    tokenize.TokenError,
    MemoryError,  # the parser's error for a literal that is nested too deeply
    RuntimeError,  # encrypted; also NotImplementedError: an unknown compression method
    OSError,
)
_MAX_HEADER = 10_000  # characters; NumPy's own limit, because long headers are slow to parse


def read_npz(path: Path, checkpoint: Checkpoint = no_checkpoint) -> ReadDigits:
    """Read the digits in `path`; `checkpoint` is called between the steps.

    Raises
    ------
    DataSetError
        When it is not an npz file, is damaged or too large, lacks an array, or an array is not as required.
    """
    where = shown_name(path)
    arrays = read_arrays(path, checkpoint=checkpoint)
    _require_arrays(arrays, where)
    train = checked_digits(arrays["x_train"], arrays["y_train"], where=where, checkpoint=checkpoint)
    if "x_test" not in arrays:
        return ReadDigits(train)
    test = checked_digits(arrays["x_test"], arrays["y_test"], where=where, part="test ", checkpoint=checkpoint)
    return ReadDigits(train, test)


def read_arrays(
    path: Path, wanted: tuple[str, ...] = (*TRAIN_ARRAYS, *TEST_ARRAYS), *, checkpoint: Checkpoint = no_checkpoint
) -> dict[str, AnyArray]:
    """Read the `wanted` arrays that exist in `path`; `checkpoint` is called before each.

    Raises
    ------
    DataSetError
        When it is not an npz file, is damaged or too large, or an array holds objects.
    """
    with _opened(path) as archive:
        members = archive.namelist()
        present = [name for name in wanted if f"{name}.npy" in members]
        return _read_present(archive, present, shown_name(path), MAX_UNPACKED_BYTES, checkpoint)


def read_every_array(path: Path, *, limit: int) -> dict[str, AnyArray]:
    """All arrays in `path`, which may take `limit` bytes together. Raises like `read_arrays`."""
    with _opened(path) as archive:
        present = [name.removesuffix(".npy") for name in archive.namelist() if name.endswith(".npy")]
        return _read_present(archive, present, shown_name(path), limit, no_checkpoint)


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except _READ_ERRORS as error:
        raise DataSetError(DataProblem.NOT_NPZ, where=shown_name(path)) from error


def _read_present(
    archive: zipfile.ZipFile, names: list[str], where: str, limit: int, checkpoint: Checkpoint
) -> dict[str, AnyArray]:
    _check_sizes(archive, names, where, limit)
    arrays = {}
    for name in names:
        checkpoint()
        arrays[name] = _read_array(archive, name, where, checkpoint)
    return arrays


def _require_arrays(arrays: dict[str, AnyArray], where: str) -> None:
    for name in TRAIN_ARRAYS:
        if name not in arrays:
            raise DataSetError(DataProblem.ARRAY_MISSING, where=where, name=name)
    missing = [name for name in TEST_ARRAYS if name not in arrays]
    if len(missing) == 1:
        raise DataSetError(DataProblem.TEST_ARRAY_MISSING, where=where, name=missing[0])


def _check_sizes(archive: zipfile.ZipFile, names: list[str], where: str, limit: int) -> None:
    """Refuse, before unpacking, arrays that are too large together, hold objects, or have inconsistent sizes."""
    infos = [archive.getinfo(f"{name}.npy") for name in names]
    total = sum(info.file_size for info in infos)
    if total > limit:
        raise DataSetError(DataProblem.ARRAYS_TOO_LARGE, where=where, size=total / 1e9, limit=limit / 1e9)
    for name, info in zip(names, infos, strict=True):
        try:
            with archive.open(info) as member:
                shape, _, dtype = _read_header(member)
                header_bytes = member.tell()
        except _READ_ERRORS as error:
            raise _damaged(where, name) from error
        if dtype.hasobject:
            raise DataSetError(DataProblem.ARRAY_OF_OBJECTS, where=where, name=name)
        if math.prod(shape) * dtype.itemsize != info.file_size - header_bytes:
            raise _damaged(where, name)


def _read_header(member: IO[bytes]) -> tuple[tuple[int, ...], bool, np.dtype[np.generic]]:
    """The array's shape, whether it is in Fortran order, and its type."""
    version = npy_format.read_magic(member)
    if version == (1, 0):
        return npy_format.read_array_header_1_0(member, max_header_size=_MAX_HEADER)
    if version == (2, 0):
        return npy_format.read_array_header_2_0(member, max_header_size=_MAX_HEADER)
    raise ValueError(f"npy format {version} is not used for numbers")


def _read_array(archive: zipfile.ZipFile, name: str, where: str, checkpoint: Checkpoint) -> AnyArray:
    try:
        with archive.open(f"{name}.npy") as member:
            shape, is_fortran, dtype = _read_header(member)
            array: AnyArray = new_array(shape[::-1] if is_fortran else shape, dtype, checkpoint)
            if not fill_array(array, cast(io.BufferedIOBase, member), checkpoint):
                raise EOFError
            member.read(1)  # at the end, zipfile compares the checksum
    except _READ_ERRORS as error:
        raise _damaged(where, name) from error
    return array.T if is_fortran else array


def _damaged(where: str, name: str) -> DataSetError:
    return DataSetError(DataProblem.ARRAY_DAMAGED, where=where, name=name)
