"""Arrays that may be larger than the memory: those lie in a file that the system reads page by page.

The file is DigitPad's own: it has no name that others could open, cut short or fill, and it is gone with its array.
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

LARGEST_IN_MEMORY = 200_000_000
"""Bytes of an array that is held in memory: four times as large as all of MNIST."""

_CHUNK_BYTES = 8_000_000
_CHUNK_ROWS = 10_000


def new_array(shape: tuple[int, ...], dtype: npt.DTypeLike, checkpoint: Callable[[], None]) -> npt.NDArray[Any]:
    """An array to be filled, in memory or, where it is larger than `LARGEST_IN_MEMORY`, in a file of its own.

    `checkpoint` is called before every few million bytes of that file.

    Raises
    ------
    DataSetError
        When the disk has no room for the file.
    ValueError
        For a length below 0.
    """
    dtype = np.dtype(dtype)
    size = math.prod(shape) * dtype.itemsize
    if size <= LARGEST_IN_MEMORY:
        return np.empty(shape, dtype)
    return np.frombuffer(_mapped_file(size, checkpoint), dtype).reshape(shape)


def fill_array(array: npt.NDArray[Any], stream: io.BufferedIOBase, checkpoint: Callable[[], None]) -> bool:
    """Read the bytes of a fresh `array` from `stream`; False when the stream ends before the array is full.

    `checkpoint` is called before every few million bytes.
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
    """`array[chosen]` for indices, a mask or a slice; what is large goes into a file of its own.

    `checkpoint` is called before every few thousand rows that are copied.
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
    """One or more arrays of like rows, one after the other; what is large goes into a file of its own.

    `checkpoint` is called before every few thousand rows.
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
    try:
        with tempfile.TemporaryFile(dir=_place_for_files()) as file:
            _reserve(file, size, checkpoint)
            return mmap.mmap(file.fileno(), size)
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise DataSetError(f"So many digits need {size / 1e9:.1f} GB on the disk for a while: {reason}.") from error


def _place_for_files() -> Path | None:
    """The scratch folder; None, the system's folder for temporary files, where that one cannot be made."""
    folder = scratch_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return folder if os.access(folder, os.W_OK) else None


def _reserve(file: Any, size: int, checkpoint: Callable[[], None]) -> None:
    """Give `file` its whole length on the disk: what is missing later could only end the process."""
    zeros = b"" if hasattr(os, "posix_fallocate") else bytes(_CHUNK_BYTES)
    for start in range(0, size, _CHUNK_BYTES):
        checkpoint()
        length = min(_CHUNK_BYTES, size - start)
        if zeros:
            file.write(zeros[:length])
        else:
            os.posix_fallocate(file.fileno(), start, length)
    file.flush()
