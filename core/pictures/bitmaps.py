"""Read headers of BMP files, and pixels of 16 and 32 bits, whose colours and alpha are bit fields of one number.

OpenCV does not read 16 bits with a newer header, nor the alpha of 32 bits with the oldest header. That header has no
field for alpha, but some programs store it all the same: it is used when nothing can be seen without it.
Source: Microsoft, “Bitmap Header Types” (BITMAPINFOHEADER to BITMAPV5HEADER).
"""

import struct

import numpy as np
import numpy.typing as npt

from core.pictures.picture_header import PictureHeader

Pixels = npt.NDArray[np.uint8]

_PLAIN, _FIELDS, _ALPHA_FIELDS = 0, 3, 6
_USUAL_FIELDS = {16: (0x7C00, 0x03E0, 0x001F, 0), 32: (0xFF0000, 0xFF00, 0xFF, 0xFF000000)}
_FIRST_WITH_ALPHA = 56  # bytes of the shortest header with a field for alpha
_ROWS_AT_ONCE = 256


def read_header(content: bytes) -> PictureHeader:
    """The header of a BMP. Raises struct.error when it is cut off."""
    if _u32(content, 14) == 12:
        width, height, _planes, bits = struct.unpack_from("<HHHH", content, 18)
    else:
        width, height, _planes, bits = struct.unpack_from("<iiHH", content, 18)
    return PictureHeader("bmp", width, abs(height), pixel_bytes=4 if bits in (16, 32) else 1)


def is_whole(content: bytes) -> bool:
    """Whether the pixels of a BMP end within the file. Raises struct.error when its header is cut off."""
    header = read_header(content)
    is_old = _u32(content, 14) == 12
    bits = _u16(content, 24 if is_old else 28)
    compression = 0 if is_old else _u32(content, 30)
    if compression in (1, 2, 4, 5):  # run lengths, JPEG or PNG inside: only the stored size is known
        return _u32(content, 2) <= len(content)
    row = (header.width * bits + 31) // 32 * 4
    return _u32(content, 10) + row * header.height <= len(content)


def _u16(content: bytes, at: int) -> int:
    return int(struct.unpack_from("<H", content, at)[0])


def _u32(content: bytes, at: int) -> int:
    return int(struct.unpack_from("<I", content, at)[0])


def read_bit_fields(content: bytes) -> Pixels | None:
    """The pixels of a whole BMP, uint8 `(h, w, 4)`: blue, green, red and alpha.

    None when its pixels are not bit fields, or the file is inconsistent.
    """
    try:
        return _read(content)
    except (struct.error, ValueError):
        return None


def _read(content: bytes) -> Pixels | None:
    header_size, width, height, _planes, bits, compression = struct.unpack_from("<IiiHHI", content, 14)
    if header_size < 40 or bits not in _USUAL_FIELDS or compression not in (_PLAIN, _FIELDS, _ALPHA_FIELDS):
        return None
    (start,) = struct.unpack_from("<I", content, 10)
    per_row = (width * bits + 31) // 32 * 32 // bits
    numbers = np.frombuffer(content, f"<u{bits // 8}", per_row * abs(height), start).reshape(abs(height), per_row)
    rows = (numbers if height < 0 else numbers[::-1])[:, :width]
    red, green, blue, alpha = _fields(content, header_size, bits, compression)
    pixels = np.full((*rows.shape, 4), 255, np.uint8)
    for channel, field in enumerate((blue, green, red, alpha)):
        if field:
            for first in range(0, len(rows), _ROWS_AT_ONCE):
                block = slice(first, first + _ROWS_AT_ONCE)
                pixels[block, :, channel] = _values(rows[block], field)
    if compression == _PLAIN and header_size < _FIRST_WITH_ALPHA and _has_colours(pixels):
        pixels[..., 3] = 255  # it is not alpha, but whatever was in memory
    return pixels


def _has_colours(pixels: Pixels) -> bool:
    """Whether the pixels differ in colour, so that there is something to see without alpha."""
    return bool((pixels[..., :3] != pixels[0, 0, :3]).any())


def _fields(content: bytes, header_size: int, bits: int, compression: int) -> tuple[int, ...]:
    """The bit masks of red, green, blue and alpha; 0 when there is no alpha."""
    if compression == _PLAIN:
        return _USUAL_FIELDS[bits]
    has_alpha = compression == _ALPHA_FIELDS or header_size >= _FIRST_WITH_ALPHA
    return (*struct.unpack_from("<3I", content, 54), struct.unpack_from("<I", content, 66)[0] if has_alpha else 0)


def _values(numbers: npt.NDArray[np.unsignedinteger], field: int) -> Pixels:
    """The values of a bit `field`, scaled to 0 to 255."""
    shift = (field & -field).bit_length() - 1
    values = (numbers.astype(np.uint64) & np.uint64(field)) >> np.uint64(shift)
    return np.asarray(values * np.uint64(255) // np.uint64(field >> shift), np.uint8)
