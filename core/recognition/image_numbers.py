"""Read the number in ink from a picture: the pieces are connected parts, told apart where digits touch."""

from contextlib import suppress
from hashlib import blake2b

import numpy as np

from core.digits.arrays import Image
from core.pictures.parts import FAINTEST
from core.recognition.bounded_answers import BoundedAnswers, BudgetSpentError
from core.recognition.brackets import without_brackets
from core.recognition.grouping import read_pieces
from core.recognition.ink_digits import read_ink_as_one
from core.recognition.ink_pieces import InkPieces
from core.recognition.numbers import BLANK_READING, NumberReading, refused
from core.recognition.rows import Boxes
from core.recognition.sheets import MANY, OnParts, ignore_parts, read_cells
from core.recognition.stroke_numbers import Recognize

MAX_PARTS = 6000
"""With more, ink is read as one: it is a texture."""

_FEW_DIGITS, _MANY_DIGITS = 0.55, 0.8  # of a sample: with fewer it is something else, or stands in cells
_SAME_EDGE, _SAME_AMOUNT = 2.0, 0.1  # pixels, and a share: ink that differs by no more is the same


def read_ink(ink: Image, recognize: Recognize, on_parts: OnParts = ignore_parts) -> NumberReading:
    """Read the number in `ink`, uint8 `(h, w)`, bright on 0. Boxes are in its pixels."""
    answers = BoundedAnswers(recognize, ink.size)
    try:
        return InkReader(answers, on_parts).read(ink)
    except BudgetSpentError:
        return refused_as_one(ink, answers)


def refused_as_one(ink: Image, recognize: Recognize) -> NumberReading:
    """All of `ink`, which is not blank, as one mark that is no digit."""
    return NumberReading((refused(read_ink_as_one(ink, recognize)),))


class InkReader:
    """Reads the number in several ways to see the ink of one picture.

    The same ink is read once, and parts that could not be told apart are left whole where nearly the same ones come
    again.
    """

    def __init__(self, answers: BoundedAnswers, on_parts: OnParts = ignore_parts) -> None:
        self._answers = answers
        self._on_parts = on_parts
        self._whole: list[tuple[Boxes, int]] = []
        self._known: dict[bytes, NumberReading] = {}
        self._to_tell_apart: dict[bytes, InkPieces] = {}

    def read(self, ink: Image) -> NumberReading:
        """Read the number in `ink`, uint8 `(h, w)`, bright on 0. Boxes are in its pixels.

        Raises
        ------
        BudgetSpentError
            When the ink is so far from any digits that it is not read to its end.
        """
        return self.told_apart(ink) or self.read_whole(ink)

    def read_whole(self, ink: Image) -> NumberReading:
        """The same with digits that touch left whole, at a small part of the cost."""
        return self._read_once(ink, _key(ink))

    def told_apart(self, ink: Image) -> NumberReading | None:
        """The same with digits that touch told apart; None where there are none that could be."""
        key = _key(ink)
        self._read_once(ink, key)
        pieces = self._to_tell_apart.pop(key, None)
        if pieces is None or not self._tell_apart(pieces, int(np.count_nonzero(ink > FAINTEST))):
            return None
        self._known[key] = without_brackets(read_pieces(pieces, MAX_PARTS))
        return self._known[key]

    def _read_once(self, ink: Image, key: bytes) -> NumberReading:
        if key not in self._known:
            self._known[key] = self._read(ink, key)
        return self._known[key]

    def _read(self, ink: Image, key: bytes) -> NumberReading:
        pieces = InkPieces(ink, self._answers)
        if not pieces.boxes:
            return BLANK_READING
        self._on_parts(len(pieces.boxes))
        if len(pieces.boxes) > MANY and (share := pieces.share_of_digits()) < _MANY_DIGITS:
            cells = read_cells(ink, self._answers, self._on_parts)
            if cells is not None:
                return cells
            if share < _FEW_DIGITS:
                return refused_as_one(ink, self._answers)
        elif pieces.may_touch:
            self._to_tell_apart[key] = pieces
        return without_brackets(read_pieces(pieces, MAX_PARTS))

    def _tell_apart(self, pieces: InkPieces, inked: int) -> bool:
        """Tell touching digits apart in `pieces` of so many `inked` pixels, unless that was in vain before."""
        boxes = np.array(sorted(pieces.boxes))
        if any(_are_same(boxes, inked, *other) for other in self._whole):
            return False
        with suppress(BudgetSpentError):  # what is left whole may be a digit, too
            pieces.tell_apart()
        if len(pieces.boxes) == len(boxes):
            self._whole.append((boxes, inked))
        return len(pieces.boxes) > len(boxes)


def _key(ink: Image) -> bytes:
    return blake2b(ink.tobytes()).digest()


def _are_same(boxes: Boxes, inked: int, other_boxes: Boxes, other_inked: int) -> bool:
    """Whether two ways to see a picture have nearly the same parts; boxes are in order."""
    is_as_much = abs(inked - other_inked) <= _SAME_AMOUNT * other_inked
    return is_as_much and len(boxes) == len(other_boxes) and bool((np.abs(boxes - other_boxes) <= _SAME_EDGE).all())
