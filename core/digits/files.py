"""Open drawings and pictures, and save a drawing as InkML, SVG or PNG."""

import errno
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core.digits.arrays import Image
from core.digits.normalize import normalize_drawing, normalize_ink_image
from core.errors import InkFileError, NoInkError, PictureError, StorageError
from core.ink.drawing import Drawing
from core.ink.inkml import read_inkml, write_inkml
from core.ink.reading import DRAWING_SUFFIXES, drawing_kind, looks_like_xml, read_drawing
from core.ink.rendering import render_drawing, write_png, write_svg
from core.pictures.headers import picture_kind
from core.pictures.reading import MAX_BYTES, OpenedPicture, Picture, find_digit, open_picture
from core.pictures.unsupported_formats import foreign_format
from core.system.safe_files import write_file
from core.wording.file_problems import FileProblem
from core.wording.ink_problems import InkProblem
from core.wording.names import shown_name
from core.wording.picture_problems import PictureProblem
from core.wording.reasons import reason
from core.wording.storage_problems import StorageProblem

__all__ = [
    "DRAWING_SUFFIXES",
    "PICTURE_SUFFIXES",
    "SAVE_SUFFIXES",
    "is_meant_as_digit",
    "is_supported",
    "open_any",
    "read_any",
    "read_image",
    "render_drawing",
    "save_drawing",
    "write_png",
    "write_svg",
]

PICTURE_SUFFIXES = (
    *(".png", ".jpg", ".jpeg", ".jfif", ".gif", ".bmp", ".dib", ".webp", ".avif", ".tif", ".tiff", ".ico", ".cur"),
    *(".pbm", ".pgm", ".ppm", ".pnm", ".pam"),
)
SAVE_SUFFIXES = (".inkml", ".svg", ".png")

_START_BYTES = 4096


def is_supported(path: Path) -> bool:
    """Whether a file has the suffix of a drawing or a picture that can be read."""
    return path.suffix.lower() in DRAWING_SUFFIXES + PICTURE_SUFFIXES


def is_meant_as_digit(path: Path) -> bool:
    """Whether a file is a picture or a drawing by its name or its first bytes, readable or not.

    Hidden files only count when they can be read: systems leave files beside a picture that have its name.
    """
    try:
        with path.open("rb") as file:
            start = file.read(_START_BYTES)
    except OSError:
        return is_supported(path)
    if picture_kind(start):
        return True
    if path.name.startswith("."):
        return path.suffix.lower() in DRAWING_SUFFIXES and drawing_kind(start) is not None
    if drawing_kind(start) not in (None, "ink"):  # InkML has a suffix of its own, which all programs use
        return True
    return is_supported(path) or bool(foreign_format(path.name, start))


def open_any(path: Path) -> Drawing | OpenedPicture:
    """Read a drawing or a picture, whichever the content is; the name does not matter.

    Raises
    ------
    InkFileError, PictureError
        When it cannot be read; the sentence starts with the file's name.
    """
    with _naming(path):
        return _open_content(path)


def read_any(path: Path) -> Drawing | Picture:
    """Read a drawing, or a picture and the digit in it, found by the look of its ink alone.

    Raises
    ------
    InkFileError, PictureError
        As `open_any` does; NoInkError for a blank picture.
    """
    with _naming(path):
        content = _open_content(path)
        return content if isinstance(content, Drawing) else find_digit(content)


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Begin the sentences of errors with the name of the file at `path`."""
    try:
        yield
    except (InkFileError, PictureError) as error:
        raise type(error)(FileProblem.IN_FILE, where=shown_name(path), reason=error) from error


def _open_content(path: Path) -> Drawing | OpenedPicture:
    error_class = InkFileError if path.suffix.lower() in DRAWING_SUFFIXES else PictureError
    try:
        content = _read_limited(path)
    except OSError as error:
        raise _unreadable(error_class, error) from error
    if not content:
        raise error_class(FileProblem.EMPTY)
    if len(content) > MAX_BYTES:
        raise error_class(FileProblem.TOO_LARGE, limit=MAX_BYTES / 1e6)
    if picture_kind(content):
        return open_picture(content)
    if drawing_kind(content):
        return read_drawing(content)
    if foreign := foreign_format(path.name, content[:_START_BYTES]):
        raise _foreign_error(error_class, foreign)
    if path.suffix.lower() in PICTURE_SUFFIXES:
        raise PictureError(PictureProblem.NOT_A_PICTURE)
    if path.suffix.lower() == ".inkml" or looks_like_xml(content):
        return read_inkml(content)
    raise error_class(PictureProblem.NOT_A_PICTURE if error_class is PictureError else InkProblem.NOT_A_DRAWING)


def read_image(path: Path) -> Image | None:
    """Read and normalise the digit in a file: uint8 `(28, 28)`, bright ink on 0, or None when the file is blank.

    Raises the same errors as `read_any`, but none for a picture without ink.
    """
    try:
        content = read_any(path)
    except NoInkError:
        return None
    digit = normalize_drawing(content) if isinstance(content, Drawing) else normalize_ink_image(content.ink)
    return digit.image if digit else None


def save_drawing(path: Path, drawing: Drawing) -> None:
    """Save a drawing in the format of the suffix of `path`: `.inkml`, `.svg` or `.png`.

    Raises
    ------
    StorageError
        When the suffix is none of these, or the file cannot be written.
    """
    writers = {".inkml": write_inkml, ".svg": write_svg, ".png": write_png}
    writer = writers.get(path.suffix.lower())
    if writer is None:
        raise StorageError(StorageProblem.UNKNOWN_SUFFIX, where=shown_name(path), suffixes=", ".join(SAVE_SUFFIXES))
    write_file(path, writer(drawing))


def _read_limited(path: Path) -> bytes:
    """Read a regular file, up to one byte more than allowed: a device or a pipe might never end."""
    found = path.stat()
    if stat.S_ISDIR(found.st_mode):
        raise IsADirectoryError
    if not stat.S_ISREG(found.st_mode):
        raise OSError(errno.EINVAL, "not a regular file")
    expected = min(found.st_size, MAX_BYTES) + 1
    with path.open("rb") as file:
        content = file.read(expected)  # allocates no more; for many small files, that took most of the time
        return content if len(content) < expected else content + file.read(MAX_BYTES + 1 - expected)


def _foreign_error(error_class: type[InkFileError | PictureError], foreign: str) -> InkFileError | PictureError:
    if foreign == "PDF":
        return error_class(FileProblem.PDF)
    return error_class(FileProblem.FOREIGN_FORMAT, kind=foreign)


def _unreadable(error_class: type[InkFileError | PictureError], error: OSError) -> InkFileError | PictureError:
    if isinstance(error, IsADirectoryError):
        return error_class(FileProblem.IS_FOLDER)
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return error_class(FileProblem.NOT_FOUND)
    if isinstance(error, PermissionError):
        return error_class(FileProblem.PERMISSION_DENIED)
    if error.errno == errno.EINVAL:
        return error_class(FileProblem.NOT_REGULAR)
    return error_class(FileProblem.UNREADABLE, reason=reason(error))
