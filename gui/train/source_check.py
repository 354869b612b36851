"""Checking in the background what a source of digits contains."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from core.errors import DigitPadError
from core.wording.messages import sentences
from gui.system.background import Background, Checkpoint


@dataclass(frozen=True, slots=True)
class CheckedSource:
    """The result of checking `source`: a sentence on what it contains, or on what is wrong with it.

    `writers` are all who wrote digits in the store, where the source is from there, and "" for nobody; else None.
    `train_images` is the number of its training digits, 0 where that is not known.
    """

    source: str
    sentence: str
    is_usable: bool
    writers: tuple[str, ...] | None = None
    train_images: int = 0


class SourceCheck(QObject):
    """Checks one source at a time, the newest last, and remembers the latest result.

    Attributes
    ----------
    digits
        The store of the user's own digits; None for the one in DigitPad's data folder.

    Signals
    -------
    answered
        There is a new result.
    """

    answered = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.digits: Path | None = None
        self._last: CheckedSource | None = None
        self._work: Background | None = None
        self._wanted = self._checked = ""
        self._is_outdated = False

    def answer(self, source: str) -> CheckedSource | None:
        """What is known about `source`; None before it was checked."""
        return self._last if self._last is not None and self._last.source == source else None

    def check(self, source: str, *, again: bool = False) -> None:
        """Check `source`, unless its result is known.

        With `again` even then: files change. The old result holds until the new one.
        """
        self._wanted = source
        self._is_outdated |= again
        if self._work is None:
            self._begin()
        elif self._checked != source:
            self._work.cancel()

    def _begin(self) -> None:
        source, digits = self._wanted, self.digits
        if not source or (self.answer(source) is not None and not self._is_outdated):
            return
        self._checked, self._is_outdated = source, False
        self._work = Background(
            lambda checkpoint: check_data(source, checkpoint, digits), "Checking the data", can_be_left=True
        )
        self._work.done.connect(self._take)
        self._work.failed.connect(self._take_failure)
        self._work.finished.connect(self._end)
        self._work.begin()

    def _take(self, checked: CheckedSource) -> None:
        self._last = checked
        self.answered.emit()

    def _take_failure(self, sentence: str) -> None:
        self._take(CheckedSource(self._checked, sentence, is_usable=False))

    def _end(self) -> None:
        self._work = None
        self._begin()  # if another source is wanted by now


def check_data(source: str, checkpoint: Checkpoint, digits: Path | None = None) -> CheckedSource:
    """Check `source`; `digits` as in `SourceCheck`. What is wrong with it is a result here, not an error."""
    from core.datasets.my_digits import MyDigits
    from core.datasets.sources import find_source

    writers: tuple[str, ...] | None = None
    try:
        found = find_source(source, digits)
        if isinstance(found, MyDigits):
            writers = found.writers()
        summary = found.check(checkpoint)
    except DigitPadError as error:
        return CheckedSource(source, str(error), is_usable=False, writers=writers)
    sentence = " ".join((summary.sentence, *sentences(summary.notes)))
    return CheckedSource(source, sentence, True, writers, summary.train_images)
