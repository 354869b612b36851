"""Decode the pixels of a picture whose header has been checked."""

import cv2
import numpy as np
import numpy.typing as npt

from core.errors import PictureError
from core.pictures import avif_files, cmyk_jpegs, icons, portable_maps
from core.pictures.bitmaps import read_bit_fields
from core.pictures.headers import read_header, require_whole
from core.pictures.picture_header import PictureHeader
from core.system.native_noise import quiet_native_stderr
from core.wording.picture_problems import PictureProblem

MAX_PIXELS = 100_000_000
MAX_DECODED_BYTES = 200_000_000
"""Of decoded pixels; while decoding, OpenCV needs about twice as much."""

Pixels = npt.NDArray[np.generic]

_COLOUR_BYTES = 3
_GREY_FLAGS = {
    1: cv2.IMREAD_GRAYSCALE,
    2: cv2.IMREAD_REDUCED_GRAYSCALE_2,
    4: cv2.IMREAD_REDUCED_GRAYSCALE_4,
    8: cv2.IMREAD_REDUCED_GRAYSCALE_8,
}
_COLOUR_FLAGS = {
    1: cv2.IMREAD_COLOR,
    2: cv2.IMREAD_REDUCED_COLOR_2,
    4: cv2.IMREAD_REDUCED_COLOR_4,
    8: cv2.IMREAD_REDUCED_COLOR_8,
}
_TWELVE_BITS = 1 << 12
_MAX_SCANS = 200  # of a progressive JPEG; each costs a pass over all pixels


def require_size(width: int, height: int, pixel_bytes: int = 1) -> None:
    """Raise `PictureError` when so many pixels, or so many bytes of them, are too many to decode."""
    needed = width * height * pixel_bytes
    if width * height > MAX_PIXELS:
        raise PictureError(PictureProblem.TOO_MANY_PIXELS, width=width, height=height, limit=MAX_PIXELS / 1e6)
    if needed > MAX_DECODED_BYTES:
        raise PictureError(PictureProblem.TOO_MUCH_MEMORY, needed=needed / 1e6, limit=MAX_DECODED_BYTES / 1e6)


def decode(content: bytes, header: PictureHeader, wanted_side: int) -> Pixels:
    """The stored pixels: grey when there can be no colour, all channels when there may be transparency.

    Parameters
    ----------
    header
        That of `content`, whose size is within the limits.
    wanted_side
        Pixels: a JPEG may be shrunk while it is decoded, to no less than this at its longer side.

    Raises
    ------
    PictureError
        When the pixels are damaged, or of another size than the header says.
    """
    if header.kind == "pnm":
        return portable_maps.read_map(content)
    if header.kind == "icon":
        return _decode_icon(content)
    if header.kind == "bmp" and (pixels := read_bit_fields(content)) is not None:
        return pixels
    reduction = 1
    if header.kind == "jpeg":
        if content.count(b"\xff\xda") > _MAX_SCANS:
            raise PictureError(PictureProblem.DAMAGED)
        if header.is_plain_cmyk:
            return _decode_with_opencv(cmyk_jpegs.as_tiff(content, header), header, 1, cv2.IMREAD_COLOR)
        reduction = _jpeg_reduction(max(header.width, header.height), wanted_side)
    elif header.kind == "avif":
        content = avif_files.as_still(content)
    return _decode_with_opencv(content, header, reduction, _flags(header, reduction))


def _flags(header: PictureHeader, reduction: int) -> int:
    if header.kind == "tiff" or header.may_have_alpha:
        return cv2.IMREAD_UNCHANGED
    colours = _COLOUR_BYTES * header.width * header.height / reduction**2
    is_coloured = header.may_have_colour and colours <= MAX_DECODED_BYTES  # larger pictures are read in grey
    return (_COLOUR_FLAGS if is_coloured else _GREY_FLAGS)[reduction] | cv2.IMREAD_IGNORE_ORIENTATION


def _decode_with_opencv(content: bytes, header: PictureHeader, reduction: int, flags: int) -> Pixels:
    try:
        with quiet_native_stderr():
            decoded = cv2.imdecode(np.frombuffer(content, np.uint8), flags)
    except cv2.error as error:
        raise PictureError(PictureProblem.DAMAGED) from error
    expected = -(-header.height // reduction), -(-header.width // reduction)
    if decoded is None or decoded.shape[:2] != expected:  # not the size in the header
        raise PictureError(PictureProblem.DAMAGED)
    return _full_range(np.asarray(decoded))


def _full_range(pixels: Pixels) -> Pixels:
    """Pixels of up to 12 bits in 16, as in AVIF and from cameras, as 8 bits; all others unchanged."""
    most = int(pixels.max()) if pixels.dtype == np.uint16 else _TWELVE_BITS
    if most >= _TWELVE_BITS:
        return pixels
    levels = np.empty(pixels.shape, np.uint8)
    np.right_shift(pixels.view(np.uint16), max(0, most.bit_length() - 8), out=levels, casting="unsafe")
    return levels


def _jpeg_reduction(longer: int, wanted: int) -> int:
    """The factor by which to shrink a JPEG while it is decoded, which takes a fraction of the time: 1, 2, 4 or 8."""
    return next((reduction for reduction in (8, 4, 2) if longer >= reduction * wanted), 1)


def _decode_icon(content: bytes) -> Pixels:
    """The largest image of an icon, with its alpha as the fourth channel."""
    file, alpha = icons.unwrap(content)
    header = read_header(file)
    require_size(header.width, header.height, header.pixel_bytes)
    require_whole(file, header)
    pixels = decode(file, header, max(header.width, header.height))
    if alpha is None:
        return pixels
    colours = pixels if pixels.ndim == 3 else np.repeat(pixels[:, :, np.newaxis], 3, axis=2)
    return np.dstack([colours[:, :, :3], alpha])
