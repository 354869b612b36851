"""Synthesised handwriting: readable, never twice the same, and the same again from the same random numbers."""

from pathlib import Path

import numpy as np
import pytest

from core.digits.normalize import normalize_drawing
from core.ink.drawing import Drawing
from core.models.library import ModelLibrary
from core.recognition.recognizer import Recognizer
from core.synthesis.handwriting import LARGEST_PAD, SMALLEST_PAD, handwrite, synthesize_digits
from core.synthesis.templates import Template, load_templates
from core.system.paths import assets_folder

LABELS = np.tile(np.arange(10, dtype=np.uint8), 40)
TEMPLATES = {template.name: template for template in load_templates(assets_folder() / "ink" / "digits")}
PLAIN = (
    "0-plain",
    "1-plain",
    "2-plain",
    "3-round",
    "4-open",
    "5-two-strokes",
    "6-plain",
    "7-plain",
    "8-s-first",
    "9-straight",
)


def points_of(drawing: Drawing) -> np.ndarray:
    return np.concatenate([stroke.points for stroke in drawing.strokes])


def images_of(drawings: list[Drawing]) -> np.ndarray:
    digits = [normalize_drawing(drawing) for drawing in drawings]
    return np.stack([digit.image for digit in digits if digit is not None])


@pytest.fixture(scope="module")
def drawings() -> list[Drawing]:
    return synthesize_digits(LABELS, np.random.default_rng(1))


def test_writes_one_drawing_for_each_label(drawings: list[Drawing]) -> None:
    assert len(drawings) == len(LABELS)
    assert synthesize_digits(np.zeros(0, np.uint8), np.random.default_rng(1)) == []


def test_a_network_reads_the_labels_from_the_drawings(drawings: list[Drawing], tmp_path: Path) -> None:
    recognizer = Recognizer(ModelLibrary(tmp_path, assets_folder() / "models").shipped_bundle())
    read = recognizer.probabilities(images_of(drawings)).argmax(axis=1)
    for digit in range(10):  # guessing is right on one in ten, wrong labels on none
        of_digit = np.flatnonzero(np.equal(LABELS, digit))
        assert np.mean(read[of_digit] == digit) > 0.5


def test_variations_of_plain_digits_stay_readable(tmp_path: Path) -> None:
    recognizer = Recognizer(ModelLibrary(tmp_path, assets_folder() / "models").shipped_bundle())
    rng = np.random.default_rng(2)
    variations = [handwrite(TEMPLATES[name], rng) for name in PLAIN for _ in range(40)]
    read = recognizer.probabilities(images_of(variations)).argmax(axis=1)
    assert np.mean(read == np.repeat(np.arange(10), 40)) >= 0.9


def test_the_same_random_numbers_write_the_same(drawings: list[Drawing]) -> None:
    handwrite(TEMPLATES["5-one-stroke"], np.random.default_rng(99))  # what was written before changes nothing
    for first, second in zip(drawings, synthesize_digits(LABELS, np.random.default_rng(1)), strict=True):
        assert first.pad_side == second.pad_side and first.pen_width == second.pen_width
        assert len(first.strokes) == len(second.strokes)
        np.testing.assert_array_equal(points_of(first), points_of(second))


def test_no_two_variations_look_the_same() -> None:
    rng = np.random.default_rng(3)
    images = images_of([handwrite(TEMPLATES["7-crossed"], rng) for _ in range(60)]).astype(np.float64)
    differences = np.abs(images[:, None] - images[None]).mean(axis=(2, 3))
    assert differences[~np.eye(60, dtype=bool)].min() > 5


def test_hands_differ_in_width_and_slant() -> None:
    rng = np.random.default_rng(4)
    zeros = [points_of(handwrite(TEMPLATES["0-plain"], rng)) for _ in range(300)]
    shapes = np.array([np.ptp(points[:, 0]) / np.ptp(points[:, 1]) for points in zeros])
    assert shapes.min() < 0.65 and shapes.max() > 1.15
    ones = [points_of(handwrite(TEMPLATES["1-plain"], rng)) for _ in range(300)]
    slants = np.degrees([np.arctan2(points[0, 0] - points[-1, 0], points[-1, 1] - points[0, 1]) for points in ones])
    assert slants.min() < -10 and slants.max() > 20
    assert np.median(np.abs(slants)) < 15


def test_crosses_and_gaps_move() -> None:
    rng = np.random.default_rng(5)
    heights = []
    for _ in range(200):
        drawing = handwrite(TEMPLATES["7-crossed"], rng)
        stem, cross = drawing.strokes[0].points, drawing.strokes[1].points
        heights.append((cross[:, 1].mean() - stem[:, 1].min()) / np.ptp(stem[:, 1]))
    assert min(heights) < 0.42 and max(heights) > 0.56


def test_keeps_the_strokes_of_the_template() -> None:
    rng = np.random.default_rng(6)
    for template in TEMPLATES.values():
        counts = [len(handwrite(template, rng).strokes) - len(template.strokes) for _ in range(8)]
        assert set(counts) <= {0, 1}  # one more where the hand touched the pad again
        assert counts.count(0) >= 5


def test_lies_on_the_pad(drawings: list[Drawing]) -> None:
    shares = []
    for drawing in drawings:
        points = points_of(drawing)
        assert np.isfinite(points).all()
        assert drawing.pad_side is not None
        assert SMALLEST_PAD <= drawing.pad_side <= LARGEST_PAD
        assert points.min() >= -0.5 and points.max() <= drawing.pad_side + 0.5
        shares.append(np.ptp(points, axis=0).max() / drawing.pad_side)
        assert all(2 <= len(stroke.points) <= 125 for stroke in drawing.strokes if len(stroke.points) > 1)
    assert min(shares) < 0.25 and max(shares) > 0.85


def test_rare_ways_are_written_less_often_than_common_ones() -> None:
    slashed = 0
    for drawing in synthesize_digits(np.zeros(600, np.uint8), np.random.default_rng(7)):
        slashed += len(drawing.strokes) > 1
    assert 60 < slashed < 300


def test_writes_a_sign_that_is_a_dot() -> None:
    template = Template(".", ".-dot", (np.array([[50, 50]], np.float32),))
    for seed in range(20):
        drawing = handwrite(template, np.random.default_rng(seed))
        assert len(drawing.strokes[0].points) == 1
