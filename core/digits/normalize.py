"""Normalise a drawing or a picture of a digit as MNIST did, to the 28x28 image that the network takes.

The recipe, checked against all 60,000 training images of MNIST:

1. take the bounding box of the ink and make it square around the digit;
2. average it down to 20x20 pixels, aspect ratio kept, so that the longer side of the ink is 20 pixels;
3. stretch the brightness so that the brightest pixel is 255;
4. paste it into 28x28 with a whole-pixel shift that puts the centre of mass at index 14.0 +- 0.5.

A drawing is redrawn from its points at MNIST's stroke width before step 1, so the pen width and the size of the pad do
not matter. A picture has no points: its stroke width is measured and reported.

Sources: LeCun, Cortes and Burges, "The MNIST database of handwritten digits"; Yadav and Bottou, "Cold Case: The Lost
MNIST Digits" (2019).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from core.digits.arrays import SIDE, Image, Images
from core.ink.arrays import Points
from core.ink.drawing import Drawing

RECIPE_VERSION = 1
"""Changes whenever the same ink gives different pixels; a model only accepts the version it was trained with."""

TILE_SIDE = 20
MASS_CENTRE = 14.5  # index 14.0, plus 0.5 to make floor() round

MNIST_STROKE_RANGE = (2.0, 4.4)
"""5 % and 95 % of MNIST's stroke widths, in pixels of the 28x28 image."""

_OVERSAMPLING = 8
_RASTER_SIDE = TILE_SIDE * _OVERSAMPLING
_LINE_THICKNESS = 20
_RASTER_STROKE = _LINE_THICKNESS + 1.5
"""OpenCV's anti-aliased lines are 1.5 pixels wider than asked for (measured).

21.5 of 160 is 2.7 pixels of 28, or 13.4 % of the longer side of the digit, which is typical of MNIST."""
_SUBPIXEL_BITS = 4
_LEAST_SHARE_OF_PLACE = 1e-9
"""Smallest box as a share of its coordinates: anything smaller would vanish in their rounding."""
_MIN_POINT_DISTANCE = 0.5  # of a raster pixel: closer points only take time

SMALLEST_MARK = 0.05
"""A drawing smaller than this share of the pad is not enlarged any further: a dot stays a dot."""
SMALLEST_PICTURE_SIDE = 10
"""The same for pictures, in pixels."""


@dataclass(frozen=True, slots=True, eq=False)
class NormalizedDigit:
    """The network's input, with the stages of normalisation.

    Attributes
    ----------
    image
        uint8 `(28, 28)`, bright ink on 0: the network's input.
    tile
        uint8 `(20, 20)`: stage 3, before it is centred.
    ink
        uint8 `(s, s)`: stage 1, the square around the ink; s = 160 for drawings.
    box
        `(left, top, side)` of that square in the units of the drawing or the pixels of the picture.
    shift
        Whole pixels `(right, down)` by which centring on the mass moved the digit away from the middle of the image.
    stroke_width
        Width of the strokes in pixels of `image`.
    drawn_width
        Mean width, in pixels of `image`, of the line as shown on the pad; None when it is not known.
    """

    image: Image
    tile: Image
    ink: Image
    box: tuple[float, float, float]
    shift: tuple[int, int]
    stroke_width: float
    drawn_width: float | None = None


def normalize_drawing(drawing: Drawing) -> NormalizedDigit | None:
    """Normalise digital ink.

    Moving or scaling the drawing, or changing its pen width, only changes rounding.

    Returns
    -------
    The normalised digit, or None when the drawing is blank.
    """
    if drawing.is_blank:
        return None
    box = _square_around(drawing)
    ink = _ink_strokes(drawing, box)
    tile, image, shift = _finish(cv2.resize(ink, (TILE_SIDE, TILE_SIDE), interpolation=cv2.INTER_AREA))
    drawn_width = None
    if drawing.pad_side is not None:
        drawn_width = _mean_width(drawing) * drawing.pad_side / box[2] * TILE_SIDE
    return NormalizedDigit(image, tile, ink, box, shift, _RASTER_STROKE / _OVERSAMPLING, drawn_width)


