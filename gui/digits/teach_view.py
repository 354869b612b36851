"""What Teach now looks like: a sentence, its progress, the buttons, and the digits that are read differently now."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QWidget

from gui.digits.picture_button import Picture, PictureButton
from gui.widgets.button_row import make_button, make_button_row, set_primary
from gui.widgets.card import Card
from gui.widgets.fixed_size_label import FixedSizeLabel
from gui.widgets.flow_row import FlowRow
from gui.widgets.labels import make_heading, make_note
from gui.widgets.plain_text import breakable, plain_tool_tip
from gui.widgets.theme import MARGIN, set_look

MOST_CHANGED = 12
STATUS_LINES = 2


class TeachView(Card):
    """The widgets of Teach now, and what they show; `TeachPanel` decides what that is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.status = self._make_status()
        self._status_area = FixedSizeLabel(self.status, STATUS_LINES)
        self.note = make_note("teachNote", lines=0)
        self.progress = QProgressBar()
        self.teach = make_button("teach", self.tr("Teach DigitPad my hand"), is_primary=True)
        self.stop = make_button("teachStop", self.tr("Stop"))
        self.use = make_button("teachUse", self.tr("Use it"))
        self.keep_old = make_button("teachKeepOld", self.tr("Keep the old one"))
        self.show_changed = make_button("teachShowChanged", self.tr("Show what changed"))
        self.back = make_button("teachBack", self.tr("Back to DigitPad"))
        self.changed = [PictureButton() for _ in range(MOST_CHANGED)]
        self._buttons = (self.teach, self.stop, self.use, self.keep_old, self.show_changed, self.back)
        self._offered: list[QPushButton] = []
        self._pictures = FlowRow(*self.changed, spacing=8)
        self._explain_buttons()
        self._lay_out()

    def say(self, sentence: str, note: str = "", *, tone: str = "", is_news: bool = False) -> None:
        """Say a sentence, and a fainter `note` below it; `is_news`: a screen reader says it at once."""
        self.status.setText(breakable(sentence))
        set_look(self.status, "tone", tone)
        self.note.setText(breakable(note))
        self.note.setVisible(bool(note))
        if not self.progress.isVisible():
            self._status_area.settle()
        if is_news:
            QAccessible.updateAccessibility(QAccessibleEvent(self.status, QAccessible.Event.Alert))

    def offer(self, buttons: Collection[QPushButton], primary: QPushButton) -> None:
        """Show these `buttons`, and no others. The keyboard's focus stays among them if it was there."""
        had_focus = any(button.hasFocus() for button in self._buttons)
        for button in self._buttons:
            button.setVisible(button in buttons)
            set_primary(button, button is primary)
        self._offered = [primary, *buttons] if primary in buttons else [*buttons]
        if had_focus and not any(button.hasFocus() for button in buttons):
            self.take_focus()

    def take_focus(self) -> None:
        """Move the keyboard's focus to the button for the next step."""
        next((button for button in self._offered if button.isEnabled()), self).setFocus()

    def show_pictures(self, shown: Sequence[tuple[Picture, str]]) -> None:
        """Show pictures of digits, each with what is said of it."""
        for number, button in enumerate(self.changed):
            if number < len(shown):
                picture, said = shown[number]
                button.show_pictures([picture], said)
            else:
                button.show_pictures((), "")
        self._pictures.setVisible(bool(shown))
        self.show_changed.setText(self.tr("Hide what changed") if shown else self.tr("Show what changed"))

    def _explain_buttons(self) -> None:
        tips = {
            self.use: self.tr("DigitPad reads with the taught model from now on."),
            self.keep_old: self.tr("Deletes the taught model again. If you choose nothing, it stays among the models."),
            self.back: self.tr("DigitPad reads with its own model again. The one in use stays among the models."),
        }
        for button, tip in tips.items():
            button.setToolTip(plain_tool_tip(tip))

    def _make_status(self) -> QLabel:
        status = QLabel()
        status.setObjectName("teachStatus")
        status.setTextFormat(Qt.TextFormat.PlainText)
        status.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        status.setWordWrap(True)
        status.setAlignment(Qt.AlignmentFlag.AlignTop)
        return status

    def _lay_out(self) -> None:
        self.progress.setObjectName("teachProgress")
        self.progress.setAccessibleName(self.tr("Teaching"))
        self.progress.setTextVisible(False)
        column = self.make_column(bottom=MARGIN)
        for part in (
            make_heading(self.tr("Teach now")),
            self._status_area,
            self.note,
            self.progress,
            make_button_row(*self._buttons),
            self._pictures,
        ):
            column.addWidget(part)
