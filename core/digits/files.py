"""Open whatever holds a digit, and save a drawing as InkML, SVG or PNG."""

import errno
import re
import stat
from pathlib import Path

from core.digits.arrays import Image
from core.digits.normalize import normalize_drawing, normalize_ink_image
from core.errors import InkFileError, NoInkError, PictureError, StorageError
from core.ink.drawing import Drawing
from core.ink.inkml import read_inkml, write_inkml
from core.ink.rendering import render_drawing, write_png, write_svg
from core.pictures.foreign import cannot_read, foreign_format
from core.pictures.headers import NOT_A_PICTURE, picture_kind
from core.pictures.reading import MAX_BYTES, Picture, read_picture
from core.system.safe_files import write_file
from core.wording.names import shown_name

__all__ = [
    "DRAWING_SUFFIXES",
    "PICTURE_SUFFIXES",
    "SAVE_SUFFIXES",
    "is_meant_as_digit",
    "is_supported",
    "read_any",
    "read_image",
    "render_drawing",
    "save_drawing",
    "write_png",
    "write_svg",
]

DRAWING_SUFFIXES = (".inkml",)
PICTURE_SUFFIXES = (".png", ".jpg", ".jpeg", ".bmp", ".webp", ".tif", ".tiff")
SAVE_SUFFIXES = (".inkml", ".svg", ".png")

_START_BYTES = 1024
_INK = re.compile(rb"<(?:\w+:)?ink[\s>]")
_XML_STARTS = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe<\0", b"\xfe\xff\0<", b"<\0", b"\0<")


def is_supported(path: Path) -> bool:
    """Whether a file's name says that it may hold a drawing or a picture."""
    return path.suffix.lower() in DRAWING_SUFFIXES + PICTURE_SUFFIXES


def is_meant_as_digit(path: Path) -> bool:
    """Whether a file is a picture or a drawing by its name or by how it begins, readable or not.

    Hidden files are only when they can be read: what systems leave beside a picture is often named like it.
    """
    try:
        with path.open("rb") as file:
            start = file.read(_START_BYTES)
    except OSError:
        return is_supported(path)
    if picture_kind(start):
        return True
    if path.name.startswith("."):
        return path.suffix.lower() in DRAWING_SUFFIXES and _looks_like_xml(start)
    return is_supported(path) or bool(foreign_format(path.name, start))


def read_any(path: Path) -> Drawing | Picture:
    """Read a drawing or a picture; its content decides which, not its name.

    Raises
    ------
    InkFileError, PictureError
        When it cannot be read; the sentence starts with the file's name. NoInkError for a blank picture.
    """
    error_class = InkFileError if path.suffix.lower() in DRAWING_SUFFIXES else PictureError
    try:
        content = _read_limited(path)
    except OSError as error:
        raise error_class(f"{shown_name(path)}: {_why_unreadable(error)}") from error
    try:
        if not content:
            raise error_class("The file is empty.")
        if len(content) > MAX_BYTES:
            raise error_class(f"The file is larger than {MAX_BYTES // 1_000_000} MB.")
        if picture_kind(content):
            return read_picture(content)
        foreign = foreign_format(path.name, content[:_START_BYTES])
        if foreign and not _INK.search(content[:4096].replace(b"\0", b"")):
            raise error_class(cannot_read(foreign))
        is_named_picture = path.suffix.lower() in PICTURE_SUFFIXES
        if is_named_picture and not (_looks_like_xml(content) and b"ink" in content[:4096].replace(b"\0", b"")):
            raise PictureError(NOT_A_PICTURE)
        if error_class is InkFileError or _looks_like_xml(content):
            return read_inkml(content)
        raise PictureError(NOT_A_PICTURE)
    except (InkFileError, PictureError) as error:
        raise type(error)(f"{shown_name(path)}: {error}") from error


def read_image(path: Path) -> Image | None:
    """Read and normalise the digit in a file: uint8 `(28, 28)`, bright ink on 0, or None when the file is blank.

    Raises the same errors as `read_any`, but none where a picture shows no ink.
    """
    try:
        content = read_any(path)
    except NoInkError:
        return None
    digit = normalize_drawing(content) if isinstance(content, Drawing) else normalize_ink_image(content.ink)
    return digit.image if digit else None


def save_drawing(path: Path, drawing: Drawing) -> None:
    """Save a drawing in the format that the suffix of `path` names: `.inkml`, `.svg` or `.png`.

    Raises
    ------
    StorageError
        When the suffix is none of these, or the file cannot be written.
    """
    writers = {".inkml": write_inkml, ".svg": write_svg, ".png": write_png}
    writer = writers.get(path.suffix.lower())
    if writer is None:
        raise StorageError(f"{shown_name(path)}: a drawing can be saved as {', '.join(SAVE_SUFFIXES)}.")
    write_file(path, writer(drawing))


def _read_limited(path: Path) -> bytes:
    """Read a regular file, no more of it than could be used: a device or a pipe would never end."""
    found = path.stat()
    if stat.S_ISDIR(found.st_mode):
        raise IsADirectoryError
    if not stat.S_ISREG(found.st_mode):
        raise OSError(errno.EINVAL, "no ordinary file")
    expected = min(found.st_size, MAX_BYTES) + 1
    with path.open("rb") as file:
        content = file.read(expected)  # no more room than that, which for many small files is most of the time
        return content if len(content) < expected else content + file.read(MAX_BYTES + 1 - expected)


def _why_unreadable(error: OSError) -> str:
    if isinstance(error, IsADirectoryError):
        return "It is a folder, not a file."
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return "There is no such file."
    if isinstance(error, PermissionError):
        return "It may not be read."
    if error.errno == errno.EINVAL:
        return "It is no ordinary file."
    return f"It cannot be read ({error.strerror or type(error).__name__})."


def _looks_like_xml(content: bytes) -> bool:
    return content[:1024].lstrip().startswith(_XML_STARTS)
