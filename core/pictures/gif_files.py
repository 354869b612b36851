"""Read the header of a GIF file, and find its end. Source: CompuServe, “Graphics Interchange Format”, version 89a."""

import struct

from core.errors import PictureError
from core.pictures.picture_header import PictureHeader
from core.wording.picture_problems import PictureProblem

_EXTENSION, _IMAGE, _TRAILER = 0x21, 0x2C, 0x3B
_HEADER_BYTES = 13
_DESCRIPTOR_BYTES = 10
_DECODED_BYTES = 9  # OpenCV keeps the screen and its last state, four bytes each, and an index for each pixel


def read_header(content: bytes) -> PictureHeader:
    """The size of a GIF's screen, on which its first frame lies. Raises IndexError or struct.error when cut off."""
    width, height = struct.unpack_from("<HH", content, 6)
    content[_HEADER_BYTES - 1]  # the last byte of the header must be there
    return PictureHeader("gif", width, height, may_have_alpha=True, pixel_bytes=_DECODED_BYTES)


def is_whole(content: bytes) -> bool:
    """Whether all blocks up to the trailer are there, an image among them.

    Raises `PictureError` for a block of no known kind, and for an image beyond the screen; IndexError or struct.error
    when the file is cut off.
    """
    position, images = _HEADER_BYTES + _colours(content[10]), 0
    while (kind := content[position]) != _TRAILER:
        if kind == _EXTENSION:
            position = _after_blocks(content, position + 2)
        elif kind == _IMAGE:
            _require_on_screen(content, position)
            images += 1
            table = _colours(content[position + _DESCRIPTOR_BYTES - 1])
            position = _after_blocks(content, position + _DESCRIPTOR_BYTES + table + 1)
        else:
            raise PictureError(PictureProblem.DAMAGED)
    return images > 0


def _colours(flags: int) -> int:
    """Bytes of the colour table that the `flags` announce."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _after_blocks(content: bytes, position: int) -> int:
    """The position after a chain of data blocks, each with its length before it, and the last one empty."""
    while length := content[position]:
        position += 1 + length
    return position + 1


def _require_on_screen(content: bytes, position: int) -> None:
    screen = struct.unpack_from("<HH", content, 6)
    left, top, width, height = struct.unpack_from("<4H", content, position + 1)
    if not (0 < width <= screen[0] - left and 0 < height <= screen[1] - top):
        raise PictureError(PictureProblem.DAMAGED)
