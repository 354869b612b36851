"""Pictures of what is no digit: nothing is read in them, and they are told from blank ones."""

import numpy as np
import numpy.typing as npt
import pytest

from core.recognition.picture_numbers import read_picture_number
from core.recognition.recognizer import Recognizer, Verdict
from tests.core.recognition.written_numbers import encoded

Pixels = npt.NDArray[np.integer]
REFUSED = (Verdict.NOT_A_DIGIT, Verdict.BLANK)


def verdict_of(pixels: Pixels, recognizer: Recognizer, *, is_single: bool = False) -> Verdict:
    reading = read_picture_number(encoded(pixels.astype(np.uint8)), recognizer, is_single=is_single).reading
    assert (reading.text == "") == (reading.verdict in REFUSED)
    return reading.verdict


@pytest.mark.parametrize("level", [0, 1, 128, 240, 255])
@pytest.mark.parametrize("shape", [(1, 1), (28, 28), (200, 300), (5, 900)])
def test_a_blank_picture_has_an_empty_reading(shipped: Recognizer, level: int, shape: tuple[int, int]) -> None:
    number = read_picture_number(encoded(np.full(shape, level, np.uint8)), shipped)
    assert (number.reading.digits, number.reading.verdict, number.ink) == ((), Verdict.BLANK, None)
    assert number.picture.size == shape[::-1]


@pytest.mark.parametrize(("first", "last"), [(60, 230), (230, 60), (20, 235), (120, 140)])
def test_a_gradient_is_no_digit(shipped: Recognizer, first: int, last: int) -> None:
    slope = np.tile(np.linspace(first, last, 300), (200, 1))
    assert verdict_of(slope, shipped) in REFUSED
    assert verdict_of(slope.T, shipped) in REFUSED
    assert verdict_of((slope[:, :200] + slope[:, :200].T) / 2, shipped) in REFUSED


@pytest.mark.parametrize("share", [0.02, 0.05, 0.1, 0.2, 0.3])
@pytest.mark.parametrize("side", [28, 64, 200])
def test_noise_is_no_digit(shipped: Recognizer, side: int, share: float) -> None:
    is_set = np.random.default_rng(1).random((side, side)) < share
    assert verdict_of(np.where(is_set, 0, 255), shipped) in REFUSED
    assert verdict_of(np.where(is_set, 255, 0), shipped) in REFUSED
    assert verdict_of(np.where(is_set, 0, 255), shipped, is_single=True) in REFUSED


def test_grainy_paper_is_no_digit(shipped: Recognizer) -> None:
    for deviation in (4, 12, 30):
        grain = np.random.default_rng(1).normal(200, deviation, (200, 300))
        assert verdict_of(np.clip(grain, 0, 255), shipped) in REFUSED


@pytest.mark.parametrize("side", [5, 20, 50])
def test_a_checkerboard_is_no_digit(shipped: Recognizer, side: int) -> None:
    board = np.add.outer(np.arange(200) // side, np.arange(300) // side) % 2
    assert verdict_of(board * 255, shipped) in REFUSED
    assert verdict_of(200 - board * 100, shipped) in REFUSED


@pytest.mark.parametrize("width", [5, 15, 30])
def test_stripes_are_no_digits(shipped: Recognizer, width: int) -> None:
    stripes = np.tile(np.arange(300) // width % 2 * 255, (200, 1))
    assert verdict_of(stripes, shipped) in REFUSED
    assert verdict_of(stripes.T, shipped) in REFUSED
