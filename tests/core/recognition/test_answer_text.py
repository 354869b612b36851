"""What is said of an answer, and that no number contradicts it."""

import pytest

from core.recognition.answer_text import confidence_text, digit_text, saying_of, verdict_text
from core.recognition.recognizer import BLANK, Recognition, Verdict
from core.wording.answer_phrases import AnswerPhrase


def recognition(best: float, second: float, verdict: Verdict) -> Recognition:
    rest = (1 - best - second) / 8
    return Recognition(4, tuple({4: best, 9: second}.get(digit, rest) for digit in range(10)), verdict)


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


def test_the_probabilities_are_those_of_the_answer_now() -> None:
    announced, now = recognition(0.98, 0.01, Verdict.DIGIT), recognition(0.6, 0.3, Verdict.UNSURE)
    assert (verdict_text(announced), confidence_text(announced, now)) == ("sure", "60.0 %")


@pytest.mark.parametrize(
    ("verdict", "digit"), [(Verdict.DIGIT, "4"), (Verdict.UNSURE, "4"), (Verdict.NOT_A_DIGIT, "?")]
)
def test_a_digit_is_shown_unless_it_is_none(verdict: Verdict, digit: str) -> None:
    assert digit_text(recognition(0.9, 0.05, verdict)) == digit
    assert digit_text(BLANK) == digit_text(None) == ""


def test_every_saying_is_said_of_some_answer() -> None:
    shares = ((0.98, 0.01), (0.85, 0.1), (0.55, 0.4), (0.9991, 0.0001))
    answers = [recognition(*pair, verdict) for pair in shares for verdict in Verdict if verdict != Verdict.BLANK]
    assert {saying_of(answer) for answer in [*answers, BLANK, None]} == set(AnswerPhrase)
