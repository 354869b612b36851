"""Digits in any colours and tones: chalk, faint ink, shaded paper, transparency, palettes, noise and blur."""

import cv2
import numpy as np

from benchmarks.evaluation.paper import Layer, paper_grain
from benchmarks.pictures.canvas import Source, Values, noise, on_square, painted, slope, soft_noise, two_tones
from benchmarks.pictures.files import LOSSY, encode, levels, write_bilevel_png, write_palette_png, write_picture

_YELLOW, _BLUE, _RED = (40, 220, 250), (150, 60, 20), (40, 30, 200)
_BOARDS = ((52, 72, 44), (60, 84, 58), (38, 38, 36))  # BGR: two greens and black
_MARGINS = (0.1, 0.5)


def yellow_on_blue(source: Source, rng: np.random.Generator) -> bytes:
    """A yellow digit on blue, each a little different."""
    return write_picture(painted(_digit(source, rng), _about(_BLUE, rng), _about(_YELLOW, rng)), rng)


def red_on_grey(source: Source, rng: np.random.Generator) -> bytes:
    """A red digit on grey of any brightness."""
    return write_picture(painted(_digit(source, rng), np.full(3, rng.uniform(90, 220)), _about(_RED, rng)), rng)


def chalk(source: Source, rng: np.random.Generator) -> bytes:
    """Rough strokes of chalk on a board that was wiped before."""
    ink = _digit(source, rng, (220, 450))
    size = max(ink.shape)
    rough = np.clip(0.75 + 0.45 * soft_noise(ink.shape, size / 120, rng), 0, 1)
    soft = np.asarray(cv2.GaussianBlur(ink * rough, (0, 0), 0.8), np.float32)
    dust = 6 * soft_noise(ink.shape, size / 4, rng) + 4 * soft_noise(ink.shape, 3, rng)
    specks = np.where(rng.random(ink.shape) < 0.0005, 70, 0)
    board = np.array(_BOARDS[rng.integers(len(_BOARDS))]) + (dust + specks)[:, :, np.newaxis]
    return write_picture(painted(soft, board, np.full(3, rng.uniform(200, 245))), rng, (".jpg", ".png"))


def faint(source: Source, rng: np.random.Generator) -> bytes:
    """20 to 30 levels darker than white paper, with slight noise."""
    ink, paper = _digit(source, rng), rng.uniform(235, 255)
    values = painted(ink, paper, paper - rng.uniform(20, 30)) + noise(ink.shape, rng.uniform(0.5, 1.5), rng)
    return write_picture(values, rng, qualities=(85, 95))


def dark_on_slope(source: Source, rng: np.random.Generator) -> bytes:
    """Dark ink on paper that goes from one grey to another."""
    ink = _digit(source, rng)
    return write_picture(painted(ink, slope(ink.shape, rng.uniform(130, 170), 250, rng), rng.uniform(10, 50)), rng)


def light_on_slope(source: Source, rng: np.random.Generator) -> bytes:
    """Light ink on a dark ground that goes from one grey to another."""
    ink = _digit(source, rng)
    return write_picture(painted(ink, slope(ink.shape, 5, rng.uniform(80, 120), rng), rng.uniform(215, 255)), rng)


def transparent(source: Source, rng: np.random.Generator) -> bytes:
    """Ink of one tone, black or white, and nothing behind it."""
    ink = _digit(source, rng)
    tone = 255 if rng.random() < 0.5 else 0
    hidden = tone if rng.random() < 0.5 else 0  # under what cannot be seen
    colours = np.where(ink[:, :, np.newaxis] > 0, tone, hidden).repeat(3, axis=2).astype(np.uint8)
    return encode(".png", np.dstack([colours, levels(255 * ink)]))


def few_colours(source: Source, rng: np.random.Generator) -> bytes:
    """A PNG of one bit a pixel, or of a palette."""
    ink = _digit(source, rng)
    if rng.random() < 0.5:
        dark_on_light = rng.random() < 0.5
        return write_bilevel_png(np.where((ink > 0.5) == dark_on_light, 0, 255).astype(np.uint8))
    paper, tone = two_tones(rng)
    shades = int(rng.choice([2, 4, 16]))
    shares = np.linspace(0, 1, shades)[:, np.newaxis]
    palette = levels((1 - shares) * _about((paper,) * 3, rng) + shares * _about((tone,) * 3, rng))
    order = rng.permutation(shades)  # palettes are in no order
    return write_palette_png(np.argsort(order)[levels(ink * (shades - 1))].astype(np.uint8), palette[order])


def noisy_scan(source: Source, rng: np.random.Generator) -> bytes:
    """A scan with noise, grain and a few specks."""
    ink = _digit(source, rng)
    values = painted(ink, rng.uniform(215, 250), rng.uniform(20, 90)) * paper_grain(ink.shape, rng)
    values = values + noise(ink.shape, rng.uniform(4, 14), rng)
    values = np.where(rng.random(ink.shape) < 0.0002, rng.uniform(60, 160), values)
    return write_picture(values, rng, (".png", *LOSSY))


def blurred(source: Source, rng: np.random.Generator) -> bytes:
    """Out of focus, by 1.5 to 4 percent of the picture's side."""
    ink = _digit(source, rng)
    values = painted(ink, *two_tones(rng))
    soft: Values = np.asarray(cv2.GaussianBlur(values, (0, 0), rng.uniform(0.015, 0.04) * max(ink.shape)), np.float32)
    return write_picture(soft, rng)


def _digit(source: Source, rng: np.random.Generator, sizes: tuple[float, float] = (120, 360)) -> Layer:
    return on_square(source, rng.uniform(*sizes), rng, _MARGINS)


def _about(colour: tuple[float, float, float], rng: np.random.Generator) -> Values:
    """A colour close to `colour`."""
    return np.asarray(np.clip(np.array(colour) + rng.uniform(-20, 20, 3), 0, 255), np.float32)


TONED = {
    "yellow on blue": yellow_on_blue,
    "red on grey": red_on_grey,
    "chalk on a board": chalk,
    "faint ink": faint,
    "dark ink on a grey gradient": dark_on_slope,
    "light ink on a dark gradient": light_on_slope,
    "transparent PNG": transparent,
    "palette or one bit": few_colours,
    "noisy scan": noisy_scan,
    "blurred": blurred,
}
