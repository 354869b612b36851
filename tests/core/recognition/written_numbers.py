"""Numbers for tests: the sample drawings beside each other, as strokes and as ink in a picture; answers are counted."""

from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt

from core.digits.arrays import Image
from core.ink.drawing import Drawing, Stroke
from core.ink.samples import read_sample
from core.pad.content import PAD_SIDE
from core.recognition.recognizer import Recognition, Verdict
from core.recognition.stroke_numbers import Recognize

Gray = npt.NDArray[np.uint8]
HEIGHT = 200.0
"""Of a written digit, in pad units."""


def write_digit(digit: int, left: float, top: float, height: float = HEIGHT) -> list[Stroke]:
    """The strokes of a sample, its upper left corner at `(left, top)`."""
    sample = read_sample(digit)
    x, y, _, bottom = sample.bounds()
    scale = height / (bottom - y)
    return [Stroke((stroke.points - (x, y)) * scale + (left, top)) for stroke in sample.strokes]


def write_row(text: str, left: float = 50, top: float = 300, *, slope: float = 0.0, gap: float = 0.3) -> list[Stroke]:
    """The strokes of a row of digits, `gap` heights apart, that falls by `slope` to the right."""
    strokes: list[Stroke] = []
    start = left
    for digit in text:
        written = write_digit(int(digit), left, top + slope * (left - start))
        strokes += written
        left = Drawing(tuple(written)).bounds()[2] + gap * HEIGHT
    return strokes


def on_pad(strokes: Sequence[Stroke]) -> Drawing:
    """The strokes as a drawing on the pad."""
    return Drawing(tuple(strokes), PAD_SIDE)


def dot(x: float, y: float) -> Stroke:
    """A point: a full stop, or a speck."""
    return Stroke(np.array([[x, y]], np.float32))


def ink_of(strokes: Sequence[Stroke], height: int = 300, width: int = 800, pen: int = 12) -> Gray:
    """The strokes as ink on paper of `width` x `height` pixels, bright on 0, one pixel a unit."""
    ink = np.zeros((height, width), np.uint8)
    for stroke in strokes:
        cv2.polylines(ink, [np.rint(stroke.points).astype(np.int32)], False, 255, pen, cv2.LINE_AA)
    return ink


def encoded(pixels: npt.NDArray[np.generic], suffix: str = ".png", *parameters: int) -> bytes:
    """The content of a picture file."""
    done, content = cv2.imencode(suffix, pixels, parameters)
    assert done
    return content.tobytes()


def counted(recognize: Recognize) -> tuple[Recognize, list[Verdict]]:
    """`recognize`, and a list that gets the verdict of each answer."""
    verdicts: list[Verdict] = []

    def answer(image: Image) -> Recognition:
        answered = recognize(image)
        verdicts.append(answered.verdict)
        return answered

    return answer, verdicts
