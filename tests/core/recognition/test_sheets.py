"""Sheets of many digits, as those of training data: read cell by cell, and what is no page of digits is told early."""

import numpy as np
import pytest

from core.digits.arrays import Image
from core.pictures.parts import FAINTEST
from core.recognition.image_numbers import read_ink
from core.recognition.recognizer import Recognizer, Verdict
from core.recognition.sheets import read_cells, spread
from tests.core.recognition.written_numbers import counted

ROWS, COLUMNS = 6, 10


def sheet_of(images: Image, side: int = 28) -> Image:
    """A row of `COLUMNS` images after the other, edge to edge, each cut to its middle `side` pixels."""
    rim = (28 - side) // 2
    cut = images[: ROWS * COLUMNS, rim : 28 - rim, rim : 28 - rim]
    return cut.reshape(ROWS, COLUMNS, side, side).transpose(0, 2, 1, 3).reshape(ROWS * side, COLUMNS * side)


@pytest.mark.parametrize("side", [20, 28])
def test_digits_close_together_are_read_cell_by_cell(shipped: Recognizer, mnist: dict[str, Image], side: int) -> None:
    """At 20 pixels, the cells of OpenCV's sheet, digits touch those beside and below them."""
    ink = sheet_of(mnist["x_test"], side)
    counts: list[int] = []
    reading = read_cells(ink, shipped.recognize, counts.append)
    assert reading is not None
    assert counts == [ROWS * COLUMNS]
    assert len(reading.digits) + len(reading.unread) == ROWS * COLUMNS
    labels = mnist["y_test"][: ROWS * COLUMNS].reshape(ROWS, COLUMNS)
    right = 0
    for digit in reading.digits:
        left, top, end, bottom = digit.box
        row, column = int(top // side), int(left // side)
        assert (digit.row, row, column) == (row, int((bottom - 1) // side), int((end - 1) // side))
        right += digit.recognition.digit == labels[row, column]
    assert right >= 0.95 * ROWS * COLUMNS


def test_cells_of_a_sheet_without_digits_are_none(shipped: Recognizer) -> None:
    rng = np.random.default_rng(1)
    blots = np.zeros((ROWS * COLUMNS, 28, 28), np.uint8)
    for blot in blots:
        blot[4:24, 4:24] = 255 * (rng.random((20, 20)) < 0.5)
    assert read_cells(sheet_of(blots), shipped.recognize) is None


def test_few_cells_are_no_sheet(shipped: Recognizer, mnist: dict[str, Image]) -> None:
    few = np.where(np.arange(60)[:, np.newaxis, np.newaxis] % 3 == 0, mnist["x_test"][:60], np.uint8(0))
    assert read_cells(sheet_of(few.astype(np.uint8)), shipped.recognize) is None
    assert read_cells(np.zeros((200, 200), np.uint8), shipped.recognize) is None


def test_digits_that_the_picture_cuts_off_are_not_lost(shipped: Recognizer, mnist: dict[str, Image]) -> None:
    ink = sheet_of(mnist["x_test"])
    whole, cut = read_cells(ink, shipped.recognize), read_cells(ink[12:, 14:], shipped.recognize)
    assert whole is not None and cut is not None
    inner = [line[1:] for line in whole.text.split("\n")[1:]]
    assert cut.text.split("\n") == inner
    assert len(cut.unread) >= ROWS + COLUMNS - 1
    left_over = ink[12:, 14:].copy()
    for left, top, right, bottom in (*(digit.box for digit in cut.digits), *cut.unread):
        left_over[round(top) : round(bottom), round(left) : round(right)] = 0
    assert left_over.max() <= FAINTEST


def test_a_sample_is_from_all_over_and_never_large() -> None:
    for count in (0, 1, 39, 40, 41, 79, 80, 5000):
        sample = list(spread(range(count)))
        assert len(sample) == min(count, 40)
        assert sample == sorted(set(sample))
        assert not sample or (sample[0] == 0 and sample[-1] >= count - max(1, count / 40) - 1)


def test_a_page_of_no_digits_is_told_by_a_sample(shipped: Recognizer) -> None:
    rng = np.random.default_rng(1)
    ink = np.zeros((600, 900), np.uint8)
    for top in range(10, 580, 30):
        for left in range(10, 880, 30):
            ink[top : top + 20, left : left + 20] = 255 * (rng.random((20, 20)) < 0.7)
    recognize, calls = counted(shipped.recognize)
    reading = read_ink(ink, recognize)
    assert (reading.text, reading.verdict) == ("", Verdict.NOT_A_DIGIT)
    assert len(calls) < 200


def test_a_sheet_of_cells_is_read_as_one_when_its_digits_touch(shipped: Recognizer, mnist: dict[str, Image]) -> None:
    ink = sheet_of(mnist["x_test"], 20)
    cells, reading = read_cells(ink, shipped.recognize), read_ink(ink, shipped.recognize)
    assert cells is not None and len(cells.text) > ROWS * COLUMNS
    assert (reading.text, reading.unread) == (cells.text, cells.unread)
