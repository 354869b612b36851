"""The pad on the page, smaller, with its tools and the answer."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from core.recognition.answer_text import confidence_text, digit_text, verdict_text
from core.recognition.answers import Answer
from core.recognition.numbers import NumberReading
from core.recognition.recognizer import Recognition
from gui.inside.digit_choice import DigitChoice
from gui.pad.canvas import Canvas
from gui.pad.document import PadDocument
from gui.widgets.button_row import make_button_row
from gui.widgets.elided_label import ElidedLabel
from gui.widgets.fixed_size_label import FixedSizeLabel
from gui.widgets.labels import make_faint_label
from gui.widgets.theme import SPACING, set_text

SMALLEST_PAD, LARGEST_PAD = 150, 440
DIGIT = 34
Direction = QBoxLayout.Direction


class PadColumn(QWidget):
    """A second pad on the same document: what is drawn on one is on the other."""

    def __init__(self, document: PadDocument, actions: dict[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.canvas = Canvas(document)
        self.canvas.setObjectName("insideCanvas")
        self.digit, self.words = ElidedLabel(), QLabel()
        self.digit.setObjectName("insideDigit")
        self.words.setObjectName("insideVerdict")
        self.words.setWordWrap(True)
        self.words.setProperty("faint", True)
        set_text(self.digit, DIGIT, bold=True, lines=1)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        set_text(self.words, 13)
        self.choice = DigitChoice()
        self.note = make_faint_label(pixels=13)
        self.note.setObjectName("insideNote")
        self.note.setWordWrap(True)
        self.note.hide()
        self.tools = make_button_row(*(self._make_tool(name, action) for name, action in actions.items()))
        self._lay_out()

    def show_announcement(self, answer: Recognition, announcement: Answer | None, is_in_doubt: bool) -> None:
        """Say what is announced for the pad; nothing moves while somebody draws."""
        self.digit.setText(digit_text(announcement))
        said = "" if is_in_doubt else verdict_text(announcement)
        shares = "" if is_in_doubt else confidence_text(announcement, answer)
        self.words.setText(with_percent(", ".join(filter(None, (said, shares)))))

    def show_number(self, reading: NumberReading, selected: int | None) -> None:
        """Offer the digits of a number."""
        self.choice.show_number(reading, selected)

    def show_note(self, text: str) -> None:
        """Say something about what is explained."""
        if text != self.note.text():
            self.note.setText(text)
            self.note.setVisible(bool(text))

    def fit(self, width: int, height: int, *, is_wide: bool) -> None:
        """Make the pad as large as fits into `width` x `height` pixels, with the rest below it, or beside it."""
        self._layout.setDirection(Direction.LeftToRight if is_wide else Direction.TopToBottom)
        if is_wide:
            width -= self._rest.minimumSizeHint().width() + self._layout.spacing()
        else:
            height -= self._rest.sizeHint().height() + self._layout.spacing()
        side = min(max(min(width, height), SMALLEST_PAD), LARGEST_PAD)
        if self.canvas.width() != side:
            self.canvas.setFixedSize(side, side)

    def _lay_out(self) -> None:
        self.canvas.setFixedSize(SMALLEST_PAD, SMALLEST_PAD)
        self._rest = QWidget()
        column = QVBoxLayout(self._rest)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING // 2)
        column.addWidget(self.tools)
        column.addWidget(self.digit)
        column.addWidget(FixedSizeLabel(self.words, lines=2))
        column.addWidget(self.choice)
        column.addWidget(self.note)
        column.addStretch()
        self._layout = QBoxLayout(Direction.TopToBottom, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(SPACING)
        self._layout.addWidget(self.canvas, 0, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._layout.addWidget(self._rest, 1)

    def _make_tool(self, name: str, action: QAction) -> QToolButton:
        tool = QToolButton()
        tool.setObjectName(f"inside{name.capitalize()}")
        tool.setDefaultAction(action)
        tool.setAccessibleName(action.text())
        return tool


def with_percent(text: str) -> str:
    """`text`, in which no line begins with a percent sign."""
    return text.replace(" %", "\N{NO-BREAK SPACE}%")
