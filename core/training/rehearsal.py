"""What a network goes over again while it learns the user's own digits, so that it forgets nothing.

Most of MNIST is far from any mistake. Rehearsing its hardest digits keeps what a little learning could lose, and takes
seconds instead of minutes. Rehearsal against forgetting: Robins, "Catastrophic Forgetting, Rehearsal and
Pseudorehearsal" (1995).
"""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from core.datasets.digit_sets import DigitSet
from core.datasets.mnist import load_mnist
from core.datasets.splitting import choose_validation
from core.digits.arrays import CLASSES, Images, Labels
from core.digits.normalize import normalize_drawing
from core.ink.drawing import Drawing
from core.synthesis.handwriting import synthesize_digits
from core.synthesis.non_digits import synthesize_non_digits
from core.system.checkpoints import Checkpoint, no_checkpoint
from core.system.paths import assets_folder
from core.training.material import NO_DIGIT, VALIDATION_SEED
from core.training.presets import DEFAULT_PRESET, PRESETS

HARD_DIGITS = 2000
GUARDING_DIGITS = 500
HARD_DIGITS_FILE = Path("hard_digits.json")
"""In assets/: the places of MNIST's hardest training digits, `rehearsed` and `guarding`, which
`benchmarks.evaluation.hard_digits` finds."""

OTHER_DIGITS = 1000
"""Of MNIST, at random."""
SYNTHESISED = 600
NON_DIGITS = 600

_CHUNK = 100


@dataclass(frozen=True, slots=True, eq=False)
class Rehearsal:
    """Images to go over again, uint8 `(n, 28, 28)`, and their labels, 0 to 9 and `NO_DIGIT`."""

    images: Images
    labels: Labels


def gather_rehearsal(
    rng: np.random.Generator, *, with_non_digits: bool, checkpoint: Checkpoint = no_checkpoint
) -> Rehearsal:
    """Digits of MNIST, synthesised handwriting and, for a network that knows them, non-digits.

    `checkpoint` is called every hundred drawings; an exception that it raises ends the work. Raises DataSetError when
    MNIST cannot be read.
    """
    train = load_mnist().train
    places = _places(train, rng)
    labels = rng.integers(0, CLASSES, SYNTHESISED).astype(np.uint8)
    parts = [(train.images[places], train.labels[places])]
    for chunk in np.split(labels, range(_CHUNK, SYNTHESISED, _CHUNK)):
        checkpoint()
        parts.append((_normalized(synthesize_digits(chunk, rng)), chunk))
    for _ in range(0, NON_DIGITS if with_non_digits else 0, _CHUNK):
        checkpoint()
        parts.append((_normalized(synthesize_non_digits(_CHUNK, rng)), np.full(_CHUNK, NO_DIGIT, np.uint8)))
    images, known = zip(*parts, strict=True)
    return Rehearsal(np.concatenate(images), np.concatenate(known))


def guarding_digits() -> tuple[DigitSet, int]:
    """The hardest of MNIST's training digits that are never rehearsed: they show what is being forgotten.

    Returns
    -------
    The digits, and the number of those that they are the hardest of. Raises DataSetError.
    """
    train = load_mnist().train
    return train.take(hard_digits("guarding")), int((~may_be_rehearsed(train)).sum())


def may_be_rehearsed(train: DigitSet) -> npt.NDArray[np.bool_]:
    """Which of MNIST's training digits may be: not those that validate the runs of the default preset."""
    return ~choose_validation(train, PRESETS[DEFAULT_PRESET].validation_share, VALIDATION_SEED)


def hard_digits(use: str) -> npt.NDArray[np.int64]:
    """The places of MNIST's hardest training digits that are for this `use`: "rehearsed" or "guarding"; in order."""
    places: dict[str, list[int]] = json.loads((assets_folder() / HARD_DIGITS_FILE).read_text())
    return np.array(places[use], np.int64)


def _places(train: DigitSet, rng: np.random.Generator) -> npt.NDArray[np.int64]:
    hard = hard_digits("rehearsed")
    others = np.setdiff1d(np.flatnonzero(may_be_rehearsed(train)), hard)
    return np.concatenate([hard, rng.choice(others, OTHER_DIGITS, replace=False)])


def _normalized(drawings: list[Drawing]) -> Images:
    digits = [digit for digit in map(normalize_drawing, drawings) if digit is not None]
    assert len(digits) == len(drawings), "only a blank drawing has no image"
    return np.stack([digit.image for digit in digits])
