"""The budget of a picture: how many answers of the network it gets, and that digits extend it."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from core.digits.arrays import Image
from core.pictures.reading import open_array
from core.recognition import bounded_answers
from core.recognition.bounded_answers import BoundedAnswers, BudgetSpentError
from core.recognition.image_numbers import InkReader
from core.recognition.picture_numbers import read_opened
from core.recognition.recognizer import Recognition, Recognizer, Verdict
from tests.core.recognition.written_numbers import Gray, counted, ink_of, write_row

MEGAPIXEL = 1_000_000
MOST = 2.0
"""Answers that are no digit, for each of the budget."""


def said(verdict: Verdict, confidence: float = 0.99) -> Recognition:
    rest = (1 - confidence) / 9
    return Recognition(7, (*[rest] * 7, confidence, rest, rest), verdict, 0.01 if verdict == Verdict.DIGIT else 0.99)


def image(number: int) -> Image:
    pixels = np.zeros((28, 28), np.uint8)
    pixels[0, :2] = number % 250 + 1, number // 250
    return pixels


def test_an_image_is_asked_for_once() -> None:
    recognize, verdicts = counted(lambda pixels: said(Verdict.DIGIT))
    answers = BoundedAnswers(recognize, MEGAPIXEL)
    assert answers(image(1)) is answers(image(1).copy())
    answers(image(2))
    assert len(verdicts) == 2


@pytest.mark.parametrize("megapixels", [0.01, 1, 2])
def test_answers_that_are_no_digit_end(megapixels: float) -> None:
    answers = BoundedAnswers(lambda pixels: said(Verdict.NOT_A_DIGIT), int(megapixels * MEGAPIXEL))
    most = round(1350 * max(megapixels, 1))
    for number in range(most):
        answers(image(number))
    with pytest.raises(BudgetSpentError):
        answers(image(most))
    assert answers(image(0)).verdict is Verdict.NOT_A_DIGIT  # known already
    assert answers(image(most)).verdict is Verdict.NOT_A_DIGIT  # so that the reading can end


def test_digits_extend_the_budget() -> None:
    verdicts = (Verdict.DIGIT, Verdict.NOT_A_DIGIT, Verdict.DIGIT)
    answers = BoundedAnswers(lambda pixels: said(verdicts[pixels[0, 0] % 3]), MEGAPIXEL)
    for number in range(10_000):
        answers(image(number))
    assert answers.is_spent


def test_layers_are_paid_for() -> None:
    answers = BoundedAnswers(lambda pixels: said(Verdict.DIGIT), MEGAPIXEL)
    layers = 0
    while not answers.is_spent:
        answers.count_layer(MEGAPIXEL)
        layers += 1
    assert 4 <= layers <= 6


def page_of_dashes(rng: np.random.Generator, width: int, height: int) -> Gray:
    """Upright dashes, close beside each other in rows."""
    page = np.full((height, width), 255, np.uint8)
    for y in range(4, height - 20, 20):
        for x in range(4, width - 8, 8):
            ends = rng.integers((0, 0, 0, 12), (4, 4, 4, 17))
            cv2.line(page, (x + int(ends[0]), y + int(ends[1])), (x + int(ends[2]), y + int(ends[3])), 0, 2)
    return page


def test_a_page_of_what_sometimes_looks_like_digits_is_read_in_bounded_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """The network takes two marks in three for digits, so that a sample does not tell the page from one of digits."""
    monkeypatch.setattr(bounded_answers, "_A_MEGAPIXEL", 20)
    recognize, verdicts = counted(
        lambda pixels: said(Verdict.NOT_A_DIGIT if int(pixels.sum()) % 3 == 0 else Verdict.DIGIT)
    )
    parts: list[int] = []
    opened = open_array(page_of_dashes(np.random.default_rng(1), 600, 240))
    read_opened(opened, recognize, on_parts=parts.append)
    assert parts[0] > 800
    assert verdicts.count(Verdict.NOT_A_DIGIT) <= MOST * 20 + verdicts.count(Verdict.DIGIT) // 2


def test_what_is_read_when_the_budget_is_spent_is_doubted(shipped: Recognizer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only where other ways to see the picture could have changed it."""

    def hesitant(pixels: Image) -> Recognition:
        answer = shipped.recognize(pixels)
        return replace(answer, probabilities=tuple(0.64 if each > 0.5 else 0.04 for each in answer.probabilities))

    opened = open_array(np.asarray(240 - 0.8 * ink_of(write_row("7", top=50)), np.uint8))
    whole = read_opened(opened, hesitant).reading
    assert (whole.text, whole.verdict) == ("7", Verdict.DIGIT)
    monkeypatch.setattr(bounded_answers, "_A_MEGAPIXEL", 10)
    ended = read_opened(opened, hesitant).reading
    assert (ended.text, ended.verdict) == ("7", Verdict.UNSURE)
    convincing = read_opened(opened, shipped.recognize).reading
    assert (convincing.text, convincing.verdict) == ("7", Verdict.DIGIT)


def test_without_any_reading_the_picture_is_refused(shipped: Recognizer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded_answers, "_A_MEGAPIXEL", 4)
    rng = np.random.default_rng(3)
    marks = page_of_dashes(rng, 200, 100)
    number = read_opened(open_array(marks), shipped.recognize)
    assert (number.reading.text, number.reading.verdict) == ("", Verdict.NOT_A_DIGIT)


def test_parts_that_stayed_whole_are_not_cut_again(shipped: Recognizer) -> None:
    word = np.zeros((250, 700), np.uint8)
    cv2.putText(word, "minim", (30, 150), cv2.FONT_HERSHEY_SCRIPT_COMPLEX, 5, 255, 9, cv2.LINE_AA)
    recognize, verdicts = counted(shipped.recognize)
    reader = InkReader(BoundedAnswers(recognize, word.size))
    assert reader.read(word).verdict is Verdict.NOT_A_DIGIT
    first = len(verdicts)
    assert first > 30
    blurred = np.asarray(cv2.GaussianBlur(word, (3, 3), 0), np.uint8)
    assert reader.read(blurred).verdict is Verdict.NOT_A_DIGIT
    assert len(verdicts) < first + 10
    reader.read(np.asarray(cv2.erode(word, np.ones((5, 5), np.uint8)), np.uint8))
    assert len(verdicts) > first + 20
