"""Photographs and ways to draw: readable by the app, and what they say they are."""

import cv2
import numpy as np
import pytest

from benchmarks.evaluation import digit_sets
from benchmarks.evaluation.digit_sets import score_photos, score_pictures, score_turned, score_ways
from benchmarks.evaluation.paper import PAPERS
from benchmarks.evaluation.photos import photograph
from benchmarks.evaluation.ways_to_draw import ALL_WAYS, Way, drawn, image_of_drawing, image_of_picture, picture_cells
from core.digits.files import read_image
from core.digits.normalize import normalize_drawing
from core.models.library import ModelLibrary
from core.recognition.recognizer import Recognizer
from core.system.paths import assets_folder


@pytest.fixture(scope="module")
def recognize_many(tmp_path_factory):
    library = ModelLibrary(tmp_path_factory.mktemp("models"), assets_folder() / "models")
    return Recognizer(library.shipped_bundle()).recognize_many


@pytest.mark.parametrize("paper", PAPERS)
def test_the_app_finds_the_digit_on_a_photograph(paper, digits, tmp_path, recognize_many):
    rng = np.random.default_rng(1)
    images = []
    for digit in digits[::6]:
        path = tmp_path / f"{digit.label}.jpg"
        path.write_bytes(photograph(digit.drawing, paper, rng).content)
        images.append(read_image(path))
    assert [answer.digit for answer in recognize_many(images)] == [digit.label for digit in digits[::6]]


def test_the_same_numbers_make_the_same_photograph(digits):
    one, other, another = (photograph(digits[0].drawing, "ruled", np.random.default_rng(seed)) for seed in (3, 3, 4))
    assert one.content == other.content
    assert one.content != another.content


def test_printed_lines_are_on_the_paper_that_has_them(digits):
    """Dark pixels beside the digit: many more on squared paper than on plain."""

    def edges(paper):
        shares = []
        for seed in range(4):
            content = photograph(digits[0].drawing, paper, np.random.default_rng(seed)).content
            gray = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_GRAYSCALE).astype(np.float32)
            paper_light = cv2.medianBlur(gray.astype(np.uint8), 51)
            shares.append((cv2.GaussianBlur(gray, (0, 0), 1.5) < 0.92 * paper_light).mean())
        return np.mean(shares)

    assert edges("squared") > 2 * edges("plain")


@pytest.mark.parametrize("way", [*ALL_WAYS[::83], ALL_WAYS[-1]])
def test_a_digit_is_drawn_in_the_way_that_was_asked_for(way, digits):
    drawing = drawn(digits[12].drawing, way)
    left, top, right, bottom = drawing.bounds()
    assert max(right - left, bottom - top) == pytest.approx(way.size, rel=1e-3)
    half = way.pen_width / 2
    assert min(left, top) >= half - 1e-6 and max(right, bottom) <= 1 - half + 1e-6
    assert (left == pytest.approx(half, abs=1e-6)) == (way.place[0] == 0)
    assert (bottom == pytest.approx(1 - half, abs=1e-6)) == (way.place[1] == 1)
    assert drawing.pen_width == way.pen_width


def test_pen_size_and_place_do_not_change_what_the_network_sees(digits):
    here, there = Way(0.01, 0.15, (0.0, 1.0), 0.0), Way(0.12, 0.85, (0.5, 0.5), 0.0)
    for digit in digits:
        images = [image_of_drawing(drawn(digit.drawing, way)) for way in (here, there)]
        original = normalize_drawing(digit.drawing).image
        for image in images:
            assert np.abs(image.astype(int) - original).mean() < 2


def test_turning_does_change_it(digits):
    level, turned = (drawn(digits[3].drawing, Way(0.05, 0.5, (0.5, 0.5), angle)) for angle in (0.0, 15.0))
    (_, low), (_, high) = turned.strokes[0].points[0], level.strokes[0].points[0]
    assert np.abs(image_of_drawing(level).astype(int) - image_of_drawing(turned)).mean() > 5
    assert low != pytest.approx(high)


def test_ways_have_names_that_say_all():
    assert str(Way(0.05, 0.3, (0.0, 1.0), -15.0)) == "pen 0.05, size 0.3, bottom left, -15°"
    assert str(Way(0.05, 0.3, (0.5, 0.5), 0.0)) == "pen 0.05, size 0.3, middle, +0°"
    assert len(ALL_WAYS) == len({str(way) for way in ALL_WAYS}) == 5 * 5 * 9 * 3


def test_picture_cells_take_turns_at_all_places_and_angles(digits):
    cells = list(picture_cells(digits, 27))
    assert len(cells) == 25
    for cell in cells:
        assert len({(way.pen_width, way.size) for _, way in cell}) == 1
        assert len({(way.place, way.angle) for _, way in cell}) == 27


def test_a_picture_of_the_pad_shows_the_digit(digits, recognize_many):
    images = [image_of_picture(drawn(digit.drawing, Way(0.05, 0.5, (1.0, 0.0), 0.0))) for digit in digits]
    right = [answer.digit == digit.label for answer, digit in zip(recognize_many(images), digits, strict=True)]
    assert sum(right) >= 27


def test_the_sets_count_every_digit_once_in_each_cell(digits, recognize_many, monkeypatch):
    monkeypatch.setattr(digit_sets, "ALL_WAYS", ALL_WAYS[::45])
    left, right = score_turned(recognize_many, digits)
    assert (left.name, right.name) == ("turned by -15°", "turned by +15°")
    assert left.count == right.count == len(digits)
    together, worst = score_ways(recognize_many, digits, count=10)
    assert (together.count, worst.count) == (10 * len(ALL_WAYS) // 45, 10)
    assert worst.right <= together.right
    together, worst = score_pictures(recognize_many, digits, count=10)
    assert (together.count, worst.count) == (10 * 25, 10)
    *papers, everything = score_photos(recognize_many, digits, count=10)
    assert [score.count for score in papers] == [10] * len(PAPERS)
    assert everything.mistakes == sum(score.mistakes for score in papers)
