"""Finding out, beside the window, what a source of digits holds."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from core.errors import DigitPadError
from core.wording.messages import sentences
from gui.system.background import Background, Checkpoint


@dataclass(frozen=True, slots=True)
class CheckedSource:
    """What was found out about `source`: a sentence on what it holds, or on what is wrong with it."""

    source: str
    sentence: str
    is_usable: bool


class SourceCheck(QObject):
    """Checks one source at a time, the newest last, and remembers what it found out about it.

    Signals
    -------
    answered
        More is known.
    """

    answered = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._last: CheckedSource | None = None
        self._work: Background | None = None
        self._wanted = self._looked_at = ""
        self._is_outdated = False

    def answer(self, source: str) -> CheckedSource | None:
        """What is known about `source`; None before it was checked."""
        return self._last if self._last is not None and self._last.source == source else None

    def check(self, source: str, *, again: bool = False) -> None:
        """Find out about `source`, unless that is known.

        `again` because files change; what was found out before holds until the new answer.
        """
        self._wanted = source
        self._is_outdated |= again
        if self._work is None:
            self._begin()
        elif self._looked_at != source:
            self._work.cancel()

    def _begin(self) -> None:
        source = self._wanted
        if not source or (self.answer(source) is not None and not self._is_outdated):
            return
        self._looked_at, self._is_outdated = source, False
        self._work = Background(
            lambda checkpoint: look_at(source, checkpoint), "The check of the data", can_be_left=True
        )
        self._work.done.connect(self._take)
        self._work.failed.connect(self._take_failure)
        self._work.finished.connect(self._end)
        self._work.begin()

    def _take(self, checked: CheckedSource) -> None:
        self._last = checked
        self.answered.emit()

    def _take_failure(self, sentence: str) -> None:
        self._take(CheckedSource(self._looked_at, sentence, is_usable=False))

    def _end(self) -> None:
        self._work = None
        self._begin()  # if another source is wanted by now


def look_at(source: str, checkpoint: Checkpoint) -> CheckedSource:
    """Check `source`; what is wrong with it is an answer here, no error."""
    from core.datasets.sources import find_source

    try:
        summary = find_source(source).check(checkpoint)
    except DigitPadError as error:
        return CheckedSource(source, str(error), is_usable=False)
    return CheckedSource(source, " ".join((summary.sentence, *sentences(summary.notes))), is_usable=True)
