"""What the line above the labels says."""

from PySide6.QtCore import QCoreApplication

from core.samples.sample import NO_DIGIT
from gui.recognition.keep_step import Kept
from gui.recognition.keeping import Keeping

OWN = "’s"


def line_text(keeping: Keeping) -> str:
    """What was kept last, as long as undo takes it back, or how the digit that is looked at was kept; else a question.

    The question is about all that is on the pad, or about one digit of several.
    """
    kept = keeping.latest or keeping.kept_before
    if kept is not None:
        return kept_text(kept)
    if keeping.is_whole:
        return QCoreApplication.translate("LabelRow", "All of it is a …")
    number, count = keeping.place
    if count == 1:
        return QCoreApplication.translate("LabelRow", "It is a …")
    return QCoreApplication.translate("LabelRow", "Digit {0} of {1} is a …").format(number, count)


def kept_text(kept: Kept) -> str:
    """ "Kept as 7 (your 12th)." """
    label = QCoreApplication.translate("LabelRow", "no digit") if kept.label == NO_DIGIT else str(kept.label)
    whose = f"{kept.writer}{OWN}" if kept.writer else QCoreApplication.translate("LabelRow", "your")
    said = QCoreApplication.translate("LabelRow", "Kept as {0} ({1} {2}).")
    return said.format(label, whose, ordinal_text(kept.number))


def ordinal_text(number: int) -> str:
    """ "1st", "2nd", "3rd", "4th", "11th", "112th" """
    is_teen = number % 100 in (11, 12, 13)
    return f"{number:,}{'th' if is_teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"
