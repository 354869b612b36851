"""Damaged digits: as damaged as they should be, always in the same way, and harder to read the more they are."""

import numpy as np
import pytest

from core.datasets.digit_sets import DigitSet
from core.judging.damage import PUBLISHED, STRENGTHS, Damage, damaged
from core.judging.damage_lines import zigzag_corners
from core.judging.damage_pixels import make_fog, motion_trail
from core.models.bundles import ModelBundle
from core.models.compiled import CompiledModel

EVERY_STRENGTH = range(1, STRENGTHS + 1)


def rng() -> np.random.Generator:
    return np.random.default_rng(7)


@pytest.fixture(scope="session")
def few(digits: DigitSet) -> DigitSet:
    return digits.take(slice(60))


@pytest.mark.parametrize("kind", Damage)
def test_each_kind_changes_each_digit_and_leaves_the_original_alone(kind: Damage, few: DigitSet) -> None:
    before = few.images.copy()
    for strength in EVERY_STRENGTH:
        images = damaged(few.images, kind, strength, rng())
        assert images.dtype == np.uint8 and images.shape == before.shape
        is_changed = (images != before).any(axis=(1, 2))
        assert is_changed.mean() > (0.2 if kind is Damage.SPATTER else 0.95)
        assert np.array_equal(images, damaged(few.images, kind, strength, rng()))
    assert np.array_equal(few.images, before)


CERTAIN = (Damage.SCALE, Damage.BRIGHTNESS, Damage.STRIPE, Damage.CANNY_EDGES)


@pytest.mark.parametrize("kind", [kind for kind in Damage if kind not in CERTAIN])
def test_chance_is_what_the_generator_says(kind: Damage, few: DigitSet) -> None:
    one, other = (damaged(few.images, kind, 4, np.random.default_rng(seed)) for seed in (1, 2))
    assert not np.array_equal(one, other)


@pytest.mark.parametrize("kind", [Damage.SHOT_NOISE, Damage.IMPULSE_NOISE, Damage.SHEAR, Damage.ROTATE, Damage.ZIGZAG])
def test_the_more_damage_the_fewer_are_read(kind: Damage, shipped_bundle: ModelBundle, digits: DigitSet) -> None:
    model = CompiledModel(shipped_bundle.compiled_path)
    weak, strong = (model.probabilities(damaged(digits.images, kind, strength, rng())) for strength in (1, 5))
    right = [(said.argmax(axis=1) == digits.labels).mean() for said in (weak, strong)]
    assert right[0] > right[1] + 0.02


def test_a_strength_of_each_kind_is_published() -> None:
    assert set(PUBLISHED) == set(Damage) and len(Damage) == 15
    assert set(PUBLISHED.values()) <= set(EVERY_STRENGTH)


def test_impulses_are_black_and_white_in_equal_parts() -> None:
    grey = np.full((200, 28, 28), 100, np.uint8)
    images = damaged(grey, Damage.IMPULSE_NOISE, 4, rng())
    assert set(np.unique(images).tolist()) == {0, 100, 255}
    assert (images == 0).mean() == pytest.approx(0.085, abs=0.005)
    assert (images == 255).mean() == pytest.approx(0.085, abs=0.005)


def test_shot_noise_keeps_the_mean_of_what_is_not_cut_off() -> None:
    grey = np.full((400, 28, 28), 51, np.uint8)
    images = damaged(grey, Damage.SHOT_NOISE, 1, rng())
    assert images.mean() == pytest.approx(51, rel=0.01)
    assert images.std() == pytest.approx(255 * np.sqrt(0.2 / 60), rel=0.05)


def test_brightness_is_added_to_all_pixels(few: DigitSet) -> None:
    images = damaged(few.images, Damage.BRIGHTNESS, 2, rng())
    assert np.array_equal(images, np.minimum(few.images.astype(int) + 51, 255))


def test_stripes_are_the_inverted_edges(few: DigitSet) -> None:
    images = damaged(few.images, Damage.STRIPE, PUBLISHED[Damage.STRIPE], rng())
    for edge in (slice(None, 7), slice(21, None)):
        assert np.array_equal(images[:, :, edge], 255 - few.images[:, :, edge])
    assert np.array_equal(images[:, :, 7:21], few.images[:, :, 7:21])


