"""Ways to see ink in a picture: which tone is paper, how its light changes, and whether lines and frames are ink.

No single rule is right for every picture. Each layer is one hypothesis; whoever reads the digits in them can tell which
one holds.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from core.ink.arrays import GrayImage
from core.pictures.frames import find_frames, is_grid
from core.pictures.ink_search import (
    ANY,
    LEAST_CONTRAST,
    NARROW_WINDOW,
    NOISE_FACTOR,
    is_rim_blurred,
    smoothed,
    stretched,
    stroke_width,
    strong_level,
)
from core.pictures.panels import is_paper_clear, without_frame
from core.pictures.paper import EvenInk, FloatImage, centred, even_out, even_out_shaded, is_ink_brighter
from core.pictures.parts import choose_parts, plausible_parts
from core.pictures.ruled_lines import remove_ruled_lines
from core.pictures.scaling import shrink
from core.pictures.sharp_edges import Mask, find_edges

_WEAK_SHARE = 0.2  # of the strong level: fading ink, when it hangs together with strong ink
_RIPPLES = 16.0
_FRAME_KEPT = 0.05  # the cost of taking a frame for ink
_GRID_LEFT_OUT = 0.5  # the cost of leaving out lines all over the picture, and digits that touch them
_OTHER_TONE = 0.3  # the cost of the less likely tone of paper
_TWO_TONED = 0.35  # the cost of taking the darker of two tones for a shadow
_DARK_ALONE = 0.15  # the cost of leaving out all that is pale, as lines that are not quite straight
_DARKER = 1.5  # than most of what is pale
_PALE_SHARE = 0.2  # of the strong level
_HOLE = 0.5 * 255
_MOST_HOLES, _ROUNDS = 6, 4  # small holes in each part of ink without grain; how often those of grain are filled
_EDGES_SIDE = 320
_FINE, _COARSE, _SHARPER = 0.8, 2.5, 1.9  # pixels of blur, and how much steeper a sharp edge is with less of it
_CLEAR_EDGE = 0.5  # of the strength of the edges of the ink
_NEAR_INK = 0.006  # of the longer side
_SHARP = 0.6  # of the edge of a fading stroke
_LIGHTER_PEN = 0.4  # of the strong level: a part drawn with a lighter pen reaches it somewhere
_LOSS = 0.8  # the cost of taking as much as the main part for a shadow
_FITTED_SIDE = 128
_PAPER_LIGHT = 0.85  # of the fitted surface: darker pixels are ink
_MANY, _LOWEST = 12, 5  # parts, and pixels of their height


@dataclass(frozen=True, slots=True, eq=False)
class InkLayer:
    """One hypothesis of what is ink in a picture.

    Attributes
    ----------
    ink
        uint8 `(h, w)`, as large as the searched picture: all ink, bright on 0.
    digit
        bool `(h, w)`: the part of it that looks most like one digit, by place, darkness and sharp edges.
    parts
        How many connected parts the ink has.
    gray
        uint8 `(h, w)`: the picture itself, with dark ink.
    left_out
        bool `(h, w)`: lines and frames that were taken out of it.
    cost
        How much less plausible it is than the first layer, as a negative logarithm.
    has_more
        Whether frames were taken out that the next layer has: lines may hold digits together.
    """

    ink: GrayImage
    digit: Mask
    parts: int
    gray: GrayImage
    left_out: Mask
    cost: float
    has_more: bool = False

    def unexplained(self, read: Mask, *, with_soft: bool = True) -> float:
        """The share of the picture's edges that are neither at the ink in `read`, nor at lines and frames.

        Where the ink is in truth the hole of a letter, the letter's own outline remains. Edges of shadows are soft:
        they count only `with_soft` ones.
        """
        gray = shrink(self.gray, _EDGES_SIDE)
        size = gray.shape[::-1]
        is_read = cv2.resize(read.astype(np.uint8) * np.uint8(255), size, interpolation=cv2.INTER_AREA) > 0
        known = cv2.resize(self.left_out.astype(np.uint8) * np.uint8(255), size, interpolation=cv2.INTER_AREA) > 0
        steps = _steps(gray, _FINE)
        reach = np.ones((5, 5), np.uint8)
        at_ink = cv2.dilate(is_read.astype(np.uint8), reach) > 0
        level = _CLEAR_EDGE * float(np.percentile(steps[at_ink], 85)) if at_ink.any() else np.inf
        is_edge = (steps > level) & ~(cv2.dilate(known.astype(np.uint8), reach) > 0)
        if not with_soft:
            is_edge &= at_ink | (steps > _SHARPER * _steps(gray, _COARSE))
        return float((is_edge & ~at_ink).sum() / max(is_edge.sum(), 1))


def _steps(gray: GrayImage, blur: float) -> FloatImage:
    """How steep `gray`, blurred by so many pixels, is at each pixel."""
    smooth = cv2.GaussianBlur(gray, (0, 0), blur).astype(np.float32)
    return np.asarray(
        cv2.magnitude(cv2.Sobel(smooth, cv2.CV_32F, 1, 0), cv2.Sobel(smooth, cv2.CV_32F, 0, 1)), np.float32
    )


def ink_layers(gray: GrayImage, *, is_lossy: bool = False) -> Iterator[InkLayer]:
    """The layers of `gray`, uint8 `(h, w)`, the most plausible first; each is only computed when it is asked for.

    `is_lossy` says that compression may have left ripples around the ink, as JPEG's does.
    """
    unframed = without_frame(gray)
    if unframed is not gray:
        yield from _layers_of_picture(unframed, is_lossy=is_lossy)
    yield from _layers_of_picture(gray, is_lossy=is_lossy)


def _layers_of_picture(gray: GrayImage, *, is_lossy: bool) -> Iterator[InkLayer]:
    is_bright = is_ink_brighter(gray)
    is_flat = False
    others = [] if is_paper_clear(gray) else [(not is_bright, _OTHER_TONE)]
    for is_inverted, cost in ((is_bright, 0.0), *others):
        dark_on_light = 255 - gray if is_inverted else gray
        even = even_out(gray, is_ink_bright=is_inverted)
        # beside ink on flat paper, paper seems to be ink the other way round
        if even.shaded is None or not is_flat:
            yield from _layers(even, dark_on_light, cost, is_lossy=is_lossy)
        if even.is_two_toned and not is_flat:
            yield from _layers(even_out_shaded(dark_on_light), dark_on_light, cost + _TWO_TONED, is_lossy=is_lossy)
        if even.shaded is not None and not is_flat:
            narrow = even_out_shaded(even.shaded, NARROW_WINDOW)
            yield from _layers(narrow, dark_on_light, cost + 0.1, is_lossy=is_lossy)
        fitted = _even_out_fitted(dark_on_light)
        if fitted is not None:
            yield from _layers(fitted, dark_on_light, cost + 0.2, is_lossy=is_lossy)
        is_flat |= even.shaded is None


def _layers(even: EvenInk, gray: GrayImage, cost: float, *, is_lossy: bool) -> Iterator[InkLayer]:
    floor = max(LEAST_CONTRAST, NOISE_FACTOR * even.noise)
    darkness = smoothed(even)
    without_lines = remove_ruled_lines(darkness, floor)
    versions = [(without_lines, cost)]
    if without_lines is not darkness:
        versions.append((darkness, cost + 0.4))
    for version, price in versions:
        strong = strong_level(version, floor)
        if strong is not None:
            lines = np.abs(version - darkness) > floor
            yield from _layers_of(version, strong, even, gray, lines, price, is_lossy=is_lossy)
            if even.shaded is not None:
                pale = (version > _PALE_SHARE * strong) & (version <= strong)
                level = min(_DARKER * float(np.median(version[pale])), strong) if pale.any() else strong
                dark = np.where(version > level, version, np.float32(0))
                pale &= version <= level
                yield from _layers_of(dark, strong, even, gray, lines | pale, price + _DARK_ALONE, is_lossy=is_lossy)


def _layers_of(
    darkness: FloatImage,
    strong: float,
    even: EvenInk,
    gray: GrayImage,
    lines: Mask,
    cost: float,
    *,
    is_lossy: bool,
) -> Iterator[InkLayer]:
    is_clean = even.noise == 0 and not is_lossy
    weak = max(3 * even.noise, _WEAK_SHARE * strong, _RIPPLES)
    mask = darkness > (ANY if is_clean else weak)
    if even.shaded is not None:
        mask = _without_shadows(mask, even.shaded, darkness, strong, weak)
    edges = None if even.shaded is None else find_edges(even.shaded, darkness, strong)
    parts = plausible_parts(mask, darkness, strong, least_peak=_LIGHTER_PEN * strong, edges=edges)
    if parts is None or _is_texture(parts.boxes):
        return
    is_clean = is_clean and not is_rim_blurred(np.where(parts.mask, darkness, np.float32(0)))
    frames = find_frames(parts)
    inside = parts.without(frames)
    has_frames = inside is not parts
    of_grid = _GRID_LEFT_OUT if is_grid(parts, frames) else 0.0
    for kept in (inside, parts) if has_frames else (parts,):
        digit = choose_parts(
            kept.mask, darkness, strong, least_peak=_LIGHTER_PEN * strong, least_share=0.02, edges=edges
        )
        if digit is None:
            continue
        ink = np.where(kept.mask, darkness, np.float32(0))
        ink = ink if is_clean else _without_grain(stretched(ink, strong, even.noise), len(kept.numbers))
        price = cost + _LOSS * min(parts.dropped, 1.0)
        price += of_grid if kept is inside else _FRAME_KEPT
        left_out = lines | (parts.mask & ~kept.mask)
        bright = np.clip(np.rint(ink), 0, 255).astype(np.uint8)
        yield InkLayer(bright, digit, len(kept.numbers), gray, left_out, price, has_more=kept is not parts)


def _without_grain(ink: FloatImage, parts: int) -> FloatImage:
    """`ink` of so many `parts` without holes smaller than its strokes are wide, as in pencil on rough paper.

    Digits have few holes. Strokes that are full of them seem narrow until they are filled.
    """
    filled = np.minimum(ink, np.float32(255))
    for _ in range(_ROUNDS):
        width = stroke_width(filled)
        is_free = (filled <= _HOLE).astype(np.uint8)
        labels, stats = cv2.connectedComponentsWithStats(is_free, connectivity=4)[1:3]
        is_hole = stats[:, cv2.CC_STAT_AREA] <= width**2
        is_hole[0] = False
        if is_hole.sum() <= _MOST_HOLES * parts:
            break
        filled = np.where(is_hole[labels], np.float32(255), filled)
    return filled


def _without_shadows(mask: Mask, gray: GrayImage, darkness: FloatImage, strong: float, weak: float) -> Mask:
    """`mask` without what hangs together with ink, but has soft edges; a fading stroke has sharp ones."""
    reach = round(_NEAR_INK * max(mask.shape)) + 1
    window = np.ones((2 * reach + 1, 2 * reach + 1), np.uint8)
    near = mask & (cv2.dilate((darkness >= strong).astype(np.uint8), window) > 0)
    rest = (mask & ~near).astype(np.uint8)
    if not rest.any():
        return mask
    count, labels = cv2.connectedComponents(rest, connectivity=8)
    is_sharp = find_edges(gray, darkness, weak).sharpness(np.asarray(labels), count) >= _SHARP
    is_sharp[0] = False
    return np.asarray(near | is_sharp[labels], np.bool_)


def _is_texture(boxes: npt.NDArray[np.int32]) -> bool:
    """Whether the parts are the grain of noise or of a surface, too many and too low for digits."""
    return len(boxes) > _MANY and float(np.median(boxes[:, 3] - boxes[:, 1])) < _LOWEST


def _even_out_fitted(gray: GrayImage) -> EvenInk | None:
    """Ink on paper whose light changes slowly all over: a curved surface through whatever is bright.

    In contrast to a closing, it leaves thick ink that fills the picture in one piece.
    """
    small = shrink(gray, _FITTED_SIDE)
    _, bright = cv2.threshold(small, 0, 1, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    if not 0.05 < bright.mean() < 1:
        return None
    rows, columns = np.mgrid[-1 : 1 : small.shape[0] * 1j, -1 : 1 : small.shape[1] * 1j]
    terms = np.stack([np.ones_like(rows), rows, columns, rows * columns, rows**2, columns**2], axis=-1)
    paper = bright.astype(bool)
    for _ in range(2):
        fit, *_ = np.linalg.lstsq(terms[paper], small[paper].astype(np.float64), rcond=None)
        surface = terms @ fit
        paper = small > _PAPER_LIGHT * surface
        if paper.sum() < 0.05 * paper.size:
            return None
    surface = np.clip(surface, 1.0, 255.0).astype(np.float32)
    wide = cv2.resize(surface, gray.shape[::-1], interpolation=cv2.INTER_LINEAR)
    darkness = np.asarray((wide - gray) * (255.0 / wide), np.float32)
    return centred(darkness, gray, below=max(255 * (1 - _PAPER_LIGHT), float(darkness.min()) + 1))
