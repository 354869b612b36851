"""Save a picture on the pad and the strokes on it, without loss, as one file; strokes alone are saved as InkML."""

import io
import struct
import zipfile
import zlib

import numpy as np

from core.errors import PictureError
from core.ink.inkml import read_inkml, write_inkml
from core.ink.limits import MAX_BYTES
from core.pad.content import PAD_SIDE, PICTURE_SIDE, PictureInk
from core.wording.picture_problems import PictureProblem

_READ_ERRORS = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, KeyError, ValueError, SyntaxError),
    *(TypeError, MemoryError),  # a single array, or a huge shape in a header
)

_MOST_BYTES = MAX_BYTES + 2 * PICTURE_SIDE**2
"""Of the strokes and the picture, unpacked."""


def write_archive(picture: PictureInk) -> bytes:
    """Write `picture` with its place and its strokes."""
    file = io.BytesIO()
    strokes = np.frombuffer(write_inkml(picture.drawing()), np.uint8)
    place, refused_by = np.array(picture.place), np.array(picture.refused_by)
    np.savez_compressed(file, ink=picture.ink, place=place, strokes=strokes, refused_by=refused_by)
    return file.getvalue()


def read_archive(content: bytes) -> PictureInk:
    """Read what `write_archive` wrote.

    Raises
    ------
    PictureError, InkFileError
        When the file is damaged, or is something else.
    """
    try:
        _require_small(content)
        with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
            ink, place, strokes = (arrays[name] for name in ("ink", "place", "strokes"))
            refused_by = str(arrays["refused_by"]) if "refused_by" in arrays else ""  # older files do not say
    except _READ_ERRORS as error:
        raise PictureError(PictureProblem.KEPT_PICTURE_DAMAGED) from error
    is_ink = ink.dtype == np.uint8 and ink.ndim == 2 and ink.size > 0 and max(ink.shape) <= PICTURE_SIDE and ink.any()
    if not is_ink or place.dtype != np.float64 or place.shape != (3,):
        raise PictureError(PictureProblem.KEPT_PICTURE_DAMAGED)
    left, top, unit = place.tolist()
    height, width = ink.shape
    if not (unit >= 1 and left >= 0 and top >= 0 and max(left + unit * width, top + unit * height) <= PAD_SIDE + 1):
        raise PictureError(PictureProblem.KEPT_PICTURE_DAMAGED)
    drawn = read_inkml(strokes.tobytes()).strokes
    return PictureInk(ink, strokes=drawn, place=(left, top, unit), refused_by=refused_by)


def _require_small(content: bytes) -> None:
    """Raise one of `_READ_ERRORS` when the arrays are larger, unpacked, than any that are written."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        if sum(member.file_size for member in file.infolist()) > _MOST_BYTES:
            raise ValueError("too large")