def test_a_shift_goes_to_a_corner(few: DigitSet) -> None:
    padded = np.pad(few.images[0], 3)
    shifts = [padded[top : top + 28, left : left + 28] for top in (0, 6) for left in (0, 6)]
    for seed in range(8):
        [image] = damaged(few.images[:1], Damage.TRANSLATE, 3, np.random.default_rng(seed))
        assert any(np.array_equal(image, shifted) for shifted in shifts)


def test_shear_rotation_and_scale_leave_the_middle_where_it_is() -> None:
    disc = np.zeros((1, 28, 28), np.uint8)
    disc[0, 9:19, 9:19] = 255
    for kind in (Damage.SHEAR, Damage.ROTATE, Damage.SCALE):
        rows, columns = np.nonzero(damaged(disc, kind, 2, rng())[0] > 100)
        assert rows.mean() == pytest.approx(13.5, abs=0.3)
        assert columns.mean() == pytest.approx(13.5, abs=0.3)


def test_a_smaller_digit_has_as_much_less_ink() -> None:
    disc = np.zeros((1, 28, 28), np.uint8)
    disc[0, 4:24, 4:24] = 255
    halved = damaged(disc, Damage.SCALE, 5, rng())
    assert halved.sum() / disc.sum() == pytest.approx(0.25, abs=0.02)


@pytest.mark.parametrize("angle", [-0.7, 0.0, 0.5])
def test_a_trail_has_the_weight_of_one_pixel_and_points_one_way(angle: float) -> None:
    trail = motion_trail(10, 3, angle)
    middle = len(trail) // 2
    assert trail.sum() == pytest.approx(1)
    assert trail[middle, middle] == trail.max()
    assert trail[:, :middle].sum() == 0
    below, above = trail[middle + 1 :].sum(), trail[:middle].sum()
    assert (below > above) == (angle > 0) and (above > below) == (angle < 0)


def test_fog_is_smooth_and_goes_on_at_the_opposite_edge() -> None:
    fog = make_fog(2, 2.0, rng())
    assert fog.min() == 0 and fog.max() == 1
    steps = np.abs(np.diff(fog, axis=2)).mean()
    assert steps < 0.02
    assert np.abs(fog[:, :, 0] - fog[:, :, -1]).mean() < 3 * steps


def test_fog_keeps_the_brightness_of_the_brightest(few: DigitSet) -> None:
    images = damaged(few.images, Damage.FOG, 5, rng())
    assert images.max() <= 255 and images.min(axis=(1, 2)).mean() > 10
    blank = damaged(np.zeros((1, 28, 28), np.uint8), Damage.FOG, 5, rng())
    assert not blank.any()


def test_a_zigzag_goes_from_left_to_right_and_up_and_down() -> None:
    corners = zigzag_corners(10, 14)
    columns, rows = zip(*corners, strict=True)
    assert list(columns) == sorted(columns)
    assert corners[0] == pytest.approx((2, 10)) and corners[-1] == pytest.approx((25, 14))
    turns = np.sign(np.diff(np.diff(rows)))
    assert len(corners) >= 7 and set(turns[1:-1].tolist()) == {-1.0, 1.0}


def test_edges_are_thin_and_white(few: DigitSet) -> None:
    images = damaged(few.images, Damage.CANNY_EDGES, 3, rng())
    assert set(np.unique(images).tolist()) == {0, 255}
    assert 0.05 < (images == 255).mean() < 0.2


def test_no_digits_are_none() -> None:
    assert damaged(np.zeros((0, 28, 28), np.uint8), Damage.FOG, 1, rng()).shape == (0, 28, 28)


@pytest.mark.parametrize("images", [np.zeros((2, 28, 28)), np.zeros((28, 28), np.uint8), np.zeros((1, 8, 8), np.uint8)])
def test_other_images_are_refused(images: np.ndarray) -> None:
    with pytest.raises(ValueError, match="images must be"):
        damaged(images, Damage.FOG, 1, rng())


@pytest.mark.parametrize("strength", [0, 6])
def test_other_strengths_are_refused(strength: int, few: DigitSet) -> None:
    with pytest.raises(ValueError, match="strength must be 1 to 5"):
        damaged(few.images, Damage.FOG, strength, rng())
