"""The sets of numbers that the table is about, and the scores of each."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from benchmarks.evaluation.kept_out_ink import spread_sample
from benchmarks.evaluation.paper import PAPERS
from benchmarks.evaluation.ways_to_draw import PEN_WIDTHS, PLACES, SIZES, Way, drawn, image_of_drawing
from benchmarks.several_digits.ink_numbers import (
    LENGTHS,
    LONG_LENGTHS,
    SLOPED,
    InkNumber,
    Order,
    WriterInk,
    make_numbers,
    make_ones,
)
from benchmarks.several_digits.measuring import Score, score_order, score_texts
from benchmarks.several_digits.not_numbers import MARKS, number_with_mark, scribble_of_strokes
from benchmarks.several_digits.pages import make_pages
from benchmarks.several_digits.pictures_of_numbers import CLEAN, draw_cleanly, enlarge, photograph_number
from benchmarks.several_digits.reading import Reader
from benchmarks.several_digits.sheets import CELLS, exercise_sheet, mnist_grid
from core.datasets.mnist import load_mnist
from core.datasets.real_ink import LabelledDrawing

INK, PAGES, SINGLES, SPLIT, PHOTOS = (
    "ink, all", "pages of four rows, digits in order", "single digits, all", "  split into several", "photographs, all",
)  # fmt: skip
"""The rows that bars are about."""


def score_ink(reader: Reader, writers: Sequence[WriterInk], count: int, seed: int) -> Iterator[Score]:
    """Ink numbers: all, by length, and by what makes them hard; then long ones, and ones."""
    numbers = list(make_numbers(writers, count, seed))
    texts, alone = [reader.drawing(number.drawing) for number in numbers], _read_alone(reader, numbers)
    kinds = {INK: [True] * count}
    kinds |= {f"  {length} digits": [len(number.text) == length for number in numbers] for length in LENGTHS}
    kinds["  touching"] = [number.touching for number in numbers]
    kinds["  not touching"] = [not number.touching for number in numbers]
    kinds[f"  sloped by {SLOPED:g}° or more"] = [abs(number.slope) >= SLOPED for number in numbers]
    kinds["  late strokes"] = [number.order is Order.LATE for number in numbers]
    kinds["  shuffled strokes"] = [number.order is Order.SHUFFLED for number in numbers]
    yield from _scores_of_kinds(kinds, texts, numbers, alone)
    fewer = max(count // 5, 1)
    for name, some in (
        (f"ink, {min(LONG_LENGTHS)} to {max(LONG_LENGTHS)} digits", make_numbers(writers, fewer, seed, LONG_LENGTHS)),
        ("ink, 1 to 1111", make_ones(writers, fewer, seed)),
    ):
        chosen_numbers = list(some)
        read = [reader.drawing(number.drawing) for number in chosen_numbers]
        yield score_texts(name, read, _texts(chosen_numbers), _read_alone(reader, chosen_numbers))


def score_pages(reader: Reader, writers: Sequence[WriterInk], count: int, seed: int) -> Iterator[Score]:
    """Pages as ink: digits in order, and pages without a mistake."""
    pages = list(make_pages(writers, count, seed))
    texts = [reader.drawing(page.drawing) for page in pages]
    yield score_order(PAGES, texts, _texts(pages))
    yield score_texts("  pages without a mistake", texts, _texts(pages), _read_alone(reader, pages))
    rows = [text.count("\n") == page.text.count("\n") for text, page in zip(texts, pages, strict=True)]
    yield Score("  pages with as many rows", sum(rows), len(rows))


def score_singles(reader: Reader, ink: Sequence[LabelledDrawing], count: int, seed: int) -> Iterator[Score]:
    """Digits by themselves: as ink, and MNIST's as pictures; right, then how many were split."""
    sample = spread_sample(ink, count)
    rng = np.random.default_rng([seed, 5])
    ways = [Way(PEN_WIDTHS[2], float(rng.choice(SIZES)), PLACES[rng.integers(len(PLACES))], 0.0) for _ in sample]
    drawings = [drawn(digit.drawing, way) for digit, way in zip(sample, ways, strict=True)]
    texts = [reader.drawing(drawing) for drawing in drawings]
    labels = [str(digit.label) for digit in sample]
    alone = [str(answer.digit) for answer in reader.recognizer.recognize_many(list(map(image_of_drawing, drawings)))]
    right = [answer == label for answer, label in zip(alone, labels, strict=True)]
    scores = [score_texts("single digits, ink", texts, labels, right)]
    train = load_mnist().train
    for dark, name in ((True, "black on white"), (False, "white on black")):
        chosen = rng.choice(len(train.labels), count, replace=False)
        read = [reader.picture(enlarge(train.images[place], dark=dark)) for place in chosen]
        scores.append(score_texts(f"MNIST’s, {name}", read, [str(train.labels[place]) for place in chosen]))
        texts += read
    yield Score(SINGLES, sum(score.right for score in scores), sum(score.count for score in scores))
    yield from (Score(f"  {score.name}", score.right, score.count, score.alone) for score in scores)
    yield Score(SPLIT, sum(len(text) > 1 for text in texts), len(texts))


