"""How fast a run goes on, and how large its steps are: changed while it learns."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from gui.widgets.button_row import GAP
from gui.widgets.flow_row import FlowRow
from gui.widgets.named_combo_box import NamedComboBox
from gui.widgets.number_fields import NumberProblem, RateField
from gui.widgets.theme import follow_text_scale, set_text, text_pixels

LEAST_RATE, MOST_RATE = 0.000001, 10.0
SPEEDS = (10, 5, 2, 1)
"""Batches a second in slow motion."""
RATE_WIDTH = 96


class RunPace(FlowRow):
    """The speed of a run and its learning rate.

    Attributes
    ----------
    problem
        Says what is wrong with the learning rate that was typed; for the receiver to put somewhere.

    Signals
    -------
    speed_chosen
        Another speed in batches a second, float; None for as fast as possible.
    rate_chosen
        Another learning rate.
    """

    speed_chosen = Signal(object)
    rate_chosen = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        self.speed = self._make_speed()
        self.rate = self._make_rate()
        self.problem = NumberProblem([self.rate])
        super().__init__(self.speed, self._named_rate(), spacing=GAP, parent=parent)
        self.speed.currentIndexChanged.connect(self._choose_speed)
        self.rate.valueChanged.connect(self.rate_chosen)
        follow_text_scale(self._fit_text)

    def begin(self, learning_rate: float) -> None:
        """A run begins, at full speed and at this rate."""
        with QSignalBlocker(self.speed), QSignalBlocker(self.rate):
            self.speed.setCurrentIndex(0)
            self.rate.setValue(learning_rate)

    @property
    def batches_per_second(self) -> float | None:
        """The speed that is chosen; None for as fast as possible."""
        speed: float | None = self.speed.currentData()
        return speed

    def _choose_speed(self) -> None:
        self.speed_chosen.emit(self.batches_per_second)

    def _make_speed(self) -> NamedComboBox:
        box = NamedComboBox("trainSpeed", self.tr("Speed of the training"))
        box.addItem(self.tr("Full speed"), None)
        for speed in SPEEDS:
            name = self.tr("{0} batches/s") if speed > 1 else self.tr("{0} batch/s")
            box.addItem(name.format(speed), float(speed))
        box.setToolTip(self.tr("Slow motion lets you see what single batches change."))
        box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # not by the wheel
        return box

    def _make_rate(self) -> RateField:
        field = RateField("trainRateNow", self.tr("Learning rate"), LEAST_RATE, MOST_RATE)
        field.setAccessibleName(self.tr("Learning rate from now on"))
        field.setToolTip(
            self.tr(
                "Change it while the network learns: it holds from the next batch on. Where the rate rises and falls "
                "during a run, this is its peak."
            )
        )
        field.setKeyboardTracking(False)  # “0.0” on the way to “0.05” is no rate to learn at
        field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        field.lineEdit().setTextMargins(6, 0, 0, 0)  # what the style sheet gives other fields
        return field

    def _named_rate(self) -> QWidget:
        label = QLabel(self.tr("Learning &rate"))
        set_text(label, 13)
        label.setBuddy(self.rate)
        named = QWidget()
        row = QHBoxLayout(named)
        row.setContentsMargins(GAP, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(label)
        row.addWidget(self.rate)
        return named

    def _fit_text(self) -> None:
        self.rate.setFixedWidth(text_pixels(RATE_WIDTH))
