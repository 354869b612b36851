"""Damage by degrees: nothing at its start, more and more of it, always an image."""

from typing import Any

import numpy as np
import pytest

from core.explaining.distortion import RANGES, UNCHANGED, Distortion, distorted
from core.explaining.explainer import Explainer


@pytest.mark.parametrize("kind", Distortion)
def test_none_of_it_changes_nothing_and_more_changes_more(kind: Distortion, digits: Any) -> None:
    start, most = UNCHANGED[kind], RANGES[kind][1]
    amounts = np.linspace(start, most, 5, dtype=np.float32)
    images = distorted(digits[3], kind, amounts)
    assert images.shape == (5, 28, 28) and images.dtype == np.uint8
    np.testing.assert_array_equal(images[0], digits[3])
    changed = np.abs(images.astype(int) - digits[3]).mean(axis=(1, 2))
    assert (changed[1:] > 0).all() and changed[-1] > changed[1]
    assert min(RANGES[kind]) <= start <= max(RANGES[kind])


def test_each_does_what_its_name_says() -> None:
    bar = np.zeros((28, 28), np.uint8)
    bar[4:24, 12:16] = 255

    def one(kind: Distortion, amount: float) -> Any:
        return distorted(bar, kind, np.array([amount], np.float32))[0]

    def size(image: Any) -> tuple[int, int]:
        return tuple(int(np.ptp(np.flatnonzero((image > 100).any(axis=axis)))) + 1 for axis in (1, 0))  # type: ignore[return-value]

    assert size(one(Distortion.ROTATE, 90)) == (4, 20)
    assert size(one(Distortion.SHRINK, 0.5)) == (10, 2)
    assert size(one(Distortion.THICKEN, 4))[1] >= 7
    assert size(one(Distortion.THIN, 2))[1] <= 2
    top, bottom = (np.flatnonzero(one(Distortion.SHEAR, 0.5)[row] > 100).mean() for row in (6, 21))
    assert top < bottom or bottom < top
    assert abs(top - bottom) == pytest.approx(7.5, abs=1)
    assert one(Distortion.COVER, 0.5)[14:].max() == 0 and one(Distortion.COVER, 0.5)[:14].any()
    assert one(Distortion.BLUR, 3).max() < 200
    assert one(Distortion.NOISE, 0.3)[:, :8].std() > 20


def test_a_curve_has_an_answer_for_each_amount(shipped: Explainer, digits: Any) -> None:
    amounts = np.linspace(*RANGES[Distortion.ROTATE], 7, dtype=np.float32)
    curve = shipped.curve(digits[0], Distortion.ROTATE, amounts)
    assert len(curve.answers) == len(curve.images) == 7
    assert [answer.digit for answer in curve.answers] == [shipped.recognize(image).digit for image in curve.images]
