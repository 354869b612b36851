"""Letters for judging that no digit resembles, from the vector fonts that come with OpenCV, warped as hands warp.

The fonts are those of A. V. Hershey, "Calligraphy for computers" (1967). Left out are letters that people take for
digits or write like them: B (8), C c D O o Q U (0, or one that is not closed yet), G b (6), I i J j l (1), a g q (9),
S s (5), T (7), Y y u (4), Z z (2). Of the script faces also what their flourishes make like one: E (a 3 seen from
behind), F (7), L (2), P with a bow all around it and X x with two bows back to back (0, 8), e (a loop: 0, 2, 6), f (8),
r (2), V v (u, and so 4).
"""

import cv2
import numpy as np

from core.ink.arrays import GrayImage

UPRIGHT_LETTERS = "AEFHKLMNPRVWXdefhkmnprtvwx"
SCRIPT_LETTERS = "AHKMNRWdhkmnptw"
_PLAIN = (cv2.FONT_HERSHEY_SIMPLEX, cv2.FONT_HERSHEY_PLAIN, cv2.FONT_HERSHEY_DUPLEX, cv2.FONT_HERSHEY_COMPLEX,
          cv2.FONT_HERSHEY_TRIPLEX)  # fmt: skip
_SCRIPT = (cv2.FONT_HERSHEY_SCRIPT_SIMPLEX, cv2.FONT_HERSHEY_SCRIPT_COMPLEX)
_SIDE = 320
_LETTER = 160  # high
_MARGIN = 4


def letter(rng: np.random.Generator) -> tuple[str, GrayImage]:
    """One letter and a picture of it, uint8 `(320, 320)`, bright on 0."""
    is_script = rng.random() < 0.25
    names, faces = (SCRIPT_LETTERS, _SCRIPT) if is_script else (UPRIGHT_LETTERS, _PLAIN)
    name = names[rng.integers(len(names))]
    face = faces[rng.integers(len(faces))]
    if rng.random() < 0.3:
        face |= cv2.FONT_ITALIC
    return name, _warp(_written(name, face, int(rng.integers(8, 20))), rng)


def _written(name: str, face: int, thickness: int) -> GrayImage:
    scale = cv2.getFontScaleFromHeight(face, _LETTER, thickness)
    (width, height), _ = cv2.getTextSize(name, face, scale, thickness)
    shrunk = min(1.0, 0.75 * _SIDE / width)  # the flourishes of script capitals are wide
    canvas = np.zeros((_SIDE, _SIDE), np.uint8)
    place = (round((_SIDE - width * shrunk) / 2), round((_SIDE + height * shrunk) / 2))
    cv2.putText(canvas, name, place, face, scale * shrunk, 255, thickness, cv2.LINE_AA)
    return canvas


def _warp(picture: GrayImage, rng: np.random.Generator) -> GrayImage:
    """Slanted, stretched, turned a little, and bent by a smooth field."""
    middle = _SIDE / 2
    matrix = cv2.getRotationMatrix2D((middle, middle), rng.normal(0, 6), rng.uniform(0.7, 0.9))
    slant = rng.normal(0, 0.15)
    stretch = rng.uniform(0.75, 1.15)
    lean = np.array([[stretch, slant, middle * (1 - stretch - slant)], [0, 1, 0], [0, 0, 1]])
    whole = np.vstack([matrix, [0, 0, 1]]) @ lean
    y, x = np.mgrid[0:_SIDE, 0:_SIDE].astype(np.float32)
    across, down = (_smooth_field(rng) for _ in range(2))
    backwards = np.linalg.inv(whole).astype(np.float32)
    from_x = backwards[0, 0] * x + backwards[0, 1] * y + backwards[0, 2] + across
    from_y = backwards[1, 0] * x + backwards[1, 1] * y + backwards[1, 2] + down
    return np.asarray(cv2.remap(picture, from_x, from_y, cv2.INTER_LINEAR), np.uint8)


def _smooth_field(rng: np.random.Generator) -> "np.ndarray[tuple[int, int], np.dtype[np.float32]]":
    coarse = rng.normal(0, 7.0, (5, 5)).astype(np.float32)
    return cv2.resize(coarse, (_SIDE, _SIDE), interpolation=cv2.INTER_CUBIC)  # type: ignore[return-value]
