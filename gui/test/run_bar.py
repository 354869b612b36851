"""The buttons of a test, how far it is, and a sentence: always in sight below the page."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QProgressBar, QWidget

from gui.widgets.button_row import GAP, make_button
from gui.widgets.plain_text import breakable
from gui.widgets.theme import MARGIN, SPACING, set_look


class RunBar(QWidget):
    """Begins and stops; `say` says what is under way, or why nothing can be."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.start = make_button("testStart", self.tr("Test"), is_primary=True)
        self.stop = make_button("testStop", self.tr("Stop"))
        self.status = QLabel()
        self.status.setObjectName("testStatus")
        self.status.setTextFormat(Qt.TextFormat.PlainText)
        self.status.setWordWrap(True)
        self.progress = QProgressBar()
        self.progress.setObjectName("testProgress")
        self.progress.setAccessibleName(self.tr("Progress of the test"))
        self._lay_out()
        self.show_doing("")

    def show_doing(self, doing: str) -> None:
        """Say what is under way, with its progress; "" for nothing."""
        had_focus = self.start.hasFocus() or self.stop.hasFocus()
        self.progress.setValue(0)
        self.progress.setVisible(bool(doing))
        self.stop.setVisible(bool(doing))
        self.start.setVisible(not doing)
        if had_focus:
            (self.stop if doing else self.start).setFocus()
        if doing:
            self.say(doing, tone="faint")

    def show_progress(self, share: float) -> None:
        """Show how much is done."""
        self.progress.setValue(round(100 * share))

    def say(self, sentence: str, *, tone: str = "faint") -> None:
        """Say a sentence; in the tone "bad" it is a problem, and a screen reader says it at once."""
        self.status.setText(breakable(sentence))
        set_look(self.status, "tone", tone)
        if tone == "bad":
            QAccessible.updateAccessibility(QAccessibleEvent(self.status, QAccessible.Event.Alert))

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(MARGIN, GAP, MARGIN, SPACING)
        grid.setHorizontalSpacing(SPACING)
        grid.setVerticalSpacing(GAP)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self.progress, 0, 0, 1, 2)
        for button in (self.start, self.stop):
            grid.addWidget(button, 1, 0)
        grid.addWidget(self.status, 1, 1)
