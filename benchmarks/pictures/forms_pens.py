"""Digits written with pens of one width: from a pencil of one pixel to a marker, in even ink or in two tones."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from benchmarks.evaluation.broken_digits import cut_ink, strokes_in_unit
from benchmarks.evaluation.paper import PAPERS, Layer
from benchmarks.evaluation.photos import photograph
from benchmarks.pictures.canvas import Source, as_layer, cut_close, painted, stroke_layer, two_tones, with_margin
from benchmarks.pictures.files import FORMATS, write_picture
from core.digits.arrays import SIDE
from core.ink.arrays import Points
from core.ink.drawing import Drawing

_LIGHTER = 0.55  # of the ink, where it ends
_FIRST_PART = (0.35, 0.75)  # of the ink's length: what is as dark as it began


@dataclass(frozen=True, slots=True)
class PenForm:
    """A form: strokes with a pen between two widths, and a margin between two; all are shares of the longer side."""

    pens: tuple[float, float]
    margins: tuple[float, float]
    formats: tuple[str, ...]
    fading: bool = False

    def __call__(self, source: Source, rng: np.random.Generator) -> bytes:
        strokes = strokes_in_unit(strokes_of(source))
        size, pen = rng.uniform(150, 450), rng.uniform(*self.pens)
        ink = _faded(strokes, size, pen, rng) if self.fading else cut_close(stroke_layer(strokes, size, pen))
        return write_picture(painted(with_margin(ink, rng.uniform(*self.margins)), *two_tones(rng)), rng, self.formats)


def pencil(source: Source, rng: np.random.Generator) -> bytes:
    """Lines of one pixel in 28 x 28."""
    size = rng.uniform(17, 25)
    middle = (SIDE - 1) / 2 + rng.uniform(-1, 1, 2)
    paths = [np.rint((points * size + middle) * 16).astype(np.int32) for points in strokes_in_unit(strokes_of(source))]
    picture = np.zeros((SIDE, SIDE), np.uint8)
    smooth = cv2.LINE_AA if rng.random() < 0.5 else cv2.LINE_8
    cv2.polylines(picture, paths, False, 255, 1, smooth, 4)
    return write_picture(painted(as_layer(picture), *two_tones(rng)), rng, (".png", ".bmp"))


def photographed(source: Source, rng: np.random.Generator) -> bytes:
    """A photograph, with uneven light and shadows."""
    return photograph(strokes_of(source), PAPERS[rng.integers(len(PAPERS))], rng).content


def strokes_of(source: Source) -> Drawing:
    """`source` as the strokes that it has to be."""
    if not isinstance(source, Drawing):
        raise TypeError("this form is made from strokes")
    return source


def _faded(strokes: Sequence[Points], size: float, pen: float, rng: np.random.Generator) -> Layer:
    """Ink whose last part is lighter."""
    first = stroke_layer(cut_ink(strokes, rng.uniform(*_FIRST_PART)), size, pen)
    return cut_close(np.maximum(first, stroke_layer(strokes, size, pen) * np.float32(_LIGHTER)))


_MARGINS = (0.05, 0.5)
PENS: dict[str, Callable[[Source, np.random.Generator], bytes]] = {
    "fills the picture": PenForm((0.07, 0.13), (0.0, 0.02), (".png", ".bmp")),
    "thick marker cut close": PenForm((0.20, 0.25), (0.02, 0.02), (".jpg",)),
    "line of 4.5 %": PenForm((0.045, 0.045), _MARGINS, FORMATS),
    "line of 6 %": PenForm((0.06, 0.06), _MARGINS, FORMATS),
    "line of 10 %": PenForm((0.10, 0.10), _MARGINS, FORMATS),
    "pencil, one pixel in 28": pencil,
    "two tones, line of 6 %": PenForm((0.06, 0.06), _MARGINS, (".jpg",), fading=True),
    "two tones, line of 10 %": PenForm((0.10, 0.10), _MARGINS, (".jpg",), fading=True),
    "two tones, line of 14 %": PenForm((0.14, 0.14), _MARGINS, (".jpg",), fading=True),
    "photograph": photographed,
}
