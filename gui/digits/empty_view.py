"""What is in the place of the grid while there is nothing to show."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QToolButton, QVBoxLayout, QWidget

from core.samples.sample import NO_DIGIT
from gui.digits.sample_list import Shown
from gui.digits.sample_texts import amount_text, writer_text
from gui.recognition.sample_words import label_text
from gui.widgets.button_row import make_button
from gui.widgets.theme import MARGIN, SPACING, set_look, set_text


class EmptyView(QWidget):
    """A sentence, the link that takes a deletion back, and the button that leads to the pad."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = QLabel()
        self.text.setObjectName("samplesEmpty")
        self.text.setWordWrap(True)
        self.text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        set_look(self.text, "faint", True)
        set_text(self.text, 16)
        self.draw = make_button("samplesDraw", self.tr("Draw a digit"), is_primary=True)
        self.undo = QToolButton()
        self.undo.setObjectName("samplesUndoDeletion")
        self.undo.setProperty("link", True)
        self.undo.setText(self.tr("Undo"))
        self.undo.setCursor(Qt.CursorShape.PointingHandCursor)
        self.undo.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        set_text(self.undo, 16)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(SPACING)
        column.addStretch()
        column.addWidget(self.text)
        column.addWidget(self.undo, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.draw, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch()

    def explain(self, shown: Shown, *, has_any: bool, deleted: int) -> None:
        """Say why nothing is shown: the last step may have `deleted` so many digits."""
        is_deleted = bool(deleted) and not has_any
        self.undo.setVisible(is_deleted)
        if is_deleted:
            self.text.setText(self.tr("{0} deleted.").format(amount_text(deleted)))
        elif has_any:
            self.text.setText(self._sentence(shown))
        else:
            self.text.setText(self.tr("Draw a digit, press its key, and it is kept here."))

    def _sentence(self, shown: Shown) -> str:
        what = self.tr("digit") if shown.label is None else label_text(shown.label)
        if shown.label == NO_DIGIT:
            said = self.tr("Nothing that is no digit is kept yet.")
            return (
                said
                if shown.writer is None
                else self.tr("{0} has kept nothing that is no digit yet.").format(writer_text(shown.writer))
            )
        if shown.writer is None:
            return self.tr("No {0} yet.").format(what)
        return self.tr("No {0} by {1} yet.").format(what, writer_text(shown.writer))
