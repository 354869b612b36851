"""When a model deserves to be recommended instead of another."""

from dataclasses import replace

import pytest

from core.datasets.mnist import MNIST_TEST_ORIGIN
from core.models.card import ModelCard, Score
from core.recognition.recommendation import others_score, recommend, recommend_by_cards


def score(mistakes: int, images: int, data: str = "a seventh of mine") -> Score:
    return Score(data, images, mistakes, 1 - mistakes / images, [[0] * 10] * 10)


def mnist(mistakes: int) -> Score:
    return score(mistakes, 10_000, MNIST_TEST_ORIGIN)


SAME = (mnist(50), mnist(50))


@pytest.mark.parametrize(
    ("new", "old", "others", "is_given", "reason"),
    [
        (score(0, 20), score(0, 20), SAME, True, ""),
        (score(0, 19), score(19, 19), SAME, False, "It was tested on only 19 digits: too few to tell"),
        (score(0, 1), score(1, 1), SAME, False, "It was tested on only 1 digit: too few to tell"),
        (score(1, 20), score(0, 20), SAME, False, ""),
        (score(0, 20), score(0, 21), SAME, False, "have changed since"),
        (score(0, 20), score(1, 20), (mnist(60), mnist(50)), True, ""),
        (
            score(0, 20),
            score(1, 20),
            (mnist(61), mnist(50)),
            False,
            "MNIST's test set: 99.39 % of 10,000 instead of 99.50 %.",
        ),
        (score(0, 20), score(1, 20), (mnist(40), mnist(50)), True, ""),
        (score(0, 20), score(1, 20), (None, mnist(50)), False, "on MNIST's test set is not known"),
        (score(0, 20), score(1, 20), (mnist(50), None), False, "on MNIST's test set is not known"),
        (mnist(51), mnist(50), (mnist(51), mnist(50)), False, ""),
        (score(0, 20), None, SAME, False, ""),
        (score(0, 19), None, SAME, False, "only 19 digits"),
        (None, score(0, 20), SAME, False, ""),
    ],
)
def test_a_recommendation_takes_enough_digits_and_loses_few_of_others(
    new: Score | None, old: Score | None, others: tuple[Score | None, Score | None], is_given: bool, reason: str
) -> None:
    verdict = recommend(new, old, others)
    assert verdict.is_given is is_given
    assert reason in verdict.reason and bool(reason) == bool(verdict.reason)


def card(test: Score | None, others: Score | None = None) -> ModelCard:
    return ModelCard("m", "2026-01-01", "dense", 1, {}, 1, 1, test=test, others=others)


def test_cards_are_compared_by_the_test_that_both_have_had() -> None:
    used = card(mnist(55))
    assert recommend_by_cards(card(mnist(55)), used).is_given
    assert recommend_by_cards(card(score(9, 20), mnist(55)), used).is_given
    assert not recommend_by_cards(card(score(0, 20), mnist(56)), used).is_given
    assert "not known" in recommend_by_cards(card(score(0, 20)), used).reason
    assert "only 4 digits" in recommend_by_cards(card(score(0, 4), mnist(0)), used).reason


def test_only_the_whole_of_mnists_test_set_is_the_same_test() -> None:
    assert others_score(card(mnist(5))) == others_score(card(score(0, 4), mnist(5))) == mnist(5)
    assert others_score(card(score(0, 4))) is None
    assert others_score(card(replace(mnist(5), images=2_000))) is None
    assert others_score(card(None)) is None
