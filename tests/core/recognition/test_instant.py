"""Samples that correct a network's answers, on vectors of the test's own."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ink.arrays import FloatArray
from core.models.card import REACHES
from core.recognition.instant import (
    FARTHEST,
    MOST_BESIDE,
    Corrected,
    InstantHead,
    choose_samples,
    find_reach,
    unit_vectors,
)
from core.samples.sample import NO_DIGIT

REACH = 0.05
SIZE = 128


def unit(*numbers: float) -> FloatArray:
    """A unit vector that begins with `numbers`."""
    return unit_vectors(np.array([[*numbers, *[0.0] * (SIZE - len(numbers))]], np.float32))[0]


def at(distance: float) -> FloatArray:
    """A unit vector at this cosine distance from `unit(1)`."""
    return unit(1 - distance, np.sqrt(1 - (1 - distance) ** 2))


def make_head(*samples: tuple[int, FloatArray]) -> InstantHead:
    """A head of labelled vectors, whose ids are 100, 101 ..."""
    labels, vectors = zip(*samples, strict=True)
    return InstantHead(100 + np.arange(len(samples)), np.array(labels), np.stack(vectors), REACH)


def sure_of(digit: int, no_digit: float = 0.0) -> tuple[FloatArray, FloatArray]:
    """What a network says that is sure."""
    probabilities = np.full((1, 10), 0.001, np.float32)
    probabilities[0, digit] = 0.991
    return probabilities, np.array([no_digit], np.float32)


def correct(head: InstantHead, embedding: FloatArray, digit: int = 1, no_digit: float = 0.0) -> Corrected:
    return head.correct(*sure_of(digit, no_digit), embedding[None])


def test_the_same_ink_is_read_as_its_label() -> None:
    found = correct(make_head((7, at(0))), at(0))
    assert (found.probabilities.argmax(), found.deciders) == (7, (100,))
    assert found.probabilities.sum() == pytest.approx(1)


def test_embeddings_may_be_of_any_length() -> None:
    assert correct(make_head((7, at(0))), 30 * at(0)).deciders == (100,)


def test_evidence_falls_off_and_ends() -> None:
    head = make_head((7, at(0)))
    shares = [correct(head, at(times * REACH)).probabilities[0, 7] for times in (0, 0.5, 1, 2, 3.9, 4.1)]
    assert shares == sorted(shares, reverse=True)
    assert shares[-2] > shares[-1] == pytest.approx(0.001)
    assert correct(head, at((FARTHEST + 0.1) * REACH)).probabilities.tolist() == sure_of(1)[0].tolist()


def test_what_the_network_says_too_names_no_sample() -> None:
    assert correct(make_head((1, at(0))), at(0)).deciders == (None,)


def test_of_contradicting_samples_the_nearer_one_decides() -> None:
    head = make_head((7, at(0)), (2, at(REACH)))
    assert correct(head, at(0)).probabilities.argmax() == 7
    assert correct(head, at(REACH)).deciders == (101,)


def test_many_samples_of_a_label_weigh_no_more_than_their_nearest() -> None:
    one = correct(make_head((7, at(REACH))), at(0))
    many = correct(make_head((7, at(REACH)), *[(7, at(2 * REACH))] * 50), at(0))
    np.testing.assert_allclose(many.probabilities, one.probabilities, rtol=1e-5)


def test_no_digit_is_a_label_like_others() -> None:
    refused = correct(make_head((NO_DIGIT, at(0))), at(0))
    assert refused.no_digit[0] > 0.5
    assert (refused.probabilities.argmax(), refused.deciders) == (1, (100,))  # the best guess is still named
    allowed = correct(make_head((1, at(0))), at(0), digit=1, no_digit=0.999)
    assert allowed.no_digit[0] < 0.1
    assert allowed.deciders == (100,)


def test_what_is_like_a_digit_is_one() -> None:
    """The network refuses it as such, and a sample of a digit says against that, too."""
    head = make_head((5, at(0)), (NO_DIGIT, unit(0, 0, 1)))
    assert correct(head, at(REACH / 2), digit=1, no_digit=0.96).no_digit[0] < 0.05
    assert correct(head, at(3 * REACH), digit=1, no_digit=0.96).no_digit[0] > 0.5


def test_what_it_is_given_stays_as_it_is() -> None:
    probabilities, no_digit = sure_of(1)
    make_head((7, at(0))).correct(probabilities, no_digit, at(0)[None])
    assert (probabilities.tolist(), no_digit.tolist()) == tuple(each.tolist() for each in sure_of(1))


@given(seed=st.integers(0, 10**9), count=st.integers(501, 1500), size=st.integers(4, 160), spread=st.floats(0.01, 0.6))
def test_a_quick_first_look_changes_no_answer(seed: int, count: int, size: int, spread: float) -> None:
    """With many samples, far ones are left out by a few numbers; with those that are left alone, none is."""
    rng = np.random.default_rng(seed)
    centres = rng.normal(size=(10, size))
    labels = rng.integers(0, 11, count)
    vectors = unit_vectors((centres[labels % 10] + spread * rng.normal(size=(count, size))).astype(np.float32))
    asked = unit_vectors((centres + spread * rng.normal(size=centres.shape)).astype(np.float32))
    probabilities = rng.dirichlet(np.ones(10), len(asked)).astype(np.float32)
    no_digit = rng.uniform(0, 1, len(asked)).astype(np.float32)
    ids = np.arange(count)
    many = InstantHead(ids, labels, vectors, REACH).correct(probabilities, no_digit, asked)
    for row, vector in enumerate(asked):
        near = np.flatnonzero(1 - vectors @ vector < FARTHEST * REACH)[:500]
        if len(near) < 500:
            few = InstantHead(ids[near], labels[near], vectors[near], REACH)
            alone = few.correct(probabilities[row : row + 1], no_digit[row : row + 1], vector[None])
            np.testing.assert_allclose(many.probabilities[row], alone.probabilities[0], rtol=2e-3, atol=1e-6)
            assert many.no_digit[row] == pytest.approx(alone.no_digit[0], rel=2e-3, abs=1e-6)


def test_only_corrections_and_what_is_near_them_have_a_say() -> None:
    vectors = np.stack([at(0), at(REACH), unit(0, 0, 1), at((FARTHEST + 1) * REACH)])
    is_sure = np.array([False, True, True, True])
    labels = np.array([7, 1, 1, 1])
    assert choose_samples(labels, is_sure, vectors, REACH).tolist() == [0, 1]
    assert choose_samples(labels, np.ones(4, bool), vectors, REACH).tolist() == []


def test_of_very_many_near_a_correction_the_nearest_have_a_say() -> None:
    many = MOST_BESIDE + 500
    distances = np.random.default_rng(1).permutation(np.linspace(0, 3.9 * REACH, many))
    vectors = np.stack([at(0), *map(at, distances.tolist())])
    is_sure = np.array([False] + [True] * many)
    chosen = choose_samples(np.zeros(many + 1, np.int64), is_sure, vectors, REACH).tolist()
    assert chosen == [0, *(1 + np.sort(distances.argsort()[:MOST_BESIDE])).tolist()]


def test_the_reach_is_that_of_the_digits_of_a_class() -> None:
    """Pairs of a class stand 0.02 apart, and the next pair, right beside, is of another class."""
    near, vectors, labels = np.sqrt(1 - 0.98**2), [], []
    for pair in range(20):
        left = [0.0] * (6 * (pair // 2))
        vectors += [unit(*left, 1), unit(*left, 0.98, near)]
        labels += [pair % 2, pair % 2]
    assert find_reach(np.stack(vectors), np.array(labels)) == pytest.approx(0.04, rel=1e-3)


@pytest.mark.parametrize("vectors", [np.ones((20, 3)) / np.sqrt(3), np.zeros((20, 3)), np.eye(20), -np.eye(20)])
def test_a_network_that_has_learned_nothing_has_a_reach_too(vectors: np.ndarray) -> None:
    """With a model card, it has to be read again."""
    assert REACHES[0] <= find_reach(vectors.astype(np.float32), np.arange(20) % 10) <= REACHES[1]


def test_a_vector_of_zeros_has_no_direction() -> None:
    assert unit_vectors(np.zeros((2, 3), np.float32)).tolist() == [[0.0] * 3] * 2
