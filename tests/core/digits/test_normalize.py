"""The recipe: what it makes of ink and pictures, and what must not matter to it."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.digits.normalize import measure_stroke_width, normalize_drawing, normalize_ink_image, normalize_ink_images
from core.ink.drawing import Drawing, Stroke

SEVEN = Drawing(
    (
        Stroke(np.array([[100, 100], [200, 95], [300, 100], [250, 200], [200, 330], [180, 400]], np.float32)),
        Stroke(np.array([[150, 240], [290, 235]], np.float32)),
    ),
    pad_side=500.0,
)


def moved(drawing: Drawing, *, scale: float = 1.0, right: float = 0.0, down: float = 0.0) -> Drawing:
    offset = np.array([right, down], np.float32)
    return replace(drawing, strokes=tuple(Stroke(s.points * np.float32(scale) + offset) for s in drawing.strokes))


def image_of(drawing: Drawing) -> np.ndarray:
    digit = normalize_drawing(drawing)
    assert digit is not None
    return digit.image.astype(int)


@given(
    scale=st.floats(0.2, 8.0),
    right=st.floats(-3000, 3000),
    down=st.floats(-3000, 3000),
    pen_width=st.floats(0.001, 0.3),
)
def test_place_size_and_pen_do_not_matter(scale: float, right: float, down: float, pen_width: float) -> None:
    other = replace(moved(SEVEN, scale=scale, right=right, down=down), pen_width=pen_width)
    assert np.abs(image_of(other) - image_of(SEVEN)).max() <= 8


@given(st.lists(st.tuples(st.floats(0, 1000), st.floats(0, 1000)), min_size=2, max_size=40))
def test_any_stroke_fills_the_tile_and_is_centred_on_its_mass(points: list[tuple[float, float]]) -> None:
    drawing = Drawing((Stroke(np.array(points, np.float32)),), pad_side=1000.0)
    digit = normalize_drawing(drawing)
    assert digit is not None
    assert digit.image.shape == (28, 28)
    assert digit.image.dtype == np.uint8
    assert digit.image.max() == 255
    assert digit.image.sum() == digit.tile.sum(), "nothing of the tile may be cut off"
    left, top, right, bottom = drawing.bounds()
    if max(right - left, bottom - top) > 100:
        rows, columns = np.nonzero(digit.tile.any(axis=1))[0], np.nonzero(digit.tile.any(axis=0))[0]
        assert max(np.ptp(rows), np.ptp(columns)) + 1 == 20
    index = np.arange(28)
    for axis, shift in zip((0, 1), digit.shift, strict=True):
        centre = digit.image.sum(axis=axis) @ index / digit.image.sum()
        ink = np.nonzero(digit.image.any(axis=axis))[0]
        meets_the_edge = ink[0] == 0 or ink[-1] == 27
        assert abs(centre - 14.0) <= 0.5001 or meets_the_edge, shift


def test_mnist_digits_are_normalised_already(mnist: dict[str, np.ndarray]) -> None:
    """Up to the brightest pixel, 254 in a few, and to the few digits that are not quite 20 pixels long."""
    changed = 0
    for image in mnist["x_train"][:3000]:
        digit = normalize_ink_image(image)
        assert digit is not None
        changed += np.abs(digit.image.astype(int) - image).max() > 1
    assert changed <= 3


@pytest.mark.parametrize("zoom", [1, 2, 3, 7])
def test_mnist_digits_come_back_from_anywhere_on_a_sheet(mnist: dict[str, np.ndarray], zoom: int) -> None:
    rng = np.random.default_rng(zoom)
    for image in mnist["x_test"][:50]:
        large = np.kron(image, np.ones((zoom, zoom), np.uint8))
        sheet = np.zeros((700, 900), np.uint8)
        top, left = rng.integers(0, 700 - len(large)), rng.integers(0, 900 - len(large))
        sheet[top : top + len(large), left : left + len(large)] = large
        digit = normalize_ink_image(sheet)
        assert digit is not None
        assert np.abs(digit.image.astype(int) - image).max() <= 1


def test_a_dot_stays_a_dot() -> None:
    dot = normalize_drawing(Drawing((Stroke(np.array([[250, 250]], np.float32)),), pad_side=500.0))
    assert dot is not None
    assert 4 <= (dot.image > 60).sum() <= 16


def test_a_dot_on_a_pad_of_unknown_size() -> None:
    dot = normalize_drawing(Drawing((Stroke(np.array([[3, 7]], np.float32)),)))
    assert dot is not None
    assert 4 <= (dot.image > 60).sum() <= 16


def test_a_tiny_mark_is_not_zoomed_to_a_digit() -> None:
    tiny = normalize_drawing(moved(SEVEN, scale=0.02))
    assert tiny is not None
    assert (tiny.image > 0).sum() < 60


def test_strokes_are_inked_at_the_width_that_is_reported() -> None:
    line = Drawing((Stroke(np.array([[0, 0], [0, 100]], np.float32)),))
    digit = normalize_drawing(line)
    assert digit is not None
    middle = digit.image[14].astype(float).sum() / 255
    assert middle == pytest.approx(digit.stroke_width, abs=0.15)


def test_the_width_of_the_shown_line_is_told_in_pixels_of_the_image() -> None:
    digit = normalize_drawing(replace(SEVEN, pen_width=0.1))
    assert digit is not None
    # 50 of 500 units wide, on a digit of 305 units and its own stroke
    assert digit.drawn_width == pytest.approx(0.1 * 500 / digit.box[2] * 20)
    assert 2.0 < digit.drawn_width < 3.5


@pytest.mark.parametrize("width", [2, 3, 4])
def test_stroke_width_is_measured(width: int) -> None:
    image = np.zeros((28, 28), np.uint8)
    image[4:24, 12 : 12 + width] = 255
    assert measure_stroke_width(image) == pytest.approx(width, abs=0.6)


def test_nothing_drawn_gives_nothing() -> None:
    assert normalize_drawing(Drawing()) is None
    assert normalize_ink_image(np.zeros((40, 60), np.uint8)) is None
    assert measure_stroke_width(np.zeros((28, 28), np.uint8)) == 0.0


def test_a_stroke_of_ten_thousand_points_looks_like_one_of_few() -> None:
    corners = [[0, 0], [100, 300], [180, 290]]  # no symmetry: its centre of mass is clear of a pixel's edge
    few = Drawing((Stroke(np.array(corners, np.float32)),))
    legs = [np.linspace(start, end, 5000) for start, end in pairwise(np.array(corners, float))]
    many = Drawing((Stroke(np.concatenate(legs).astype(np.float32)),))
    assert np.abs(image_of(many) - image_of(few)).max() <= 25


@pytest.mark.parametrize("pad_side", [None, 1e-6, 500.0, 1e9])
@pytest.mark.parametrize("place", [0.0, 1e-45, 1e12, 3e38])
def test_a_dot_is_a_dot_wherever_it_is(place: float, pad_side: float | None) -> None:
    here, there = (Drawing((Stroke(np.full((1, 2), at, np.float32)),), pad_side) for at in (0.0, place))
    assert np.array_equal(image_of(here), image_of(there))


@pytest.mark.parametrize("size", [1e-45, 1e-38, 1e12, 1e38, 3e38])
def test_no_size_is_too_small_or_too_large(size: float) -> None:
    unit = SEVEN.strokes[0].points / 400
    drawing = Drawing((Stroke((unit * size).astype(np.float32)),))
    digit = normalize_drawing(drawing)
    assert digit is not None and digit.image.max() == 255
    if size > 1e-40:  # smaller numbers have few digits left
        assert np.abs(digit.image.astype(int) - image_of(Drawing((Stroke(unit),)))).max() <= 8


def test_many_inks_are_normalised_like_each_alone(mnist: dict[str, np.ndarray]) -> None:
    digits = [np.pad(image, (0, 3 * number % 40)) for number, image in enumerate(mnist["x_test"][:300])]
    odd = [np.zeros((56, 56), np.uint8), np.full((9, 30), 255, np.uint8), np.full((40, 2), 1, np.uint8)]
    inks = [*digits, *odd, digits[0] // 64]
    images = normalize_ink_images(inks)
    assert (images.shape, images.dtype) == ((len(inks), 28, 28), np.uint8)
    for ink, image in zip(inks, images, strict=True):
        alone = normalize_ink_image(ink)
        np.testing.assert_array_equal(image, 0 if alone is None else alone.image)
    assert normalize_ink_images([]).shape == (0, 28, 28)
