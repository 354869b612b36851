"""See ink as a graph: edges are pieces of strokes, nodes the places where strokes meet or where one may be cut.

Sources: Lam, Lee and Suen, "Thinning Methodologies: A Comprehensive Survey" (1992), for middle lines as graphs;
Congedo, Dimauro, Impedovo and Pirlo, "Segmentation of Numeric Strings" (1995), for digits that touch.
"""

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
import numpy.typing as npt

from core.ink.arrays import GrayImage
from core.pictures.ink_search import stroke_width
from core.pictures.thinning import Mask, junctions, thinned

_HEIGHT = 72  # pixels in which ink is thinned
_WINDOWS = ((5, 3.5), (3, 2.0))  # pixels of a median, and the least width of strokes for it
_SPUR, _BRIDGE = 0.7, 0.5  # stroke widths: shorter edges come from thinning, not from a pen
_LONG = 0.5  # heights: longer edges are divided
_SHORTEST = 0.12  # heights: no piece of a divided edge is shorter
_BEND = 0.05  # of the height
_OTHER_SIDE = 0.3  # of the way through a line: as much beside it is the other side of a ring
_NEAR = np.ones((3, 3), np.uint8)

Place = tuple[int, int]
Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True, eq=False)
class StrokeGraph:
    """Ink as a graph. A set of edges is a number, in which bit `n` stands for edge `n`.

    Attributes
    ----------
    ink
        bool `(h, w)`.
    places
        int32 `(h, w)`: which edge, or after all edges which node, each pixel is nearest to.
    boxes
        `(left, top, right, bottom)` of each edge, in pixels.
    nodes
        The edges that meet at each node.
    meets
        Whether strokes meet at each node; otherwise it only divides a long one.
    """

    ink: Mask
    places: npt.NDArray[np.int32]
    boxes: tuple[Box, ...]
    nodes: tuple[int, ...]
    meets: tuple[bool, ...]

    @property
    def everything(self) -> int:
        """All edges."""
        return (1 << len(self.boxes)) - 1

    def box(self, edges: int) -> Box:
        """The box around some edges."""
        boxes = [box for edge, box in enumerate(self.boxes) if edges >> edge & 1]
        lefts, tops, rights, bottoms = zip(*boxes, strict=True)
        return min(lefts), min(tops), max(rights), max(bottoms)

    def ink_of(self, edges: int) -> Mask:
        """bool `(h, w)`: the ink of some edges, and of the nodes at which they end."""
        wanted = [edges >> edge & 1 for edge in range(len(self.boxes))] + [int(node & edges > 0) for node in self.nodes]
        return np.asarray(self.ink & np.array(wanted, np.bool_)[self.places], np.bool_)

    def components(self, edges: int, cut: tuple[int, ...] = ()) -> list[int]:
        """The parts that some edges fall into when those in the nodes `cut` are not joined there."""
        joints = [node & edges for number, node in enumerate(self.nodes) if node & edges and number not in cut]
        parts: list[int] = []
        rest = edges
        while rest:
            part = rest & -rest
            grown = True
            while grown:
                grown = False
                for joint in joints:
                    if joint & part and joint & ~part:
                        part |= joint
                        grown = True
            parts.append(part)
            rest &= ~part
        return parts


