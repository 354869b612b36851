"""Detect and correct digits that are rotated, mirrored or inverted, by whether the shipped model can read them.

EMNIST's files have the rows and columns of each digit exchanged. A network trained on them reads no other digits, and
its test does not show it, because the test digits are transposed as well. So a few digits are read in every possible
orientation. If one orientation is read much better than all others, it is the right one; otherwise the digits stay
unchanged: other symbols, other scripts, and digits that look the same in several orientations.
"""

import logging
from dataclasses import dataclass
from itertools import product

from core.datasets.digit_sets import MIN_IMAGES, DigitSet, ReadDigits
from core.datasets.label_check import doubt_about_labels
from core.datasets.sample_reading import SampleReading, borders, shipped_reader
from core.datasets.turns import AS_THEY_ARE, Turn
from core.errors import ModelError
from core.models.compiled import CompiledModel
from core.system.checkpoints import Checkpoint, no_checkpoint
from core.wording.data_messages import Part
from core.wording.messages import Message

LEAST_READ = 0.75
"""Share of upright digits that is read right, at least: real handwriting is read better than that."""

LEAST_LEAD = 0.3
"""Lead over the shares in all other orientations, at least. MNIST's digits lead by more than half."""

LEAST_LEAD_DIGITS = 5
"""The same lead in digits, for small samples."""

_BORDER_SAMPLE = 1000

log = logging.getLogger("digitpad")


@dataclass(frozen=True, slots=True)
class Orientation:
    """The corrections for the parts of a data set, and notes on them."""

    train: Turn
    test: Turn
    notes: tuple[Message, ...]


def find_orientation(read: ReadDigits, checkpoint: Checkpoint = no_checkpoint) -> Orientation:
    """Find the orientation of the digits in `read`, if it is beyond doubt.

    The time does not depend on their number: about a tenth of a second if they are upright, under a second if not.
    `checkpoint` is called before each further orientation.
    """
    try:
        model = shipped_reader()
    except ModelError as error:
        log.warning("the orientation of digits is not known: %s", error)
        model = None
    train, doubts = _look_at(read.train, "labels", model, AS_THEY_ARE, checkpoint)
    if read.test is None:
        return Orientation(train, train, _said(train.note(Part.ALL), doubts))
    test, test_doubts = _look_at(read.test, "test labels", model, train, checkpoint)
    if train == test:
        return Orientation(train, test, _said(train.note(Part.ALL), doubts, test_doubts))
    turned = train.note(Part.TRAINING), test.note(Part.TEST)
    return Orientation(train, test, _said(*turned, doubts, test_doubts))


def put_right(read: ReadDigits, checkpoint: Checkpoint = no_checkpoint) -> ReadDigits:
    """The digits in `read`, corrected if necessary, with notes on that."""
    found = find_orientation(read, checkpoint)
    train = read.train if found.train == AS_THEY_ARE else read.train.changed(found.train.apply, checkpoint)
    test = (
        read.test if read.test is None or found.test == AS_THEY_ARE else read.test.changed(found.test.apply, checkpoint)
    )
    return ReadDigits(train, test, (*read.notes, *found.notes))


def _look_at(
    digits: DigitSet, labels: str, model: CompiledModel | None, usual: Turn, checkpoint: Checkpoint
) -> tuple[Turn, Message | None]:
    """The correction for a part, and a note on its `labels` if they do not match.

    `usual` is the correction for the other part: the default for few digits, or for those that look the same in several
    orientations.
    """
    likely = usual._replace(inverts=_is_dark_on_bright(digits))
    if model is None or len(digits) < MIN_IMAGES:
        return likely, None
    reading = SampleReading(model, digits, checkpoint)
    turn = _find_turn(reading, likely)
    if LEAST_READ <= max(reading.shares.values()) > reading.share(turn):
        return turn, None  # the labels are right, even if the orientation is not clear
    return turn, doubt_about_labels(labels, reading.labels, reading.guesses(turn))


def _find_turn(reading: SampleReading, likely: Turn) -> Turn:
    """The orientation in which the digits are clearly read best, or the `likely` one."""
    share, likely_share = reading.share(AS_THEY_ARE), reading.share(likely)
    if share > 1 - LEAST_LEAD and (likely == AS_THEY_ARE or share > likely_share):
        return AS_THEY_ARE
    if likely_share >= LEAST_READ and likely_share - share >= LEAST_LEAD:
        return likely
    return _find_lead(reading, likely.inverts) or _find_lead(reading, not likely.inverts) or likely


def _find_lead(reading: SampleReading, inverts: bool) -> Turn | None:
    """The clearly best correction, after trying all with or without inversion; None when there is none."""
    for way in product((False, True), repeat=3):
        reading.share(Turn(inverts, *way))
    second, best = sorted(reading.shares, key=reading.shares.__getitem__)[-2:]
    lead = reading.shares[best] - reading.shares[second]
    is_clear = lead >= LEAST_LEAD and round(lead * len(reading.labels)) >= LEAST_LEAD_DIGITS
    return best if is_clear and reading.shares[best] >= LEAST_READ else None


def _is_dark_on_bright(digits: DigitSet) -> bool:
    sample = digits.images[:: max(len(digits) // _BORDER_SAMPLE, 1)]
    return bool(borders(sample).mean() >= 128)


def _said(*notes: Message | None) -> tuple[Message, ...]:
    return tuple(note for note in notes if note is not None)
