"""The digits of the map on a plane, and which of them are in view: geometry and pixels, without a window."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage

from core.digits.arrays import CLASSES, SIDE, Images, Labels
from core.explaining.neighbours import NeighbourIndex
from core.ink.arrays import FloatArray
from gui.pad.page_zoom import PageZoom

WIDTH = 1000.0
"""Of the map, in units of its own."""
_AROUND = 0.06
_LEAST_SHARE = 0.35
"""Of its width that the map is high at least, however the digits lie."""


@dataclass(frozen=True, slots=True, eq=False)
class MapPoints:
    """Training digits on a map.

    Attributes
    ----------
    points
        float32 `(n, 2)`: across and down, in units of the map.
    labels, images
        uint8 `(n,)` and `(n, 28, 28)`.
    height
        Of the map; its width is 1,000.
    origin, unit
        Where places of the index begin, and how many units one of theirs is.
    """

    points: FloatArray
    labels: Labels
    images: Images
    height: float
    origin: FloatArray
    unit: float

    def point_of(self, place: tuple[float, float]) -> tuple[float, float]:
        """Where a place of the index is on the map; one beyond its edge is at the edge."""
        x, y = ((np.array(place, np.float32) - self.origin) * self.unit).tolist()
        return min(max(x, 0.0), WIDTH), min(max(y, 0.0), self.height)

    def in_view(self, zoom: PageZoom, around: float = 0.0) -> npt.NDArray[np.int64]:
        """The digits whose middles are in the view, or at most so many pixels beside it."""
        x, y = self.on_screen(zoom).T
        inside = (x >= -around) & (x <= zoom.room_width + around) & (y >= -around) & (y <= zoom.room_height + around)
        return np.flatnonzero(inside)

    def on_screen(self, zoom: PageZoom) -> FloatArray:
        """Where each digit is in the view, float32 `(n, 2)`."""
        moved = self.points * np.float32(zoom.scale) + np.array([zoom.left, zoom.top], np.float32)
        return np.asarray(moved, np.float32)

    def nearest(self, zoom: PageZoom, x: float, y: float, within: float) -> int | None:
        """The digit nearest to a point of the view, if it is at most `within` pixels away."""
        distances = np.square(self.on_screen(zoom) - np.array([x, y], np.float32)).sum(axis=1)
        place = int(distances.argmin())
        return place if distances[place] <= within * within else None

    def middles(self) -> dict[int, tuple[float, float]]:
        """Where most digits of each label are: the median, on the map."""
        found = {}
        for label in range(CLASSES):
            of_label = self.points[self.labels == label]
            if len(of_label):
                x, y = np.median(of_label, axis=0).tolist()
                found[label] = x, y
        return found


def map_points(index: NeighbourIndex) -> MapPoints:
    """The map of an index."""
    places = index.places
    low, high = places.min(axis=0), places.max(axis=0)
    span = np.maximum(high - low, 1e-6)
    span[1] = max(span[1], span[0] * _LEAST_SHARE)
    margin = span * _AROUND
    origin = np.asarray((low + high - span) / 2 - margin, np.float32)
    unit = WIDTH / float(span[0] + 2 * margin[0])
    points = np.asarray((places - origin) * np.float32(unit), np.float32)
    return MapPoints(points, index.labels, index.images, float(span[1] + 2 * margin[1]) * unit, origin, unit)


def thumbnails(images: Images, labels: Labels, colours: list[QColor]) -> QImage:
    """Digits, uint8 `(n, 28, 28)`, one below the other, as ink in the colours of their `labels` on nothing."""
    shades = np.array([[colour.blue(), colour.green(), colour.red(), 255] for colour in colours], np.uint16)
    pixels = (images[..., np.newaxis] * shades[labels][:, np.newaxis, np.newaxis] // 255).astype(np.uint8)
    height = len(images) * SIDE
    return QImage(pixels.tobytes(), SIDE, height, 4 * SIDE, QImage.Format.Format_ARGB32_Premultiplied).copy()


def square_at(x: float, y: float, side: float) -> QRectF:
    """A square with its middle at (x, y)."""
    return QRectF(x - side / 2, y - side / 2, side, side)
