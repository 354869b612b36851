"""Write what explains a model's answers, when it is saved.

Import only after `core.learning.backend.load_tensorflow`.
"""

from pathlib import Path
from typing import Any

import numpy as np

from core.datasets.digit_sets import DigitSet
from core.datasets.splitting import choose_validation
from core.explaining.explanation import Explanation, explanation_bytes
from core.explaining.neighbours import make_index
from core.learning.layers_of import layers_of
from core.models.bundles import EXPLANATION_FILE
from core.models.compiled import CompiledModel
from core.system.safe_files import storage_errors
from core.training.material import VALIDATION_SEED

_CHECKED = 64
"""Digits for which the layers in NumPy must answer as the network does."""


def write_explanation(
    network: Any, compiled: CompiledModel, folder: Path, digits: DigitSet, source: str, validation_share: float
) -> None:
    """Write `explain.npz` into `folder`.

    Parameters
    ----------
    network
        keras.Model, as it is saved.
    compiled
        The same, compiled.
    digits, source
        The data set that it learned from, with its validation digits, and its name. Real ink of other writers is not
        among them: their digits must not travel with a model.
    validation_share
        Of the digits, to leave out what validated it.

    Raises
    ------
    StorageError
        When it cannot be written.
    """
    learned = np.flatnonzero(~choose_validation(digits, validation_share, VALIDATION_SEED))
    explanation = Explanation(
        layers_of(network, digits.images[:_CHECKED]),
        make_index(compiled.embed, digits.images, digits.labels, learned, source),
    )
    with storage_errors(folder):
        (folder / EXPLANATION_FILE).write_bytes(explanation_bytes(explanation))
