"""Non-digits for judging are what they are called, always the same, and nothing that a person could read."""

import numpy as np
import pytest

from benchmarks.evaluation import non_digits, untrained_shapes
from benchmarks.evaluation.broken_digits import (
    CUTS,
    LIKE_ONE_DIGIT,
    WITHIN_FIRST_STROKE,
    cut_ink,
    half_drawn,
    is_closed,
    is_like_one,
    overdrawn,
    side_by_side,
    strokes_in_unit,
)
from benchmarks.evaluation.non_digits import KINDS, judging_images
from benchmarks.evaluation.shapes import dots
from benchmarks.evaluation.vector_letters import SCRIPT_LETTERS, UPRIGHT_LETTERS, letter
from benchmarks.processes import BenchmarkError
from core.system.paths import assets_folder


def length_of(strokes):
    return sum(float(np.hypot(*np.diff(points, axis=0).T).sum()) for points in strokes)


def circle(share):
    angle = np.linspace(0, share * 2 * np.pi, 80)
    return [np.stack([np.cos(angle), np.sin(angle)], axis=1)]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_there_and_always_the_same(kind, digits):
    images = judging_images(kind, 12, digits)
    assert images.shape == (12, 28, 28) and images.dtype == np.uint8
    assert images.reshape(12, -1).any(axis=1).all()
    assert len({image.tobytes() for image in images}) > 6
    assert np.array_equal(images, judging_images(kind, 12, digits))


@pytest.mark.parametrize("share", [0.1, 0.3, 0.55, 0.999])
def test_a_cut_leaves_that_share_of_the_ink(share, digits):
    for digit in digits:
        strokes = strokes_in_unit(digit.drawing)
        assert length_of(cut_ink(strokes, share)) == pytest.approx(share * length_of(strokes), rel=1e-6)


def test_a_cut_keeps_whole_strokes_before_it_and_drops_those_after():
    strokes = [np.array([[0.0, 0], [0, 2]]), np.array([[1.0, 0], [1, 2]]), np.array([[2.0, 0], [2, 4]])]
    first, second = cut_ink(strokes, 0.375)
    assert np.array_equal(first, strokes[0])
    assert np.allclose(second, [[1, 0], [1, 1]])
    assert len(cut_ink(strokes, 1.0)) == 3


def test_half_drawn_digits_are_beginnings_that_nobody_reads(digits):
    rng = np.random.default_rng(0)
    for _ in range(100):
        strokes = strokes_in_unit(half_drawn(digits, rng))
        assert not is_like_one(strokes)
        assert not is_closed(strokes)
    assert 1 not in CUTS and 7 not in CUTS and set(WITHIN_FIRST_STROKE) <= set(CUTS)
    assert all(0 < low < high < 0.6 for low, high in CUTS.values())


def test_what_is_like_a_one():
    upright = np.stack([np.linspace(0, 0.2, 30), np.linspace(0, 1, 30)], axis=1)
    assert is_like_one([upright])
    assert not is_like_one([upright[:, ::-1]])
    assert not is_like_one(circle(0.5))


def test_what_is_closed():
    assert is_closed(circle(0.95))
    assert not is_closed(circle(0.5))


def test_digits_side_by_side_are_wider_than_either(digits):
    rng = np.random.default_rng(0)
    for _ in range(20):
        drawing = side_by_side(digits, rng)
        assert len(drawing.strokes) >= 2
        left, top, right, bottom = drawing.bounds()
        assert (right - left) > 0.4 * (bottom - top)


def test_overdrawn_digits_are_never_pairs_that_read_as_one(digits):
    without_pairs = [digit for digit in digits if digit.label in (0, 1)] * 5
    allowed = [digit for digit in digits if digit.label in (4, 7)]
    drawing = overdrawn(without_pairs + allowed, np.random.default_rng(0))
    own = {4: 2, 7: 1}
    assert len(drawing.strokes) == own[4] + own[7]
    assert frozenset((3, 8)) in LIKE_ONE_DIGIT


@pytest.mark.parametrize(("make", "labels"), [(half_drawn, (1, 7)), (overdrawn, (0, 1)), (overdrawn, (7,))])
def test_ink_that_gives_none_is_told_in_one_sentence(make, labels, digits):
    alike = [digit for digit in digits if digit.label in labels]
    with pytest.raises(BenchmarkError, match=r"^No .* this ink can be .*\.$"):
        make(alike, np.random.default_rng(0))


def test_untrained_shapes_are_in_no_template_of_training():
    """Their names at least; that no formula of training makes them has to be looked up."""
    makers = {make.__name__.strip("_") for make in untrained_shapes._SHAPES}
    trained = {path.stem.split("-")[0] for path in (assets_folder() / "ink" / "shapes").glob("*.inkml")}
    assert trained and not makers & trained
    assert makers == {"fish", "boat", "umbrella", "car", "cloud", "mushroom"}


@pytest.mark.parametrize("make", untrained_shapes._SHAPES)
def test_untrained_shapes_have_several_strokes_and_are_no_thin_uprights(make):
    rng = np.random.default_rng(0)
    for _ in range(10):
        strokes = make(rng)
        width, height = np.ptp(np.concatenate(strokes), axis=0)
        assert len(strokes) > 2
        assert width > 0.6 * height


def test_dots_are_dots():
    rng = np.random.default_rng(0)
    for _ in range(50):
        drawing = dots(rng)
        assert 1 <= len(drawing.strokes) <= 6
        assert all(np.ptp(stroke.points, axis=0).max() < 0.03 * drawing.pad_side for stroke in drawing.strokes)


def test_letters_are_whole_and_none_that_a_digit_resembles():
    rng = np.random.default_rng(0)
    for _ in range(60):
        name, picture = letter(rng)
        assert name in UPRIGHT_LETTERS + SCRIPT_LETTERS
        assert picture.max() > 200
        assert not np.concatenate([picture[0], picture[-1], picture[:, 0], picture[:, -1]]).any()
    assert not set(UPRIGHT_LETTERS + SCRIPT_LETTERS) & set("BCDGIJOQSTUYZabcgijloqsuyz")
    assert not set(SCRIPT_LETTERS) & set("EFLPVXefrvx")


def test_the_gallery_shows_each_kind(tmp_path, qapp):
    out = tmp_path / "kinds.png"
    assert non_digits.main([str(out)]) == 0
    assert out.read_bytes().startswith(b"\x89PNG")
