"""Accuracy, its interval, the confusion matrix, and the temperature."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.datasets.digit_sets import DigitSet
from core.models.card import Score
from core.recognition import calibration, evaluation
from core.recognition.calibration import calibrate_temperature, expected_calibration_error
from core.recognition.evaluation import confusion_matrix, describe_accuracy, wilson_interval


def make_digits(labels: list[int]) -> DigitSet:
    """Digits whose first pixel is their label, so that a recogniser can be right on purpose."""
    images = np.zeros((len(labels), 28, 28), np.uint8)
    images[:, 0, 0] = labels
    return DigitSet(images, np.array(labels, np.uint8))


def read_first_pixel(images):
    return np.eye(10, dtype=np.float32)[images[:, 0, 0]]


def softmax(logits):
    exponents = np.exp(logits - logits.max(axis=1, keepdims=True))
    return exponents / exponents.sum(axis=1, keepdims=True)


def test_confusion_matrix_has_truth_in_rows():
    matrix = confusion_matrix([7, 7, 1, 0], [7, 1, 1, 0])
    assert matrix.shape == (10, 10) and matrix.sum() == 4
    assert (matrix[7, 7], matrix[7, 1], matrix[1, 1], matrix[0, 0], matrix[1, 7]) == (1, 1, 1, 1, 0)


def test_confusion_matrix_of_nothing_is_all_zero():
    assert not confusion_matrix(np.array([], np.uint8), np.array([], np.int64)).any()


@pytest.mark.parametrize(("labels", "guesses"), [([1, 2], [1]), ([10], [1]), ([1], [-1]), ([[1]], [[1]])])
def test_confusion_matrix_refuses_what_is_not_two_lists_of_digits(labels, guesses):
    with pytest.raises(ValueError, match="labels and guesses"):
        confusion_matrix(labels, guesses)


def test_wilson_interval_matches_published_numbers():
    # Newcombe (1998), "Two-sided confidence intervals for the single proportion", table I, method 3
    assert wilson_interval(81, 263) == pytest.approx((0.2553, 0.3662), abs=1e-4)
    assert wilson_interval(15, 148) == pytest.approx((0.0624, 0.1605), abs=1e-4)
    assert wilson_interval(0, 20) == pytest.approx((0.0, 0.1611), abs=1e-4)
    assert wilson_interval(1, 29) == pytest.approx((0.0061, 0.1718), abs=1e-4)


@given(st.integers(0, 100_000), st.integers(0, 100_000))
def test_wilson_interval_holds_the_measured_share(one, other):
    right, total = min(one, other), max(one, other)
    low, high = wilson_interval(right, total)
    assert 0 <= low <= high <= 1
    if total:
        assert low <= right / total <= high
        assert high - low > 0


def test_wilson_interval_of_nothing_is_everything():
    assert wilson_interval(0, 0) == (0.0, 1.0)


def test_wilson_interval_refuses_impossible_counts():
    with pytest.raises(ValueError, match="cannot be right"):
        wilson_interval(3, 2)


def test_recognizer_without_mistakes():
    result = evaluation.measure_accuracy(read_first_pixel, make_digits([*range(10)] * 250), "all right")
    assert (result.data, result.images, result.mistakes, result.accuracy) == ("all right", 2500, 0, 1.0)
    assert result.confusion == (np.eye(10, dtype=int) * 250).tolist()


def test_recognizer_that_takes_every_seven_for_a_one():
    def recognize(images):
        probabilities = read_first_pixel(images)
        probabilities[images[:, 0, 0] == 7, 1] = 2
        return probabilities

    result = evaluation.measure_accuracy(recognize, make_digits([7, 7, 1, 0]), "sevens")
    assert (result.mistakes, result.accuracy, result.confusion[7][1]) == (2, 0.5, 2)


def test_recognizer_is_asked_in_batches_that_hold_every_image_once():
    sizes = []

    def recognize(images):
        sizes.append(len(images))
        return read_first_pixel(images)

    evaluation.measure_accuracy(recognize, make_digits([3] * 2300), "threes")
    assert sum(sizes) == 2300 and max(sizes) == evaluation.EVALUATION_BATCH


def test_a_measurement_can_be_ended_between_two_batches():
    class EnoughError(Exception):
        pass

    asked = []

    def checkpoint():
        if len(asked) == 2:
            raise EnoughError

    def recognize(images):
        asked.append(len(images))
        return read_first_pixel(images)

    with pytest.raises(EnoughError):
        evaluation.measure_accuracy(recognize, make_digits([3] * 2300), "threes", checkpoint=checkpoint)
    assert asked == [evaluation.EVALUATION_BATCH] * 2


def test_recognizer_with_a_wrong_output_shape_is_refused():
    with pytest.raises(ValueError, match="shape"):
        evaluation.measure_accuracy(lambda images: np.zeros((len(images), 9)), make_digits([1, 2]), "nine outputs")


def test_recognizer_needs_digits():
    with pytest.raises(ValueError, match="no digits"):
        evaluation.measure_accuracy(read_first_pixel, make_digits([]), "none")


def make_result(mistakes: int, images: int) -> Score:
    return Score("data", images, mistakes, (images - mistakes) / images, [])


@pytest.mark.parametrize(
    ("mistakes", "images", "sentence"),
    [
        (38, 10_000, "99.62 % of 10,000 (38 mistakes; 95 % interval 99.48–99.72 %)"),
        (1, 50, "98 % of 50 (1 mistake; 95 % interval 90–99 %)"),
        (0, 10, "100 % of 10 (0 mistakes; 95 % interval 72–100 %)"),
        (1, 1_000_000, "99.99 % of 1,000,000 (1 mistake; 95 % interval 99.99–99.99 %)"),
    ],
)
def test_accuracy_in_words(mistakes, images, sentence):
    assert describe_accuracy(make_result(mistakes, images)) == sentence


@pytest.mark.parametrize("true_temperature", [0.6, 1.0, 2.5])
def test_temperature_is_found_again(true_temperature):
    rng = np.random.default_rng(0)
    honest = softmax(rng.normal(0, 2, (20_000, 10)))
    labels = (honest.cumsum(axis=1) > rng.random((20_000, 1))).argmax(axis=1)
    # a network whose logits are the honest ones times a factor is too sure of itself by that factor
    distorted = softmax(np.log(honest) * true_temperature)
    assert calibrate_temperature(distorted.astype(np.float32), labels) == pytest.approx(true_temperature, rel=0.04)


def test_calibrated_probabilities_are_the_softmax_of_the_divided_logits():
    logits = np.random.default_rng(0).normal(0, 3, (50, 10))
    answers = calibration.calibrated(softmax(logits).astype(np.float32), 2.5)
    assert answers.dtype == np.float32
    np.testing.assert_allclose(answers, softmax(logits / 2.5), atol=1e-6)
    assert calibration.calibrated(np.zeros((0, 10)), 2.5).shape == (0, 10)


def test_calibration_survives_probabilities_of_exactly_zero():
    [answers] = calibration.calibrated(np.eye(10, dtype=np.float32)[[3]], 8.0)
    assert np.isfinite(answers).all() and answers.argmax() == 3
    assert answers.sum() == pytest.approx(1)


def test_temperature_survives_probabilities_of_exactly_zero():
    probabilities = np.eye(10, dtype=np.float32)[[0, 1, 2, 3]]
    temperature = calibrate_temperature(probabilities, [0, 1, 2, 4])
    assert temperature == pytest.approx(calibration.TEMPERATURE_RANGE[1], rel=1e-3)


def test_temperature_stays_in_its_range_when_everything_is_right():
    probabilities = np.full((50, 10), 0.01)
    probabilities[:, 3] = 0.91
    assert calibrate_temperature(probabilities, [3] * 50) == pytest.approx(calibration.TEMPERATURE_RANGE[0], rel=1e-3)


def test_temperature_without_digits_changes_nothing():
    assert calibrate_temperature(np.zeros((0, 10)), []) == 1.0


def test_temperature_refuses_shapes_that_do_not_match():
    with pytest.raises(ValueError, match="shape"):
        calibrate_temperature(np.full((3, 10), 0.1), [1, 2])


def test_calibration_error_of_known_cases():
    assert expected_calibration_error([0.8] * 10, [True] * 8 + [False] * 2) == pytest.approx(0)
    assert expected_calibration_error([1.0] * 10, [True] * 7 + [False] * 3) == pytest.approx(0.3)
    assert expected_calibration_error([0.6] * 5, [True] * 5) == pytest.approx(0.4)
    # two bins: a quarter of the answers 0.4 too low, the rest honest
    assert expected_calibration_error([0.1, 1, 1, 1, 0.1, 1, 1, 1], [1, 1, 1, 1, 0, 1, 1, 1]) == pytest.approx(0.1)


def test_calibration_error_does_not_let_bins_make_up_for_each_other():
    sure = [0.9] * 10 + [0.5] * 10
    right = [True] * 5 + [False] * 5 + [True] * 9 + [False]
    assert expected_calibration_error(sure, right) == pytest.approx(0.4)
    assert expected_calibration_error(sure, right, bins=1) == pytest.approx(0, abs=1e-12)


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1))
def test_calibration_error_is_a_share(answers):
    sure, right = zip(*answers, strict=True)
    assert 0 <= expected_calibration_error(sure, right) <= 1


@pytest.mark.parametrize(("sure", "right"), [([], []), ([0.5], [True, False]), ([[0.5]], [[True]])])
def test_calibration_error_needs_as_many_answers_as_confidences(sure, right):
    with pytest.raises(ValueError, match="one length"):
        expected_calibration_error(sure, right)
