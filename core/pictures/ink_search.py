"""Find the digit on evened-out paper: threshold, choose the connected parts that belong to it, cut it out."""

import math
from dataclasses import dataclass

import cv2
import numpy as np

from core.ink.arrays import GrayImage
from core.pictures.panels import without_frame
from core.pictures.paper import EvenInk, FloatImage, even_out, even_out_shaded
from core.pictures.parts import choose_parts
from core.pictures.ruled_lines import remove_ruled_lines
from core.pictures.sharp_edges import Mask, find_edges

LEAST_CONTRAST = 12.0  # of 255: fainter marks are stains
NOISE_FACTOR = 6.0
_SMOOTHED_NOISE = 2.0  # stronger noise is smoothed before looking for ink
_WEAK_SHARE = 0.15  # of the strong level: fading ink, when it is connected to strong ink
_WEAK_REACH = 0.006  # of the longer side
_RESIDUE = 0.2 * 255  # fainter than this, with strokes at white: ends of printed lines, and the outermost rims
_RIPPLES = 16.0  # of 255: artefacts around ink from JPEG, and from enlarging with a sharpening filter
ANY = 0.5  # on a perfect sheet every difference is ink
_SHARP_RIM = 8.0
_SURE_SHARPNESS = 0.9  # nearly all strokes have a larger share of sharp edges; parts of a shadow have a smaller one
_CLEARLY_SHARPER = 0.1
_SHARP_ENOUGH = 0.8  # with less, also in the second search, the whole picture is blurred
NARROW_WINDOW = 0.1  # of the longer side: wider than nearly all strokes, narrow enough to remove tips of shadows
_SMALL_DIGIT = 28
_RIM = 0.75 / 20  # of the digit's size: three quarters of a pixel of MNIST
_EDGE_LEVEL = 0.6
_SPECK_SHARE = 0.02  # of the digit's ink: marks with less are dirt
_THINNEST = 0.045  # of the digit's size: nearly all of MNIST's strokes are wider
_READABLE = 0.12  # thinner ones are misread: a flagged 1 as a 7, letters as digits
_FINE_SIDE = 80  # smaller digits are enlarged before they are widened
_WIDENED = 0.135  # as drawings have it
_THICKEST, _NARROWED = 0.18, 0.15  # thicker ones close the digit's holes when they are blurred to 20 pixels
_LARGEST_CUT = 400  # pixels
_BLOB = 0.36  # of the digit's size: wider ink is no stroke
_MARGIN = 0.2


@dataclass(frozen=True, slots=True, eq=False)
class FoundInk:
    """A digit found in a picture.

    Attributes
    ----------
    ink
        uint8 `(s, s)`: the digit with a margin, bright ink on 0.
    box
        `(left, top, right, bottom)` of its ink, in pixels of the searched picture.
    scale
        How many pixels of `ink` there are for one of the searched picture.
    """

    ink: GrayImage
    box: tuple[int, int, int, int]
    scale: float = 1.0


def find_ink(gray: GrayImage, *, is_lossy: bool = False) -> FoundInk | None:
    """Find the digit in `gray`, uint8 `(h, w)`; None when there is only paper.

    Grey ink stays grey. On a perfect sheet (drawn by a program, stored without loss) the ink is returned unchanged; on
    paper it is stretched so that the middle of a stroke is white. Very thin strokes are widened.

    `is_lossy` says that compression may have left ripples around the ink, as JPEG's does.
    """
    even = even_out(without_frame(gray))
    ink, sharpness = _search(even, is_lossy=is_lossy)
    if even.shaded is not None and sharpness < _SURE_SHARPNESS:
        other, sharper = _search(even_out_shaded(even.shaded, NARROW_WINDOW), is_lossy=is_lossy)
        ink = other if sharper > max(sharpness + _CLEARLY_SHARPER, _SHARP_ENOUGH) else ink
    if ink is None:
        return None
    return _cut(ink, 0.0 if max(_bounds(ink)[2:]) <= _SMALL_DIGIT else _THINNEST)


