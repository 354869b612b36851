"""Even out the paper of a picture: estimate the tone of the background, and the distance of each pixel from it.

Light is uneven on paper, and there are shadows; ink is what differs from the paper *beside* it. The paper under the
ink is estimated by a morphological closing (Serra, "Image Analysis and Mathematical Morphology", 1982): it removes
dark marks narrower than the window, and keeps gradients of light and the straight edges of shadows.
"""

import math
from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt

from core.ink.arrays import GrayImage
from core.pictures.scaling import shrink

FloatImage = npt.NDArray[np.float32]

_SMALL_SIDE = 256  # the paper is estimated at this size: light changes slowly, and averaging removes noise
_POLARITY_WINDOW = 0.5  # of the shorter side: half of the window is paper even around thick ink
_NEIGHBOURS = np.ones((3, 3), np.uint8)
_FLAT_WINDOW = 0.45
_PAPER_WINDOW = 0.2  # both of the longer side; this one is wider than a stroke, and follows the edges of shadows
_FLAT_RANGE = 3  # grey levels: the light is even up to here
_NOISE_RANGE = 10
_FLAT_BORDER = 0.8  # of the picture's outermost pixels: they are paper when so many have one tone
_TINY_SIDE = 64
_TWO_TONES_RIM = 5  # pixels of the shrunken picture: the edge between the tones is blurred
_TWO_TONES_SHARE = 0.04  # of the picture has each tone at least
_TWO_TONES_SLOPE = 1.8  # pixels between the tones
_TWO_TONES_DARKER = 0.001  # of the picture may be still darker
_TWO_TONES_APART = 8.0  # times their deviations
_TINY_FLAT_SHARE = 0.2


@dataclass(frozen=True, slots=True)
class EvenInk:
    """Ink on evened-out paper.

    Attributes
    ----------
    darkness
        float32 `(h, w)`: 0 for the tone of the paper, 255 for black, negative for anything brighter than the paper.
        Bright ink on a dark ground is inverted first.
    noise
        Standard deviation of `darkness` on empty paper; 0.0 on a sheet drawn by a program.
    shaded
        uint8 `(h, w)`: the picture, inverted if necessary, when it may have shadows; None for a program's sheet.
    is_two_toned
        Whether the darker of two tones was taken for thick ink. It may also be a shadow with a sharp edge.
    """

    darkness: FloatImage
    noise: float
    shaded: GrayImage | None = None
    is_two_toned: bool = False


def even_out(gray: GrayImage, *, is_ink_bright: bool | None = None) -> EvenInk:
    """Remove uneven light from `gray`, uint8 `(h, w)`, with dark ink on light paper or the other way round.

    `is_ink_bright` says which; None leaves it to `is_ink_brighter`.
    """
    if is_ink_brighter(gray) if is_ink_bright is None else is_ink_bright:
        gray = 255 - gray
    tone, is_two_toned = _flat_tone(gray), False
    if tone is None and max(gray.shape) > _TINY_SIDE:
        tone, is_two_toned = _tone_beside_thick_ink(gray), True
    if tone is None:
        return even_out_shaded(gray)
    darkness = (tone - gray.astype(np.float32)) * np.float32(255.0 / max(tone, 1.0))
    even = centred(darkness, gray) if _noise_beyond(darkness, 0.0) else EvenInk(darkness, 0.0)
    return replace(even, is_two_toned=is_two_toned)


def even_out_shaded(gray: GrayImage, window: float = _PAPER_WINDOW) -> EvenInk:
    """Remove uneven light from `gray`, uint8 `(h, w)`, dark ink on light paper.

    `window`, a share of the longer side, must be wider than the strokes; the narrower it is, the less of the tips of
    shadows is taken for ink.
    """
    return centred(_darkness(gray, window), gray)


def centred(darkness: FloatImage, shaded: GrayImage, *, below: float = math.inf) -> EvenInk:
    """`darkness` with the paper at 0, and its noise; `shaded` is the picture with dark ink.

    Only what is `below` some darkness is paper: where ink covers most of the picture, the middle of all is ink.
    """
    sample = _sample(darkness)
    middle = float(np.median(sample[sample < below]))
    return EvenInk(darkness - np.float32(middle), _noise_beyond(darkness, middle), shaded)