def normalize_ink_image(ink: npt.NDArray[np.uint8 | np.float32]) -> NormalizedDigit | None:
    """Normalise ink found in a picture.

    Parameters
    ----------
    ink
        `(h, w)` in [0, 255]: bright ink on 0.

    Returns
    -------
    The normalised digit, or None when there is no ink.
    """
    pixels = (
        np.clip(np.rint(ink), 0, 255).astype(np.uint8) if ink.dtype != np.uint8 else ink.astype(np.uint8, copy=False)
    )
    found = _cut_square(pixels)
    if found is None:
        return None
    square, box = found
    tile, image, shift = _finish(_resize_to_tile(square))
    return NormalizedDigit(image, tile, square, box, shift, measure_stroke_width(image))


def normalize_ink_images(inks: Sequence[Image]) -> Images:
    """Only the images of `normalize_ink_image`, for many uint8 `(h, w)`, in a fraction of the time: for training.

    Returns
    -------
    uint8 `(n, 28, 28)`; blank for those without ink.
    """
    tiles = np.zeros((len(inks), TILE_SIDE, TILE_SIDE), np.uint8)
    for tile, ink in zip(tiles, inks, strict=True):
        if found := _cut_square(ink):
            tile[:] = _resize_to_tile(found[0])
    return _paste_by_mass(_stretch(tiles))[0]


def measure_stroke_width(image: Image) -> float:
    """Mean stroke width of `image` (uint8 `(h, w)`, bright ink on 0) in pixels; 0.0 without ink.

    In a band of width w the mean distance to the nearest edge is w/4.
    """
    scale = 4
    enlarged = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_LINEAR)
    ink = cv2.copyMakeBorder((enlarged > 127).astype(np.uint8), 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0)
    distances = cv2.distanceTransform(ink, cv2.DIST_L2, 5)
    inside = distances[ink > 0]
    if inside.size == 0:
        return 0.0
    # distances are to the centres of pixels outside: each is half a pixel too long
    return float(4 * (inside.mean() - 0.5) / scale)


def _cut_square(pixels: Image) -> tuple[Image, tuple[float, float, float]] | None:
    """The smallest square around the ink in `pixels`, and its place `(left, top, side)`; None without ink."""
    left, top, width, height = cv2.boundingRect(pixels)
    if width == 0:
        return None
    side = max(width, height, SMALLEST_PICTURE_SIDE)
    before_x, before_y = _margin(side, width), _margin(side, height)
    square = np.zeros((side, side), np.uint8)
    square[before_y : before_y + height, before_x : before_x + width] = pixels[top : top + height, left : left + width]
    return square, (float(left - before_x), float(top - before_y), float(side))


