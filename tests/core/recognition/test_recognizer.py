"""Recognition with the model that ships: real digits, blank pads, what is no digit, and files that are no models."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.digits.normalize import normalize_drawing
from core.errors import ModelError
from core.models.card import Thresholds
from core.models.compiled import BATCH, Answers, CompiledModel, as_input
from core.models.library import ModelBundle, ModelLibrary
from core.recognition.calibration import calibrated
from core.recognition.recognizer import BLANK, Recognizer, Verdict
from core.synthesis.non_digits import KINDS, synthesize_kind
from core.system.paths import assets_folder


@pytest.fixture(scope="module")
def bundle() -> ModelBundle:
    return ModelLibrary(assets_folder() / "none", assets_folder() / "models").shipped_bundle()


@pytest.fixture(scope="module")
def recognizer(bundle: ModelBundle) -> Recognizer:
    return Recognizer(bundle)


def test_real_digits_are_recognised(recognizer: Recognizer, mnist: dict[str, Any]) -> None:
    answers = recognizer.recognize_many(list(mnist["x_test"][:300]))
    right = [answer.digit == label for answer, label in zip(answers, mnist["y_test"][:300], strict=True)]
    assert np.mean(right) > 0.98
    assert np.mean([answer.verdict is Verdict.DIGIT for answer in answers]) > 0.95
    assert all(sum(answer.probabilities) == pytest.approx(1) for answer in answers)


def test_one_image_is_answered_like_many(recognizer: Recognizer, mnist: dict[str, Any]) -> None:
    images = list(mnist["x_test"][:5])
    together = recognizer.recognize_many(images)
    for image, answer in zip(images, together, strict=True):
        alone = recognizer.recognize(image)
        assert (alone.digit, alone.verdict, alone.candidates) == (answer.digit, answer.verdict, answer.candidates)
        assert alone.probabilities == pytest.approx(answer.probabilities, abs=1e-6)


def test_blank_images_keep_their_place(recognizer: Recognizer, mnist: dict[str, Any]) -> None:
    blank, seven = np.zeros((28, 28), np.uint8), mnist["x_test"][0]
    answers = recognizer.recognize_many([None, seven, blank, seven])
    assert (answers[0], answers[2]) == (BLANK, BLANK)
    assert (answers[1].digit, answers[3].digit) == (7, 7)
    assert recognizer.recognize(None) == recognizer.recognize(blank) == BLANK
    assert recognizer.recognize_many([]) == []


def with_thresholds(bundle: ModelBundle, **limits: Any) -> Recognizer:
    """A recogniser whose only grounds for refusal or doubt are `limits`."""
    lenient = Thresholds(
        unsure_below=0.0, reject_below=0.0, no_digit_above=1.0, doubt_above=1.0, ink_range=(0.0, 255.0)
    )
    return Recognizer(replace(bundle, card=replace(bundle.card, thresholds=replace(lenient, **limits))))


@pytest.mark.parametrize(
    ("limits", "verdict"),
    [
        ({}, Verdict.DIGIT),
        ({"no_digit_above": 0.0, "doubt_above": 0.0}, Verdict.NOT_A_DIGIT),
        ({"doubt_above": 0.0}, Verdict.UNSURE),
        ({"unsure_below": 1.0}, Verdict.UNSURE),
        ({"reject_below": 1.0, "unsure_below": 1.0}, Verdict.NOT_A_DIGIT),
        ({"ink_range": (0.0, 1.0)}, Verdict.NOT_A_DIGIT),
        ({"ink_range": (200.0, 255.0)}, Verdict.NOT_A_DIGIT),
    ],
)
def test_each_threshold_decides_on_its_own(
    bundle: ModelBundle, mnist: dict[str, Any], limits: dict[str, Any], verdict: Verdict
) -> None:
    answers = with_thresholds(bundle, **limits).recognize_many(list(mnist["x_test"][:10]))
    assert {answer.verdict for answer in answers} == {verdict}
    assert all(answer.digit is not None for answer in answers)


@pytest.mark.parametrize(
    ("confidence", "no_digit", "verdict"),
    [
        (0.801, 0.0, Verdict.DIGIT),
        (0.799, 0.0, Verdict.UNSURE),
        (0.451, 0.0, Verdict.UNSURE),
        (0.449, 0.0, Verdict.NOT_A_DIGIT),
        (0.99, 0.039, Verdict.DIGIT),
        (0.99, 0.041, Verdict.UNSURE),
        (0.99, 0.149, Verdict.UNSURE),
        (0.99, 0.151, Verdict.NOT_A_DIGIT),
    ],
)
def test_where_the_usual_thresholds_lie(
    bundle: ModelBundle,
    mnist: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
    confidence: float,
    no_digit: float,
    verdict: Verdict,
) -> None:
    row = np.full((1, 10), (1 - confidence) / 9, np.float32)
    row[0, 7] = confidence
    answers = Answers(row, np.array([no_digit], np.float32))
    monkeypatch.setattr(CompiledModel, "answer", lambda model, images, **asked: answers)
    assert with_usual_thresholds(bundle).recognize(mnist["x_test"][0]).verdict is verdict


@pytest.mark.parametrize(
    ("lit", "verdict"),
    [(18, Verdict.NOT_A_DIGIT), (19, Verdict.DIGIT), (338, Verdict.DIGIT), (339, Verdict.NOT_A_DIGIT)],
)
def test_how_much_ink_a_digit_usually_has(
    bundle: ModelBundle, monkeypatch: pytest.MonkeyPatch, lit: int, verdict: Verdict
) -> None:
    """A mean brightness of 6 to 110, by the number of white pixels in a black image."""
    answers = Answers(np.eye(10, dtype=np.float32)[:1], None)
    monkeypatch.setattr(CompiledModel, "answer", lambda model, images, **asked: answers)
    image = np.zeros(28 * 28, np.uint8)
    image[:lit] = 255
    assert with_usual_thresholds(bundle).recognize(image.reshape(28, 28)).verdict is verdict


def with_usual_thresholds(bundle: ModelBundle) -> Recognizer:
    """A recogniser that takes the model at its word, with the thresholds of a card that names none."""
    return Recognizer(replace(bundle, card=replace(bundle.card, temperature=1.0, thresholds=Thresholds())))


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_no_digit_is_refused_or_doubted(recognizer: Recognizer, kind: str) -> None:
    digits = [normalize_drawing(drawing) for drawing in synthesize_kind(kind, 40, np.random.default_rng(77))]
    answers = recognizer.recognize_many([digit.image if digit else None for digit in digits])
    assert np.mean([answer.verdict is Verdict.DIGIT for answer in answers]) < 0.15


@pytest.mark.parametrize("ink", [1, 255])
def test_far_too_little_or_too_much_ink_is_no_digit(recognizer: Recognizer, ink: int) -> None:
    image = np.zeros((28, 28), np.uint8)
    image[4:24, 4:24] = ink
    assert recognizer.recognize(image).verdict is Verdict.NOT_A_DIGIT


@pytest.mark.parametrize("images", [0, 1, BATCH - 1, BATCH, BATCH + 1, 3 * BATCH])
def test_any_number_of_images(recognizer: Recognizer, mnist: dict[str, Any], images: int) -> None:
    probabilities = recognizer.probabilities(mnist["x_test"][:images])
    assert (probabilities.shape, probabilities.dtype) == ((images, 10), np.float32)
    np.testing.assert_allclose(probabilities.sum(axis=1), 1, rtol=1e-5)


def test_only_what_is_asked_for_is_fetched(bundle: ModelBundle, mnist: dict[str, Any]) -> None:
    model = CompiledModel(bundle.compiled_path)
    images = as_input(mnist["x_test"][:3])
    everything = model.run(images)
    assert set(everything) == set(model.output_names)
    for count in (1, 3, 2, 3):
        [(name, embedding)] = model.run(images[:count], ["embedding"]).items()
        assert name == "embedding"
        np.testing.assert_allclose(embedding, everything["embedding"][:count], atol=1e-5)


def test_a_model_that_was_compiled_for_four_images_takes_any_number(
    bundle: ModelBundle, mnist: dict[str, Any], tmp_path: Path
) -> None:
    content = bundle.compiled_path.read_bytes()
    for images in (1, -1):  # in the file, a shape is its length and its sizes
        shape, four = (np.array([4, count, 28, 28, 1], np.int32).tobytes() for count in (images, 4))
        assert content.count(shape) == 1
        content = content.replace(shape, four)
    (tmp_path / "model.tflite").write_bytes(content)
    digits = mnist["x_test"][:5]
    expected = CompiledModel(bundle.compiled_path).probabilities(digits)
    for count in (1, 4, 5):
        model = CompiledModel(tmp_path / "model.tflite")
        np.testing.assert_allclose(model.probabilities(digits[:count]), expected[:count], atol=1e-5)


def test_more_threads_give_the_same_answers(bundle: ModelBundle, mnist: dict[str, Any]) -> None:
    images = mnist["x_test"][:200]
    one, two = (CompiledModel(bundle.compiled_path, threads).probabilities(images) for threads in (1, 2))
    np.testing.assert_array_equal(one, two)


def test_confidence_follows_the_temperature_of_the_card(bundle: ModelBundle, mnist: dict[str, Any]) -> None:
    images = mnist["x_test"][:20]
    own = CompiledModel(bundle.compiled_path).probabilities(images)
    hot = Recognizer(replace(bundle, card=replace(bundle.card, temperature=4.0))).probabilities(images)
    np.testing.assert_array_equal(hot, calibrated(own, 4.0))
    assert hot.max(axis=1).mean() < own.max(axis=1).mean()


def test_the_input_is_scaled_to_one() -> None:
    images = np.arange(256, dtype=np.uint8).repeat(28 * 28).reshape(256, 28, 28)
    scaled = as_input(images)
    assert (scaled.shape, scaled.dtype) == ((256, 28, 28, 1), np.float32)
    assert (scaled.min(), scaled.max()) == (0.0, 1.0)


def test_a_file_that_went_away_is_not_called_damaged(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"model\.tflite cannot be read: no such file or folder\."):
        CompiledModel(tmp_path / "model.tflite")


@pytest.mark.parametrize("content", [b"", b"TFL3", b"\x1c\x00\x00\x00TFL3" + bytes(200), b"PK\x03\x04" + bytes(99)])
def test_a_file_that_is_no_model(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "model.tflite").write_bytes(content)
    with pytest.raises(ModelError, match="is not a compiled model"):
        CompiledModel(tmp_path / "model.tflite")
