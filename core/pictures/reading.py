"""Find the digit in a picture file, or in a picture from the clipboard."""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from core.errors import NoInkError, PictureError
from core.ink.arrays import GrayImage
from core.pictures.decoding import decode, require_size
from core.pictures.headers import read_header, require_whole
from core.pictures.ink_search import find_ink
from core.pictures.scaling import shrink
from core.pictures.tones import tones
from core.wording.picture_problems import PictureProblem

MAX_BYTES = 100_000_000
SEARCHED_SIDE = 1500
"""Pictures of more pixels than a square of that side are shrunk to it.

A digit is still much larger than the 28 pixels of the network's input.
"""


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """A picture with a digit in it.

    Attributes
    ----------
    pixels
        uint8 `(h, w)`, grey and upright, as searched: at most 2.25 megapixels.
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


@dataclass(frozen=True, slots=True, eq=False)
class OpenedPicture:
    """A decoded picture in which nothing has been looked for yet.

    Attributes
    ----------
    tones
        uint8 `(h, w)` each: the upright picture in grey, the tone in which ink shows best first; at most 2.25
        megapixels.
    size
        `(width, height)` of the upright picture in original pixels.
    is_lossy
        Whether its compression may have changed pixels.
    """

    tones: tuple[GrayImage, ...]
    size: tuple[int, int]
    is_lossy: bool

    def in_original(self, box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        """`box`, `(left, top, right, bottom)` in pixels of the tones, in original pixels."""
        height, width = self.tones[0].shape
        scale_x, scale_y = self.size[0] / width, self.size[1] / height
        return box[0] * scale_x, box[1] * scale_y, box[2] * scale_x, box[3] * scale_y


def read_picture(content: bytes) -> Picture:
    """Read a picture file and find the digit in it, as `open_picture` and `find_digit` do."""
    return find_digit(open_picture(content))


def open_picture(content: bytes) -> OpenedPicture:
    """Read a picture file of any kind in `core.pictures.headers`.

    The Exif orientation is applied. Transparent parts get a tone that makes the ink visible.

    Raises
    ------
    PictureError
        When the file is not a picture, or is damaged, cut off or too large. The size is checked in the header, before
        anything is decoded.
    """
    if len(content) > MAX_BYTES:
        raise PictureError(PictureProblem.FILE_TOO_LARGE, size=len(content) / 1e6, limit=MAX_BYTES / 1e6)
    if not content:
        raise PictureError(PictureProblem.EMPTY_FILE)
    header = read_header(content)
    require_size(header.width, header.height, header.pixel_bytes)
    require_whole(content, header)
    searched = _searched_side(header.width, header.height)
    stored = decode(content, header, searched)
    size = (header.width, header.height) if header.orientation < 5 else (header.height, header.width)
    upright = (_turn_upright(shrink(tone, searched), header.orientation) for tone in tones(stored))
    return OpenedPicture(tuple(upright), size, header.is_lossy)


def picture_from_array(pixels: npt.NDArray[np.uint8]) -> Picture:
    """Find the digit in decoded pixels, as `open_array` and `find_digit` do."""
    return find_digit(open_array(pixels))


def open_array(pixels: npt.NDArray[np.uint8]) -> OpenedPicture:
    """A picture of decoded pixels, as from the clipboard.

    Parameters
    ----------
    pixels
        uint8 `(h, w)` grey, `(h, w, 3)` RGB, or `(h, w, 4)` RGBA with straight alpha.

    Raises
    ------
    PictureError
        When the picture is empty or too large.
    """
    height, width = pixels.shape[:2]
    if height < 1 or width < 1:
        raise PictureError(PictureProblem.EMPTY)
    require_size(width, height)
    if pixels.ndim == 3:
        swap = cv2.COLOR_RGB2BGR if pixels.shape[2] == 3 else cv2.COLOR_RGBA2BGRA
        pixels = np.asarray(cv2.cvtColor(pixels, swap), np.uint8)
    searched = _searched_side(width, height)
    return OpenedPicture(tuple(shrink(tone, searched) for tone in tones(pixels)), (width, height), is_lossy=False)


def write_picture_png(ink: GrayImage) -> bytes:
    """Write found ink, uint8 `(h, w)` bright on 0, as a grey PNG, black on white."""
    done, content = cv2.imencode(".png", 255 - ink)
    if not done:
        raise RuntimeError("OpenCV cannot write PNG")
    return content.tobytes()


def find_digit(opened: OpenedPicture) -> Picture:
    """The digit in the first tone in which there is ink, found by the look of the ink alone.

    Dark ink on light and light ink on dark are both found.

    Raises
    ------
    NoInkError
        When there is no ink.
    """
    for gray in opened.tones:
        found = find_ink(gray, is_lossy=opened.is_lossy)
        if found is not None:
            return Picture(gray, found.ink, opened.in_original(found.box), opened.size)
    raise NoInkError(PictureProblem.NO_INK)


def _searched_side(width: int, height: int) -> int:
    """The longer side of a picture of that size when digits are looked for in it."""
    return SEARCHED_SIDE if width * height > SEARCHED_SIDE**2 else max(width, height)


def _turn_upright(gray: GrayImage, orientation: int) -> GrayImage:
    """Apply the Exif orientation. Source: Exif 2.3, tag 274."""
    if orientation >= 5:
        gray = gray.T
    turned = {
        2: gray[:, ::-1], 3: gray[::-1, ::-1], 4: gray[::-1],
        6: gray[:, ::-1], 7: gray[::-1, ::-1], 8: gray[::-1],
    }.get(orientation, gray)  # fmt: skip
    return np.ascontiguousarray(turned)
