"""The reliability diagram and the gallery of mistakes show what was measured."""

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.evaluation import mistakes, reliability
from benchmarks.evaluation.mistakes import find_mistakes, paint_mistakes
from benchmarks.evaluation.reliability import confidence_bins, paint_reliability
from core.datasets.digit_sets import DigitSet
from core.datasets.mnist import load_mnist
from core.recognition.calibration import expected_calibration_error
from core.recognition.recognizer import Recognition, Verdict

PNG = b"\x89PNG"


def answer(digit, confidence=1.0):
    probabilities = [(1 - confidence) / 9] * 10
    probabilities[digit] = confidence
    return Recognition(digit, tuple(probabilities), Verdict.DIGIT)


def test_bins_add_up_to_the_calibration_error():
    rng = np.random.default_rng(0)
    sure = rng.uniform(0, 1, 500)
    right = rng.random(500) < sure**2
    bins = confidence_bins(sure, right)
    assert sum(one.count for one in bins) == 500
    assert sum(one.right for one in bins) == right.sum()
    gaps = sum(abs(one.count * one.confidence - one.right) for one in bins)
    assert gaps / 500 == pytest.approx(expected_calibration_error(sure, right))


def test_mistakes_are_the_wrong_guesses_by_truth_and_surest_first():
    digits = DigitSet(np.zeros((5, 28, 28), np.uint8), np.array([7, 1, 1, 0, 7], np.uint8))
    found = find_mistakes([answer(7), answer(7, 0.6), answer(4, 0.9), answer(0), answer(2, 0.5)], digits)
    assert [(mistake.index, mistake.truth, mistake.answer.digit) for mistake in found] == [
        (2, 1, 4),
        (1, 1, 7),
        (4, 7, 2),
    ]


def test_every_mistake_is_on_the_page(qapp):
    digits = DigitSet(np.full((23, 28, 28), 255, np.uint8), np.full(23, 3, np.uint8))
    short = paint_mistakes(find_mistakes([answer(8)] * 9 + [answer(3)] * 14, digits), "Some", 23)
    long = paint_mistakes(find_mistakes([answer(8)] * 23, digits), "Some", 23)
    assert long.height > short.height
    assert short.painter.end() and long.painter.end()


def test_a_model_without_mistakes_has_an_empty_page(tmp_path, qapp):
    paint_mistakes([], "Perfect", 10_000).save(tmp_path / "none.png")
    assert (tmp_path / "none.png").read_bytes().startswith(PNG)


@pytest.mark.parametrize("command", [mistakes, reliability])
def test_a_command_leaves_its_picture_where_it_says(command, tmp_path, qapp, monkeypatch, capsys):
    monkeypatch.setattr(command, "load_mnist", lambda: replace(load_mnist(), test=load_mnist().test.take(slice(300))))
    path = tmp_path / "new" / "picture.png"
    assert command.main([str(path)]) == 0
    assert path.read_bytes().startswith(PNG)
    assert str(path) in capsys.readouterr().out


def test_honest_confidence_lies_on_the_diagonal(qapp):
    """The dot of answers that are 80 % sure and 80 % right is painted where both axes say 80 %."""
    page = paint_reliability("Honest", "made up", [answer(3, 0.8)] * 50, [3] * 40 + [5] * 10)
    page.painter.end()
    place = reliability._at(0.8, 0.8)
    colour = page.image.pixelColor(round(place.x() * page.SCALE), round(place.y() * page.SCALE))
    assert colour == reliability.ACCENT
