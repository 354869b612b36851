"""Read BMP files of 16 and 32 bits a pixel, whose colours and transparency are bits of one number.

OpenCV reads some kinds of them: not those of 16 bits with a newer header, and not the transparency of those of 32 bits
with the oldest one. These have no field for it, but some programs store it there all the same: it counts where without
it there is nothing to be seen.
Source: Microsoft, “Bitmap Header Types” (BITMAPINFOHEADER to BITMAPV5HEADER).
"""

import struct

import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]

_PLAIN, _FIELDS, _ALPHA_FIELDS = 0, 3, 6
_USUAL_FIELDS = {16: (0x7C00, 0x03E0, 0x001F, 0), 32: (0xFF0000, 0xFF00, 0xFF, 0xFF000000)}
_FIRST_WITH_ALPHA = 56  # bytes of the shortest header with a field for it
_ROWS_AT_ONCE = 256


def read_bit_fields(content: bytes) -> Pixels | None:
    """The pixels of a whole BMP, uint8 `(h, w, 4)`, blue, green, red and alpha.

    None where they are no bit fields, or the file contradicts itself.
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
        pixels[..., 3] = 255  # there it is no transparency but whatever the memory held
    return pixels


def _has_colours(pixels: Pixels) -> bool:
    """Whether there is anything to be seen where the pixels are not transparent."""
    return bool((pixels[..., :3] != pixels[0, 0, :3]).any())


def _fields(content: bytes, header_size: int, bits: int, compression: int) -> tuple[int, ...]:
    """Which bits of a pixel are red, green, blue and alpha; 0 where there is no alpha."""
    if compression == _PLAIN:
        return _USUAL_FIELDS[bits]
    has_alpha = compression == _ALPHA_FIELDS or header_size >= _FIRST_WITH_ALPHA
    return (*struct.unpack_from("<3I", content, 54), struct.unpack_from("<I", content, 66)[0] if has_alpha else 0)


def _values(numbers: npt.NDArray[np.unsignedinteger], field: int) -> Pixels:
    """What the bits of `field` say, as levels up to 255."""
    shift = (field & -field).bit_length() - 1
    values = (numbers.astype(np.uint64) & np.uint64(field)) >> np.uint64(shift)
    return np.asarray(values * np.uint64(255) // np.uint64(field >> shift), np.uint8)
