"""Read the header of a WebP file. Source: RFC 9649."""

import struct
from collections.abc import Iterator

from core.errors import PictureError
from core.pictures import tiff_tags
from core.pictures.picture_header import PictureHeader
from core.wording.picture_problems import PictureProblem


def read_header(content: bytes) -> PictureHeader:
    """The header of a WebP. Raises `PictureError`, or IndexError or struct.error when it is cut off."""
    name = content[12:16]
    if name == b"VP8X":
        flags = content[20]
        width = 1 + int.from_bytes(content[24:27], "little")
        height = 1 + int.from_bytes(content[27:30], "little")
        content[29]  # the last byte of the header must be there
        is_lossy = any(chunk == b"VP8 " for chunk, _ in _chunks(content))
        orientation = next(
            (tiff_tags.exif_orientation(body) for chunk, body in _chunks(content) if chunk == b"EXIF"), 1
        )
        has_alpha = bool(flags & 0x10)
        return PictureHeader("webp", width, height, orientation, has_alpha, is_lossy=is_lossy, pixel_bytes=4)
    if name == b"VP8L":
        bits = struct.unpack_from("<I", content, 21)[0]
        width, height = 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
        return PictureHeader("webp", width, height, may_have_alpha=bool(bits >> 28 & 1), pixel_bytes=4)
    if name == b"VP8 ":
        width, height = (side & 0x3FFF for side in struct.unpack_from("<HH", content, 26))
        return PictureHeader("webp", width, height, is_lossy=True, pixel_bytes=3)
    raise PictureError(PictureProblem.DAMAGED if len(content) >= 16 else PictureProblem.CUT_OFF)


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    position = 12
    while position + 8 <= len(content):
        name, length = struct.unpack_from("<4sI", content, position)
        yield name, content[position + 8 : position + 8 + length] if name == b"EXIF" else b""
        position += 8 + length + length % 2


def is_whole(content: bytes) -> bool:
    """Whether the file is as long as it says."""
    return bool(struct.unpack_from("<I", content, 4)[0] + 8 <= len(content))
