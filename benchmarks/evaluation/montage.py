"""Show synthesised ink as one picture, beside real ink where a file of it is given.

    python -m benchmarks.evaluation.montage montage.png --ink ink.json.gz

One row a digit, with `--ways` one row for each way of writing it; the grey dots are where strokes begin.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from core.datasets.real_ink import read_ink_file, split_writers
from core.digits.normalize import normalize_drawing
from core.errors import DigitPadError
from core.ink.arrays import GrayImage
from core.ink.drawing import Drawing
from core.synthesis.handwriting import handwrite, synthesize_digits
from core.synthesis.non_digits import KINDS, synthesize_kind
from core.synthesis.templates import Template, load_templates
from core.system.paths import assets_folder
from core.system.safe_files import write_file

COLUMNS = 20
TILE = 64
_NAME_WIDTH = 180
_OVERSAMPLING = 4
_DRAWN_SHARE = 0.8
_LINE = 10
_START = 150


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the picture: what it shows, and the drawings."""

    name: str
    drawings: list[Drawing]


def main(argv: Sequence[str]) -> int:
    """Write the picture that the command line `argv` asks for; 0, or 1 with a sentence where that cannot be done."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.evaluation.montage", description=__doc__.splitlines()[0]
    )
    parser.add_argument("out", type=Path, metavar="OUT.png", help="where the picture goes")
    parser.add_argument("--kind", choices=("digits", "letters", "non-digits"), default="digits")
    parser.add_argument("--ways", action="store_true", help="a row for each way of writing a digit or letter")
    parser.add_argument("--as-seen", action="store_true", help="show the 28x28 images that the network sees")
    parser.add_argument("--ink", type=Path, help="labelled real ink to be shown beside the digits")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(argv)
    rng = np.random.default_rng(options.seed)
    try:
        rows = make_rows(options.kind, options.ways, rng)
        if options.ink is not None:
            rows = sorted(rows + _real_rows(options.ink, rng), key=lambda row: row.name)
        picture = draw_rows(rows, as_seen=options.as_seen)
        write_file(options.out, cv2.imencode(".png", picture)[1].tobytes())
    except DigitPadError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{len(rows)} rows are in {options.out}.")
    return 0


def make_rows(kind: str, ways: bool, rng: np.random.Generator) -> list[Row]:
    """Rows of synthesised ink: of each digit, each letter, each kind of non-digit, or each template."""
    if kind == "non-digits":
        return [Row(name, synthesize_kind(name, COLUMNS, rng)) for name in KINDS]
    templates = load_templates(assets_folder() / "ink" / kind)
    if ways:
        return [Row(template.name, _write([template], rng)) for template in templates]
    if kind == "letters":
        labels = dict.fromkeys(template.label for template in templates)
        return [Row(label, _write([t for t in templates if t.label == label], rng)) for label in labels]
    return [Row(str(digit), synthesize_digits(np.full(COLUMNS, digit, np.uint8), rng)) for digit in range(10)]


def draw_rows(rows: Sequence[Row], *, as_seen: bool) -> GrayImage:
    """All rows below each other, uint8 `(64 rows, width)`, dark ink on white."""
    lines = []
    for row in rows:
        tiles = [_seen(drawing) if as_seen else _drawn(drawing) for drawing in row.drawings[:COLUMNS]]
        tiles += [np.full((TILE, TILE), 255, np.uint8)] * (COLUMNS - len(tiles))
        lines.append(np.hstack([_name(row.name), *tiles]))
    return np.vstack(lines)


def _write(templates: Sequence[Template], rng: np.random.Generator) -> list[Drawing]:
    return [handwrite(templates[i % len(templates)], rng) for i in range(COLUMNS)]


def _real_rows(path: Path, rng: np.random.Generator) -> list[Row]:
    """A row of real ink for each digit, from the writers that are learned from: nobody looks at the others."""
    drawings = read_ink_file(path)
    learned_from = split_writers(drawing.writer for drawing in drawings).train
    rows = []
    for digit in range(10):
        own = [drawing.drawing for drawing in drawings if drawing.label == digit and drawing.writer in learned_from]
        chosen = rng.permutation(len(own))[:COLUMNS]
        rows.append(Row(f"{digit}, real", [own[i] for i in chosen]))
    return rows


def _drawn(drawing: Drawing) -> GrayImage:
    """The strokes as smooth lines, uint8 `(64, 64)`."""
    side = TILE * _OVERSAMPLING
    canvas = np.full((side, side), 255, np.uint8)
    left, top, right, bottom = drawing.bounds()
    scale = side * _DRAWN_SHARE / max(right - left, bottom - top, 1e-6)
    middle = np.array([left + right, top + bottom]) / 2
    for stroke in drawing.strokes:
        points = np.rint((stroke.points - middle) * scale + side / 2).astype(np.int32)
        cv2.polylines(canvas, [points], False, 0, _LINE, cv2.LINE_AA)
        cv2.circle(canvas, points[0].tolist(), _LINE, _START, -1)
    return np.asarray(cv2.resize(canvas, (TILE, TILE), interpolation=cv2.INTER_AREA), np.uint8)


def _seen(drawing: Drawing) -> GrayImage:
    """What the network sees, enlarged, uint8 `(64, 64)`."""
    normalized = normalize_drawing(drawing)
    assert normalized is not None  # every drawing of a row has ink
    enlarged = cv2.resize(255 - normalized.image, (TILE, TILE), interpolation=cv2.INTER_NEAREST)
    return np.asarray(enlarged, np.uint8)


def _name(text: str) -> GrayImage:
    label = np.full((TILE, _NAME_WIDTH), 255, np.uint8)
    cv2.putText(label, text, (4, TILE // 2), cv2.FONT_HERSHEY_SIMPLEX, 0.4, 0, 1, cv2.LINE_AA)
    return label


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
