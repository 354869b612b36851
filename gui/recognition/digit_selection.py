"""Which digit of a number is looked at: its bars and its stages are shown."""

from PySide6.QtCore import QObject, Signal

from core.recognition.numbers import NumberReading, ReadDigit
from core.recognition.recognizer import Verdict


class DigitSelection(QObject):
    """The digit under the pointer, or else the one that was chosen, or else the one that is least sure.

    Signals
    -------
    changed
        Another digit is looked at, because somebody wants to see it.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reading = NumberReading()
        self._chosen: int | None = None
        self._pointed: int | None = None

    @property
    def index(self) -> int | None:
        """The place of the digit in reading order; None where nothing was read."""
        for index in (self._pointed, self._chosen):
            if index is not None:
                return index
        return least_sure(self._reading)

    @property
    def digit(self) -> ReadDigit | None:
        return None if self.index is None else self._reading.digits[self.index]

    def follow(self, reading: NumberReading) -> None:
        """Look at `reading` from now on: at the same place while there are as many digits, or at none of one's own."""
        if len(reading.digits) != len(self._reading.digits):
            self._chosen = self._pointed = None
        self._reading = reading

    def point_at(self, index: int | None) -> None:
        """The pointer is over this digit; None: over none."""
        self._set(index, self._chosen)

    def choose(self, index: int) -> None:
        """Somebody chose this digit, and wants to see it also when the pointer leaves."""
        self._set(None, index)

    def _set(self, pointed: int | None, chosen: int | None) -> None:
        before = self.index
        count = len(self._reading.digits)
        self._pointed = pointed if pointed is not None and pointed < count else None
        self._chosen = chosen if chosen is not None and chosen < count else None
        if self.index != before:
            self.changed.emit()


def least_sure(reading: NumberReading) -> int | None:
    """The first of the digits that are least sure: unsure ones before others; None where nothing was read."""
    digits = [digit.recognition for digit in reading.digits]
    ranks = [(digit.verdict == Verdict.DIGIT, digit.confidence) for digit in digits]
    return ranks.index(min(ranks)) if ranks else None
