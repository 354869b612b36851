"""Choose, among everything dark in a picture, the connected parts that make up the digit."""

import cv2
import numpy as np
import numpy.typing as npt

from core.pictures.paper import FloatImage
from core.pictures.sharp_edges import InkEdges, Mask

Boxes = npt.NDArray[np.int32]
"""`(n, 4)`: left, top, right, bottom of each part; part 0 is the paper."""

_GROUP_GAP = 0.25  # parts of a digit (the bar of a 5) lie closer than this share of its size
_NEIGHBOUR_GAP = 1.2  # a second digit on the same line stands closer than this share of the first one's height
_NEIGHBOUR_HEIGHT = 0.6  # and has this share of its height at least, on the same height
_NEIGHBOUR_INK = 0.15  # and this share of its ink
_AT_EDGE = 0.1  # plausibility of what touches the edge of the picture: a table, a finger, a cut-off neighbour
_LINE = 0.05
_SHADOW = 0.02  # plausibility of what has hardly any sharp edge
_SOFT_SHARE, _SHARP_SHARE = 0.3, 0.8  # of the edge: a shadow has less, a stroke more
_LEAST_SHARPNESS = 0.7  # of that of the main part: one pen wrote them all


def choose_parts(
    mask: Mask,
    darkness: FloatImage,
    strong: float,
    *,
    least_peak: float,
    least_share: float,
    edges: InkEdges | None = None,
) -> Mask | None:
    """Choose the darkest plausible part of `mask` and what lies close to it.

    Where more digits of its size stand beside it on the same line, they are chosen too: what is asked for is one digit,
    and to read any of several as if it stood alone would be a guess.

    Parameters
    ----------
    mask
        `(h, w)`: where there may be ink.
    darkness
        float32 `(h, w)`.
    strong
        A digit reaches this darkness somewhere.
    least_peak, least_share
        What belongs to the digit reaches this darkness, and has this share of the main part's ink: the rest is dirt.
    edges
        The edges of the ink, where shadows may be among it.

    Returns
    -------
    The chosen part of `mask`, or None when no part holds strong ink.
    """
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
    if sharpness[main] >= _SHARP_SHARE:  # in a blurred picture it tells nothing
        is_ink &= sharpness >= _LEAST_SHARPNESS * sharpness[main]
    candidates = np.flatnonzero(is_ink)
    is_chosen = np.zeros(count, np.bool_)
    candidates = candidates[candidates > 0]
    digit = _gather(main, candidates, boxes)
    is_chosen[digit] = True
    is_chosen[_neighbours(digit, candidates, boxes, scores)] = True
    return is_chosen[labels]


def _label(mask: Mask) -> tuple[int, npt.NDArray[np.int32], Boxes]:
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8), connectivity=8)
    boxes = np.asarray(stats[:, :4], np.int32)
    boxes[:, 2:] += boxes[:, :2]
    return count, np.asarray(labels, np.int32), boxes


def _plausibility(boxes: Boxes, height: int, width: int) -> npt.NDArray[np.float64]:
    """How much each part looks like part of a digit, 0 to 1, by where it lies and how long it is."""
    left, top, right, bottom = boxes.T
    at_edge = (left == 0) | (top == 0) | (right == width) | (bottom == height)
    longer, shorter = np.maximum(right - left, bottom - top), np.minimum(right - left, bottom - top)
    is_line = (longer > 0.5 * max(height, width)) & (longer > 20 * shorter)
    return np.where(at_edge, _AT_EDGE, 1.0) * np.where(is_line, _LINE, 1.0)


def _gather(main: int, candidates: npt.NDArray[np.intp], boxes: Boxes) -> npt.NDArray[np.intp]:
    """Start from the main part and add what lies close by, until nothing more does."""
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
    """Further digits on the line of `digit`: about as high, about as dark, a digit's width away."""
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
