"""Damaged digits: fifteen kinds of damage at five strengths each, as in MNIST-C.

MNIST-C has each kind at a single strength, `PUBLISHED`. The other strengths of a kind are those of the programs that
made it; stripes, lines, zigzags and edges have one there, and four more here. The pixels are not those of the published
files, which were made by other libraries from other random numbers.

Source: Mu and Gilmer, "MNIST-C: A Robustness Benchmark for Computer Vision" (2019); the numbers are from
`corruptions.py` in its repository.
"""

from collections.abc import Callable
from enum import StrEnum

import numpy as np

from core.digits.arrays import SIDE, Images
from core.ink.arrays import FloatArray
from core.judging import damage_lines as lines
from core.judging import damage_pixels as pixels
from core.judging import damage_shapes as shapes


class Damage(StrEnum):
    """A kind of damage; its value is its name in MNIST-C."""

    SHOT_NOISE = "shot_noise"
    IMPULSE_NOISE = "impulse_noise"
    GLASS_BLUR = "glass_blur"
    MOTION_BLUR = "motion_blur"
    SHEAR = "shear"
    SCALE = "scale"
    ROTATE = "rotate"
    BRIGHTNESS = "brightness"
    TRANSLATE = "translate"
    STRIPE = "stripe"
    FOG = "fog"
    SPATTER = "spatter"
    DOTTED_LINE = "dotted_line"
    ZIGZAG = "zigzag"
    CANNY_EDGES = "canny_edges"


STRENGTHS = 5

PUBLISHED = {
    Damage.SHOT_NOISE: 5,
    Damage.IMPULSE_NOISE: 4,
    Damage.GLASS_BLUR: 1,
    Damage.MOTION_BLUR: 1,
    Damage.SHEAR: 2,
    Damage.SCALE: 3,
    Damage.ROTATE: 2,
    Damage.BRIGHTNESS: 5,
    Damage.TRANSLATE: 3,
    Damage.STRIPE: 3,
    Damage.FOG: 5,
    Damage.SPATTER: 4,
    Damage.DOTTED_LINE: 1,
    Damage.ZIGZAG: 1,
    Damage.CANNY_EDGES: 3,
}
"""The strength of each kind, 1 to 5, that the published MNIST-C has."""

_Damager = Callable[[FloatArray, int, np.random.Generator], FloatArray]

_DAMAGERS: dict[Damage, _Damager] = {
    Damage.SHOT_NOISE: pixels.add_shot_noise,
    Damage.IMPULSE_NOISE: pixels.add_impulse_noise,
    Damage.GLASS_BLUR: pixels.blur_like_glass,
    Damage.MOTION_BLUR: pixels.blur_by_motion,
    Damage.SHEAR: shapes.shear,
    Damage.SCALE: shapes.scale,
    Damage.ROTATE: shapes.rotate,
    Damage.BRIGHTNESS: pixels.brighten,
    Damage.TRANSLATE: shapes.translate,
    Damage.STRIPE: lines.invert_stripes,
    Damage.FOG: pixels.add_fog,
    Damage.SPATTER: pixels.spatter,
    Damage.DOTTED_LINE: lines.add_dotted_lines,
    Damage.ZIGZAG: lines.add_zigzags,
    Damage.CANNY_EDGES: lines.keep_edges,
}


def damaged(images: Images, kind: Damage, strength: int, rng: np.random.Generator) -> Images:
    """Damage every image.

    Parameters
    ----------
    images
        uint8 `(n, 28, 28)`, bright ink on 0.
    strength
        1 to 5; `PUBLISHED[kind]` is that of MNIST-C.
    rng
        The same state gives the same result.

    Returns
    -------
    uint8 `(n, 28, 28)`; `images` is left alone.

    Raises
    ------
    ValueError
        For another shape or type, or another strength.
    """
    if images.dtype != np.uint8 or images.ndim != 3 or images.shape[1:] != (SIDE, SIDE):
        raise ValueError(f"images must be uint8 (n, 28, 28), got {images.dtype} {images.shape}")
    if not 1 <= strength <= STRENGTHS:
        raise ValueError(f"the strength must be 1 to {STRENGTHS}, got {strength}")
    if not len(images):
        return images.copy()
    changed = _DAMAGERS[kind](images.astype(np.float32) / np.float32(255), strength, rng)
    return np.rint(np.clip(changed, 0, 1) * 255).astype(np.uint8)
