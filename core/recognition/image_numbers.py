"""Read the number in ink from a picture: the pieces are connected parts, told apart where digits touch."""

from core.digits.arrays import Image
from core.recognition.brackets import without_brackets
from core.recognition.grouping import read_pieces
from core.recognition.ink_digits import read_ink_as_one
from core.recognition.ink_pieces import InkPieces
from core.recognition.numbers import BLANK_READING, NumberReading, refused
from core.recognition.sheets import MANY, OnParts, ignore_parts, read_cells
from core.recognition.stroke_numbers import Recognize

MAX_PARTS = 6000
"""With more, ink is read as one: it is a texture."""

_FEW_DIGITS, _MANY_DIGITS = 0.55, 0.8  # of a sample: with fewer it is something else, or stands in cells


def read_ink(ink: Image, recognize: Recognize, on_parts: OnParts = ignore_parts) -> NumberReading:
    """Read the number in `ink`, uint8 `(h, w)`, bright on 0. Boxes are in its pixels."""
    pieces = InkPieces(ink, recognize)
    if not pieces.boxes:
        return BLANK_READING
    on_parts(len(pieces.boxes))
    if len(pieces.boxes) > MANY and (share := pieces.share_of_digits()) < _MANY_DIGITS:
        cells = read_cells(ink, recognize, on_parts)
        if cells is not None:
            return cells
        if share < _FEW_DIGITS:
            return NumberReading((refused(read_ink_as_one(ink, recognize)),))
    else:
        pieces.tell_apart()
    return without_brackets(read_pieces(pieces, MAX_PARTS))
