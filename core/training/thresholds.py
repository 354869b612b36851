"""Set temperature and thresholds of a trained network: how far its answers are to be trusted."""

from contextlib import suppress
from dataclasses import replace

import numpy as np

from core.datasets.mnist import Mnist, read_mnist_name
from core.digits.arrays import Images
from core.errors import DataSetError
from core.models.card import ModelCard, Thresholds
from core.models.compiled import Answers
from core.recognition.calibration import calibrate_temperature, calibrated
from core.training.plan import TrainingPlan

MOST_REJECTED = 0.001
"""Share of validation digits that may be rejected because of low confidence."""
MOST_TAKEN_FOR_NONE = 0.005
"""Share of validation digits that may be rejected because of a high probability of “no digit”."""
MOST_DOUBTED = 0.03
"""Share of validation digits that may be doubted because of some probability of “no digit”."""
FEWEST_TO_CALIBRATE = 500
"""Validation digits that are needed to set temperature and thresholds again for a continued model."""
_INK_PERCENTILES = (0.01, 99.99)
_INK_SLACK = (0.75, 1.2)  # drawn digits may be a little thinner or bolder than all training digits


def calibrate(kept_out: Answers, plan: TrainingPlan) -> tuple[float, Thresholds]:
    """Temperature and thresholds, from the answers for validation digits.

    For a continued model, its own are better when these digits are few, or it has learned from them. For a new network,
    a few digits, all of them right, would suggest that it is never wrong: they may only lower its confidence.
    """
    validation, start = plan.material.validation, plan.start
    temperature = calibrate_temperature(kept_out.probabilities, validation.labels)
    if len(validation) < FEWEST_TO_CALIBRATE:
        temperature = max(temperature, 1.0)
    found = _thresholds(kept_out, temperature, plan.data.train.images)
    if start is None or (len(validation) >= FEWEST_TO_CALIBRATE and _validated_alike(start.card, plan)):
        return temperature, found
    known = start.card.thresholds
    least, most = zip(found.ink_range, known.ink_range, strict=True)
    return start.card.temperature, replace(known, ink_range=(min(least), max(most)))


def _validated_alike(card: ModelCard, plan: TrainingPlan) -> bool:
    """Whether the run has the same validation digits as the model of `card`: of MNIST, with the same split.

    A folder of the same name may have changed.
    """
    if not isinstance(plan.source, Mnist) or card.settings.get("validation_share") != plan.spec.validation_share:
        return False
    with suppress(DataSetError):  # a card is untrusted
        return read_mnist_name(str(card.data.get("source"))) == plan.source
    return False


def _thresholds(kept_out: Answers, temperature: float, train_images: Images) -> Thresholds:
    """The thresholds, from the answers for validation digits and the ink of training digits.

    Confidence is calibrated, so the threshold of unsure answers needs no data. But a weak network is rarely confident,
    and must not reject real digits for that.
    """
    limits = Thresholds()
    reject_below, no_digit_above, doubt_above = limits.reject_below, limits.no_digit_above, limits.doubt_above
    if len(kept_out.probabilities):
        confidences = calibrated(kept_out.probabilities, temperature).max(axis=1)
        reject_below = min(reject_below, float(np.quantile(confidences, MOST_REJECTED)))
        if kept_out.no_digit is not None:
            no_digit_above = max(no_digit_above, float(np.quantile(kept_out.no_digit, 1 - MOST_TAKEN_FOR_NONE)))
            doubt_above = max(doubt_above, float(np.quantile(kept_out.no_digit, 1 - MOST_DOUBTED)))
    least, most = np.percentile(train_images.mean(axis=(1, 2)), _INK_PERCENTILES) * _INK_SLACK
    ink_range = (min(limits.ink_range[0], float(least)), max(limits.ink_range[1], float(most)))
    return replace(
        limits,
        reject_below=reject_below,
        no_digit_above=no_digit_above,
        doubt_above=min(doubt_above, no_digit_above),
        ink_range=ink_range,
    )
