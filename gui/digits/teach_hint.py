"""The hint that DigitPad can be taught."""

from PySide6.QtCore import QObject, Qt, Signal

from core.errors import DigitPadError
from core.settings import SettingsFile
from gui.recognition.keeping import Keeping
from gui.recognition.my_digits import MyDigits

ENOUGH = 10
"""Kept digits."""


class TeachHint(QObject):
    """Hints once, when some digits are kept, and never again.

    Signals
    -------
    hinted
        `(sentence, link)`: what is to be said, and what leads to the page.
    """

    hinted = Signal(str, str)

    def __init__(
        self, keeping: Keeping, my_digits: MyDigits, settings: SettingsFile, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._keeping = keeping
        self._my_digits = my_digits
        self._settings = settings
        if not settings.values.knows_teaching:
            keeping.changed.connect(self._look, Qt.ConnectionType.QueuedConnection)  # first, it is kept

    def _look(self) -> None:
        if self._keeping.latest is None or self._settings.values.knows_teaching:
            return
        try:
            count = sum(self._my_digits.store.counts(writer=self._my_digits.writer))
        except DigitPadError:  # which was told when it was kept
            return
        if count >= ENOUGH:
            self._settings.remember(knows_teaching=True)
            self.hinted.emit(self.tr("You have kept {0:,} digits.").format(count), self.tr("Teach DigitPad your hand"))
