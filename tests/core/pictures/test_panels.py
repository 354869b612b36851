"""Sheets and labels in pictures: frames are taken off, and it is known when there is no doubt about the paper."""

import cv2
import numpy as np
import pytest

from core.ink.arrays import GrayImage
from core.pictures.panels import is_paper_clear, without_frame

SEVEN = np.array([(110, 90), (200, 88), (145, 220)], np.int32)


def flat(level: int, side: int = 300) -> GrayImage:
    return np.full((side, side), level, np.uint8)


def write_seven(pixels: GrayImage, level: int, pen: int = 14) -> GrayImage:
    """`pixels` with a 7 in its middle."""
    return np.asarray(cv2.polylines(pixels.copy(), [SEVEN], False, level, pen, cv2.LINE_AA), np.uint8)


def labelled(paper: int, label: int, ink: int | None = None) -> GrayImage:
    """A label of one tone in the middle of a sheet, with a 7 on it if there is `ink`."""
    pixels = flat(paper)
    pixels[60:245, 75:235] = label
    return pixels if ink is None else write_seven(pixels, ink)


@pytest.mark.parametrize("pen", [3, 14, 40])
@pytest.mark.parametrize(("paper", "ink"), [(245, 30), (20, 240), (200, 120)])
def test_a_digit_on_a_large_sheet_leaves_no_doubt(paper: int, ink: int, pen: int) -> None:
    assert is_paper_clear(write_seven(flat(paper), ink, pen))


@pytest.mark.parametrize(("paper", "label"), [(240, 20), (20, 240), (210, 120)])
def test_a_label_may_be_the_paper(paper: int, label: int) -> None:
    assert not is_paper_clear(labelled(paper, label, paper))
    assert not is_paper_clear(labelled(paper, label))


def test_a_hollow_or_ragged_area_is_no_label() -> None:
    zero = cv2.ellipse(flat(240), (150, 150), (60, 90), 0, 0, 360, 20, 24, cv2.LINE_AA)
    star = [np.rint(150 + 110 * radius * np.array((np.cos(turn), np.sin(turn)))) for turn, radius in zip(
        np.linspace(0, 2 * np.pi, 11), [1, 0.4] * 5 + [1], strict=True
    )]  # fmt: skip
    assert is_paper_clear(np.asarray(zero, np.uint8))
    assert is_paper_clear(np.asarray(cv2.fillPoly(flat(240), [np.array(star, np.int32)], 20), np.uint8))


def test_a_speck_is_no_label() -> None:
    pixels = flat(240)
    pixels[100:120, 100:125] = 20
    assert is_paper_clear(pixels)


def test_uneven_paper_leaves_doubt() -> None:
    slope = np.tile(np.linspace(120, 240, 300), (300, 1)).astype(np.uint8)
    assert not is_paper_clear(write_seven(slope, 30))
    textured = np.random.default_rng(1).integers(60, 240, (300, 300)).astype(np.uint8)
    assert not is_paper_clear(textured)


def test_a_frame_leaves_doubt_and_its_sheet_does_not() -> None:
    """The border has the tone of the frame; most of the picture has another one."""
    framed = flat(20)
    framed[25:275, 25:275] = 240
    framed = write_seven(framed, 20)
    assert not is_paper_clear(framed)
    assert is_paper_clear(without_frame(framed))


def test_a_frame_gets_the_tone_of_the_sheet() -> None:
    framed = flat(20)
    framed[25:275, 25:275] = 240
    expected = write_seven(flat(240), 20)
    assert (without_frame(write_seven(framed, 20)) == expected).all()


@pytest.mark.parametrize("level", [20, 240])
def test_without_a_frame_nothing_changes(level: int) -> None:
    for pixels in (flat(level), write_seven(flat(level), 255 - level), flat(level, 8), labelled(level, 255 - level)):
        assert without_frame(pixels) is pixels


def test_what_is_no_sheet_is_no_frame_around_it() -> None:
    """A large disc, a triangle, and a sheet that is nearly all ink."""
    disc = np.asarray(cv2.circle(flat(20), (150, 150), 140, 240, -1), np.uint8)
    assert without_frame(disc) is disc
    hollow = np.asarray(cv2.rectangle(flat(20), (20, 20), (279, 279), 240, 25), np.uint8)
    assert without_frame(hollow) is hollow


def test_a_table_beside_the_paper_leaves_doubt() -> None:
    beside = write_seven(flat(240), 20)
    beside[:, :40] = 90
    assert not is_paper_clear(beside)


def test_paper_a_little_darker_than_its_rim_leaves_doubt() -> None:
    darker = flat(240)
    darker[30:270, 30:270] = 220
    assert not is_paper_clear(write_seven(darker, 20))
