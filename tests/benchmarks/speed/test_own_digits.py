"""The measurement of what the user's own digits cost, with few of them."""

import pytest

from benchmarks.models import find_model
from benchmarks.speed.own_digits import corrected, time_answers, told
from benchmarks.timing import Spread
from core.datasets.mnist import load_mnist
from core.recognition.recognizer import Recognizer, Verdict


def test_what_is_not_read_with_certainty_has_a_say() -> None:
    recognizer = Recognizer(find_model(None))
    head = corrected(recognizer, 700)
    answers = recognizer.recognize_many(list(load_mnist().test.images[:700]))
    labels = load_mnist().test.labels[:700].tolist()
    doubted = [
        place
        for place, (answer, label) in enumerate(zip(answers, labels, strict=True))
        if answer.digit != label or answer.verdict != Verdict.DIGIT
    ]
    assert head is not None
    assert 0 < len(doubted) <= len(head) < 700
    assert corrected(recognizer, 2) is None


def test_both_are_timed() -> None:
    alone, with_samples = time_answers(find_model(None), samples=20, answers=3, runs=2)
    assert len(alone.values) == len(with_samples.values) == 2
    assert min(*alone.values, *with_samples.values) > 0


@pytest.mark.parametrize(("after", "verdict"), [(0.75, "reached"), (0.9, "MISSED")])
def test_what_is_told(after: float, verdict: str) -> None:
    lines = told(10_000, Spread((0.5, 0.6, 0.7)), Spread((0.6, after, 0.9)))
    assert lines[1].startswith("With 10,000 of one's own digits: ")
    assert lines[-1].endswith(verdict)
