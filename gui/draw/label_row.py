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
    whole_requested
        `(bool)`: all digits of a number are to be taken as one, or each alone again.
    """

    undo_requested = Signal()
    whole_requested = Signal(bool)

    def __init__(self, actions: Mapping[int, QAction], parent: QWidget | None = None) -> None:
        """`actions` keep the digit that is looked at, by label: 0 to 9, and `NO_DIGIT`."""
        super().__init__(parent)
        self.setObjectName("labelRow")
        self.line = ElidedLabel(parent=self)
        self.line.setObjectName("keptLine")
        self.line.setTextFormat(Qt.TextFormat.PlainText)  # users name writers
        self.undo = self._make_link("keptUndo", self.tr("Undo"))
        self.undo.setToolTip(self.tr("Take it back onto the pad (Ctrl+Z)"))
        self.undo.clicked.connect(self.undo_requested)
        self.whole = self._make_link("keepWhole", self.tr("All as one"))
        set_look(self.whole, "quiet", True)
        self.whole.setToolTip(plain_tool_tip(self.tr("It is one digit that was taken for several (Ctrl+A)")))
        self.whole.setCheckable(True)
        self.whole.clicked.connect(self.whole_requested)
        self.buttons = {label: self._make_button(label, action) for label, action in actions.items()}
        self._shown: tuple[int | None, bool] = (None, False)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        set_text(self.line, LINE_TYPE, lines=1, may_be_higher=True)
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
        _show(self.undo, can_undo)
        self._place_line()

    def offer_whole(self, *, is_possible: bool, is_whole: bool) -> None:
        """Offer, or not, to take all digits as one, and show whether they are."""
        _show(self.whole, is_possible)
        self.whole.setChecked(is_whole)
        self.whole.setText(self.tr("Each alone") if is_whole else self.tr("All as one"))
        self._place_line()

    def least_width(self) -> int:
        """The width of the widest button in two: then six rows are enough."""
        return max(button.sizeHint().width() for button in self.buttons.values()) * 2

    def _make_button(self, label: int, action: QAction) -> LabelButton:
        button = LabelButton(self.tr("none") if label == NO_DIGIT else str(label), action, self)
        button.setObjectName("labelNone" if label == NO_DIGIT else f"label{label}")
        return button

    def _make_link(self, name: str, text: str) -> QToolButton:
        link = QToolButton(self)
        link.setObjectName(name)
        link.setProperty("link", True)
        link.setText(text)
        link.setCursor(Qt.CursorShape.PointingHandCursor)
        link.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        link.hide()
        set_text(link, LINE_TYPE)
        return link

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
        height, links = self._line_height(), [link for link in (self.undo, self.whole) if not link.isHidden()]
        room = self.width() - sum(link.sizeHint().width() + BETWEEN for link in links)
        left = max(min(self.line.fontMetrics().horizontalAdvance(self.line.text()) + 2, room), 0)
        self.line.setGeometry(0, 0, left, height)
        for link in links:
            width = link.sizeHint().width()
            link.setGeometry(left + BETWEEN, 0, width, height)
            left += BETWEEN + width

    # --- Qt -----------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(1, self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)


def _show(link: QToolButton, shown: bool) -> None:
    if shown == link.isHidden():
        if link.hasFocus():
            link.clearFocus()
        link.setVisible(shown)
