"""The round eraser: it removes whole strokes, and the pixels of a picture.

Once few parts are left of a picture that was refused, somebody has chosen what is to be read, and it is not refused.
"""

from dataclasses import replace

import cv2
import numpy as np
import numpy.typing as npt

from core.ink.arrays import Points
from core.ink.drawing import DEFAULT_PEN_WIDTH, Stroke
from core.ink.rendering import pen_widths
from core.pad.content import PAD_SIDE, PICTURE_SIDE, Content, PictureInk
from core.pad.ink_parts import has_few_parts

Point = tuple[float, float]

_FAINTEST = 24
"""Of 255: a picture without a pixel this bright cannot be seen any more."""
_SUBPIXEL_BITS = 4


def erase(content: Content, start: Point, end: Point, radius: float) -> Content:
    """`content` without everything that the eraser touches on its straight path from `start` to `end`, in pad units.

    Returns
    -------
    The same object when it touches nothing; a drawing when nothing is left of a picture.
    """
    way = np.array([start, end], np.float64)
    kept = tuple(stroke for stroke in content.strokes if not _touches(stroke, way, radius))
    rest = content if len(kept) == len(content.strokes) else replace(content, strokes=kept)
    return _erase_pixels(rest, way, radius) if isinstance(rest, PictureInk) else rest


def _erase_pixels(picture: PictureInk, way: Points, radius: float) -> Content:
    if not (_wiped(picture, way, radius) & (picture.ink > 0)).any():
        return picture
    fine = _in_fine_pixels(picture)
    ink = np.where(_wiped(fine, way, radius), np.uint8(0), fine.ink)
    if ink.max() < _FAINTEST:
        return fine.drawing()
    refused_by = "" if picture.refused_by and has_few_parts(ink) else picture.refused_by
    return replace(fine, ink=ink, refused_by=refused_by)


def _wiped(picture: PictureInk, way: Points, radius: float) -> npt.NDArray[np.bool_]:
    """The pixels that the eraser passes over, `(h, w)` as `picture.ink`."""
    left, top, unit = picture.place
    centres = (way - (left, top)) / unit - 0.5  # OpenCV's pixel centres are at whole numbers
    (x0, y0), (x1, y1) = np.rint(centres * (1 << _SUBPIXEL_BITS)).astype(int).tolist()
    mask = np.zeros(picture.ink.shape, np.uint8)
    cv2.line(mask, (x0, y0), (x1, y1), 1, max(1, round(2 * radius / unit)), cv2.LINE_8, _SUBPIXEL_BITS)
    return mask > 0


def _in_fine_pixels(picture: PictureInk) -> PictureInk:
    """`picture` in pixels small enough for the eraser to leave a round edge."""
    height, width = picture.ink.shape
    factor = PICTURE_SIDE / max(height, width)
    if factor <= 1:
        return picture
    size = max(1, round(width * factor)), max(1, round(height * factor))
    left, top, unit = picture.place
    ink = np.asarray(cv2.resize(picture.ink, size, interpolation=cv2.INTER_LINEAR), np.uint8)
    return replace(picture, ink=ink, place=(left, top, unit * max(height, width) / max(size)))


def _touches(stroke: Stroke, way: Points, radius: float) -> bool:
    """Whether the eraser touches the line of `stroke`, in its width on the pad."""
    points = stroke.points.astype(np.float64)
    width = DEFAULT_PEN_WIDTH if stroke.width is None else stroke.width
    reaches = radius + pen_widths(stroke, width) * PAD_SIDE / 2
    low, high = way.min(axis=0) - reaches.max(), way.max(axis=0) + reaches.max()
    if (points.max(axis=0) < low).any() or (points.min(axis=0) > high).any():
        return False
    if len(points) == 1:
        points, reaches = np.repeat(points, 2, axis=0), np.repeat(reaches, 2)
    return bool((_distances(points, way) <= np.maximum(reaches[1:], reaches[:-1])).any())


def _distances(points: Points, way: Points) -> npt.NDArray[np.float64]:
    """Distance of each segment between two of n `points` from the segment `way`, `(n - 1,)`."""
    starts, ends = points[:-1], points[1:]
    of_ends = _from_segment(points, way[:1], way[1:])
    nearest = np.minimum(of_ends[:-1], of_ends[1:])
    for end in way:
        nearest = np.minimum(nearest, _from_segment(end[np.newaxis], starts, ends))
    return np.where(_cross(starts, ends, way), 0.0, nearest)


def _from_segment(points: Points, starts: Points, ends: Points) -> npt.NDArray[np.float64]:
    """Distance of each point from its segment; a single point or segment is used for all."""
    along = ends - starts
    lengths = np.maximum((along**2).sum(axis=1), 1e-12)
    share = np.clip(((points - starts) * along).sum(axis=1) / lengths, 0, 1)
    return np.asarray(np.hypot(*(starts + share[:, np.newaxis] * along - points).T))


def _cross(starts: Points, ends: Points, way: Points) -> npt.NDArray[np.bool_]:
    """Which segments the way crosses: the ends of each lie on either side of the other."""

    def side(line: Points, direction: Points, points: Points) -> npt.NDArray[np.float64]:
        offset = points - line
        return np.asarray(direction[:, 0] * offset[:, 1] - direction[:, 1] * offset[:, 0])

    along, across = ends - starts, way[1:] - way[:1]
    parts_way = side(starts, along, way[:1]) * side(starts, along, way[1:]) < 0
    parts_segment = side(way[:1], across, starts) * side(way[:1], across, ends) < 0
    return parts_way & parts_segment
