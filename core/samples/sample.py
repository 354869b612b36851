"""A sample: ink that somebody kept together with the digit that it is."""

from dataclasses import dataclass

from core.digits.arrays import CLASSES, Image
from core.pad.content import Content

NO_DIGIT = CLASSES
"""The label of ink that is no digit."""

LABELS = CLASSES + 1
"""The ten digits, and `NO_DIGIT`."""

MAX_WRITER_LENGTH = 64

LABEL_NAMES = {**{str(digit): digit for digit in range(CLASSES)}, "none": NO_DIGIT}
"""All labels by their names, as people type them and folders are called."""


def label_name(label: int) -> str:
    """The name of a label: "0" to "9", or "none"."""
    return "none" if label == NO_DIGIT else str(label)


@dataclass(frozen=True, slots=True, eq=False)
class NewSample:
    """Ink to be kept.

    Attributes
    ----------
    label
        0 to 9, or `NO_DIGIT`.
    content
        The ink itself: strokes with time and pressure, or the ink of a picture.
    image
        What the network sees of it, uint8 `(28, 28)`.
    writer
        Who wrote it; "" where nobody said.
    source
        Where it comes from, in a word or a name for people: "pad", or the name of a file.
    answered
        The digit that was answered, `NO_DIGIT` for a refusal; None where nothing was asked.
    model
        Slug of the model that answered; "" for none.
    kept_at
        Seconds since 1970; None for now.
    """

    label: int
    content: Content
    image: Image
    writer: str = ""
    source: str = "pad"
    answered: int | None = None
    model: str = ""
    kept_at: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """A kept sample without its ink, which `SampleStore.content` reads.

    Attributes
    ----------
    id
        Its number in the store, which no other sample gets, also after it is removed.
    label, image, writer, source, answered, model, kept_at
        As of `NewSample`.
    """

    id: int
    label: int
    image: Image
    writer: str
    source: str
    answered: int | None
    model: str
    kept_at: float
