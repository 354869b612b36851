"""What is counted as right, and the sets around a reader that sees everything or nothing."""

import pytest

from benchmarks.several_digits.ink_numbers import ink_of_writers
from benchmarks.several_digits.measuring import Bar, Score, edit_distance, score_order, score_texts
from benchmarks.several_digits.sets import INK, score_ink, score_marks, score_pages
from core.models.library import ModelLibrary
from core.recognition.recognizer import Recognizer
from core.system.paths import assets_folder


@pytest.mark.parametrize(
    ("text", "wanted", "distance"),
    [
        ("", "", 0),
        ("", "12", 2),
        ("123", "123", 0),
        ("13", "123", 1),
        ("1243", "123", 1),
        ("12\n3", "123", 1),
        ("9", "1", 1),
    ],
)
def test_edit_distance(text, wanted, distance):
    assert edit_distance(text, wanted) == edit_distance(wanted, text) == distance


def test_order_counts_digits_and_row_breaks():
    score = score_order("pages", ["12\n34", "1" * 50], ["12\n35", "2"])
    assert (score.right, score.count) == (4, 6)


def test_a_number_is_right_to_the_last_digit():
    score = score_texts("numbers", ["12", "13"], ["12", "12"], [True, True])
    assert (score.right, score.count, score.alone) == (1, 2, 1.0)
    assert "50.00 %" in score.line(20) and Score("none", 0, 0).line(10).split() == ["none", "0"]


def test_bars_are_reached_from_above_or_from_below():
    assert Bar("right", 0.97, 0.97).reached and not Bar("right", 0.96, 0.97).reached
    assert Bar("split", 0.0, 0.003, at_most=True).reached and not Bar("split", 0.01, 0.003, at_most=True).reached
    assert "missed" in Bar("right", 0.5, 0.97).line(20)


class Blind:
    """A reader that never finds a digit."""

    def __init__(self, recognizer):
        self.recognizer = recognizer

    def drawing(self, drawing):
        return ""


def test_every_set_is_scored(digits, tmp_path):
    writers = ink_of_writers(digits)
    library = ModelLibrary(tmp_path, assets_folder() / "models")
    reader = Blind(Recognizer(library.shipped_bundle()))
    scores = {score.name: score for score in score_ink(reader, writers, 20, 1)}
    assert scores[INK].count == 20 and scores[INK].right == 0 and scores[INK].alone > 0.8
    assert scores["  touching"].count + scores["  not touching"].count == 20
    pages, flawless, _ = score_pages(reader, writers, 2, 1)
    assert pages.right == 0 and pages.count > 20 and flawless.alone is not None
    *_, scribbles = score_marks(reader, writers, 2, 1)
    assert scribbles.share == 1
