"""Read numbers in ink from pictures: the pieces are connected parts, cut where digits may touch."""

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np
import numpy.typing as npt

from core.digits.arrays import Image
from core.digits.normalize import normalize_ink_image
from core.pictures.ink_search import cut_digit
from core.pictures.seams import find_seams
from core.recognition.brackets import without_brackets
from core.recognition.numbers import BLANK_READING, NumberReading, ReadDigit, read_pieces
from core.recognition.recognizer import Recognition, Verdict
from core.recognition.rows import Box, box_around
from core.recognition.stroke_numbers import Recognize

MAX_PARTS = 1500
"""With more, ink is read as one: it is a texture."""

_FAINTEST = 24  # of 255: fainter rims hold nothing together
_SPECK = 0.03  # of the ink of the largest part: smaller ones are dirt
_CUT_FROM = 0.75  # width by height: narrower parts are one digit
_NO_DIGIT_UNCUT, _SURE_CUT = 0.95, 0.9
_MOST_CUT = 80  # parts: on a page, digits rarely touch
_LONGEST_CUT = 12.0  # width by height: what is longer is a line
_LOWEST_CUT = 8  # pixels of height: what is lower is not cut

Labels = npt.NDArray[np.int32]


def read_ink(ink: Image, recognize: Recognize) -> NumberReading:
    """Read the number in `ink`, uint8 `(h, w)`, bright on 0. Boxes are in its pixels."""
    parts = InkPieces(ink, recognize)
    if not parts.boxes:
        return BLANK_READING
    uncut = len(parts.boxes)
    whole = parts.digit([0]).recognition if uncut == 1 else None
    parts.cut_wide_parts()
    reading = read_pieces(parts, MAX_PARTS)
    if len(parts.boxes) > uncut and not _is_clear(reading, whole):
        reading = read_pieces(InkPieces(ink, recognize), MAX_PARTS)
    return without_brackets(reading)


def _is_clear(reading: NumberReading, whole: Recognition | None) -> bool:
    """Whether parts were rightly cut: a letter cut to pieces can look nearly like digits.

    `whole` is the answer for the only part that there was.
    """
    digits = [digit.recognition for digit in reading.digits]
    if whole is None:
        return all(digit.verdict == Verdict.DIGIT for digit in digits)
    is_of_stems = all(digit.digit == 1 for digit in digits)  # an H, an N or an M
    is_sure = all(digit.confidence > _SURE_CUT for digit in digits)
    return whole.no_digit > _NO_DIGIT_UNCUT and is_sure and not is_of_stems


def read_ink_as_one(ink: Image, recognize: Recognize) -> ReadDigit:
    """Read all of `ink`, uint8 `(h, w)`, bright on 0 and not blank, as one digit. Its box is in pixels of `ink`."""
    left, top, width, height = cv2.boundingRect(ink)
    found = cut_digit(ink[top : top + height, left : left + width].astype(np.float32))
    normalized = normalize_ink_image(found.ink)
    if normalized is None:
        raise ValueError("there is no ink")
    x, y, right, bottom = found.box
    box_x, box_y, side = normalized.box
    to_left = left + (x + right - found.ink.shape[1]) / 2  # the ink is in the middle of what was cut out
    to_top = top + (y + bottom - found.ink.shape[0]) / 2
    placed = replace(normalized, box=(to_left + box_x, to_top + box_y, side))
    return ReadDigit(recognize(normalized.image), placed, (left + x, top + y, left + right, top + bottom))


class InkPieces:
    """Connected parts of ink; wide ones are cut where they are thinnest, in case they are several digits."""

    def __init__(self, ink: Image, recognize: Recognize) -> None:
        self._recognize = recognize
        self._known: dict[tuple[int, ...], ReadDigit] = {}
        self._ink = ink
        self._labels, self.boxes = _connected_parts(ink)

    def digit(self, pieces: Sequence[int]) -> ReadDigit:
        order = tuple(sorted(pieces))
        if order not in self._known:
            self._known[order] = self._read(order)
        return self._known[order]

    def _read(self, order: tuple[int, ...]) -> ReadDigit:
        left, top, right, bottom = map(int, box_around([self.boxes[piece] for piece in order]))
        labels = self._labels[top:bottom, left:right]
        ink = np.where(np.isin(labels, np.array(order) + 1), self._ink[top:bottom, left:right], np.uint8(0))
        return read_ink_as_one(ink, self._recognize).placed(
            lambda box: (left + box[0], top + box[1], left + box[2], top + box[3])
        )

    def cut_wide_parts(self) -> None:
        """Cut what is wide and no digit along its seams: lattices put together again what was one digit."""
        for piece in range(min(len(self.boxes), _MOST_CUT)):
            left, top, right, bottom = (int(edge) for edge in self.boxes[piece])
            height = bottom - top
            if not _CUT_FROM * height <= right - left <= _LONGEST_CUT * height or height < _LOWEST_CUT:
                continue
            if self.digit([piece]).recognition.verdict == Verdict.DIGIT:
                continue
            self._cut(piece, find_seams(self._labels[top:bottom, left:right] == piece + 1))
        self._known.clear()

    def _cut(self, piece: int, seams: npt.NDArray[np.intp]) -> None:
        """Cut a piece along `seams`, `(n, h)`: what is right of each becomes a piece of its own."""
        left, top, right, bottom = (int(edge) for edge in self.boxes[piece])
        labels = self._labels[top:bottom, left:right]
        is_piece = labels == piece + 1
        part = (np.arange(right - left) >= seams[:, :, np.newaxis]).sum(axis=0)
        boxes: list[Box] = []
        for number in range(len(seams) + 1):
            mask = is_piece & (part == number)
            x, y, width, height = cv2.boundingRect(mask.astype(np.uint8))
            if not width:
                continue
            box = (float(left + x), float(top + y), float(left + x + width), float(top + y + height))
            labels[mask] = len(self.boxes) + len(boxes) if boxes else piece + 1
            boxes.append(box)
        self.boxes[piece] = boxes[0]
        self.boxes += boxes[1:]


def _connected_parts(ink: Image) -> tuple[Labels, list[Box]]:
    """Labels `(h, w)`, 0 for paper, and the box of each part, number `n` at place `n - 1`."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats((ink > _FAINTEST).astype(np.uint8), connectivity=8)
    weights = np.bincount(labels.ravel(), ink.ravel(), minlength=count)
    weights[0] = 0
    kept = np.flatnonzero(weights >= _SPECK * weights.max()) if weights.max() > 0 else np.zeros(0, np.intp)
    numbers = np.zeros(count, np.int32)
    numbers[kept] = np.arange(1, len(kept) + 1)
    boxes = [(float(x), float(y), float(x + w), float(y + h)) for x, y, w, h in stats[kept, :4]]
    return numbers[labels], boxes
