"""Arrays that may be larger than memory: large ones are memory-mapped files.

Each is a nameless temporary file: no other program can open, truncate or fill it, and it is deleted with its array.
"""

import io
import math
import mmap
import os
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from core.errors import DataSetError
from core.system.paths import scratch_folder
from core.system.safe_files import reading_errors
from core.wording.data_problems import DataProblem

LARGEST_IN_MEMORY = 200_000_000
"""The most bytes of an array in memory: four times as many as all of MNIST."""

_CHUNK_BYTES = 8_000_000
_CHUNK_ROWS = 10_000


def new_array(shape: tuple[int, ...], dtype: npt.DTypeLike, checkpoint: Callable[[], None]) -> npt.NDArray[Any]:
    """A new array to be filled, in memory, or in a file if it is larger than `LARGEST_IN_MEMORY`.

    `checkpoint` is called every few million bytes of that file.

    Raises
    ------
    DataSetError
        When the disk has no room for the file.
    ValueError
        For a negative length.
    """
    dtype = np.dtype(dtype)
    size = math.prod(shape) * dtype.itemsize
    if size <= LARGEST_IN_MEMORY:
        return np.empty(shape, dtype)
    return np.frombuffer(_mapped_file(size, checkpoint), dtype).reshape(shape)


def fill_array(array: npt.NDArray[Any], stream: io.BufferedIOBase, checkpoint: Callable[[], None]) -> bool:
    """Read the bytes of a new `array` from `stream`; False when the stream ends before the array is full.

    `checkpoint` is called every few million bytes.
    """
    content = array.reshape(-1).view(np.uint8).data
    filled = 0
    while filled < len(content):
        checkpoint()
        count = stream.readinto(content[filled : filled + _CHUNK_BYTES])
        if not count:
            return False
        filled += count
    return True


def take_rows(
    array: npt.NDArray[Any], chosen: npt.NDArray[np.generic] | slice, checkpoint: Callable[[], None]
) -> npt.NDArray[Any]:
    """`array[chosen]` for indices, a mask or a slice; a large result goes into a file.

    `checkpoint` is called every few thousand copied rows.
    """
    if isinstance(chosen, slice):
        return array[chosen]
    rows = np.flatnonzero(chosen) if chosen.dtype == np.bool_ else chosen
    taken = new_array((len(rows), *array.shape[1:]), array.dtype, checkpoint)
    for start in range(0, len(rows), _CHUNK_ROWS):
        checkpoint()
        taken[start : start + _CHUNK_ROWS] = array[rows[start : start + _CHUNK_ROWS]]
    return taken


def join_rows(arrays: Sequence[npt.NDArray[Any]], checkpoint: Callable[[], None]) -> npt.NDArray[Any]:
    """Concatenate one or more arrays with rows of the same shape; a large result goes into a file.

    `checkpoint` is called every few thousand rows.
    """
    joined = new_array((sum(map(len, arrays)), *arrays[0].shape[1:]), arrays[0].dtype, checkpoint)
    end = 0
    for array in arrays:
        for start in range(0, len(array), _CHUNK_ROWS):
            checkpoint()
            rows = array[start : start + _CHUNK_ROWS]
            joined[end : end + len(rows)] = rows
            end += len(rows)
    return joined


def _mapped_file(size: int, checkpoint: Callable[[], None]) -> mmap.mmap:
    with (
        reading_errors(DataSetError, DataProblem.NO_ROOM, size=size / 1e9),
        tempfile.TemporaryFile(dir=_place_for_files()) as file,
    ):
        _reserve(file, size, checkpoint)
        return mmap.mmap(file.fileno(), size)


def _place_for_files() -> Path | None:
    """The scratch folder, or None for the system's temporary folder when that cannot be made."""
    folder = scratch_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return folder if os.access(folder, os.W_OK) else None


def _reserve(file: Any, size: int, checkpoint: Callable[[], None]) -> None:
    """Allocate the whole length of `file` on the disk: a full disk would crash the process later."""
    zeros = b"" if hasattr(os, "posix_fallocate") else bytes(_CHUNK_BYTES)
    for start in range(0, size, _CHUNK_BYTES):
        checkpoint()
        length = min(_CHUNK_BYTES, size - start)
        if zeros:
            file.write(zeros[:length])
        else:
            os.posix_fallocate(file.fileno(), start, length)
    file.flush()
