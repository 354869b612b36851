"""A slider over the epochs of a run, to look back at."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QWidget

from gui.widgets.button_row import make_button
from gui.widgets.theme import follow_text_scale, set_text, text_pixels

LABEL_WIDTH = 92


class EpochSlider(QWidget):
    """Chooses an epoch; while a run goes on, the right end is the present. Hidden until there is something to see.

    Signals
    -------
    chosen
        Another epoch is looked at, int; None for the present.
    keep_requested
        The epochs are to be kept with the model.
    """

    chosen = Signal(object)
    keep_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._epochs: Sequence[int] = ()
        self._is_live = False
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setObjectName("trainEpochSlider")
        self.slider.setAccessibleName(self.tr("Epoch to look back at"))
        self.slider.setToolTip(self.tr("Drag to see what the network knew after each epoch"))
        self.slider.setPageStep(1)
        self.label = QLabel()
        self.label.setObjectName("trainEpochShown")
        set_text(self.label, 13)
        self.keep = make_button("trainKeepEpochs", self.tr("Keep"))
        self.keep.setToolTip(self.tr("Keep the epochs with the model; choose it under Runs to look back at them"))
        self.keep.clicked.connect(self.keep_requested)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.slider, 1)
        row.addWidget(self.label)
        row.addWidget(self.keep)
        self.slider.valueChanged.connect(self._choose)
        follow_text_scale(self._fit_text)
        self.clear()

    @property
    def epoch(self) -> int | None:
        """The epoch that is chosen; None for the present, or without epochs."""
        position = self.slider.value()
        return self._epochs[position] if position < len(self._epochs) else None

    def clear(self) -> None:
        """Forget the run before."""
        self.allow_keeping(False)
        self.show_epochs((), is_live=True)

    def allow_keeping(self, is_allowed: bool) -> None:
        """Offer to keep the epochs, or no longer."""
        self.keep.setVisible(is_allowed)

    def show_epochs(self, epochs: Sequence[int], *, is_live: bool) -> None:
        """Offer `epochs`, and the present if it `is_live`. The chosen one stays, or the one before if it is gone."""
        was_at_end, before = self.slider.value() == self.slider.maximum(), self.epoch
        self._epochs, self._is_live = epochs, is_live
        last = len(epochs) - (not is_live)
        kept = sum(epoch <= before for epoch in epochs) - 1 if before is not None else last
        with QSignalBlocker(self.slider):
            self.slider.setRange(0, max(last, 0))
            self.slider.setValue(last if was_at_end else max(kept, 0))
        self.setVisible(bool(epochs))
        self._say()

    def _choose(self) -> None:
        self._say()
        self.chosen.emit(self.epoch)

    def _say(self) -> None:
        epoch = self.epoch
        text = self.tr("Now") if epoch is None else self.tr("After epoch {0:,}").format(epoch)
        self.label.setText(text)
        self.slider.setAccessibleDescription(text)

    def _fit_text(self) -> None:
        self.label.setMinimumWidth(text_pixels(LABEL_WIDTH))
