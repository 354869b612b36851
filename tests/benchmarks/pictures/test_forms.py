"""Pictures in every form: files that can be opened, with ink on them, and the same ones for a seed."""

import cv2
import numpy as np
import pytest

from benchmarks.pictures.digits import VALIDATION_SEED, VALIDATION_SHARE, Digit, drawn_digits, in_turns, mnist_digits
from benchmarks.pictures.files import write_palette_png
from benchmarks.pictures.forms import FORMS, FROM_STROKES, HUGE_AT_MOST, digit_pictures, digits_for
from core.digits.arrays import Image
from core.ink.drawing import Drawing
from core.models.library import ModelLibrary
from core.system.paths import assets_folder
from core.training import material


@pytest.fixture(scope="module")
def seven() -> Digit:
    return drawn_digits(10)[7]


@pytest.fixture(scope="module")
def mnist_seven() -> Digit:
    return mnist_digits(10)[7]


def decoded(content: bytes) -> Image:
    return cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_UNCHANGED)


@pytest.mark.parametrize("form", FORMS)
def test_a_picture_shows_something_and_comes_again_with_its_seed(form, seven):
    once, again, other = (next(iter(digit_pictures(form, [seven], seed))) for seed in (1, 1, 2))
    assert once[0] == 7
    assert once == again
    assert np.ptp(decoded(once[1])) >= 15
    assert decoded(other[1]) is not None


@pytest.mark.parametrize("form", [form for form in FORMS if form not in FROM_STROKES])
def test_an_mnist_digit_does_as_well(form, mnist_seven):
    (label, content), *_ = digit_pictures(form, [mnist_seven], 3)
    assert label == 7
    assert np.ptp(decoded(content)) >= 15


@pytest.mark.parametrize("form", sorted(FROM_STROKES))
def test_pens_need_strokes(form, mnist_seven):
    with pytest.raises(TypeError):
        list(digit_pictures(form, [mnist_seven], 3))


def test_digits_come_in_turns_and_go_on_at_an_offset():
    first, later = mnist_digits(30), mnist_digits(10, 20)
    assert [digit.label for digit in first] == [*range(10)] * 3
    assert all(np.array_equal(one.source, other.source) for one, other in zip(first[20:], later, strict=True))
    drawn, later = drawn_digits(12), drawn_digits(2, 10)
    assert np.array_equal(drawn[10].source.strokes[0].points, later[0].source.strokes[0].points)


def test_ink_comes_in_turns_of_all_digits_and_begins_again(digits):
    drawn = drawn_digits(40, ink=digits)
    assert [digit.label for digit in drawn] == [*range(10)] * 4
    assert drawn[35].source is drawn[5].source
    assert sorted(in_turns([3, 3, 3, 8])) == [0, 1, 2, 3]


def test_the_digits_are_those_that_training_keeps_out(tmp_path):
    card = ModelLibrary(tmp_path, assets_folder() / "models").shipped_bundle().card
    assert card.settings["validation_share"] == VALIDATION_SHARE
    assert material.VALIDATION_SEED == VALIDATION_SEED


def test_forms_get_the_digits_that_they_are_made_of():
    images, strokes = mnist_digits(30), drawn_digits(30)
    assert all(isinstance(digit.source, Drawing) for digit in digits_for("photograph", images, strokes))
    assert digits_for("28 × 28, white on black", images, strokes) == images
    assert digits_for("faint ink", images, strokes) == images[:10] + strokes[10:20] + images[20:]
    assert len(digits_for("huge, over 4000 pixels", images, strokes)) == HUGE_AT_MOST


def test_a_palette_png_has_the_colours_and_the_transparency_that_it_should():
    indices = np.array([[0, 1, 1], [1, 0, 0]], np.uint8)
    palette = np.array([(255, 0, 0), (0, 0, 255)], np.uint8)
    assert decoded(write_palette_png(indices, palette))[0, :, 0].tolist() == [0, 255, 255]
    assert decoded(write_palette_png(indices, palette, bytes([0, 255])))[1, :, 3].tolist() == [255, 0, 0]
