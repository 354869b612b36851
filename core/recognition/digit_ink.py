"""The ink of what was read, and what the network sees of it, as a sample of a digit keeps them."""

from core.digits.arrays import Image
from core.digits.normalize import normalize_drawing
from core.ink.drawing import Drawing
from core.pad.content import PAD_SIDE, Content, PictureInk
from core.pad.rendering import SEEN_SIDE, render_picture
from core.recognition.numbers import ReadDigit
from core.recognition.recognizer import BLANK


def ink_of(content: Content, digit: ReadDigit) -> Content:
    """The ink of one `digit` of those that were read in `content`."""
    if digit.strokes:
        return Drawing(tuple(content.strokes[stroke] for stroke in digit.strokes), PAD_SIDE)
    return PictureInk(digit.normalized.ink, content.name if isinstance(content, PictureInk) else "")


def image_of_all(content: Content) -> Image | None:
    """What the network sees if all of `content` is one digit, uint8 `(28, 28)`; None where nothing is to be seen."""
    if isinstance(content, Drawing):
        normalized = normalize_drawing(content)
        return normalized.image if normalized else None
    from core.recognition.ink_digits import read_ink_as_one  # here: the window reads no picture when it starts

    ink = render_picture(content, SEEN_SIDE) if content.strokes else content.ink
    return read_ink_as_one(ink, lambda image: BLANK).normalized.image
