"""Read the number on the pad, whatever is on it."""

from core.ink.drawing import Drawing
from core.pad.content import PAD_SIDE, Content, PictureInk
from core.pad.rendering import SEEN_SIDE, render_picture
from core.recognition.numbers import NumberReading, moved
from core.recognition.stroke_numbers import Recognize, StrokeReader


class PadReader:
    """Reads what is on the pad: strokes, a picture, or strokes on a picture. Boxes are in pad units.

    `recognize` answers for a normalised image, uint8 `(28, 28)`.
    """

    def __init__(self, recognize: Recognize) -> None:
        self._recognize = recognize
        self._strokes = StrokeReader(recognize)
        self._picture: tuple[PictureInk, NumberReading] | None = None

    def forget(self) -> None:
        """Answers come from another network from now on."""
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

        if picture.strokes:
            unit = PAD_SIDE / SEEN_SIDE
            return read_ink(render_picture(picture, SEEN_SIDE), self._recognize).placed(moved(0.0, 0.0, unit))
        return read_ink(picture.ink, self._recognize).placed(moved(*picture.place))
