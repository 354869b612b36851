"""A page of digits over the pad, from which digits and rows are taken to the pad."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from core.recognition.answer_text import digit_sentence, unread_text
from gui.pad.page import Page
from gui.pad.page_sheet import PageSheet
from gui.widgets.button_row import make_button
from gui.widgets.card import Card
from gui.widgets.elided_label import ElidedLabel
from gui.widgets.icons import icon
from gui.widgets.plain_text import plain_tool_tip
from gui.widgets.theme import follow_theme, set_text

EDGE, GAP = 8, 6


class PageView(Card):
    """Covers a pad while it is shown; closing it, as Esc does, destroys it, and gives the keyboard back to the pad.

    Signals
    -------
    taken
        `(PictureInk)`: the ink of a digit or a row that is wanted on the pad.
    """

    taken = Signal(object)

    def __init__(self, page: Page, pad: QWidget) -> None:
        super().__init__(pad)
        self.setObjectName("pageView")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)  # or the pad below would draw
        self.page = page
        self._pad = pad
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
        self._close = QToolButton()
        self._close.setObjectName("pageClose")
        self._close.setAccessibleName(self.tr("Close the page"))
        self._close.setToolTip(self.tr("Close the page (Esc)"))
        self._close.clicked.connect(self.close)
        self._copy = make_button("pageCopy", self.tr("Copy numbers"))
        self._copy.clicked.connect(self.copy)
        self._lay_out()
        self._say_count()
        self._point_at(None)
        follow_theme(self._draw_icon)
        pad.installEventFilter(self)

    def open(self) -> None:
        """Cover the pad."""
        self.setGeometry(self._pad.rect())
        self.setCursor(Qt.CursorShape.ArrowCursor)  # not the pad's
        self.show()
        self.raise_()
        self.sheet.setFocus(Qt.FocusReason.OtherFocusReason)

    def copy(self) -> None:
        """Copy the numbers to the clipboard, a line for each row."""
        QGuiApplication.clipboard().setText(self.page.reading.text)
        self._say(self.tr("Copied the numbers."))

    def _take(self, places: list[int]) -> None:
        self.taken.emit(self.page.ink_of(places))
        said = self.tr("The row is on the pad.") if len(places) > 1 else self.tr("The digit is on the pad.")
        self._say(said)

    def _point_at(self, index: int | None) -> None:
        if index is None:
            self._say(self.tr("The wheel zooms, Shift+click takes a row."))
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
        text = " ".join([count_text(self.page), self.tr("Click one to put it on the pad; Esc closes the page.")])
        self.count.setText(text)

    def _draw_icon(self) -> None:
        self._close.setIcon(icon("close"))

    def _lay_out(self) -> None:
        top, bottom = QHBoxLayout(), QHBoxLayout()
        top.addWidget(self.count, 1)
        top.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        bottom.addWidget(self.line, 1)
        bottom.addWidget(self._copy)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(EDGE, EDGE, EDGE, EDGE)
        layout.setSpacing(GAP)
        layout.addLayout(top)
        layout.addWidget(self.sheet, 1)
        layout.addLayout(bottom)

    # --- Qt -----------------------------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent) -> None:
        self._pad.setFocus(Qt.FocusReason.OtherFocusReason)
        super().closeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._pad.rect())
        return super().eventFilter(watched, event)


def count_text(page: Page) -> str:
    """How much was read: "128 digits in 16 rows." with what was not."""
    digits, rows, unread = len(page.reading.digits), len(page.rows), len(page.reading.unread)
    said = f"{digits:,} digit{'s' * (digits != 1)} in {rows:,} row{'s' * (rows != 1)}."
    return f"{said} {unread_text(unread)}." if unread else said
