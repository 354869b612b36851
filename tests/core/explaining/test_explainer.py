"""The explainer of a model: the shipped one, one that was saved without, and a damaged one."""

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from core.explaining.evidence import Method
from core.explaining.explainer import Explainer
from core.explaining.picture import evidence_shares, explanation_png, tinted
from core.models.bundles import EXPLANATION_FILE, ModelBundle


@pytest.fixture
def copied(shipped: Explainer, tmp_path: Path) -> ModelBundle:
    shutil.copytree(shipped.bundle.folder, tmp_path / "copy")
    return replace(shipped.bundle, folder=tmp_path / "copy")


def test_neighbours_of_a_digit_are_mostly_the_same_digit(shipped: Explainer, digits: Any) -> None:
    same, total = 0, 0
    for image in digits:
        neighbours = shipped.neighbours(image)
        assert len(neighbours) == 8
        same += sum(neighbour.label == shipped.recognize(image).digit for neighbour in neighbours)
        total += 8
    assert same >= 0.9 * total


def test_a_digit_is_on_the_map_among_its_neighbours(shipped: Explainer, digits: Any) -> None:
    index = shipped.explanation.neighbours
    assert index is not None
    place = shipped.place_on_map(digits[0])
    assert place is not None
    own = shipped.recognize(digits[0]).digit
    nearest = np.argsort(np.hypot(*(index.places - np.array(place)).T))[:50]
    assert (index.labels[nearest] == own).mean() > 0.5


def test_activations_lead_from_the_image_to_the_logits(shipped: Explainer, digits: Any) -> None:
    values = shipped.activations(digits[0])
    np.testing.assert_array_equal(values[0][0, :, :, 0], digits[0] / np.float32(255))
    np.testing.assert_allclose(values[-1], shipped.logits(digits[:1]), atol=1e-5)


def test_a_model_that_was_saved_without_is_explained_by_occlusion(copied: ModelBundle, digits: Any) -> None:
    sha256 = {name: value for name, value in copied.card.sha256.items() if name != EXPLANATION_FILE}
    explainer = Explainer(replace(copied, card=replace(copied.card, sha256=sha256)))
    assert explainer.problem == ""
    assert explainer.neighbours(digits[0]) == [] and explainer.place_on_map(digits[0]) is None
    assert explainer.activations(digits[0]) == []
    answer = explainer.recognize(digits[0])
    assert answer.digit is not None
    evidence = explainer.evidence(digits[0], answer.digit)
    assert evidence.method == Method.OCCLUSION and evidence.pixels.max() > 0


def test_of_a_damaged_explanation_the_problem_is_told_and_the_rest_works(copied: ModelBundle, digits: Any) -> None:
    (copied.folder / EXPLANATION_FILE).write_bytes(b"damaged")
    explainer = Explainer(copied)
    assert "cannot be explained" in explainer.problem
    assert explainer.recognize(digits[0]).digit is not None
    assert explainer.neighbours(digits[0]) == []


def test_a_picture_shows_evidence_in_two_colours_and_neighbours(shipped: Explainer, digits: Any) -> None:
    image = digits[0]
    answer = shipped.recognize(image)
    assert answer.digit is not None
    evidence = shipped.evidence(image, answer.digit)
    shares = evidence_shares(image, evidence)
    assert np.abs(shares).max() <= 1 and np.abs(shares[image > 0]).max() == 1
    colours = tinted(image, evidence)
    assert not colours[image == 0].any()
    strongest = np.unravel_index(np.argmax(np.where(image > 200, shares, -1)), shares.shape)
    assert colours[strongest][0] > colours[strongest][2]  # more red than blue
    content = explanation_png(image, evidence, shipped.neighbours(image))
    shown = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_COLOR)
    assert shown is not None and shown.shape == (448 + 56, 448, 3) and shown[448:].any()
    alone = cv2.imdecode(np.frombuffer(explanation_png(image, evidence, []), np.uint8), cv2.IMREAD_COLOR)
    assert alone is not None and alone.shape == (448, 448, 3)


def test_evidence_of_nothing_has_no_colours(shipped: Explainer, digits: Any) -> None:
    evidence = replace(shipped.evidence(digits[0], 1), pixels=np.zeros((28, 28), np.float32))
    assert not evidence_shares(digits[0], evidence).any()
