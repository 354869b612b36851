"""The digits that the table of `benchmarks.evaluation.accuracy` is about, set by set."""

from collections.abc import Iterator, Sequence

import numpy as np

from benchmarks.evaluation.kept_out_ink import spread_sample
from benchmarks.evaluation.measuring import DigitScore, RecognizeImages, recognize_distinct, score_digits
from benchmarks.evaluation.paper import PAPERS
from benchmarks.evaluation.photos import SEED, photograph
from benchmarks.evaluation.ways_to_draw import (
    ALL_WAYS,
    PEN_WIDTHS,
    READABLE_PEN_WIDTHS,
    READABLE_SIZES,
    SIZES,
    TURNS,
    Way,
    drawn,
    image_of_drawing,
    image_of_picture,
    picture_cells,
)
from core.datasets.mnist import load_mnist
from core.datasets.real_ink import LabelledDrawing
from core.digits.arrays import Image
from core.digits.normalize import normalize_ink_image
from core.errors import PictureError
from core.pictures.reading import read_picture
from core.recognition.recognizer import Recognition

DRAWINGS_A_WAY = 200
PICTURES_A_CELL = 250
PHOTOS_A_PAPER = 200

MNIST = "MNIST’s test set"
INK = "ink of kept-out writers"
TURNED = {angle: f"turned by {angle:+.0f}°" for angle in TURNS}
WAYS = f"drawn in {len(ALL_WAYS)} ways"
PICTURES = f"pictures of the pad, {len(READABLE_PEN_WIDTHS) * len(READABLE_SIZES)} cells"
PHOTOS = {paper: f"photographs, {paper} paper" for paper in PAPERS}
ALL_PHOTOS = "photographs, all"
INK_SETS = (INK, *TURNED.values(), WAYS, PICTURES, *PHOTOS.values(), ALL_PHOTOS)
"""Those that are made from real writers' ink."""


def score_mnist(recognize_many: RecognizeImages) -> DigitScore:
    """MNIST's own test set."""
    test = load_mnist().test
    return score_digits(MNIST, recognize_many(list(test.images)), test.labels)


def score_ink(recognize_many: RecognizeImages, digits: Sequence[LabelledDrawing], name: str = INK) -> DigitScore:
    """Ink as it was written."""
    answers = recognize_many([image_of_drawing(digit.drawing) for digit in digits])
    return score_digits(name, answers, labels_of(digits))


def score_turned(recognize_many: RecognizeImages, digits: Sequence[LabelledDrawing]) -> Iterator[DigitScore]:
    """All of the ink turned to one side, then to the other."""
    for angle, name in TURNED.items():
        way = Way(PEN_WIDTHS[2], SIZES[3], (0.5, 0.5), angle)
        answers = recognize_many([image_of_drawing(drawn(digit.drawing, way)) for digit in digits])
        yield score_digits(name, answers, labels_of(digits))


def score_ways(
    recognize_many: RecognizeImages, digits: Sequence[LabelledDrawing], *, count: int = DRAWINGS_A_WAY
) -> tuple[DigitScore, DigitScore]:
    """All ways to draw: everything together, and the worst way; the same `count` digits in each."""
    sample = spread_sample(digits, count)
    cells = []
    for way in ALL_WAYS:
        images = [image_of_drawing(drawn(digit.drawing, way)) for digit in sample]
        cells.append((str(way), images, labels_of(sample)))
    return _together_and_worst(recognize_many, WAYS, cells)


def score_pictures(
    recognize_many: RecognizeImages, digits: Sequence[LabelledDrawing], *, count: int = PICTURES_A_CELL
) -> tuple[DigitScore, DigitScore]:
    """Pictures of the pad, 5 pen widths by 5 sizes: everything together, and the worst of the 25."""
    cells = []
    for cell in picture_cells(spread_sample(digits, count), count):
        images = [image_of_picture(drawn(digit.drawing, way)) for digit, way in cell]
        way = cell[0][1]
        cells.append((f"pen {way.pen_width:g}, size {way.size:g}", images, labels_of([digit for digit, _ in cell])))
    return _together_and_worst(recognize_many, PICTURES, cells)


def score_photos(
    recognize_many: RecognizeImages, digits: Sequence[LabelledDrawing], *, count: int = PHOTOS_A_PAPER
) -> Iterator[DigitScore]:
    """Photographs of each paper, and all of them."""
    sample = spread_sample(digits, count)
    answers: list[Recognition] = []
    for number, paper in enumerate(PAPERS):
        rng = np.random.default_rng([SEED, number])
        images = [_read_photo(photograph(digit.drawing, paper, rng).content) for digit in sample]
        of_paper = recognize_many(images)
        answers += of_paper
        yield score_digits(PHOTOS[paper], of_paper, labels_of(sample))
    yield score_digits(ALL_PHOTOS, answers, labels_of(sample) * len(PAPERS))


def labels_of(digits: Sequence[LabelledDrawing]) -> list[int]:
    return [digit.label for digit in digits]


def _read_photo(content: bytes) -> Image | None:
    """What the app makes of a photograph; None where it finds no ink."""
    try:
        digit = normalize_ink_image(read_picture(content).ink)
    except PictureError:
        return None
    return digit.image if digit else None


def _together_and_worst(
    recognize_many: RecognizeImages, name: str, cells: Sequence[tuple[str, list[Image | None], list[int]]]
) -> tuple[DigitScore, DigitScore]:
    everything = [image for _, images, _ in cells for image in images]
    answers = iter(recognize_distinct(recognize_many, everything))
    of_cell = [[next(answers) for _ in images] for _, images, _ in cells]
    labels = [label for _, _, of in cells for label in of]
    together = score_digits(name, [answer for of in of_cell for answer in of], labels)
    scores = [score_digits(f"  worst: {cell[0]}", of, cell[2]) for cell, of in zip(cells, of_cell, strict=True)]
    return together, min(scores, key=lambda score: score.right)
