"""A page of digits over the pad, from which digits and rows are taken to the pad."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from core.recognition.answer_text import digit_sentence, unread_text
from gui.pad.page import Page
from gui.pad.page_sheet import PageSheet
from gui.widgets.card import Card
from gui.widgets.elided_label import ElidedLabel
from gui.widgets.icons import icon
from gui.widgets.plain_text import plain_tool_tip
from gui.widgets.theme import follow_text_scale, follow_theme, set_text

EDGE, GAP = 8, 6
NO_BREAK = "\N{NO-BREAK SPACE}"
KEPT_TOGETHER = 3
"""Words at the end of a sentence: a line of one word would look lost."""
MOST_LINES = 2
"""Of text above the page: where the sentence of how to use it would make more, it is left out."""


class PageView(Card):
    """Covers a pad while it is shown; closing it, as Esc does, destroys it, and gives the keyboard back to the pad.

    Signals
    -------
    taken
        `(PictureInk)`: the ink of a digit or a row that is wanted on the pad.
    looked_at
        `(int | None)`: the digit that is pointed at, or else the one that was taken last, in reading order.
    closed
        The page was closed.
    """

    taken = Signal(object)
    looked_at = Signal(object)
    closed = Signal()

    def __init__(self, page: Page, pad: QWidget) -> None:
        super().__init__(pad)
        self.setObjectName("pageView")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)  # or the pad below would draw
        self.page = page
        self._pad = pad
        self._taken: int | None = None
        self.sheet = PageSheet(page)
        self.sheet.pointed.connect(self._point_at)
        self.sheet.taken.connect(self._take)
        self.count = QLabel()
        self.count.setObjectName("pageCount")
        self.count.setWordWrap(True)
        self.line = ElidedLabel()
        self.line.setObjectName("pageDigit")
        self.line.setProperty("faint", True)
        set_text(self.count, 13, bold=True)
        set_text(self.line, 13, lines=1)
        self._copy = _make_tool("pageCopy", self.tr("Copy the numbers"), "Ctrl+C")
        self._close = _make_tool("pageClose", self.tr("Close the page"), "Esc")
        self._copy.clicked.connect(self.copy)
        self._close.clicked.connect(self.close)
        self._lay_out()
        self._point_at(None)
        follow_theme(self._draw_icons)
        follow_text_scale(self._say_count)
        pad.installEventFilter(self)

    def open(self) -> None:
        """Cover the pad."""
        self.setGeometry(self._pad.rect())
        self.setCursor(Qt.CursorShape.ArrowCursor)  # not the pad's
        self.show()
        self.raise_()
        self.sheet.setFocus(Qt.FocusReason.OtherFocusReason)
        self.looked_at.emit(None)

    def copy(self) -> None:
        """Copy the numbers to the clipboard, a line for each row."""
        QGuiApplication.clipboard().setText(self.page.reading.text)
        self._say(self.tr("Copied the numbers."))

    def _take(self, places: list[int]) -> None:
        self.taken.emit(self.page.ink_of(places))
        said = self.tr("The row is on the pad.") if len(places) > 1 else self.tr("The digit is on the pad.")
        self._say(said)
        self._taken = self.sheet.selected

    def forget_taken(self) -> None:
        """What is on the pad is not from the page any more."""
        self._taken = None
        self._point_at(self.sheet.selected)

    def _point_at(self, index: int | None) -> None:
        self.looked_at.emit(self._taken if index is None else index)
        if index is None:
            self._say(self.tr("Shift+click takes a row, the wheel zooms."))
            self.sheet.setAccessibleDescription(self.count.text())
            return
        digit = self.page.reading.digits[index]
        row = self.page.row_of(index)
        place = self.tr("Row {0}, digit {1}").format(digit.row + 1, row.index(index) + 1)
        self._say(f"{place}: {digit_sentence(digit.recognition)}")
        self.sheet.setAccessibleDescription(self.line.text())

    def _say(self, text: str) -> None:
        self.line.setText(text)
        self.line.setToolTip(plain_tool_tip(text))

    def _say_count(self) -> None:
        """Say how much there is, and where there is room, what can be done."""
        counted, hint = count_text(self.page), self.tr("Click one to put it on the pad.")
        self.count.setText(f"{counted} {_held_together(hint)}")
        room = self.width() - 2 * EDGE - 2 * GAP - self._copy.sizeHint().width() - self._close.sizeHint().width()
        if self.count.heightForWidth(room) > MOST_LINES * self.count.fontMetrics().lineSpacing() + 2:
            self.count.setText(counted)

    def _draw_icons(self) -> None:
        self._copy.setIcon(icon("copy"))
        self._close.setIcon(icon("close"))

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.count, 1)
        for tool in (self._copy, self._close):
            top.addWidget(tool, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(EDGE, EDGE, EDGE, EDGE)
        layout.setSpacing(GAP)
        layout.addLayout(top)
        layout.addWidget(self.sheet, 1)
        layout.addWidget(self.line)

    # --- Qt -----------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and _is_copy(event):
            event.accept()  # or the menu would copy the drawing under the page
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _is_copy(event):
            self.copy()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._say_count()
        super().resizeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._pad.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()
        super().closeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._pad.rect())
        return super().eventFilter(watched, event)


def _held_together(sentence: str) -> str:
    """`sentence` with its last words together, so that no line begins with the very last."""
    words = sentence.split(" ")
    return " ".join(words[:-KEPT_TOGETHER]) + " " + NO_BREAK.join(words[-KEPT_TOGETHER:])


def _make_tool(name: str, text: str, key: str) -> QToolButton:
    """A button with an icon, which is called `text` and does what `key` does."""
    tool = QToolButton()
    tool.setObjectName(name)
    tool.setAccessibleName(text)
    tool.setToolTip(f"{text} ({key})")
    return tool


def _is_copy(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Copy)


def count_text(page: Page) -> str:
    """How much was read: "128 digits in 16 rows." with what was not."""
    digits, rows, unread = len(page.reading.digits), len(page.rows), len(page.reading.unread)
    said = f"{digits:,} digit{'s' * (digits != 1)} in {rows:,} row{'s' * (rows != 1)}."
    return f"{said} {unread_text(unread)}." if unread else said