def _margin(side: int, length: int) -> int:
    """Empty pixels before `length` pixels of ink that are centred in `side`, in whole pixels of the tile.

    This way a digit that was normalised and then enlarged is normalised to itself, without a shift of half a pixel.
    """
    pixel = side / TILE_SIDE
    return round((side - length) / 2 // pixel * pixel)


def _square_around(drawing: Drawing) -> tuple[float, float, float]:
    """The square `(left, top, side)` that the redrawn strokes fill exactly."""
    left, top, right, bottom = drawing.bounds()
    between_points = 1 - _RASTER_STROKE / _RASTER_SIDE  # half a stroke sticks out at either end
    side = max(right - left, bottom - top) / between_points
    side = max(side, SMALLEST_MARK * drawing.pad_side if drawing.pad_side else 0.0)
    if side <= 0:  # one point, on a pad of unknown size
        side = 1.0
    side = max(side, _LEAST_SHARE_OF_PLACE * max(abs(left), abs(top)))
    return (left + right - side) / 2, (top + bottom - side) / 2, side


def _mean_width(drawing: Drawing) -> float:
    """Mean width of the line over all points, as a share of the pad's side."""
    total = sum(drawing.width_of(stroke) * len(stroke.points) for stroke in drawing.strokes)
    return total / sum(len(stroke.points) for stroke in drawing.strokes)


def _ink_strokes(drawing: Drawing, box: tuple[float, float, float]) -> Image:
    """Draw the strokes at MNIST's width into a raster of `box`, uint8 `(160, 160)`."""
    raster = np.zeros((_RASTER_SIDE, _RASTER_SIDE), np.uint8)
    left, top, side = box
    scale = _RASTER_SIDE / side
    origin = np.array([left, top], np.float64)
    for stroke in drawing.strokes:
        # OpenCV's pixel centres are at whole numbers; the box's edge is half a pixel before the first
        points = _thin_out((stroke.points - origin) * scale - 0.5)
        fixed = np.rint(points * (1 << _SUBPIXEL_BITS)).astype(np.int32)
        if len(fixed) == 1:
            fixed = np.repeat(fixed, 2, axis=0)
        cv2.polylines(raster, [fixed], False, 255, _LINE_THICKNESS, cv2.LINE_AA, _SUBPIXEL_BITS)
    return raster


def _thin_out(points: Points) -> Points:
    """Remove points too close to the one before to make a difference; the ends stay."""
    if len(points) < 3:
        return points
    travelled = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
    steps = np.floor(travelled / _MIN_POINT_DISTANCE)
    keep = np.concatenate([[True], np.diff(steps) > 0])
    keep[-1] = True
    kept: Points = points[keep]
    return kept


def _resize_to_tile(square: Image) -> Image:
    if square.shape[0] == TILE_SIDE:
        return square
    shrinks = square.shape[0] > TILE_SIDE
    method = cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(square, (TILE_SIDE, TILE_SIDE), interpolation=method), np.uint8)


def _finish(shrunk: npt.NDArray[np.generic]) -> tuple[Image, Image, tuple[int, int]]:
    """The tile, the image, and the shift between them, from ink shrunk to 20x20."""
    tiles = _stretch(shrunk[np.newaxis])
    images, shifts = _paste_by_mass(tiles)
    right, down = shifts[0].tolist()
    return tiles[0], images[0], (right, down)


def _stretch(tiles: npt.NDArray[np.generic]) -> Images:
    """Scale tiles `(n, 20, 20)` so that the brightest pixel of each is 255; a blank one stays blank."""
    brightest = np.maximum(tiles.max(axis=(1, 2), keepdims=True), 1)
    stretched: Images = np.rint(tiles * (255.0 / brightest).astype(np.float32)).astype(np.uint8)
    return stretched


def _paste_by_mass(tiles: Images) -> tuple[Images, npt.NDArray[np.int64]]:
    """Paste tiles `(n, 20, 20)` into 28x28 so that the centre of mass of each is in the middle.

    Returns
    -------
    The images `(n, 28, 28)`, and the shifts `(n, 2)` of the tiles from the middle, right and down.
    """
    profiles = np.stack([tiles.sum(axis=1), tiles.sum(axis=2)], axis=1).astype(np.float64)  # (n, 2, 20): across, down
    centres = profiles @ np.arange(TILE_SIDE) / np.maximum(profiles.sum(axis=2), 1)
    inked = profiles > 0
    first, after = inked.argmax(axis=2), TILE_SIDE - inked[..., ::-1].argmax(axis=2)
    # never beyond the edge: even a lopsided digit is not cut
    moves = np.clip(np.floor(MASS_CENTRE - centres).astype(np.int64), -first, SIDE - after)
    images = np.zeros((len(tiles), SIDE, SIDE), np.uint8)
    boxes = zip(first.tolist(), after.tolist(), moves.tolist(), strict=True)
    for image, tile, ((left, top), (right, bottom), (x, y)) in zip(images, tiles, boxes, strict=True):
        image[top + y : bottom + y, left + x : right + x] = tile[top:bottom, left:right]
    return images, moves - (SIDE - TILE_SIDE) // 2
