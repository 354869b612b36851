"""A picture on the pad with the strokes on it as one file, exactly as it is; strokes alone are kept as InkML."""

import io
import struct
import zipfile
import zlib

import numpy as np

from core.errors import PictureError
from core.ink.inkml import read_inkml, write_inkml
from core.pad.content import PAD_SIDE, PICTURE_SIDE, PictureInk

_READ_ERRORS = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, KeyError, ValueError, SyntaxError),
    *(TypeError, MemoryError),  # an array alone, or one that is said to be huge
)


def write_archive(picture: PictureInk) -> bytes:
    """Write `picture` with its place and its strokes."""
    file = io.BytesIO()
    strokes = np.frombuffer(write_inkml(picture.drawing()), np.uint8)
    np.savez_compressed(file, ink=picture.ink, place=np.array(picture.place), strokes=strokes)
    return file.getvalue()


def read_archive(content: bytes) -> PictureInk:
    """Read what `write_archive` wrote.

    Raises
    ------
    PictureError, InkFileError
        When the file is damaged, or holds something else.
    """
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
            ink, place, strokes = (arrays[name] for name in ("ink", "place", "strokes"))
    except _READ_ERRORS as error:
        raise PictureError("The kept picture is damaged.") from error
    is_ink = ink.dtype == np.uint8 and ink.ndim == 2 and ink.size > 0 and max(ink.shape) <= PICTURE_SIDE and ink.any()
    if not is_ink or place.dtype != np.float64 or place.shape != (3,):
        raise PictureError("The kept picture is damaged.")
    left, top, unit = place.tolist()
    height, width = ink.shape
    if not (unit >= 1 and left >= 0 and top >= 0 and max(left + unit * width, top + unit * height) <= PAD_SIDE + 1):
        raise PictureError("The kept picture is damaged.")
    return PictureInk(ink, strokes=read_inkml(strokes.tobytes()).strokes, place=(left, top, unit))
