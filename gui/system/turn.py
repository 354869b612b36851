"""Whose turn it is to learn: one thread owns Keras."""

from PySide6.QtCore import QObject, Signal


class Turn(QObject):
    """Held by one piece of work at a time, which all others have to wait for.

    Attributes
    ----------
    reason
        A sentence for who has to wait; "" while nobody holds it.

    Signals
    -------
    changed
        It was taken, or is free again.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.reason = ""

    def take(self, reason: str) -> None:
        """Hold it, and say to others why they have to wait."""
        assert not self.reason, "who takes it has looked"
        self.reason = reason
        self.changed.emit()

    def give_back(self) -> None:
        """It is over."""
        self.reason = ""
        self.changed.emit()
