"""What is made of a model's answers: score, mistakes, cells of the matrix, another model, refusals."""

import itertools
from collections.abc import Sequence
from dataclasses import replace
from math import comb

import numpy as np
import pytest

from core.datasets.digit_sets import DigitSet
from core.judging.answers import ModelAnswers, ask, judged
from core.judging.comparison import compare, mcnemar
from core.judging.model_tests import ModelTest
from core.judging.reliability import calibration_error, reliability, select
from core.models.bundles import ModelBundle
from core.models.card import Thresholds
from core.recognition.recognizer import Recognizer, Verdict


def answers(labels: Sequence[int], guesses: Sequence[int], confidences: Sequence[float]) -> ModelAnswers:
    probabilities = np.zeros((len(labels), 10), np.float32)
    for place, (guess, confidence) in enumerate(zip(guesses, confidences, strict=True)):
        probabilities[place] = (1 - confidence) / 9
        probabilities[place, guess] = confidence
    count = len(labels)
    ink = np.full(count, 40, np.float32)
    return ModelAnswers(np.array(labels, np.uint8), probabilities, np.zeros(count, np.float32), ink)


FIVE = answers([1, 2, 3, 3, 3], [1, 3, 3, 2, 2], [0.9, 0.6, 0.5, 0.7, 0.95])


def test_mistakes_come_in_the_order_of_confidence() -> None:
    assert FIVE.mistakes().tolist() == [4, 3, 1]
    assert FIVE.read_as(3, 2).tolist() == [4, 3]
    assert FIVE.read_as(9, 9).tolist() == []


def test_the_score_counts_what_is_right_and_wrong() -> None:
    score = FIVE.score("five")
    assert score is not None
    assert (score.images, score.mistakes, score.accuracy, score.data) == (5, 3, 0.4, "five")
    assert np.array_equal(score.confusion, FIVE.confusion())
    assert FIVE.confusion()[3].tolist() == [0, 0, 2, 1, 0, 0, 0, 0, 0, 0]


def test_a_score_without_some_labels() -> None:
    counted = np.array([True, True, True, False, False])
    score = FIVE.score("five", counted)
    assert score is not None and (score.images, score.mistakes) == (3, 1)
    assert FIVE.score("five", np.zeros(5, bool)) is None


def test_the_answers_are_those_of_the_recognizer(shipped_bundle: ModelBundle, digits: DigitSet) -> None:
    told: list[float] = []
    said = judged(shipped_bundle, digits, ask(shipped_bundle, digits.images, told.append))
    recognizer = Recognizer(shipped_bundle)
    np.testing.assert_allclose(said.probabilities, recognizer.probabilities(digits.images), atol=1e-5)
    assert told == sorted(told) and told[0] == 0 and told[-1] == 1
    verdicts = [answer.verdict for answer in recognizer.recognize_many(list(digits.images))]
    limits = shipped_bundle.card.thresholds
    refused = said.refused_anyway(limits) | (said.confidences < limits.reject_below)
    assert refused.tolist() == [verdict is Verdict.NOT_A_DIGIT for verdict in verdicts]


def test_a_test_can_be_ended_between_two_batches(shipped_bundle: ModelBundle, digits: DigitSet) -> None:
    def stop(share: float) -> None:
        if share > 0:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ask(shipped_bundle, digits.images, stop)


@pytest.mark.parametrize(("better", "worse"), [(0, 0), (1, 0), (5, 5), (26, 9), (3, 12), (40, 41), (300, 250)])
def test_the_test_of_mcnemar_is_exact(better: int, worse: int) -> None:
    total = better + worse
    tail = sum(comb(total, count) for count in range(min(better, worse) + 1))
    assert mcnemar(better, worse) == pytest.approx(min(2 * tail / 2**total, 1), rel=1e-9)


def test_the_test_of_mcnemar_counts_the_ways_for_small_numbers() -> None:
    ways = list(itertools.product([0, 1], repeat=7))
    as_uneven = sum(abs(2 * sum(way) - 7) >= abs(2 * 6 - 7) for way in ways)
    assert mcnemar(6, 1) == pytest.approx(as_uneven / len(ways))


def test_millions_of_differences_are_no_obstacle() -> None:
    assert mcnemar(500_000, 501_000) == pytest.approx(0.318, abs=0.001)  # as the normal distribution has it
    with pytest.raises(ValueError, match="count nothing"):
        mcnemar(-1, 3)


@pytest.mark.parametrize(
    ("better", "worse", "words"),
    [
        (0, 0, "both read the same digits right"),
        (26, 9, "26 better, 9 worse: very likely better"),
        (9, 26, "9 better, 26 worse: very likely worse"),
        (17, 6, "17 better, 6 worse: likely better"),
        (6, 17, "6 better, 17 worse: likely worse"),
        (5, 2, "5 better, 2 worse: may be chance"),
        (4, 4, "4 better, 4 worse: no difference"),
    ],
)
def test_a_comparison_in_words(better: int, worse: int, words: str) -> None:
    labels = [1] * (better + worse + 3)
    one = answers(labels, [1] * better + [2] * worse + [1, 2, 1], [0.9] * len(labels))
    other = answers(labels, [2] * better + [1] * worse + [1, 2, 1], [0.9] * len(labels))
    found = compare(one, other)
    assert found.words == words
    assert sorted(found.better.tolist()) == list(range(better))
    assert sorted(found.worse.tolist()) == list(range(better, better + worse))


def test_answers_to_other_digits_cannot_be_compared() -> None:
    with pytest.raises(ValueError, match="same digits"):
        compare(FIVE, answers([1], [1], [0.5]))


def test_reliability_is_counted_in_ranges() -> None:
    low, high = reliability(answers([1, 1, 1, 1, 1], [1, 2, 1, 1, 2], [0.15, 0.15, 0.62, 0.68, 0.7]))
    assert (low.low, low.high, low.count, low.accuracy) == (0.1, 0.2, 2, 0.5)
    assert low.confidence == pytest.approx(0.15)
    assert (high.low, high.count, high.accuracy) == (0.6, 3, pytest.approx(2 / 3))


def test_selection_of_known_answers() -> None:
    limits = Thresholds()
    assert select(FIVE, limits, 0).sentence == "5 of 5 answered, 40 % of them right. None is refused."
    found = select(FIVE, limits, 0.65)
    assert (found.answered, found.right, found.refused, found.refused_right) == (3, 1, 2, 1)
    assert found.sentence == "3 of 5 answered, 33 % of them right. 2 refused, 1 of them read right."
    assert select(FIVE, limits, 1.0).sentence == "None of 5 is answered."


def test_what_is_likely_no_digit_is_refused_whatever_the_confidence() -> None:
    none = replace(FIVE, no_digit=np.array([0.9, 0, 0, 0, 0], np.float32))
    faint = replace(FIVE, ink=np.array([1, 40, 40, 40, 200], np.float32))
    assert select(none, Thresholds(), 0).answered == 4
    assert select(faint, Thresholds(), 0).answered == 3


def test_the_shipped_model_is_honest(whole_test: ModelTest) -> None:
    said = whole_test.model.answers
    assert calibration_error(said) < 0.02
    assert sum(one.count for one in reliability(said)) == 1500
