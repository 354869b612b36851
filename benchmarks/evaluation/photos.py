"""Photographs of digits on paper, made from ink: paper, pen and light in the sizes that they have in real life.

    python -m benchmarks.evaluation.photos FOLDER --ink FILE

leaves examples in FOLDER. What is made: a digit 7 to 50 mm high, written with a ball pen, a fine liner, a pencil, a
felt-tip or a marker on plain, ruled or squared paper; lit from one side and shadowed by a hand or a phone; seen at an
angle by a camera that blurs, adds noise and stores a JPEG.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from benchmarks.command_line import add_ink, command_parser, run
from benchmarks.evaluation.broken_digits import strokes_in_unit
from benchmarks.evaluation.kept_out_ink import read_kept_out_ink, spread_sample
from benchmarks.evaluation.paper import PAPERS, PENS, Layer, Pen, ink_layer, lines_layer, paper_grain
from core.ink.arrays import Points
from core.ink.drawing import Drawing
from core.system.safe_files import write_file

SEED = 30
SIZES = ((1200, 900), (900, 1200), (900, 900))
"""Width and height in pixels: a camera's many megapixels are shrunk before the app looks for ink."""

_SHARES = (0.15, 0.6)  # of the shorter side: how high the digit is
_SHADOW_SCALE = 8  # light changes slowly, and is made that much smaller
_PAPER_TINTS = ((0.97, 0.99, 1.0), (0.93, 0.97, 1.0), (1.0, 1.0, 1.0), (0.86, 0.95, 1.0))
_LINE_COLOUR = (0.85, 0.65, 0.45)  # printed lines are a pale blue


@dataclass(frozen=True, slots=True, eq=False)
class Photo:
    """A photograph: the content of its JPEG file, and the pen that wrote on it."""

    content: bytes
    pen: str


def photograph(drawing: Drawing, paper: str, rng: np.random.Generator) -> Photo:
    """Write `drawing` on a sheet of `paper`, one of `PAPERS`, and photograph it."""
    width, height = SIZES[rng.integers(len(SIZES))]
    pen = PENS[rng.integers(len(PENS))]
    millimetres = float(np.exp(rng.uniform(*np.log(pen.heights))))
    pixels = rng.uniform(*_SHARES) * min(width, height)
    scale = pixels / millimetres
    free = np.array([width, height]) - pixels * 1.3
    corner = pixels * 0.65 + rng.uniform(0, 1, 2) * np.maximum(free, 0)
    strokes = [points * pixels + corner for points in strokes_in_unit(drawing)]
    return photograph_strokes(strokes, (height, width), rng.uniform(*pen.widths) * scale, scale, paper, pen, rng)


def photograph_strokes(
    strokes: Sequence[Points],
    shape: tuple[int, int],
    line_width: float,
    scale: float,
    paper: str,
    pen: Pen,
    rng: np.random.Generator,
) -> Photo:
    """Photograph a sheet of `paper` with `strokes` on it; they and their width are in pixels, `scale` in a mm."""
    height, width = shape
    ink = ink_layer(strokes, shape, line_width, pen, rng)
    lines = lines_layer(paper, shape, scale, rng)
    view = _camera_view(shape, rng)
    ink = np.asarray(cv2.warpPerspective(ink, view, (width, height)), np.float32)
    lines = np.asarray(cv2.warpPerspective(lines, view, (width, height), borderMode=cv2.BORDER_REFLECT), np.float32)
    tint = np.array(_PAPER_TINTS[rng.integers(len(_PAPER_TINTS))], np.float32)
    colour = np.array(pen.colours[rng.integers(len(pen.colours))], np.float32)
    brightness = light(shape, rng) * paper_grain(shape, rng)
    sheet = cv2.merge([_reflected(ink, lines, brightness, tint[c], colour[c], _LINE_COLOUR[c]) for c in range(3)])
    return Photo(_exposed(np.asarray(sheet, np.float32), rng), pen.name)


