"""Fields for numbers as people type them, which never change what was typed unseen."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt, Signal, SignalInstance
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QAbstractSpinBox, QDoubleSpinBox, QLabel, QSpinBox, QWidget

from core.wording.typed_numbers import read_number, read_whole_number
from gui.system.timers import single_shot
from gui.widgets.theme import set_look, set_text

PAUSE_MS = 700
"""“0” is no learning rate, but a user who is typing “0,01” should not be told so."""
RATE_DECIMALS = 12

if TYPE_CHECKING:
    Base = QAbstractSpinBox
else:
    Base = object  # both kinds of spin box have Qt's base class already


class NumberField(Base):
    """What both kinds of field do with their text.

    A text that is not a number in the field's range stays as it was typed until it is corrected or an arrow is pressed;
    `problem` says what is needed. The field's value is the last valid one. When typing has ended, the number is shown
    in the user's locale.
    """

    problem_changed: SignalInstance
    what = ""
    unit = ""
    _typed: str | None = None
    _shown_problem = ""

    @property
    def problem(self) -> str:
        """What has to be typed instead, in one sentence; "" if the text is valid."""
        return "" if self._typed is None else self._requirement()

    def _begin_reading(self, name: str, what: str, unit: str) -> None:
        self.setObjectName(name)
        self.what = what
        self.unit = unit
        self._pause = single_shot(self, self._show_problem, PAUSE_MS)
        self.lineEdit().textChanged.connect(self._take_text)
        self.editingFinished.connect(self._finish)

    def _requirement(self) -> str:
        raise NotImplementedError

    def _is_valid(self, text: str) -> bool:
        raise NotImplementedError

    def _number_in(self, text: str) -> str:
        """`text` without the unit, which may be missing."""
        return text.strip().removesuffix(self.unit.strip())

    def _take_text(self, text: str) -> None:
        self._typed = None if self._is_valid(text) else text
        if self._typed is None:
            self._show_problem()
        else:
            self._pause.start()

    def _finish(self) -> None:
        if self._typed is None:
            self.interpretText()  # shows it in the user's locale
        self._show_problem()

    def _forget_typed(self) -> None:
        self._typed = None
        self._show_problem()

    def _show_problem(self) -> None:
        self._pause.stop()
        if self._shown_problem != self.problem:
            self._shown_problem = self.problem
            set_look(self, "problem", bool(self._shown_problem))
            self.setAccessibleDescription(self._shown_problem)
            self.problem_changed.emit()

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        state = QValidator.State.Acceptable if self._is_valid(text) else QValidator.State.Intermediate
        return state, text, position

    def fixup(self, text: str) -> str:
        return text  # `problem` says what is wrong instead


class WholeNumberField(NumberField, QSpinBox):
    """A whole number from `least` to `most`, which `unit` follows.

    Signals
    -------
    problem_changed
        `problem` has changed. During typing, the signal waits for a pause.
    """

    problem_changed = Signal()

    def __init__(
        self, name: str, what: str, least: int, most: int, *, unit: str = "", parent: QWidget | None = None
    ) -> None:
        """`what` is the name of the number in sentences."""
        super().__init__(parent)
        self.setRange(least, most)
        self._begin_reading(name, what, unit)
        self.setValue(least)

    def setValue(self, value: int) -> None:
        self._forget_typed()
        super().setValue(value)

    def _requirement(self) -> str:
        least, most = (self.locale().toString(bound) for bound in (self.minimum(), self.maximum()))
        percent = " %" if "%" in self.unit else ""
        return self.tr("{0}: type a whole number from {1} to {2}{3}.").format(self.what, least, most, percent)

    def _is_valid(self, text: str) -> bool:
        try:
            return self.minimum() <= read_whole_number(self._number_in(text)) <= self.maximum()
        except ValueError:
            return False

    def stepBy(self, steps: int) -> None:
        self.setValue(self.value())  # discards an invalid text
        super().stepBy(steps)

    def valueFromText(self, text: str) -> int:
        return read_whole_number(self._number_in(text))

    def textFromValue(self, value: int) -> str:
        return self.locale().toString(value) + self.unit if self._typed is None else self._typed


class RateField(NumberField, QDoubleSpinBox):
    """A number from `least` to `most`, less than a thousand, without trailing zeros and with proportional steps.

    Signals as in `WholeNumberField`.
    """

    problem_changed = Signal()

    def __init__(self, name: str, what: str, least: float, most: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDecimals(RATE_DECIMALS)
        self.setRange(least, most)
        self.setStepType(QAbstractSpinBox.StepType.AdaptiveDecimalStepType)
        self._begin_reading(name, what, "")
        self.setValue(least)

    def setValue(self, value: float) -> None:
        self._forget_typed()
        super().setValue(value)

    def _requirement(self) -> str:
        least, most = (self._shown(bound) for bound in (self.minimum(), self.maximum()))
        return self.tr("{0}: type a number from {1} to {2}.").format(self.what, least, most)

    def _is_valid(self, text: str) -> bool:
        try:
            return self.minimum() <= self._read(text) <= self.maximum()
        except ValueError:
            return False

    def _read(self, text: str) -> float:
        """There are no thousands here, so that a comma, which may group digits elsewhere, is the decimal mark."""
        return read_number(text if "." in text else text.replace(",", "."))

    def _shown(self, value: float) -> str:
        return self.locale().toString(value, "f", QLocale.FloatingPointPrecisionOption.FloatingPointShortest.value)

    def stepBy(self, steps: int) -> None:
        self.setValue(self.value())  # discards an invalid text
        super().stepBy(steps)

    def valueFromText(self, text: str) -> float:
        return self._read(text)

    def textFromValue(self, value: float) -> str:
        return self._shown(value) if self._typed is None else self._typed


class NumberProblem(QLabel):
    """Says below some fields what is wrong with one of them; hidden while all are valid."""

    def __init__(self, fields: Sequence[NumberField], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("problem", True)
        set_text(self, 13)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self._fields = fields
        for field in fields:
            field.problem_changed.connect(self._say)
        self.hide()

    def _say(self) -> None:
        self.setText("\n".join(field.problem for field in self._fields if field.problem))
        self.setVisible(bool(self.text()))
