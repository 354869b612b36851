"""The table counts what it says: recognisers that are always right, always wrong, or refuse."""

import json
from dataclasses import replace

import numpy as np
import pytest

from benchmarks.evaluation import accuracy, digit_sets
from benchmarks.evaluation.accuracy import Table, measure, score_non_digits, table_text
from benchmarks.evaluation.digit_sets import INK_SETS, MNIST, score_mnist, score_photos, score_pictures, score_ways
from benchmarks.evaluation.measuring import recognize_distinct, score_digits, score_refusals
from benchmarks.evaluation.non_digits import INK_KINDS, KINDS
from benchmarks.evaluation.ways_to_draw import ALL_WAYS
from core.datasets.mnist import load_mnist
from core.recognition.recognizer import BLANK, Recognition, Verdict


def answer(digit: int, confidence: float = 1.0, verdict: Verdict = Verdict.DIGIT) -> Recognition:
    probabilities = [(1 - confidence) / 9] * 10
    probabilities[digit] = confidence
    return Recognition(digit, tuple(probabilities), verdict)


def test_a_recognizer_that_is_always_right():
    score = score_digits("all", [answer(digit) for digit in range(10)] * 50, [*range(10)] * 50)
    assert (score.count, score.mistakes, score.right, score.worst_right) == (500, 0, 1.0, 1.0)
    assert score.interval[0] > 0.99 and score.interval[1] == 1
    assert (score.refused, score.unsure) == (0, 0)
    assert score.calibration_error == pytest.approx(0)


def test_a_recognizer_that_is_always_wrong_and_sure_of_it():
    score = score_digits("all", [answer((digit + 1) % 10) for digit in range(10)], range(10))
    assert (score.mistakes, score.right, score.worst_right) == (10, 0, 0)
    assert score.calibration_error == pytest.approx(1)


def test_the_worst_digit_is_the_one_with_the_smallest_share_right():
    answers = [answer(3)] * 3 + [answer(7)] + [answer(5)] * 2
    score = score_digits("some", answers, [3, 3, 3, 3, 5, 7])
    assert (score.worst_digit, score.worst_right) == (7, 0)
    assert score.mistakes == 2


def test_a_picture_without_ink_is_a_mistake_and_refused():
    score = score_digits("one", [BLANK, answer(0), answer(0, 0.5, Verdict.UNSURE)], [0, 0, 0])
    assert (score.mistakes, score.refused, score.unsure) == (1, 1 / 3, 1 / 3)


def test_a_right_guess_counts_as_right_also_when_it_is_refused():
    score = score_digits("one", [answer(4, 0.4, Verdict.NOT_A_DIGIT)], [4])
    assert (score.mistakes, score.refused) == (0, 1)


def test_refusals_are_counted_by_verdict():
    answers = [answer(8)] * 3 + [answer(1)] + [answer(8, 0.5, Verdict.UNSURE)] * 2 + [BLANK]
    answers += [answer(2, 0.3, Verdict.NOT_A_DIGIT)] * 3
    score = score_refusals("some", answers)
    assert (score.count, score.refused, score.unsure, score.taken, score.taken_for) == (10, 0.4, 0.2, 0.4, 8)


def test_equal_images_are_asked_about_once_and_all_answered():
    one, other = np.full((28, 28), 1, np.uint8), np.full((28, 28), 2, np.uint8)
    asked = []

    def recognize(images):
        asked.extend(images)
        return [BLANK if image is None else answer(int(image[0, 0])) for image in images]

    answers = recognize_distinct(recognize, [one, None, other, one.copy(), None])
    assert [a.digit for a in answers] == [1, None, 2, 1, None]
    assert len(asked) == 3


def read_labels(images):
    """Right about all of MNIST's test set, whatever it is shown."""
    return [answer(label) for label in load_mnist().test.labels[: len(images)].tolist()]


def test_mnist_is_measured_on_its_whole_test_set():
    score = score_mnist(read_labels)
    assert (score.count, score.mistakes) == (10_000, 0)


def test_without_ink_the_table_says_what_is_left_out(monkeypatch):
    monkeypatch.setattr(accuracy, "NON_DIGITS_A_KIND", 5)
    table = Table("Some", 1234)
    told = []
    measure(read_labels, table, [], told.append)
    assert [score.name for score in table.digits] == ["MNIST’s test set"]
    assert {score.name for score in table.non_digits} == {*KINDS, "all but letters"} - {*INK_KINDS}
    text = table_text(table)
    assert "--ink was not given" in text
    assert all(name in text for name in (*INK_SETS, *INK_KINDS))
    assert told
    assert "writers who are kept out" not in text


def test_with_ink_no_set_is_left_out_and_the_table_says_what_its_words_mean(monkeypatch, digits):
    monkeypatch.setattr(accuracy, "NON_DIGITS_A_KIND", 2)
    for score in (score_ways, score_pictures, score_photos):
        monkeypatch.setitem(score.__kwdefaults__, "count", 10)
    monkeypatch.setattr(digit_sets, "ALL_WAYS", ALL_WAYS[::300])
    table = Table("Some", 1234)
    measure(lambda images: [answer(0)] * len(images), table, digits, lambda _: None)
    assert tuple(score.name for score in table.digits if "worst" not in score.name) == (MNIST, *INK_SETS)
    assert [score.name for score in table.non_digits] == [*KINDS, "all but letters"]
    assert (table.writers, table.left_out) == (3, [])
    text = table_text(table)
    assert "Left out" not in text
    assert all(f"{word}: " in text for word in ("Refused", "Unsure", "Taken", "ECE"))
    assert "ink is that of 3 writers" in text.lower()
    assert "pens 1 to 12 %" in text and "pens 1.5 to 7 %" in text


def test_letters_are_counted_apart_from_the_rest():
    scores = {score.name: score for score in score_non_digits(lambda images: [answer(8)] * len(images), [], count=3)}
    assert scores["all but letters"].count == 3 * (len(scores) - 2)
    assert scores["letters"].taken == 1


def test_the_command_measures_the_shipped_model(monkeypatch, capsys):
    monkeypatch.setattr(accuracy, "NON_DIGITS_A_KIND", 5)
    monkeypatch.setattr(
        digit_sets, "load_mnist", lambda: replace(load_mnist(), test=load_mnist().test.take(slice(500)))
    )
    assert accuracy.main(["--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["digits"][0]["count"] == 500
    assert printed["digits"][0]["right"] > 0.98
    assert {score["count"] for score in printed["non_digits"]} == {5, 25}


@pytest.mark.parametrize("arguments", [["--model", "no such model"], ["--ink", "no/such/file.json"]])
def test_what_is_not_there_is_told_in_one_sentence(arguments, capsys):
    assert accuracy.main(arguments) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1
