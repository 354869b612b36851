"""The number in large type: each digit with its confidence beneath it, to be pointed at and chosen."""

from collections import Counter

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from core.recognition.answer_text import digit_sentence
from core.recognition.numbers import NumberReading
from core.recognition.recognizer import Verdict
from gui.draw.number_layout import Caption, Doubts, NumberLayout, lay_out_number
from gui.draw.number_painting import other_digits, paint_digit, paint_ellipsis, paint_selection
from gui.widgets.theme import text_scale

STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
EMPTY = NumberLayout(1.0, Caption.BAR, 0.0, ())


class NumberLabel(QLabel):
    """One digit as any label shows it; a number of several as cells that the pointer and the arrow keys reach.

    Signals
    -------
    pointed
        `(int | None)`: the pointer is over this digit, in reading order; None: over none.
    chosen
        The digit that was clicked on, or that the arrow keys came to.
    """

    pointed = Signal(object)
    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)  # without an accessible name: it would be read aloud instead of the text
        self.setObjectName("digit")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setMouseTracking(True)
        self.number: NumberReading | None = None
        self._is_in_doubt = False
        self._selected: int | None = None
        self._layout = EMPTY

    def show_text(self, text: str, number: NumberReading | None, *, is_in_doubt: bool, selected: int | None) -> None:
        """Show `text`; where it is that of a `number` of several digits, each of them.

        Of what `is_in_doubt` only the digits stay. `selected` is the place of the digit that is looked at.
        """
        if text != self.text():
            self.setText(text)
        had_number, self.number = self.number is not None, number
        self._is_in_doubt, self._selected = is_in_doubt, selected
        if had_number or number:
            self._follow_focus()
            self.setAccessibleDescription(self._description())
            self.update()

    def measure(self, width: float, height: float, largest: float) -> NumberLayout:
        """How the number would be shown in `width` x `height`, all in pixels at texts' actual size."""
        digits = self.number.digits if self.number else ()
        rows = list(Counter(digit.row for digit in digits).values()) or [1]
        has_candidates = any(other_digits(digit.recognition) for digit in digits)
        has_signs = any(digit.recognition.verdict == Verdict.UNSURE for digit in digits)
        doubts = Doubts(has_signs=has_signs, has_candidates=has_candidates)
        return lay_out_number(rows, width, height, largest=largest, doubts=doubts)

    @property
    def shown_digits(self) -> int:
        """How many digits of the number there is room for."""
        return self._layout.shown if self.number else 0

    def take(self, layout: NumberLayout) -> None:
        """Show the number as it was measured."""
        self._layout = layout
        self.update()

    def _description(self) -> str:
        if self.number is None or self._selected is None:
            return ""
        place = self.tr("Digit {0} of {1}").format(self._selected + 1, len(self.number.digits))
        return f"{place}: {digit_sentence(self.number.digits[self._selected].recognition)}"

    def _index_at(self, place: QPointF) -> int | None:
        x, y = place.x() / text_scale(), place.y() / text_scale()
        cells = self._layout.cells if self.number else ()
        return next((cell.index for cell in cells if cell.contains(x, y)), None)

    def _follow_focus(self) -> None:
        """There is something to reach while there are several digits; what has the focus keeps it."""
        is_reachable = self.number is not None or self.hasFocus()
        policy = Qt.FocusPolicy.StrongFocus if is_reachable else Qt.FocusPolicy.NoFocus
        if self.focusPolicy() != policy:
            self.setFocusPolicy(policy)

    # --- Qt -----------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return self.size() if self.number else super().sizeHint()  # the number is painted to fit

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.number is None:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for cell in self._layout.cells:
            if cell.index is None or cell.index >= len(self.number.digits):
                paint_ellipsis(painter, self, self._layout, cell)
                continue
            if cell.index == self._selected:
                paint_selection(painter, cell, has_focus=self.hasFocus())
            answer = self.number.digits[cell.index].recognition
            paint_digit(painter, self, self._layout, cell, answer, is_in_doubt=self._is_in_doubt)
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.number is not None:
            self.pointed.emit(self._index_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        if self.number is not None:
            self.pointed.emit(None)
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self._index_at(event.position())
        if index is not None:
            self.chosen.emit(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self._next(event.key())
        if index is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        else:
            self.chosen.emit(index)

    def _next(self, key: int) -> int | None:
        """The digit that `key` goes to; None for another key."""
        if self.number is None:
            return None
        last = len(self.number.digits) - 1
        if key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            return 0 if key == Qt.Key.Key_Home else last
        step = STEPS.get(Qt.Key(key))
        return None if step is None else min(max((self._selected or 0) + step, 0), last)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._follow_focus()
        self.update()
        super().focusOutEvent(event)