def is_ink_brighter(gray: GrayImage) -> bool:
    """Whether ink is brighter than paper. Ink differs from the tone around it and has sharp edges; shadows and spots
    of light have soft ones.

    In a small picture the digit may fill the whole window of every pixel. There the border counts as paper.
    """
    border = np.concatenate([gray[0], gray[-1], gray[:, 0], gray[:, -1]])
    if max(gray.shape) <= _TINY_SIDE:
        _, bright = cv2.threshold(gray, 0, 1, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
        edge = np.concatenate([bright[0], bright[-1], bright[:, 0], bright[:, -1]])
        return float(edge.mean()) < 0.5
    tone = float(np.median(border))
    if np.mean(np.abs(border - tone) <= _FLAT_RANGE) >= _FLAT_BORDER:
        return bool(np.count_nonzero(gray > tone + _NOISE_RANGE) > np.count_nonzero(gray < tone - _NOISE_RANGE))
    small = shrink(gray, _SMALL_SIDE // 2)
    departure = small.astype(np.float32) - cv2.medianBlur(small, _odd(_POLARITY_WINDOW * min(small.shape)))
    brightest = np.maximum(cv2.dilate(small, _NEIGHBOURS).astype(np.float32), 1.0)
    steps = (brightest - cv2.erode(small, _NEIGHBOURS)) / brightest
    return float((departure / brightest * steps**2).sum()) > 0


def _flat_tone(gray: GrayImage) -> float | None:
    """The paper's tone when it is the same everywhere; None in uneven light."""
    if max(gray.shape) <= _TINY_SIDE:
        counts = np.bincount(gray.ravel(), minlength=256)
        tone = 128 + int(counts[128:].argmax())
        is_flat = counts[max(tone - 2, 0) : tone + 3].sum() >= _TINY_FLAT_SHARE * gray.size
        return float(tone) if is_flat else None
    wide = _close(shrink(gray, _SMALL_SIDE), _FLAT_WINDOW)
    low, high = np.percentile(wide, (1, 99))
    if high - low > _FLAT_RANGE:
        return None
    # closing keeps the brightest of the paper's noise, so the paper itself may be darker
    return float(_mode(gray, int(low) - _NOISE_RANGE, int(high)))


def _tone_beside_thick_ink(gray: GrayImage) -> float | None:
    """The paper's tone when the picture has two tones only; None otherwise.

    Ink may cover most of the picture, so that no window is wider than its strokes.
    """
    small = shrink(gray, _SMALL_SIDE)
    split, bright = cv2.threshold(small, 0, 1, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    window = np.ones((_TWO_TONES_RIM, _TWO_TONES_RIM), np.uint8)
    paper = small[cv2.erode(bright, window) > 0]
    ink = small[cv2.erode(1 - bright, window) > 0]
    if min(paper.size, ink.size) < _TWO_TONES_SHARE * small.size:
        return None
    apart = float(paper.mean()) - float(ink.mean())
    if apart < _TWO_TONES_APART * math.hypot(float(paper.std()), float(ink.std())):
        return None
    # beside a shadow there is a wide slope, and ink in it is darker still
    slope = (small > ink.mean() + 0.25 * apart) & (small < paper.mean() - 0.25 * apart)
    outline = bright != cv2.erode(bright, _NEIGHBOURS)
    darker = np.mean(small < ink.mean() - 0.35 * apart)
    if slope.sum() > _TWO_TONES_SLOPE * outline.sum() or darker > _TWO_TONES_DARKER:
        return None
    return float(_mode(gray, int(split) + 1, 255))


def _darkness(gray: GrayImage, window: float) -> FloatImage:
    """Darkness of each pixel relative to the paper around it."""
    small = shrink(gray, round(_SMALL_SIDE * _PAPER_WINDOW / window))
    smooth = np.asarray(cv2.medianBlur(small, 3), np.uint8)
    closed = cv2.GaussianBlur(_close(smooth, window), (0, 0), 1.0)
    paper = cv2.resize(closed.astype(np.float32), gray.shape[::-1], interpolation=cv2.INTER_LINEAR)
    np.maximum(paper, 1.0, out=paper)
    return np.asarray((paper - gray) * (255.0 / paper), np.float32)


def _noise_beyond(darkness: FloatImage, middle: float) -> float:
    """Noise of the paper, measured on the side without ink: among the pixels brighter than `middle`."""
    sample = _sample(darkness)
    brighter = sample[sample < middle]
    return 1.4826 * float(np.median(middle - brighter)) if brighter.size > 0.2 * sample.size else 0.0


def _sample(image: FloatImage) -> FloatImage:
    return image[:: max(1, image.shape[0] // 500), :: max(1, image.shape[1] // 500)]


def _mode(gray: GrayImage, low: int, high: int) -> int:
    """The most frequent level between `low` and `high`."""
    low = max(low, 0)
    return low + int(cv2.calcHist([gray], [0], None, [256], [0, 256])[low : high + 1].argmax())


def _close(gray: GrayImage, share: float) -> GrayImage:
    """Grey-scale closing with a square window of `share` of the longer side; the edges are replicated."""
    window = _odd(share * max(gray.shape))
    reach = window // 2
    wide = cv2.copyMakeBorder(gray, reach, reach, reach, reach, cv2.BORDER_REPLICATE)
    closed = cv2.morphologyEx(wide, cv2.MORPH_CLOSE, np.ones((window, window), np.uint8))
    return np.asarray(closed[reach:-reach, reach:-reach], np.uint8)


def _odd(length: float) -> int:
    return max(3, int(length) | 1)
