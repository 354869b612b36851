"""What is said of an answer, and that no number contradicts it."""

from dataclasses import replace

import numpy as np
import pytest

from core.digits.normalize import NormalizedDigit
from core.recognition.answer_text import (
    confidence_text,
    digit_sentence,
    digit_text,
    saying_of,
    unread_text,
    verdict_text,
)
from core.recognition.numbers import NumberReading, ReadDigit
from core.recognition.recognizer import BLANK, Recognition, Verdict
from core.wording.answer_phrases import AnswerPhrase


def recognition(best: float, second: float, verdict: Verdict) -> Recognition:
    rest = (1 - best - second) / 8
    return Recognition(4, tuple({4: best, 9: second}.get(digit, rest) for digit in range(10)), verdict)


def number(*digits: Recognition, rows: tuple[int, ...] = ()) -> NumberReading:
    image = np.zeros((28, 28), np.uint8)
    normalized = NormalizedDigit(image, image[4:24, 4:24], image, (0.0, 0.0, 28.0), (0, 0), 2.7)
    places = rows or (0,) * len(digits)
    box = (0.0, 0.0, 28.0, 28.0)
    return NumberReading(
        tuple(ReadDigit(digit, normalized, box, row) for digit, row in zip(digits, places, strict=True))
    )


SURE, LIKELY = recognition(0.98, 0.01, Verdict.DIGIT), recognition(0.85, 0.1, Verdict.DIGIT)
TWO, ONE = recognition(0.55, 0.4, Verdict.UNSURE), recognition(0.9991, 0.0001, Verdict.UNSURE)


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (BLANK, "no digit yet"),
        (recognition(0.98, 0.01, Verdict.DIGIT), "sure"),
        (recognition(0.85, 0.1, Verdict.DIGIT), "fairly sure"),
        (recognition(0.55, 0.4, Verdict.UNSURE), "4 or 9?"),
        (recognition(0.9991, 0.0001, Verdict.UNSURE), "4 or no digit?"),
        (recognition(0.3, 0.2, Verdict.NOT_A_DIGIT), "not a digit"),
        (None, "not sure yet"),
    ],
)
def test_sentences_for_how_sure(answer: Recognition | None, sentence: str) -> None:
    assert verdict_text(answer) == sentence


@pytest.mark.parametrize(
    ("answer", "line"),
    [
        (BLANK, ""),
        (recognition(0.9996, 0.0001, Verdict.DIGIT), "> 99.9 %"),
        (recognition(0.55, 0.4, Verdict.UNSURE), "55.0 % and 40.0 %"),
        (recognition(0.9996, 0.0001, Verdict.UNSURE), "4 if it is one"),
        (recognition(0.9996, 0.0001, Verdict.NOT_A_DIGIT), "nearest: 4"),
        (None, ""),
    ],
)
def test_no_number_claims_a_certainty_that_the_sentence_denies(answer: Recognition | None, line: str) -> None:
    assert confidence_text(answer) == line


@pytest.mark.parametrize("verdict", [Verdict.DIGIT, Verdict.UNSURE, Verdict.NOT_A_DIGIT])
def test_a_sample_that_decided_is_mentioned_beside_the_words(verdict: Verdict) -> None:
    by_network = recognition(0.98, 0.01, verdict)
    by_sample = replace(by_network, sample=3)
    assert verdict_text(by_sample) == verdict_text(by_network)
    assert confidence_text(by_sample, by_network) == "like one of yours"
    assert confidence_text(by_network, by_sample) == confidence_text(by_network)  # the words are of the announcement


def test_the_probabilities_are_those_of_the_answer_now() -> None:
    announced, now = recognition(0.98, 0.01, Verdict.DIGIT), recognition(0.6, 0.3, Verdict.UNSURE)
    assert (verdict_text(announced), confidence_text(announced, now)) == ("sure", "60.0 %")


@pytest.mark.parametrize(
    ("verdict", "digit"), [(Verdict.DIGIT, "4"), (Verdict.UNSURE, "4"), (Verdict.NOT_A_DIGIT, "?")]
)
def test_a_digit_is_shown_unless_it_is_none(verdict: Verdict, digit: str) -> None:
    assert digit_text(recognition(0.9, 0.05, verdict)) == digit
    assert digit_text(BLANK) == digit_text(None) == ""


@pytest.mark.parametrize(
    ("answer", "words", "remark"),
    [
        (number(SURE, SURE), "sure", "96.0 %"),
        (number(SURE, LIKELY), "fairly sure", "83.3 %"),
        (number(SURE, TWO), "44 or 49?", "53.9 % and 39.2 %"),
        (number(TWO, TWO), "2 digits unsure", "30.3 %"),
        (number(SURE, SURE, SURE, SURE, TWO), "1 digit unsure", "50.7 %"),
        (number(SURE, TWO, rows=(0, 1)), "1 digit unsure", "53.9 %"),
        (number(SURE, ONE), "1 digit unsure", "if all are digits"),
    ],
)
def test_what_is_said_of_a_number(answer: NumberReading, words: str, remark: str) -> None:
    assert (verdict_text(answer), confidence_text(answer)) == (words, remark)


def test_a_number_has_a_line_for_each_row() -> None:
    assert digit_text(number(SURE, SURE, TWO, rows=(0, 0, 1))) == "44\n4"


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (SURE, "4, 98.0 %"),
        (TWO, "4, 55.0 %, or 9, 40.0 %"),
        (ONE, "4, if it is a digit"),
        (replace(SURE, sample=3), "4, like one of yours"),
        (replace(TWO, sample=3), "4, like one of yours, or 9, 40.0 %"),
        (replace(ONE, sample=3), "4, like one of yours"),
    ],
)
def test_a_digit_of_a_number_is_told_with_its_candidates(answer: Recognition, sentence: str) -> None:
    assert digit_sentence(answer) == sentence


def test_marks_that_were_not_read_are_counted() -> None:
    assert [unread_text(marks) for marks in range(3)] == ["", "1 mark was not read", "2 marks were not read"]


def test_every_saying_is_said_of_some_answer() -> None:
    shares = ((0.98, 0.01), (0.85, 0.1), (0.55, 0.4), (0.9991, 0.0001))
    answers = [recognition(*pair, verdict) for pair in shares for verdict in Verdict if verdict != Verdict.BLANK]
    numbers = [number(SURE, TWO), number(TWO, TWO), number(SURE, ONE)]
    assert {saying_of(answer) for answer in [*answers, *numbers, BLANK, None]} == set(AnswerPhrase) - {
        AnswerPhrase.PAGE
    }
