"""Cutting a digit out of ink: strokes get a width that can be read, the box and the size stay those of the digit."""

from collections.abc import Callable

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from core.pictures.ink_search import FoundInk, cut_digit, find_ink

Gray = npt.NDArray[np.uint8]
PLACE = (60, 40)
"""Of the upper left corner of a digit of `HEIGHT` pixels."""
HEIGHT = 200


def loop(pen: int) -> Gray:
    """A 0 whose outline is `HEIGHT` pixels high, whatever the pen."""
    pixels = np.zeros((300, 300), np.uint8)
    axes = (75 - pen // 2, HEIGHT // 2 - pen // 2)
    cv2.ellipse(pixels, (PLACE[0] + 75, PLACE[1] + 100), axes, 0, 0, 360, 255, pen, cv2.LINE_AA)
    return pixels


def box_of(ink: Gray) -> tuple[int, ...]:
    left, top, width, height = cv2.boundingRect((ink > 127).astype(np.uint8))
    return left, top, left + width, top + height


def cut(ink: Gray) -> FoundInk:
    return cut_digit(ink.astype(np.float32))


def stroke_width(ink: Gray) -> float:
    """Of a ring, across its left side in the middle of its height, as a share of the ring's height."""
    left, top, right, bottom = box_of(ink)
    row = ink[(top + bottom) // 2, left : (left + right) // 2]
    return float((row > 127).sum()) / (bottom - top)


@pytest.mark.parametrize("pen", [26, 30, 34])
def test_usual_strokes_stay_as_they_are(pen: int) -> None:
    ink = loop(pen)
    found = cut(ink)
    left, top, right, bottom = found.box
    assert found.box == pytest.approx(box_of(ink), abs=1)
    inner = found.ink[found.ink.any(axis=1)][:, found.ink.any(axis=0)]
    assert (inner == ink[top:bottom, left:right]).all()


@pytest.mark.parametrize("pen", [40, 48, 54, 60])
def test_thick_strokes_are_narrowed(pen: int) -> None:
    ink = loop(pen)
    found = cut(ink)
    assert 0.14 < stroke_width(found.ink) < stroke_width(ink) - 0.02
    hole = cv2.connectedComponents((found.ink < 128).astype(np.uint8), connectivity=4)[0] - 1
    assert hole == 2


@pytest.mark.parametrize("pen", [4, 8, 12])
def test_thin_strokes_are_widened(pen: int) -> None:
    ink = loop(pen)
    assert stroke_width(ink) < 0.08 < stroke_width(cut(ink).ink) < 0.14


@pytest.mark.parametrize("pen", [4, 24, 60])
def test_the_box_is_that_of_the_ink_and_the_cut_out_is_square(pen: int) -> None:
    ink = loop(pen)
    found = cut(ink)
    assert found.box == pytest.approx((*PLACE, PLACE[0] + 150, PLACE[1] + HEIGHT), abs=2)
    assert found.ink.shape[0] == found.ink.shape[1] > HEIGHT
    left, top, right, bottom = box_of(found.ink)
    assert (left + right) / 2 == pytest.approx(found.ink.shape[1] / 2, abs=2)
    assert (top + bottom) / 2 == pytest.approx(found.ink.shape[0] / 2, abs=2)
    assert bottom - top == pytest.approx(HEIGHT, abs=0.16 * HEIGHT)


def test_a_blob_is_not_narrowed() -> None:
    """Ink all over is no stroke; narrowed, a filled disc would only be smaller."""
    disc = np.asarray(cv2.circle(np.zeros((300, 300), np.uint8), (150, 150), 100, 255, -1), np.uint8)
    assert box_of(cut(disc).ink)[2] - box_of(cut(disc).ink)[0] == 201


def test_digits_as_small_as_those_of_data_sets_are_not_narrowed() -> None:
    small = np.asarray(cv2.resize(loop(60), None, fx=0.1, fy=0.1, interpolation=cv2.INTER_AREA), np.uint8)
    found = cut(small)
    left, top, right, bottom = found.box
    inner = found.ink[found.ink.any(axis=1)][:, found.ink.any(axis=0)]
    assert (inner == small[top:bottom, left:right]).all()


@pytest.mark.parametrize("cutting", [cut, lambda ink: find_ink(255 - ink)])
def test_who_learns_from_a_thick_digit_gets_it_as_it_is(cutting: Callable[[Gray], FoundInk | None]) -> None:
    ink = loop(60)
    found = cutting(ink)
    assert found is not None
    is_read = cutting is cut
    assert (stroke_width(found.ink) < stroke_width(ink) - 0.02) == is_read
