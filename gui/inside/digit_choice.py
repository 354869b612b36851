"""Which digit of a number is explained."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from core.recognition.numbers import NumberReading
from gui.widgets.flow_row import FlowRow
from gui.widgets.labels import make_faint_label

MOST = 12
"""A number with more digits is a page."""


class DigitChoice(QWidget):
    """A button for each digit of a number; nothing for a single one.

    Signals
    -------
    chosen
        `(int)`: the place of the digit that somebody wants to see.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("digitChoice")
        self.buttons = [self._make_button(place) for place in range(MOST)]
        label = make_faint_label(self.tr("One digit of the number is explained:"), pixels=13)
        label.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(label)
        layout.addWidget(FlowRow(*self.buttons, spacing=4))
        self._shown: tuple[object, ...] = ()
        self.show_number(NumberReading(), None)

    def show_number(self, reading: NumberReading, selected: int | None) -> None:
        """Offer the digits of a number, with the one that is looked at."""
        texts = [str(digit.recognition.digit) for digit in reading.digits[:MOST]]
        shown = (*texts, selected)
        if shown == self._shown:  # nothing is laid out again with every movement
            return
        self._shown = shown
        for place, button in enumerate(self.buttons):
            button.setVisible(place < len(texts))
            if place < len(texts):
                button.setText(texts[place])
                button.setChecked(place == selected)
                name = self.tr("Explain digit {0} of the number, a {1}")
                button.setAccessibleName(name.format(place + 1, texts[place]))
                button.setToolTip(button.accessibleName())
        self.setVisible(len(texts) > 1)

    def _make_button(self, place: int) -> QToolButton:
        button = QToolButton()
        button.setObjectName(f"explainDigit{place + 1}")
        button.setCheckable(True)
        button.clicked.connect(self._choose)
        return button

    def _choose(self) -> None:
        place = next(place for place, button in enumerate(self.buttons) if button is self.sender())
        self.buttons[place].setChecked(True)
        self._shown = ()
        self.chosen.emit(place)