def score_pictures(reader: Reader, writers: Sequence[WriterInk], count: int, seed: int) -> Iterator[Score]:
    """The same ink numbers photographed on each paper, and in clean pictures."""
    numbers = list(make_numbers(writers, count, seed))
    alone = _read_alone(reader, numbers)
    of_paper, of_style = ([place % len(kinds) for place in range(count)] for kinds in (PAPERS, CLEAN))
    chances = [np.random.default_rng([seed, 6, place]) for place in range(len(PAPERS))]
    texts = [
        reader.picture(photograph_number(number, PAPERS[paper], chances[paper]).content)
        for number, paper in zip(numbers, of_paper, strict=True)
    ]
    kinds = {PHOTOS: [True] * count}
    kinds |= {f"  {paper} paper": [other == place for other in of_paper] for place, paper in enumerate(PAPERS)}
    kinds["  photographs, touching"] = [number.touching for number in numbers]
    kinds["  photographs, not touching"] = [not number.touching for number in numbers]
    yield from _scores_of_kinds(kinds, texts, numbers, alone)
    chances = [np.random.default_rng([seed, 7, place]) for place in range(len(CLEAN))]
    texts = [
        reader.picture(draw_cleanly(number, CLEAN[style], chances[style]))
        for number, style in zip(numbers, of_style, strict=True)
    ]
    kinds = {f"clean pictures, {style}": [other == place for other in of_style] for place, style in enumerate(CLEAN)}
    yield from _scores_of_kinds(kinds, texts, numbers, alone)


def _scores_of_kinds(
    kinds: Mapping[str, Sequence[bool]], texts: Sequence[str], numbers: Sequence[InkNumber], alone: Sequence[bool]
) -> Iterator[Score]:
    """A score for each of `kinds`, which say of each number whether it is one of them."""
    wanted = _texts(numbers)
    for name, chosen in kinds.items():
        of = [place for place, is_one in enumerate(chosen) if is_one]
        read, said = [texts[place] for place in of], [wanted[place] for place in of]
        yield score_texts(name, read, said, [alone[place] for place in of])


def score_sheets(reader: Reader, writers: Sequence[WriterInk], count: int, seed: int) -> Iterator[Score]:
    """Grids of MNIST's digits, and `count` scanned exercise sheets: digits found and right, in order."""
    sheets = {f"MNIST grid, cells of {cell} pixels, digits in order": [mnist_grid(cell, seed)] for cell in CELLS}
    sheets["exercise sheets, digits in order"] = [exercise_sheet(writers, seed, number) for number in range(count)]
    for name, some in sheets.items():
        yield score_order(name, [reader.picture(sheet.content) for sheet in some], [sheet.text for sheet in some])


def score_marks(reader: Reader, writers: Sequence[WriterInk], count: int, seed: int) -> Iterator[Score]:
    """Numbers with a mark that is no digit, `count` of each kind; and scribbles, of which nothing is read."""
    for place, mark in enumerate(MARKS):
        rng = np.random.default_rng([seed, 8, place])
        numbers = [number_with_mark(mark, writers[turn % len(writers)], rng) for turn in range(count)]
        texts = [reader.drawing(number.drawing) for number in numbers]
        yield score_texts(f"{mark} left out", texts, _texts(numbers), _read_alone(reader, numbers))
    scribbles = [scribble_of_strokes(np.random.default_rng([seed, 9, turn])) for turn in range(max(count // 10, 1))]
    yield score_texts(
        "scribbles read as nothing", [reader.drawing(drawing) for drawing in scribbles], [""] * len(scribbles)
    )


def _texts(numbers: Sequence[InkNumber]) -> list[str]:
    return [number.text for number in numbers]


def _read_alone(reader: Reader, numbers: Sequence[InkNumber]) -> list[bool]:
    """For each number whether all of its digits are read right, each by itself."""
    images = [image_of_drawing(digit) for number in numbers for digit in number.digits()]
    answers = iter(reader.recognizer.recognize_many(images))
    texts = [number.text.replace("\n", "") for number in numbers]
    return [text == "".join(str(next(answers).digit) for _ in text) for text in texts]
