"""What is rehearsed while the user's own digits are learned, and what guards the rest."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from core.datasets.mnist import load_mnist
from core.datasets.splitting import split_validation
from core.digits.arrays import Images, Labels
from core.models.compiled import CompiledModel
from core.models.library import COMPILED_FILE, SHIPPED_MODEL
from core.samples.sample import NO_DIGIT
from core.system.paths import assets_folder
from core.training.material import VALIDATION_SEED
from core.training.presets import PRESETS
from core.training.rehearsal import (
    GUARDING_DIGITS,
    HARD_DIGITS,
    NON_DIGITS,
    OTHER_DIGITS,
    SYNTHESISED,
    Rehearsal,
    gather_rehearsal,
    guarding_digits,
    hard_digits,
    may_be_rehearsed,
)


def gather(seed: int = 1, **choices: Any) -> Rehearsal:
    return gather_rehearsal(np.random.default_rng(seed), **{"with_non_digits": True, **choices})


def chances(images: Images, labels: Labels) -> Any:
    """The probability that the shipped model gives each label."""
    shipped = CompiledModel(assets_folder() / "models" / SHIPPED_MODEL / COMPILED_FILE)
    said = shipped.answer(images)
    assert said.no_digit is not None
    return said.probabilities[np.arange(len(labels)), labels] * (1 - said.no_digit)


@pytest.fixture(scope="module")
def rehearsal() -> Rehearsal:
    return gather()


def places_in_mnist(images: Images) -> list[int]:
    """Where the images are among MNIST's training digits, -1 for those that are not."""
    known = {image.tobytes(): place for place, image in enumerate(load_mnist().train.images)}
    return [known.get(image.tobytes(), -1) for image in images]


def test_hard_digits_are_different_ones_that_may_be_rehearsed() -> None:
    places = hard_digits("rehearsed")
    assert len(places) == HARD_DIGITS
    assert (np.diff(places) > 0).all()
    assert may_be_rehearsed(load_mnist().train)[places].all()


def test_what_validates_the_default_preset_is_never_rehearsed_but_guards() -> None:
    train = load_mnist().train
    _, validation = split_validation(train, PRESETS["digitpad"].validation_share, VALIDATION_SEED)
    may_be = may_be_rehearsed(train)
    np.testing.assert_array_equal(train.images[~may_be], validation.images)
    guarding, of = guarding_digits()
    places = hard_digits("guarding")
    assert (len(guarding), of) == (GUARDING_DIGITS, len(validation))
    assert (np.diff(places) > 0).all() and not may_be[places].any()
    np.testing.assert_array_equal(guarding.labels, train.labels[places])


@pytest.mark.parametrize("use", ["rehearsed", "guarding"])
def test_the_shipped_model_is_less_sure_of_hard_digits_than_of_others(use: str) -> None:
    train, rng = load_mnist().train, np.random.default_rng(3)
    among = may_be_rehearsed(train) == (use == "rehearsed")
    hard = rng.choice(hard_digits(use), 200, replace=False)
    others = rng.choice(np.setdiff1d(np.flatnonzero(among), hard_digits(use)), 200, replace=False)
    of_hard = chances(train.images[hard], train.labels[hard])
    assert of_hard.max() <= chances(train.images[others], train.labels[others]).min() + 1e-3


def test_it_is_made_of_hard_digits_others_and_drawings(rehearsal: Rehearsal) -> None:
    places = places_in_mnist(rehearsal.images)
    of_mnist = HARD_DIGITS + OTHER_DIGITS
    assert len(rehearsal.images) == len(rehearsal.labels) == of_mnist + SYNTHESISED + NON_DIGITS
    assert set(hard_digits("rehearsed").tolist()) <= set(places[:of_mnist])
    assert may_be_rehearsed(load_mnist().train)[places[:of_mnist]].all()
    np.testing.assert_array_equal(rehearsal.labels[:of_mnist], load_mnist().train.labels[places[:of_mnist]])
    assert set(places[of_mnist:]) == {-1}
    assert set(rehearsal.labels[of_mnist : of_mnist + SYNTHESISED].tolist()) == set(range(10))
    assert (rehearsal.labels[of_mnist + SYNTHESISED :] == NO_DIGIT).all()


def test_labels_of_drawings_are_right(rehearsal: Rehearsal) -> None:
    """The shipped model, which has learned such drawings, reads nearly all of them so."""
    drawings = slice(HARD_DIGITS + OTHER_DIGITS, HARD_DIGITS + OTHER_DIGITS + SYNTHESISED)
    assert np.mean(chances(rehearsal.images[drawings], rehearsal.labels[drawings]) > 0.5) > 0.95


def test_the_same_seed_gives_the_same(rehearsal: Rehearsal) -> None:
    again, another = gather(), gather(2)
    np.testing.assert_array_equal(rehearsal.images, again.images)
    np.testing.assert_array_equal(rehearsal.labels, again.labels)
    assert not np.array_equal(rehearsal.labels, another.labels)


def test_a_network_that_knows_digits_only_rehearses_no_others(rehearsal: Rehearsal) -> None:
    without = gather(with_non_digits=False)
    assert len(without.labels) == len(rehearsal.labels) - NON_DIGITS
    assert without.labels.max() == 9


def test_a_checkpoint_ends_it(ends_everywhere: Callable[..., None]) -> None:
    ends_everywhere(lambda checkpoint: gather(checkpoint=checkpoint), at_least=6)
