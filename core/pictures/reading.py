"""Open a picture, or take one from the clipboard, and find the digit in it."""

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from core.errors import NoInkError, PictureError
from core.native_noise import quiet_native_stderr
from core.pictures.headers import PictureHeader, read_header, require_whole
from core.pictures.ink_search import find_ink
from core.pictures.scaling import GrayImage, shrink

MAX_BYTES = 100_000_000
MAX_PIXELS = 100_000_000
MAX_DECODED_BYTES = 200_000_000
"""Of pixels as they are decoded; OpenCV needs about as much again meanwhile."""
SEARCHED_SIDE = 1500
"""Larger pictures are shrunk: a digit is still many times larger than the 28 pixels that it ends up with."""

_DAMAGED = "The picture is damaged and cannot be read."
_NO_INK = "There is no ink in the picture."
_JPEG_FLAGS = {
    1: cv2.IMREAD_GRAYSCALE,
    2: cv2.IMREAD_REDUCED_GRAYSCALE_2,
    4: cv2.IMREAD_REDUCED_GRAYSCALE_4,
    8: cv2.IMREAD_REDUCED_GRAYSCALE_8,
}
_MAX_SCANS = 200  # of a progressive JPEG; each costs a pass over all pixels
_ROWS_AT_ONCE = 256
_LEAST_INK = 0.5  # percent of what is visible
_LARGEST_NUMBER = 1e30  # in a TIFF of floats: the range between two such numbers can still be computed with
_LIGHT_SPREAD = 40  # of visible grey levels: less, and everything that is visible is ink


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """A picture with a digit in it.

    Attributes
    ----------
    pixels
        uint8 `(h, w)`, grey, upright, as it was searched: the longer side is at most 1500.
    ink
        uint8 `(s, s)`: the digit with a margin around it, bright ink on 0.
    box
        `(left, top, right, bottom)` of the digit in the upright picture's original pixels.
    size
        `(width, height)` of the upright picture in original pixels.
    """

    pixels: GrayImage
    ink: GrayImage
    box: tuple[float, float, float, float]
    size: tuple[int, int]


def read_picture(content: bytes) -> Picture:
    """Read a PNG, JPEG, BMP, WebP or TIFF file and find the digit in it.

    Dark ink on light and light ink on dark are both found. Exif's orientation is followed. Transparent parts take
    the tone that makes the ink visible.

    Raises
    ------
    PictureError
        When the file is no picture, is damaged, cut off or too large. The size is judged by the header, before
        anything is decoded. NoInkError when it shows no ink.
    """
    if len(content) > MAX_BYTES:
        raise PictureError(f"The picture is too large: {len(content) / 1e6:.0f} MB of at most {MAX_BYTES / 1e6:.0f}.")
    if not content:
        raise PictureError("The picture file is empty.")
    header = read_header(content)
    _require_size(header.width, header.height, header.pixel_bytes)
    require_whole(content, header)
    stored = _decode(content, header)
    gray = _turn_upright(_to_gray(stored), header.orientation)
    size = (header.width, header.height) if header.orientation < 5 else (header.height, header.width)
    return _find_digit(gray, size, is_lossy=header.is_lossy)


def picture_from_array(pixels: npt.NDArray[np.uint8]) -> Picture:
    """Find the digit in pixels that are in memory already: the clipboard.

    Parameters
    ----------
    pixels
        uint8 `(h, w)` grey, `(h, w, 3)` RGB, or `(h, w, 4)` RGBA with straight alpha.

    Raises
    ------
    PictureError
        When the picture is empty or too large; NoInkError when it shows no ink.
    """
    height, width = pixels.shape[:2]
    if height < 1 or width < 1:
        raise PictureError("The picture is empty.")
    _require_size(width, height)
    if pixels.ndim == 3:
        swap = cv2.COLOR_RGB2BGR if pixels.shape[2] == 3 else cv2.COLOR_RGBA2BGRA
        pixels = np.asarray(cv2.cvtColor(pixels, swap), np.uint8)
    return _find_digit(_to_gray(pixels), (width, height), is_lossy=False)


def write_picture_png(ink: GrayImage) -> bytes:
    """Write found ink, uint8 `(h, w)` bright on 0, as a grey PNG, black on white."""
    done, content = cv2.imencode(".png", 255 - ink)
    if not done:
        raise RuntimeError("OpenCV cannot write PNG")
    return content.tobytes()


def _require_size(width: int, height: int, pixel_bytes: int = 1) -> None:
    needed = width * height * pixel_bytes
    if width * height > MAX_PIXELS:
        limit = f"{MAX_PIXELS // 1_000_000} million"
        raise PictureError(f"The picture is too large: {width:,} × {height:,} pixels of at most {limit} in all.")
    if needed > MAX_DECODED_BYTES:
        limit = f"{MAX_DECODED_BYTES / 1e6:.0f}"
        raise PictureError(f"The picture is too large: its pixels need {needed / 1e6:.0f} MB of at most {limit}.")


def _find_digit(gray: GrayImage, size: tuple[int, int], *, is_lossy: bool) -> Picture:
    shrunk = shrink(gray, SEARCHED_SIDE)
    found = find_ink(shrunk, is_lossy=is_lossy)
    if found is None:
        raise NoInkError(_NO_INK)
    scale_x, scale_y = size[0] / shrunk.shape[1], size[1] / shrunk.shape[0]
    left, top, right, bottom = found.box
    return Picture(shrunk, found.ink, (left * scale_x, top * scale_y, right * scale_x, bottom * scale_y), size)