def stroke_graph(ink: Mask) -> StrokeGraph:
    """The graph of `ink`, bool `(h, w)`, which hangs together."""
    height, width = ink.shape
    scale = _HEIGHT / height
    size = (max(3, round(width * scale)), _HEIGHT)
    small = np.asarray(cv2.resize(ink.astype(np.uint8) * np.uint8(255), size, interpolation=cv2.INTER_AREA), np.uint8)
    inked = np.asarray(_smoothed(small, scale * stroke_width(ink)) > 127, np.bool_)
    lines = thinned(inked)
    labels, edges, nodes, meets = _Tracing(lines, float(inked.sum() / max(lines.sum(), 1))).finished()
    if not edges:
        return StrokeGraph(ink, np.zeros(ink.shape, np.int32), ((0, 0, width, height),), (), ())
    _, nearest = cv2.distanceTransformWithLabels(
        (labels < 0).astype(np.uint8), cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL
    )
    of_nearest = np.zeros(int(nearest.max()) + 1, np.int32)
    of_nearest[nearest[labels >= 0]] = labels[labels >= 0]
    places = cv2.resize(of_nearest[nearest].astype(np.int16), (width, height), interpolation=cv2.INTER_NEAREST)
    boxes = tuple(_box(edge, 1 / scale) for edge in edges)
    return StrokeGraph(ink, places.astype(np.int32), boxes, nodes, meets)


def _smoothed(ink: GrayImage, width: float) -> GrayImage:
    """`ink`, uint8 `(h, w)`, with even edges, as far as its strokes of that `width` are not lost."""
    for window, least in _WINDOWS:
        if width >= least:
            return np.asarray(cv2.medianBlur(ink, window), np.uint8)
    return ink


class _Tracing:
    """Follows thin lines from node to node."""

    def __init__(self, lines: Mask, stroke_width: float) -> None:
        self._lines = lines
        self._width = stroke_width
        meeting = (cv2.dilate(junctions(lines).astype(np.uint8), _NEAR) > 0) & lines
        count, self._clusters = cv2.connectedComponents(meeting.astype(np.uint8), connectivity=8)
        self._parents = list(range(count))
        found, labels = cv2.connectedComponents((lines & ~meeting).astype(np.uint8), connectivity=8)
        self._paths = [_path(labels == number) for number in range(1, found)]
        self._swallow_short_ones()

    def finished(
        self,
    ) -> tuple[npt.NDArray[np.int32], list[list[Place]], tuple[int, ...], tuple[bool, ...]]:
        """Labels of all pixels, the pixels of each edge, and the edges of each node with whether strokes meet there."""
        edges, nodes, meets = list[list[Place]](), list[int](), list[bool]()
        at_cluster: dict[int, int] = defaultdict(int)
        for path in self._paths:
            first, last = self._ends(path)
            pieces = _divided(path, len(self._lines))
            for number, piece in enumerate(pieces):
                bit = 1 << len(edges)
                edges.append(piece)
                if number:
                    nodes.append(bit | bit >> 1)
                    meets.append(False)
            if first is None and last is None and len(pieces) > 2 and _is_ring(path):
                nodes.append(1 << len(edges) - 1 | 1 << len(edges) - len(pieces))
                meets.append(False)
            bits = 1 << len(edges) - len(pieces), 1 << len(edges) - 1
            for cluster, bit in zip((first, last), bits, strict=True):
                if cluster is not None:
                    at_cluster[cluster] |= bit
        labels = np.full(self._lines.shape, -1, np.int32)
        for number, edge in enumerate(edges):
            labels[tuple(np.transpose(edge))] = number
        for cluster, bits_of in at_cluster.items():
            members = [number for number in range(1, len(self._parents)) if self._root(number) == cluster]
            labels[np.isin(self._clusters, members) & (labels < 0)] = len(edges) + len(nodes)
            nodes.append(bits_of)
            meets.append(True)
        return labels, edges, tuple(nodes), tuple(meets)

    def _swallow_short_ones(self) -> None:
        """Join nodes with hardly any stroke between them, and drop the spurs of thinning."""
        kept = []
        for path in self._paths:
            ends = [end for end in self._ends(path) if end is not None]
            if len(ends) == 2 and ends[0] != ends[1] and len(path) < _BRIDGE * self._width:
                self._parents[ends[0]] = ends[1]
            elif len(ends) != 1 or len(path) >= _SPUR * self._width:
                kept.append(path)
        self._paths = kept

    def _ends(self, path: list[Place]) -> tuple[int | None, int | None]:
        """The nodes at both ends of a path; None where a stroke ends freely."""
        at_first, at_last = self._all_at(path[0]), self._all_at(path[-1])
        if len(path) == 1:
            return (at_first[0] if at_first else None), (at_first[1] if len(at_first) > 1 else None)
        if not at_first or not at_last:
            return (at_first[0] if at_first else None), (at_last[0] if at_last else None)
        # a short one is near both nodes at both of its ends
        first = next((node for node in at_first if node not in at_last), at_first[0])
        return first, next((node for node in at_last if node != first), at_last[0])

    def _all_at(self, place: Place) -> list[int]:
        y, x = place
        around = self._clusters[max(y - 2, 0) : y + 3, max(x - 2, 0) : x + 3]
        return sorted({self._root(int(cluster)) for cluster in np.unique(around[around > 0])})

    def _root(self, cluster: int) -> int:
        while self._parents[cluster] != cluster:
            cluster = self._parents[cluster]
        return cluster


