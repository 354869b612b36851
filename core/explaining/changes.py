"""What would change an answer: the smallest piece of ink to leave out, gap to close or end to draw on.

The ink is seen as a graph of strokes. About a hundred variants of it are read at once; those that become another digit,
without doubt, are told with the smallest first.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

import cv2
import numpy as np

from core.digits.arrays import Image
from core.digits.normalize import normalize_ink_image
from core.explaining.ink_cells import divide_ink
from core.ink.arrays import Points
from core.pictures.ink_search import stroke_width
from core.pictures.stroke_graph import stroke_graph
from core.pictures.thinning import Mask, thinned
from core.recognition.recognizer import Recognition, Verdict
from core.system.checkpoints import Checkpoint, no_checkpoint

RecognizeMany = Callable[[Sequence[Image | None]], list[Recognition]]

MOST_VARIANTS = 110
MOST_CHANGES = 3
LARGEST_PIECE = 0.5
"""Of the ink: leaving out more is no small change."""

_SIDE = 160  # of the square in which variants are made
_GAP = 0.5  # of the side: the widest gap that is closed
_CELL, _LONGEST_RUN = 0.22, 3  # of the side: the pieces along a stroke, and how many of them go at once
_LONGER = (0.12, 0.24)  # of the side, by which an end is drawn on
_BACK = 12  # pixels from an end back along its stroke: gives the direction
_INK = 127
_BATCH = 32


class ChangeKind(StrEnum):
    """What is done to the ink."""

    WITHOUT = "without"
    CLOSED = "closed"
    LONGER = "longer"


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """A change of the ink that makes it another digit.

    Attributes
    ----------
    kind
        What is done.
    digit, confidence
        What it is read as then.
    ghost
        uint8 `(160, 160)`: the ink that goes, or comes, in the square around the digit (`NormalizedDigit.box`).
    size
        How much ink that is, as a share of all.
    """

    kind: ChangeKind
    digit: int
    confidence: float
    ghost: Image
    size: float


@dataclass(frozen=True, slots=True, eq=False)
class _Variant:
    kind: ChangeKind
    ink: Image
    ghost: Image
    size: float


def find_changes(
    ink: Image, answer: Recognition, recognize_many: RecognizeMany, checkpoint: Checkpoint = no_checkpoint
) -> list[Change]:
    """The smallest change for each other digit, the smallest first, at most three; none where no small one suffices.

    Parameters
    ----------
    ink
        uint8 `(s, s)`: the square around the digit (`NormalizedDigit.ink`).
    answer
        What it is read as.
    recognize_many
        Reads normalised images.
    checkpoint
        Called before each batch of variants; an exception that it raises ends the work.
    """
    found: dict[int, Change] = {}
    variants = sorted(_variants(_square(ink)), key=lambda variant: variant.size)[:MOST_VARIANTS]
    for start in range(0, len(variants), _BATCH):
        checkpoint()
        batch = variants[start : start + _BATCH]
        for variant, read in zip(batch, recognize_many([_normalized(variant.ink) for variant in batch]), strict=True):
            if read.verdict == Verdict.DIGIT and read.digit is not None and read.digit != answer.digit:
                change = Change(variant.kind, read.digit, read.confidence, variant.ghost, variant.size)
                found.setdefault(read.digit, change)
    return list(found.values())[:MOST_CHANGES]


def _square(ink: Image) -> Image:
    method = cv2.INTER_AREA if len(ink) > _SIDE else cv2.INTER_LINEAR
    return ink if len(ink) == _SIDE else np.asarray(cv2.resize(ink, (_SIDE, _SIDE), interpolation=method), np.uint8)


def _normalized(ink: Image) -> Image | None:
    digit = normalize_ink_image(ink)
    return digit.image if digit else None


def _variants(ink: Image) -> Iterator[_Variant]:
    mask = np.asarray(ink > _INK, np.bool_)
    if not mask.any():
        return
    yield from _without_pieces(ink, mask)
    yield from _with_lines(ink, mask)


# --- leaving out -----------------------------------------------------------------------------------------------


def _without_pieces(ink: Image, mask: Mask) -> Iterator[_Variant]:
    """Without whole parts, whole strokes as far as they do not meet others, and short runs along them."""
    parts = _parts(mask)
    if len(parts) > 1:
        for part in parts:
            yield from _without(ink, mask, part)
    for part in parts:
        graph = stroke_graph(part)
        for edge in range(len(graph.boxes)):
            yield from _without(ink, mask, np.asarray(graph.ink & (graph.places == edge), np.bool_))
        cells = divide_ink(part, _CELL * _SIDE)
        for run in cells.runs(_LONGEST_RUN):
            yield from _without(ink, mask, cells.ink_of(run))


def _parts(mask: Mask) -> list[Mask]:
    count, labels = cv2.connectedComponents(mask.astype(np.uint8))
    return [np.asarray(labels == number, np.bool_) for number in range(1, count)]


def _without(ink: Image, mask: Mask, piece: Mask) -> Iterator[_Variant]:
    size = float(piece.sum() / mask.sum())
    if 0 < size <= LARGEST_PIECE:
        # a pixel around it: else the soft edge of the piece would stay as a thin line
        gone = cv2.dilate(piece.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
        gone &= ~(mask & ~piece)
        yield _Variant(ChangeKind.WITHOUT, np.where(gone, np.uint8(0), ink), np.where(gone, ink, np.uint8(0)), size)


# --- drawing on ------------------------------------------------------------------------------------------------


def _with_lines(ink: Image, mask: Mask) -> Iterator[_Variant]:
    lines = thinned(mask)
    ends = _ends(lines)
    width = max(round(stroke_width(mask)), 2)
    for (one, _), (other, _) in combinations(ends, 2):
        if 0 < math.dist(one, other) <= _GAP * _SIDE:
            yield from _with_line(ChangeKind.CLOSED, ink, mask, (one, other), width)
    for end, direction in ends:
        for length in _LONGER:
            farther = np.clip(end + direction * (length * _SIDE + width / 2), 0, _SIDE - 1)
            yield from _with_line(ChangeKind.LONGER, ink, mask, (end, farther), width)


def _ends(lines: Mask) -> list[tuple[Points, Points]]:
    """The ends of middle lines, `(x, y)`, and the directions in which they point, of length 1."""
    around = cv2.filter2D(lines.astype(np.uint8), -1, np.ones((3, 3), np.uint8), borderType=cv2.BORDER_CONSTANT)
    places = np.argwhere(lines & (around == 2))[:, ::-1].astype(np.float64)
    inked = np.argwhere(lines)[:, ::-1].astype(np.float64)
    found = []
    for place in places:
        near = inked[np.hypot(*(inked - place).T) <= _BACK]
        away = place - near.mean(axis=0)
        length = float(np.hypot(*away))
        if length > 0:
            found.append((place, away / length))
    return found


def _with_line(kind: ChangeKind, ink: Image, mask: Mask, ends: tuple[Points, Points], width: int) -> Iterator[_Variant]:
    line = np.zeros_like(ink)
    first, second = (tuple(map(round, end.tolist())) for end in ends)
    cv2.line(line, first, second, 255, width, cv2.LINE_AA)
    size = float((line[~mask] > _INK).sum() / mask.sum())
    if size > 0:
        yield _Variant(kind, np.maximum(ink, line), np.where(mask, np.uint8(0), line), size)
