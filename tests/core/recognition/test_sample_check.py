"""What the model in use makes of the user's own digits."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from core.models.bundles import ModelBundle
from core.models.library import ModelLibrary
from core.recognition.instant import unit_vectors
from core.recognition.recognizer import Recognizer
from core.recognition.sample_check import MOST_PAIRS, check_samples, find_disagreeing
from core.samples.sample import NO_DIGIT, Sample
from core.system.paths import assets_folder


@pytest.fixture(scope="module")
def shipped() -> ModelBundle:
    models = assets_folder() / "models"
    return ModelLibrary(models / "none", models).shipped_bundle()


def sample(id_: int, label: int, image: Any) -> Sample:
    return Sample(id_, label, image, "", "pad", None, "", 0.0)


def test_each_sample_is_read_and_doubles_with_other_labels_disagree(
    shipped: ModelBundle, mnist: dict[str, Any]
) -> None:
    digits, truth = mnist["x_test"][:150], mnist["y_test"][:150].tolist()
    samples = [sample(100 + number, label, digits[number]) for number, label in enumerate(truth)]
    samples.append(sample(7, (truth[4] + 1) % 10, digits[4]))
    samples.append(sample(8, NO_DIGIT, np.zeros((28, 28), np.uint8)))
    told: list[float] = []
    check = check_samples(shipped, samples, told.append)
    right = sum(check.read[100 + number] == label for number, label in enumerate(truth))
    assert right >= 148
    assert check.read[7] == truth[4] and check.read[8] == NO_DIGIT
    assert check.disagreeing == ((104, 7),)
    assert told == sorted(told) and told[0] == 0.0 and told[-1] == 1.0


def test_what_is_alike_to_a_network_follows_its_reach(shipped: ModelBundle, mnist: dict[str, Any]) -> None:
    """Two sevens that it takes for nearly the same, one of which was kept as a 1."""
    sevens = mnist["x_test"][:2000][mnist["y_test"][:2000] == 7]
    units = unit_vectors(Recognizer(shipped).recognize_and_embed(sevens)[1])
    cosines = units @ units.T - np.eye(len(units))
    one, other = np.unravel_index(cosines.argmax(), cosines.shape)
    assert 0.98 < cosines[one, other] < 0.9999
    samples = [sample(1, 7, sevens[one]), sample(2, 1, sevens[other])]
    for reach, disagreeing in ((shipped.card.reach, ((1, 2),)), (None, ((1, 2),)), (1e-5, ())):
        bundle = replace(shipped, card=replace(shipped.card, reach=reach))
        assert check_samples(bundle, samples).disagreeing == disagreeing


def test_a_check_of_nothing_finds_nothing(shipped: ModelBundle) -> None:
    check = check_samples(shipped, [])
    assert check.read == {} and check.disagreeing == ()


def test_what_progress_raises_ends_the_check(shipped: ModelBundle, mnist: dict[str, Any]) -> None:
    def stop(share: float) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        check_samples(shipped, [sample(1, 7, mnist["x_test"][0])], stop)


def test_the_most_alike_pair_comes_first_and_no_row_twice() -> None:
    angles = np.radians([0.0, 2.0, 7.0, 90.0, 91.0, 180.0])
    vectors = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    assert find_disagreeing(vectors, [1, 2, 3, 4, 5, 6]) == [(3, 4), (0, 1)]
    assert find_disagreeing(vectors, [1, 1, 3, 4, 4, 6]) == [(1, 2)]
    assert find_disagreeing(vectors, [1] * 6) == []
    assert find_disagreeing(np.zeros((2, 3), np.float32), [1, 2]) == [], "what is empty is like nothing"


def test_many_are_compared_piece_by_piece() -> None:
    rng = np.random.default_rng(5)
    vectors = rng.normal(size=(1500, 32)).astype(np.float32)
    vectors[1300 : 1300 + MOST_PAIRS + 10] = vectors[: MOST_PAIRS + 10]
    labels = [0] * 1300 + [1] * 200
    pairs = find_disagreeing(vectors, labels)
    assert len(pairs) == MOST_PAIRS
    assert all(other == one + 1300 for one, other in pairs)
