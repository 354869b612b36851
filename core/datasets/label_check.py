"""Detect labels that do not match the images, as when they were counted from 1."""

import numpy as np
import numpy.typing as npt

from core.digits.arrays import CLASSES, Labels
from core.wording.data_messages import DataNote
from core.wording.messages import Message

LEAST_OF_EACH = 5
"""Images of a label that are needed to judge it."""

LEAST_ALIKE = 0.9
"""Share of them that must be read as the same digit."""


def doubt_about_labels(name: str, labels: Labels, guesses: npt.NDArray[np.intp]) -> Message | None:
    """A note when the labels are consistent but wrong: each stands for one digit, two or more for another; else None.

    Parameters
    ----------
    name
        The labels' name in the note.
    labels, guesses
        0 to 9, and the network's answers: 0 to 9 or 10 for no digit; both `(n,)`.
    """
    read = np.zeros((CLASSES, CLASSES + 1), np.int64)
    np.add.at(read, (labels, guesses), 1)
    given = np.flatnonzero(read.sum(axis=1) >= LEAST_OF_EACH)
    seen = read[given].argmax(axis=1)
    is_clear = read[given, seen] >= LEAST_ALIKE * read[given].sum(axis=1)
    wrong = np.flatnonzero(given != seen)
    if len(wrong) < 2 or not is_clear.all() or len(np.unique(seen)) < len(seen) or CLASSES in seen:
        return None
    return DataNote.LABELS_WRONG(labels=name, given=int(given[wrong[0]]), seen=int(seen[wrong[0]]))
