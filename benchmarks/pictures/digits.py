"""The digits that pictures are made of: MNIST's that the shipped model was not trained on, and strokes."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from benchmarks.pictures.canvas import Source
from core.datasets.mnist import load_mnist
from core.datasets.real_ink import LabelledDrawing
from core.datasets.splitting import choose_validation
from core.digits.arrays import CLASSES
from core.synthesis.handwriting import synthesize_digits

VALIDATION_SHARE, VALIDATION_SEED = 0.05, 1
"""What training keeps out of MNIST's training digits: see `core.training.material` and the shipped model's card."""

_ORDER_SEED = 40
_HAND_SEED = 41


@dataclass(frozen=True, slots=True, eq=False)
class Digit:
    """A digit, and what pictures of it are made from."""

    label: int
    source: Source


def mnist_digits(count: int, offset: int = 0) -> list[Digit]:
    """`count` kept-out digits from the one at `offset` on, all ten in turns; after the last come the first again."""
    images, labels, order = load_mnist().train.images, load_mnist().train.labels, _mnist_order()
    chosen = [order[(offset + number) % len(order)] for number in range(count)]
    return [Digit(int(labels[index]), images[index]) for index in chosen]


def drawn_digits(count: int, offset: int = 0, ink: Sequence[LabelledDrawing] = ()) -> list[Digit]:
    """`count` digits as strokes, all ten in turns: of `ink`, or where there is none, synthesised."""
    if not ink:
        return [_handwritten(number) for number in range(offset, offset + count)]
    order = in_turns([drawing.label for drawing in ink])
    chosen = [ink[order[(offset + number) % len(order)]] for number in range(count)]
    return [Digit(drawing.label, drawing.drawing) for drawing in chosen]


def in_turns(labels: Sequence[int]) -> list[int]:
    """Indices of `labels`: the first of each digit, then the second, while any is left; in an order of their own."""
    of_digit: dict[int, list[int]] = defaultdict(list)
    for index in np.random.default_rng(_ORDER_SEED).permutation(len(labels)):
        of_digit[labels[index]].append(int(index))
    turns = [(turn, digit) for digit, indices in of_digit.items() for turn in range(len(indices))]
    return [of_digit[digit][turn] for turn, digit in sorted(turns)]


@cache
def _mnist_order() -> list[int]:
    train = load_mnist().train
    kept_out = np.flatnonzero(choose_validation(train, VALIDATION_SHARE, VALIDATION_SEED))
    return [int(kept_out[index]) for index in in_turns(train.labels[kept_out].tolist())]


def _handwritten(number: int) -> Digit:
    label = number % CLASSES
    rng = np.random.default_rng([_HAND_SEED, number])
    return Digit(label, synthesize_digits(np.array([label], np.uint8), rng)[0])
