"""The digits whose answers a run shows after each epoch, where it keeps none for validation."""

import numpy as np

from core.datasets.digit_sets import DigitSet
from core.datasets.mnist import MNIST_TRAIN_IMAGES, Mnist, load_mnist
from core.datasets.source import Source
from core.digits.arrays import CLASSES, Image, Labels
from core.digits.normalize import normalize_drawing
from core.synthesis.handwriting import synthesize_digits
from core.system.checkpoints import Checkpoint
from core.wording.messages import Message
from core.wording.run_messages import Watched

WATCHED = 300
"""Enough to see which digits are mistaken for which, and few enough to read in a moment."""

_SEED = 20_261_201
"""Of nothing else: a run learns from other synthesised digits."""
_CHUNK = 50


def watched_digits(source: Source, checkpoint: Checkpoint) -> tuple[DigitSet, Message]:
    """A fixed sample of digits that a run on `source` does not learn from, and what they are. Never test digits.

    Of MNIST, they are training digits that come after the part in use; else they are synthesised, equally many of each.
    `checkpoint` is called between them.
    """
    if isinstance(source, Mnist) and source.images <= MNIST_TRAIN_IMAGES - WATCHED:
        digits = load_mnist().train.take(slice(source.images, source.images + WATCHED))
        return digits, Watched.KEPT_OUT_OF_MNIST(digits=WATCHED)
    labels = np.repeat(np.arange(CLASSES, dtype=np.uint8), WATCHED // CLASSES)
    return DigitSet(np.stack(_images(labels, checkpoint)), labels), Watched.SYNTHESISED(digits=WATCHED)


def _images(labels: Labels, checkpoint: Checkpoint) -> list[Image]:
    rng = np.random.default_rng(_SEED)
    images = []
    for start in range(0, len(labels), _CHUNK):
        checkpoint()
        digits = map(normalize_drawing, synthesize_digits(labels[start : start + _CHUNK], rng))
        images += [digit.image for digit in digits if digit is not None]
    return images
