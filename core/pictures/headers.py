"""Read a picture's header before it is decoded: format, size, orientation, and whether the file is complete.

A decoder allocates whatever a header claims, and some decoders silently return half a picture; so both are checked
here, on the bytes alone.
"""

import struct
from collections.abc import Callable, Iterator

from core.errors import PictureError
from core.pictures import avif_files, bitmaps, gif_files, icons, jpeg_files, portable_maps, tiff_tags, webp_files
from core.pictures.picture_header import PictureHeader
from core.pictures.tiff_tags import TiffDamaged
from core.wording.picture_problems import PictureProblem

_LARGEST_TILE = 1 << 26  # pixels of a TIFF tile, which is decoded whole even when the picture is smaller
_TIFF_GREY = (0, 1)


def picture_kind(content: bytes) -> str | None:
    """The format of a picture by its first bytes; None when it cannot be read."""
    if kind := next((kind for magic, kind in _STARTS.items() if content.startswith(magic)), None):
        return kind
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "webp"
    if content.startswith(b"BM") and content[14:18] in _BMP_HEADER_SIZES:
        return "bmp"
    return next((kind for kind, is_one in _RECOGNISERS.items() if is_one(content)), None)


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
    try:
        header = _READERS[kind](content)
    except (struct.error, IndexError) as error:
        raise PictureError(PictureProblem.CUT_OFF) from error
    except TiffDamaged as error:
        raise PictureError(PictureProblem.CUT_OFF if error.is_cut_off else PictureProblem.DAMAGED) from error
    if header.width < 1 or header.height < 1:
        raise PictureError(PictureProblem.DAMAGED)
    return header


def require_whole(content: bytes, header: PictureHeader) -> None:
    """Raise `PictureError` when the end of the picture is missing."""
    try:
        is_whole = _CHECKS[header.kind](content)
    except (struct.error, IndexError, TiffDamaged):
        is_whole = False
    if not is_whole:
        raise PictureError(PictureProblem.CUT_OFF)


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


_STARTS = {
    b"\x89PNG\r\n\x1a\n": "png",
    b"\xff\xd8\xff": "jpeg",
    b"II*\0": "tiff",
    b"MM\0*": "tiff",
    b"GIF87a": "gif",
    b"GIF89a": "gif",
}
_BMP_HEADER_SIZES = {size.to_bytes(4, "little") for size in (12, 40, 52, 56, 64, 108, 124)}
_RECOGNISERS: dict[str, Callable[[bytes], bool]] = {
    "pnm": portable_maps.is_portable_map,
    "icon": icons.is_icon,
    "avif": avif_files.is_avif,
}
_READERS: dict[str, Callable[[bytes], PictureHeader]] = {
    "png": _png,
    "jpeg": jpeg_files.read_header,
    "bmp": bitmaps.read_header,
    "webp": webp_files.read_header,
    "tiff": _tiff,
    "gif": gif_files.read_header,
    "pnm": portable_maps.read_header,
    "icon": icons.read_header,
    "avif": avif_files.read_header,
}
_CHECKS: dict[str, Callable[[bytes], bool]] = {
    "png": _png_ends,
    "jpeg": jpeg_files.is_whole,
    "bmp": bitmaps.is_whole,
    "webp": webp_files.is_whole,
    "tiff": _tiff_ends,
    "gif": gif_files.is_whole,
    "pnm": portable_maps.is_whole,
    "icon": icons.is_whole,
    "avif": avif_files.is_whole,
}