def light(shape: tuple[int, int], rng: np.random.Generator) -> Layer:
    """How much light falls where, up to about 1: from one side, less towards the corners, and up to two shadows."""
    height, width = (length // _SHADOW_SCALE for length in shape)
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    x, y = x / width - 0.5, y / height - 0.5
    angle = rng.uniform(0, 2 * np.pi)
    field = 1 + rng.uniform(0, 0.7) * (x * np.cos(angle) + y * np.sin(angle))
    field *= 1 - rng.uniform(0, 0.5) * (x * x + y * y)
    for _ in range(rng.integers(0, 3)):
        mask = _shadow(x, y, rng)
        blur = float(np.exp(rng.uniform(np.log(0.8), np.log(12.0))))
        field *= 1 - rng.uniform(0.15, 0.5) * cv2.GaussianBlur(mask, (0, 0), blur)
    wide = cv2.resize(field.astype(np.float32), shape[::-1], interpolation=cv2.INTER_CUBIC)
    return np.asarray(wide, np.float32)


def _shadow(x: Layer, y: Layer, rng: np.random.Generator) -> Layer:
    """A straight edge, as of a phone, or an oval, as of a hand or a head."""
    if rng.random() < 0.55:
        angle = rng.uniform(0, 2 * np.pi)
        return np.asarray(x * np.cos(angle) + y * np.sin(angle) > rng.uniform(-0.25, 0.45), np.float32)
    middle_x, middle_y = rng.uniform(-0.6, 0.6, 2)
    radius_x, radius_y = rng.uniform(0.2, 0.6, 2)
    return np.asarray(((x - middle_x) / radius_x) ** 2 + ((y - middle_y) / radius_y) ** 2 < 1, np.float32)


def _camera_view(shape: tuple[int, int], rng: np.random.Generator) -> npt.NDArray[np.float64]:
    """From the sheet to the picture: turned by a few degrees, and each corner moved as by a camera held askew."""
    height, width = shape
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    middle = corners.mean(axis=0)
    angle = np.deg2rad(rng.normal(0, 3.5))
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    seen = (corners - middle) @ turn + middle + rng.normal(0, 0.025, (4, 2)) * min(shape)
    return np.asarray(cv2.getPerspectiveTransform(corners, seen.astype(np.float32)), np.float64)


def _reflected(ink: Layer, lines: Layer, light: Layer, paper: float, pen: float, printed: float) -> Layer:
    """Light of one colour that comes back from the sheet: `paper`, `pen` and `printed` are what each reflects."""
    return np.asarray(paper * (1 - lines * (1 - printed)) * (1 - ink * (1 - pen)) * light, np.float32)


def _exposed(sheet: Layer, rng: np.random.Generator) -> bytes:
    """What a camera makes of the light, float32 `(h, w, 3)`: blur, exposure, noise, JPEG."""
    soft = cv2.GaussianBlur(sheet, (0, 0), rng.uniform(0.5, 2.0))
    noise = rng.standard_normal(sheet.shape[:2], np.float32) * np.float32(rng.uniform(1, 6))
    levels = soft * np.float32(rng.uniform(140, 245)) + noise[:, :, np.newaxis]
    quality = int(rng.integers(60, 96))
    pixels = np.clip(levels, 0, 255).astype(np.uint8)
    done, content = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])
    assert done, "OpenCV writes JPEG"
    return content.tobytes()


def main(argv: Sequence[str]) -> int:
    """Leave ten photographs of each paper in a folder."""
    parser = command_parser("evaluation.photos", "Photograph ink on paper.")
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    add_ink(parser, required=True)
    return run(parser, argv, _leave_photos)


def _leave_photos(options: argparse.Namespace) -> str:
    digits = spread_sample(read_kept_out_ink(options.ink), 10)
    for number, paper in enumerate(PAPERS):
        rng = np.random.default_rng([SEED, number])
        for digit in digits:
            photo = photograph(digit.drawing, paper, rng)
            name = f"{paper}-{digit.label}-{photo.pen.replace(' ', '-')}.jpg"
            write_file(options.folder / name, photo.content)
    return f"{len(PAPERS) * len(digits)} photographs are in {options.folder}."


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
