"""Digits that lie on their side, are mirrored, or dark on bright: noticed by whether they can be read, and put right.

EMNIST's files hold each digit with rows and columns exchanged. A network that learns from them reads nobody else's
digits, and its test says that all is well, for the test digits lie alike. So a few are read in every way in which they
could lie. What can be read far better in one way than in any other lies in that way; all else stays as it is: other
symbols, other scripts, and digits that look alike from several sides.
"""

import logging
from dataclasses import dataclass
from itertools import product

from core.datasets.digit_sets import MIN_IMAGES, DigitSet, ReadDigits
from core.datasets.label_check import doubt_about_labels
from core.datasets.trial_reading import TrialReading, borders, shipped_reader
from core.datasets.turns import AS_THEY_ARE, Turn
from core.errors import ModelError
from core.models.compiled import CompiledModel
from core.system.checkpoints import Checkpoint, nothing
from core.wording.data_messages import Part
from core.wording.messages import Message

LEAST_READ = 0.75
"""The share that is read right of digits that lie right: those of other people are read better than that."""

LEAST_LEAD = 0.3
"""By how much that share is larger than in any other way. MNIST's digits lead by more than half."""

LEAST_LEAD_DIGITS = 5
"""By how many digits at least, where few are read."""

_BORDER_SAMPLE = 1000

log = logging.getLogger("digitpad")


@dataclass(frozen=True, slots=True)
class Orientation:
    """What puts the parts of a data set right, and what is to be said about them."""

    train: Turn
    test: Turn
    notes: tuple[Message, ...]


def find_orientation(read: ReadDigits, checkpoint: Checkpoint = nothing) -> Orientation:
    """Find out how the digits in `read` lie, as far as that is beyond doubt.

    Parts of any size take the same time: about a tenth of a second where they lie right, under a second where not.
    `checkpoint` is called before a few of them are read in one more way.
    """
    try:
        model = shipped_reader()
    except ModelError as error:
        log.warning("how digits lie is not known: %s", error)
        model = None
    train, doubts = _look_at(read.train, "labels", model, AS_THEY_ARE, checkpoint)
    if read.test is None:
        return Orientation(train, train, _said(train.note(Part.ALL), doubts))
    test, test_doubts = _look_at(read.test, "test labels", model, train, checkpoint)
    if train == test:
        return Orientation(train, test, _said(train.note(Part.ALL), doubts, test_doubts))
    turned = train.note(Part.TRAINING), test.note(Part.TEST)
    return Orientation(train, test, _said(*turned, doubts, test_doubts))


def put_right(read: ReadDigits, checkpoint: Checkpoint = nothing) -> ReadDigits:
    """The digits in `read`, turned where they must be, with notes on that."""
    found = find_orientation(read, checkpoint)
    train = read.train if found.train == AS_THEY_ARE else read.train.changed(found.train.apply, checkpoint)
    test = (
        read.test if read.test is None or found.test == AS_THEY_ARE else read.test.changed(found.test.apply, checkpoint)
    )
    return ReadDigits(train, test, (*read.notes, *found.notes))


def _look_at(
    digits: DigitSet, labels: str, model: CompiledModel | None, usual: Turn, checkpoint: Checkpoint
) -> tuple[Turn, Message | None]:
    """What puts a part right, and a note on its `labels` where they do not fit.

    `usual` is what the other part needs: so do digits that are few, or look alike from several sides.
    """
    likely = usual._replace(inverts=_is_dark_on_bright(digits))
    if model is None or len(digits) < MIN_IMAGES:
        return likely, None
    reading = TrialReading(model, digits, checkpoint)
    turn = _find_turn(reading, likely)
    if LEAST_READ <= max(reading.shares.values()) > reading.share(turn):
        return turn, None  # the labels are right, though it is not clear how the digits lie
    return turn, doubt_about_labels(labels, reading.labels, reading.guesses(turn))


def _find_turn(reading: TrialReading, likely: Turn) -> Turn:
    """The way in which the digits are clearly read best, or the `likely` one."""
    share, likely_share = reading.share(AS_THEY_ARE), reading.share(likely)
    if share > 1 - LEAST_LEAD and (likely == AS_THEY_ARE or share > likely_share):
        return AS_THEY_ARE
    if likely_share >= LEAST_READ and likely_share - share >= LEAST_LEAD:
        return likely
    return _find_lead(reading, likely.inverts) or _find_lead(reading, not likely.inverts) or likely


def _find_lead(reading: TrialReading, inverts: bool) -> Turn | None:
    """The turn that is clearly the best one after those have been tried that invert, or do not; None where none is."""
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
