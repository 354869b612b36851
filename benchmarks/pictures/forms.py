"""All forms of a picture of a digit, and the pictures of a form."""

import zlib
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

import numpy as np

from benchmarks.pictures.canvas import Source
from benchmarks.pictures.digits import Digit
from benchmarks.pictures.forms_enlarged import ENLARGED
from benchmarks.pictures.forms_pens import PENS
from benchmarks.pictures.forms_surrounded import SURROUNDED
from benchmarks.pictures.forms_toned import TONED

Form = Callable[[Source, np.random.Generator], bytes]
"""Makes the content of a picture's file."""

FORMS: dict[str, Form] = {**ENLARGED, **TONED, **SURROUNDED, **PENS}
FROM_STROKES = frozenset(PENS)
"""Forms that are made from strokes only; the others take an MNIST digit as well."""
HUGE_AT_MOST = 20
"""Pictures of the form "huge": they take long."""


def digit_pictures(form: str, digits: Sequence[Digit], seed: int) -> Iterator[tuple[int, bytes]]:
    """Each digit's label and its picture in one form; always the same for a seed."""
    for number, digit in enumerate(digits):
        yield digit.label, FORMS[form](digit.source, picture_rng(form, seed, number))


def digits_for(form: str, from_mnist: Sequence[Digit], drawn: Sequence[Digit]) -> list[Digit]:
    """The digits that a form is tried with, of as many of MNIST and of strokes.

    What a data set looks like is made from MNIST, pens from strokes, and everything else from both in turns: ten of
    the one, ten of the other.
    """
    if form in FROM_STROKES:
        return list(drawn)
    if form in ENLARGED:
        return list(islice(from_mnist, HUGE_AT_MOST if ENLARGED[form] is ENLARGED["huge, over 4000 pixels"] else None))
    pairs = zip(from_mnist, drawn, strict=True)
    return [pair[number // 10 % 2] for number, pair in enumerate(pairs)]


def picture_rng(name: str, seed: int, number: int) -> np.random.Generator:
    """Chance for one picture of a form or a kind, whatever other pictures are made."""
    return np.random.default_rng([seed, zlib.crc32(name.encode()), number])
