"""Pictures of what is no digit, and how they and the forms are counted."""

import cv2
import numpy as np
import pytest

from benchmarks.evaluation.measuring import RefusalScore
from benchmarks.pictures import non_digits
from benchmarks.pictures.__main__ import table_text
from benchmarks.pictures.digits import drawn_digits
from benchmarks.pictures.measuring import FormScore, read, score_form
from benchmarks.pictures.non_digits import KINDS, non_digit_pictures
from core.ink.drawing import Drawing, Stroke
from core.models.library import ModelLibrary
from core.recognition.recognizer import BLANK, Recognition, Recognizer, Verdict
from core.system.paths import assets_folder


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_can_be_opened_and_comes_again_with_its_seed(kind):
    digits = drawn_digits(10)
    contents = list(non_digit_pictures(kind, digits, 1, 3))
    assert contents == list(non_digit_pictures(kind, digits, 1, 3))
    assert len(set(contents)) == 3
    for content in contents:
        assert cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_UNCHANGED) is not None


def test_several_upright_lines_are_ones_and_drawn_again(monkeypatch):
    upright, level = ([Stroke(np.array([start, end], np.float32)) for start, end in lines] for lines in (
        [((0.3, 0.2), (0.3, 0.8)), ((0.5, 0.2), (0.5, 0.8)), ((0.7, 0.2), (0.7, 0.8))],
        [((0.2, 0.3), (0.8, 0.3)), ((0.2, 0.5), (0.8, 0.5)), ((0.2, 0.7), (0.8, 0.7))],
    ))  # fmt: skip
    drawn = [Drawing(tuple(strokes), 1.0) for strokes in (upright, upright, level, upright[:1], [*upright, level[0]])]
    left = iter(drawn)
    monkeypatch.setattr(non_digits, "line", lambda rng: next(left))
    contents = [*non_digit_pictures("lines that are no 1", [], 1, 3)]
    assert list(left) == []
    monkeypatch.setattr(non_digits, "line", lambda rng: drawn[2])
    assert next(non_digit_pictures("lines that are no 1", [], 1, 1)) == contents[0]


def test_the_app_reads_pictures_from_a_folder(tmp_path):
    library = ModelLibrary(tmp_path / "models", assets_folder() / "models")
    contents = list(non_digit_pictures("blank scans", [], 1, 2))
    answers = read(Recognizer(library.shipped_bundle()), tmp_path / "pictures", [*contents, b"no picture"])
    assert len(answers) == 3
    assert answers[2] is BLANK
    assert len(list((tmp_path / "pictures").iterdir())) == 3


def test_a_digit_is_right_when_the_best_guess_is_and_was_not_refused():
    sure, refused, unsure = (
        Recognition(4, (0.0,) * 4 + (1.0,) + (0.0,) * 5, verdict)
        for verdict in (Verdict.DIGIT, Verdict.NOT_A_DIGIT, Verdict.UNSURE)
    )
    score = score_form("any", [sure, refused, unsure, BLANK, sure], [sure] * 5, [4, 4, 4, 4, 5])
    assert (score.right, score.wrong, score.refused, score.unsure, score.direct) == (0.4, 0.2, 0.4, 0.2, 0.8)


def test_the_table_says_which_bars_are_missed():
    forms = [FormScore("thin", 100, 0.995, 0.005, 0, 0, 1.0), FormScore("thick", 100, 0.965, 0, 0.035, 0, 1.0)]
    kinds = [RefusalScore("noise", 40, 1.0, 0, 0, None), RefusalScore("stripes", 40, 0.95, 0.05, 0, None)]
    bars = [line.split()[-2] for line in table_text(forms, kinds).splitlines() if "reaches" in line or "MISSES" in line]
    assert bars == ["MISSES", "MISSES", "reaches", "reaches"]