def _decode(content: bytes, header: PictureHeader) -> npt.NDArray[np.generic]:
    """The stored pixels: grey where there can be no transparency, everything there is otherwise."""
    reduction = 1
    if header.kind == "jpeg":
        if content.count(b"\xff\xda") > _MAX_SCANS:
            raise PictureError(_DAMAGED)
        reduction = _jpeg_reduction(max(header.width, header.height))
        flags = _JPEG_FLAGS[reduction] | cv2.IMREAD_IGNORE_ORIENTATION
    elif header.may_have_alpha or header.kind == "tiff":
        flags = cv2.IMREAD_UNCHANGED
    else:
        flags = cv2.IMREAD_GRAYSCALE | cv2.IMREAD_IGNORE_ORIENTATION
    try:
        with quiet_native_stderr():
            decoded = cv2.imdecode(np.frombuffer(content, np.uint8), flags)
    except cv2.error as error:
        raise PictureError(_DAMAGED) from error
    expected = -(-header.height // reduction), -(-header.width // reduction)
    if decoded is None or decoded.shape[:2] != expected:  # another size than was judged: the header lied
        raise PictureError(_DAMAGED)
    return np.asarray(decoded)


def _jpeg_reduction(longer: int) -> int:
    """JPEG can be decoded at a half, a quarter or an eighth of its size, in a fraction of the time."""
    return next((reduction for reduction in (8, 4, 2) if longer >= reduction * SEARCHED_SIDE), 1)


def _to_gray(pixels: npt.NDArray[np.generic]) -> GrayImage:
    """Grey uint8 from what a decoder gives: 1, 3 or 4 channels in OpenCV's order, of any number type."""
    whole = _to_bytes(pixels)
    if whole.ndim == 2:
        return whole
    if whole.shape[2] == 2:
        return _composite(whole[:, :, 0], whole[:, :, 1])
    if whole.shape[2] < 3:
        return np.ascontiguousarray(whole[:, :, 0])
    gray = np.asarray(cv2.cvtColor(np.ascontiguousarray(whole[:, :, :3]), cv2.COLOR_BGR2GRAY), np.uint8)
    return _composite(gray, whole[:, :, 3]) if whole.shape[2] == 4 else gray


def _to_bytes(pixels: npt.NDArray[np.generic]) -> GrayImage:
    if pixels.dtype == np.uint8:
        return pixels.astype(np.uint8, copy=False)
    if pixels.dtype == np.uint16:
        levels = np.empty(pixels.shape, np.uint8)
        np.right_shift(pixels.astype(np.uint16, copy=False), 8, out=levels, casting="unsafe")  # without another copy
        return levels
    return _stretch(pixels)


def _stretch(pixels: npt.NDArray[np.generic]) -> GrayImage:
    """Numbers of any range as levels from 0, the lowest of them, to 255, the highest."""
    low, high = np.inf, -np.inf
    for rows in _row_blocks(pixels):
        numbers = _finite(pixels[rows])
        low, high = min(low, float(numbers.min())), max(high, float(numbers.max()))
    levels = np.empty(pixels.shape, np.uint8)
    for rows in _row_blocks(pixels):
        levels[rows] = (_finite(pixels[rows]) - low) * (255.0 / max(high - low, 1e-6))
    return levels


def _finite(numbers: npt.NDArray[np.generic]) -> npt.NDArray[np.float64]:
    known = np.nan_to_num(numbers.astype(np.float64), nan=0.0, posinf=0.0, neginf=0.0)
    return np.clip(known, -_LARGEST_NUMBER, _LARGEST_NUMBER)


def _row_blocks(image: npt.NDArray[np.generic]) -> Iterator[slice]:
    """Some rows at a time, for what takes many times the memory of the picture itself."""
    return (slice(start, start + _ROWS_AT_ONCE) for start in range(0, len(image), _ROWS_AT_ONCE))


def _composite(gray: GrayImage, alpha: GrayImage) -> GrayImage:
    """Put a partly transparent picture on the ground that shows its ink.

    When everything visible is of one tone, that is the ink, and the ground is its opposite. When the visible part is a
    sheet with ink on it, the ground takes the tone of the sheet.
    """
    visible = gray[alpha > 127]
    if visible.size == 0 or alpha.min() == 255:  # some programs store a meaningless alpha of 0
        return np.ascontiguousarray(gray)
    low, middle, high = np.percentile(visible, (_LEAST_INK, 50, 100 - _LEAST_INK))
    is_sheet = visible.size > 0.5 * gray.size and high - low > _LIGHT_SPREAD
    ground = middle if is_sheet else 255.0 if visible.mean() < 128 else 0.0
    composed = np.empty_like(gray)
    for rows in _row_blocks(gray):
        share = alpha[rows].astype(np.float32) / 255
        composed[rows] = np.rint(gray[rows] * share + np.float32(ground) * (1 - share))
    return composed


def _turn_upright(gray: GrayImage, orientation: int) -> GrayImage:
    """Undo what Exif says the camera did. Source: Exif 2.3, tag 274."""
    if orientation >= 5:
        gray = gray.T
    turned = {
        2: gray[:, ::-1], 3: gray[::-1, ::-1], 4: gray[::-1],
        6: gray[:, ::-1], 7: gray[::-1, ::-1], 8: gray[::-1],
    }.get(orientation, gray)  # fmt: skip
    return np.ascontiguousarray(turned)
