"""What is said of a sample: in a tool tip, to a screen reader, and in sentences about several."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from core.samples.sample import NO_DIGIT, Sample
from core.wording.names import shortened_inside
from gui.recognition.sample_words import day_text, label_text

LONGEST_WRITER = 22
"""Characters of a name in a list of writers."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("Samples", text)


def label_title(label: int) -> str:
    """ "7", or "No digit": a label that stands alone, on a button, in a menu or above a section."""
    return _tr("No digit") if label == NO_DIGIT else str(label)


def caption_text(sample: Sample, read: int | None) -> str:
    """What is below the picture of a sample: "7", or where it is misread "7, read 1"."""
    label = label_text(sample.label)
    if read is None or read == sample.label:
        return label
    if read == NO_DIGIT:
        return _tr("{0}, not read").format(label)
    return _tr("{0}, read {1}").format(label, read)


def writer_text(writer: str) -> str:
    """The name of a writer, also of one who said none."""
    return writer or _tr("No name")


def writer_title(writer: str) -> str:
    """The name of a writer in a list, where it may be too long."""
    return shortened_inside(writer_text(writer), LONGEST_WRITER)


def sample_text(sample: Sample, read: int | None) -> str:
    """ "7, by Ana, 3 November, read as 1": `read` is what the model in use reads; None where it was not asked."""
    parts = [label_text(sample.label)]
    if sample.writer:
        parts.append(_tr("by {0}").format(sample.writer))
    parts.append(day_text(sample.kept_at))
    if read is not None:
        parts.append(_tr("read as {0}").format(label_text(read)))
    return ", ".join(parts)


def missing_text(counts: Sequence[int]) -> str:
    """ "No 4 or 9 yet.": which digits are missing; "" where none or all are."""
    missing = [str(label) for label in range(NO_DIGIT) if not counts[label]]
    if not missing or len(missing) == NO_DIGIT:
        return ""
    if len(missing) == 1:
        return _tr("No {0} yet.").format(missing[0])
    return _tr("No {0} or {1} yet.").format(", ".join(missing[:-1]), missing[-1])


def amount_text(count: int) -> str:
    """ "1 digit", "57 digits"."""
    return _tr("1 digit") if count == 1 else _tr("{0:,} digits").format(count)