def cut_digit(ink: FloatImage) -> FoundInk:
    """Cut a digit out of `ink`, float32 `(h, w)` with nothing else in it: without blur, in strokes that can be read.

    More is widened than by `find_ink`, which also reads digits to learn from, as they are; very thick strokes are
    narrowed, and a large digit is shrunk.
    """
    is_small = max(_bounds(ink)[2:]) <= _SMALL_DIGIT
    return _cut(ink, _READABLE) if is_small else _cut(ink, _READABLE, _THICKEST, _LARGEST_CUT)


def _cut(ink: FloatImage, thinnest: float, thickest: float = 1.0, largest: float = math.inf) -> FoundInk:
    """Cut a digit out; strokes thinner or thicker than these shares of its size are widened or narrowed.

    What is longer than `largest` is shrunk to that size.
    """
    ink = _trim_blur(ink)
    left, top, width, height = _bounds(ink)
    box = np.ascontiguousarray(ink[top : top + height, left : left + width])
    scale = min(1.0, largest / max(width, height))
    if scale < 1:
        size = max(1, round(width * scale)), max(1, round(height * scale))
        box = np.asarray(cv2.resize(box, size, interpolation=cv2.INTER_AREA), np.float32)
    readable, enlarged = _of_readable_width(box, thinnest, thickest)
    return FoundInk(_cut_out(readable), (left, top, left + width, top + height), scale * enlarged)


def _search(even: EvenInk, *, is_lossy: bool) -> tuple[FloatImage | None, float]:
    """The digit's ink on evened-out paper, None when there is none, and the share of its edges that are sharp."""
    floor = max(LEAST_CONTRAST, NOISE_FACTOR * even.noise)
    darkness = remove_ruled_lines(smoothed(even), floor)
    strong = strong_level(darkness, floor)
    if strong is None:
        return None, 0.0
    ink = _clean_ink(darkness, strong) if even.noise == 0 and not is_lossy else None
    return (ink, 1.0) if ink is not None else _rough_ink(darkness, strong, even)


def smoothed(even: EvenInk) -> FloatImage:
    """The darkness of ink, without strong noise."""
    if even.noise <= _SMOOTHED_NOISE:
        return even.darkness
    return np.asarray(cv2.GaussianBlur(even.darkness, (0, 0), 1.0), np.float32)


