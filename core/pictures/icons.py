"""Read Windows icons and cursors (ICO, CUR): the largest image in them, a PNG or a BMP without its file header.

The list of images says their sizes, but only the images themselves are believed. Of a BMP, the lower half is a mask
with a bit for each pixel: 1 is transparent. Source: Microsoft, “Icons” (Win32), ICONDIR and ICONIMAGE.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from core.errors import PictureError
from core.ink.arrays import GrayImage
from core.pictures.picture_header import PictureHeader
from core.wording.picture_problems import PictureProblem

_STARTS = (b"\0\0\1\0", b"\0\0\2\0")
_LIST_BYTES, _ENTRY_BYTES = 6, 16
_MAX_IMAGES = 1000
_PNG = b"\x89PNG\r\n\x1a\n"
_BMP_HEADER = 40
_BITS = (1, 4, 8, 16, 24, 32)
_MAX_SIDE = 4096  # sixteen times what any program writes
_DECODED_BYTES = 9  # the pixels twice, with alpha, and the mask beside them


@dataclass(frozen=True, slots=True)
class _Image:
    """An image of an icon: its position in the file, its size in pixels, and bits for each pixel."""

    start: int
    end: int
    width: int
    height: int
    bits: int
    is_png: bool


def is_icon(content: bytes) -> bool:
    """Whether these are the first bytes of an ICO or CUR file: a list whose first image lies behind it."""
    if not content.startswith(_STARTS) or len(content) < _LIST_BYTES + _ENTRY_BYTES:
        return False
    count: int
    reserved: int
    start: int
    count, reserved, start = struct.unpack_from("<HxxxB8xI", content, 4)
    return 0 < count <= _MAX_IMAGES and reserved == 0 and start >= _LIST_BYTES + _ENTRY_BYTES * count


def read_header(content: bytes) -> PictureHeader:
    """The header of the largest image. Raises `PictureError`, or struct.error when it is cut off."""
    image = _largest(content)
    if max(image.width, image.height) > _MAX_SIDE:
        raise PictureError(PictureProblem.DAMAGED)
    return PictureHeader("icon", image.width, image.height, may_have_alpha=True, pixel_bytes=_DECODED_BYTES)


def is_whole(content: bytes) -> bool:
    """Whether all images end within the file. Raises struct.error when the list is cut off."""
    return all(image.end <= len(content) for image in _images(content))


def unwrap(content: bytes) -> tuple[bytes, GrayImage | None]:
    """The largest image as a PNG or BMP file, and its alpha, uint8 `(h, w)`; None if that is in the file.

    Raises
    ------
    PictureError
        When the image is damaged or cut off.
    """
    image = _largest(content)
    body = content[image.start : image.end]
    if image.is_png:
        return body, None
    try:
        return _as_bitmap(body, image)
    except (struct.error, ValueError) as error:
        raise PictureError(PictureProblem.DAMAGED) from error


def _largest(content: bytes) -> _Image:
    return max(_images(content), key=lambda image: (image.width * image.height, image.bits))


def _images(content: bytes) -> Iterator[_Image]:
    (count,) = struct.unpack_from("<H", content, 4)
    for number in range(count):
        size, start = struct.unpack_from("<II", content, _LIST_BYTES + _ENTRY_BYTES * number + 8)
        if content.startswith(_PNG, start):
            width, height = struct.unpack_from(">II", content, start + 16)
            yield _Image(start, start + size, width, height, 32, is_png=True)
        else:
            header, width, height, _planes, bits = struct.unpack_from("<IiiHH", content, start)
            if header != _BMP_HEADER or width < 0:
                raise PictureError(PictureProblem.DAMAGED)
            yield _Image(start, start + size, width, abs(height) // 2, bits, is_png=False)


def _as_bitmap(body: bytes, image: _Image) -> tuple[bytes, GrayImage]:
    compression, used = struct.unpack_from("<I12xI", body, 16)
    if compression != 0 or image.bits not in _BITS:
        raise PictureError(PictureProblem.DAMAGED)
    colours = 4 * min(used or 1 << image.bits, 256) if image.bits <= 8 else 0
    start = _BMP_HEADER + colours
    end = start + (image.width * image.bits + 31) // 32 * 4 * image.height
    header = body[:8] + struct.pack("<i", image.height) + body[12:_BMP_HEADER]
    file = b"BM" + struct.pack("<IHHI", 14 + end, 0, 0, 14 + start) + header + body[_BMP_HEADER:end]
    if image.bits == 32:
        alpha = np.frombuffer(body, np.uint8, end - start, start)[3::4].reshape(image.height, image.width)
        if alpha.any():
            return file, alpha[::-1]
    return file, _mask_alpha(body, image, end)


def _mask_alpha(body: bytes, image: _Image, start: int) -> GrayImage:
    row = (image.width + 31) // 32 * 4
    mask = np.frombuffer(body, np.uint8, row * image.height, start).reshape(image.height, row)
    return np.asarray(255 * (1 - np.unpackbits(mask[::-1], axis=1, count=image.width)), np.uint8)
