"""The grid of the user's own digits, and the keys that change them."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from core.samples.sample import NO_DIGIT, Sample
from gui.digits.sample_list import SampleList
from gui.widgets.thumbnail_view import ThumbnailView

Keys = Qt.Key


class SampleView(ThumbnailView):
    """Shows a `SampleList`.

    Signals
    -------
    label_typed
        A digit, or `NO_DIGIT` for N, was typed.
    put_back_requested
        The current sample was double-clicked, or Enter was pressed.
    """

    label_typed = Signal(int)
    put_back_requested = Signal()

    def __init__(self, samples: SampleList, parent: QWidget | None = None) -> None:
        super().__init__("samples", samples, parent)
        self._samples = samples
        self.setAccessibleName(self.tr("My digits"))
        self.doubleClicked.connect(self._put_back)

    def selected(self) -> list[Sample]:
        """The selected samples, in the order in which they are shown."""
        return list(map(self._samples.sample, self.selected_rows()))

    def _put_back(self, index: QModelIndex) -> None:
        self.put_back_requested.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        key = event.key()
        if plain and Keys.Key_0 <= key <= Keys.Key_9:
            self.label_typed.emit(key - Keys.Key_0)
        elif plain and key == Keys.Key_N:
            self.label_typed.emit(NO_DIGIT)
        elif plain and key in (Keys.Key_Return, Keys.Key_Enter):
            self.put_back_requested.emit()
        else:
            super().keyPressEvent(event)
