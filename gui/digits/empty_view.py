"""What is in the place of the grid while there is nothing to show."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from core.samples.sample import NO_DIGIT
from gui.digits.sample_list import Shown
from gui.digits.sample_texts import writer_text
from gui.recognition.sample_words import label_text
from gui.widgets.button_row import make_button
from gui.widgets.theme import MARGIN, SPACING, set_look, set_text


class EmptyView(QWidget):
    """A sentence, and the button that leads to the pad."""

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
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(SPACING)
        column.addStretch()
        column.addWidget(self.text)
        column.addWidget(self.draw, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch()

    def explain(self, shown: Shown, *, has_any: bool) -> None:
        """Say why nothing is shown."""
        self.text.setText(
            self._sentence(shown) if has_any else self.tr("Draw a digit, press its key, and it is kept here.")
        )

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
