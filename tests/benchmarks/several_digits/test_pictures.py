"""Pictures of numbers and whole sheets: the sizes and tones they are meant to have, the same for the same seed."""

import cv2
import numpy as np
import pytest

from benchmarks.evaluation.paper import PAPERS
from benchmarks.several_digits.ink_numbers import ink_of_writers, make_numbers
from benchmarks.several_digits.pictures_of_numbers import CLEAN, draw_cleanly, enlarge, photograph_number
from benchmarks.several_digits.sheets import CELLS, EXERCISES, exercise_sheet, mnist_grid
from core.datasets.mnist import load_mnist


@pytest.fixture(scope="module")
def writers(digits):
    return ink_of_writers(digits)


def gray(content):
    return cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_GRAYSCALE)


@pytest.mark.parametrize("paper", PAPERS)
def test_the_same_numbers_make_the_same_photograph(paper, writers):
    number = next(make_numbers(writers, 1, 1))
    one, other = (photograph_number(number, paper, np.random.default_rng(3)).content for _ in range(2))
    assert one == other
    assert min(gray(one).shape) == 900


def test_a_number_is_inside_its_photograph(writers):
    """Nothing darker than the light explains at the edges: plain paper, and pens that cover well."""
    for seed, number in enumerate(make_numbers(writers, 4, 1)):
        pixels = gray(photograph_number(number, "plain", np.random.default_rng(seed)).content).astype(np.float32)
        light = cv2.GaussianBlur(pixels, (0, 0), 40)
        dark = np.argwhere(cv2.GaussianBlur(pixels, (0, 0), 2) < 0.6 * light)
        assert len(dark)
        assert (dark.min(axis=0) > 10).all() and (dark.max(axis=0) < np.array(pixels.shape) - 10).all()


@pytest.mark.parametrize("style", CLEAN)
def test_a_clean_picture_has_the_tones_it_is_named_after(style, writers):
    for number in make_numbers(writers, 5, 1):
        pixels = gray(draw_cleanly(number, style, np.random.default_rng(1)))
        assert (np.median(pixels) > 128) == (style != "white on black")
        assert pixels.shape[1] > pixels.shape[0] / 2
        assert np.ptp(pixels) > 200


def test_an_enlarged_digit_is_six_times_as_large():
    image = load_mnist().train.images[0]
    dark, light = (gray(enlarge(image, dark=dark)) for dark in (True, False))
    assert dark.shape == (168, 168)
    assert np.array_equal(dark, 255 - light)


@pytest.mark.parametrize("cell", CELLS)
def test_a_grid_has_a_cell_for_each_sign_of_its_text(cell):
    sheet = mnist_grid(cell, 1, (3, 5))
    assert gray(sheet.content).shape == (3 * cell, 5 * cell)
    assert [len(row) for row in sheet.text.split("\n")] == [5, 5, 5]
    assert mnist_grid(cell, 1, (3, 5)).content == sheet.content


def test_an_exercise_sheet_has_ink_in_each_of_its_cells(writers):
    sheet = exercise_sheet(writers, 1, 0)
    assert [len(row) for row in sheet.text.split("\n")] == [EXERCISES[1]] * EXERCISES[0]
    inner = gray(sheet.content)[120:-120, 120:-120]
    for rows in np.array_split(inner, EXERCISES[0]):
        for cell in np.array_split(rows, EXERCISES[1], axis=1):
            assert cell.min() < 130
