"""Read the header of a JPEG file. Source: ITU-T T.81, annex B."""

import struct
from collections.abc import Iterator

from core.errors import PictureError
from core.pictures import tiff_tags
from core.pictures.cmyk_jpegs import INKS
from core.pictures.picture_header import PictureHeader
from core.wording.picture_problems import PictureProblem

_APP1, _APP14 = 0xE1, 0xEE
_PROGRESSIVE = (0xC2, 0xC6, 0xCA, 0xCE)  # frames whose coefficients are all kept in memory until the last scan


def _segments(content: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield `(marker, start, end)` of each segment up to the first scan."""
    position = 2
    while True:
        if content[position] != 0xFF:
            raise PictureError(PictureProblem.DAMAGED)
        marker = content[position + 1]
        if marker == 0xFF:  # any number of fill bytes may precede a marker
            position += 1
        elif marker == 0x01 or 0xD0 <= marker <= 0xD8:  # these have no length and no body
            position += 2
        elif marker == 0xD9:
            return
        else:
            length = int(struct.unpack_from(">H", content, position + 2)[0])
            yield marker, position + 4, position + 2 + length
            if marker == 0xDA:
                return
            position += 2 + length


def read_header(content: bytes) -> PictureHeader:
    """The header of a JPEG. Raises `PictureError`, or IndexError or struct.error when it is cut off."""
    size, orientation, pixel_bytes, components, is_adobe = None, 1, 1, 1, False
    for marker, start, end in _segments(content):
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack_from(">HH", content, start + 1)
            size, components = (width, height), content[start + 5]
            if marker in _PROGRESSIVE:
                pixel_bytes = 3
        elif marker == _APP14 and content[start : start + 5] == b"Adobe":
            is_adobe = True
        elif marker == _APP1 and content[start : start + 6] == b"Exif\0\0":
            orientation = tiff_tags.exif_orientation(content[start + 6 : end])
    if size is None:
        raise PictureError(PictureProblem.DAMAGED)
    is_plain_cmyk = components == INKS and not is_adobe
    if is_plain_cmyk:
        pixel_bytes = 2 * INKS
    return PictureHeader(
        "jpeg", *size, orientation, may_have_colour=components > 1, is_lossy=True, pixel_bytes=pixel_bytes,
        is_plain_cmyk=is_plain_cmyk,
    )  # fmt: skip


def is_whole(content: bytes) -> bool:
    """Whether an end marker follows the first scan: a thumbnail before it has its own end marker."""
    for marker, _, end in _segments(content):
        if marker == 0xDA:
            return content.find(b"\xff\xd9", end) >= 0
    return False
