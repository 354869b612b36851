"""Colours above and below zero."""

import numpy as np
from PySide6.QtGui import QColor, QImage

from gui.widgets.signed_colours import signed_colour, signed_image


def values(*numbers: float) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    return np.array([numbers], np.float32)


def colours_of(image: QImage) -> list[QColor]:
    return [image.pixelColor(column, 0) for column in range(image.width())]


def test_orange_is_above_zero_and_blue_below() -> None:
    below, zero, above = colours_of(signed_image(values(-1.0, 0.0, 1.0), 2.0))
    assert zero == QColor("black")
    assert above.red() > above.blue()
    assert below.blue() > below.red()


def test_what_is_larger_is_lighter_on_both_sides() -> None:
    for sign in (1, -1):
        shades = colours_of(signed_image(values(*(sign * size for size in (0.0, 0.1, 0.3, 0.6, 0.9, 1.0))), 1.0))
        lightness = [shade.lightness() for shade in shades]
        assert lightness == sorted(set(lightness))


def test_what_is_beyond_the_scale_looks_like_its_end() -> None:
    inside, beyond = colours_of(signed_image(values(0.5, 90.0), 0.5))
    assert inside == beyond


def test_an_image_has_a_pixel_for_each_value() -> None:
    image = signed_image(np.arange(-6, 9, dtype=np.float32).reshape(3, 5), 8.0)
    assert (image.width(), image.height()) == (5, 3)
    assert image.pixelColor(1, 2) == signed_colour(5.0, 8.0)
    assert image.pixelColor(0, 0) == signed_colour(-6.0, 8.0)


def test_what_is_not_finite_is_painted_as_zero() -> None:
    assert set(map(QColor.name, colours_of(signed_image(values(np.nan, np.inf, -np.inf), 1.0)))) == {"#000000"}


def test_without_a_scale_everything_but_zero_is_at_an_end() -> None:
    below, zero, above = colours_of(signed_image(values(-1.0, 0.0, 1.0), 0.0))
    assert (below, zero, above) == (signed_colour(-1.0, 1.0), QColor("black"), signed_colour(1.0, 1.0))


def test_one_that_is_to_be_painted_over_something_is_as_opaque_as_its_values_are_large() -> None:
    zero, small, large, below = colours_of(signed_image(values(0.0, 0.25, 1.0, -0.5), 1.0, see_through=True))
    assert (zero.alpha(), large.alpha()) == (0, 255)
    assert 50 < small.alpha() < 80
    assert below.blue() > below.red()
