"""Read the number on the pad, whatever is on it."""

from dataclasses import replace

import cv2
import numpy as np

from core.ink.drawing import Drawing
from core.ink.rendering import draw_on
from core.pad.content import PAD_SIDE, Content, PictureInk
from core.pad.ink_parts import has_few_parts
from core.pad.rendering import SEEN_SIDE, render_picture
from core.recognition.numbers import NumberReading, moved, refused
from core.recognition.recognizer import Verdict
from core.recognition.stroke_numbers import Recognize, StrokeReader

_FROM_SEEN = moved(0.0, 0.0, PAD_SIDE / SEEN_SIDE)
_TOUCHING = 5
"""Pixels of `SEEN_SIDE` between a stroke and ink that it belongs to at most."""


class PadReader:
    """Reads what is on the pad: strokes, a picture, or strokes on a picture. Boxes are in pad units.

    `recognize` answers for a normalised image, uint8 `(28, 28)`. A picture that was refused stays refused: strokes on
    it are read by themselves, unless they make one digit of what it shows.
    """

    def __init__(self, recognize: Recognize) -> None:
        self._recognize = recognize
        self._model = ""
        self._strokes = StrokeReader(recognize)
        self._picture: tuple[PictureInk, NumberReading] | None = None

    def forget(self, model: str = "") -> None:
        """Answers come from another network from now on; `model` is its slug."""
        self._model = model
        self._strokes.forget()
        self._picture = None

    def read(self, content: Content) -> NumberReading:
        """Read the number in `content`; what was read in the same content before is remembered."""
        if isinstance(content, Drawing):
            return self._strokes.read(content)
        if self._picture is None or self._picture[0] is not content:
            self._picture = content, self._read_picture(content)
        return self._picture[1]

    def _read_picture(self, picture: PictureInk) -> NumberReading:
        from core.recognition.image_numbers import read_ink  # here: the window reads no picture when it starts

        # another network may read what one refused, but no page of text
        if picture.refused_by and (picture.refused_by == self._model or not has_few_parts(picture.ink)):
            return self._read_refused(picture)
        if picture.strokes:
            return read_ink(render_picture(picture, SEEN_SIDE), self._recognize).placed(_FROM_SEEN)
        return read_ink(picture.ink, self._recognize).placed(moved(*picture.place))

    def _read_refused(self, picture: PictureInk) -> NumberReading:
        """Read the strokes on a picture without a digit: as one digit with what they touch, or else by themselves."""
        from core.recognition.ink_digits import read_ink_as_one

        if not picture.strokes:
            whole = refused(read_ink_as_one(picture.ink, self._recognize))
            return NumberReading((whole,)).placed(moved(*picture.place))
        if _is_continued(picture) and has_few_parts(picture.ink):
            together = read_ink_as_one(render_picture(picture, SEEN_SIDE), self._recognize)
            if together.recognition.verdict != Verdict.NOT_A_DIGIT:
                return NumberReading((together,)).placed(_FROM_SEEN)
        reading = self._strokes.read(picture.drawing())
        left, top, width, height = cv2.boundingRect(picture.ink)
        box = moved(*picture.place)((left, top, left + width, top + height))
        return replace(reading, unread=(*reading.unread, box))


def _is_continued(picture: PictureInk) -> bool:
    """Whether one of the strokes on a picture touches its ink."""
    drawn = np.zeros((SEEN_SIDE, SEEN_SIDE), np.uint8)
    draw_on(drawn, picture.drawing())
    reach = np.ones((2 * _TOUCHING + 1, 2 * _TOUCHING + 1), np.uint8)
    shown = render_picture(replace(picture, strokes=()), SEEN_SIDE)
    return bool((shown[cv2.dilate(drawn, reach) > 0] > 0).any())
