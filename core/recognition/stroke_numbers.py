"""Read numbers drawn on the pad: the pieces of ink are strokes, in whatever order they were drawn."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from core.digits.arrays import Image
from core.digits.normalize import normalize_drawing
from core.ink.drawing import Drawing, Stroke
from core.recognition.crossings import crossed
from core.recognition.grouping import read_pieces
from core.recognition.numbers import BLANK_READING, NumberReading, ReadDigit
from core.recognition.recognizer import Recognition
from core.recognition.rows import Box, box_around

Recognize = Callable[[Image], Recognition]
"""Answers for a normalised image, uint8 `(28, 28)`."""

MAX_STROKES = 200
"""With more, they are read as one: a scribble."""


class StrokeReader:
    """Reads numbers in drawings, and remembers the groups of strokes that were read the last time.

    While a digit is drawn, only the groups with the unfinished stroke have to be read again.
    """

    def __init__(self, recognize: Recognize) -> None:
        self._recognize = recognize
        self._known: dict[tuple[Stroke, ...], ReadDigit] = {}

    def forget(self) -> None:
        """Answers come from another network from now on."""
        self._known = {}

    def read(self, drawing: Drawing, *, is_single: bool = False) -> NumberReading:
        """Read the number in `drawing`; with `is_single` one digit, whatever there is."""
        if drawing.is_blank:
            return BLANK_READING
        pieces = _Strokes(drawing, self._recognize, self._known)
        reading = read_pieces(pieces, 1 if is_single else MAX_STROKES, pieces.crosses)
        self._known = pieces.read
        return reading


class _Strokes:
    """The strokes of a drawing; those that cross one another in their middles are one piece."""

    def __init__(self, drawing: Drawing, recognize: Recognize, known: dict[tuple[Stroke, ...], ReadDigit]) -> None:
        self._drawing = drawing
        self._recognize = recognize
        self._known = known
        self._pieces = crossed(drawing.strokes) if len(drawing.strokes) <= MAX_STROKES else _each(drawing.strokes)
        self.crosses = {number for number, strokes in enumerate(self._pieces) if len(strokes) > 1}
        boxes = [Drawing((stroke,)).bounds() for stroke in drawing.strokes]
        self.boxes: Sequence[Box] = [
            boxes[piece[0]] if len(piece) == 1 else box_around([boxes[stroke] for stroke in piece])
            for piece in self._pieces
        ]
        self.read: dict[tuple[Stroke, ...], ReadDigit] = {}

    def digit(self, pieces: Sequence[int]) -> ReadDigit:
        order = tuple(sorted(stroke for piece in pieces for stroke in self._pieces[piece]))
        strokes = tuple(self._drawing.strokes[stroke] for stroke in order)
        read = self.read.get(strokes) or self._known.get(strokes) or self._read_alone(strokes)
        self.read[strokes] = read
        return replace(read, strokes=order)

    def _read_alone(self, strokes: tuple[Stroke, ...]) -> ReadDigit:
        drawing = replace(self._drawing, strokes=strokes)
        normalized = normalize_drawing(drawing)
        assert normalized is not None, "only a drawing without strokes has no image"
        return ReadDigit(self._recognize(normalized.image), normalized, drawing.bounds())


def _each(strokes: Sequence[Stroke]) -> list[list[int]]:
    return [[stroke] for stroke in range(len(strokes))]
