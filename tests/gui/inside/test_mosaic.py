"""Tiles, scales and texts, without a window."""

import numpy as np
import pytest

from core.explaining.pixels import AfterStep, Part, PixelChoice, PixelSum
from gui.inside.map_points import map_points, thumbnails
from gui.inside.mosaic import MOST_TILES, fit_tiles, mosaic_image
from gui.inside.pixel_texts import pixel_text
from gui.inside.scales import number_text, reach_of, steady_scale
from gui.pad.page_zoom import PageZoom
from gui.widgets.signed_colours import signed_colour
from tests.core.explaining.test_neighbours import index_of


@pytest.mark.parametrize(
    ("count", "side", "room"), [(1, 28, 60), (32, 28, 500), (128, 7, 300), (64, 14, 2000), (6, 1, 40)]
)
def test_all_tiles_fit_into_the_room(count: int, side: int, room: int) -> None:
    grid = fit_tiles(count, side, side, room)
    assert grid.size[0] <= room
    assert grid.columns * grid.rows >= count
    for index in range(count):
        rect = grid.rect(index)
        assert grid.tile_at(rect.left(), rect.top()) == grid.tile_at(rect.right(), rect.bottom()) == index
    assert grid.tile_at(-1, 0) is None
    assert grid.tile_at(grid.size[0] + 5, 0) is None


def test_more_room_makes_larger_tiles_but_no_more_than_needed() -> None:
    zooms = [fit_tiles(32, 28, 28, room).zoom for room in (70, 500, 900, 3000)]
    assert zooms == sorted(zooms)
    assert zooms[0] < zooms[-1]


def test_in_no_room_there_is_one_column() -> None:
    grid = fit_tiles(9, 28, 28, 5)
    assert (grid.columns, grid.zoom) == (1, 1)


def test_of_many_maps_the_first_are_tiles() -> None:
    assert fit_tiles(5000, 3, 3, 800).count == MOST_TILES


def test_each_value_is_in_its_tile_and_gaps_are_empty() -> None:
    values = np.random.default_rng(1).standard_normal((3, 4, 5)).astype(np.float32)
    grid = fit_tiles(5, 3, 4, 60)
    image = mosaic_image(values, grid, 2.0)
    for channel in range(5):
        row, column = divmod(channel, grid.columns)
        for y in range(3):
            for x in range(4):
                pixel = image.pixelColor(column * 5 + x, row * 4 + y)
                assert pixel == signed_colour(float(values[y, x, channel]), 2.0)
    if grid.columns > 1:
        assert image.pixelColor(4, 0).alpha() == 0


def test_a_scale_is_round_and_stays_while_it_fits() -> None:
    assert [steady_scale(0.0, reach) for reach in (0.7, 1.0, 1.2, 2.5, 4.0, 60.0)] == [1.0, 1.0, 2.0, 3.0, 5.0, 100.0]
    assert steady_scale(5.0, 2.6) == 5.0, "nothing flickers"
    assert steady_scale(5.0, 2.0) == 2.0
    assert steady_scale(5.0, 5.1) == 10.0
    assert steady_scale(0.0, 0.0) == 1.0
    assert steady_scale(3.0, 0.0) == 3.0
    assert steady_scale(3.0, float("nan")) == 3.0


def test_a_few_values_may_be_beyond_the_scale() -> None:
    values = np.ones(1000, np.float32)
    values[:3] = -90
    assert reach_of(values) == 1.0
    assert reach_of(np.array([-4.0], np.float32)) == 4.0


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0.00"),
        (-0.001, "0.00"),
        (0.834, "0.83"),
        (-2.5, "−2.50"),
        (12.34, "12.3"),
        (-310.2, "−310"),
        (9.996, "10.0"),
    ],
)
def test_numbers_have_as_many_digits_as_say_something(value: float, text: str) -> None:
    assert number_text(value) == text


def test_a_sum_is_told_step_by_step() -> None:
    weights = np.zeros((3, 3), np.float32)
    parts = (Part(0, weights, weights, 1.2), Part(4, weights, weights, -0.4))
    after = (AfterStep("norm", 0.15, 0.032, -0.2), AfterStep("relu", 0.15))
    text = pixel_text(PixelSum(parts, 30, 0.31, -0.12, 0.99, after), 0.15, 3, 6)
    assert text == (
        "Row 4, column 7: inputs times weights give 1.20 and −0.40, 30 other maps 0.31, the bias adds −0.12: "
        "together 0.99. Batch normalisation: times 0.032 − 0.2 is 0.15. ReLU: 0.15."
    )
    single = pixel_text(PixelSum(parts[:1], 0, 0.0, 0.0, 1.2, ()), 1.2, 0, 0)
    assert single == "Row 1, column 1: inputs times weights give 1.20, the bias adds 0.00: together 1.20."


def test_a_choice_and_a_bare_value_are_told() -> None:
    choice = PixelChoice(np.zeros((2, 2), np.float32), 0.5, ())
    assert pixel_text(choice, 0.5, 0, 1) == "Row 1, column 2: the largest of 4 values is 0.50."
    assert pixel_text(None, -1.0, 0, 1) == "Row 1, column 2: −1.00."


def test_the_map_holds_all_digits_and_finds_them_again() -> None:
    index = index_of()
    points = map_points(index)
    zoom = PageZoom(1000.0, points.height, 500.0, 400.0).settled()
    assert len(points.in_view(zoom)) == len(index)
    for digit in (0, 17, 39):
        x, y = points.on_screen(zoom)[digit].tolist()
        found = points.nearest(zoom, x, y, 5)
        assert found is not None
        np.testing.assert_allclose(points.points[found], points.points[digit], atol=0.01)
        assert points.point_of(tuple(index.places[digit].tolist())) == pytest.approx(points.points[digit], abs=0.01)
    assert points.nearest(zoom, -400, -400, 5) is None
    assert set(points.middles()) == set(range(10))
    near = zoom.zoomed(8, 250, 200)
    assert 0 < len(points.in_view(near)) < len(index)


def test_a_place_beyond_the_map_is_at_its_edge() -> None:
    points = map_points(index_of())
    assert points.point_of((1e6, -1e6)) == (1000.0, 0.0)


def test_thumbnails_are_ink_on_nothing() -> None:
    from PySide6.QtGui import QColor

    images = np.zeros((2, 28, 28), np.uint8)
    images[1, 3, 5] = 255
    sheet = thumbnails(images, np.array([0, 1], np.uint8), [QColor("#ff0000"), QColor("#0000ff")])
    assert (sheet.width(), sheet.height()) == (28, 56)
    assert sheet.pixelColor(5, 31) == QColor("#0000ff")
    assert sheet.pixelColor(5, 3).alpha() == 0
