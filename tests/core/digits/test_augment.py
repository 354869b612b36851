"""Varied digits are other images of the same digits, and images that the recipe could have made."""

import numpy as np
import pytest

from core.datasets.mnist import load_mnist
from core.digits.augment import SHIFT_SHARE, augment
from core.digits.normalize import MASS_CENTRE, measure_stroke_width


@pytest.fixture(scope="module")
def digits():
    return load_mnist().train.take(slice(600))


@pytest.fixture(scope="module")
def varied(digits):
    return augment(digits.images, np.random.default_rng(5))


def find_boxes(images):
    """Height and width of the ink in each image."""
    return np.array([[np.ptp(np.flatnonzero(image.any(axis=axis))) + 1 for axis in (1, 0)] for image in images])


def find_mass_centres(images):
    index = np.arange(28)
    mass = images.sum(axis=(1, 2), dtype=np.float64)
    return np.stack([images.sum(axis=2) @ index / mass, images.sum(axis=1) @ index / mass], axis=1)


def test_the_same_generator_gives_the_same_images(digits, varied):
    assert np.array_equal(augment(digits.images, np.random.default_rng(5)), varied)


def test_another_seed_gives_other_images(digits, varied):
    again = augment(digits.images, np.random.default_rng(6))
    assert (again != varied).any(axis=(1, 2)).all()


def test_every_image_is_varied_in_its_own_way(digits):
    copies = np.repeat(digits.images[:1], 50, axis=0)
    assert len(np.unique(augment(copies, np.random.default_rng(1)), axis=0)) == 50


def test_the_given_images_stay_as_they_were(digits):
    images = digits.images[:20].copy()
    before = images.copy()
    augment(images, np.random.default_rng(1))
    assert np.array_equal(images, before)


def test_shape_type_and_brightness_are_those_of_the_recipe(varied):
    assert varied.shape == (600, 28, 28) and varied.dtype == np.uint8
    assert (varied.max(axis=(1, 2)) == 255).all()


def test_the_longer_side_is_twenty_pixels(varied):
    longer = find_boxes(varied).max(axis=1)
    assert longer.max() <= 20
    assert np.mean(longer == 20) > 0.95


def test_mass_is_centred_but_for_the_shifted_ones(varied):
    off_centre = np.abs(find_mass_centres(varied) - (MASS_CENTRE - 0.5)).max(axis=1)
    assert off_centre.max() < 2.0
    # eight in nine shifts move the image at all
    assert np.mean(off_centre > 0.52) == pytest.approx(SHIFT_SHARE * 8 / 9, abs=0.06)


def test_strokes_become_thicker_and_thinner_within_what_mnist_holds(digits):
    typical = min(digits.images, key=lambda image: abs(measure_stroke_width(image) - 2.6))
    widths = [
        measure_stroke_width(image)
        for image in augment(np.repeat(typical[None], 200, axis=0), np.random.default_rng(2))
    ]
    assert np.percentile(widths, 5) < 2.45 and np.percentile(widths, 95) > 2.85
    assert min(widths) > 1.4 and max(widths) < 4.6


def test_digits_stay_closer_to_their_own_kind(digits, varied):
    """The nearest class mean still names most of them: nearly as many as of the images themselves."""
    reference = load_mnist().train.take(slice(1000, 6000))
    means = np.stack([reference.images[reference.labels == digit].mean(axis=0) for digit in range(10)])

    def accuracy(images):
        distances = ((images[:, None].astype(np.float32) - means) ** 2).sum(axis=(2, 3))
        return np.mean(distances.argmin(axis=1) == digits.labels)

    assert accuracy(varied) > accuracy(digits.images) - 0.13


def test_a_blank_image_stays_blank():
    assert not augment(np.zeros((3, 28, 28), np.uint8), np.random.default_rng(0)).any()


def test_a_single_faint_pixel_and_full_ink_do_no_harm():
    images = np.zeros((2, 28, 28), np.uint8)
    images[0, 14, 14] = 1
    images[1] = 255
    varied = augment(images, np.random.default_rng(0))
    assert varied.shape == images.shape and varied[1].any()


def test_no_images_give_no_images():
    assert augment(np.zeros((0, 28, 28), np.uint8), np.random.default_rng(0)).shape == (0, 28, 28)


@pytest.mark.parametrize("images", [np.zeros((2, 28, 28), np.float32), np.zeros((28, 28), np.uint8)])
def test_other_shapes_and_types_are_refused(images):
    with pytest.raises(ValueError, match="uint8"):
        augment(images, np.random.default_rng(0))
