"""Below the answer: what it really is, by one click or key, and what was kept."""

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAction, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from core.samples.sample import NO_DIGIT
from gui.draw.label_button import LabelButton
from gui.widgets.elided_label import ElidedLabel
from gui.widgets.plain_text import plain_tool_tip
from gui.widgets.theme import follow_text_scale, set_look, set_text

LINE_TYPE = 13
GAP = 3
"""Between the line and the buttons, and between two rows of these, in pixels."""
BETWEEN = 8
"""Between the line's text and its button."""


class LabelRow(QWidget):
    """A line, and a button for each label below it, in as many rows as its width needs. Nothing in it ever moves.

    Signals
    -------
    undo_requested
        The digit that the line says was kept is to be taken back.
    """

    undo_requested = Signal()

    def __init__(self, actions: Mapping[int, QAction], parent: QWidget | None = None) -> None:
        """`actions` keep the digit that is looked at, by label: 0 to 9, and `NO_DIGIT`."""
        super().__init__(parent)
        self.setObjectName("labelRow")
        self.line = ElidedLabel(parent=self)
        self.line.setObjectName("keptLine")
        self.line.setTextFormat(Qt.TextFormat.PlainText)  # users name writers
        self.undo = QToolButton(self)
        self.undo.setObjectName("keptUndo")
        self.undo.setText(self.tr("Undo"))
        self.undo.setCursor(Qt.CursorShape.PointingHandCursor)
        self.undo.clicked.connect(self.undo_requested)
        self.undo.hide()
        self.buttons = {label: self._make_button(label, action) for label, action in actions.items()}
        self._shown: tuple[int | None, bool] = (None, False)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        set_text(self.line, LINE_TYPE, lines=1, may_be_higher=True)
        set_text(self.undo, LINE_TYPE)
        set_look(self.line, "tone", "faint")
        follow_text_scale(self._fit)

    def show_answer(self, label: int | None, *, is_asked: bool) -> None:
        """Mark the `label` that was answered, None for none; `is_asked`: the answer needs a person's word."""
        if (label, is_asked) == self._shown:  # as after most movements of the pen
            return
        self._shown = label, is_asked
        for each, button in self.buttons.items():
            button.show_state(is_answered=each == label, is_asked=is_asked)

    def say(self, text: str, *, is_kept: bool, can_undo: bool) -> None:
        """Say `text` above the buttons: a question, or what `is_kept`, which a press can take back if it `can_undo`."""
        if text != self.line.text():
            self.line.setText(text)
            self.line.setToolTip(plain_tool_tip(text))  # a writer's name may be long
            set_look(self.line, "tone", "good" if is_kept else "faint")
            if is_kept:
                QAccessible.updateAccessibility(QAccessibleEvent(self.line, QAccessible.Event.Alert))
        if can_undo == self.undo.isHidden():
            self._show_undo(can_undo)
        self._place_line()

    def least_width(self) -> int:
        """The width of the widest button in two: then six rows are enough."""
        return max(button.sizeHint().width() for button in self.buttons.values()) * 2

    def _make_button(self, label: int, action: QAction) -> LabelButton:
        button = LabelButton(self.tr("none") if label == NO_DIGIT else str(label), action, self)
        button.setObjectName("labelNone" if label == NO_DIGIT else f"label{label}")
        return button

    def _show_undo(self, shown: bool) -> None:
        if not shown and self.undo.hasFocus():
            self.undo.clearFocus()
        self.undo.setVisible(shown)

    def _rows(self, width: int) -> list[list[LabelButton]]:
        """The buttons, spread over as few rows as possible."""
        buttons = list(self.buttons.values())
        widths = [button.sizeHint().width() for button in buttons]
        for count in range(1, len(buttons) + 1):
            size = -(-len(buttons) // count)
            rows = [range(first, min(first + size, len(buttons))) for first in range(0, len(buttons), size)]
            if all(sum(widths[place] for place in row) <= width for row in rows):
                break
        return [[buttons[place] for place in row] for row in rows]

    def _fit(self) -> None:
        rows = self._rows(self.width())
        top = self._line_height() + GAP
        for row in rows:
            self._place_row(row, top, longest=len(rows[0]))
            top += row[0].sizeHint().height() + GAP
        self.setFixedHeight(top - GAP)
        self._place_line()

    def _place_row(self, row: list[LabelButton], top: int, *, longest: int) -> None:
        """Spread the buttons over the width, with the same distances as in the `longest` row."""
        left = 0.0
        room = self.width() - sum(button.sizeHint().width() for button in row)
        gap = min(max(room / max(longest - 1, 1), 0.0), float(2 * GAP)) if longest > 1 else 0.0
        for button in row:
            size = button.sizeHint()
            button.setGeometry(round(left), top, size.width(), size.height())
            left += size.width() + gap

    def _line_height(self) -> int:
        return max(self.line.minimumHeight(), self.undo.sizeHint().height())

    def _place_line(self) -> None:
        room = self.width()
        height = self._line_height()
        if not self.undo.isHidden():
            room -= self.undo.sizeHint().width() + BETWEEN
        needed = self.line.fontMetrics().horizontalAdvance(self.line.text()) + 2
        width = max(min(needed, room), 0)
        self.line.setGeometry(0, 0, width, height)
        self.undo.setGeometry(width + BETWEEN, 0, self.undo.sizeHint().width(), height)

    # --- Qt -----------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(1, self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)
