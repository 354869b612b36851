"""Fields for numbers as people type them, in which nothing that was typed is changed unseen."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QAbstractSpinBox, QDoubleSpinBox, QLabel, QSpinBox, QWidget

from core.wording.typed_numbers import read_number, read_whole_number
from gui.widgets.theme import set_look, set_text

PAUSE_MS = 700
"""“0” is no learning rate, but whoever types “0,01” need not be told so on the way."""
RATE_DECIMALS = 12

if TYPE_CHECKING:
    Base = QAbstractSpinBox
else:
    Base = object  # both kinds of spin box are one of Qt's already


class NumberField(Base):
    """What both kinds of field do with their text.

    A text that is no number, or one out of the field's range, stays as it was typed, until it is corrected or an arrow
    is pressed; `problem` says what is needed. The field's value is what was fine last. A number is shown in the way of
    the user's country once its typing is over.
    """

    problem_changed: SignalInstance
    what = ""
    unit = ""
    _typed: str | None = None
    _told = ""

    @property
    def problem(self) -> str:
        """What has to be typed instead, one sentence; "" where the text is fine."""
        return "" if self._typed is None else self._wanted()

    def _begin_reading(self, name: str, what: str, unit: str) -> None:
        self.setObjectName(name)
        self.what = what
        self.unit = unit
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._tell)
        self.lineEdit().textChanged.connect(self._take_text)
        self.editingFinished.connect(self._finish)

    def _wanted(self) -> str:
        raise NotImplementedError

    def _is_fine(self, text: str) -> bool:
        raise NotImplementedError

    def _number_in(self, text: str) -> str:
        """`text` without the unit, which may be missing."""
        return text.strip().removesuffix(self.unit.strip())

    def _take_text(self, text: str) -> None:
        self._typed = None if self._is_fine(text) else text
        if self._typed is None:
            self._tell()
        else:
            self._pause.start()

    def _finish(self) -> None:
        if self._typed is None:
            self.interpretText()  # shows it in the way of the user's country
        self._tell()

    def _forget_typed(self) -> None:
        self._typed = None
        self._tell()

    def _tell(self) -> None:
        self._pause.stop()
        if self._told != self.problem:
            self._told = self.problem
            set_look(self, "problem", bool(self._told))
            self.setAccessibleDescription(self._told)
            self.problem_changed.emit()

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        state = QValidator.State.Acceptable if self._is_fine(text) else QValidator.State.Intermediate
        return state, text, position

    def fixup(self, text: str) -> str:
        return text  # what is wrong is said instead


class WholeNumberField(NumberField, QSpinBox):
    """A whole number from `least` to `most`, which `unit` follows.

    Signals
    -------
    problem_changed
        There is something else to be said about what was typed, or nothing any more. While somebody is typing, it is
        not said at once.
    """

    problem_changed = Signal()

    def __init__(
        self, name: str, what: str, least: int, most: int, *, unit: str = "", parent: QWidget | None = None
    ) -> None:
        """`what` is what sentences call the number."""
        super().__init__(parent)
        self.setRange(least, most)
        self._begin_reading(name, what, unit)
        self.setValue(least)

    def setValue(self, value: int) -> None:
        self._forget_typed()
        super().setValue(value)

    def _wanted(self) -> str:
        least, most = (self.locale().toString(bound) for bound in (self.minimum(), self.maximum()))
        percent = self.unit if "%" in self.unit else ""
        return self.tr("{0}: type a whole number from {1} to {2}{3}.").format(self.what, least, most, percent)

    def _is_fine(self, text: str) -> bool:
        try:
            return self.minimum() <= read_whole_number(self._number_in(text)) <= self.maximum()
        except ValueError:
            return False

    def stepBy(self, steps: int) -> None:
        self.setValue(self.value())  # whatever was typed last
        super().stepBy(steps)

    def valueFromText(self, text: str) -> int:
        return read_whole_number(self._number_in(text))

    def textFromValue(self, value: int) -> str:
        return self.locale().toString(value) + self.unit if self._typed is None else self._typed


class RateField(NumberField, QDoubleSpinBox):
    """A number from `least` to `most`, less than a thousand. It shows no zeros that say nothing, and steps in
    proportion. Signals as `WholeNumberField`.
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

    def _wanted(self) -> str:
        least, most = (self._shown(bound) for bound in (self.minimum(), self.maximum()))
        return self.tr("{0}: type a number from {1} to {2}.").format(self.what, least, most)

    def _is_fine(self, text: str) -> bool:
        try:
            return self.minimum() <= self._read(text) <= self.maximum()
        except ValueError:
            return False

    def _read(self, text: str) -> float:
        """There are no thousands here, so that a comma alone, which might part them elsewhere, is the decimal mark."""
        return read_number(text if "." in text else text.replace(",", "."))

    def _shown(self, value: float) -> str:
        return self.locale().toString(value, "f", QLocale.FloatingPointPrecisionOption.FloatingPointShortest.value)

    def stepBy(self, steps: int) -> None:
        self.setValue(self.value())  # whatever was typed last
        super().stepBy(steps)

    def valueFromText(self, text: str) -> float:
        return self._read(text)

    def textFromValue(self, value: float) -> str:
        return self._shown(value) if self._typed is None else self._typed


class NumberProblem(QLabel):
    """Says what is wrong with one of some fields, in the place beneath them that is none while all are fine."""

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
