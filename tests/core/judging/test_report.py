"""The report has everything in one file, whatever a card says; the table has every answer."""

import csv
import io
import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest

from core.digits.files import open_any
from core.judging.answer_table import answer_table
from core.judging.disputed import DisputedLabels
from core.judging.figures import curves_figure, reliability_figure
from core.judging.model_tests import JudgedModel, ModelTest
from core.judging.pictures import inline_png
from core.judging.report import make_report
from core.judging.robustness import Robustness
from core.models.bundles import ModelBundle
from core.recognition.evaluation import describe_accuracy
from core.wording.judging_messages import damage_title

EMPTY_TAGS = {"meta", "img", "br", "polyline", "circle", "path"}


class Outline(HTMLParser):
    """Notes texts, pictures and links, and that every tag is closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.texts: list[str] = []
        self.sources: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.sources += [value or "" for name, value in attributes if name in ("src", "href")]
        if tag not in EMPTY_TAGS:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in EMPTY_TAGS:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


@pytest.fixture
def disputed(tmp_path: Path, whole_test: ModelTest) -> DisputedLabels:
    labels = DisputedLabels(tmp_path, whole_test.fingerprint, 1500)
    labels.mark([int(whole_test.model.answers.mistakes()[0])], is_disputed=True)
    return labels


def test_the_report_needs_no_other_file_and_shows_all_mistakes(whole_test: ModelTest) -> None:
    outline = Outline(make_report(whole_test))
    assert len(outline.sources) == whole_test.score.mistakes
    assert all(source.startswith("data:image/png;base64,") for source in outline.sources)
    said = " ".join(outline.texts)
    assert describe_accuracy(whole_test.score) in said
    for title in ("The model", "How it learned", "Confusion matrix", "Confidence", "Mistakes"):
        assert title in outline.texts
    for row in whole_test.score.confusion:
        for count in row:
            assert f"{count:,}" in outline.texts


def test_a_picture_is_the_digit(whole_test: ModelTest, tmp_path: Path) -> None:
    import base64

    image = whole_test.digits.images[0]
    png = base64.b64decode(inline_png(image).partition(",")[2])
    (tmp_path / "digit.png").write_bytes(png)
    assert open_any(tmp_path / "digit.png") is not None
    import cv2

    found = cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_GRAYSCALE)
    assert np.array_equal(255 - found, image)


def test_disputed_labels_are_marked_and_left_out_of_a_second_score(
    whole_test: ModelTest, disputed: DisputedLabels
) -> None:
    said = " ".join(Outline(make_report(whole_test, disputed)).texts)
    score = whole_test.model.answers.score(whole_test.origin, disputed.undisputed())
    assert score is not None and score.mistakes == whole_test.score.mistakes - 1
    assert f"Without 1 label that somebody disputes: {describe_accuracy(score)}" in said
    assert said.count("disputed") == 1


def test_a_hostile_card_stays_text(whole_test: ModelTest) -> None:
    bundle = whole_test.model.bundle
    evil = '<script>alert("1")</script>'
    card = replace(bundle.card, name=evil, preset=evil, created=evil, data={"name": evil}, history=[{"accuracy": evil}])
    hostile = replace(whole_test, model=JudgedModel(replace(bundle, card=card), whole_test.model.answers), origin=evil)
    report = make_report(hostile)
    assert "<script" not in report
    assert Outline(report).texts.count(evil) >= 3
    assert "How it learned" not in report


def test_another_model_and_damaged_digits_have_their_parts(whole_test: ModelTest) -> None:
    other = JudgedModel(_called(whole_test.model.bundle, "Other"), whole_test.model.answers)
    both = replace(whole_test, other=other)
    right = np.arange(75).reshape(15, 5)
    outline = Outline(make_report(both, None, [(both.model, Robustness(right, 100))]))
    assert "Beside Other" in outline.texts and damage_title("fog") in outline.texts
    assert {"4.0 %*", "0.0 %", "10.0 %*"} <= set(outline.texts)  # shot noise has a star at 5, glass blur at 1
    assert any("both read the same digits right" in text for text in outline.texts)


def _called(bundle: ModelBundle, name: str) -> ModelBundle:
    return replace(bundle, card=replace(bundle.card, name=name))


def test_figures_are_sound_svg(whole_test: ModelTest) -> None:
    history = [{"accuracy": 0.5, "validation_accuracy": 0.6}, {"accuracy": 0.9, "validation_accuracy": 0.95}]
    for figure in (reliability_figure(whole_test.model.answers), curves_figure(history)):
        root = ElementTree.fromstring(figure)
        assert root.tag.endswith("svg")
        numbers = re.findall(r"points='([^']*)'", figure)
        places = [tuple(map(float, place.split(","))) for points in numbers for place in points.split()]
        assert all(0 <= x <= 420 and 0 <= y <= 260 for x, y in places) and places


@pytest.mark.parametrize("history", [[], [{"accuracy": 0.5}], [{"loss": 1}] * 3, [{"accuracy": True}] * 3])
def test_a_history_without_accuracies_has_no_curves(history: list[dict[str, object]]) -> None:
    assert curves_figure(history) == ""


def test_a_perfect_history_has_curves() -> None:
    assert "polyline" in curves_figure([{"accuracy": 1.0}, {"accuracy": 1}])


def test_the_table_has_every_answer(whole_test: ModelTest, disputed: DisputedLabels) -> None:
    both = replace(whole_test, other=whole_test.model)
    rows = list(csv.DictReader(io.StringIO(answer_table(both, disputed).decode())))
    assert len(rows) == 1500
    assert [int(row["label"]) for row in rows] == whole_test.digits.labels.tolist()
    assert sum(row["right"] == "0" for row in rows) == whole_test.score.mistakes
    assert sum(row["disputed"] == "1" for row in rows) == 1
    for row in rows[:50]:
        shares = [float(row[f"p{digit}"]) for digit in range(10)]
        assert sum(shares) == pytest.approx(1, abs=1e-4)
        assert shares[int(row["read"])] == max(shares) == float(row["confidence"])
        assert row["other read"] == row["read"]
    assert "disputed" not in answer_table(whole_test).decode().partition("\n")[0]
