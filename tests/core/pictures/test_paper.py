"""Evened-out paper: beside very thick ink its tone is found, and shadows and light are not taken for ink."""

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from core.ink.arrays import GrayImage
from core.pictures.paper import even_out

Share = npt.NDArray[np.floating]
SIDE = 300
INK, PAPER = 40.0, 225.0


def thick_ink(pen: int = 90) -> npt.NDArray[np.bool_]:
    """A 4 of a thick marker, cut close: ink covers most of the picture."""
    pixels = np.zeros((SIDE, SIDE), np.uint8)
    cv2.polylines(pixels, [np.array([(100, 30), (50, 170), (260, 170)], np.int32)], False, 1, pen)
    cv2.line(pixels, (190, 60), (190, 290), 1, pen)
    return pixels > 0


def photographed(ink: npt.NDArray[np.bool_], light: Share | float = 1.0, noise: float = 2.0) -> GrayImage:
    """Ink on paper in some light, as JPEG leaves it."""
    levels = cv2.GaussianBlur(np.where(ink, INK, PAPER), (0, 0), 0.8) * light
    noisy = levels + np.random.default_rng(1).normal(0, noise, ink.shape)
    done, content = cv2.imencode(".jpg", np.clip(noisy, 0, 255).astype(np.uint8), (cv2.IMWRITE_JPEG_QUALITY, 80))
    assert done
    return np.asarray(cv2.imdecode(content, cv2.IMREAD_GRAYSCALE), np.uint8)


def inner(mask: npt.NDArray[np.bool_], reach: int = 9) -> npt.NDArray[np.bool_]:
    return np.asarray(cv2.erode(mask.astype(np.uint8), np.ones((reach, reach), np.uint8)) > 0, np.bool_)


@pytest.mark.parametrize("pen", [80, 90, 110])
def test_the_paper_beside_a_thick_marker_is_found(pen: int) -> None:
    ink = thick_ink(pen)
    assert ink.mean() > 0.4
    even = even_out(photographed(ink), is_ink_bright=False)
    assert np.percentile(np.abs(even.darkness[inner(~ink)]), 95) < 15
    assert np.percentile(even.darkness[inner(ink)], 5) > 180


def test_thick_ink_in_another_tone_is_found() -> None:
    ink = thick_ink()
    even = even_out(255 - photographed(ink), is_ink_bright=True)
    assert np.percentile(np.abs(even.darkness[inner(~ink)]), 95) < 15
    assert np.percentile(even.darkness[inner(ink)], 5) > 180


def shadow(edge: float) -> Share:
    """Light that falls to less than half across an edge `edge` pixels wide."""
    rows, columns = np.mgrid[:SIDE, :SIDE]
    return np.asarray(0.45 + 0.55 / (1 + np.exp(-(columns + 0.4 * rows - 210) / max(edge, 0.1) * 4)), np.float64)


@pytest.mark.parametrize("edge", [8, 25, 60])
def test_a_shadow_is_no_ink(edge: int) -> None:
    even = even_out(photographed(np.zeros((SIDE, SIDE), np.bool_), shadow(edge)), is_ink_bright=False)
    assert even.shaded is not None
    assert np.mean(even.darkness > 60) < 0.05


def test_ink_in_a_shadow_stays_darker_than_the_shadow() -> None:
    ink = np.zeros((SIDE, SIDE), np.uint8)
    cv2.polylines(ink, [np.array([(90, 60), (200, 60), (120, 250)], np.int32)], False, 1, 16)
    even = even_out(photographed(ink > 0, shadow(25)), is_ink_bright=False)
    on_ink, beside = even.darkness[inner(ink > 0, 5)], even.darkness[inner(ink == 0, 15)]
    assert np.percentile(on_ink, 10) > 100
    assert np.percentile(beside, 95) < 60


@pytest.mark.parametrize("edge", [8, 40])
def test_a_wedge_of_light_leaves_no_ink_beside_it(edge: int) -> None:
    rows, columns = np.mgrid[:SIDE, :SIDE]
    inside = np.minimum(columns - 60 - 0.3 * rows, 230 + 0.2 * rows - columns)
    light = 0.6 + 0.4 / (1 + np.exp(-inside / edge * 4))
    even = even_out(photographed(np.zeros((SIDE, SIDE), np.bool_), light), is_ink_bright=False)
    assert even.shaded is not None
    assert np.mean(even.darkness > 60) < 0.05


def test_a_drawn_sheet_keeps_its_levels() -> None:
    ink = thick_ink(20)
    even = even_out(np.where(ink, 0, 255).astype(np.uint8), is_ink_bright=False)
    assert even.shaded is None and even.noise == 0
    assert (even.darkness == np.where(ink, 255, 0)).all()
