"""Evidence: it sums to the logit, points at what matters, and is found of every network."""

from typing import Any

import numpy as np
import pytest

from core.explaining.evidence import Method, can_integrate, integrate_gradients, logits_from, occlude
from core.explaining.explainer import Explainer
from core.explaining.layers import ColumnLengths, Dense, Flattening
from core.explaining.network import LayeredNetwork
from core.models.compiled import Answers, as_input
from core.recognition.recognizer import Recognition


def linear(weights: Any) -> LayeredNetwork:
    """A network whose logit of 3 is the sum of the pixels times `weights`, `(28, 28)`, and of all others 0."""
    kernel = np.zeros((784, 10), np.float32)
    kernel[:, 3] = weights.reshape(-1)
    return LayeredNetwork((Flattening("flatten"), Dense("logits", kernel, np.full(10, 0.5, np.float32))))


def random_weights() -> Any:
    return np.random.default_rng(4).standard_normal((28, 28)).astype(np.float32)


def some_ink() -> Any:
    image = np.zeros((28, 28), np.uint8)
    image[5:20, 8:12] = 200
    return image


def test_of_a_linear_network_evidence_is_pixel_times_weight() -> None:
    weights, image = random_weights(), some_ink()
    evidence = integrate_gradients(linear(weights), image, 3)
    np.testing.assert_allclose(evidence.pixels, weights * image / 255 + 0.5 / 784, atol=1e-5)
    assert evidence.total == pytest.approx(float((weights * image / 255).sum()) + 0.5, rel=1e-4)
    assert (evidence.digit, evidence.against, evidence.method) == (3, None, Method.INTEGRATED_GRADIENTS)
    other = integrate_gradients(linear(weights), image, 7, against=3)
    np.testing.assert_allclose(other.pixels, -weights * image / 255, atol=1e-5)


def test_evidence_of_a_constant_answer_still_sums_to_it() -> None:
    evidence = integrate_gradients(linear(np.zeros((28, 28), np.float32)), some_ink(), 5)
    assert evidence.total == pytest.approx(0.5) and evidence.pixels.sum() == pytest.approx(0.5)


@pytest.mark.parametrize("against", [None, 1])
def test_evidence_sums_to_the_logit_of_the_shipped_network(
    shipped: Explainer, digits: Any, against: int | None
) -> None:
    logits = shipped.logits(digits[:20])
    for image, own in zip(digits[:20], logits, strict=True):
        digit = int(own[:10].argmax())
        evidence = shipped.evidence(image, digit, against)
        expected = own[digit] if against is None else own[digit] - own[against]
        assert evidence.total == pytest.approx(float(expected), abs=1e-4)
        assert float(evidence.pixels.sum()) == pytest.approx(float(expected), abs=1e-3)
        assert evidence.is_exact


def loss(shipped: Explainer, image: Any, answer: Recognition, pixels: Any) -> float:
    """How much less surely the answer is given without some pixels."""
    without = image.copy().reshape(-1)
    without[pixels] = 0
    assert answer.digit is not None
    return answer.confidence - shipped.recognize(without.reshape(28, 28)).probabilities[answer.digit]


def test_without_what_speaks_for_an_answer_it_is_given_less_surely(shipped: Explainer, digits: Any) -> None:
    rng = np.random.default_rng(1)
    lost, lost_at_random = 0.0, 0.0
    for image in digits[:30]:
        answer = shipped.recognize(image)
        assert answer.digit is not None
        inked = np.flatnonzero(image)
        count = round(0.15 * len(inked))
        evidence = shipped.evidence(image, answer.digit).pixels.reshape(-1)[inked]
        lost += loss(shipped, image, answer, inked[np.argsort(-evidence)[:count]])
        lost_at_random += loss(shipped, image, answer, rng.permutation(inked)[:count])
    assert lost > 2 * max(lost_at_random, 0.1)


def test_occlusion_finds_what_a_linear_network_adds_up() -> None:
    weights = np.zeros((28, 28), np.float32)
    weights[5:12, 8:12] = 0.1
    weights[12:20, 8:12] = -0.1
    network = linear(weights)
    evidence = occlude(lambda images: network.logits(as_input(images)), some_ink(), 3)
    assert evidence.method == Method.OCCLUSION and not evidence.is_exact
    assert (evidence.pixels[5:10, 8:12] > 0).all() and (evidence.pixels[14:20, 8:12] < 0).all()
    assert not evidence.pixels[:, :6].any()
    assert evidence.total == pytest.approx(0.5 + (7 - 8) * 4 * 0.1 * 200 / 255, rel=1e-4)
    opposite = occlude(lambda images: network.logits(as_input(images)), some_ink(), 4, 3)
    np.testing.assert_allclose(opposite.pixels, -evidence.pixels, atol=1e-5)


def test_a_network_that_evens_out_brightness_has_no_way_from_blank() -> None:
    network = linear(random_weights())
    assert can_integrate(network)
    assert not can_integrate(LayeredNetwork((ColumnLengths("columns"), *network.layers)))
    assert not can_integrate(None)


def test_logits_come_from_answers_up_to_a_common_number() -> None:
    probabilities = np.array([[0.1] * 10, [0.91, *[0.01] * 9]], np.float32)
    logits = logits_from(Answers(probabilities, None))
    assert logits[1, 0] - logits[1, 1] == pytest.approx(np.log(91), rel=1e-4)
    with_none = logits_from(Answers(probabilities, np.array([0.0, 0.5], np.float32)))
    assert with_none.shape == (2, 11) and np.isfinite(with_none).all()
    assert with_none[1, 10] - with_none[1, 0] == pytest.approx(np.log(0.5 / (0.5 * 0.91)), rel=1e-3)
