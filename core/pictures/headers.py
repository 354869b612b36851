"""Read a picture's header before it is decoded: format, size, orientation, and whether the file is complete.

A decoder allocates whatever a header claims, and some decoders silently return half a picture; so both are checked
here, on the bytes alone.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from core.errors import PictureError
from core.pictures import tiff_tags
from core.pictures.tiff_tags import TiffDamaged
from core.wording.picture_problems import PictureProblem

_PROGRESSIVE = (0xC2, 0xC6, 0xCA, 0xCE)  # JPEG frames whose coefficients are all kept in memory until the last scan
_LARGEST_TILE = 1 << 26  # pixels of a TIFF tile, which is decoded whole even when the picture is smaller
_TIFF_GREY = (0, 1)


@dataclass(frozen=True, slots=True)
class PictureHeader:
    """Facts from the header of a picture.

    Attributes
    ----------
    kind
        `png`, `jpeg`, `bmp`, `webp` or `tiff`.
    width, height
        In pixels, as decoded: before the orientation is applied.
    orientation
        The Exif orientation to apply after decoding, 1 to 8; 1 is upright.
    may_have_alpha, may_have_colour
        Whether the file can have transparency, and colours other than grey.
    is_lossy
        Whether its compression changes pixels.
    pixel_bytes
        Bytes of memory for each pixel while it is decoded.
    """

    kind: str
    width: int
    height: int
    orientation: int = 1
    may_have_alpha: bool = False
    may_have_colour: bool = True
    is_lossy: bool = False
    pixel_bytes: int = 1


def picture_kind(content: bytes) -> str | None:
    """The format of a picture by its first bytes; None when it cannot be read."""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if content.startswith((b"II*\0", b"MM\0*")):
        return "tiff"
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "webp"
    if content.startswith(b"BM") and len(content) >= 18 and _u32(content, 14) in (12, 40, 52, 56, 64, 108, 124):
        return "bmp"
    return None


def read_header(content: bytes) -> PictureHeader:
    """Read the header of a picture.

    Raises
    ------
    PictureError
        When the bytes are not a picture, or the header itself is damaged or cut off.
    """
    kind = picture_kind(content)
    if kind is None:
        raise PictureError(PictureProblem.NOT_A_PICTURE)
    readers = {"png": _png, "jpeg": _jpeg, "bmp": _bmp, "webp": _webp, "tiff": _tiff}
    try:
        header = readers[kind](content)
    except (struct.error, IndexError) as error:
        raise PictureError(PictureProblem.CUT_OFF) from error
    except TiffDamaged as error:
        raise PictureError(PictureProblem.CUT_OFF if error.is_cut_off else PictureProblem.DAMAGED) from error
    if header.width < 1 or header.height < 1:
        raise PictureError(PictureProblem.DAMAGED)
    return header


def require_whole(content: bytes, header: PictureHeader) -> None:
    """Raise `PictureError` when the end of the picture is missing."""
    checks = {"png": _png_ends, "jpeg": _jpeg_ends, "bmp": _bmp_ends, "webp": _webp_ends, "tiff": _tiff_ends}
    try:
        is_whole = checks[header.kind](content)
    except (struct.error, IndexError, TiffDamaged):
        is_whole = False
    if not is_whole:
        raise PictureError(PictureProblem.CUT_OFF)


def _u16(content: bytes, at: int) -> int:
    return int(struct.unpack_from("<H", content, at)[0])


def _u32(content: bytes, at: int) -> int:
    return int(struct.unpack_from("<I", content, at)[0])


def _png_chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    position = 8
    while position + 12 <= len(content):
        length, name = struct.unpack_from(">I4s", content, position)
        body = content[position + 8 : position + 8 + length] if name in (b"IHDR", b"eXIf") else b""
        position += 12 + length
        if position > len(content):
            return
        yield name, body


def _png(content: bytes) -> PictureHeader:
    name, width, height, depth, colour = struct.unpack_from(">4sIIBB", content, 12)
    if name != b"IHDR":
        raise PictureError(PictureProblem.DAMAGED)
    orientation, has_alpha = 1, colour in (4, 6)
    for chunk, body in _png_chunks(content):
        if chunk == b"eXIf":
            orientation = tiff_tags.exif_orientation(body)
        elif chunk == b"tRNS":
            has_alpha = True
    pixel_bytes = 4 * max(1, depth // 8) if has_alpha else 1
    return PictureHeader("png", width, height, orientation, has_alpha, colour not in (0, 4), pixel_bytes=pixel_bytes)


def _png_ends(content: bytes) -> bool:
    return any(name == b"IEND" for name, _ in _png_chunks(content))


def _jpeg_segments(content: bytes) -> Iterator[tuple[int, int, int]]:
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


def _jpeg(content: bytes) -> PictureHeader:
    size, orientation, pixel_bytes, has_colour = None, 1, 1, False
    for marker, start, end in _jpeg_segments(content):
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack_from(">HH", content, start + 1)
            size, has_colour = (width, height), content[start + 5] > 1
            if marker in _PROGRESSIVE:
                pixel_bytes = 3
        elif marker == 0xE1 and content[start : start + 6] == b"Exif\0\0":
            orientation = tiff_tags.exif_orientation(content[start + 6 : end])
    if size is None:
        raise PictureError(PictureProblem.DAMAGED)
    return PictureHeader("jpeg", *size, orientation, may_have_colour=has_colour, is_lossy=True, pixel_bytes=pixel_bytes)


def _jpeg_ends(content: bytes) -> bool:
    """Whether an end marker follows the first scan: a thumbnail before it has its own end marker."""
    for marker, _, end in _jpeg_segments(content):
        if marker == 0xDA:
            return content.find(b"\xff\xd9", end) >= 0
    return False


def _bmp(content: bytes) -> PictureHeader:
    if _u32(content, 14) == 12:
        width, height, _planes, bits = struct.unpack_from("<HHHH", content, 18)
    else:
        width, height, _planes, bits = struct.unpack_from("<iiHH", content, 18)
    return PictureHeader("bmp", width, abs(height), pixel_bytes=4 if bits in (16, 32) else 1)


def _bmp_ends(content: bytes) -> bool:
    header = _bmp(content)
    is_old = _u32(content, 14) == 12
    bits = _u16(content, 24 if is_old else 28)
    compression = 0 if is_old else _u32(content, 30)
    if compression in (1, 2, 4, 5):  # run lengths, JPEG or PNG inside: only the stored size is known
        return _u32(content, 2) <= len(content)
    row = (header.width * bits + 31) // 32 * 4
    return _u32(content, 10) + row * header.height <= len(content)


def _webp(content: bytes) -> PictureHeader:
    name = content[12:16]
    if name == b"VP8X":
        flags = content[20]
        width = 1 + int.from_bytes(content[24:27], "little")
        height = 1 + int.from_bytes(content[27:30], "little")
        content[29]  # the last byte of the header must be there
        is_lossy = any(chunk == b"VP8 " for chunk, _ in _webp_chunks(content))
        orientation = next(
            (tiff_tags.exif_orientation(body) for chunk, body in _webp_chunks(content) if chunk == b"EXIF"), 1
        )
        has_alpha = bool(flags & 0x10)
        return PictureHeader("webp", width, height, orientation, has_alpha, is_lossy=is_lossy, pixel_bytes=4)
    if name == b"VP8L":
        bits = _u32(content, 21)
        width, height = 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
        return PictureHeader("webp", width, height, may_have_alpha=bool(bits >> 28 & 1), pixel_bytes=4)
    if name == b"VP8 ":
        width, height = _u16(content, 26) & 0x3FFF, _u16(content, 28) & 0x3FFF
        return PictureHeader("webp", width, height, is_lossy=True, pixel_bytes=3)
    raise PictureError(PictureProblem.DAMAGED if len(content) >= 16 else PictureProblem.CUT_OFF)


def _webp_chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    position = 12
    while position + 8 <= len(content):
        name, length = struct.unpack_from("<4sI", content, position)
        yield name, content[position + 8 : position + 8 + length] if name == b"EXIF" else b""
        position += 8 + length + length % 2


def _webp_ends(content: bytes) -> bool:
    return _u32(content, 4) + 8 <= len(content)


def _tiff(content: bytes) -> PictureHeader:
    tags = tiff_tags.read_tags(content)
    width, height = tiff_tags.only_value(tags, 256, 0), tiff_tags.only_value(tags, 257, 0)
    samples = tiff_tags.only_value(tags, 277, 1)
    if tiff_tags.only_value(tags, 322, 1) * tiff_tags.only_value(tags, 323, 1) > _LARGEST_TILE:
        raise TiffDamaged(is_cut_off=False)
    pixel_bytes = samples * -(-max(tags.get(258, [1])) // 8)
    if tiff_tags.only_value(tags, 262, 2) not in _TIFF_GREY:
        pixel_bytes = max(pixel_bytes, 3)
    if tiff_tags.orientation_of(tags) >= 5:  # OpenCV always turns a TIFF upright itself
        width, height = height, width
    return PictureHeader("tiff", width, height, may_have_alpha=samples in (2, 4), pixel_bytes=pixel_bytes)


def _tiff_ends(content: bytes) -> bool:
    return tiff_tags.data_end(tiff_tags.read_tags(content)) <= len(content)
