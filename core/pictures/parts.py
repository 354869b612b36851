"""Choose the connected dark parts of a picture that make up the digit."""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from core.pictures.paper import FloatImage
from core.pictures.sharp_edges import InkEdges, Mask

Boxes = npt.NDArray[np.int32]
"""`(n, 4)`: left, top, right, bottom of each part; part 0 is the paper."""

FAINTEST = 24
"""Of 255: fainter rims of found ink hold nothing together."""

_DROPPED = 0.1  # of the main part's ink: less is no loss
_DIRT = 0.005  # of the main part's ink
_GROUP_GAP = 0.25  # parts of a digit (the bar of a 5) are closer than this share of its size
_NEIGHBOUR_GAP = 1.2  # a second digit on the same line is closer than this share of the first one's height
_NEIGHBOUR_HEIGHT = 0.6  # and overlaps it vertically by at least this share of the height
_NEIGHBOUR_INK = 0.15  # and has at least this share of its ink
_AT_EDGE = 0.1  # plausibility of parts that touch the picture's edge: a table, a finger, a cut-off neighbour
_LINE = 0.05
_SHADOW = 0.02  # plausibility of parts with hardly any sharp edge
_SOFT_SHARE, _SHARP_SHARE = 0.3, 0.8  # sharp share of the edge: less for a shadow, more for a stroke
_LEAST_SHARPNESS = 0.7  # of that of the main part: the same pen wrote all parts


def choose_parts(
    mask: Mask,
    darkness: FloatImage,
    strong: float,
    *,
    least_peak: float,
    least_share: float,
    edges: InkEdges | None = None,
) -> Mask | None:
    """Choose the darkest plausible part of `mask` and the parts close to it.

    Further digits of its size on the same line are chosen, too: DigitPad reads one digit, and picking one of several
    would be a guess.

    Parameters
    ----------
    mask
        `(h, w)`: where there may be ink.
    darkness
        float32 `(h, w)`.
    strong
        Darkness that the digit reaches somewhere.
    least_peak, least_share
        Darkness, and share of the main part's ink, that every other part of the digit reaches: anything less is dirt.
    edges
        The edges of the ink, when the picture may have shadows.

    Returns
    -------
    The chosen part of `mask`, or None when no part has strong ink.
    """
    measured = _measure(mask, darkness, strong, least_peak=least_peak, least_share=least_share, edges=edges)
    if measured is None:
        return None
    labels, boxes, scores, main, candidates = measured
    is_chosen = np.zeros(len(boxes), np.bool_)
    digit = _gather(main, candidates, boxes)
    is_chosen[digit] = True
    is_chosen[_neighbours(digit, candidates, boxes, scores)] = True
    return is_chosen[labels]


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """All connected parts of a picture that may be ink.

    Attributes
    ----------
    labels
        int32 `(h, w)`: the number of the part at each pixel; 0 is paper.
    numbers
        The numbers of the parts.
    boxes
        Of each part in `numbers`.
    areas
        Pixels of each part in `numbers`.
    dropped
        Ink of dark parts that were taken for shadows, as a share of the main part's.
    """

    labels: npt.NDArray[np.int32]
    numbers: npt.NDArray[np.intp]
    boxes: Boxes
    areas: npt.NDArray[np.int64]
    dropped: float = 0.0

    @property
    def mask(self) -> Mask:
        """bool `(h, w)`: where the parts are."""
        is_part = np.zeros(int(self.labels.max()) + 1, np.bool_)
        is_part[self.numbers] = True
        return is_part[self.labels]

    def without(self, unwanted: npt.NDArray[np.bool_]) -> "Parts":
        """The parts that are not `unwanted`; the same object when all are wanted."""
        if not unwanted.any():
            return self
        wanted = ~unwanted
        return Parts(self.labels, self.numbers[wanted], self.boxes[wanted], self.areas[wanted], self.dropped)


def plausible_parts(
    mask: Mask, darkness: FloatImage, strong: float, *, least_peak: float, edges: InkEdges | None
) -> Parts | None:
    """All parts of `mask` that may belong to a digit, wherever they are; the parameters are those of `choose_parts`."""
    measured = _measure(mask, darkness, strong, least_peak=least_peak, least_share=_DIRT, edges=edges)
    if measured is None:
        return None
    labels, boxes, scores, main, candidates = measured
    areas = np.bincount(labels.ravel(), minlength=len(boxes))
    is_dropped = scores >= _DROPPED * scores[main]
    is_dropped[candidates] = False
    dropped = float(scores[is_dropped].sum() / scores[main])
    return Parts(labels, candidates, boxes[candidates], areas[candidates], dropped)