def _path(line: Mask) -> list[Place]:
    """The pixels along a `line` without branches, from one end to the other; of a ring, from anywhere around it."""
    pixels = {(int(y), int(x)) for y, x in zip(*np.nonzero(line), strict=True)}
    start = _longest_way(next(iter(pixels)), pixels)[-1]
    way = _longest_way(start, pixels)
    beside = {other for place in way for other in _around(place)}
    other_side = pixels - beside - set(way)
    if len(other_side) < _OTHER_SIDE * len(way):
        return way
    back = _longest_way(way[-1], pixels - set(way[1:-1]))
    arrival = next((step for step, place in enumerate(back) if place in _around(way[0])), len(back))
    return way + back[1 : arrival + 1]  # further on, it would run along the start


def _longest_way(start: Place, pixels: set[Place]) -> list[Place]:
    """The shortest way from `start` through `pixels` to that which is farthest away."""
    came_from: dict[Place, Place | None] = {start: None}
    front = [start]
    while front:
        last = front[0]
        reached = []
        for place in front:
            for other in _around(place):
                if other in pixels and other not in came_from:
                    came_from[other] = place
                    reached.append(other)
        front = reached
    way = [last]
    while (before := came_from[way[-1]]) is not None:
        way.append(before)
    return way[::-1]


def _is_ring(path: list[Place]) -> bool:
    return max(abs(path[0][0] - path[-1][0]), abs(path[0][1] - path[-1][1])) <= 1


def _around(place: Place) -> list[Place]:
    """The neighbours of a pixel, those beside it before those across."""
    y, x = place
    return [
        (y - 1, x), (y + 1, x), (y, x - 1), (y, x + 1),
        (y - 1, x - 1), (y - 1, x + 1), (y + 1, x - 1), (y + 1, x + 1),
    ]  # fmt: skip


def _divided(path: list[Place], height: int) -> list[list[Place]]:
    """A long path in pieces: cut where it bends, and where it goes on straight for long."""
    longest = _LONG * height
    if len(path) <= longest:
        return [path]
    points = np.array(path, np.int32)[:, np.newaxis, :]
    corners = cv2.approxPolyDP(points, _BEND * height, closed=False)[:, 0]
    where = [path.index((int(y), int(x))) for y, x in corners]
    cuts: list[int] = []
    for start, stop in pairwise(where):
        parts = max(1, round((stop - start) / longest))
        cuts += [start + (stop - start) * part // parts for part in range(1, parts + 1)]
    least = _SHORTEST * height
    bounds = [0]
    for cut in cuts[:-1]:
        if cut - bounds[-1] >= least and len(path) - cut >= least:
            bounds.append(cut)
    bounds.append(len(path))
    return [path[start:stop] for start, stop in pairwise(bounds)]


def _box(edge: list[Place], scale: float) -> Box:
    rows, columns = np.transpose(edge)
    return (
        round(columns.min() * scale), round(rows.min() * scale),
        round((columns.max() + 1) * scale), round((rows.max() + 1) * scale),
    )  # fmt: skip
