"""Which digit of a number is looked at."""

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from core.digits.normalize import NormalizedDigit
from core.recognition.numbers import NumberReading, ReadDigit
from core.recognition.recognizer import Recognition, Verdict
from gui.recognition.digit_selection import DigitSelection, least_sure


def reading(*confidences: float, unsure: int | None = None) -> NumberReading:
    image = np.zeros((28, 28), np.uint8)
    normalized = NormalizedDigit(image, image[:20, :20], image, (0.0, 0.0, 28.0), (0, 0), 2.7)
    verdicts = [Verdict.UNSURE if index == unsure else Verdict.DIGIT for index in range(len(confidences))]
    shares = [(confidence, *[0.0] * 9) for confidence in confidences]
    return NumberReading(
        tuple(
            ReadDigit(Recognition(0, share, verdict), normalized, (0.0, 0.0, 1.0, 1.0))
            for share, verdict in zip(shares, verdicts, strict=True)
        )
    )


@pytest.fixture
def selection(qapp: QApplication) -> DigitSelection:
    selection = DigitSelection()
    selection.follow(reading(0.9, 0.8, 0.99))
    return selection


def test_the_least_sure_digit_is_the_first_one_in_doubt() -> None:
    assert least_sure(reading()) is None
    assert least_sure(reading(0.9, 0.8, 0.8)) == 1
    assert least_sure(reading(0.9, 0.8, 0.85, unsure=2)) == 2


def test_what_is_pointed_at_comes_before_what_was_chosen(selection: DigitSelection) -> None:
    changes: list[int | None] = []
    selection.changed.connect(lambda: changes.append(selection.index))
    selection.choose(2)
    selection.point_at(0)
    selection.point_at(0)
    selection.point_at(None)
    assert changes == [2, 0, 2]
    assert selection.digit is not None
    assert selection.digit.recognition.confidence == 0.99


def test_a_choice_lasts_while_there_are_as_many_digits(selection: DigitSelection) -> None:
    selection.choose(2)
    selection.follow(reading(0.9, 0.7, 0.98))
    assert selection.index == 2
    selection.follow(reading(0.9, 0.7))
    assert selection.index == 1
    selection.follow(reading(0.9, 0.8, 0.99))
    assert selection.index == 1


def test_what_is_not_there_cannot_be_chosen(selection: DigitSelection) -> None:
    selection.choose(7)
    assert selection.index == 1
    selection.follow(reading())
    assert (selection.index, selection.digit) == (None, None)