def _measure(
    mask: Mask,
    darkness: FloatImage,
    strong: float,
    *,
    least_peak: float,
    least_share: float,
    edges: InkEdges | None,
) -> tuple[npt.NDArray[np.int32], Boxes, npt.NDArray[np.float64], int, npt.NDArray[np.intp]] | None:
    """Labels, boxes and scores of all parts, the main part, and those that may belong to a digit."""
    count, labels, boxes = _label(mask)
    if count == 1:
        return None
    flat = labels.ravel()
    inked = np.flatnonzero(flat)
    where, values = flat[inked], darkness.ravel()[inked]
    weights = np.bincount(where, values, minlength=count)
    peaks = np.zeros(count, np.float32)
    np.maximum.at(peaks, where, values)
    scores = weights * _plausibility(boxes, mask.shape[0], mask.shape[1])
    sharpness = np.ones(count) if edges is None else edges.sharpness(labels, count)
    trust = np.clip((sharpness - _SOFT_SHARE) / (_SHARP_SHARE - _SOFT_SHARE), _SHADOW, 1.0)
    main = int(np.where(peaks >= strong, scores * trust, 0).argmax())
    if main == 0:
        return None
    is_ink = (peaks >= least_peak) & (scores >= least_share * scores[main])
    if sharpness[main] >= _SHARP_SHARE:  # meaningless in a blurred picture
        is_ink &= sharpness >= _LEAST_SHARPNESS * sharpness[main]
    candidates = np.flatnonzero(is_ink)
    return labels, boxes, scores, main, candidates[candidates > 0]


def _label(mask: Mask) -> tuple[int, npt.NDArray[np.int32], Boxes]:
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8), connectivity=8)
    boxes = np.asarray(stats[:, :4], np.int32)
    boxes[:, 2:] += boxes[:, :2]
    return count, np.asarray(labels, np.int32), boxes


def _plausibility(boxes: Boxes, height: int, width: int) -> npt.NDArray[np.float64]:
    """How much each part looks like part of a digit, 0 to 1, by its place and its length."""
    left, top, right, bottom = boxes.T
    at_edge = (left == 0) | (top == 0) | (right == width) | (bottom == height)
    longer, shorter = np.maximum(right - left, bottom - top), np.minimum(right - left, bottom - top)
    is_line = (longer > 0.5 * max(height, width)) & (longer > 20 * shorter)
    return np.where(at_edge, _AT_EDGE, 1.0) * np.where(is_line, _LINE, 1.0)


def _gather(main: int, candidates: npt.NDArray[np.intp], boxes: Boxes) -> npt.NDArray[np.intp]:
    """Start from the main part and add close parts until there are no more."""
    chosen = np.array([main], np.intp)
    rest = candidates[candidates != main]
    while rest.size:
        low, high = boxes[chosen, :2].min(axis=0), boxes[chosen, 2:].max(axis=0)
        apart = np.maximum(boxes[rest, :2] - high, low - boxes[rest, 2:]).max(axis=1)
        is_close = apart <= _GROUP_GAP * float((high - low).max())
        if not is_close.any():
            break
        chosen, rest = np.concatenate([chosen, rest[is_close]]), rest[~is_close]
    return chosen


def _neighbours(
    digit: npt.NDArray[np.intp],
    candidates: npt.NDArray[np.intp],
    boxes: Boxes,
    scores: npt.NDArray[np.float64],
) -> npt.NDArray[np.intp]:
    """Further digits on the line of `digit`: of similar height and darkness, about a digit's width away."""
    low, high = boxes[digit, :2].min(axis=0), boxes[digit, 2:].max(axis=0)
    height = high[1] - low[1]
    rest = np.setdiff1d(candidates, digit)
    left, top, right, bottom = boxes[rest].T
    shared = np.minimum(bottom, high[1]) - np.maximum(top, low[1])
    apart = np.maximum(left - high[0], low[0] - right)
    found = (
        (shared >= _NEIGHBOUR_HEIGHT * np.maximum(height, bottom - top))
        & (apart <= _NEIGHBOUR_GAP * height)
        & (scores[rest] >= _NEIGHBOUR_INK * scores[digit].sum())
    )
    return np.asarray(rest[found], np.intp)