def strong_level(darkness: FloatImage, floor: float) -> float | None:
    """Otsu's threshold among the pixels darker than `floor`; None when there are hardly any."""
    candidates = darkness[darkness > floor]
    if candidates.size < 4:
        return None
    levels = np.clip(candidates, 0, 255).astype(np.uint8).reshape(1, -1)
    split, _ = cv2.threshold(levels, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    return max(float(split), floor)


def _clean_ink(darkness: FloatImage, strong: float) -> FloatImage | None:
    """All ink, including its faintest rim, unchanged; None when the rim shows blur or compression."""
    chosen = choose_parts(darkness > ANY, darkness, strong, least_peak=ANY, least_share=0.0)
    if chosen is None:
        return None
    ink = np.where(chosen, darkness, np.float32(0))
    return None if is_rim_blurred(ink) else ink


def _rough_ink(darkness: FloatImage, strong: float, even: EvenInk) -> tuple[FloatImage | None, float]:
    """Strong ink and the weaker ink connected to it, stretched to full brightness, and the sharpness of its edges.

    Weak ink keeps a fading stroke in one part while parts are chosen; on real paper the faintest of it is dropped.
    """
    reach = round(_WEAK_REACH * max(darkness.shape)) + 1
    window = np.ones((2 * reach + 1, 2 * reach + 1), np.uint8)
    near = cv2.dilate((darkness >= strong).astype(np.uint8), window) > 0
    mask = near & (darkness > max(3 * even.noise, _WEAK_SHARE * strong, _RIPPLES))
    edges = None if even.shaded is None else find_edges(even.shaded, darkness, strong)
    chosen = choose_parts(mask, darkness, strong, least_peak=strong, least_share=_SPECK_SHARE, edges=edges)
    if chosen is None:
        return None, 0.0
    sharpness = 1.0 if edges is None else float(edges.sharpness(chosen.astype(np.uint8), 2)[1])
    return stretched(np.where(chosen, darkness, np.float32(0)), strong, even.noise), sharpness


def stretched(ink: FloatImage, strong: float, noise: float) -> FloatImage:
    """`ink` with the middle of its strokes at white; on paper with `noise`, without its faintest rims."""
    bright = np.asarray(ink * (255.0 / np.median(ink[ink >= strong])), np.float32)
    return np.where(bright < _RESIDUE, np.float32(0), bright) if noise > 0 else bright


def is_rim_blurred(ink: FloatImage) -> bool:
    """Whether the ink ends in a wide faint slope, as in enlarged or compressed pictures. False for small digits."""
    left, top, width, height = _bounds(ink)
    if max(width, height) <= _SMALL_DIGIT:
        return False
    box = ink[top : top + height, left : left + width]
    mask = np.pad((box > 0).astype(np.uint8), 1)
    rim = (mask - cv2.erode(mask, np.ones((3, 3), np.uint8)))[1:-1, 1:-1] > 0
    return float(np.median(box[rim])) < _SHARP_RIM


def _trim_blur(ink: FloatImage) -> FloatImage:
    """Remove the outermost blur, which would make the digit seem larger than it is.

    On each side, the edge is where the ink reaches most of its strength a little further in. A sharp edge, and the
    faint but sharp rim of a digit from MNIST, stay unchanged.
    """
    left, top, width, height = _bounds(ink)
    reach = int(_RIM * max(width, height))
    box = ink[top : top + height, left : left + width]
    across, down = box.max(axis=0), box.max(axis=1)
    inner = (
        slice(top + _edge(down, reach), top + height - _edge(down[::-1], reach)),
        slice(left + _edge(across, reach), left + width - _edge(across[::-1], reach)),
    )
    trimmed = np.zeros_like(ink)
    trimmed[inner] = ink[inner]
    return trimmed


def _of_readable_width(box: FloatImage, thinnest: float, thickest: float) -> tuple[FloatImage, int]:
    """The ink in `box` with strokes thinner than `thinnest`, which would fade, widened, and very thick ones narrowed.

    Then it is enlarged, and by how much is told, too.
    """
    enlarged = max(1, math.ceil(_FINE_SIDE / max(box.shape)))
    fine = np.asarray(cv2.resize(box, None, fx=enlarged, fy=enlarged, interpolation=cv2.INTER_LINEAR), np.float32)
    longer = max(fine.shape)
    width = stroke_width(fine)
    missing = round((_WIDENED * longer - width) / 2)
    if width < thinnest * longer and missing > 0:
        return np.asarray(cv2.dilate(np.pad(fine, missing), _brush(missing)), np.float32), enlarged
    if thickest * longer < width < _BLOB * longer:
        surplus = max(1, round((width - _NARROWED * longer) / 2))
        return np.asarray(cv2.erode(np.pad(fine, 1), _brush(surplus)), np.float32), enlarged
    return box, 1


def stroke_width(ink: FloatImage | GrayImage | Mask) -> float:
    """The mean width of strokes in `ink`, `(h, w)` and not blank, in pixels."""
    inside = np.pad((ink > 0.5 * ink.max()).astype(np.uint8), 1)
    distances = cv2.distanceTransform(inside, cv2.DIST_L2, 3)[inside > 0]
    return 4 * (float(distances.mean()) - 0.5)


def _brush(reach: int) -> GrayImage:
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1)), np.uint8)


def _edge(profile: FloatImage, reach: int) -> int:
    """Index at which `profile`, the strongest ink at each distance from the side of the box, has mostly risen."""
    return int((profile >= _EDGE_LEVEL * profile[: reach + 1].max()).argmax())


def _bounds(ink: FloatImage) -> tuple[int, int, int, int]:
    """Bounding box of the ink as `(left, top, width, height)`."""
    left, top, width, height = cv2.boundingRect((ink > 0).astype(np.uint8))
    return left, top, width, height


def _cut_out(ink: FloatImage) -> GrayImage:
    """Cut out a square with a margin around the ink, beyond the picture's edges if necessary."""
    left, top, width, height = _bounds(ink)
    longer = max(width, height)
    side = longer + 2 * max(1, round(_MARGIN * longer))
    square = np.zeros((side, side), np.uint8)
    x, y = (side - width) // 2, (side - height) // 2
    box = ink[top : top + height, left : left + width]
    square[y : y + height, x : x + width] = np.clip(np.rint(box), 0, 255).astype(np.uint8)
    return square
