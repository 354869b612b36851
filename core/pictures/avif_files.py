"""Read the header of an AVIF file: boxes in boxes, as in all ISO base media files.

A list of properties says the size of the picture, but a decoder allocates what the AV1 stream inside says: both are
read. Of an animation, the still picture is used that the file has beside it.
Sources: ISO/IEC 14496-12; ISO/IEC 23008-12 (meta, iloc, iprp); AOMedia, “AV1 Image File Format”.
"""

import functools
import struct
from collections.abc import Iterator

import cv2

from core.errors import PictureError
from core.pictures.av1_streams import largest_frame
from core.pictures.picture_header import PictureHeader
from core.wording.picture_problems import PictureProblem

_STILL, _MOVING = b"avif", b"avis"
_DECODED_BYTES = 8  # the planes and the pixels made of them, each with alpha
_MOST_BOXES = 10_000
_MOST_ITEMS = 1000
_MOST_REPEATS = 2  # of the bytes of the file: items may share some
_LEAST_LIMIT = 1 << 22  # pixels: the tiles of a small picture may stand out beyond its edge
_ORIENTATIONS = {
    (0, None): 1, (0, 1): 2, (0, 0): 4, (1, None): 8, (1, 0): 5, (1, 1): 7,
    (2, None): 3, (2, 1): 4, (2, 0): 2, (3, None): 6, (3, 0): 7, (3, 1): 5,
}  # fmt: skip
"""Exif orientations by quarter turns anticlockwise, and the axis of a reflection that follows."""

Box = tuple[bytes, int, int]
"""The name of a box, and where its content begins and ends."""


def is_avif(content: bytes) -> bool:
    """Whether these are the first bytes of an AVIF file, and OpenCV can decode it."""
    if content[4:8] != b"ftyp":
        return False
    brands = content[8 : min(int.from_bytes(content[:4], "big"), 256)]
    return any(brands[at : at + 4] in (_STILL, _MOVING) for at in range(0, len(brands), 4)) and _can_decode()


def read_header(content: bytes) -> PictureHeader:
    """The header of an AVIF.

    Raises `PictureError` when it is damaged, or the stream inside claims a larger picture; IndexError or struct.error
    when it is cut off.
    """
    size, turns, mirror = (0, 0), 0, None
    for name, start, _ in _boxes(content, *_properties(content)):
        if name == b"ispe":
            found: tuple[int, int] = struct.unpack_from(">II", content, start + 4)
            size = max(size, found, key=lambda side: side[0] * side[1])  # all others are tiles and thumbnails
        elif name == b"irot":
            turns = content[start] & 3
        elif name == b"imir":
            mirror = content[start] & 1
    orientation = _ORIENTATIONS[turns, mirror]
    return PictureHeader("avif", *size, orientation, may_have_alpha=True, is_lossy=True, pixel_bytes=_DECODED_BYTES)


def is_whole(content: bytes) -> bool:
    """Whether all data of all pictures in it are there, and none is larger than the header says.

    Raises PictureError, IndexError or struct.error when they are not.
    """
    header = read_header(content)
    limit = max(header.width * header.height, _LEAST_LIMIT)
    for item in _items(content):
        if largest_frame(item) > limit:
            raise PictureError(PictureProblem.DAMAGED)
    return all(end <= len(content) for _, _, end in _boxes(content, 0, len(content), is_top=True))


def as_still(content: bytes) -> bytes:
    """The file, marked as a still picture: a decoder then leaves an animation in it alone."""
    return content[:8] + _STILL + content[12:]


@functools.cache
def _can_decode() -> bool:
    return cv2.haveImageWriter(".avif")  # readers can only be asked about files; both come with the library


def _boxes(content: bytes, start: int, end: int, *, is_top: bool = False) -> Iterator[Box]:
    """The boxes from `start` to `end`; with `is_top`, also one that ends beyond."""
    for _ in range(_MOST_BOXES):
        if start + 8 > end:
            return
        size, name = struct.unpack_from(">I4s", content, start)
        head = 8
        if size == 1:
            (size,), head = struct.unpack_from(">Q", content, start + 8), 16
        elif size == 0:
            size = end - start
        if size < head or (start + size > end and not is_top):
            raise PictureError(PictureProblem.CUT_OFF if start + size > len(content) else PictureProblem.DAMAGED)
        yield name, start + head, start + size
        start += size
    raise PictureError(PictureProblem.DAMAGED)


def _inside(content: bytes, name: bytes, start: int, end: int) -> tuple[int, int]:
    """Where the content of the only box called `name` begins and ends."""
    found = [(first, last) for other, first, last in _boxes(content, start, end) if other == name]
    if len(found) != 1:
        raise PictureError(PictureProblem.DAMAGED)
    return found[0]


def _meta(content: bytes) -> tuple[int, int]:
    for name, start, end in _boxes(content, 0, len(content), is_top=True):
        if name == b"meta":
            if end > len(content):
                break
            return start + 4, end
    raise PictureError(PictureProblem.CUT_OFF)


def _properties(content: bytes) -> tuple[int, int]:
    return _inside(content, b"ipco", *_inside(content, b"iprp", *_meta(content)))


def _items(content: bytes) -> Iterator[bytes]:
    """The data of each item."""
    left = _MOST_REPEATS * len(content)
    for number, extents in enumerate(_places(content)):
        left -= sum(end - start for start, end in extents)
        if any(end > len(content) for _, end in extents):
            raise PictureError(PictureProblem.CUT_OFF)
        if left < 0 or number >= _MOST_ITEMS:
            raise PictureError(PictureProblem.DAMAGED)
        yield b"".join(content[start:end] for start, end in extents)


def _places(content: bytes) -> Iterator[list[tuple[int, int]]]:
    """Where the parts of each item begin and end. The names of the fields are in ISO/IEC 14496-12, 8.11.3."""
    meta = _meta(content)
    start, _ = _inside(content, b"iloc", *meta)
    version, sizes = struct.unpack_from(">B3xH", content, start)
    offset_size, length_size, base_size, index_size = (sizes >> shift & 15 for shift in (12, 8, 4, 0))
    fields, id_size = _Fields(content, start + 6), 4 if version == 2 else 2
    for _ in range(fields.next(id_size)):
        fields.next(id_size)
        method = fields.next(2) & 15 if version else 0
        fields.next(2)
        base = fields.next(base_size) + (_inside(content, b"idat", *meta)[0] if method == 1 else 0)
        extents = []
        for _ in range(fields.next(2)):
            fields.next(index_size if version else 0)
            first = base + fields.next(offset_size)
            extents.append((first, first + (fields.next(length_size) or max(len(content) - first, 0))))
        yield extents


class _Fields:
    """Whole numbers of any size, one after the other."""

    def __init__(self, content: bytes, position: int) -> None:
        self._content = content
        self._position = position

    def next(self, size: int) -> int:
        field = self._content[self._position : self._position + size]
        if len(field) < size:
            raise PictureError(PictureProblem.CUT_OFF)
        self._position += size
        return int.from_bytes(field, "big")
